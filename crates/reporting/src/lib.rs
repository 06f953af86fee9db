//! Report → text, JSON, SARIF 2.1.0, `JUnit`, CSV, HTML, DOCX and GitHub annotations.
//!
//! Values in, text or bytes out: no file, no clock, no network. One format is one module, and each
//! takes [`Checked`]: a report with what may be shown beside it. What is said to people is said in
//! both languages by [`words`], [`verdict`], [`citation`] and [`place`]; no renderer invents words
//! for severities, bases or places of its own.
//!
//! Everything that came out of an agency's file passes [`visible`] before a person sees it: control
//! and direction characters are shown, never obeyed.

pub mod checked;
pub mod citation;
pub mod comparison;
pub mod csv;
pub mod docx;
pub mod first;
mod form;
pub mod github;
pub mod html;
pub mod json;
pub mod junit;
pub mod layers;
pub mod patch;
pub mod place;
pub mod sarif;
pub mod series;
pub mod source;
pub mod summary;
pub mod text;
pub mod verdict;
pub mod visible;
pub mod words;

mod wrap;
mod xml;

pub use checked::{Checked, RuleNote, RuleNotes};
pub use form::Form;
pub use series::Series;
pub use source::Source;
