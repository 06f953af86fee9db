//! What fields and codes are called, as the form itself says.

use framework::{Locale, Localized};
use jsonschema::error::ValidationErrorKind as Kind;
use serde_json::Value;

use crate::{
    suggest::{Suggester, slug},
    template::{Suggestion, Words},
};

pub(super) fn label(schema: &Value) -> Option<Localized> {
    serde_json::from_value(schema.get("x-label")?.clone()).ok()
}

/// «Giai đoạn» (lifecycle), or the bare field.
pub(super) fn named(label: Option<Localized>, field: &str) -> Localized {
    match label {
        Some(label) => Localized::text(
            format!("«{}» ({field})", label.vi),
            format!("“{}” ({field})", label.en),
        ),
        None => Localized::text(format!("«{field}»"), format!("“{field}”")),
    }
}

/// The option of a list that is nearest, by its code or by its name in either language.
pub(super) fn nearest_option(
    typed: &str,
    schema: Option<&Value>,
    kind: &Kind,
    suggester: &Suggester,
) -> Option<Suggestion> {
    let Kind::Enum { options } = kind else {
        return None;
    };
    let typed_slug = slug(typed);
    let names = schema.and_then(|schema| schema.get("x-labels"));
    let name_of = |code: &str| -> Option<Localized> {
        serde_json::from_value(names?.get(code)?.clone()).ok()
    };
    let codes: Vec<&str> = options
        .as_array()?
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let by_name = codes.iter().find(|code| {
        let name = name_of(code);
        name.is_some_and(|name| {
            Locale::ALL
                .iter()
                .any(|locale| slug(name.get(*locale)) == typed_slug)
        })
    });
    match by_name {
        Some(code) => Some(Suggestion {
            value: (*code).to_owned(),
            name: name_of(code),
        }),
        None => suggester.nearest(typed, &codes).map(|found| Suggestion {
            name: name_of(&found.value),
            ..found
        }),
    }
}

pub(super) fn collect_words(schema: &Value, words: &mut Words) {
    for (field, schema) in schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        if let Some(label) = label(schema) {
            words
                .by_field
                .entry("field".to_owned())
                .or_default()
                .entry(field.clone())
                .or_insert(label);
        }
        let codes = [Some(schema), schema.get("items")].into_iter().flatten();
        for codes in codes.filter_map(|schema| schema.get("x-labels").and_then(Value::as_object)) {
            let of_field = words.by_field.entry(field.clone()).or_default();
            for (code, name) in codes {
                if let Ok(name) = serde_json::from_value(name.clone()) {
                    of_field.entry(code.clone()).or_insert(name);
                }
            }
        }
        collect_words(schema, words);
        if let Some(items) = schema.get("items") {
            collect_words(items, words);
        }
    }
}
