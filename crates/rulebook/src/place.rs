//! Offsets → lines and columns, sheets and cells.

use crate::{CellPlace, Node, Origin, Place, Submission};

/// Turns offsets of one submission into places.
#[derive(Debug, Clone)]
pub enum Places<'s> {
    /// A text with the offsets at which its lines begin.
    Text {
        /// The text.
        text: &'s str,
        /// Byte offsets of the first character of each line.
        line_starts: Vec<u32>,
    },
    /// A workbook's cells.
    Cells(&'s [CellPlace]),
}

impl<'s> Places<'s> {
    /// The places of a text.
    pub fn of_text(text: &'s str) -> Self {
        let newlines = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        let starts = newlines.map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX));
        Self::Text {
            text,
            line_starts: std::iter::once(0).chain(starts).collect(),
        }
    }

    /// The place between two offsets; nothing where the offsets lead nowhere.
    pub fn between(&self, at: u32, end: u32) -> Place {
        match self {
            Self::Text { text, line_starts } => {
                let (line, column) = line_and_column(text, line_starts, at);
                let (end_line, end_column) = line_and_column(text, line_starts, end.max(at));
                Place {
                    line: Some(line),
                    column: Some(column),
                    end_line: Some(end_line),
                    end_column: Some(end_column),
                    ..Place::default()
                }
            }
            Self::Cells(cells) => {
                cells
                    .get(at as usize)
                    .map_or_else(Place::default, |place| Place {
                        sheet: Some(place.sheet.clone()),
                        cell: Some(place.cell.clone()),
                        ..Place::default()
                    })
            }
        }
    }
}

/// Both count from 1; a column counts Unicode scalar values.
fn line_and_column(text: &str, line_starts: &[u32], at: u32) -> (u32, u32) {
    let mut byte = (at as usize).min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    let line = line_starts.partition_point(|&start| start as usize <= byte);
    let start = line
        .checked_sub(1)
        .map_or(0, |index| line_starts[index] as usize);
    let column = text[start..byte].chars().count() + 1;
    (
        u32::try_from(line).unwrap_or(u32::MAX),
        u32::try_from(column).unwrap_or(u32::MAX),
    )
}

impl Submission<'_> {
    /// How offsets of this submission turn into places: build it once for many places.
    pub fn places(&self) -> Places<'_> {
        match &self.origin {
            Origin::Text(text) => Places::of_text(text),
            Origin::Cells(cells) => Places::Cells(cells),
        }
    }

    /// Where a value stands in the file.
    pub fn place(&self, node: &Node<'_>) -> Place {
        let node = node.resolved();
        self.places().between(node.at, node.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{SourceFormat, json};

    #[test]
    fn a_place_counts_lines_and_characters_from_one() {
        let text = "{\n  \"tên\": \"đất\",\n  \"số\": 12\n}";
        let submission = Submission {
            root: json::parse(text, &json::Limits::default()).unwrap(),
            origin: Origin::Text(text.into()),
            file: String::new(),
            sha256: String::new(),
            format: SourceFormat::Json,
            notes: Vec::new(),
        };
        let place = submission.place(submission.root.get("số").unwrap());
        assert_eq!((place.line, place.column), (Some(3), Some(9)));
        assert_eq!((place.end_line, place.end_column), (Some(3), Some(11)));
        let whole = submission.place(&submission.root);
        assert_eq!(
            (whole.line, whole.end_line, whole.end_column),
            (Some(1), Some(4), Some(2))
        );
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        assert_eq!(Places::of_text("ab").between(99, 99).column, Some(3));
        assert_eq!(Places::of_text("").between(0, 0).line, Some(1));
        assert_eq!(Places::Cells(&[]).between(7, 7), Place::default());
    }
}
