//! Lines for a terminal: how wide text is, and where it breaks.

use framework::Locale;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Columns a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// Breaks text at spaces into lines of at most so many columns; a word that is longer is cut.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let before = lines.len();
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && width(&line) + 1 + width(word) > columns {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            let mut rest = word;
            while width(&line) + width(rest) > columns {
                let cut = cut_at(rest, columns.saturating_sub(width(&line)).max(1));
                line.push_str(&rest[..cut]);
                rest = &rest[cut..];
                lines.push(std::mem::take(&mut line));
            }
            line.push_str(rest);
        }
        if !line.is_empty() || lines.len() == before {
            lines.push(line);
        }
    }
    lines
}

/// The byte at which a text of so many columns ends; at least one character.
fn cut_at(text: &str, columns: usize) -> usize {
    let mut taken = 0;
    for (index, character) in text.char_indices() {
        taken += character.width().unwrap_or(0);
        if taken > columns && index > 0 {
            return index;
        }
    }
    text.len()
}

/// «một, hai và ba».
pub(crate) fn joined(parts: &[String], locale: Locale) -> String {
    let and = match locale {
        Locale::Vi => " và ",
        Locale::En => " and ",
    };
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{}{and}{last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_long_words_are_cut() {
        assert_eq!(wrap("một hai ba", 7), ["một hai", "ba"]);
        assert_eq!(wrap("aaaaaaaaaa b", 4), ["aaaa", "aaaa", "aa b"]);
        assert_eq!(wrap("một\nhai", 80), ["một", "hai"]);
        assert_eq!(wrap("漢字漢字", 4), ["漢字", "漢字"]);
        assert_eq!(wrap("", 4), [""]);
        assert_eq!(wrap("漢", 1), ["漢"]);
    }
}
