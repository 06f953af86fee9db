//! The rules, as their files say them.

use std::collections::BTreeSet;

use framework::{ClauseId, Diagnostic};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    json,
    source::{self, Sources},
};

/// A rule as its file says it.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleEntry {
    /// `KKT2-PLT-007`.
    pub id: String,
    /// The path of its file.
    pub path: String,
    /// The clauses it rests on.
    pub clauses: Vec<ClauseId>,
    /// Everything its file says.
    pub data: Value,
    /// Every text and every name of a member in it. Its examples name others besides.
    names: BTreeSet<String>,
}

impl RuleEntry {
    /// The last part of its address: `kkt2-plt-007`.
    pub fn slug(&self) -> String {
        self.id.to_ascii_lowercase()
    }

    /// Whether what it looks at names a component.
    pub(crate) fn names(&self, id: &str) -> bool {
        self.names.contains(id)
    }
}

/// What of a rule's file the library itself needs.
#[derive(Deserialize)]
struct RuleHead {
    id: String,
    #[serde(default)]
    clauses: Vec<ClauseId>,
}

/// The rule files: `rules/<area>/*.json`. Their form is checked by the rulebook.
pub(super) fn rules(sources: &Sources, faults: &mut Vec<Diagnostic>) -> Vec<RuleEntry> {
    let mut rules: Vec<RuleEntry> = sources
        .below("rules/")
        .filter(|source| is_rule_file(&source.path))
        .filter_map(|source| {
            let data: Value = json::parse(source, faults)?;
            let head: RuleHead = json::parse(source, faults)?;
            let mut names = BTreeSet::new();
            let members = data.as_object().into_iter().flatten();
            for (_, value) in members.filter(|(key, _)| *key != "examples") {
                collect_names(value, &mut names);
            }
            Some(RuleEntry {
                id: head.id,
                path: source.path.clone(),
                clauses: head.clauses,
                data,
                names,
            })
        })
        .collect();
    rules.sort_by(|left, right| left.id.cmp(&right.id));
    rules
}

fn collect_names(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => _ = names.insert(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect_names(item, names)),
        Value::Object(members) => {
            for (key, value) in members {
                names.insert(key.clone());
                collect_names(value, names);
            }
        }
        _ => {}
    }
}

/// Whether a file of the project is a rule: `rules/plt/kkt2-plt-007.json`.
pub(crate) fn is_rule_file(path: &str) -> bool {
    let mut parts = path.split('/');
    let area = parts.nth(1).unwrap_or_default();
    let name = parts.next().unwrap_or_default();
    parts.next().is_none()
        && area != "samples"
        && name.starts_with("kkt2-")
        && source::extension(name) == "json"
}
