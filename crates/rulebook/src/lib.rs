//! Judgement: rule set + submission + date → report.
//!
//! Values in, values out: no files, no network, no clock, no threads. The date is an argument.
//! `intake` makes the [`Submission`], `reporting` renders the [`Report`].

mod examples;
mod form;
mod joined;
pub mod json;
mod judge;
mod key;
mod patch;
mod place;
mod portfolio;
mod report;
mod resolve;
mod rule;
mod rulebook;
mod schema;
mod spot;
mod submission;
mod suggest;
mod template;
mod unusable;

pub use examples::ExampleResult;
pub use joined::Joined;
pub use place::Places;
pub use report::{
    BasisCounts, CitedClause, Counts, Finding, FindingStatus, Location, Outcome, Related, Report,
    RuleOutcome, RulesetIdentity, SubmissionIdentity, Verdict,
};
pub use rule::{
    Decides, Examples, Expected, Failing, ForEach, InForce, Passing, RelatedPlace, Rule, RuleFile,
    RuleKind, Variant,
};
pub use rulebook::{Options, Rulebook, SHOWN_FINDINGS};
pub use submission::{
    CellPlace, Cells, FieldPlace, Key, Kind, Member, Node, Note, Number, Origin, Place,
    SourceFormat, Submission,
};
pub use unusable::Obstacle;
