//! The shared words of Khung.
//!
//! Nouns only: languages, clause numbers, the catalogue of the framework (constituents, layers,
//! components, bodies, terms), severities, calendar dates and the diagnostics that editors see.
//! Nothing here touches files, the network or the clock, and nothing knows how a page or a report
//! looks.

mod catalogue;
mod clause;
mod date;
mod diagnostic;
mod locale;
mod severity;

pub use catalogue::{
    Abbreviation, AdministrativeLevel, AgencyLevel, Body, Catalogue, Component, Conformity,
    ConstituentFramework, Deadline, Deployment, Layer, LayerDescription, NameVariant, Passage,
    ReferencedSystem, Responsibility, Reuse, ReuseStrength, Term, TermSource,
};
pub use clause::{Clause, ClauseId, ClauseIdError, ClauseKind, Clauses};
pub use date::{Date, DateError};
pub use diagnostic::{Diagnostic, DiagnosticLevel, Excerpt, Position};
pub use locale::{Locale, Localized};
pub use severity::{Basis, Force, Severity};
