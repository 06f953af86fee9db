//! An agency's own names for things, kept in a file: columns, properties, element types, values.
//!
//! ```yaml
//! section: applications            # what list a register without a known sheet name is
//! columns:                         # columns of registers, properties of ArchiMate elements
//!   "Tên phần mềm": name.vi
//!   "Ghi chú nội bộ": null         # known, and left out without a remark
//! elements:                        # ArchiMate element types
//!   ApplicationService: applications
//!   Device: null
//! values:                          # words of coded fields
//!   lifecycle: {"Đang chạy": operating, "Bỏ": retired}
//! ```

use std::collections::BTreeMap;

use framework::{Diagnostic, Localized};
use rulebook::Node;

use crate::{
    Hints, Limits,
    fold::folded,
    model::{self, Field, SECTIONS, Section},
    read,
};

/// The names of one agency.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    section: Option<&'static str>,
    columns: BTreeMap<String, Option<String>>,
    elements: BTreeMap<String, Option<&'static str>>,
    values: BTreeMap<String, BTreeMap<String, String>>,
}

/// What a mapping says of a header.
pub(crate) enum Mapped {
    /// It means the field of that path.
    Field(&'static Field),
    /// It is known and left out.
    LeftOut,
    /// Nothing.
    Unknown,
}

/// What a mapping says of an element type.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum MappedElement {
    /// Its elements belong to the list of that key.
    Section(&'static str),
    /// It is known and left out.
    LeftOut,
    /// Nothing.
    Unknown,
}

impl Mapping {
    /// Reads a mapping file (YAML or JSON). All faults are told at once, each with its place.
    pub fn parse(bytes: &[u8], file: &str) -> Result<Self, Vec<Diagnostic>> {
        let submission = read::read_tree(bytes, &Hints::file(file), &Limits::default());
        let (root, text) = submission.map_err(|fault| {
            let fault = fault.faults().into_iter().next();
            let (message, hint) = fault
                .map(|fault| (fault.message, fault.hint))
                .unwrap_or_default();
            vec![Diagnostic::error("mapping-unreadable", file, message).hint(hint)]
        })?;
        let mut parsing = Parsing {
            file,
            text: &text,
            mapping: Self::default(),
            faults: Vec::new(),
        };
        parsing.root(&root);
        if parsing.faults.is_empty() {
            Ok(parsing.mapping)
        } else {
            Err(parsing.faults)
        }
    }

    /// The list that a register is.
    pub(crate) fn section(&self) -> Option<&'static Section> {
        self.section.and_then(model::section)
    }

    /// What a header or property means in a section.
    pub(crate) fn column(&self, section: &Section, header: &str) -> Mapped {
        if self.columns.is_empty() {
            return Mapped::Unknown;
        }
        match self.columns.get(&folded(header)) {
            None => Mapped::Unknown,
            Some(None) => Mapped::LeftOut,
            Some(Some(path)) => {
                let path = path
                    .strip_prefix(&format!("{}[].", section.key))
                    .unwrap_or(path);
                let field = section.fields.iter().find(|field| field.path == path);
                field.map_or(Mapped::Unknown, Mapped::Field)
            }
        }
    }

    /// The list of an element type.
    pub(crate) fn element(&self, kind: &str) -> MappedElement {
        match self.elements.get(kind) {
            None => MappedElement::Unknown,
            Some(None) => MappedElement::LeftOut,
            Some(Some(section)) => MappedElement::Section(section),
        }
    }

    /// What an own word stands for in a field.
    pub(crate) fn value<'v>(&'v self, field: &Field, written: &'v str) -> &'v str {
        let words = self.values.get(field.path);
        words
            .and_then(|words| words.get(&folded(written)))
            .map_or(written, String::as_str)
    }
}

struct Parsing<'p> {
    file: &'p str,
    text: &'p str,
    mapping: Mapping,
    faults: Vec<Diagnostic>,
}

impl Parsing<'_> {
    fn root(&mut self, root: &Node<'_>) {
        for member in root.members() {
            let value = &member.value;
            match &*member.key {
                "section" => self.mapping.section = self.section(value),
                "columns" | "properties" => self.columns(value),
                "elements" => self.elements(value),
                "values" => self.values(value),
                other => self.fault(
                    "mapping-unknown-key",
                    value,
                    format!("Không có mục «{other}» trong tệp ánh xạ; có: section, columns, elements, values."),
                    format!("A mapping has no “{other}”; it has section, columns, elements, values."),
                ),
            }
        }
    }

    fn columns(&mut self, columns: &Node<'_>) {
        for member in columns.members() {
            let path = member.value.as_str().map(str::to_owned);
            if let Some(path) = &path
                && !is_path(path)
            {
                self.fault(
                    "mapping-unknown-field",
                    &member.value,
                    format!("Không có trường «{path}» trong mẫu hồ sơ."),
                    format!("The form has no field “{path}”."),
                );
            }
            self.mapping.columns.insert(folded(&member.key), path);
        }
    }

    fn elements(&mut self, elements: &Node<'_>) {
        for member in elements.members() {
            let section = if member.value.is_null() {
                None
            } else {
                self.section(&member.value)
            };
            self.mapping
                .elements
                .insert(member.key.clone().into_owned(), section);
        }
    }

    fn values(&mut self, values: &Node<'_>) {
        for field in values.members() {
            if !is_path(&field.key) {
                let key = &field.key;
                self.fault(
                    "mapping-unknown-field",
                    &field.value,
                    format!("Không có trường «{key}» trong mẫu hồ sơ."),
                    format!("The form has no field “{key}”."),
                );
            }
            let words = field.value.members().iter().filter_map(|member| {
                Some((folded(&member.key), member.value.as_str()?.to_owned()))
            });
            self.mapping
                .values
                .insert(field.key.clone().into_owned(), words.collect());
        }
    }

    fn section(&mut self, node: &Node<'_>) -> Option<&'static str> {
        let key = node.as_str().unwrap_or_default();
        let section = model::section(key).filter(|section| section.is_list);
        if section.is_none() {
            let known: Vec<&str> = SECTIONS
                .iter()
                .filter(|section| section.is_list)
                .map(|s| s.key)
                .collect();
            let known = known.join(", ");
            self.fault(
                "mapping-unknown-section",
                node,
                format!("Không có danh mục «{key}»; có: {known}."),
                format!("There is no list “{key}”; there are: {known}."),
            );
        }
        section.map(|section| section.key)
    }

    fn fault(&mut self, code: &'static str, node: &Node<'_>, vi: String, en: String) {
        let range = node.at as usize..node.end as usize;
        let fault = Diagnostic::error(code, self.file, Localized { vi, en });
        self.faults.push(fault.at_bytes(self.text, range));
    }
}

/// Whether any list has a field of that path, alone or after the list's key.
fn is_path(path: &str) -> bool {
    SECTIONS
        .iter()
        .filter(|section| section.is_list)
        .any(|section| {
            let path = path
                .strip_prefix(&format!("{}[].", section.key))
                .unwrap_or(path);
            section.fields.iter().any(|field| field.path == path)
        })
}
