//! The form of a submission: types, fields and values, before any rule.
//!
//! Faults of form are findings of basis `practice` under names of their own (`form-wrong-type`); where a
//! rule has said the same fault already they stay silent ([`Echo`]).

mod check;
mod echo;
mod labels;
mod mend;
mod report;
mod words;

pub(crate) use check::{Fault, Faults, Form, FormFinding};
pub(crate) use echo::{Echo, fields_of};
pub(crate) use report::{of_form, of_note};
pub(crate) use words::{FormFault, describe};
