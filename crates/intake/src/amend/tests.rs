use serde_json::{Value, json};

use super::amend;
use crate::{Hints, Limits, read};

fn amended(file: &str, text: &str, operations: &Value) -> Option<String> {
    let submission = read(text.as_bytes(), &Hints::file(file), &Limits::default()).unwrap();
    amend(&submission, operations)
}

#[track_caller]
fn check(file: &str, text: &str, operations: &Value, expected: &str) {
    assert_eq!(amended(file, text, operations).as_deref(), Some(expected));
}

const YAML: &str = "\
# Hồ sơ của tỉnh
submission: {id: a, version: \"1\"}   # giữ nguyên
platforms:
  - id: one      # thứ nhất
    lifecyle: operating
    name: 'Một'
    end:
  - id: two

    tags: [x, y]
    login:
      - vneid   # ghi chú

# hết
";

#[test]
fn a_value_is_put_in_place_and_all_the_rest_stays() {
    let replace =
        |path: &str, value: Value| json!([{"op": "replace", "path": path, "value": value}]);
    let id = replace("/platforms/0/id", json!("mot"));
    check("a.yaml", YAML, &id, &YAML.replace("id: one ", "id: mot "));
    let name = replace("/platforms/0/name", json!("It's"));
    check("a.yaml", YAML, &name, &YAML.replace("'Một'", "'It''s'"));
    let version = replace("/submission/version", json!("2"));
    check("a.yaml", YAML, &version, &YAML.replace("\"1\"", "\"2\""));
    let end = replace("/platforms/0/end", json!("2026-12-31"));
    check(
        "a.yaml",
        YAML,
        &end,
        &YAML.replace("end:\n", "end: 2026-12-31\n"),
    );
    let tags = replace("/platforms/1/tags", json!([]));
    check("a.yaml", YAML, &tags, &YAML.replace("[x, y]", "[]"));
}

#[test]
fn a_word_that_yaml_would_read_otherwise_is_quoted() {
    let operations = json!([{"op": "replace", "path": "/platforms/0/id", "value": "no"}]);
    check(
        "a.yaml",
        YAML,
        &operations,
        &YAML.replace("id: one ", "id: \"no\" "),
    );
}

#[test]
fn a_misspelt_field_is_renamed() {
    let operations = json!([
        {"op": "move", "from": "/platforms/0/lifecyle", "path": "/platforms/0/lifecycle"}
    ]);
    check(
        "a.yaml",
        YAML,
        &operations,
        &YAML.replace("lifecyle", "lifecycle"),
    );
}

#[test]
fn entries_are_added_where_the_list_or_record_ends() {
    let add = |path: &str, value: Value| json!([{"op": "add", "path": path, "value": value}]);
    let login = add("/platforms/1/login/-", json!("ldap"));
    let expected = YAML.replace("# ghi chú\n", "# ghi chú\n      - ldap\n");
    check("a.yaml", YAML, &login, &expected);
    let tag = add("/platforms/1/tags/-", json!("z"));
    check("a.yaml", YAML, &tag, &YAML.replace("[x, y]", "[x, y, z]"));
    let field = add("/platforms/0/owner", json!("sở nội vụ"));
    let expected = YAML.replace("end:\n", "end:\n    owner: \"sở nội vụ\"\n");
    let plain = YAML.replace("end:\n", "end:\n    owner: sở nội vụ\n");
    let got = amended("a.yaml", YAML, &field).unwrap();
    assert!(got == expected || got == plain, "{got}");
    let inside = add("/submission/note", json!(1));
    let expected = YAML.replace("\"1\"}", "\"1\", note: 1}");
    check("a.yaml", YAML, &inside, &expected);
    let item = add("/platforms/-", json!({"id": "three"}));
    let expected = YAML.replace("# ghi chú\n", "# ghi chú\n  - {\"id\":\"three\"}\n");
    check("a.yaml", YAML, &item, &expected);
}

#[test]
fn entries_are_taken_out_with_their_lines() {
    let remove = |path: &str| json!([{"op": "remove", "path": path}]);
    let expected = YAML.replace("    lifecyle: operating\n", "");
    check("a.yaml", YAML, &remove("/platforms/0/lifecyle"), &expected);
    let expected = YAML.replace("[x, y]", "[x]");
    check("a.yaml", YAML, &remove("/platforms/1/tags/1"), &expected);
    let expected = YAML.replace("[x, y]", "[y]");
    check("a.yaml", YAML, &remove("/platforms/1/tags/0"), &expected);
    let first = amended("a.yaml", YAML, &remove("/platforms/0"));
    assert!(first.is_some_and(|text| text.contains("# Hồ sơ") && !text.contains("Một")));
}

#[test]
fn json_keeps_its_lines() {
    let text = "{\r\n  \"a\": {\r\n    \"b\": [1],\r\n    \"c\": \"x\"\r\n  }\r\n}\r\n";
    let replace = json!([{"op": "replace", "path": "/a/c", "value": "y\"z"}]);
    check(
        "a.json",
        text,
        &replace,
        &text.replace("\"x\"", "\"y\\\"z\""),
    );
    let add = json!([{"op": "add", "path": "/a/b/-", "value": 2}]);
    check("a.json", text, &add, &text.replace("[1]", "[1, 2]"));
    let field = json!([{"op": "add", "path": "/a/d", "value": true}]);
    let got = amended("a.json", text, &field).unwrap();
    assert_eq!(got, text.replace("\"x\"", "\"x\",\n    \"d\": true"));
}

#[test]
fn what_cannot_be_done_in_place_is_not_done() {
    let replace = json!([{"op": "replace", "path": "/platforms/1/login", "value": "x"}]);
    assert_eq!(amended("a.yaml", YAML, &replace), None);
    let absent = json!([{"op": "replace", "path": "/platforms/9/id", "value": "x"}]);
    assert_eq!(amended("a.yaml", YAML, &absent), None);
    let test = json!([{"op": "test", "path": "/platforms/0/id", "value": "one"}]);
    assert_eq!(amended("a.yaml", YAML, &test), None);
    let taken = json!([{"op": "move", "from": "/platforms/0/id", "path": "/platforms/1/x"}]);
    assert_eq!(amended("a.yaml", YAML, &taken), None);
}

#[test]
fn several_operations_are_carried_out_together_or_not_at_all() {
    let both = json!([
        {"op": "replace", "path": "/platforms/0/id", "value": "mot"},
        {"op": "replace", "path": "/platforms/1/id", "value": "hai"}
    ]);
    let expected = YAML
        .replace("id: one ", "id: mot ")
        .replace("id: two", "id: hai");
    check("a.yaml", YAML, &both, &expected);
    let half = json!([
        {"op": "replace", "path": "/platforms/0/id", "value": "mot"},
        {"op": "replace", "path": "/platforms/7/id", "value": "hai"}
    ]);
    assert_eq!(amended("a.yaml", YAML, &half), None);
}
