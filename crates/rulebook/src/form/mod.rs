//! The form of a submission: types, fields and values, before any rule.

mod words;

pub(crate) use words::{FormFault, describe};
