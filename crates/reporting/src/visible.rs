//! Text from an agency's file, made safe to look at.
//!
//! A name can carry escape sequences that repaint a terminal, direction marks that turn a sentence
//! round, line breaks that fake another finding. They are shown as what they are, never obeyed.

use std::borrow::Cow;

/// Whether a character would act instead of being seen. Line feeds and tabs are the caller's.
const fn acts(character: char) -> bool {
    matches!(character,
        '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e0fff}')
}

fn show(character: char, into: &mut String) {
    use std::fmt::Write as _;
    // Writing to a String cannot fail.
    let _ = write!(into, "⟨U+{:04X}⟩", u32::from(character));
}

/// One line of text: what acts is shown as ⟨U+202E⟩, line breaks as ␊, tabs as a space.
pub fn line(text: &str) -> Cow<'_, str> {
    if !text
        .chars()
        .any(|character| acts(character) || matches!(character, '\n' | '\t'))
    {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\n' => shown.push('␊'),
            '\t' => shown.push(' '),
            acting if acts(acting) => show(acting, &mut shown),
            other => shown.push(other),
        }
    }
    Cow::Owned(shown)
}

/// Text of one or more lines: as [`line()`], but line breaks stay.
pub fn lines(text: &str) -> Cow<'_, str> {
    if !text
        .chars()
        .any(|character| acts(character) || character == '\t')
    {
        return Cow::Borrowed(text);
    }
    let shown: Vec<Cow<'_, str>> = text
        .split('\n')
        .map(|part| line(part.strip_suffix('\r').unwrap_or(part)))
        .collect();
    Cow::Owned(shown.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_direction_marks_are_shown_not_obeyed() {
        assert_eq!(line("\x1b[31mđỏ"), "⟨U+001B⟩[31mđỏ");
        assert_eq!(line("a\u{202e}b"), "a⟨U+202E⟩b");
        assert_eq!(line("một\r\nhai\tba"), "một⟨U+000D⟩␊hai ba");
        assert_eq!(lines("một\r\nhai\u{7}"), "một\nhai⟨U+0007⟩");
        assert_eq!(line("\u{9b}2J"), "⟨U+009B⟩2J");
    }

    #[test]
    fn vietnamese_text_is_left_alone() {
        let text = "Sở Nội vụ – «quản lý cán bộ» 100 % …";
        assert!(matches!(line(text), Cow::Borrowed(same) if same == text));
    }
}
