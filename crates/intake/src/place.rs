//! From byte offsets to lines and columns.

use std::ops::Range;

use framework::Position;
use rulebook::Place;

/// The place of a byte range in a text.
pub(crate) fn in_text(text: &str, range: Range<usize>) -> Place {
    let start = Position::of_byte(text, range.start);
    let end = Position::of_byte(text, range.end.max(range.start));
    Place {
        line: Some(start.line),
        column: Some(start.column),
        end_line: Some(end.line),
        end_column: Some(end.column),
        sheet: None,
        cell: None,
        header: None,
    }
}

/// A byte offset as the tree keeps it. Texts are bounded far below 4 GiB.
pub(crate) fn offset(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}
