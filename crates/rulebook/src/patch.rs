//! RFC 6902 operations that mend a finding.

use framework::Locale;
use serde_json::{Map, Value};

use crate::template::{Filling, Template};

/// Fills the operations of a rule for one finding; nothing if a needed value is not known.
pub(crate) fn fill(
    operations: &Value,
    pointer: Option<&str>,
    filling: &Filling<'_>,
) -> Option<Value> {
    let pointer = pointer?;
    let operations = operations.as_array()?;
    operations
        .iter()
        .map(|operation| fill_value(operation, pointer, filling))
        .collect::<Option<_>>()
        .map(Value::Array)
}

fn fill_value(value: &Value, pointer: &str, filling: &Filling<'_>) -> Option<Value> {
    Some(match value {
        Value::String(text) => Value::String(fill_text(text, pointer, filling)?),
        Value::Array(items) => Value::Array(
            items
                .iter()
                .map(|item| fill_value(item, pointer, filling))
                .collect::<Option<_>>()?,
        ),
        Value::Object(members) => {
            let mut filled = Map::new();
            for (name, value) in members {
                filled.insert(name.clone(), fill_value(value, pointer, filling)?);
            }
            Value::Object(filled)
        }
        other => other.clone(),
    })
}

fn fill_text(text: &str, pointer: &str, filling: &Filling<'_>) -> Option<String> {
    let text = text
        .replace("{@}", pointer)
        .replace("{record}", record_of(pointer));
    if !text.contains('{') {
        return Some(text);
    }
    if text.contains("{suggestion}") {
        let suggestion = filling.nearest.found()?;
        return Some(text.replace("{suggestion}", &suggestion.value));
    }
    let path = text
        .trim_start_matches('{')
        .trim_end_matches('}')
        .replace('.', "/");
    filling.record.pointer(&format!("/{path}"))?;
    Some(Template::new(&text).fill(filling, Locale::Vi))
}

/// The item of a list of the submission in which a pointer ends: `/platforms/2` of
/// `/platforms/2/end`.
fn record_of(pointer: &str) -> &str {
    let cuts: Vec<usize> = pointer.match_indices('/').map(|(at, _)| at).collect();
    match cuts.get(2) {
        Some(&cut) => &pointer[..cut],
        None => pointer,
    }
}
