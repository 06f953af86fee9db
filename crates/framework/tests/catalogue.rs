//! The catalogue files of the project: they read, agree with one another and quote the text.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read its files fails"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use framework::{
    Body, Catalogue, ClauseId, Component, ConstituentFramework, Layer, LayerDescription, Locale,
    Localized, ReferencedSystem, Term, TermSource,
};
use serde::de::DeserializeOwned;

fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content")
}

fn read<T: DeserializeOwned>(file: &str, list: &str) -> Vec<T> {
    let path = content().join("catalogue").join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{file}: {fault}"));
    let mut whole: BTreeMap<String, serde_json::Value> = serde_json::from_str(&text).unwrap();
    let entries = whole
        .remove(list)
        .unwrap_or_else(|| panic!("{file} has no list {list:?}"));
    serde_json::from_value(entries).unwrap_or_else(|fault| panic!("{file}: {fault}"))
}

fn catalogue() -> Catalogue {
    Catalogue {
        constituents: read::<ConstituentFramework>("constituents.json", "constituents"),
        layers: read::<LayerDescription>("layers.json", "layers"),
        components: read::<Component>("components.json", "components"),
        bodies: read::<Body>("bodies.json", "bodies"),
        referenced_systems: read::<ReferencedSystem>("referenced-systems.json", "systems"),
        terms: read::<Term>("glossary.json", "terms"),
    }
}

/// The text of the framework in one language, cut at its clause marks.
struct Framework(BTreeMap<String, String>);

impl Framework {
    fn read(locale: Locale) -> Self {
        let folder = content().join(locale.tag()).join("framework");
        let mut clauses = BTreeMap::new();
        let mut files: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        for file in files {
            take_clauses(&fs::read_to_string(file).unwrap(), &mut clauses);
        }
        Self(clauses)
    }

    fn says(&self, clause: &ClauseId, words: &str) -> bool {
        let text = self.0.get(clause.as_str()).or_else(|| {
            // The first sentence of a block carries no mark of its own.
            clause
                .as_str()
                .strip_suffix(".s1")
                .and_then(|block| self.0.get(block))
        });
        text.is_some_and(|text| text.contains(&plain(words)))
    }
}

/// Each block under its number (all its sentences), and each marked sentence under its own.
fn take_clauses(markdown: &str, clauses: &mut BTreeMap<String, String>) {
    for block in markdown.split("<!-- id: ").skip(1) {
        let Some((mark, text)) = block.split_once("-->") else {
            continue;
        };
        let id = mark.split('|').next().unwrap_or(mark).trim();
        for sentence in text.split("<!-- ").skip(1) {
            if let Some((mark, sentence)) = sentence.split_once("-->") {
                clauses.insert(mark.trim().to_owned(), plain(sentence));
            }
        }
        clauses.insert(id.to_owned(), plain(text));
    }
}

/// Words alone: no comments, no emphasis, single spaces.
fn plain(markdown: &str) -> String {
    let mut text = String::new();
    let mut rest = markdown;
    while let Some((before, after)) = rest.split_once("<!--") {
        text.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    text.replace("**", "")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn assert_unique<'a>(kind: &str, ids: impl Iterator<Item = &'a str>) {
    let mut seen = BTreeSet::new();
    for id in ids {
        assert!(seen.insert(id), "{kind} {id} stands twice");
    }
}

#[test]
fn the_files_hold_everything_the_text_names() {
    let catalogue = catalogue();
    assert_eq!(catalogue.constituents.len(), 7);
    assert_eq!(catalogue.layers.len(), 5);
    assert_eq!(catalogue.components.len(), 22);
    assert_eq!(catalogue.bodies.len(), 12);
    assert_eq!(catalogue.referenced_systems.len(), 7);
    assert_eq!(catalogue.terms.len(), 136);
    assert_eq!(catalogue.disposable_components().count(), 18);
}

#[test]
fn ids_and_codes_are_unique_and_codes_follow_the_layers() {
    let catalogue = catalogue();
    assert_unique(
        "constituent",
        catalogue.constituents.iter().map(|one| one.id.as_str()),
    );
    assert_unique(
        "component",
        catalogue.components.iter().map(|one| one.id.as_str()),
    );
    assert_unique("body", catalogue.bodies.iter().map(|one| one.id.as_str()));
    assert_unique(
        "system",
        catalogue
            .referenced_systems
            .iter()
            .map(|one| one.id.as_str()),
    );
    assert_unique("term", catalogue.terms.iter().map(|one| one.id.as_str()));
    for layer in Layer::ALL {
        let codes: Vec<_> = catalogue
            .components
            .iter()
            .filter(|component| component.layer == layer)
            .map(|component| component.code.clone())
            .collect();
        let expected: Vec<_> = (1..=codes.len())
            .map(|number| format!("{}-{number}", layer.code_prefix()))
            .collect();
        assert_eq!(
            codes, expected,
            "codes of the {layer} layer, in the order of the text"
        );
    }
    let layers: Vec<_> = catalogue.layers.iter().map(|one| one.layer).collect();
    assert_eq!(layers, Layer::ALL);
}

#[test]
fn every_body_and_framework_referred_to_exists() {
    let catalogue = catalogue();
    let of_components = catalogue
        .components
        .iter()
        .flat_map(|component| &component.responsible);
    let of_frameworks = catalogue
        .constituents
        .iter()
        .flat_map(|framework| &framework.responsible);
    for responsibility in of_components.chain(of_frameworks) {
        assert!(
            catalogue.body(&responsibility.body).is_some(),
            "{}",
            responsibility.body
        );
    }
    for framework in &catalogue.constituents {
        if let Some(conformity) = &framework.conformity {
            assert!(
                catalogue.constituent(&conformity.parent).is_some(),
                "{}",
                conformity.parent
            );
        }
    }
}

#[test]
fn quoted_words_stand_in_the_clause_they_are_quoted_from() {
    let catalogue = catalogue();
    let mut quotes: Vec<(&str, &ClauseId, &Localized)> = Vec::new();
    for framework in &catalogue.constituents {
        quotes.push((
            &framework.id,
            &framework.description.clause,
            &framework.description.text,
        ));
        if let Some(conformity) = &framework.conformity {
            quotes.push((&framework.id, &conformity.clause, &conformity.text));
        }
    }
    for layer in &catalogue.layers {
        quotes.push((&layer.id, &layer.clause, &layer.heading));
        if let Some(passage) = &layer.description {
            quotes.push((&layer.id, &passage.clause, &passage.text));
        }
    }
    for component in &catalogue.components {
        quotes.push((
            &component.id,
            &component.description.clause,
            &component.description.text,
        ));
        quotes.push((
            &component.id,
            &component.reuse.clause,
            &component.reuse.text,
        ));
        if let Some(deployment) = &component.deployment {
            quotes.push((&component.id, &deployment.clause, &deployment.text));
        }
        if let Some(deadline) = &component.deadline {
            quotes.push((&component.id, &deadline.clause, &deadline.text));
        }
    }
    for term in &catalogue.terms {
        if let TermSource::Clause(clause) = &term.source {
            quotes.push((&term.id, clause, &term.definition));
        }
    }
    assert!(quotes.len() > 100, "only {} quotes", quotes.len());
    for locale in Locale::ALL {
        let text = Framework::read(locale);
        let missing: Vec<_> = quotes
            .iter()
            .filter(|(_, clause, words)| !text.says(clause, words.get(locale)))
            .map(|(id, clause, words)| {
                format!("{id}: {clause} does not say: {}", words.get(locale))
            })
            .collect();
        assert!(missing.is_empty(), "{locale}:\n{}", missing.join("\n"));
    }
}

#[test]
fn tasks_are_given_in_the_words_of_the_vietnamese_text() {
    let text = Framework::read(Locale::Vi);
    for component in &catalogue().components {
        for responsibility in &component.responsible {
            assert!(
                text.says(&responsibility.clause, &responsibility.task.vi),
                "{}: {} does not say {:?}",
                component.id,
                responsibility.clause,
                responsibility.task.vi
            );
        }
    }
}

#[test]
fn both_languages_are_filled_everywhere() {
    fn walk(path: &str, value: &serde_json::Value) {
        match value {
            serde_json::Value::Object(members) => {
                if members.contains_key("vi") != members.contains_key("en") {
                    assert!(
                        path.ends_with("abbreviation"),
                        "{path} has one language alone"
                    );
                }
                for (name, member) in members {
                    walk(&format!("{path}/{name}"), member);
                }
            }
            serde_json::Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    walk(&format!("{path}/{index}"), item);
                }
            }
            serde_json::Value::String(text) => {
                assert!(!text.trim().is_empty(), "{path} is empty");
                assert_eq!(text, text.trim(), "{path} has spaces at an end");
            }
            _ => {}
        }
    }
    for entry in fs::read_dir(content().join("catalogue")).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            let text = fs::read_to_string(&path).unwrap();
            assert!(
                text.ends_with("}\n") && !text.ends_with("\n\n"),
                "{}",
                path.display()
            );
            walk(
                &path.display().to_string(),
                &serde_json::from_str(&text).unwrap(),
            );
        }
    }
}
