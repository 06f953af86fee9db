//! A line whose characters are found by number.
//!
//! A submission of ten megabytes may be one line, and a thousand findings may stand in it: counting
//! from its beginning for each of them would take minutes.

/// Bytes from which on a line is worth an index.
const LONG: usize = 8_192;
/// One character in so many is remembered.
const EVERY: usize = 1_024;

/// Where every 1,024th character of a long line begins.
#[derive(Debug, Clone)]
pub(super) struct Index {
    characters: usize,
    bytes: Vec<usize>,
}

impl Index {
    /// An index, if the line is long.
    pub(super) fn of(line: &str) -> Option<Self> {
        if line.len() < LONG {
            return None;
        }
        let mut index = Self {
            characters: 0,
            bytes: Vec::with_capacity(line.len() / EVERY + 1),
        };
        for (byte, _) in line.char_indices() {
            if index.characters.is_multiple_of(EVERY) {
                index.bytes.push(byte);
            }
            index.characters += 1;
        }
        Some(index)
    }
}

/// A line with its index, if it has one.
#[derive(Clone, Copy)]
pub(super) struct Line<'s, 'i> {
    pub(super) text: &'s str,
    pub(super) index: Option<&'i Index>,
}

impl<'s> Line<'s, '_> {
    /// How many characters it has.
    pub(super) fn length(self) -> usize {
        self.index
            .map_or_else(|| self.text.chars().count(), |index| index.characters)
    }

    /// How many characters of white space it begins with.
    pub(super) fn indent(self) -> usize {
        self.text
            .chars()
            .take_while(|character| character.is_whitespace())
            .count()
    }

    /// The characters from (inclusive) to (exclusive), counted from 0.
    pub(super) fn slice(self, from: usize, to: usize) -> &'s str {
        &self.text[self.byte_of(from)..self.byte_of(to.max(from))]
    }

    /// Where a character begins; the end of the line for one past its last.
    fn byte_of(self, character: usize) -> usize {
        let known = self
            .index
            .and_then(|index| index.bytes.get(character / EVERY));
        let (start, rest) = known.map_or((0, character), |&byte| (byte, character % EVERY));
        if self.index.is_some() && known.is_none() {
            return self.text.len();
        }
        self.text[start..]
            .char_indices()
            .nth(rest)
            .map_or(self.text.len(), |(byte, _)| start + byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_long_and_short_lines_are_found_alike() {
        let text = "đ1ờ–".repeat(4_000);
        let index = Index::of(&text).unwrap();
        let long = Line {
            text: &text,
            index: Some(&index),
        };
        let short = Line {
            text: &text,
            index: None,
        };
        assert_eq!(long.length(), short.length());
        for from in [
            0, 1, 1_023, 1_024, 1_025, 15_998, 15_999, 16_000, 16_001, 99_999,
        ] {
            assert_eq!(
                long.slice(from, from + 5),
                short.slice(from, from + 5),
                "{from}"
            );
        }
        assert!(Index::of("ngắn").is_none());
    }
}
