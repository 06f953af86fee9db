//! A report with what may be shown beside it.

use std::collections::BTreeMap;

use framework::{Layer, Locale, Localized};
use rulebook::{Finding, FindingStatus, Location, Outcome, Report, Rule, Rulebook};
use serde::{Deserialize, Serialize};

use crate::{Source, visible};

/// What a rule says of itself beyond the report: titles for lists, and what only a person can judge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleNote {
    /// What holds when the rule is kept.
    pub title: Localized,
    /// What the machine does not look at.
    pub not_checked: Option<Localized>,
    /// Documents other than the framework that it rests on.
    pub outside_documents: Vec<String>,
}

impl From<&Rule> for RuleNote {
    fn from(rule: &Rule) -> Self {
        Self {
            title: rule.title.clone(),
            not_checked: Some(rule.not_checked.clone()),
            outside_documents: rule.outside_documents.clone(),
        }
    }
}

/// What all rules of a rule set say of themselves.
pub fn notes_of(rulebook: &Rulebook) -> RuleNotes {
    rulebook
        .rules()
        .map(|rule| (rule.id.clone(), RuleNote::from(rule)))
        .collect()
}

/// What the rules say of themselves, by id.
pub type RuleNotes = BTreeMap<String, RuleNote>;

/// One report with what may be shown beside it. Everything but the report may be missing.
#[derive(Debug, Clone, Copy)]
pub struct Checked<'a> {
    /// The report.
    pub report: &'a Report,
    /// The submission: gives excerpts and the names of records.
    pub source: &'a Source<'a>,
    /// What the rules say of themselves.
    pub rules: &'a RuleNotes,
}

static NO_SOURCE: Source<'static> = Source::none();
static NO_RULES: RuleNotes = BTreeMap::new();

impl<'a> Checked<'a> {
    /// A report alone.
    pub fn new(report: &'a Report) -> Self {
        Self {
            report,
            source: &NO_SOURCE,
            rules: &NO_RULES,
        }
    }

    /// With the submission it is about.
    #[must_use]
    pub const fn with_source(self, source: &'a Source<'a>) -> Self {
        Self { source, ..self }
    }

    /// With what the rules say of themselves.
    #[must_use]
    pub const fn with_rules(self, rules: &'a RuleNotes) -> Self {
        Self { rules, ..self }
    }

    /// The file a place stands in: this submission's, or the one a report on several names.
    pub fn file_of(&self, location: &'a Location) -> &'a str {
        location
            .file
            .as_deref()
            .unwrap_or(&self.report.submission.file)
    }

    /// The fault of a finding in a few words. Most rules are titled by what holds when they are
    /// kept; such a title says that it does not. Safe to look at.
    pub fn title(&self, finding: &Finding, locale: Locale) -> String {
        let title = visible::line(finding.title.get(locale));
        let kept = self
            .rules
            .get(&finding.rule)
            .is_some_and(|note| note.title == finding.title);
        match (kept, locale) {
            (false, _) => title.into_owned(),
            (true, Locale::Vi) => format!("Chưa đạt: {title}"),
            (true, Locale::En) => format!("Not met: {title}"),
        }
    }

    /// Findings that are still to be dealt with, in the order of the report.
    pub fn open(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        self.report
            .findings
            .iter()
            .filter(|finding| finding.status == FindingStatus::Open)
    }

    /// Findings answered by a complete justification.
    pub fn justified(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        self.report
            .findings
            .iter()
            .filter(|finding| finding.status == FindingStatus::Justified)
    }

    /// Ids of the rules with one outcome.
    pub fn rules_with(&self, outcome: Outcome) -> impl Iterator<Item = &'a str> + use<'a> {
        self.report
            .rules
            .iter()
            .filter(move |rule| rule.outcome == outcome)
            .map(|rule| rule.id.as_str())
    }
}

/// The layer a rule belongs to by the area in its id (`KKT2-PLT-007`); rules on the whole
/// submission have none.
pub fn layer_of_rule(id: &str) -> Option<Layer> {
    match id.split('-').nth(1)? {
        "BIZ" => Some(Layer::Business),
        "DAT" => Some(Layer::Data),
        "APP" => Some(Layer::Application),
        "PLT" => Some(Layer::Platform),
        "INF" => Some(Layer::Infrastructure),
        _ => None,
    }
}

/// The address of a rule's page after the language: `/rules/kkt2-plt-007/`. A name that is not a
/// rule's (the fault of an unreadable file, say) has no page.
pub fn rule_page(id: &str) -> Option<String> {
    let known = id.starts_with("KKT2-")
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    known.then(|| format!("/rules/{}/", id.to_ascii_lowercase()))
}

/// The steps that mend a finding, safe to look at.
pub(crate) fn steps(finding: &Finding, locale: Locale) -> Vec<String> {
    let steps = finding.fix.get(locale).lines();
    steps
        .map(str::trim)
        .filter(|step| !step.is_empty())
        .map(|step| visible::line(step).into_owned())
        .collect()
}
