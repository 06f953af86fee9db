//! The library's answers, and what is asked together.

use serde_json::json;

use super::Check;
use crate::{json, schema::Schema};

/// Most texts of a form are asked for both, in one place or another.
#[test]
fn being_a_text_and_its_length_are_one_question() {
    for schema in [
        json!({"type": "string", "minLength": 1, "maxLength": 9}),
        json!({"type": ["string"], "maxLength": 9}),
        json!({"type": "string", "allOf": [{"minLength": 1}, {"allOf": [{"maxLength": 9}]}]}),
        json!({"allOf": [{"type": "string", "minLength": 1}, {"maxLength": 9}, {"type": "string"}]}),
    ] {
        let check = Check::of_whole(&schema);
        assert!(matches!(check, Some(Check::Text(_))), "{schema}: {check:?}");
    }
}

/// Each answer is compared with the library's where it is given, in `Schema::holds_for`.
#[test]
fn every_question_is_answered_as_the_library_answers_it() {
    let schemas = [
        json!(true),
        json!(false),
        json!({"type": ["integer", "null"], "minimum": 2}),
        json!({"type": "number"}),
        json!({"const": 1}),
        json!({"const": 0}),
        json!({"const": 9_007_199_254_740_993_i64}),
        json!({"const": [1, {"a": 2}]}),
        json!({"pattern": "."}),
        json!({"pattern": "(?s)."}),
        json!({"pattern": "^\\s$"}),
        json!({"pattern": "[[ab]]"}),
        json!({"pattern": "^[[a]]$"}),
        json!({"pattern": "[^\\w\\P{Thai}]"}),
        json!({"required": ["a"], "additionalProperties": false}),
        json!({"required": ["a"], "properties": {"b": {}}, "additionalProperties": false}),
        json!({"enum": ["a", null, [1, {"a": 2}]]}),
        json!({"enum": ["", "a".repeat(62), "a".repeat(64), 1, 2.5, -2]}),
        json!({"enum": ["a".repeat(63)]}),
        json!({"enum": []}),
        json!({"minLength": 2, "maxLength": 3}),
        json!({"type": "string", "minLength": 2, "maxLength": 3}),
        json!({"type": ["string", "null"], "maxLength": 1}),
        json!({"type": "string", "allOf": [{"maxLength": 2}, {"allOf": [{"minLength": 1}, {"pattern": "a"}]}]}),
        json!({"allOf": [{"type": "string"}, {"maxLength": 1}, {"type": "string"}]}),
        json!({"type": ["string"], "maxLength": 1}),
        json!({"allOf": [{"type": "string", "minLength": 1}, {"maxLength": 2}], "maxLength": 3}),
        json!({"allOf": [{"maxLength": 3}, {"maxLength": 2}, {"minLength": 1}, {"minLength": 2}]}),
        json!({"allOf": [{"maxLength": 2}, {"maxLength": 3}, {"minLength": 2}, {"minLength": 1}]}),
        json!({"minLength": 3, "maxLength": 2}),
        json!({"pattern": "[^ ]"}),
        json!({"pattern": "[ab]"}),
        json!({"pattern": "\\d"}),
        json!({"pattern": "(^|[^\\p{L}])[Hh]uyện( |$)|TT"}),
        json!({"minItems": 1, "maxItems": 2, "items": {"type": "string"}}),
        json!({"contains": {"const": "a"}}),
        json!({"contains": {"const": "a"}, "minContains": 0}),
        json!({"prefixItems": [true], "items": false}),
        json!({"required": ["a", "b"]}),
        json!({"properties": {"a": {"type": "string"}}, "additionalProperties": false}),
        json!({"properties": {"a": true}, "additionalProperties": {"type": "null"}}),
        json!({"required": ["a"], "properties": {"a": {}, "b": false}, "additionalProperties": false}),
        json!({"properties": {"a": {}, "b": {"type": "null"}, "c": {}, "d": {}, "e": {}, "f": {}, "g": {}},
            "required": ["b"]}),
        json!({"not": {"anyOf": [{"type": "null"}, {"required": ["a"]}]}}),
        json!({"allOf": [{"required": ["a"]}, {"properties": {"a": {"const": "a"}}}]}),
        json!({"if": {"required": ["a"]}, "then": {"required": ["b"]}}),
        json!({"if": {"type": "object"}, "else": {"type": "string"}}),
        json!({"then": false, "else": false}),
        json!({"oneOf": [{"type": "object"}, {"required": ["a"]}]}),
        json!({"properties": {"a": {"$ref": "#"}}, "type": "object"}),
        json!({"$defs": {"x": {"type": "string"}}, "items": {"$ref": "#/$defs/x"}}),
        json!({"minimum": -1, "maximum": 9_007_199_254_740_992_u64}),
        json!({"minimum": 1.5, "maximum": 2.0}),
        json!({"same_value": ["/a", "/b"]}),
        json!({"properties": {"a": {"on_or_before": "2026-03-01"}}}),
        json!({"format": "date", "x-form": "date", "title": "a day"}),
        json!({"uniqueItems": true, "dependentRequired": {"a": ["b"]}, "minProperties": 2}),
    ];
    let long = [62, 63, 64, 200].map(|length| format!("\"{}\"", "a".repeat(length)));
    let instances = [
        "null",
        "true",
        "1",
        "1.0",
        "1.5",
        "-0.0",
        "2",
        "9007199254740992.0",
        "\"\\r\"",
        "\"\\u2028\"",
        "\"\\n\"",
        "\"\\ufeff\"",
        "\"[]\"",
        "\"a]\"",
        "\"ก\"",
        "\"\"",
        "\" \"",
        "\"a\"",
        "\"ab\"",
        "\"đđđđ\"",
        "\"abc\"",
        "\"😀\"",
        "\"7\"",
        "\"2026-02-30\"",
        "\"2026-02-28\"",
        "\"0000-02-29\"",
        "-1",
        "-2",
        "9007199254740993",
        "{\"a\": \"2026-02-28\"}",
        "{\"a\": 1, \"b\": 1.0}",
        "\"Huyện A\"",
        "\"xhuyện\"",
        "\"TTTT\"",
        "[]",
        "[\"a\"]",
        "[\"a\", \"a\", 1]",
        "[1, {\"a\": 2}]",
        "{}",
        "{\"a\": 1}",
        "{\"a\": \"a\"}",
        "{\"b\": null}",
        "{\"a\": null, \"b\": 2}",
        "{\"c\": 1, \"b\": null}",
        "{\"a\": {\"a\": 1}}",
    ];
    for schema in &schemas {
        let question = Schema::question(schema).unwrap();
        assert!(question.check.is_some(), "{schema}");
        let long = long.iter().map(String::as_str);
        for instance in instances.into_iter().chain(long) {
            let node = json::parse(instance, &json::Limits::default()).unwrap();
            let expected = question.library.holds_for(&node);
            assert_eq!(question.holds_for(&node), expected, "{schema} {instance}");
        }
    }
}
