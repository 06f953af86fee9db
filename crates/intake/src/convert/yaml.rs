//! A tree as YAML text: block style, one field a line, quotes wherever a reader might stumble.

use rulebook::{Kind, Node};

use super::json;

/// The whole tree.
pub(crate) fn text(root: &Node<'_>) -> String {
    let mut text = String::new();
    for member in root.members() {
        field(&mut text, 0, &member.key, &member.value, "");
    }
    if text.is_empty() {
        "{}\n".to_owned()
    } else {
        text
    }
}

/// One field with all that is under it, and a comment on its line.
pub(crate) fn field(text: &mut String, level: usize, key: &str, node: &Node<'_>, comment: &str) {
    indent(text, level);
    scalar(text, key);
    text.push(':');
    below(text, level, node, comment);
}

/// What follows a colon or dash: a value on the same line, or lines of its own.
fn below(text: &mut String, level: usize, node: &Node<'_>, comment: &str) {
    match &node.resolved().kind {
        Kind::Object(members) if !members.is_empty() => {
            end_line(text, comment);
            for member in members {
                field(text, level + 1, &member.key, &member.value, "");
            }
        }
        Kind::Array(items) if items.iter().any(|item| is_nested(item)) => {
            end_line(text, comment);
            for each in items {
                item(text, level + 1, each);
            }
        }
        _ => {
            text.push(' ');
            inline(text, node);
            end_line(text, comment);
        }
    }
}

/// An item of a list: a record begins on the line of its dash.
fn item(text: &mut String, level: usize, node: &Node<'_>) {
    indent(text, level);
    text.push('-');
    match &node.resolved().kind {
        Kind::Object(members) if !members.is_empty() => {
            for (index, member) in members.iter().enumerate() {
                if index == 0 {
                    text.push(' ');
                } else {
                    indent(text, level + 1);
                }
                scalar(text, &member.key);
                text.push(':');
                below(text, level + 1, &member.value, "");
            }
        }
        _ => below(text, level, node, ""),
    }
}

fn is_nested(node: &Node<'_>) -> bool {
    match &node.resolved().kind {
        Kind::Object(members) => !members.is_empty(),
        Kind::Array(items) => !items.is_empty(),
        _ => false,
    }
}

fn inline(text: &mut String, node: &Node<'_>) {
    match &node.resolved().kind {
        Kind::Null => text.push_str("null"),
        Kind::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Kind::Number(number) => text.push_str(&json::number(*number)),
        Kind::String(string) => scalar(text, string),
        Kind::Object(_) => text.push_str("{}"),
        Kind::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push_str(", ");
                }
                inline(text, item);
            }
            text.push(']');
        }
        // `resolved` follows shared nodes to the end.
        Kind::Shared(_) | Kind::Joined(_) => {}
    }
}

/// A text as it stands behind a colon or a dash, or as a key.
pub(crate) fn scalar_text(string: &str) -> String {
    let mut text = String::new();
    scalar(&mut text, string);
    text
}

/// A plain word or day as it is, anything else in quotes.
fn scalar(text: &mut String, string: &str) {
    if is_plain(string) {
        text.push_str(string);
    } else {
        json::quoted(text, string);
    }
}

/// Ids, codes and days: nothing that YAML of any version takes for something else.
fn is_plain(string: &str) -> bool {
    let bytes = string.as_bytes();
    let date = string.parse::<framework::Date>().is_ok();
    let word = bytes.first().is_some_and(u8::is_ascii_alphabetic)
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-./".contains(byte));
    let reserved = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    date || word
        && !reserved
            .iter()
            .any(|reserved| string.eq_ignore_ascii_case(reserved))
}

fn end_line(text: &mut String, comment: &str) {
    if !comment.is_empty() {
        text.push_str("  # ");
        text.push_str(comment);
    }
    text.push('\n');
}

pub(crate) fn indent(text: &mut String, level: usize) {
    text.extend(std::iter::repeat_n(' ', level * 2));
}
