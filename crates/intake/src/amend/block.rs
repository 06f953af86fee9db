//! Lists and records in YAML's block style, where indentation is the syntax.

use rulebook::{Member, Node};
use serde_json::Value;

use super::{Document, Edit};

/// One more item after the last one: `- value` under its dash.
pub(super) fn append_item(document: &Document<'_>, last: &Node<'_>, value: &Value) -> Option<Edit> {
    let (at, end) = document.span(last)?;
    let dash = document.text.get(..at)?.rfind('-')?;
    let indent = indent_before(document.text, dash)?;
    let entry = format!("{indent}- {}", document.written(value));
    Some(line_after(document, at, end, &entry))
}

/// One more field after the last one, indented as it is.
pub(super) fn append_field(
    document: &Document<'_>,
    last: &Member<'_>,
    field: &str,
) -> Option<Edit> {
    let key_at = usize::try_from(last.key_at).ok()?;
    let (_, end) = document.span(&last.value)?;
    let indent = match indent_before(document.text, key_at) {
        Some(indent) => indent.to_owned(),
        // The record begins behind a dash: its other fields stand under the first one.
        None => " ".repeat(key_at - line_start(document.text, key_at)),
    };
    Some(line_after(
        document,
        key_at,
        end,
        &format!("{indent}{field}"),
    ))
}

/// Takes out whole lines, from the entry to where it ends.
pub(super) fn remove(document: &Document<'_>, start: usize, end: usize) -> Option<Edit> {
    let from = line_start(document.text, start);
    let before = document.text.get(from..start)?;
    let is_own = before.chars().all(|c| c == ' ') || before.trim_start() == "- ";
    let last = content_end(document.text, start, end);
    let to = line_end(document.text, last);
    let to = (to + 1).min(document.text.len());
    is_own.then(|| Edit::cut(from, to))
}

/// A line of its own behind what ends at `end`, and behind the comment that follows it.
fn line_after(document: &Document<'_>, start: usize, end: usize, line: &str) -> Edit {
    let at = line_end(document.text, content_end(document.text, start, end));
    let line_end = if document.text[..at].ends_with('\r') {
        return Edit::put(at - 1, format!("\r\n{line}"));
    } else {
        "\n"
    };
    Edit::put(at, format!("{line_end}{line}"))
}

/// The end of what is written; a block may claim the empty lines and comments behind it.
fn content_end(text: &str, start: usize, end: usize) -> usize {
    let mut end = end.max(start);
    loop {
        end = start + text[start..end].trim_end().len();
        let line = line_start(text, end);
        if line > start && text[line..end].trim_start().starts_with('#') {
            end = line;
        } else {
            return end;
        }
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The line feed after `at`, or the end of the text.
fn line_end(text: &str, at: usize) -> usize {
    text[at..]
        .find('\n')
        .map_or(text.len(), |length| at + length)
}

/// What stands before `at` on its line, if that is nothing but blanks.
fn indent_before(text: &str, at: usize) -> Option<&str> {
    let before = &text[line_start(text, at)..at];
    before.chars().all(|c| c == ' ').then_some(before)
}
