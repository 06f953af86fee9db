//! An agency's own names for things, kept in a file: sheets, columns, properties, element types,
//! values.
//!
//! ```yaml
//! section: applications            # what list a register is whose name does not tell
//! sheets:                          # or sheet by sheet; a CSV file goes by its name
//!   "DS phần mềm": applications
//!   "Nháp": null                   # known, and left out without a remark
//! columns:                         # columns of registers, properties of ArchiMate elements
//!   "Tên phần mềm": name.vi
//!   "Nơi đặt máy": applications[].hosting   # of one list only
//!   "Cấp": agency.level            # of what is said once: properties of an ArchiMate model
//!   "Ghi chú nội bộ": null
//! elements:                        # ArchiMate element types
//!   ApplicationService: applications
//!   Device: null
//! values:                          # words of coded fields
//!   lifecycle: {"Đang chạy": operating, "Bỏ": retired}
//! ```

mod parse;

use std::collections::BTreeMap;

use framework::Diagnostic;

use crate::{
    fold::folded,
    model::{self, Field, Section},
};

/// The names of one agency.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    section: Option<&'static str>,
    sheets: BTreeMap<String, Option<&'static str>>,
    columns: BTreeMap<String, Option<FieldName>>,
    elements: BTreeMap<String, Option<&'static str>>,
    values: Vec<(FieldName, OwnWords)>,
}

/// What an agency's words stand for in one field, by their folded forms.
pub(crate) type OwnWords = BTreeMap<String, String>;

/// A field as a mapping names it: of one part of the form, or of every list that has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FieldName {
    section: Option<&'static str>,
    path: &'static str,
}

impl FieldName {
    /// The field of that name in a part of the form.
    fn of(self, section: &Section) -> Option<&'static Field> {
        let applies = self
            .section
            .map_or(section.is_list, |key| key == section.key);
        let mut fields = section.fields.iter();
        applies
            .then(|| fields.find(|field| field.path == self.path))
            .flatten()
    }
}

/// What a mapping says of a word: of a header, a sheet, an element type.
#[derive(Clone, Copy)]
pub(crate) enum Mapped<T> {
    /// It means this.
    To(T),
    /// It is known and left out.
    LeftOut,
    /// Nothing.
    Unknown,
}

impl<T> From<Option<Option<T>>> for Mapped<T> {
    fn from(entry: Option<Option<T>>) -> Self {
        match entry {
            None => Self::Unknown,
            Some(None) => Self::LeftOut,
            Some(Some(meant)) => Self::To(meant),
        }
    }
}

impl Mapping {
    /// Reads a mapping file (YAML or JSON). All faults are told at once, each with its place.
    pub fn parse(bytes: &[u8], file: &str) -> Result<Self, Vec<Diagnostic>> {
        parse::mapping(bytes, file)
    }

    /// The list that a sheet or register of that name is.
    pub(crate) fn sheet(&self, name: &str) -> Mapped<&'static Section> {
        let entry = self.sheets.get(&folded(name)).copied();
        let entry = entry.or_else(|| self.section.map(Some));
        entry.map(|key| key.and_then(model::section)).into()
    }

    /// What a header or property means in a part of the form.
    pub(crate) fn column(&self, section: &Section, header: &str) -> Mapped<&'static Field> {
        match self.columns.get(&folded(header)) {
            None => Mapped::Unknown,
            Some(None) => Mapped::LeftOut,
            Some(Some(name)) => name.of(section).map_or(Mapped::Unknown, Mapped::To),
        }
    }

    /// What a property of a whole model means: a field that is said once.
    pub(crate) fn said_once(&self, property: &str) -> Mapped<(&'static Section, &'static Field)> {
        match self.columns.get(&folded(property)) {
            None => Mapped::Unknown,
            Some(None) => Mapped::LeftOut,
            Some(Some(name)) => {
                let section = name.section.and_then(model::section);
                let section = section.filter(|section| !section.is_list);
                let meant = section.and_then(|section| Some((section, name.of(section)?)));
                meant.map_or(Mapped::Unknown, Mapped::To)
            }
        }
    }

    /// The list of an element type.
    pub(crate) fn element(&self, kind: &str) -> Mapped<&'static str> {
        self.elements.get(kind).copied().into()
    }

    /// The agency's own words for the values of a field.
    pub(crate) fn words(&self, section: &Section, field: &Field) -> Option<&OwnWords> {
        let mut lists = self.values.iter();
        let (_, words) = lists.find(|(name, _)| {
            name.of(section)
                .is_some_and(|meant| meant.path == field.path)
        })?;
        Some(words)
    }
}

/// What is meant by a word, or the word itself.
pub(crate) fn meant<'w>(own: Option<&'w OwnWords>, written: &'w str) -> &'w str {
    own.and_then(|words| words.get(&folded(written)))
        .map_or(written, String::as_str)
}
