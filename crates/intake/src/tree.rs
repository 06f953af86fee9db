//! What every reader does with the finished tree: Unicode form, size, ownership.

use std::{borrow::Cow, collections::HashMap};

use framework::Localized;
use rulebook::{Kind, Member, Node};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::{DuplicateKey, Limits, Unreadable, notes::Notes, place, text};

/// A text in NFC; `None` if it already is.
pub(crate) fn composed(text: &str) -> Option<String> {
    if text.is_ascii()
        || is_composed_throughout(text)
        || is_nfc_quick(text.chars()) == IsNormalized::Yes
    {
        return None;
    }
    let composed: String = text.nfc().collect();
    (composed != text).then_some(composed)
}

/// Without the space around it.
pub(crate) fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) if text.trim().len() == text.len() => Cow::Owned(text),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// Whether every letter is in NFC whatever stands around it: U+0000 to U+02FF and U+1E00 to U+1EFF, what
/// precomposed Vietnamese is written with, told by the first bytes of each.
fn is_composed_throughout(text: &str) -> bool {
    // In blocks, as processors like it. The last byte of a text begins no letter of more than one.
    const BLOCK: usize = 64;
    let bytes = text.as_bytes();
    let next = bytes.get(1..).unwrap_or_default();
    let is_one = |(&first, &next): (&u8, &u8)| {
        first < 0xCC || (first == 0xE1 && (0xB8..=0xBB).contains(&next))
    };
    let mut blocks = bytes.chunks(BLOCK).zip(next.chunks(BLOCK));
    blocks.all(|(block, next)| {
        let pairs = block.iter().zip(next);
        pairs.fold(true, |all, pair| all & is_one(pair))
    })
}

/// What one walk over a finished tree has found.
#[derive(Default)]
pub(crate) struct Survey {
    /// How many records stand in lists.
    records: usize,
    /// Texts that look as if typed in an old font, with what they may mean.
    legacy: Vec<(std::ops::Range<u32>, text::Legacy)>,
}

/// Brings all keys and texts of the tree of a file into NFC; offsets keep pointing into the file as it is.
/// Keys that become equal thereby are duplicates like any others.
pub(crate) fn composed_survey(
    root: &mut Node<'_>,
    text: &str,
    notes: &mut Notes,
) -> Result<Survey, Unreadable> {
    let mut walk = Walk::new(Some(text));
    walk.node(root);
    if !walk.duplicates.is_empty() {
        return Err(Unreadable::DuplicateKeys {
            keys: walk.duplicates,
        });
    }
    if let Some(place) = walk.first {
        let count = walk.count;
        notes.add("nfd-normalised", place, || {
            Localized::text(
                format!(
                    "Tệp dùng Unicode tổ hợp (NFD, thường do máy Mac tạo ra) ở {count} chỗ; đã đọc theo dạng dựng sẵn (NFC). Tệp không bị thay đổi."
                ),
                format!(
                    "The file uses decomposed Unicode (NFD, as a Mac writes it), here and in places numbering {count} in all; it was read as composed (NFC). The file itself is unchanged."
                ),
            )
        });
    }
    Ok(walk.survey)
}

/// The survey of a tree whose texts were brought into NFC one by one.
pub(crate) fn survey(root: &mut Node<'_>) -> Survey {
    let mut walk = Walk::new(None);
    walk.node(root);
    walk.survey
}

struct Walk<'t> {
    /// The file, if its texts are still to be composed.
    file: Option<&'t str>,
    /// Whether all letters of the file are in NFC: then only a text with escapes in it may have others.
    is_composed: bool,
    first: Option<std::ops::Range<u32>>,
    count: usize,
    duplicates: Vec<DuplicateKey>,
    survey: Survey,
}

impl<'t> Walk<'t> {
    fn new(file: Option<&'t str>) -> Self {
        Self {
            file,
            is_composed: file.is_some_and(is_composed_throughout),
            first: None,
            count: 0,
            duplicates: Vec::new(),
            survey: Survey::default(),
        }
    }

    fn node(&mut self, node: &mut Node<'_>) {
        let place = node.at..node.end;
        match &mut node.kind {
            Kind::String(text) if text.is_ascii() => {}
            Kind::String(text) => {
                let is_done = self.is_composed && matches!(text, Cow::Borrowed(_));
                if !is_done && let Some(nfc) = self.compose(text, &place) {
                    *text = Cow::Owned(nfc);
                }
                if let Some(legacy) = text::legacy_text(text) {
                    self.survey.legacy.push((place, legacy));
                }
            }
            Kind::Array(items) => {
                for item in items {
                    self.survey.records += usize::from(matches!(item.kind, Kind::Object(_)));
                    self.node(item);
                }
            }
            Kind::Object(members) => {
                let mut changed = false;
                for member in members.iter_mut() {
                    let at = member.key_at;
                    let is_done = self.is_composed && !member.key.is_owned();
                    if !is_done && let Some(nfc) = self.compose(&member.key, &(at..at)) {
                        member.key = nfc.into();
                        changed = true;
                    }
                    self.node(&mut member.value);
                }
                if changed {
                    self.find_duplicates(members);
                }
            }
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Shared(_) | Kind::Joined(_) => {}
        }
    }

    /// The text in NFC, if that is still to be done.
    fn compose(&mut self, text: &str, place: &std::ops::Range<u32>) -> Option<String> {
        self.file?;
        let nfc = composed(text)?;
        self.first.get_or_insert_with(|| place.clone());
        self.count += 1;
        Some(nfc)
    }

    fn find_duplicates(&mut self, members: &[Member<'_>]) {
        let file = self.file.unwrap_or_default();
        let mut seen = HashMap::new();
        for member in members {
            if let Some(first) = seen.insert(&*member.key, member.key_at) {
                let at = |at: u32| place::in_text(file, at as usize..at as usize);
                self.duplicates.push(DuplicateKey {
                    key: member.key.to_string(),
                    first: at(first),
                    second: at(member.key_at),
                });
            }
        }
    }
}

impl Survey {
    /// Refuses a tree with more records than the limit; notes texts in old fonts.
    pub(crate) fn settle(self, limits: &Limits, notes: &mut Notes) -> Result<(), Unreadable> {
        if self.records > limits.records {
            return Err(Unreadable::TooManyRecords {
                count: self.records,
                limit: limits.records,
            });
        }
        for (place, legacy) in self.legacy {
            legacy.note(place, notes);
        }
        Ok(())
    }
}

/// The value at a path of keys.
pub(crate) fn at_steps<'n, 's>(
    record: &'n Node<'s>,
    mut steps: impl Iterator<Item = &'static str>,
) -> Option<&'n Node<'s>> {
    steps.try_fold(record, |node, step| node.get(step))
}

/// Whether a value stands at a path of keys.
pub(crate) fn stated(
    members: &[Member<'_>],
    mut steps: impl Iterator<Item = &'static str>,
) -> bool {
    let Some(step) = steps.next() else {
        return false;
    };
    let member = members.iter().find(|member| member.key == step);
    member.is_some_and(|member| at_steps(&member.value, steps).is_some())
}

/// Puts a value at a path of keys, making the records on the way. Records begin and end where
/// the values in them do.
pub(crate) fn insert<'s>(
    members: &mut Vec<Member<'s>>,
    mut steps: impl Iterator<Item = &'static str>,
    value: Node<'s>,
) {
    let Some(step) = steps.next() else { return };
    let mut rest = steps.peekable();
    let (at, end) = (value.at, value.end);
    let member = |value| Member {
        key_at: at,
        key: step.into(),
        value,
    };
    if rest.peek().is_none() {
        members.push(member(value));
        return;
    }
    let known = members.iter().position(|member| member.key == step);
    let index = known.unwrap_or_else(|| {
        members.push(member(Node {
            at,
            end,
            kind: Kind::Object(Vec::new()),
        }));
        members.len() - 1
    });
    let node = &mut members[index].value;
    (node.at, node.end) = (node.at.min(at), node.end.max(end));
    if let Kind::Object(members) = &mut node.kind {
        insert(
            members,
            &mut rest as &mut dyn Iterator<Item = &'static str>,
            value,
        );
    }
}

/// Places a whole tree at one spot.
pub(crate) fn place_all(node: &mut Node<'_>, place: &std::ops::Range<u32>) {
    (node.at, node.end) = (place.start, place.end);
    match &mut node.kind {
        Kind::Array(items) => items.iter_mut().for_each(|item| place_all(item, place)),
        Kind::Object(members) => {
            for member in members {
                member.key_at = place.start;
                place_all(&mut member.value, place);
            }
        }
        Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Shared(_)
        | Kind::Joined(_) => {}
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
        Kind::Object(members) => Kind::Object(members.into_iter().map(owned_member).collect()),
        // Readers never make nodes of these kinds; the joined view does, later.
        Kind::Shared(other) => owned(other.clone()).kind,
        Kind::Joined(joined) => Kind::Object(joined.members().cloned().map(owned_member).collect()),
    };
    Node {
        at: node.at,
        end: node.end,
        kind,
    }
}

fn owned_member(member: Member<'_>) -> Member<'static> {
    Member {
        key_at: member.key_at,
        key: member.key.into_owned(),
        value: owned(member.value),
    }
}

/// Whether two trees say the same, wherever they stand and in whatever order their fields are.
pub(crate) fn same(left: &Node<'_>, right: &Node<'_>) -> bool {
    match (&left.resolved().kind, &right.resolved().kind) {
        (Kind::Array(left), Kind::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(l, r)| same(l, r))
        }
        (Kind::Object(left), Kind::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|member| {
                    let twin = right.iter().find(|other| other.key == member.key);
                    twin.is_some_and(|twin| same(&member.value, &twin.value))
                })
        }
        (left, right) => left == right,
    }
}
