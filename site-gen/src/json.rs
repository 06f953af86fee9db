//! JSON files of the content tree, with the place of whatever is wrong.

use std::marker::PhantomData;

use framework::{Diagnostic, Localized, Position};
use serde::de::{DeserializeOwned, DeserializeSeed};

use crate::source::Source;

/// Reads a JSON file into a type; `None` and a fault if it does not fit.
pub(crate) fn parse<T: DeserializeOwned>(
    source: &Source,
    faults: &mut Vec<Diagnostic>,
) -> Option<T> {
    parse_into(source, PhantomData, faults)
}

/// The same into what a seed makes of it.
pub(crate) fn parse_into<'s, S: DeserializeSeed<'s>>(
    source: &'s Source,
    seed: S,
    faults: &mut Vec<Diagnostic>,
) -> Option<S::Value> {
    let text = source.text()?;
    let mut json = serde_json::Deserializer::from_str(text);
    let value = seed.deserialize(&mut json);
    match value.and_then(|value| json.end().map(|()| value)) {
        Ok(value) => Some(value),
        Err(error) => {
            faults.push(fault(source, text, &error));
            None
        }
    }
}

fn fault(source: &Source, text: &str, error: &serde_json::Error) -> Diagnostic {
    // serde_json counts columns in bytes and adds the place to its sentence.
    let sentence = error.to_string();
    let reason = sentence
        .rsplit_once(" at line ")
        .map_or(sentence.as_str(), |(reason, _)| reason);
    let message = if error.is_data() {
        Localized::text(
            format!("Dữ liệu không đúng dạng quy định: {reason}"),
            format!("The data do not have the required form: {reason}"),
        )
    } else {
        Localized::text(
            format!("JSON chưa đúng: {reason}"),
            format!("Not well-formed JSON: {reason}"),
        )
    };
    let line_start: usize = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum();
    let byte = line_start + error.column().saturating_sub(1);
    Diagnostic::error("json", source.file(), message)
        .at_position(text, Position::of_byte(text, byte))
}
