//! Where things stand on the sheets: the one description that the writer and the reader share.

use framework::Localized;

use crate::model::{Field, SECTIONS, Section};

/// Rows of a list sheet: Vietnamese labels, English labels, machine paths (hidden), then data.
pub(super) const ROW_VI: u32 = 0;
pub(super) const ROW_EN: u32 = 1;
pub(super) const ROW_PATH: u32 = 2;
pub(super) const FIRST_ROW: u32 = 3;

/// Columns of the form sheet: label, English label, value, remark, machine path (hidden).
pub(super) const FORM_VI: u16 = 0;
pub(super) const FORM_EN: u16 = 1;
pub(super) const FORM_VALUE: u16 = 2;
pub(super) const FORM_REMARK: u16 = 3;
pub(super) const FORM_PATH: u16 = 4;

/// The sheet of lists that drop-downs draw on.
pub(super) const LISTS: &str = "DM";
/// The sheet that says how to fill in the workbook.
pub(super) const GUIDE: &str = "0_Huong_dan";
/// The sheet for what the form has no place for: pointer and JSON.
pub(super) const REST: &str = "99_Khac";

/// The sheets of the form, in order.
pub(super) fn sheets() -> Vec<&'static str> {
    let mut sheets: Vec<&'static str> = Vec::new();
    for section in &SECTIONS {
        if !sheets.contains(&section.sheet) {
            sheets.push(section.sheet);
        }
    }
    sheets
}

/// The machine path of a field: `agency.name.vi`, `applications[].start`.
pub(crate) fn path(section: &Section, field: &Field) -> String {
    let list = if section.is_list { "[]" } else { "" };
    format!("{}{list}.{}", section.key, field.path)
}

/// The field of a machine path.
pub(crate) fn field_of_path(path: &str) -> Option<(&'static Section, &'static Field)> {
    let (key, rest) = path.trim().split_once('.')?;
    let key = key.trim_end_matches("[]");
    let section = SECTIONS.iter().find(|section| section.key == key)?;
    let field = section.fields.iter().find(|field| field.path == rest)?;
    Some((section, field))
}

/// What the sheet of a section is called for people: «Ứng dụng».
pub(super) const fn title(section: &Section) -> Localized<&'static str> {
    section.name
}

/// `A1` of a row and column counted from 0.
pub(crate) fn a1(row: u32, column: u32) -> String {
    format!("{}{}", column_name(column), row + 1)
}

/// The letters of a column counted from 0.
pub(super) fn column_name(column: u32) -> String {
    let mut name = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        // A remainder of 26 fits a byte.
        name.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    name.reverse();
    name.into_iter().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::fold::folded;

    #[test]
    fn cells_are_named_as_in_excel() {
        for (row, column, name) in [
            (0, 0, "A1"),
            (8, 25, "Z9"),
            (0, 26, "AA1"),
            (1_048_575, 16_383, "XFD1048576"),
        ] {
            assert_eq!(a1(row, column), name);
        }
    }

    #[test]
    fn paths_and_labels_of_a_sheet_are_unique() {
        for sheet in sheets() {
            let sections = SECTIONS.iter().filter(|section| section.sheet == sheet);
            let fields: Vec<_> = sections
                .flat_map(|section| section.fields.iter().map(move |f| (section, f)))
                .collect();
            for words in [
                fields.iter().map(|(s, f)| path(s, f)).collect::<Vec<_>>(),
                fields.iter().map(|(_, f)| folded(f.label.vi)).collect(),
                fields.iter().map(|(_, f)| folded(f.label.en)).collect(),
            ] {
                let mut seen = BTreeSet::new();
                for word in &words {
                    assert!(seen.insert(word), "{sheet}: {word}");
                }
            }
            for (section, field) in fields {
                let found = field_of_path(&path(section, field)).unwrap();
                assert_eq!((found.0.key, found.1.path), (section.key, field.path));
            }
        }
    }
}
