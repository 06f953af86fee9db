//! A tree as JSON text.

use std::fmt::Write;

use rulebook::{Kind, Node, Number};

/// On one line.
pub(crate) fn compact(node: &Node<'_>) -> String {
    let mut text = String::new();
    value(&mut text, node, None, 0);
    text
}

/// Indented by two spaces, with a line feed at the end.
pub(crate) fn pretty(node: &Node<'_>) -> String {
    let mut text = String::new();
    value(&mut text, node, Some(2), 0);
    text.push('\n');
    text
}

fn value(text: &mut String, node: &Node<'_>, indent: Option<usize>, level: usize) {
    match &node.resolved().kind {
        Kind::Null => text.push_str("null"),
        Kind::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Kind::Number(number) => text.push_str(&self::number(*number)),
        Kind::String(string) => quoted(text, string),
        Kind::Array(items) => {
            enclosed(text, ['[', ']'], items, indent, level, |text, item| {
                value(text, item, indent, level + 1);
            });
        }
        Kind::Object(members) => {
            enclosed(text, ['{', '}'], members, indent, level, |text, member| {
                quoted(text, &member.key);
                text.push_str(if indent.is_some() { ": " } else { ":" });
                value(text, &member.value, indent, level + 1);
            });
        }
        // `resolved` follows shared nodes to the end.
        Kind::Shared(_) | Kind::Joined(_) => {}
    }
}

fn enclosed<T>(
    text: &mut String,
    [open, close]: [char; 2],
    parts: &[T],
    indent: Option<usize>,
    level: usize,
    mut write: impl FnMut(&mut String, &T),
) {
    text.push(open);
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        new_line(text, indent, level + 1);
        write(text, part);
    }
    if !parts.is_empty() {
        new_line(text, indent, level);
    }
    text.push(close);
}

fn new_line(text: &mut String, indent: Option<usize>, level: usize) {
    if let Some(width) = indent {
        text.push('\n');
        text.extend(std::iter::repeat_n(' ', width * level));
    }
}

/// A number as both JSON and YAML read it back: a float keeps a point or an exponent.
pub(super) fn number(number: Number) -> String {
    match number {
        Number::Unsigned(number) => number.to_string(),
        Number::Signed(number) => number.to_string(),
        Number::Float(number) => format!("{number:?}"),
    }
}

/// A string in double quotes; the escapes are those that JSON and YAML share.
pub(super) fn quoted(text: &mut String, string: &str) {
    text.push('"');
    for letter in string.chars() {
        match letter {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            // Control characters, what YAML takes for a line end or a byte-order mark, and the two
            // noncharacters that it has no place for.
            letter
                if letter.is_control()
                    || matches!(
                        letter,
                        '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}'
                    ) =>
            {
                // Writing into a String cannot fail.
                let _ = write!(text, "\\u{:04x}", u32::from(letter));
            }
            letter => text.push(letter),
        }
    }
    text.push('"');
}
