//! Faults in an author's file: content, rule, catalogue, theme.

use std::{fmt, path::PathBuf};

use serde::Serialize;

use crate::Localized;

/// How much a fault in an author's file weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DiagnosticLevel {
    /// The site can be built; `--strict` makes an error of it.
    Warning,
    /// Nothing is published.
    Error,
}

/// A place in a text file: line and column count from 1, columns in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in Unicode scalar values.
    pub column: u32,
}

impl Position {
    /// The first character of a file.
    pub const START: Self = Self { line: 1, column: 1 };

    /// The place of a byte in a text; past the end, the place after the last character.
    pub fn of_byte(text: &str, byte: usize) -> Self {
        let mut byte = byte.min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        let before = &text[..byte];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self {
            line: count(before.bytes().filter(|&byte| byte == b'\n').count() + 1),
            column: count(before[line_start..].chars().count() + 1),
        }
    }
}

/// The line a fault stands in, with the part that is meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Excerpt {
    /// The whole line, without its end.
    pub line: String,
    /// How many characters from the column on are meant; at least 1.
    pub width: u32,
}

/// One fault in an author's file, said in both languages, with its place and a hint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How much it weighs.
    pub level: DiagnosticLevel,
    /// A short stable name of the fault, `unknown-clause`: what tests and filters rest on.
    pub code: &'static str,
    /// The file, relative to the project folder.
    pub file: PathBuf,
    /// Where in the file, if it is a text.
    pub position: Option<Position>,
    /// The line with the part that is meant.
    pub excerpt: Option<Excerpt>,
    /// What is wrong.
    pub message: Localized,
    /// What to do about it.
    pub hint: Option<Localized>,
}

impl Diagnostic {
    /// An error in a file as a whole; narrow it with [`Diagnostic::at_bytes`].
    pub fn error(code: &'static str, file: impl Into<PathBuf>, message: Localized) -> Self {
        Self {
            level: DiagnosticLevel::Error,
            code,
            file: file.into(),
            position: None,
            excerpt: None,
            message,
            hint: None,
        }
    }

    /// A warning in a file as a whole.
    pub fn warning(code: &'static str, file: impl Into<PathBuf>, message: Localized) -> Self {
        Self {
            level: DiagnosticLevel::Warning,
            ..Self::error(code, file, message)
        }
    }

    /// Places the fault at a byte range of the file's text and cuts the excerpt.
    #[must_use]
    pub fn at_bytes(mut self, text: &str, range: std::ops::Range<usize>) -> Self {
        let position = Position::of_byte(text, range.start);
        let line_text = text
            .lines()
            .nth(usize::try_from(position.line - 1).unwrap_or(usize::MAX))
            .unwrap_or_default();
        let meant = text.get(range).unwrap_or_default();
        let width = meant
            .lines()
            .next()
            .unwrap_or_default()
            .chars()
            .count()
            .max(1);
        self.excerpt = Some(Excerpt {
            line: line_text.to_owned(),
            width: u32::try_from(width).unwrap_or(u32::MAX),
        });
        self.position = Some(position);
        self
    }

    /// Places the fault at a line and column of the file's text and cuts the excerpt.
    #[must_use]
    pub fn at_position(mut self, text: &str, position: Position) -> Self {
        let line = text
            .lines()
            .nth(position.line.saturating_sub(1) as usize)
            .unwrap_or_default();
        self.excerpt = Some(Excerpt {
            line: line.to_owned(),
            width: 1,
        });
        self.position = Some(position);
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: Localized) -> Self {
        self.hint = Some(hint);
        self
    }
}

impl fmt::Display for Diagnostic {
    /// `file:line:column`, the part that editors and terminals turn into a link.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(position) = self.position {
            write!(f, ":{}:{}", position.line, position.column)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let text = "một\nđiểm đ";
        let byte = text.rfind('đ').unwrap();
        assert_eq!(
            Position::of_byte(text, byte),
            Position { line: 2, column: 6 }
        );
        assert_eq!(
            Position::of_byte(text, 999),
            Position { line: 2, column: 7 }
        );
        assert_eq!(Position::of_byte("", 0), Position::START);
    }

    #[test]
    fn an_excerpt_shows_the_line_and_how_much_of_it_is_meant() {
        let text = "a: 1\nb: điều\n";
        let start = text.find("điều").unwrap();
        let diagnostic = Diagnostic::error("x", "a.md", Localized::text("sai", "wrong"))
            .at_bytes(text, start..start + "điều".len());
        assert_eq!(diagnostic.to_string(), "a.md:2:4");
        let excerpt = diagnostic.excerpt.unwrap();
        assert_eq!((excerpt.line.as_str(), excerpt.width), ("b: điều", 4));
    }
}
