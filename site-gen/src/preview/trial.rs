//! Rules tried out as they are edited: their own examples, and what changes for the samples.
//!
//! The samples as they were judged when the preview began are what later judgements are compared
//! with, so an editor sees what a whole sitting of work does, however often it was saved.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};

use framework::{Date, Diagnostic, Localized, Severity};
use reporting::comparison::Comparison;
use rulebook::{Finding, Options, Report, Rulebook};
use serde::Serialize;

use crate::{address::Tail, library::Library};

/// The samples as they were judged first, by file name.
#[derive(Debug, Default)]
pub(super) struct Trials {
    first: Mutex<Option<BTreeMap<String, Report>>>,
}

/// What trying the rules out has shown.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Tried {
    /// What keeps the rules from working, examples that misbehave among it.
    #[serde(skip)]
    pub(super) faults: Vec<Diagnostic>,
    /// The rules edited since the preview began.
    pub(super) rules: Vec<TriedRule>,
    /// The samples; none while no rule was edited or the rules cannot be compiled.
    pub(super) samples: Vec<TriedSample>,
}

/// A rule and its examples.
#[derive(Debug, Clone, Serialize)]
pub(super) struct TriedRule {
    id: String,
    tail: String,
    title: Localized,
    /// How many examples there are.
    examples: usize,
    failed: Vec<FailedExample>,
}

/// An example that does not behave as its rule says.
#[derive(Debug, Clone, Serialize)]
struct FailedExample {
    note: Localized,
    fault: Localized,
}

/// A sample before and now.
#[derive(Debug, Clone, Serialize)]
pub(super) struct TriedSample {
    file: String,
    /// How many findings are open now.
    open: usize,
    new: Vec<Told>,
    mended: Vec<Told>,
}

/// A finding in one line.
#[derive(Debug, Clone, Serialize)]
struct Told {
    rule: String,
    severity: Severity,
    message: Localized,
    line: Option<u32>,
}

impl Trials {
    /// Tries the rules of a library out. `edited` are the rule files changed since the preview began.
    pub(super) fn run(&self, library: &Library, edited: &BTreeSet<String>, date: Date) -> Tried {
        let project = &library.project;
        let files = &project.rule_files;
        if files.is_empty() {
            return Tried::default();
        }
        let rulebook = match Rulebook::untested(files, &project.catalogue, &project.clauses) {
            Ok(rulebook) => rulebook,
            Err(faults) => {
                return Tried {
                    faults,
                    ..Tried::default()
                };
            }
        };
        let now = judged(&rulebook, library, date);
        let mut first = self.first.lock().unwrap_or_else(PoisonError::into_inner);
        let first = first.get_or_insert_with(|| now.clone());
        let rules = library.rules.iter();
        let rules = rules.filter(|rule| edited.contains(&rule.path));
        let rules: Vec<TriedRule> = rules
            .filter_map(|rule| tried(&rulebook, &rule.id))
            .collect();
        let samples = if edited.is_empty() {
            Vec::new()
        } else {
            let compared = now
                .iter()
                .map(|(file, now)| compare(file, first.get(file), now));
            compared.collect()
        };
        Tried {
            faults: rulebook.test(files),
            rules,
            samples,
        }
    }
}

/// All samples judged, by file name. One that cannot be read is passed over: its author is told elsewhere.
fn judged(rulebook: &Rulebook, library: &Library, date: Date) -> BTreeMap<String, Report> {
    let catalogue = &library.project.catalogue;
    let judge = |(file, text): (&String, &std::sync::Arc<str>)| {
        let hints = intake::Hints {
            catalogue: Some(catalogue),
            ..intake::Hints::file(file)
        };
        let submission = intake::read(text.as_bytes(), &hints, &intake::Limits::default()).ok()?;
        let report = rulebook.check(&submission, date, &Options::default());
        Some((file.clone(), report))
    };
    let samples = library.samples.iter();
    let samples = samples.filter(|(file, _)| file.starts_with("sample-"));
    samples.filter_map(judge).collect()
}

fn tried(rulebook: &Rulebook, id: &str) -> Option<TriedRule> {
    let rule = rulebook.rule(id)?;
    let results = rulebook.run_examples(id);
    let examples = results.len();
    let failed = results.into_iter().filter_map(|result| {
        Some(FailedExample {
            note: result.note,
            fault: result.fault?,
        })
    });
    Some(TriedRule {
        id: rule.id.clone(),
        tail: Tail::Rule(rule.id.to_ascii_lowercase()).to_string(),
        title: rule.title.clone(),
        examples,
        failed: failed.collect(),
    })
}

fn compare(file: &str, first: Option<&Report>, now: &Report) -> TriedSample {
    let comparison = Comparison::between(first.unwrap_or(now), now);
    let new = comparison.new.iter().map(|(finding, _)| line(finding));
    let mended = comparison.mended.iter().map(|(finding, _)| line(finding));
    TriedSample {
        file: file.to_owned(),
        open: comparison.new.len() + comparison.still.len(),
        new: new.collect(),
        mended: mended.collect(),
    }
}

fn line(finding: &Finding) -> Told {
    Told {
        rule: finding.rule.clone(),
        severity: finding.severity,
        message: finding.message.clone(),
        line: finding.location.line,
    }
}
