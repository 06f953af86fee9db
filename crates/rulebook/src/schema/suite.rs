//! The behaviour of JSON Schema 2020-12 over our tree, keyword by keyword: the cases of the
//! official JSON-Schema-Test-Suite that are easy to get wrong in a representation of one's own.

use serde_json::json;

use super::keywords::testing::holds;

#[test]
fn types_are_those_of_json() {
    for (schema, instance, expected) in [
        (json!({"type": "integer"}), "1.0", true),
        (json!({"type": "integer"}), "1.1", false),
        (json!({"type": "integer"}), "\"1\"", false),
        (json!({"type": "number"}), "1", true),
        (json!({"type": "null"}), "false", false),
        (json!({"type": "null"}), "null", true),
        (json!({"type": "boolean"}), "0", false),
        (json!({"type": ["object", "array"]}), "[]", true),
        (json!({"type": "object"}), "[]", false),
    ] {
        assert_eq!(holds(&schema, instance), expected, "{schema} {instance}");
    }
}

#[test]
fn equality_is_by_value() {
    for (schema, instance, expected) in [
        (json!({"const": 1}), "1.0", true),
        (json!({"const": 1}), "true", false),
        (json!({"const": 0}), "false", false),
        (json!({"const": false}), "0", false),
        (
            json!({"const": {"a": 1, "b": [2]}}),
            r#"{"b": [2.0], "a": 1}"#,
            true,
        ),
        (json!({"const": {"a": 1}}), r#"{"a": 1, "b": 2}"#, false),
        (
            json!({"enum": [[false], {"x": null}]}),
            r#"{"x": null}"#,
            true,
        ),
        (json!({"enum": [[0]]}), "[false]", false),
        (
            json!({"const": 9_007_199_254_740_993_u64}),
            "9007199254740992",
            false,
        ),
        (json!({"const": "đ"}), r#""\u0111""#, true),
    ] {
        assert_eq!(holds(&schema, instance), expected, "{schema} {instance}");
    }
}

#[test]
fn unique_items_compares_by_value_at_any_length() {
    let unique = json!({"uniqueItems": true});
    let long = |last: &str| {
        let items: Vec<String> = (0..40).map(|index| format!("{{\"a\": {index}}}")).collect();
        format!("[{}, {last}]", items.join(", "))
    };
    for (instance, expected) in [
        ("[1, 1.0]".to_owned(), false),
        ("[1, true]".to_owned(), true),
        ("[0, false]".to_owned(), true),
        (r#"[{"a": 1, "b": 2}, {"b": 2, "a": 1}]"#.to_owned(), false),
        (r#"["1", 1]"#.to_owned(), true),
        ("[[1], [true]]".to_owned(), true),
        (long(r#"{"a": 39.0}"#), false),
        (long(r#"{"a": "39"}"#), true),
        (long(r#"{"a": 39.5}"#), true),
    ] {
        assert_eq!(holds(&unique, &instance), expected, "{instance}");
    }
}

#[test]
fn bounds_and_lengths_count_as_the_standard_says() {
    for (schema, instance, expected) in [
        (json!({"maxLength": 2}), "\"😀😀\"", true),
        (json!({"minLength": 3}), "\"😀😀\"", false),
        (json!({"minLength": 2}), "\"đ\"", false),
        (json!({"maximum": 3.0}), "3", true),
        (json!({"exclusiveMaximum": 3}), "3", false),
        (json!({"minimum": -2}), "-2.5", false),
        (json!({"multipleOf": 0.01}), "0.0075", false),
        (json!({"multipleOf": 2}), "4.0", true),
        (json!({"minItems": 1}), "{}", true),
        (json!({"minProperties": 1}), "{}", false),
        (json!({"maxItems": 1}), "[1, 2]", false),
    ] {
        assert_eq!(holds(&schema, instance), expected, "{schema} {instance}");
    }
}

#[test]
fn applicators_combine() {
    let schema = json!({
        "$defs": {"positive": {"exclusiveMinimum": 0}},
        "properties": {"a": {"$ref": "#/$defs/positive"}},
        "patternProperties": {"^x-": {"type": "string"}},
        "propertyNames": {"maxLength": 4},
        "additionalProperties": false,
        "dependentRequired": {"a": ["x-b"]}
    });
    for (instance, expected) in [
        (r#"{"a": 1, "x-b": "y"}"#, true),
        (r#"{"a": 1}"#, false),
        (r#"{"a": -1, "x-b": "y"}"#, false),
        (r#"{"x-b": 1}"#, false),
        (r#"{"c": 1}"#, false),
        (r#"{"x-longer": "y"}"#, false),
        ("[]", true),
    ] {
        assert_eq!(holds(&schema, instance), expected, "{instance}");
    }
    let branches = json!({"if": {"required": ["a"]}, "then": {"required": ["b"]}, "else": {"maxProperties": 0}});
    for (instance, expected) in [
        (r#"{"a": 1}"#, false),
        (r#"{"a": 1, "b": 1}"#, true),
        ("{}", true),
        (r#"{"c": 1}"#, false),
    ] {
        assert_eq!(holds(&branches, instance), expected, "{instance}");
    }
    let contains = json!({"contains": {"const": 1}, "minContains": 2, "maxContains": 3});
    for (instance, expected) in [
        ("[1]", false),
        ("[1, 2, 1]", true),
        ("[1, 1, 1, 1]", false),
        ("{}", true),
    ] {
        assert_eq!(holds(&contains, instance), expected, "{instance}");
    }
    let open = json!({"allOf": [{"properties": {"a": true}}], "unevaluatedProperties": false});
    assert!(holds(&open, r#"{"a": 1}"#) && !holds(&open, r#"{"b": 1}"#));
    let one = json!({"oneOf": [{"minimum": 2}, {"maximum": 4}]});
    assert!(holds(&one, "1") && !holds(&one, "3"));
    let tuple = json!({"prefixItems": [{"type": "string"}], "items": {"type": "integer"}});
    assert!(holds(&tuple, r#"["a", 1]"#) && !holds(&tuple, r#"["a", "b"]"#));
}

#[test]
fn formats_assert() {
    for (format, instance, expected) in [
        ("date", "\"2024-02-29\"", true),
        ("date", "\"2026-02-29\"", false),
        ("date", "\"2026-2-9\"", false),
        ("date", "\"31/12/2026\"", false),
        ("date", "7", true),
        ("email", "\"cds@songmau.example.com\"", true),
        ("email", "\"cds\"", false),
    ] {
        assert_eq!(
            holds(&json!({"format": format}), instance),
            expected,
            "{format} {instance}"
        );
    }
}

#[test]
fn patterns_are_unicode_and_unanchored() {
    assert!(holds(&json!({"pattern": "Bộ"}), "\"các Bộ, ngành\""));
    assert!(holds(&json!({"pattern": "^\\p{Lu}"}), "\"Đảng\""));
    assert!(!holds(&json!({"pattern": "^[a-z]+$"}), "\"điện\""));
}

#[test]
fn nothing_is_fetched() {
    for reference in [
        "https://json-schema.org/x",
        "file:///etc/passwd",
        "other.json",
    ] {
        assert!(
            super::Schema::compile(&json!({"$ref": reference})).is_err(),
            "{reference}"
        );
    }
}
