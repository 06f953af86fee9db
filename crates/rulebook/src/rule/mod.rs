//! A rule as its author wrote it: what `rules/rule.schema.json` describes.

mod compile;
mod gate;
mod lint;

pub use compile::RuleFile;
pub(crate) use compile::{Ground, Source, compile, faults_between};
pub(crate) use gate::{Gate, Key};

use framework::{AgencyLevel, Basis, ClauseId, Date, Force, Localized, Severity};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Outcome;

/// Whether a finding is about the form of the file, about agreement with the text, or advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RuleKind {
    /// Can the file be read and followed.
    Form,
    /// Does it agree.
    Conformance,
    /// A hint.
    Advice,
}

/// Who can decide it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decides {
    /// A machine, from one submission.
    Machine,
    /// A machine, from many submissions together.
    Portfolio,
    /// Nobody but a person.
    Person,
}

/// The days on which a rule judges.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InForce {
    /// The first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
}

impl InForce {
    /// Whether that day is one of them.
    pub fn contains(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }
}

/// One collection of the joined view, or several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ForEach {
    /// One.
    One(String),
    /// Several.
    Several(Vec<String>),
}

impl ForEach {
    /// The words.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        match self {
            Self::One(word) => std::slice::from_ref(word),
            Self::Several(words) => words.as_slice(),
        }
        .iter()
        .map(String::as_str)
    }
}

/// Another place that belongs to a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelatedPlace {
    /// Where, from the record.
    pub at: String,
    /// What it has to do with it.
    pub message: Localized,
}

/// Failing records that are said or weighed differently.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// Which ones.
    pub when: Value,
    /// How serious instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// The title instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Localized>,
    /// The message instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Localized>,
    /// The steps instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<Localized<Vec<String>>>,
    /// The place instead.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at: Vec<String>,
    /// The operations that mend it instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patch: Option<Value>,
}

/// Examples of a rule: its tests, and what its page shows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Examples {
    /// Submissions without an open finding.
    pub pass: Vec<Passing>,
    /// Submissions with exactly these findings.
    pub fail: Vec<Failing>,
}

/// A submission without an open finding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passing {
    /// What it shows.
    pub note: Localized,
    /// The submission, or several for a portfolio rule.
    pub submission: Value,
    /// The day of the judgement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// The outcome, if not `passed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
}

/// A submission with findings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Failing {
    /// What it shows.
    pub note: Localized,
    /// The submission, or several for a portfolio rule.
    pub submission: Value,
    /// The day of the judgement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Where the findings are, all of them.
    pub expect: Vec<Expected>,
}

/// A finding that an example must yield.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// Where.
    pub pointer: String,
    /// How serious, if the rule has variants.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Where the form of the file is described; for editors.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The id, `KKT2-PLT-007`; never reused.
    pub id: String,
    /// The rule set version that brought it.
    pub since: String,
    /// Grows when the check changes.
    pub revision: u32,
    /// What holds when it is kept.
    pub title: Localized,
    /// What is the matter where it is not kept: the heading of its findings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<Localized>,
    /// Why it matters.
    pub why: Localized,
    /// What the machine looks at.
    pub checks: Localized,
    /// What a person has to look at.
    pub not_checked: Localized,
    /// The words of a finding, with placeholders.
    pub message: Localized,
    /// Steps that mend it.
    pub fix: Localized<Vec<String>>,
    /// The clauses it rests on.
    pub clauses: Vec<ClauseId>,
    /// What it rests on.
    pub basis: Basis,
    /// How strongly the text speaks.
    pub force: Force,
    /// How serious a finding is.
    pub severity: Severity,
    /// What a finding is about.
    pub kind: RuleKind,
    /// Whom it judges.
    pub levels: Vec<AgencyLevel>,
    /// Other documents it rests on or mentions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outside_documents: Vec<String>,
    /// The days on which it judges.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force: Option<InForce>,
    /// Who can decide it.
    pub decides: Decides,
    /// Which records it judges.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_each: Option<ForEach>,
    /// Which of them it concerns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Value>,
    /// What must hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub require: Option<Value>,
    /// Where a finding points.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at: Vec<String>,
    /// Other places that belong to a finding.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<RelatedPlace>,
    /// Fields without which it cannot judge.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_stated: Vec<String>,
    /// Fields whose absence is the fault itself, unless the author says that it is not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_open: Vec<String>,
    /// Where the record's justification stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub justified_by: Option<String>,
    /// More general rules that it silences.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supersedes: Vec<String>,
    /// Other words or weights for some records.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<Variant>,
    /// RFC 6902 operations that mend it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patch: Option<Value>,
    /// Its tests.
    #[serde(default)]
    pub examples: Examples,
}

impl Rule {
    /// Whether it judges agencies of every level.
    pub fn is_for_all_levels(&self) -> bool {
        AgencyLevel::ALL
            .iter()
            .all(|level| self.levels.contains(level))
    }

    /// The address of its page after the language: `/rules/kkt2-plt-007/`.
    pub fn page(&self) -> String {
        format!("/rules/{}/", self.id.to_ascii_lowercase())
    }
}
