//! Workbooks: the form of a submission as officials keep it, out and in.

mod cells;
mod entry;
mod form_sheet;
mod guard;
mod guide_sheet;
mod headers;
pub(crate) mod labels;
pub(crate) mod layout;
mod list_sheet;
mod lists;
mod names;
mod ods;
mod read;
mod rest;
mod styles;
pub(crate) mod value;
mod write;
mod written;

pub(crate) use cells::Sheet;
pub(crate) use read::{Context, Ranges, Workbook, read, read_register};
pub(crate) use write::write;

/// Why a workbook could not be written: a fault of ours or of the writing library.
#[derive(Debug)]
pub struct WriteFault(pub(crate) rust_xlsxwriter::XlsxError);

impl std::fmt::Display for WriteFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the workbook could not be written: {}", self.0)
    }
}

impl std::error::Error for WriteFault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}
