//! Why bytes are not a submission: where, what is the matter, what to do.

mod foreign;
mod words;

pub use foreign::Foreign;

use framework::Localized;
use rulebook::{Place, SourceFormat};

use crate::LegacyEncoding;

/// A file that could not be read as a submission.
#[derive(Debug, Clone, PartialEq)]
pub enum Unreadable {
    /// Nothing in it.
    Empty,
    /// More bytes than are looked at.
    TooLarge {
        /// How many there are.
        bytes: usize,
        /// How many are looked at.
        limit: usize,
    },
    /// A file of a kind that is recognised but is no submission.
    Foreign(Foreign),
    /// Neither text nor anything known.
    Binary,
    /// A text in an encoding that could not be told.
    Encoding {
        /// The first character that is not UTF-8.
        place: Place,
    },
    /// A text that was typed in a font of the nineties.
    LegacyFont {
        /// Which encoding the font has.
        encoding: LegacyEncoding,
        /// The whole text, converted: a proposal for a person to look at.
        proposal: String,
    },
    /// Against the grammar of the format.
    Syntax(Box<SyntaxFault>),
    /// Keys that occur twice in one record.
    DuplicateKeys {
        /// Each pair, in the order of the file; never empty.
        keys: Vec<DuplicateKey>,
    },
    /// YAML: an alias (`*name`).
    Alias {
        /// Where.
        place: Place,
    },
    /// YAML: a merge key (`<<`).
    MergeKey {
        /// Where.
        place: Place,
    },
    /// YAML: a tag outside the core schema (`!name`).
    Tag {
        /// The tag as written.
        tag: Box<str>,
        /// Where.
        place: Place,
    },
    /// YAML: a list or record used as a key.
    ComplexKey {
        /// Where.
        place: Place,
    },
    /// YAML: a second document in the same file.
    SecondDocument {
        /// Where the first one begins, and where the second.
        places: Box<[Place; 2]>,
    },
    /// Lists and records nested too deep.
    TooDeep {
        /// Where the limit was passed.
        place: Place,
        /// The limit.
        limit: usize,
    },
    /// More values than are looked at.
    TooManyNodes {
        /// Where the limit was passed.
        place: Place,
        /// The limit.
        limit: usize,
    },
    /// XML: a text longer than is looked at.
    TextTooLong {
        /// Where it stands.
        place: Place,
        /// How many bytes are looked at.
        limit: usize,
    },
    /// More records than are looked at.
    TooManyRecords {
        /// How many there are.
        count: usize,
        /// The limit.
        limit: usize,
    },
    /// A workbook that cannot be opened.
    CorruptWorkbook {
        /// What the reader of workbooks says.
        detail: String,
    },
    /// A workbook that would take more to open than a workbook should.
    WorkbookTooBig {
        /// Which bound it passes.
        bound: WorkbookBound,
    },
    /// A workbook in which no sheet is one of the form's.
    NoKnownSheet {
        /// The sheets there are.
        sheets: Vec<String>,
    },
    /// A register in which no column is one of the form's.
    NoKnownColumn {
        /// The headers there are.
        headers: Vec<String>,
    },
    /// XML: a document type declaration, by which entities could be smuggled in.
    Doctype {
        /// Where.
        place: Place,
    },
    /// XML: a model in a namespace other than `ArchiMate` Model Exchange 3.x.
    WrongNamespace {
        /// The namespace found.
        namespace: Box<str>,
        /// Where.
        place: Place,
    },
    /// The file holds one bare value or a list instead of a record.
    NotARecord {
        /// Where it begins.
        place: Place,
    },
}

/// A bound that a workbook can pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorkbookBound {
    /// Files inside it.
    Entries {
        /// How many are looked at.
        limit: usize,
    },
    /// Bytes once unpacked.
    Unpacked {
        /// How many are looked at.
        limit: u64,
    },
    /// How many times larger a file gets when unpacked.
    Ratio {
        /// How many times it may.
        limit: u64,
    },
    /// Pieces of one of its files.
    Parts {
        /// The file.
        name: String,
    },
    /// Cells.
    Cells {
        /// How many are looked at.
        limit: usize,
    },
    /// Bytes of text in the cells.
    Text {
        /// How many are looked at.
        limit: usize,
    },
}

/// What is against the grammar of a format.
#[derive(Debug, Clone, PartialEq)]
pub struct SyntaxFault {
    /// The format.
    pub format: SourceFormat,
    /// Where.
    pub place: Place,
    /// What is the matter there.
    pub message: Localized,
    /// What to do.
    pub hint: Localized,
}

/// A key that occurs twice in one record.
#[derive(Debug, Clone, PartialEq)]
pub struct DuplicateKey {
    /// The key.
    pub key: String,
    /// Where it stands first.
    pub first: Place,
    /// Where it stands again.
    pub second: Place,
}

/// One fault in words, ready to become a finding of an `unusable` report.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// A short stable name, `duplicate-key`.
    pub code: &'static str,
    /// What is the matter.
    pub message: Localized,
    /// What to do about it.
    pub hint: Localized,
    /// Where; empty where a file as a whole is meant.
    pub place: Place,
    /// Other places that belong to it, each with what it has to do with it.
    pub related: Vec<(Place, Localized)>,
}

impl Unreadable {
    /// A short stable name, `duplicate-key`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty-file",
            Self::TooLarge { .. } => "file-too-large",
            Self::Foreign(_) => "foreign-format",
            Self::Binary => "binary-file",
            Self::Encoding { .. } => "unknown-encoding",
            Self::LegacyFont { .. } => "legacy-font",
            Self::Syntax(_) => "syntax",
            Self::DuplicateKeys { .. } => "duplicate-key",
            Self::Alias { .. } => "yaml-alias",
            Self::MergeKey { .. } => "yaml-merge-key",
            Self::Tag { .. } => "yaml-tag",
            Self::ComplexKey { .. } => "yaml-complex-key",
            Self::SecondDocument { .. } => "yaml-second-document",
            Self::TooDeep { .. } => "nesting-too-deep",
            Self::TooManyNodes { .. } => "too-many-values",
            Self::TextTooLong { .. } => "text-too-long",
            Self::TooManyRecords { .. } => "too-many-records",
            Self::NotARecord { .. } => "not-a-record",
            Self::CorruptWorkbook { .. } => "corrupt-workbook",
            Self::WorkbookTooBig { .. } => "workbook-too-big",
            Self::NoKnownSheet { .. } => "no-known-sheet",
            Self::NoKnownColumn { .. } => "no-known-column",
            Self::Doctype { .. } => "xml-doctype",
            Self::WrongNamespace { .. } => "xml-namespace",
        }
    }

    /// Where the fault is; empty where the file as a whole is meant.
    pub fn place(&self) -> Place {
        match self {
            Self::Encoding { place }
            | Self::Alias { place }
            | Self::MergeKey { place }
            | Self::Tag { place, .. }
            | Self::ComplexKey { place }
            | Self::TooDeep { place, .. }
            | Self::TooManyNodes { place, .. }
            | Self::TextTooLong { place, .. }
            | Self::Doctype { place }
            | Self::WrongNamespace { place, .. }
            | Self::NotARecord { place } => place.clone(),
            Self::Syntax(fault) => fault.place.clone(),
            Self::SecondDocument { places } => places[1].clone(),
            Self::DuplicateKeys { keys } => keys
                .first()
                .map(|key| key.second.clone())
                .unwrap_or_default(),
            Self::Empty
            | Self::TooLarge { .. }
            | Self::Foreign(_)
            | Self::Binary
            | Self::LegacyFont { .. }
            | Self::TooManyRecords { .. }
            | Self::CorruptWorkbook { .. }
            | Self::WorkbookTooBig { .. }
            | Self::NoKnownSheet { .. }
            | Self::NoKnownColumn { .. } => Place::default(),
        }
    }

    /// All faults in words: one for each pair of duplicate keys, one for anything else.
    pub fn faults(&self) -> Vec<Fault> {
        let fault = |message, place, related| Fault {
            code: self.code(),
            message,
            hint: self.hint(),
            place,
            related,
        };
        match self {
            Self::DuplicateKeys { keys } => keys
                .iter()
                .map(|key| {
                    let first = Localized::text("Chỗ khai lần đầu.", "First stated here.");
                    fault(
                        words::duplicate_key(key),
                        key.second.clone(),
                        vec![(key.first.clone(), first)],
                    )
                })
                .collect(),
            Self::SecondDocument { places } => {
                let [first, second] = &**places;
                let start = Localized::text(
                    "Hồ sơ thứ nhất bắt đầu ở đây.",
                    "The first one begins here.",
                );
                vec![fault(
                    self.message(),
                    second.clone(),
                    vec![(first.clone(), start)],
                )]
            }
            _ => vec![fault(self.message(), self.place(), Vec::new())],
        }
    }
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message().en)
    }
}

impl std::error::Error for Unreadable {}
