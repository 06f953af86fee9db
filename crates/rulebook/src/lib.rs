//! Judgement: rule set + submission + date → report.
//!
//! Values in, values out: no files, no network, no clock, no threads. The date is an argument.
//! `intake` makes the [`Submission`], `reporting` renders the [`Report`].

pub mod json;
mod place;
mod report;
mod submission;

pub use place::Places;
pub use report::{
    BasisCounts, CitedClause, Counts, Finding, FindingStatus, Location, Outcome, Related, Report,
    RuleOutcome, RulesetIdentity, SubmissionIdentity, Verdict,
};
pub use submission::{
    CellPlace, Kind, Member, Node, Note, Number, Origin, Place, SourceFormat, Submission,
};
