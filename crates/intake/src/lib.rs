//! Bytes to a submission: every format on people's desks in, with the place of every value.
//!
//! [`read`] looks at the bytes, decides what they are (JSON, YAML, a workbook, an `ArchiMate`
//! exchange file, a CSV register), and fills the one tree that the engine judges. It never guesses
//! in silence: what it changed or finds odd becomes a note with its place, what it cannot read
//! becomes an [`Unreadable`] that says where, why and what to do, in both languages.
//!
//! Values in, values out: no files, no network, no clock, no threads. Every reader is bounded by
//! [`Limits`], whatever the bytes are.

mod amend;
mod archimate;
mod assembly;
mod convert;
mod csv;
mod fold;
mod json;
mod limits;
mod mapping;
mod merge;
pub mod model;
mod notes;
mod place;
mod read;
mod sniff;
mod template;
mod text;
mod tree;
mod unreadable;
mod vocabulary;
mod workbook;
mod xml;
mod yaml;

pub use amend::{amend, can_amend};
pub use convert::{OutputFormat, convert};
pub use limits::Limits;
pub use mapping::Mapping;
pub use merge::{merge, owned};
pub use read::{Hints, read, sha256};
pub use template::template;
pub use text::LegacyEncoding;
pub use unreadable::{DuplicateKey, Fault, Foreign, SyntaxFault, Unreadable, WorkbookBound};
pub use workbook::WriteFault;
