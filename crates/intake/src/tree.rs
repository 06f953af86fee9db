//! What every reader does with the finished tree: Unicode form, size, ownership.

use std::borrow::Cow;

use framework::Localized;
use rulebook::{Kind, Member, Node};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::{Limits, Unreadable, notes::Notes};

/// A text in NFC; `None` if it already is.
pub(crate) fn composed(text: &str) -> Option<String> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return None;
    }
    let composed: String = text.nfc().collect();
    (composed != text).then_some(composed)
}

/// Brings all keys and texts of a tree into NFC; offsets keep pointing into the file as it is.
pub(crate) fn compose(root: &mut Node<'_>, notes: &mut Notes) {
    let mut first = None;
    let mut count = 0_usize;
    visit(root, &mut |text, at, end| {
        if let Some(nfc) = composed(text) {
            *text = Cow::Owned(nfc);
            first.get_or_insert(at..end);
            count += 1;
        }
    });
    if let Some(place) = first {
        notes.add("nfd-normalised", place, || {
            Localized::text(
                format!(
                    "{count} chỗ trong tệp dùng Unicode tổ hợp (NFD, thường do máy Mac tạo ra); đã đọc theo dạng dựng sẵn (NFC). Tệp không bị thay đổi."
                ),
                format!(
                    "{count} places in the file use decomposed Unicode (NFD, as a Mac writes it); they were read as composed (NFC). The file itself is unchanged."
                ),
            )
        });
    }
}

fn visit<'s>(node: &mut Node<'s>, change: &mut impl FnMut(&mut Cow<'s, str>, u32, u32)) {
    let (at, end) = (node.at, node.end);
    match &mut node.kind {
        Kind::String(text) => change(text, at, end),
        Kind::Array(items) => items.iter_mut().for_each(|item| visit(item, change)),
        Kind::Object(members) => {
            for member in members {
                change(&mut member.key, member.key_at, member.key_at);
                visit(&mut member.value, change);
            }
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Shared(_) => {}
    }
}

/// Refuses a tree with more records than the limit, or one that is no record at all.
pub(crate) fn bounded(root: &Node<'_>, limits: &Limits) -> Result<(), Unreadable> {
    let mut records = 0;
    count_records(root, &mut records);
    if records > limits.records {
        return Err(Unreadable::TooManyRecords {
            count: records,
            limit: limits.records,
        });
    }
    Ok(())
}

fn count_records(node: &Node<'_>, count: &mut usize) {
    for item in node.items() {
        *count += usize::from(matches!(item.kind, Kind::Object(_)));
        count_records(item, count);
    }
    for member in node.members() {
        count_records(&member.value, count);
    }
}

/// The same tree, owning its texts.
pub(crate) fn owned(node: Node<'_>) -> Node<'static> {
    let kind = match node.kind {
        Kind::Null => Kind::Null,
        Kind::Bool(value) => Kind::Bool(value),
        Kind::Number(number) => Kind::Number(number),
        Kind::String(text) => Kind::String(Cow::Owned(text.into_owned())),
        Kind::Array(items) => Kind::Array(items.into_iter().map(owned).collect()),
        Kind::Object(members) => Kind::Object(
            members
                .into_iter()
                .map(|member| Member {
                    key_at: member.key_at,
                    key: Cow::Owned(member.key.into_owned()),
                    value: owned(member.value),
                })
                .collect(),
        ),
        // Readers never make shared nodes; the joined view does, later.
        Kind::Shared(other) => owned(other.clone()).kind,
    };
    Node {
        at: node.at,
        end: node.end,
        kind,
    }
}
