//! The model as a JSON Schema (2020-12): `rules/submission.schema.json` is this function's output,
//! and a test holds the file to it.
//!
//! The schema speaks of form only: which fields there are, what kind of value each takes. Whether an
//! id is known, a component exists or two dates agree is for rules. Everything may be `null` or
//! `unknown` but what identifies a record: a gap is "not stated", not a fault of form.

use serde_json::{Map, Value, json};

use super::{CodeList, Field, FieldKind, Levels, SECTIONS, Section};

/// What a date is called in the schema's own annotation, for sentences about it.
const DATE: &str = "date";

/// Sections without which nothing can be judged.
const REQUIRED_SECTIONS: [&str; 3] = ["submission", "agency", "reference"];

/// Fields asked of every agency, but only of some records (a planned system has no security level
/// yet, infrastructure is not hosted): rules know when, the schema does not.
const JUDGED_BY_RULES: [&str; 4] = [
    "hosting",
    "public_facing",
    "security_level",
    "secret_systems_count",
];

/// The schema of a submission. Labels in both languages stand beside each field as `x-label`, what
/// coded values are called as `x-labels`.
pub fn submission_schema() -> Value {
    let mut properties = Map::new();
    for section in &SECTIONS {
        properties.insert(section.key.to_owned(), section_schema(section));
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://khung.invalid/schema/submission.json",
        "title": "Hồ sơ kiến trúc / Architecture submission",
        "type": "object",
        "required": REQUIRED_SECTIONS,
        "properties": properties,
        "additionalProperties": false,
    })
}

fn section_schema(section: &Section) -> Value {
    let mut record = record_schema(section.fields);
    let label = json!({"vi": section.name.vi, "en": section.name.en});
    if section.is_list {
        json!({"type": ["array", "null"], "items": record, "x-label": label})
    } else {
        if !REQUIRED_SECTIONS.contains(&section.key) {
            record["type"] = json!(["object", "null"]);
        }
        record["x-label"] = label;
        record
    }
}

/// A record: its plain fields, and a nested record for each first step of a longer path.
fn record_schema(fields: &[Field]) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for field in fields {
        let (first, rest) = match field.path.split_once('.') {
            Some((first, rest)) => (first, Some(rest)),
            None => (field.path, None),
        };
        let is_new = !properties.contains_key(first);
        match rest {
            None => {
                properties.insert(first.to_owned(), field_schema(field));
            }
            Some(rest) => {
                let nested = properties.entry(first).or_insert_with(nested_record);
                nested["properties"][rest] = field_schema(field);
                if is_needed(field) {
                    push_name(&mut nested["required"], rest);
                }
            }
        }
        if is_new && is_needed(field) {
            required.push(Value::from(first));
        }
    }
    json!({
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": false,
    })
}

fn nested_record() -> Value {
    json!({
        "type": ["object", "null"],
        "required": [],
        "properties": {},
        "additionalProperties": false,
    })
}

fn push_name(names: &mut Value, name: &str) {
    if let Value::Array(names) = names {
        names.push(name.into());
    }
}

/// Whether every record has it, whatever else the record says.
fn is_needed(field: &Field) -> bool {
    field.required == Levels::ALL && !JUDGED_BY_RULES.contains(&field.path)
}

fn field_schema(field: &Field) -> Value {
    let mut value = if field.is_list {
        json!({"type": ["array", "null"], "items": value_schema(field)})
    } else {
        value_schema(field)
    };
    value["x-label"] = json!({"vi": field.label.vi, "en": field.label.en});
    value
}

fn value_schema(field: &Field) -> Value {
    match field.kind {
        FieldKind::Slug if field.path == "id" => {
            json!({"type": "string", "pattern": "^[a-z0-9]+([._-][a-z0-9]+)*$", "maxLength": 100})
        }
        FieldKind::Integer => number_schema(0, 1_000_000_000),
        FieldKind::Year => number_schema(1900, 2200),
        FieldKind::Date => json!({
            "type": ["string", "null"],
            "anyOf": [{"format": "date"}, {"const": "unknown"}, {"type": "null"}],
            "x-form": DATE,
        }),
        FieldKind::Boolean => json!({"enum": [true, false, null, "unknown"]}),
        FieldKind::Code(list) if !list.is_open => code_schema(list),
        FieldKind::Code(list) => {
            json!({"type": ["string", "null"], "maxLength": 20_000, "x-labels": labels(list)})
        }
        FieldKind::Text
        | FieldKind::Slug
        | FieldKind::Component(..)
        | FieldKind::Body(_)
        | FieldKind::Constituent => json!({"type": ["string", "null"], "maxLength": 20_000}),
    }
}

/// A whole number, or `null`, or `unknown`.
fn number_schema(least: u32, most: u32) -> Value {
    json!({
        "type": ["integer", "string", "null"],
        "minimum": least,
        "maximum": most,
        "pattern": "^unknown$",
    })
}

fn code_schema(list: &CodeList) -> Value {
    let mut values: Vec<Value> = list.codes.iter().map(|code| code.code.into()).collect();
    values.extend([Value::Null, "unknown".into()]);
    json!({"enum": values, "x-labels": labels(list)})
}

/// What the codes of a list are called; an open list takes other values too.
fn labels(list: &CodeList) -> Map<String, Value> {
    list.codes
        .iter()
        .map(|code| {
            (
                code.code.to_owned(),
                json!({"vi": code.label.vi, "en": code.label.en}),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_schema_is_the_model() {
        let published: Value =
            serde_json::from_str(include_str!("../../../../rules/submission.schema.json")).unwrap();
        assert_eq!(
            published,
            submission_schema(),
            "run: cargo run -p intake --example submission_schema > rules/submission.schema.json"
        );
    }
}
