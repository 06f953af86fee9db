//! No fault is said twice: what a rule has found is not said again by the check of form.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::{Fault, FormFault};
use crate::{Node, Note, judge::Failure, resolve::Collection};

/// The faults that rules have found, by the value they are about.
#[derive(Default)]
pub(crate) struct Echo<'f> {
    by_value: HashMap<usize, Vec<&'f BTreeSet<String>>>,
    /// Names of the single records that are missing as a whole (`agency`).
    missing: BTreeSet<&'static str>,
    notes: BTreeSet<(u32, String)>,
}

impl<'f> Echo<'f> {
    /// Notes a failure with the value it points at.
    pub(crate) fn add(&mut self, failure: &Failure<'f, '_>, target: Option<&Node<'_>>) {
        let fields = &failure.mechanism.fields;
        for node in [target, failure.record.home].into_iter().flatten() {
            self.by_value.entry(address(node)).or_default().push(fields);
        }
        let note = failure.record.node.get("code").and_then(Node::as_str);
        if let (Collection::Notes, Some(code)) = (failure.collection, note) {
            self.notes.insert((failure.record.node.at, code.to_owned()));
        }
        if failure.record.home.is_none() {
            self.missing.insert(failure.collection.word());
        }
    }

    /// Whether a rule has spoken about what the reader noted.
    pub(crate) fn has_note(&self, note: &Note) -> bool {
        self.notes.contains(&(note.at, note.code.to_owned()))
    }

    /// Whether a rule has said this fault of form.
    pub(crate) fn has(&self, finding: &Fault<'_>, root: &Node<'_>) -> bool {
        // No rule speaks of fields that the form does not know. There may be a hundred thousand of them
        // in one record: none is looked up.
        if finding.kind == FormFault::UnknownField {
            return false;
        }
        let Some((value, _)) = root.pointer(&finding.pointer) else {
            return false;
        };
        let said = |node: &Node<'_>| {
            let about = self.by_value.get(&address(node));
            about.is_some_and(|rules| rules.iter().any(|fields| fields.contains(&finding.field)))
        };
        if finding.kind == FormFault::MissingField {
            let is_whole =
                finding.pointer.is_empty() && self.missing.contains(finding.field.as_str());
            return is_whole || said(value);
        }
        // A list or record where a text is asked for is another matter than what the text says.
        let is_other_matter = finding.kind == FormFault::WrongType
            && (value.is_list() || value.is_record())
            && !self.by_value.contains_key(&address(value));
        if is_other_matter {
            return false;
        }
        let above = finding
            .pointer
            .rsplit_once('/')
            .and_then(|(above, _)| root.pointer(above));
        self.by_value.contains_key(&address(value)) || above.is_some_and(|(above, _)| said(above))
    }
}

fn address(node: &Node<'_>) -> usize {
    std::ptr::from_ref(node.resolved()).addr()
}

/// The fields of a record that a schema speaks of.
pub(crate) fn fields_of(schema: &Value) -> BTreeSet<String> {
    let mut fields = BTreeSet::new();
    collect(schema, &mut fields);
    fields
}

fn collect(schema: &Value, fields: &mut BTreeSet<String>) {
    match schema {
        Value::Object(keywords) => {
            for (keyword, value) in keywords {
                match keyword.as_str() {
                    "properties" => {
                        fields.extend(
                            value
                                .as_object()
                                .into_iter()
                                .flatten()
                                .map(|(name, _)| name.clone()),
                        );
                    }
                    "required" | "ascending" | "same_value" => {
                        let names = value
                            .as_array()
                            .into_iter()
                            .flatten()
                            .filter_map(Value::as_str);
                        fields.extend(names.map(|name| name.trim_start_matches('/').to_owned()));
                    }
                    _ => {}
                }
                collect(value, fields);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, fields)),
        _ => {}
    }
}
