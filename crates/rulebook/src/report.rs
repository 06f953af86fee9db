//! The report: what `khung check --format json` and the API answer with.
//!
//! Field names and order are the public contract (INTERFACE.md, `/schema/report.json`).

use framework::{Basis, ClauseId, Date, Layer, Localized, Severity};
use serde::{Deserialize, Serialize};

/// The verdict on one submission. There is no score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// No open error, no open warning of basis `framework`.
    Conforming,
    /// No open error, some open warning of basis `framework`.
    ConformingWithRemarks,
    /// An open error.
    Nonconforming,
    /// The file could not be read as a submission; the findings say where and why.
    Unusable,
}

/// What became of one rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It applied and held everywhere.
    Passed,
    /// It found something that stays open.
    Failed,
    /// Nothing in the submission is its business.
    NotApplicable,
    /// The fields it needs are empty or `unknown`.
    NotStated,
    /// Only a person can judge it.
    NeedsPerson,
    /// All it found is answered by complete, unexpired justifications.
    Justified,
}

/// Whether a finding stays open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FindingStatus {
    /// To be dealt with.
    Open,
    /// Answered by a complete, unexpired justification; still shown.
    Justified,
}

/// Which rule set judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesetIdentity {
    /// `kkt2`.
    pub id: String,
    /// `2026.11`.
    pub version: String,
    /// SHA-256 over all rule files, lower-case hex.
    pub sha256: String,
}

/// Which submission was judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmissionIdentity {
    /// `submission.id`, if it could be read.
    pub id: Option<String>,
    /// The file name as given.
    pub file: String,
    /// SHA-256 of the bytes as given, lower-case hex.
    pub sha256: String,
    /// `yaml`, `json`, `xlsx`, `archimate`, `csv`.
    pub format: String,
    /// `agency.level`, if it could be read.
    pub level: Option<String>,
    /// `agency.name`, if it could be read.
    pub agency: Option<Localized<Option<String>>>,
}

/// Open findings of one basis by severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BasisCounts {
    /// Phải sửa.
    pub error: u32,
    /// Nên xem lại.
    pub warning: u32,
    /// Gợi ý.
    pub info: u32,
}

/// Counts; the three bases are never added up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Findings that rest on the framework.
    pub framework: BasisCounts,
    /// Findings that rest on other legal documents.
    pub law: BasisCounts,
    /// Findings that rest on practice.
    pub practice: BasisCounts,
    /// Rules that held.
    pub passed: u32,
    /// Rules that are not this submission's business.
    pub not_applicable: u32,
    /// Rules whose fields are empty.
    pub not_stated: u32,
    /// Rules whose findings are all justified.
    pub justified: u32,
    /// Rules that only a person can judge.
    pub needs_person: u32,
    /// Findings that were found but not listed, because there were more than the report shows.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub truncated: u32,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature serde asks for"
)]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// A clause a finding rests on, quoted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitedClause {
    /// The clause number.
    pub id: ClauseId,
    /// Its Vietnamese address on the site.
    pub url: String,
    /// Its words.
    pub quote: Localized,
}

/// Where in the agency's file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// RFC 6901 pointer into the submission.
    pub pointer: String,
    /// The id of the record, if it has one.
    pub record: Option<String>,
    /// First line, from 1.
    pub line: Option<u32>,
    /// First column, from 1, in Unicode scalar values.
    pub column: Option<u32>,
    /// Last line.
    pub end_line: Option<u32>,
    /// Column after the last character.
    pub end_column: Option<u32>,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Cell in A1 notation.
    pub cell: Option<String>,
    /// The header over the cell, as the agency sees it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<String>,
    /// The file, in a report on several submissions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

/// Another place that belongs to a finding: the twin of a duplicate id, say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    /// Where.
    #[serde(flatten)]
    pub location: Location,
    /// What it has to do with it.
    pub message: Localized,
}

/// One thing that does not agree: one fault at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule's id, `KKT2-PLT-007`.
    pub rule: String,
    /// How serious.
    pub severity: Severity,
    /// What it rests on.
    pub basis: Basis,
    /// Open or justified.
    pub status: FindingStatus,
    /// The fault in a few words.
    pub title: Localized,
    /// What is the matter with this record, in words.
    pub message: Localized,
    /// Why it matters.
    pub why: Localized,
    /// How to mend it: one step a line.
    pub fix: Localized,
    /// RFC 6902 operations that mend it, where a machine can know them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patch: Option<serde_json::Value>,
    /// The clauses it rests on.
    pub clauses: Vec<CitedClause>,
    /// Where.
    pub location: Location,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// The layer, where there is one.
    pub layer: Option<Layer>,
    /// Stable across reordering and unrelated edits: what baselines compare.
    pub fingerprint: String,
}

/// What became of one rule, by id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleOutcome {
    /// The rule's id.
    pub id: String,
    /// What became of it.
    pub outcome: Outcome,
    /// The rule's revision: what tells a changed rule from an edited submission.
    #[serde(default)]
    pub revision: u32,
}

fn every_basis() -> Vec<Basis> {
    Basis::ALL.to_vec()
}

fn is_every_basis(bases: &[Basis]) -> bool {
    Basis::ALL.iter().all(|basis| bases.contains(basis))
}

/// The whole answer on one submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The version of this document's form: `1`.
    pub schema_version: String,
    /// Which rules judged.
    pub ruleset: RulesetIdentity,
    /// Which text they rest on: `2.0`.
    pub framework_version: String,
    /// The day for which it was judged.
    pub evaluated_on: Date,
    /// Rules of which basis judged; left out where all of them did.
    #[serde(default = "every_basis", skip_serializing_if = "is_every_basis")]
    pub bases: Vec<Basis>,
    /// What was judged.
    pub submission: SubmissionIdentity,
    /// The verdict.
    pub verdict: Verdict,
    /// Counts.
    pub counts: Counts,
    /// Findings: worst severity first, then by rule id, then by position.
    pub findings: Vec<Finding>,
    /// What became of every rule, by id.
    pub rules: Vec<RuleOutcome>,
}
