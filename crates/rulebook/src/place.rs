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
        /// How many characters begin before each block of the text: a file may be one long line.
        characters: Vec<u32>,
    },
    /// A workbook's cells.
    Cells(&'s [CellPlace]),
}

impl<'s> Places<'s> {
    /// The places of a text.
    pub fn of_text(text: &'s str) -> Self {
        let newlines = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        let starts = newlines.map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX));
        let line_starts = std::iter::once(0).chain(starts).collect();
        let characters = text.as_bytes().chunks(BLOCK).scan(0_u32, |before, block| {
            let here = *before;
            *before += characters_in(block);
            Some(here)
        });
        Self::Text {
            text,
            line_starts,
            characters: characters.collect(),
        }
    }

    /// The place between two offsets; nothing where the offsets lead nowhere.
    pub fn between(&self, at: u32, end: u32) -> Place {
        match self {
            Self::Text {
                text,
                line_starts,
                characters,
            } => {
                let lines = Lines {
                    text,
                    starts: line_starts,
                    characters,
                };
                let (line, column) = lines.line_and_column(at);
                let (end_line, end_column) = lines.line_and_column(end.max(at));
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

/// So many bytes of a text are counted in one block.
const BLOCK: usize = 1024;

/// How many characters begin in these bytes of UTF-8.
fn characters_in(bytes: &[u8]) -> u32 {
    let begins = |byte: &&u8| (**byte & 0xC0) != 0x80;
    u32::try_from(bytes.iter().filter(begins).count()).unwrap_or(u32::MAX)
}

/// A text with what finds a place in it quickly.
struct Lines<'l> {
    text: &'l str,
    starts: &'l [u32],
    characters: &'l [u32],
}

impl Lines<'_> {
    /// Both count from 1; a column counts Unicode scalar values.
    fn line_and_column(&self, at: u32) -> (u32, u32) {
        let mut byte = (at as usize).min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line = self.starts.partition_point(|&start| start as usize <= byte);
        let start = line
            .checked_sub(1)
            .map_or(0, |index| self.starts[index] as usize);
        let column = self.characters_before(byte) - self.characters_before(start) + 1;
        (u32::try_from(line).unwrap_or(u32::MAX), column)
    }

    fn characters_before(&self, byte: usize) -> u32 {
        let block = byte / BLOCK;
        let counted = self.characters.get(block).copied();
        // The end of a text that fills its last block lies in no block.
        let (block, counted) = match counted {
            Some(counted) => (block, counted),
            None => match self.characters.len().checked_sub(1) {
                Some(last) => (last, self.characters[last]),
                None => return 0,
            },
        };
        counted + characters_in(&self.text.as_bytes()[block * BLOCK..byte])
    }
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
    fn a_column_is_counted_across_blocks_of_a_long_line() {
        for length in [
            BLOCK - 2,
            BLOCK - 1,
            BLOCK,
            BLOCK + 1,
            5 * BLOCK,
            7 * BLOCK + 3,
        ] {
            // Three bytes a character, so that blocks begin in the middle of one.
            let text = format!("x\n{}", "ệ".repeat(length));
            let places = Places::of_text(&text);
            for character in [0, 1, length / 2, length - 1, length] {
                let at = u32::try_from(2 + 3 * character).unwrap();
                let place = places.between(at, at);
                let column = u32::try_from(character + 1).unwrap();
                assert_eq!(
                    (place.line, place.column),
                    (Some(2), Some(column)),
                    "{length}"
                );
            }
        }
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        assert_eq!(Places::of_text("ab").between(99, 99).column, Some(3));
        assert_eq!(Places::of_text("").between(0, 0).line, Some(1));
        assert_eq!(Places::Cells(&[]).between(7, 7), Place::default());
    }
}
