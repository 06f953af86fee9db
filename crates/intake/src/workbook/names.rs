//! What sheets are called, and words on them that are neither headers nor values.

use crate::{
    fold::folded,
    model::{SECTIONS, Section},
};

/// The sections a sheet's name speaks of.
pub(super) fn named(name: &str) -> Vec<&'static Section> {
    let name = folded(name);
    let name = name
        .trim_start_matches(|letter: char| letter.is_ascii_digit())
        .trim();
    let called: Vec<_> = SECTIONS
        .iter()
        .filter(|section| {
            let sheet = folded(section.sheet);
            let sheet = sheet
                .trim_start_matches(|letter: char| letter.is_ascii_digit())
                .trim();
            let others = [section.name.vi, section.name.en, section.key];
            !name.is_empty()
                && (name.starts_with(sheet) || others.iter().any(|o| folded(o) == name))
        })
        .collect();
    if called.is_empty() {
        spoken_of(name)
    } else {
        called
    }
}

/// The one list whose name stands within a sheet's: «Danh mục ứng dụng 2026».
fn spoken_of(sheet: &str) -> Vec<&'static Section> {
    let sheet = format!(" {sheet} ");
    let mut lists = SECTIONS.iter().filter(|section| {
        let names = [section.name.vi, section.name.en];
        section.is_list
            && names
                .iter()
                .any(|name| sheet.contains(&format!(" {} ", folded(name))))
    });
    match (lists.next(), lists.next()) {
        (Some(section), None) => vec![section],
        _ => Vec::new(),
    }
}

/// Whether a column only counts its rows.
pub(super) fn is_numbering(header: &str) -> bool {
    matches!(
        folded(header).as_str(),
        "stt" | "tt" | "so tt" | "so thu tu" | "no" | "thu tu"
    )
}

/// Whether a row adds up the rows above it: it is no record.
pub(super) fn is_total(text: &str) -> bool {
    let words = folded(text);
    let is = |total: &str| {
        let rest = words.strip_prefix(total);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    ["tong", "tong so", "tong cong", "cong", "total", "sum"]
        .into_iter()
        .any(is)
}
