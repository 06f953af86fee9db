//! What headers mean: the labels of the form in either language, folded once for all readings.

use std::{collections::HashMap, sync::LazyLock};

use super::headers::FormField;
use crate::{
    fold::folded,
    model::{Field, SECTIONS, Section},
};

type Fields = HashMap<String, &'static Field>;

/// The fields of each section by the words people use for them.
static FIELDS: LazyLock<HashMap<&'static str, Fields>> = LazyLock::new(|| {
    SECTIONS
        .iter()
        .map(|section| (section.key, fields(section)))
        .collect()
});

fn fields(section: &'static Section) -> Fields {
    let mut known = Fields::new();
    // A label goes before the path of another field: «Start» is what the label says it is.
    for field in section.fields {
        for name in [field.label.vi, field.label.en] {
            known.entry(folded(name)).or_insert(field);
        }
    }
    for field in section.fields {
        let path = folded(field.path);
        known
            .entry(format!("{} {path}", folded(section.key)))
            .or_insert(field);
        known.entry(path).or_insert(field);
    }
    known
}

/// A header, folded: as it stands, and without what stands in brackets or on further lines.
pub(crate) struct Header {
    whole: String,
    bare: String,
}

/// Longer texts are no headers.
const LONGEST: usize = 200;

impl Header {
    /// Folds a header; `None` if it cannot be one.
    pub(crate) fn new(text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let first = text.split(['(', '\n']).next().unwrap_or_default();
        let whole = folded(text);
        let bare = if first.len() < text.len() {
            folded(first)
        } else {
            whole.clone()
        };
        (!whole.is_empty()).then_some(Self { whole, bare })
    }

    /// The field of a section that it means.
    pub(crate) fn field(&self, section: &Section) -> Option<&'static Field> {
        let known = FIELDS.get(section.key)?;
        known
            .get(&self.whole)
            .or_else(|| known.get(&self.bare))
            .copied()
    }

    /// The field of the form sheet that it means.
    pub(super) fn form_field(&self) -> Option<FormField> {
        FORM.get(&self.whole).copied()
    }
}

/// The fields that are said once, by their labels.
static FORM: LazyLock<HashMap<String, FormField>> = LazyLock::new(|| {
    let mut known = HashMap::new();
    for section in SECTIONS.iter().filter(|section| !section.is_list) {
        for field in section.fields {
            for name in [field.label.vi, field.label.en] {
                known.entry(folded(name)).or_insert((section, field));
            }
        }
    }
    known
});
