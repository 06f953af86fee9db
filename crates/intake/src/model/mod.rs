//! The form of a submission as people meet it: one description from which templates are made,
//! workbooks read and written, and columns of a register recognised. What it says and what
//! `rules/submission.schema.json` says is held together by a test.

pub(crate) mod codes;
mod general;
mod layers;
mod plans;
mod schema;

use framework::{AgencyLevel, Catalogue, Component, Layer, Locale, Localized};

pub use codes::{Code, CodeList};
pub use schema::submission_schema;

/// A part of a submission: a record, or a list of records.
#[derive(Debug, Clone, Copy)]
pub struct Section {
    /// The key in the submission, `applications`.
    pub key: &'static str,
    /// The sheet of the workbook it stands on.
    pub sheet: &'static str,
    /// Its name.
    pub name: Localized<&'static str>,
    /// Whether it is a list of records.
    pub is_list: bool,
    /// Whether it belongs to the minimum submission (★).
    pub is_minimum: bool,
    /// What to do with it, in a sentence.
    pub guidance: Localized<&'static str>,
    /// Its fields, in the order in which they are asked for.
    pub fields: &'static [Field],
}

/// One thing that is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Where it stands in its record, `name.vi`.
    pub path: &'static str,
    /// What people call it.
    pub label: Localized<&'static str>,
    /// What may be put there.
    pub kind: FieldKind,
    /// Whether it takes several values.
    pub is_list: bool,
    /// Which kinds of agency must state it.
    pub required: Levels,
    /// Which kinds of agency had better state it.
    pub recommended: Levels,
    /// An example.
    pub example: &'static str,
    /// What it rests on: a clause, another document, or the editors' practice.
    pub basis: FieldBasis,
    /// When it is needed, or how to fill it in.
    pub note: Localized<&'static str>,
}

/// What may be put into a field.
#[derive(Debug, Clone, Copy)]
pub enum FieldKind {
    /// Any text.
    Text,
    /// A short id: lower-case letters, digits and hyphens.
    Slug,
    /// A whole number.
    Integer,
    /// A year.
    Year,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// True or false; `unknown` is taken as it is.
    Boolean,
    /// A word of a list.
    Code(&'static CodeList),
    /// A component of the catalogue, or a word of a list (or the id of an own record).
    Component(Scope, &'static CodeList),
    /// A body of the catalogue, or a word of a list.
    Body(&'static CodeList),
    /// One of the seven constituents.
    Constituent,
}

/// Which components a field chooses from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The four of the business layer.
    Business,
    /// The 18 that an agency answers for.
    Disposable,
    /// Those of one layer.
    Of(Layer),
}

impl Scope {
    /// The components of a catalogue it means.
    pub fn components(self, catalogue: &Catalogue) -> impl Iterator<Item = &Component> {
        catalogue
            .components
            .iter()
            .filter(move |component| match self {
                Self::Business => component.layer == Layer::Business,
                Self::Disposable => component.layer != Layer::Business,
                Self::Of(layer) => component.layer == layer,
            })
    }
}

/// What a field rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldBasis {
    /// A clause of the framework: the field cannot be checked without it.
    Clause(&'static str),
    /// Another legal document.
    Law(&'static str),
    /// The editors' practice.
    Practice,
}

/// A set of kinds of agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Levels(u8);

impl Levels {
    /// No kind.
    pub const NONE: Self = Self(0);
    /// Party bodies.
    pub const PARTY: Self = Self(1);
    /// The National Assembly.
    pub const ASSEMBLY: Self = Self(1 << 1);
    /// The Fatherland Front.
    pub const FRONT: Self = Self(1 << 2);
    /// Ministries.
    pub const MINISTRY: Self = Self(1 << 3);
    /// Provinces.
    pub const PROVINCE: Self = Self(1 << 4);
    /// Others.
    pub const OTHER: Self = Self(1 << 5);
    /// Every kind.
    pub const ALL: Self = Self(0b11_1111);
    /// Ministries and provinces.
    pub const STATE: Self = Self::MINISTRY.and(Self::PROVINCE);

    /// Both sets together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a kind is in the set.
    pub const fn has(self, level: AgencyLevel) -> bool {
        let bit = match level {
            AgencyLevel::Party => Self::PARTY,
            AgencyLevel::NationalAssembly => Self::ASSEMBLY,
            AgencyLevel::FatherlandFront => Self::FRONT,
            AgencyLevel::Ministry => Self::MINISTRY,
            AgencyLevel::Province => Self::PROVINCE,
            AgencyLevel::Other => Self::OTHER,
        };
        self.0 & bit.0 != 0
    }
}

/// A field that anyone may leave out and that rests on practice; narrowed by what follows.
const fn field(path: &'static str, vi: &'static str, en: &'static str, kind: FieldKind) -> Field {
    Field {
        path,
        label: Localized::new(vi, en),
        kind,
        is_list: false,
        required: Levels::NONE,
        recommended: Levels::NONE,
        example: "",
        basis: FieldBasis::Practice,
        note: Localized::new("", ""),
    }
}

impl Field {
    const fn many(self) -> Self {
        Self {
            is_list: true,
            ..self
        }
    }

    const fn required(self, required: Levels) -> Self {
        Self { required, ..self }
    }

    const fn recommended(self, recommended: Levels) -> Self {
        Self {
            recommended,
            ..self
        }
    }

    const fn example(self, example: &'static str) -> Self {
        Self { example, ..self }
    }

    const fn clause(self, clause: &'static str) -> Self {
        Self {
            basis: FieldBasis::Clause(clause),
            ..self
        }
    }

    const fn law(self, law: &'static str) -> Self {
        Self {
            basis: FieldBasis::Law(law),
            ..self
        }
    }

    const fn note(self, vi: &'static str, en: &'static str) -> Self {
        Self {
            note: Localized::new(vi, en),
            ..self
        }
    }

    /// The keys from the record to the value.
    pub fn steps(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.path.split('.')
    }

    /// The values people may choose from: what is stored, and what is shown.
    pub fn choices(&self, catalogue: &Catalogue, locale: Locale) -> Vec<(String, String)> {
        let words = |list: &CodeList| {
            let shown = list
                .codes
                .iter()
                .map(|code| (code.code.to_owned(), (*code.label.get(locale)).to_owned()));
            shown.collect::<Vec<_>>()
        };
        match self.kind {
            FieldKind::Boolean => words(&codes::YES_NO),
            FieldKind::Code(list) => words(list),
            FieldKind::Component(scope, list) => scope
                .components(catalogue)
                .map(|component| (component.id.clone(), component_label(component, locale)))
                .chain(words(list))
                .collect(),
            FieldKind::Body(list) => catalogue
                .bodies
                .iter()
                .map(|body| (body.id.clone(), body.name.get(locale).clone()))
                .filter(|(id, _)| !list.has(id))
                .chain(words(list))
                .collect(),
            FieldKind::Constituent => catalogue
                .constituents
                .iter()
                .map(|constituent| (constituent.id.clone(), constituent.name.get(locale).clone()))
                .collect(),
            FieldKind::Text
            | FieldKind::Slug
            | FieldKind::Integer
            | FieldKind::Year
            | FieldKind::Date => Vec::new(),
        }
    }
}

/// How a component is shown in a drop-down: «NT-4 Nền tảng quản lý cán bộ …».
pub fn component_label(component: &Component, locale: Locale) -> String {
    format!("{} {}", component.code, component.name.get(locale))
}

/// All parts of a submission, in the order of the workbook.
pub static SECTIONS: [Section; 24] = [
    general::SUBMISSION,
    general::AGENCY,
    general::REFERENCE,
    general::SCOPE,
    general::CURRENT_STATE,
    general::TARGET_STATE,
    general::LAYER_NOTES,
    general::PUBLIC_SERVICES,
    general::DIGITAL_IDENTITY,
    general::DIGITAL_SIGNATURE,
    layers::BUSINESS_PROCESSES,
    layers::DATA_ASSETS,
    layers::APPLICATIONS,
    layers::PLATFORMS,
    layers::INFRASTRUCTURE,
    plans::COMPONENT_DISPOSITIONS,
    plans::INTEGRATIONS,
    plans::DEPLOYMENTS,
    plans::JUSTIFICATIONS,
    plans::ROADMAP,
    plans::ATTACHMENTS,
    general::CONTACTS,
    plans::OWNER_TASKS,
    plans::SECURITY,
];

/// The part of that key.
pub fn section(key: &str) -> Option<&'static Section> {
    SECTIONS.iter().find(|section| section.key == key)
}
