//! A submission as it was read: a tree of values in which every node knows its place.
//!
//! One tree serves every format. `intake` fills it, the engine validates it as it is (no copy into
//! another value type), and every finding can say where in the agency's own file it stands.

use std::borrow::Cow;

pub use crate::key::Key;
use crate::{joined::Joined, key::Mark, spot::Spot};

/// The offset of a value that stands nowhere in the file.
pub(crate) const NOWHERE: u32 = u32::MAX;

/// A value of a submission with its place in the source.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'s> {
    /// Where the value begins: a byte offset into the text, or an index into the cells.
    pub at: u32,
    /// Where it ends (exclusive), in the same unit.
    pub end: u32,
    /// The value.
    pub kind: Kind<'s>,
}

/// What a value is.
///
/// Its kind takes a whole word: values are handed from call to call word by word, and with a kind of one
/// byte the rest began at an odd place, where a processor waits for what it has just written.
#[derive(Debug, Clone, PartialEq)]
#[repr(u64)]
pub enum Kind<'s> {
    /// Nothing; "not stated" to the rules.
    Null,
    /// A truth value.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text, in NFC.
    String(Cow<'s, str>),
    /// A list.
    Array(Vec<Node<'s>>),
    /// A record; keys are unique, in source order.
    Object(Vec<Member<'s>>),
    /// Another node, seen from a second place: how the joined view refers to records of the
    /// submission without copying them.
    Shared(&'s Node<'s>),
    /// A record of the submission with the fields that the joined view gives it, which go before its own.
    Joined(Box<Joined<'s>>),
}

/// A number. Integers that fit are kept exact; intake refuses those that would be rounded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// A non-negative integer.
    Unsigned(u64),
    /// A negative integer.
    Signed(i64),
    /// Any other number; always finite.
    Float(f64),
}

/// A field of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Member<'s> {
    /// Where the key begins.
    pub key_at: u32,
    /// The key.
    pub key: Key<'s>,
    /// The value.
    pub value: Node<'s>,
}

impl<'s> Node<'s> {
    /// The node itself, or the one it stands for.
    #[inline]
    pub fn resolved(&self) -> &Node<'s> {
        let mut node = self;
        while let Kind::Shared(other) = node.kind {
            node = other;
        }
        node
    }

    /// The field of a record.
    #[inline]
    pub fn get(&self, key: &str) -> Option<&Node<'s>> {
        self.member(Mark::of(key), key).map(|member| &member.value)
    }

    /// The field whose name is `key`, which has that mark.
    #[inline]
    pub(crate) fn member(&self, mark: Mark, key: &str) -> Option<&Member<'s>> {
        let is_wanted = |member: &&Member<'_>| member.key.is(mark, key);
        match &self.resolved().kind {
            Kind::Object(members) => members.iter().find(is_wanted),
            Kind::Joined(joined) => {
                joined.find(mark, is_wanted, |members| members.iter().find(is_wanted))
            }
            _ => None,
        }
    }

    /// The same, looked for first where it stood in the record before.
    #[inline]
    pub(crate) fn member_at(&self, spot: &Spot, key: &Key<'_>) -> Option<&Member<'s>> {
        match &self.resolved().kind {
            Kind::Object(members) => spot.find(members, key),
            Kind::Joined(joined) => {
                let is_wanted = |member: &&Member<'_>| member.key == *key;
                joined.find(key.mark(), is_wanted, |members| spot.find(members, key))
            }
            _ => None,
        }
    }

    /// The fields of a record as a file holds it; empty for anything else.
    #[inline]
    pub fn members(&self) -> &[Member<'s>] {
        match &self.resolved().kind {
            Kind::Object(members) => members,
            _ => &[],
        }
    }

    /// The items of a list; empty for anything else.
    #[inline]
    pub fn items(&self) -> &[Node<'s>] {
        match &self.resolved().kind {
            Kind::Array(items) => items,
            _ => &[],
        }
    }

    /// The text, if it is one.
    #[inline]
    pub fn as_str(&self) -> Option<&str> {
        match &self.resolved().kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.resolved().kind {
            Kind::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// Whether nothing is stated: `null`.
    pub fn is_null(&self) -> bool {
        matches!(self.resolved().kind, Kind::Null)
    }

    /// Whether it stands in the file; the joined view holds values that do not.
    pub(crate) fn is_in_file(&self) -> bool {
        self.at != NOWHERE
    }

    /// Whether it is a record.
    pub fn is_record(&self) -> bool {
        matches!(self.resolved().kind, Kind::Object(_) | Kind::Joined(_))
    }

    /// Whether it is a list.
    pub fn is_list(&self) -> bool {
        matches!(self.resolved().kind, Kind::Array(_))
    }

    /// Follows an RFC 6901 pointer; also says where the last key stands, if the last step was one.
    pub fn pointer(&self, pointer: &str) -> Option<(&Node<'s>, Option<u32>)> {
        let mut node = self;
        let mut key_at = None;
        for step in pointer.split('/').skip(1) {
            let step = unescaped(step);
            if let Kind::Array(items) = &node.resolved().kind {
                node = items.get(step.parse::<usize>().ok()?)?;
                key_at = None;
            } else {
                let member = node.member(Mark::of(&step), &step)?;
                key_at = Some(member.key_at);
                node = &member.value;
            }
        }
        Some((node, key_at))
    }
}

/// A step of a pointer as the name it stands for.
fn unescaped(step: &str) -> Cow<'_, str> {
    if step.contains('~') {
        Cow::Owned(step.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(step)
    }
}

/// The formats a submission comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SourceFormat {
    /// YAML 1.2, core schema.
    Yaml,
    /// JSON (RFC 8259).
    Json,
    /// An Excel workbook (XLSX) or OpenDocument spreadsheet.
    Workbook,
    /// An ArchiMate Model Exchange file (3.x).
    ArchiMate,
    /// A register of systems as CSV.
    Csv,
}

impl SourceFormat {
    /// The word used in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Yaml => "yaml",
            Self::Json => "json",
            Self::Workbook => "xlsx",
            Self::ArchiMate => "archimate",
            Self::Csv => "csv",
        }
    }
}

/// The cell a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellPlace {
    /// The sheet's name.
    pub sheet: String,
    /// The cell in A1 notation.
    pub cell: String,
    /// The header of its column as the agency sees it.
    pub header: Option<String>,
}

/// Where a field of the form stands in a workbook, filled in or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldPlace {
    /// The sheet's name.
    pub sheet: String,
    /// The field, `applications[].name.vi` or `agency.level`.
    pub path: String,
    /// Its column in a list (`D`), its cell in a form (`D9`).
    pub at: String,
    /// The header of its column, or the label of its row, as the agency sees it.
    pub header: String,
}

/// The cells of a workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells {
    /// Those that values came from, by index.
    pub filled: Vec<CellPlace>,
    /// Where fields stand that may have been left empty.
    pub fields: Vec<FieldPlace>,
}

/// How offsets of nodes turn into places.
#[derive(Debug, Clone)]
pub enum Origin<'s> {
    /// Byte offsets into a text.
    Text(Cow<'s, str>),
    /// Indices into a list of cells.
    Cells(Cells),
}

/// A place for people: in a text or in a workbook. Lines and columns count from 1, columns in
/// Unicode scalar values; the end is the position after the last character.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// First line, if it is a text.
    pub line: Option<u32>,
    /// First column.
    pub column: Option<u32>,
    /// Last line.
    pub end_line: Option<u32>,
    /// Column after the last character.
    pub end_column: Option<u32>,
    /// Sheet, if it is a workbook.
    pub sheet: Option<String>,
    /// Cell in A1 notation.
    pub cell: Option<String>,
    /// The header over the cell, as the agency sees it.
    pub header: Option<Box<str>>,
}

/// Something the reader changed or wants known, with its place: decoded from UTF-16, normalised to
/// NFC, read `no` as a text. Notes become findings of severity info.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// A short stable name, `nfd-normalised`.
    pub code: &'static str,
    /// Where; the same unit as [`Node::at`].
    pub at: u32,
    /// End of the place.
    pub end: u32,
    /// What was done.
    pub message: framework::Localized,
}

/// One submission, read but not yet judged.
#[derive(Debug, Clone)]
pub struct Submission<'s> {
    /// The tree of values.
    pub root: Node<'s>,
    /// How offsets turn into places.
    pub origin: Origin<'s>,
    /// The file name as given; shown, never opened.
    pub file: String,
    /// SHA-256 of the bytes as given, lower-case hex.
    pub sha256: String,
    /// The format.
    pub format: SourceFormat,
    /// What the reader wants known.
    pub notes: Vec<Note>,
}
