//! The compiled rule set: immutable, shared between threads.

mod assemble;

use framework::{AgencyLevel, Basis, Date, Localized, Severity};

use crate::{
    Decides, Finding, FindingStatus, Report, Rule, RulesetIdentity, Submission, SubmissionIdentity,
    form::{self, Echo, Form},
    judge::{self, CompiledRule, Desks, Detail, Failure, Fingerprints, Placed, Scope},
    resolve::{self, Facts, Input, View},
    suggest::Suggester,
    template::Words,
};

/// How many findings a report shows; all of them are counted.
pub const SHOWN_FINDINGS: usize = 1_000;

/// How to judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Rules of which basis judge.
    pub bases: Vec<Basis>,
    /// The agency's level, where the caller knows better than the file.
    pub level: Option<AgencyLevel>,
}

impl Options {
    /// The bases in the order of reports, each once.
    pub(crate) fn judged(&self) -> Vec<Basis> {
        let bases = Basis::ALL.into_iter();
        bases.filter(|basis| self.bases.contains(basis)).collect()
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            bases: Basis::ALL.to_vec(),
            level: None,
        }
    }
}

/// A compiled rule set.
#[derive(Debug)]
pub struct Rulebook {
    pub(crate) identity: RulesetIdentity,
    pub(crate) framework_version: String,
    /// By id.
    pub(crate) rules: Vec<CompiledRule>,
    /// The order of judgement: whoever supersedes is in an earlier wave.
    waves: Vec<(Vec<usize>, Desks)>,
    pub(crate) facts: Facts,
    pub(crate) words: Words,
    pub(crate) suggester: Suggester,
    form: Form,
}

/// What counting needs of a finding.
type Weight = (Basis, Severity, FindingStatus);

/// All that was found.
struct Found {
    shown: Vec<Finding>,
    weights: Vec<Weight>,
}

impl Rulebook {
    /// Which rule set this is.
    pub fn identity(&self) -> &RulesetIdentity {
        &self.identity
    }

    /// All rules, by id.
    pub fn rules(&self) -> impl ExactSizeIterator<Item = &Rule> {
        self.rules.iter().map(|compiled| &compiled.rule)
    }

    /// The rule of that id, in any case.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules().find(|rule| rule.id.eq_ignore_ascii_case(id))
    }

    fn waves(&self) -> Vec<(Vec<&CompiledRule>, &Desks)> {
        let rules = |wave: &[usize]| wave.iter().map(|&index| &self.rules[index]).collect();
        let waves = self.waves.iter();
        waves.map(|(wave, desks)| (rules(wave), desks)).collect()
    }

    /// Judges a submission as of a day.
    pub fn check(&self, submission: &Submission<'_>, date: Date, options: &Options) -> Report {
        let level = options.level.or_else(|| level_of(submission));
        let scope = Scope {
            level,
            bases: &options.bases,
            date,
            decides: Decides::Machine,
        };
        let input = Input {
            root: &submission.root,
            notes: &submission.notes,
            facts: &self.facts,
            date,
        };
        let (findings, counts, rules) = resolve::resolve(&input, |view| {
            let judgement = judge::judge(&self.waves(), view, &scope);
            let rules = judge::outcomes(&judgement.outcomes);
            let found = self.found(submission, view, &judgement.failures, &options.bases);
            let mut counts = judge::count(found.weights.iter().copied(), &rules);
            counts.truncated = count(found.weights.len() - found.shown.len());
            (found.shown, counts, rules)
        });
        Report {
            schema_version: "1".to_owned(),
            ruleset: self.identity.clone(),
            framework_version: self.framework_version.clone(),
            evaluated_on: date,
            bases: options.judged(),
            submission: identity_of(submission, level),
            verdict: judge::verdict(&counts),
            counts,
            findings,
            rules,
        }
    }

    /// All findings, those of rules, of form and of the reader, weighed; the first of them shown.
    fn found<'r, 'v: 'r>(
        &self,
        submission: &Submission<'_>,
        view: &'r View<'v>,
        failures: &'r [Failure<'r, 'v>],
        bases: &[Basis],
    ) -> Found {
        let places = submission.places();
        let placed: Vec<Placed<'r, 'v>> = failures
            .iter()
            .map(|failure| judge::place(failure, view))
            .collect();
        let mut echo = Echo::default();
        for placed in &placed {
            echo.add(placed.failure, placed.target);
        }
        let root = &submission.root;
        let is_practice = bases.contains(&Basis::Practice);
        let is_news = |fault: &form::Fault<'_>| !echo.has(fault, root);
        let form::Faults { mut first, counts } = if is_practice {
            self.form.faults(root, SHOWN_FINDINGS, is_news)
        } else {
            form::Faults::default()
        };
        let notes = submission
            .notes
            .iter()
            .filter(|note| is_practice && !echo.has_note(note));
        let mut weights: Vec<Weight> = failures.iter().map(judge::weight).collect();
        let open = FindingStatus::Open;
        for (kind, count) in counts {
            let weight = (Basis::Practice, kind.severity(), open);
            weights.extend(std::iter::repeat_n(weight, count));
        }
        weights.extend(
            notes
                .clone()
                .map(|_| (Basis::Practice, Severity::Info, open)),
        );

        let suggestions = self.suggester.within(view);
        let suggest = |failure: &Failure<'_, '_>| suggestions.for_failure(failure);
        let detail = Detail {
            words: &self.words,
            places: &places,
            suggest: &suggest,
        };
        let mut shown = judge::render(placed, view, &detail, SHOWN_FINDINGS);
        let mut fingerprints = Fingerprints::default();
        first.sort_by_key(|fault| (std::cmp::Reverse(fault.kind.severity()), fault.kind.code()));
        let faults = first.iter().take(SHOWN_FINDINGS);
        let faults = faults.map(|fault| self.form.in_words(fault, root, &self.suggester));
        shown.extend(faults.map(|fault| form::of_form(fault, root, &places, &mut fingerprints)));
        shown.extend(notes.map(|note| form::of_note(note, &places, &mut fingerprints)));
        shown.sort_by(|(left_at, left), (right_at, right)| {
            let left = (std::cmp::Reverse(left.severity), &left.rule, left_at);
            left.cmp(&(std::cmp::Reverse(right.severity), &right.rule, right_at))
        });
        shown.truncate(SHOWN_FINDINGS);
        Found {
            shown: shown.into_iter().map(|(_, finding)| finding).collect(),
            weights,
        }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn level_of(submission: &Submission<'_>) -> Option<AgencyLevel> {
    let level = submission.root.get("agency")?.get("level")?.as_str()?;
    AgencyLevel::from_word(level)
}

fn identity_of(submission: &Submission<'_>, level: Option<AgencyLevel>) -> SubmissionIdentity {
    let root = &submission.root;
    let text = |record: &str, field: &str| {
        root.get(record)
            .and_then(|record| record.get(field)?.as_str())
            .map(str::to_owned)
    };
    let name = root.get("agency").and_then(|agency| agency.get("name"));
    let in_language = |tag: &str| {
        name.and_then(|name| name.get(tag)?.as_str())
            .map(str::to_owned)
    };
    SubmissionIdentity {
        id: text("submission", "id"),
        file: submission.file.clone(),
        sha256: submission.sha256.clone(),
        format: submission.format.as_str().to_owned(),
        level: level.map(|level| level.as_str().to_owned()),
        agency: name.map(|_| Localized::build(|locale| in_language(locale.tag()))),
    }
}
