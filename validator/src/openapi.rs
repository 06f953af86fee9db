//! The description of the API: kept by hand in `openapi.json`, held to the routes by the test below.

/// OpenAPI 3.1.
pub(crate) const DOCUMENT: &str = include_str!("openapi.json");

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::routes;

    fn document() -> Value {
        serde_json::from_str(DOCUMENT).unwrap()
    }

    #[test]
    fn every_route_of_the_api_is_described_and_nothing_else() {
        let routed: BTreeSet<String> = routes::table()
            .iter()
            .flat_map(|route| {
                let methods = ["GET", "POST"]
                    .into_iter()
                    .filter(|method| route.allow().contains(method));
                methods.map(|method| format!("{method} {}", route.pattern()))
            })
            .collect();
        let document = document();
        let paths = document["paths"].as_object().unwrap();
        let described: BTreeSet<String> = paths
            .iter()
            .flat_map(|(path, methods)| {
                let methods = methods
                    .as_object()
                    .unwrap()
                    .keys()
                    .filter(|key| *key != "parameters");
                methods.map(move |method| format!("{} {path}", method.to_ascii_uppercase()))
            })
            .collect();
        assert_eq!(routed, described);
    }

    #[test]
    fn every_reference_leads_somewhere() {
        fn references(value: &Value, found: &mut Vec<String>) {
            match value {
                Value::Object(fields) => {
                    if let Some(Value::String(target)) = fields.get("$ref") {
                        found.push(target.clone());
                    }
                    fields.values().for_each(|value| references(value, found));
                }
                Value::Array(items) => items.iter().for_each(|value| references(value, found)),
                _ => {}
            }
        }
        let document = document();
        let mut found = Vec::new();
        references(&document, &mut found);
        assert!(found.len() > 10);
        for target in found {
            let pointer = target.strip_prefix('#').unwrap();
            assert!(document.pointer(pointer).is_some(), "{target}");
        }
    }

    #[test]
    fn every_operation_has_a_name_an_answer_and_words_in_both_languages() {
        let document = document();
        for (path, methods) in document["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                assert!(operation["operationId"].is_string(), "{method} {path}");
                assert!(operation["summary"].is_string(), "{method} {path}");
                assert!(operation["x-summary-vi"].is_string(), "{method} {path}");
                assert!(
                    !operation["responses"].as_object().unwrap().is_empty(),
                    "{method} {path}"
                );
            }
        }
    }

    /// Words may change freely; everything else is what programs rely on.
    const WORDS: [&str; 6] = [
        "summary",
        "x-summary-vi",
        "description",
        "example",
        "examples",
        "title",
    ];

    /// The contract as one line a fact, in a fixed order. Names of fields are names, whatever they are
    /// called: only where the document speaks of itself are words passed over.
    fn contract(value: &Value, at: &str, named: bool, lines: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                for (name, inner) in fields {
                    if named || !WORDS.contains(&name.as_str()) {
                        let names_follow = !named
                            && ["properties", "schemas", "responses"].contains(&name.as_str());
                        contract(inner, &format!("{at}/{name}"), names_follow, lines);
                    }
                }
            }
            Value::Array(items) => {
                for (index, inner) in items.iter().enumerate() {
                    contract(inner, &format!("{at}/{index}"), false, lines);
                }
            }
            fact => lines.push(format!("{at} {fact}")),
        }
    }

    #[test]
    fn the_contract_with_programs_is_frozen() {
        const SNAPSHOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/openapi.contract.txt");
        let mut lines = Vec::new();
        contract(&document(), "", false, &mut lines);
        lines.sort();
        let now = lines.join("\n") + "\n";
        if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
            std::fs::write(SNAPSHOT, &now).unwrap();
        }
        let frozen = std::fs::read_to_string(SNAPSHOT).unwrap();
        let changes: Vec<String> = frozen
            .lines()
            .filter(|line| !now.lines().any(|new| new == *line))
            .map(|line| format!("- {line}"))
            .chain(
                now.lines()
                    .filter(|line| !frozen.lines().any(|old| old == *line))
                    .map(|line| format!("+ {line}")),
            )
            .collect();
        assert!(
            changes.is_empty(),
            "what programs rely on changed; if that is meant, say so in CHANGELOG.md and run with \
             UPDATE_SNAPSHOTS=1:\n{}",
            changes.join("\n")
        );
    }
}
