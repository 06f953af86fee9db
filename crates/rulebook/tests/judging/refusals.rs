//! Rule files that are refused: where, and why.

use rulebook::RuleFile;
use serde_json::{Value, json};

use crate::support;

/// A small sound rule, changed by `change`; its compiler's answer.
fn refused(change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut rule = json!({
        "id": "KKT2-PLT-900", "since": "2026.11", "revision": 1,
        "title": {"vi": "Có mã", "en": "Has an id"}, "why": {"vi": "Vì", "en": "Because"},
        "checks": {"vi": "Mã", "en": "The id"}, "not_checked": {"vi": "Tên", "en": "The name"},
        "message": {"vi": "Hệ thống {name}", "en": "The system {name}"},
        "fix": {"vi": ["Thêm mã."], "en": ["Add an id."]},
        "clauses": ["II.3.4.3.s2"], "basis": "practice", "force": "F0", "severity": "error", "kind": "form",
        "levels": ["party", "national-assembly", "fatherland-front", "ministry", "province", "other"],
        "decides": "machine", "for_each": "systems",
        "when": {"properties": {"component_ref": {"const": "online-meeting-platform"}}, "required": ["component_ref"]},
        "require": {"required": ["owner_unit"]},
        "examples": {
            "pass": [{"note": {"vi": "a", "en": "a"}, "submission":
                {"platforms": [{"id": "x", "component_ref": "online-meeting-platform", "owner_unit": "A"}]}}],
            "fail": [{"note": {"vi": "b", "en": "b"}, "submission":
                {"platforms": [{"id": "x", "component_ref": "online-meeting-platform"}]},
                "expect": [{"pointer": "/platforms/0"}]}]
        }
    });
    // A second example of each kind: two are asked for.
    for kind in ["pass", "fail"] {
        let mut second = rule["examples"][kind][0].clone();
        second["submission"]["platforms"][0]["id"] = json!("y");
        rule["examples"][kind].as_array_mut().unwrap().push(second);
    }
    change(&mut rule);
    let text = serde_json::to_string_pretty(&rule).unwrap();
    answer("rules/plt/kkt2-plt-900.json", text)
}

fn answer(path: &str, text: String) -> Vec<String> {
    let ruleset = json!({"id": "x", "version": "1", "framework_version": "2.0"}).to_string();
    let files = [
        RuleFile {
            path: "rules/ruleset.json".to_owned(),
            text: ruleset.into(),
        },
        RuleFile {
            path: path.to_owned(),
            text: text.into(),
        },
    ];
    support::compile(&files).err().unwrap_or_default()
}

fn says(faults: &[String], words: &str) {
    assert!(
        faults.iter().any(|fault| fault.contains(words)),
        "{words}: {faults:?}"
    );
}

#[test]
fn a_sound_rule_is_taken() {
    assert_eq!(refused(|_| {}), Vec::<String>::new());
}

#[test]
fn an_unknown_clause_or_component_is_refused_with_its_line() {
    let faults = refused(|rule| rule["clauses"] = json!(["II.3.9.9"]));
    says(&faults, "[unknown-clause]");
    assert!(
        faults[0].starts_with("rules/plt/kkt2-plt-900.json:"),
        "{faults:?}"
    );
    let faults = refused(|rule| {
        rule["when"]["properties"]["component_ref"]["const"] = json!("ngsp-platform");
    });
    says(&faults, "no component “ngsp-platform”");
}

#[test]
fn a_missing_language_is_refused() {
    says(
        &refused(|rule| rule["title"] = json!({"vi": "Chỉ tiếng Việt"})),
        "/title",
    );
    says(
        &refused(|rule| rule["message"]["en"] = json!("The system {id}")),
        "placeholders differ",
    );
    says(
        &refused(|rule| rule["fix"]["en"] = json!(["One.", "Two."])),
        "numbers of steps",
    );
}

#[test]
fn a_text_of_blanks_or_signs_alone_is_refused() {
    for blank in ["", " ", "\u{a0}\n", "\u{200b}", "—"] {
        for field in ["title", "message", "why"] {
            let faults = refused(|rule| rule[field]["en"] = json!(blank));
            says(&faults, &format!("/{field}/en: must not be empty"));
        }
        let faults = refused(|rule| rule["fix"]["vi"] = json!([blank]));
        says(&faults, "/fix/vi/0: must not be empty");
        let faults = refused(|rule| rule["examples"]["pass"][0]["note"]["vi"] = json!(blank));
        says(&faults, "/examples/pass/0/note/vi: must not be empty");
    }
}

#[test]
fn the_same_example_twice_is_refused() {
    for kind in ["pass", "fail"] {
        let faults = refused(|rule| {
            let mut first = rule["examples"][kind][0].clone();
            first["note"]["en"] = json!("another note");
            rule["examples"][kind][1] = first;
        });
        says(&faults, "[rule-repeated-example]");
        says(&faults, &format!("the same as /examples/{kind}/0"));
        let faults = refused(|rule| {
            let mut first = rule["examples"][kind][0].clone();
            first["date"] = json!("2027-06-01");
            rule["examples"][kind][1] = first;
        });
        assert_eq!(
            faults,
            Vec::<String>::new(),
            "another day is another example"
        );
    }
}

#[test]
fn patterns_that_can_backtrack_are_refused() {
    for pattern in ["(?=a)b", "(?<!a)b", r"(a)\1"] {
        let faults =
            refused(|rule| rule["require"]["properties"] = json!({"id": {"pattern": pattern}}));
        says(&faults, "[rule-schema]");
    }
}

#[test]
fn what_leads_out_of_the_file_is_refused() {
    let faults = refused(|rule| rule["require"] = json!({"$ref": "https://example.com/x.json"}));
    says(&faults, "[rule-schema]");
    let faults = refused(|rule| rule["require"] = json!({"$ref": "file:///etc/passwd"}));
    says(&faults, "[rule-schema]");
}

#[test]
fn a_misspelt_keyword_or_field_is_refused() {
    says(
        &refused(|rule| rule["require"] = json!({"requird": ["id"]})),
        "requird",
    );
    says(
        &refused(|rule| rule["serverity"] = json!("error")),
        "serverity",
    );
    says(
        &refused(|rule| rule["for_each"] = json!("sytems")),
        "/for_each",
    );
    says(
        &refused(|rule| rule["require"] = json!({"ascending": ["start"]})),
        "[rule-schema]",
    );
}

#[test]
fn examples_that_do_not_behave_are_refused() {
    says(
        &refused(|rule| rule["require"] = json!(true)),
        "[example-misbehaves]",
    );
    says(
        &refused(|rule| rule["require"] = json!(false)),
        "[example-misbehaves]",
    );
    let faults =
        refused(|rule| rule["examples"]["fail"][0]["expect"][0]["pointer"] = json!("/platforms/1"));
    says(&faults, "\"/platforms/1\"");
    says(
        &refused(|rule| rule["examples"]["fail"] = json!([])),
        "examples",
    );
}

#[test]
fn fewer_than_two_passing_or_failing_examples_are_refused() {
    for kind in ["pass", "fail"] {
        for left in [0, 1] {
            let faults = refused(|rule| {
                rule["examples"][kind]
                    .as_array_mut()
                    .unwrap()
                    .truncate(left);
            });
            says(
                &faults,
                &format!("/examples/{kind}: needs 2 or more entries"),
            );
        }
    }
    says(&refused(|rule| drop(rule["examples"].take())), "/examples");
}

#[test]
fn a_failing_example_that_names_no_place_is_refused() {
    for change in [json!([]), Value::Null] {
        let faults = refused(|rule| rule["examples"]["fail"][1]["expect"] = change.clone());
        says(&faults, "/examples/fail/1/expect");
    }
    let faults = refused(|rule| {
        rule["examples"]["fail"][0]
            .as_object_mut()
            .unwrap()
            .remove("expect");
    });
    says(&faults, "/examples/fail/0");
    says(&faults, "“expect” is missing");
}

#[test]
fn a_rule_that_no_example_fails_is_refused() {
    // Its requirement holds whatever the record says, so its own failing examples pass.
    let faults = refused(|rule| rule["require"] = json!({"required": ["id"]}));
    says(&faults, "[example-misbehaves]");
    says(&faults, "Findings missing at: \"/platforms/0\"");
    // So it is with one that no record concerns.
    let faults = refused(|rule| rule["when"] = json!(false));
    says(&faults, "Findings missing at: \"/platforms/0\"");
}

#[test]
fn a_passing_example_that_fails_is_refused() {
    let faults = refused(|rule| {
        rule["examples"]["pass"][1]["submission"] =
            rule["examples"]["fail"][0]["submission"].clone();
    });
    says(
        &faults,
        "The example yields Failed (/platforms/0) and should yield Passed.",
    );
}

#[test]
fn a_file_name_and_an_id_belong_together() {
    says(
        &refused(|rule| rule["id"] = json!("KKT2-APP-900")),
        "app/kkt2-app-900.json",
    );
    says(
        &refused(|rule| rule["supersedes"] = json!(["KKT2-XXX-001"])),
        "[rule-unknown-rule]",
    );
    says(
        &refused(|rule| rule["supersedes"] = json!(["KKT2-PLT-900"])),
        "[rule-circle]",
    );
}

#[test]
fn a_file_that_is_no_json_is_refused_with_line_and_column() {
    let faults = answer(
        "rules/plt/kkt2-plt-900.json",
        "{\n  \"id\": \"x\",\n}".to_owned(),
    );
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(
        faults[0].starts_with("rules/plt/kkt2-plt-900.json:2:12 [json-trailing-comma]"),
        "{faults:?}"
    );
}
