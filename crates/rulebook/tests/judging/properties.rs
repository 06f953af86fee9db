//! What holds for every submission, whatever it says.

use std::{collections::BTreeMap, sync::OnceLock};

use proptest::{prelude::*, sample::select};
use rulebook::{Report, Rulebook};
use serde_json::{Map, Value, json};

use crate::support;

fn rulebook() -> &'static Rulebook {
    static RULEBOOK: OnceLock<Rulebook> = OnceLock::new();
    RULEBOOK.get_or_init(support::rulebook)
}

fn form_schema() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        let path = support::root().join("rules/submission.schema.json");
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    })
}

fn check(submission: &Value) -> Report {
    support::check(rulebook(), &submission.to_string(), "2026-03-31")
}

fn form_faults(report: &Report) -> Vec<String> {
    let form = report
        .findings
        .iter()
        .filter(|finding| finding.rule.starts_with("form-"));
    form.map(|finding| format!("{} {}", finding.location.pointer, finding.message.en))
        .collect()
}

/// Any value that the schema allows: what the form says decides, not what we remember of it.
fn valid(schema: &Value) -> BoxedStrategy<Value> {
    if let Some(options) = schema.get("enum").and_then(Value::as_array) {
        return select(options.clone()).boxed();
    }
    if schema["x-form"] == "date" {
        return select(vec![
            json!("2026-03-31"),
            json!("2024-02-29"),
            json!("unknown"),
            Value::Null,
        ])
        .boxed();
    }
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        return valid_record(schema, properties);
    }
    if let Some(items) = schema.get("items") {
        return prop::collection::vec(valid(items), 0..4)
            .prop_map(Value::from)
            .boxed();
    }
    let minimum = schema["minimum"].as_i64();
    match (minimum, schema["pattern"].as_str()) {
        (Some(minimum), _) => (minimum..=minimum + 200).prop_map(Value::from).boxed(),
        (None, Some(_)) => "[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,2}"
            .prop_map(Value::from)
            .boxed(),
        (None, None) => text().boxed(),
    }
}

fn text() -> impl Strategy<Value = Value> {
    let written = select(vec![
        "Phòng máy của tỉnh",
        "app-a",
        "online-meeting-platform",
        "own-account",
        "hr.personnel-management",
        "national-public-service-portal",
        "direct",
        "2.0",
        "",
        "Y99",
        "2026-12-31",
    ]);
    prop_oneof![8 => written.prop_map(Value::from), 2 => "\\PC{0,12}".prop_map(Value::from), 1 => Just(Value::Null)]
}

fn valid_record(schema: &Value, properties: &Map<String, Value>) -> BoxedStrategy<Value> {
    let required: Vec<&str> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let fields: Vec<BoxedStrategy<Option<(String, Value)>>> = properties
        .iter()
        .map(|(name, schema)| {
            let name = name.clone();
            let is_required = required.contains(&name.as_str());
            let field = valid(schema).prop_map(move |value| (name.clone(), value));
            if is_required {
                field.prop_map(Some).boxed()
            } else {
                prop::option::of(field).boxed()
            }
        })
        .collect();
    fields
        .prop_map(|fields| Value::Object(fields.into_iter().flatten().collect()))
        .boxed()
}

fn submission() -> BoxedStrategy<Value> {
    valid(form_schema())
}

/// Every required field that is there: the pointer of its record, its name.
fn required_fields(
    schema: &Value,
    value: &Value,
    pointer: &str,
    found: &mut Vec<(String, String)>,
) {
    if let Some(record) = value.as_object() {
        for name in schema["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
        {
            if record.contains_key(name) {
                found.push((pointer.to_owned(), name.to_owned()));
            }
        }
        for (name, inner) in record {
            required_fields(
                &schema["properties"][name],
                inner,
                &format!("{pointer}/{name}"),
                found,
            );
        }
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        required_fields(&schema["items"], item, &format!("{pointer}/{index}"), found);
    }
}

/// Renames every local id and every reference to one.
fn renamed(value: &Value, names: &BTreeMap<String, String>) -> Value {
    match value {
        Value::String(text) => names
            .get(text)
            .cloned()
            .map_or_else(|| value.clone(), Value::from),
        Value::Array(items) => items.iter().map(|item| renamed(item, names)).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (name.clone(), renamed(value, names)))
            .collect::<Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}

const LISTS_WITH_IDS: [&str; 8] = [
    "business_processes",
    "data_assets",
    "applications",
    "platforms",
    "infrastructure",
    "integrations",
    "justifications",
    "roadmap",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_valid_submission_has_no_fault_of_form(submission in submission()) {
        prop_assert_eq!(form_faults(&check(&submission)), Vec::<String>::new());
    }

    #[test]
    fn a_deleted_required_field_is_found_at_its_record(
        submission in submission(),
        which in any::<prop::sample::Index>(),
    ) {
        let mut fields = Vec::new();
        required_fields(form_schema(), &submission, "", &mut fields);
        let (record, field) = which.get(&fields);
        let mut cut = submission.clone();
        cut.pointer_mut(record).unwrap().as_object_mut().unwrap().remove(field);
        let report = check(&cut);
        // At the record; a rule that needs the field may point at a field beside it.
        prop_assume!(report.counts.truncated == 0);
        let found = report.findings.iter().any(|finding| {
            let pointer = finding.location.pointer.as_str();
            let inside = pointer.strip_prefix(record.as_str());
            let is_beside = inside.is_some_and(|rest| rest.matches('/').count() <= 1);
            pointer == record || (finding.rule.starts_with("KKT2-") && is_beside)
        });
        prop_assert!(found, "{} without {}", record, field);
    }

    #[test]
    fn judging_twice_gives_the_same_bytes(submission in submission()) {
        let bytes = |report: &Report| serde_json::to_string(report).unwrap();
        prop_assert_eq!(bytes(&check(&submission)), bytes(&check(&submission)));
    }

    #[test]
    fn written_as_yaml_or_as_json_it_gives_the_same_report(submission in submission()) {
        let text = submission.to_string();
        // What was read: texts are composed by then, in both twins.
        let tree = read(&text, "twin.json");
        let catalogue = support::catalogue();
        let locale = framework::Locale::Vi;
        let yaml = intake::convert(&tree.root, intake::OutputFormat::Yaml, &catalogue, locale);
        let json = tree.root.to_json().to_string();
        assert_twins(&String::from_utf8(yaml.unwrap()).unwrap(), &json);
    }

    #[test]
    fn other_ids_give_the_same_verdict(submission in submission()) {
        let (before, after) = (check(&submission), check(&with_other_ids(&submission)));
        prop_assert_eq!(before.rules, after.rules);
        prop_assert_eq!((before.verdict, before.counts), (after.verdict, after.counts));
    }

    #[test]
    fn fingerprints_are_unique(submission in submission()) {
        let report = check(&submission);
        let mut prints: Vec<&str> =
            report.findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
        prints.sort_unstable();
        let count = prints.len();
        prints.dedup();
        prop_assert_eq!(prints.len(), count);
    }
}

const SAMPLES: [&str; 3] = ["ministry", "province", "party"];

fn text_of_sample(name: &str) -> String {
    let path = support::root().join(format!("rules/samples/sample-{name}.yaml"));
    std::fs::read_to_string(path).unwrap()
}

fn read<'t>(text: &'t str, file: &str) -> rulebook::Submission<'t> {
    let hints = intake::Hints::file(file);
    intake::read(text.as_bytes(), &hints, &intake::Limits::default()).unwrap()
}

/// A sample as a tree, by way of the YAML reader.
fn sample(name: &str) -> Value {
    read(&text_of_sample(name), "sample.yaml").root.to_json()
}

fn rules_and_fingerprints(report: &Report) -> Vec<(String, String)> {
    let mut pairs: Vec<_> = report
        .findings
        .iter()
        .map(|finding| (finding.rule.clone(), finding.fingerprint.clone()))
        .collect();
    pairs.sort();
    pairs
}

/// The submission with other names for its own ids, everywhere they stand.
fn with_other_ids(submission: &Value) -> Value {
    let mut names = BTreeMap::new();
    for list in LISTS_WITH_IDS {
        for record in submission[list].as_array().into_iter().flatten() {
            if let Some(id) = record["id"].as_str() {
                // Two lists may use one id: it is renamed once, and no two ids become one.
                let next = format!("renamed-{}", names.len());
                names.entry(id.to_owned()).or_insert(next);
            }
        }
    }
    renamed(submission, &names)
}

#[test]
fn renaming_all_local_ids_changes_no_verdict() {
    for name in SAMPLES {
        let sample = sample(name);
        let (before, after) = (check(&sample), check(&with_other_ids(&sample)));
        assert_eq!(before.rules, after.rules, "{name}");
        assert_eq!(
            (before.verdict, before.counts),
            (after.verdict, after.counts)
        );
    }
}

#[test]
fn reordering_records_changes_no_fingerprint() {
    for name in SAMPLES {
        let sample = sample(name);
        let mut reordered = sample.clone();
        for (_, value) in reordered.as_object_mut().unwrap() {
            if let Some(items) = value.as_array_mut() {
                items.reverse();
            }
        }
        assert_eq!(
            rules_and_fingerprints(&check(&sample)),
            rules_and_fingerprints(&check(&reordered)),
            "{name}"
        );
    }
}

#[test]
fn an_unrelated_edit_changes_no_fingerprint() {
    for name in SAMPLES {
        let sample = sample(name);
        let mut edited = sample.clone();
        edited["applications"].as_array_mut().unwrap().insert(0, json!({
            "id": "app-new", "name": {"vi": "Phần mềm mới", "en": "New software"}, "owner_unit": "Sở mẫu",
            "component_ref": null, "functions": ["sector.new"], "sourcing": "own", "lifecycle": "operating",
            "state": "both", "hosting": "provider", "security_level": 2, "public_facing": false
        }));
        assert_eq!(
            rules_and_fingerprints(&check(&sample)),
            rules_and_fingerprints(&check(&edited)),
            "{name}"
        );
    }
}

/// What a report says, without places and in an order that does not rest on them.
fn said(report: &Report) -> Vec<(String, String, Value)> {
    let mut said: Vec<_> = report
        .findings
        .iter()
        .map(|finding| {
            let words = json!([
                finding.title,
                finding.message,
                finding.fix,
                finding.patch,
                finding.location.pointer
            ]);
            (finding.rule.clone(), finding.fingerprint.clone(), words)
        })
        .collect();
    said.sort_by(|left, right| (&left.0, &left.1).cmp(&(&right.0, &right.1)));
    said
}

/// The same submission as YAML and as JSON, both read from their text.
fn assert_twins(yaml: &str, json: &str) {
    let options = rulebook::Options::default();
    let day = support::day("2026-03-31");
    let of_yaml = rulebook().check(&read(yaml, "twin.yaml"), day, &options);
    let of_json = rulebook().check(&read(json, "twin.json"), day, &options);
    assert_eq!(of_yaml.rules, of_json.rules);
    assert_eq!(
        (of_yaml.verdict, of_yaml.counts),
        (of_json.verdict, of_json.counts)
    );
    assert_eq!(said(&of_yaml), said(&of_json));
}

#[test]
fn yaml_and_json_twins_give_equal_reports() {
    for name in SAMPLES {
        let yaml = text_of_sample(name);
        let json =
            serde_json::to_string_pretty(&read(&yaml, "sample.yaml").root.to_json()).unwrap();
        assert_twins(&yaml, &json);
    }
}
