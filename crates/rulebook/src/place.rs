//! Offsets → lines and columns, sheets and cells.

use crate::{Cells, FieldPlace, Node, Origin, Place, Submission};

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
    Cells(&'s Cells),
}

impl<'s> Places<'s> {
    /// The places of a text.
    pub fn of_text(text: &'s str) -> Self {
        let newlines = memchr::memchr_iter(b'\n', text.as_bytes());
        let starts = newlines.map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX));
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
                    .filled
                    .get(at as usize)
                    .map_or_else(Place::default, |place| Place {
                        sheet: Some(place.sheet.clone()),
                        cell: Some(place.cell.clone()),
                        header: place.header.as_deref().map(Box::from),
                        ..Place::default()
                    })
            }
        }
    }

    /// The empty cell of a field that a record leaves out: `pointer` leads to the record, which
    /// begins at `at`, and `field` from there on. Nothing for a text, or where the workbook has no
    /// cell for the field.
    pub(crate) fn of_empty(&self, at: u32, pointer: &str, field: &str) -> Option<Place> {
        let Self::Cells(cells) = self else {
            return None;
        };
        let path = path_of(pointer, field);
        let is_it = |place: &&FieldPlace| {
            let rest = place.path.strip_prefix(&path);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let Some((_, row)) = path.contains("[]").then(|| cells.row(at)).flatten() else {
            let place = cells.fields.iter().find(is_it)?;
            let is_form = !place.path.contains("[]");
            return is_form.then(|| place.cell(&place.at));
        };
        let sheet = &cells.filled.get(at as usize)?.sheet;
        let mut here = cells.fields.iter().filter(|place| place.sheet == *sheet);
        let place = here.find(is_it)?;
        Some(place.cell(&format!("{}{row}", place.at)))
    }
}

/// `applications[].name.vi` of `/applications/3/name` and `vi`.
fn path_of(pointer: &str, field: &str) -> String {
    let mut path = String::new();
    let steps = pointer.split('/').skip(1);
    for (index, step) in steps.chain(field.split('/')).enumerate() {
        if index == 1 && !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit()) {
            path.push_str("[]");
            continue;
        }
        if index > 0 {
            path.push('.');
        }
        path.push_str(step);
    }
    path
}

impl Cells {
    /// The column and the row of a filled cell.
    fn row(&self, at: u32) -> Option<(&str, &str)> {
        let cell = &self.filled.get(at as usize)?.cell;
        let digit = cell.find(|letter: char| letter.is_ascii_digit())?;
        Some(cell.split_at(digit))
    }
}

impl FieldPlace {
    fn cell(&self, cell: &str) -> Place {
        Place {
            sheet: Some(self.sheet.clone()),
            cell: Some(cell.to_owned()),
            header: Some(self.header.as_str().into()),
            ..Place::default()
        }
    }
}

/// So many bytes of a text are counted in one block.
const BLOCK: usize = 1024;

/// How many characters begin in these bytes of UTF-8. Counted in bytes, so that many are counted in one
/// step of the processor; a part is short enough for its count to fit.
fn characters_in(bytes: &[u8]) -> u32 {
    let begins = |byte: &u8| u8::from((byte & 0xC0) != 0x80);
    let parts = bytes.chunks(usize::from(u8::MAX));
    parts
        .map(|part| u32::from(part.iter().map(begins).sum::<u8>()))
        .sum()
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
    use crate::{CellPlace, SourceFormat, json};

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
    fn an_empty_cell_has_a_place_too() {
        let field = |path: &str, at: &str| FieldPlace {
            sheet: "4".into(),
            path: path.into(),
            at: at.into(),
            header: path.to_uppercase(),
        };
        let cells = Cells {
            filled: vec![CellPlace {
                sheet: "4".into(),
                cell: "B12".into(),
                header: None,
            }],
            fields: vec![
                field("agency.level", "C9"),
                field("applications[].id", "A"),
                field("applications[].name.vi", "AB"),
            ],
        };
        let places = Places::Cells(&cells);
        for (pointer, wanted, cell) in [
            ("/applications/7", "id", Some("A12")),
            ("/applications/7", "name", Some("AB12")),
            ("/applications/7/name", "vi", Some("AB12")),
            ("/applications/7", "nam", None),
            ("/platforms/7", "id", None),
            ("/agency", "level", Some("C9")),
            ("", "agency", Some("C9")),
            ("", "applications", None),
        ] {
            let place = places.of_empty(0, pointer, wanted);
            assert_eq!(
                place.and_then(|place| place.cell).as_deref(),
                cell,
                "{pointer} {wanted}"
            );
        }
        assert_eq!(
            places
                .of_empty(0, "/applications/7", "id")
                .unwrap()
                .header
                .as_deref(),
            Some("APPLICATIONS[].ID")
        );
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        assert_eq!(Places::of_text("ab").between(99, 99).column, Some(3));
        assert_eq!(Places::of_text("").between(0, 0).line, Some(1));
        assert_eq!(
            Places::Cells(&Cells::default()).between(7, 7),
            Place::default()
        );
    }
}
