//! Free texts, what the reader of the file noted, layers, and systems by function.

use std::collections::HashMap;

use framework::Layer;

use super::{
    index::{records_of, text_of, texts_of},
    record::{Record, count, field, list, nowhere, share, share_all, share_or_null, text},
    systems::Joined,
};
use crate::{Kind, Node, Note};

/// Every free text of the file: what holds a space or a letter beyond ASCII is no code.
pub(crate) fn texts<'v>(joined: &'v Joined<'v>) -> impl Iterator<Item = Record<'v>> {
    let words = Values(vec![joined.root]).filter(|node| match &node.kind {
        Kind::String(words) => words.contains(' ') || !words.is_ascii(),
        _ => false,
    });
    words.map(|node| Record::made(vec![field("text", share(node))], Some(node)))
}

/// All values of a tree in the order of the file.
struct Values<'v>(Vec<&'v Node<'v>>);

impl<'v> Iterator for Values<'v> {
    type Item = &'v Node<'v>;

    fn next(&mut self) -> Option<&'v Node<'v>> {
        let node = self.0.pop()?;
        match &node.kind {
            Kind::Array(items) => self.0.extend(items.iter().rev()),
            Kind::Object(members) => {
                self.0
                    .extend(members.iter().rev().map(|member| &member.value));
            }
            _ => {}
        }
        Some(node)
    }
}

/// What the reader of the file noted, as records without a place in the tree: each note keeps
/// the bytes it is about.
pub(crate) fn notes<'v>(joined: &Joined<'v>, notes: &'v [Note]) -> Vec<Record<'v>> {
    notes
        .iter()
        .map(|note| {
            let words = [("vi", &note.message.vi), ("en", &note.message.en)];
            let words = words.map(|(tag, words)| field(tag, text(words.as_str())));
            let mut fields = joined.frame.fields(5);
            fields.push(field("code", text(note.code)));
            fields.push(field("text", nowhere(Kind::Object(words.into()))));
            let mut record = Record::made(fields, None);
            (record.node.at, record.node.end) = (note.at, note.end);
            record
        })
        .collect()
}

/// The five layers with what the file lists in them.
pub(crate) fn layers<'v>(joined: &Joined<'v>) -> Vec<Record<'v>> {
    let notes = joined.root.get("layer_notes");
    Layer::ALL
        .into_iter()
        .map(|layer| {
            let name = match layer {
                Layer::Business => "business_processes",
                Layer::Data => "data_assets",
                Layer::Application => "applications",
                Layer::Platform => "platforms",
                Layer::Infrastructure => "infrastructure",
            };
            let records = joined.root.get(name);
            let note =
                notes.and_then(|notes| notes.get(name).or_else(|| notes.get(layer.as_str())));
            let mut fields = joined.frame.fields(5);
            fields.push(field("layer", text(layer.as_str())));
            fields.push(field(
                "records",
                records.map_or_else(|| list(Vec::new()), share),
            ));
            fields.push(field("note", share_or_null(note)));
            Record::made(fields, records)
        })
        .collect()
}

/// Function codes with the systems of one unit that have them in the target state.
pub(crate) fn functions<'v>(joined: &Joined<'v>, systems: &'v [Record<'v>]) -> Vec<Record<'v>> {
    let mut groups: Vec<(&str, Option<&str>, Vec<&Node<'_>>)> = Vec::new();
    let mut positions: HashMap<(&str, Option<&str>), usize> = HashMap::new();
    for system in systems.iter().filter(|system| is_in_target(&system.node)) {
        let unit = text_of(&system.node, "owner_unit");
        for function in texts_of(&system.node, "functions") {
            let position = *positions.entry((function, unit)).or_insert_with(|| {
                groups.push((function, unit, Vec::new()));
                groups.len() - 1
            });
            groups[position].2.push(&system.node);
        }
    }
    groups
        .into_iter()
        .map(|(function, unit, members)| {
            let own = members.iter().copied().filter(|system| is_own(system));
            let mut fields = joined.frame.fields(5);
            fields.push(field("function", text(function)));
            fields.push(field(
                "owner_unit",
                unit.map_or_else(super::record::null, text),
            ));
            fields.push(field("own", share_all(own)));
            fields.push(field("count", count(members.len())));
            fields.push(field("systems", share_all(members)));
            Record::made(fields, None)
        })
        .collect()
}

fn is_in_target(system: &Node<'_>) -> bool {
    let word = |name| system.get(name).and_then(Node::as_str);
    matches!(word("state"), Some("target" | "both")) && word("lifecycle") != Some("retired")
}

fn is_own(system: &Node<'_>) -> bool {
    matches!(
        system.get("sourcing").and_then(Node::as_str),
        Some("own" | "rented")
    )
}

/// The items of a list as they are.
pub(crate) fn plain<'v>(joined: &Joined<'v>, name: &'static str) -> Vec<Record<'v>> {
    records_of(joined.root, name)
        .map(|home| {
            let system = joined.index.referred(home, "system_ref");
            let mut gained = joined.frame.fields_over(home, 1);
            if name == "security" {
                gained.push(field("system", share_or_null(system)));
            }
            Record::joined(home, gained)
        })
        .collect()
}
