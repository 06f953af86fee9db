//! Free texts, what the reader of the file noted, layers, and systems by function.

use ahash::AHashMap as HashMap;
use framework::Layer;

use super::{
    index::{records_of, text_of, texts_of},
    passing::Passing,
    record::{Record, count, field, list, nowhere, share, share_all, share_or_null, text},
    systems::Joined,
};
use crate::{Kind, Node, Note};

/// Every free text of the file: what holds a space or a letter beyond ASCII is no code.
pub(crate) fn texts<'v>(joined: &'v Joined<'v>, passing: &mut Passing<'_, '_, 'v>) {
    each_text(joined.root, &mut |node, words| {
        if is_free(words) {
            passing.next(node).push(field("text", share(node)));
        }
    });
}

/// Whether a text holds a space or a letter beyond ASCII; looked at in blocks, as processors like it. The last block
/// overlaps the one before it, and what is shorter than a block is looked at as two halves that overlap, down to eight bytes.
fn is_free(words: &str) -> bool {
    let bytes = words.as_bytes();
    match (bytes.as_chunks::<16>(), bytes.last_chunk::<16>()) {
        ((blocks, _), Some(last)) => blocks.iter().any(any_is_free) || any_is_free(last),
        _ => match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
            (Some(first), Some(last)) => any_is_free(first) || any_is_free(last),
            _ => bytes.iter().any(|byte| any_is_free(&[*byte])),
        },
    }
}

/// Whether one of these bytes is a space or part of a letter beyond ASCII; all are looked at, which takes one step.
#[inline]
fn any_is_free<const BYTES: usize>(block: &[u8; BYTES]) -> bool {
    let is_one = |byte: &u8| *byte == b' ' || !byte.is_ascii();
    block.iter().fold(false, |any, byte| any | is_one(byte))
}

/// All texts of a tree in the order of the file.
fn each_text<'v>(node: &'v Node<'v>, look: &mut impl FnMut(&'v Node<'v>, &'v str)) {
    match &node.kind {
        Kind::String(words) => look(node, words),
        Kind::Array(items) => items.iter().for_each(|item| each_text(item, look)),
        Kind::Object(members) => {
            for member in members {
                each_text(&member.value, look);
            }
        }
        _ => {}
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
            let mut fields = joined.frame.fields(2);
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
            let mut fields = joined.frame.fields(3);
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
    // Systems by the group they belong to; groups in the order in which they are met.
    let mut groups: Vec<(&str, Option<&str>)> = Vec::new();
    let mut positions: HashMap<(&str, Option<&str>), usize> = HashMap::default();
    let mut members: Vec<(usize, &Node<'_>)> = Vec::new();
    let systems = systems.iter().map(|system| &system.node);
    for system in systems.filter(|system| is_in_target(system)) {
        let unit = text_of(system, "owner_unit");
        for function in texts_of(system, "functions") {
            let group = (function, unit);
            let position = *positions.entry(group).or_insert_with(|| {
                groups.push(group);
                groups.len() - 1
            });
            members.push((position, system));
        }
    }
    members.sort_by_key(|(position, _)| *position);
    let of_group = members.chunk_by(|left, right| left.0 == right.0);
    let records = of_group.zip(groups).map(|(group, (function, unit))| {
        let systems = group.iter().map(|(_, system)| *system);
        let own = systems.clone().filter(|system| is_own(system));
        let mut fields = joined.frame.fields(5);
        fields.extend([
            field("function", text(function)),
            field("owner_unit", unit.map_or_else(super::record::null, text)),
            field("own", share_all(own)),
            field("count", count(group.len())),
            field("systems", share_all(systems)),
        ]);
        Record::made(fields, None)
    });
    records.collect()
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
            let mut gained = joined.frame.fields(usize::from(name == "security"));
            if name == "security" {
                gained.push(field("system", share_or_null(system)));
            }
            Record::joined(home, gained)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::is_free;

    #[test]
    fn a_space_or_a_letter_beyond_ascii_makes_a_free_text_wherever_it_stands() {
        for length in 0..40 {
            let code = "x".repeat(length);
            assert!(!is_free(&code), "{length}");
            for at in 0..length {
                for letter in [" ", "đ"] {
                    let mut words = code.clone();
                    words.replace_range(at..=at, letter);
                    assert!(is_free(&words), "{words:?}");
                }
            }
        }
    }
}
