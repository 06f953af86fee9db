//! What a rule file may not say although its form allows it.

use framework::{Diagnostic, Localized};
use serde_json::Value;

use super::{
    Rule,
    compile::{Ground, Source},
};

/// Keywords of JSON Schema 2020-12 that rules use, with how to walk on.
const KEYWORDS: [(&str, Inside); 38] = [
    ("$ref", Inside::Nothing),
    ("$defs", Inside::Schemas),
    ("$comment", Inside::Nothing),
    ("type", Inside::Nothing),
    ("enum", Inside::Nothing),
    ("const", Inside::Nothing),
    ("multipleOf", Inside::Nothing),
    ("maximum", Inside::Nothing),
    ("exclusiveMaximum", Inside::Nothing),
    ("minimum", Inside::Nothing),
    ("exclusiveMinimum", Inside::Nothing),
    ("maxLength", Inside::Nothing),
    ("minLength", Inside::Nothing),
    ("pattern", Inside::Nothing),
    ("format", Inside::Nothing),
    ("maxItems", Inside::Nothing),
    ("minItems", Inside::Nothing),
    ("uniqueItems", Inside::Nothing),
    ("maxContains", Inside::Nothing),
    ("minContains", Inside::Nothing),
    ("maxProperties", Inside::Nothing),
    ("minProperties", Inside::Nothing),
    ("required", Inside::Nothing),
    ("properties", Inside::Schemas),
    ("patternProperties", Inside::Schemas),
    ("additionalProperties", Inside::Schema),
    ("propertyNames", Inside::Schema),
    ("items", Inside::Schema),
    ("contains", Inside::Schema),
    ("allOf", Inside::List),
    ("anyOf", Inside::List),
    ("oneOf", Inside::List),
    ("not", Inside::Schema),
    ("if", Inside::Schema),
    ("then", Inside::Schema),
    ("else", Inside::Schema),
    ("dependentRequired", Inside::Nothing),
    ("prefixItems", Inside::List),
];

/// Our own keywords: nothing inside is a schema.
const OWN_KEYWORDS: [&str; 5] = [
    "ascending",
    "same_value",
    "member_of",
    "on_or_before",
    "on_or_after",
];

/// Fields that hold ids of shared components; the words beside them that are none.
const COMPONENT_FIELDS: [&str; 9] = [
    "component_ref",
    "component_refs",
    "reaches",
    "synced_from",
    "via",
    "to",
    "gateway",
    "provider",
    "public_login",
];
const NO_COMPONENTS: [&str; 10] = [
    "local-sharing",
    "direct",
    "file",
    "own-account",
    "provider",
    "none",
    "unknown",
    "central",
    "province",
    "commune",
];

#[derive(Clone, Copy)]
enum Inside {
    Nothing,
    Schema,
    Schemas,
    List,
}

/// All that is wrong with one rule.
pub(super) fn faults(rule: &Rule, source: &Source<'_>, ground: &Ground<'_>) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    check_name(rule, source, &mut faults);
    check_clauses(rule, source, ground, &mut faults);
    check_templates(rule, source, &mut faults);
    check_examples(rule, source, &mut faults);
    let schemas = [
        ("/when", rule.when.as_ref()),
        ("/require", rule.require.as_ref()),
    ];
    let variants = rule.variants.iter().enumerate();
    let variants =
        variants.map(|(index, variant)| (format!("/variants/{index}/when"), &variant.when));
    let schemas = schemas
        .into_iter()
        .filter_map(|(at, schema)| Some((at.to_owned(), schema?)));
    for (pointer, schema) in schemas.chain(variants) {
        let mut walk = Walk {
            source,
            ground,
            faults: &mut faults,
        };
        walk.schema(schema, &pointer, "");
    }
    faults
}

fn check_name(rule: &Rule, source: &Source<'_>, faults: &mut Vec<Diagnostic>) {
    let name = rule.id.to_ascii_lowercase();
    let area = name.split('-').nth(1).unwrap_or_default();
    if !source.file.path.ends_with(&format!("{area}/{name}.json")) {
        let message = Localized::text(
            format!("Quy tắc {} phải nằm trong tệp {area}/{name}.json.", rule.id),
            format!(
                "The rule {} belongs in the file {area}/{name}.json.",
                rule.id
            ),
        );
        faults.push(source.fault("rule-file-name", "/id", message));
    }
}

fn check_clauses(
    rule: &Rule,
    source: &Source<'_>,
    ground: &Ground<'_>,
    faults: &mut Vec<Diagnostic>,
) {
    for (index, clause) in rule.clauses.iter().enumerate() {
        if ground.clauses.get(clause.as_str()).is_none() {
            let message = Localized::text(
                format!("Văn bản không có điểm {clause}."),
                format!("The text has no clause {clause}."),
            );
            let fault = source.fault("unknown-clause", &format!("/clauses/{index}"), message);
            faults.push(fault.hint(Localized::text(
                "Mã điểm như ở trang «Toàn văn»: II.3.4.3.s2.",
                "Clause numbers are those of the page “Full text”: II.3.4.3.s2.",
            )));
        }
    }
}

/// The same placeholders in both languages.
fn check_templates(rule: &Rule, source: &Source<'_>, faults: &mut Vec<Diagnostic>) {
    let mut check = |pointer: &str, vi: &str, en: &str| {
        let (in_vi, in_en) = (placeholders(vi), placeholders(en));
        if in_vi != in_en {
            let message = Localized::text(
                format!("Chỗ điền khác nhau: vi có {in_vi:?}, en có {in_en:?}."),
                format!("The placeholders differ: vi has {in_vi:?}, en has {in_en:?}."),
            );
            faults.push(source.fault("rule-placeholders", pointer, message));
        }
    };
    check("/message", &rule.message.vi, &rule.message.en);
    check("/fix", &rule.fix.vi.concat(), &rule.fix.en.concat());
    for (index, variant) in rule.variants.iter().enumerate() {
        if let Some(message) = &variant.message {
            check(
                &format!("/variants/{index}/message"),
                &message.vi,
                &message.en,
            );
        }
    }
    if rule.fix.vi.len() != rule.fix.en.len() {
        let message = Localized::text(
            "Số bước khắc phục của hai thứ tiếng khác nhau.",
            "The two languages have different numbers of steps.",
        );
        faults.push(source.fault("rule-steps", "/fix", message));
    }
}

fn placeholders(text: &str) -> Vec<&str> {
    let parts = text.split('{').skip(1);
    let mut found: Vec<&str> = parts
        .filter_map(|part| part.split_once('}').map(|(name, _)| name))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The same submission on the same day shows nothing new, whatever its note says.
fn check_examples(rule: &Rule, source: &Source<'_>, faults: &mut Vec<Diagnostic>) {
    let passing = rule.examples.pass.iter();
    let passing = passing.map(|example| (&example.submission, example.date));
    let failing = rule.examples.fail.iter();
    let failing = failing.map(|example| (&example.submission, example.date));
    for (kind, examples) in [
        ("pass", passing.collect::<Vec<_>>()),
        ("fail", failing.collect()),
    ] {
        for (index, example) in examples.iter().enumerate() {
            let Some(first) = examples[..index].iter().position(|other| other == example) else {
                continue;
            };
            let message = Localized::text(
                format!("Ví dụ này trùng với ví dụ /examples/{kind}/{first}."),
                format!("This example is the same as /examples/{kind}/{first}."),
            );
            let pointer = format!("/examples/{kind}/{index}");
            faults.push(source.fault("rule-repeated-example", &pointer, message));
        }
    }
}

struct Walk<'w, 'f> {
    source: &'w Source<'f>,
    ground: &'w Ground<'w>,
    faults: &'w mut Vec<Diagnostic>,
}

impl Walk<'_, '_> {
    /// `field` is the field of the record that the schema is about.
    fn schema(&mut self, schema: &Value, pointer: &str, field: &str) {
        let Some(keywords) = schema.as_object() else {
            return;
        };
        for (keyword, value) in keywords {
            let here = format!("{pointer}/{keyword}");
            let known = KEYWORDS
                .iter()
                .find(|(name, _)| name == keyword)
                .map(|(_, inside)| *inside);
            match known {
                Some(Inside::Schema) => self.schema(value, &here, field),
                Some(Inside::List) => {
                    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.schema(item, &format!("{here}/{index}"), field);
                    }
                }
                Some(Inside::Schemas) => {
                    for (name, item) in value.as_object().into_iter().flatten() {
                        let inner = if keyword == "properties" { name } else { field };
                        let there =
                            format!("{here}/{}", name.replace('~', "~0").replace('/', "~1"));
                        if field == "component" && keyword == "properties" {
                            self.component_or_its_field(name, &there);
                        }
                        self.schema(item, &there, inner);
                    }
                }
                Some(Inside::Nothing) => self.codes(keyword, value, &here, field),
                None if OWN_KEYWORDS.contains(&keyword.as_str()) => {}
                None => self.unknown_keyword(keyword, &here),
            }
        }
    }

    fn codes(&mut self, keyword: &str, value: &Value, pointer: &str, field: &str) {
        if !COMPONENT_FIELDS.contains(&field) {
            return;
        }
        let values = match keyword {
            "const" => std::slice::from_ref(value),
            "enum" => value.as_array().map(Vec::as_slice).unwrap_or_default(),
            _ => return,
        };
        for id in values.iter().filter_map(Value::as_str) {
            if !NO_COMPONENTS.contains(&id) {
                self.component(id, pointer);
            }
        }
    }

    /// `{"properties": {"component": {"properties": {…}}}}`: ids in the view of the whole
    /// submission, fields of the component elsewhere.
    fn component_or_its_field(&mut self, name: &str, pointer: &str) {
        if name.contains('-') {
            self.component(name, pointer);
        }
    }

    fn component(&mut self, id: &str, pointer: &str) {
        if self.ground.catalogue.component(id).is_none() {
            let message = Localized::text(
                format!("Danh mục không có thành phần «{id}»."),
                format!("The catalogue has no component “{id}”."),
            );
            self.faults
                .push(self.source.fault("unknown-component", pointer, message));
        }
    }

    fn unknown_keyword(&mut self, keyword: &str, pointer: &str) {
        let message = Localized::text(
            format!("Từ khóa «{keyword}» không có trong JSON Schema hay rules/vocabulary.json."),
            format!("Neither JSON Schema nor rules/vocabulary.json knows the keyword “{keyword}”."),
        );
        self.faults
            .push(self.source.fault("rule-unknown-keyword", pointer, message));
    }
}
