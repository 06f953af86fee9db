//! From the bytes of an upload to a report: the one way that terminal and browser share.
//!
//! A [`Checker`] is a compiled rule set with what readers and reports need of it. A [`Face`] is what
//! the page `/validate/` talks to when it judges in the reader's browser: it is handed the
//! [`Knowledge`] that site-gen published (rules stay data, an edited rule needs no new module) and
//! then one upload after the other; nothing leaves the reader's machine.

mod checker;
mod face;
mod knowledge;
mod shown;

pub use checker::{Checker, Refusal, refusal};
pub use face::Face;
pub use knowledge::{Knowledge, RuleText};
