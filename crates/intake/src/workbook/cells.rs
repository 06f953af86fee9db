//! The cells of a workbook as a stream, bounded; never a dense range, which a file of two cells
//! can make as large as the memory of the machine.

use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use framework::Date;

use super::{guard, ods, value::Cell};
use crate::{Foreign, Limits, Unreadable, WorkbookBound, sniff};

/// A sheet with what stands in its cells, by row and column.
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) cells: Vec<Filled>,
}

impl Sheet {
    /// Adds a cell of text; cells come in order.
    pub(crate) fn add_text(&mut self, row: u32, column: u32, text: String) {
        self.cells.push(Filled {
            row,
            column,
            cell: Cell::Text(text),
            is_error: false,
        });
    }

    /// The texts of the first row that holds any.
    pub(crate) fn header_texts(&self) -> Vec<String> {
        let first = self.cells.first().map(|filled| filled.row);
        let row = self
            .cells
            .iter()
            .take_while(|filled| Some(filled.row) == first);
        row.map(|filled| super::value::plain(&filled.cell))
            .collect()
    }
}

/// A cell that holds something.
pub(crate) struct Filled {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) cell: Cell,
    /// Whether a formula failed there.
    pub(super) is_error: bool,
}

/// So many cells that hold only a format are passed over for each one that may hold something.
const EMPTY_PER_FILLED: usize = 10;

/// Reads all sheets but those that hold no part of the submission.
pub(super) fn read(
    bytes: &[u8],
    limits: &Limits,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<Sheet>, Unreadable> {
    if sniff::is_open_document(bytes) {
        return ods::sheets(bytes, limits, wanted);
    }
    guard::check(bytes, limits)?;
    // The library is others' work and reads hostile bytes: should it panic, the file is at fault.
    catch_unwind(AssertUnwindSafe(|| sheets(bytes, limits, wanted))).unwrap_or_else(|_| {
        Err(Unreadable::CorruptWorkbook {
            detail: "the workbook reader gave up".to_owned(),
        })
    })
}

fn sheets(
    bytes: &[u8],
    limits: &Limits,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<Sheet>, Unreadable> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|fault| refused(&fault))?;
    let names = workbook.sheet_names();
    let mut sheets = Vec::new();
    let mut budget = Budget::new(limits);
    for name in names.into_iter().filter(|name| wanted(name)) {
        let cells = sheet(&mut workbook, &name, &mut budget)?;
        sheets.push(Sheet { name, cells });
    }
    Ok(sheets)
}

/// What the cells of a workbook may come to.
pub(super) struct Budget {
    filled: usize,
    visited: usize,
    text: usize,
    limits: Limits,
}

impl Budget {
    pub(super) const fn new(limits: &Limits) -> Self {
        Self {
            filled: 0,
            visited: 0,
            text: 0,
            limits: *limits,
        }
    }

    /// Counts a cell, filled or not.
    pub(super) fn spend(&mut self, is_filled: bool) -> Result<(), Unreadable> {
        self.visited += 1;
        self.filled += usize::from(is_filled);
        let limit = self.limits.cells;
        if self.filled > limit || self.visited > limit.saturating_mul(EMPTY_PER_FILLED) {
            return Err(Unreadable::WorkbookTooBig {
                bound: WorkbookBound::Cells { limit },
            });
        }
        Ok(())
    }

    /// Counts the text of a cell before it is copied: one text can stand in any number of cells.
    pub(super) fn read(&mut self, text: &str) -> Result<(), Unreadable> {
        self.text = self.text.saturating_add(text.len());
        let limit = self.limits.cell_text;
        if self.text > limit {
            return Err(Unreadable::WorkbookTooBig {
                bound: WorkbookBound::Text { limit },
            });
        }
        Ok(())
    }
}

const fn text_of<'v>(value: &'v DataRef<'_>) -> &'v str {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.as_str()
        }
        DataRef::SharedString(text) => text,
        _ => "",
    }
}

fn sheet(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    budget: &mut Budget,
) -> Result<Vec<Filled>, Unreadable> {
    let mut reader = match workbook.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        // A chart or macro sheet has no cells.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(Vec::new()),
        Err(fault) => return Err(refused(&fault)),
    };
    let mut cells = Vec::new();
    while let Some(found) = reader.next_cell().map_err(|fault| refused(&fault))? {
        let (row, column) = found.get_position();
        budget.read(text_of(found.get_value()))?;
        let (cell, is_error) = match found.get_value() {
            DataRef::Error(fault) => (Some(Cell::Text(fault.to_string())), true),
            value => (content(value), false),
        };
        budget.spend(cell.is_some())?;
        if let Some(cell) = cell {
            cells.push(Filled {
                row,
                column,
                cell,
                is_error,
            });
        }
    }
    // Files keep this order; nothing makes them.
    cells.sort_by_key(|filled| (filled.row, filled.column));
    Ok(cells)
}

fn content(value: &DataRef<'_>) -> Option<Cell> {
    match value {
        #[expect(
            clippy::cast_precision_loss,
            reason = "Excel itself keeps numbers as floats"
        )]
        DataRef::Int(number) => Some(Cell::Number(*number as f64)),
        DataRef::Float(number) => Some(Cell::Number(*number)),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            filled(text)
        }
        DataRef::SharedString(text) => filled(text),
        DataRef::Bool(value) => Some(Cell::Bool(*value)),
        DataRef::DateTime(day) => {
            let (year, month, date, ..) = day.to_ymd_hms_milli();
            let date = Date::new(year, month, date);
            let date = date.filter(|_| day.is_datetime() && day.as_f64() >= 1.0);
            Some(date.map_or(Cell::Number(day.as_f64()), Cell::Date))
        }
        DataRef::Error(_) | DataRef::Empty => None,
    }
}

fn filled(text: &str) -> Option<Cell> {
    (!text.trim().is_empty()).then(|| Cell::Text(text.to_owned()))
}

fn refused(fault: &XlsxError) -> Unreadable {
    match fault {
        XlsxError::Password => Unreadable::Foreign(Foreign::Encrypted),
        fault => Unreadable::CorruptWorkbook {
            detail: fault.to_string(),
        },
    }
}
