//! A ready edit (RFC 6902) shown as the change it makes: lines out and lines in, or in words.

use framework::Locale;
use rulebook::{Finding, Kind, Node};
use serde_json::Value;

use crate::{Source, visible};

/// One step of an edit, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A line of the source and what it becomes.
    Line {
        /// Its number.
        number: u32,
        /// As it is.
        old: String,
        /// As it should be.
        new: String,
    },
    /// What to do, where the line cannot be shown.
    Words(String),
}

/// The steps of a finding's edit; empty if it has none.
pub fn changes(finding: &Finding, source: &Source<'_>, locale: Locale) -> Vec<Change> {
    let operations = finding.patch.as_ref().and_then(Value::as_array);
    operations
        .into_iter()
        .flatten()
        .filter_map(|operation| change(operation, source, locale))
        .collect()
}

fn change(operation: &Value, source: &Source<'_>, locale: Locale) -> Option<Change> {
    let op = operation.get("op")?.as_str()?;
    let path = operation.get("path")?.as_str()?;
    let value = operation.get("value");
    if op == "replace"
        && let Some(line) = value.and_then(|value| replaced_line(path, value, source))
    {
        return Some(line);
    }
    let shown_path = visible::line(path).into_owned();
    let shown = value.map(|value| visible::line(&value.to_string()).into_owned());
    Some(Change::Words(match (op, shown, locale) {
        ("remove", _, Locale::Vi) => format!("Bỏ {shown_path}"),
        ("remove", _, Locale::En) => format!("Remove {shown_path}"),
        ("add", Some(value), Locale::Vi) => format!("Thêm vào {shown_path}: {value}"),
        ("add", Some(value), Locale::En) => format!("Add to {shown_path}: {value}"),
        ("replace", Some(value), Locale::Vi) => format!("Đổi {shown_path} thành {value}"),
        ("replace", Some(value), Locale::En) => format!("Change {shown_path} to {value}"),
        _ => return None,
    }))
}

/// Bytes above which a line is too long to be shown twice.
const LONG: usize = 2_000;

/// A scalar of a text that stands on one line, put in place.
fn replaced_line(path: &str, value: &Value, source: &Source<'_>) -> Option<Change> {
    let text = source.whole_text()?;
    let (node, _) = source.root()?.pointer(path)?;
    if !is_scalar(node) || value.is_array() || value.is_object() {
        return None;
    }
    let (at, end) = (
        usize::try_from(node.at).ok()?,
        usize::try_from(node.end).ok()?,
    );
    let old = text.get(at..end)?;
    if old.is_empty() || old.contains('\n') {
        return None;
    }
    let number = source.line_of_byte(at);
    let line = source.line(number).filter(|line| line.len() <= LONG)?;
    let start = at - text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let (before, after) = (line.get(..start)?, line.get(start + old.len()..)?);
    let new = format!("{before}{}{after}", written_like(old, value));
    let shown = |line: &str| visible::line(line).into_owned();
    Some(Change::Line {
        number,
        old: shown(line),
        new: shown(&new),
    })
}

fn is_scalar(node: &Node<'_>) -> bool {
    !matches!(node.resolved().kind, Kind::Array(_) | Kind::Object(_))
}

/// The value as the file writes such values: a plain word stays plain, all else is JSON, which
/// YAML reads as well.
fn written_like(old: &str, value: &Value) -> String {
    let plain = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
            && text
                .bytes()
                .next()
                .is_some_and(|byte| byte.is_ascii_alphabetic())
            && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
                .contains(&text.to_ascii_lowercase().as_str())
    };
    match value {
        Value::String(text) if !old.starts_with(['"', '\'']) && plain(text) && plain(old) => {
            text.clone()
        }
        other => other.to_string(),
    }
}
