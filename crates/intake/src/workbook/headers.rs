//! Which sheet holds what, and in which column: by machine path where it survived, else by the
//! words of the headers in either language, wherever they stand.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    cells::{Filled, Sheet},
    labels::Header,
    layout::field_of_path,
    names::{is_numbering, named},
    value::{Cell, plain},
};
use crate::{
    Mapping,
    fold::folded,
    mapping::Mapped,
    model::{Field, SECTIONS, Section},
};

/// So many rows are searched for headers: titles and letterheads stand above them.
const SEARCHED: u32 = 30;

/// A form is searched so far down.
const FORM_ROWS: u32 = 400;
/// So many cells of a row are looked at for headers.
const WIDEST: usize = 512;

/// A field that is said once, with its section.
pub(super) type FormField = (&'static Section, &'static Field);

/// How a sheet is laid out.
pub(super) enum Layout {
    /// One record a row.
    List(Columns),
    /// One field a row.
    Form(Form),
    /// A sheet that the agency keeps for itself.
    LeftOut,
}

/// The columns of a list.
pub(super) struct Columns {
    pub(super) section: &'static Section,
    /// The field of each column, with the header as people see it.
    pub(super) fields: BTreeMap<u32, (&'static Field, String)>,
    /// Columns with a header that is none of the form's: the cell and its words.
    pub(super) unknown: Vec<(u32, u32, String)>,
    /// The first row that can hold a record.
    pub(super) first_row: u32,
    /// Whether another section's headers would fit just as well.
    pub(super) is_ambiguous: bool,
}

/// The rows of a form.
pub(super) struct Form {
    /// The field of each row, with its label as people see it.
    pub(super) fields: BTreeMap<u32, (&'static Section, &'static Field, String)>,
    /// The column of values.
    pub(super) value: u32,
}

/// Finds out how a sheet is laid out; `None` if it holds nothing of the form.
pub(super) fn recognise(sheet: &Sheet, mapping: &Mapping) -> Option<Layout> {
    let named = match mapping.sheet(&sheet.name) {
        Mapped::To(section) => vec![section],
        Mapped::LeftOut => return Some(Layout::LeftOut),
        Mapped::Unknown => named(&sheet.name),
    };
    by_paths(sheet).or_else(|| {
        let list = by_labels(sheet, &named, mapping).map(Layout::List);
        let form = || form_by_labels(sheet).map(Layout::Form);
        // A sheet named after a list is one; else a form that is clearly one goes first.
        if named.iter().any(|section| section.is_list) {
            list.or_else(form)
        } else {
            form().or(list)
        }
    })
}

fn text(filled: &Filled) -> Option<&str> {
    match &filled.cell {
        Cell::Text(text) => Some(text),
        _ => None,
    }
}

/// The row or column of machine paths that the template hides.
fn by_paths(sheet: &Sheet) -> Option<Layout> {
    let top = sheet
        .cells
        .iter()
        .take_while(|filled| filled.row < FORM_ROWS);
    let paths: Vec<_> = top
        .filter_map(|filled| Some((filled, field_of_path(text(filled)?)?)))
        .collect();
    let (first, (section, _)) = paths.first()?;
    if !section.is_list {
        return Some(Layout::Form(form_by_paths(sheet, &paths, first.column)));
    }
    let row = first.row;
    let mut labels: BTreeMap<u32, String> = BTreeMap::new();
    for filled in sheet.cells.iter().take_while(|filled| filled.row < row) {
        labels
            .entry(filled.column)
            .or_insert_with(|| human(&plain(&filled.cell)));
    }
    let in_row = paths.iter().filter(|(filled, (other, _))| {
        filled.row == row && std::ptr::eq::<Section>(*other, *section)
    });
    let mut fields = BTreeMap::new();
    for (filled, (_, field)) in in_row {
        let label = labels
            .get(&filled.column)
            .map_or(field.label.vi, String::as_str);
        add_column(&mut fields, filled.column, field, label.to_owned());
    }
    let unknown = unknown_columns(sheet, &fields, 0..row);
    Some(Layout::List(Columns {
        section,
        fields,
        unknown,
        first_row: row + 1,
        is_ambiguous: false,
    }))
}

fn form_by_paths(sheet: &Sheet, paths: &[(&Filled, FormField)], column: u32) -> Form {
    let mut labels: BTreeMap<u32, String> = BTreeMap::new();
    for filled in sheet.cells.iter().filter(|filled| filled.column < column) {
        labels
            .entry(filled.row)
            .or_insert_with(|| human(&plain(&filled.cell)));
    }
    let in_column = paths
        .iter()
        .filter(|(filled, (section, _))| filled.column == column && !section.is_list);
    let fields = in_column.map(|(filled, (section, field))| {
        let label = labels
            .get(&filled.row)
            .map_or(field.label.vi, String::as_str);
        (filled.row, (*section, *field, label.to_owned()))
    });
    Form {
        fields: fields.collect(),
        value: value_column(sheet, column),
    }
}

/// A second column of the same field is left out, and noted, as any unknown one.
fn add_column(
    fields: &mut BTreeMap<u32, (&'static Field, String)>,
    column: u32,
    field: &'static Field,
    label: String,
) {
    if !fields.values().any(|(known, _)| known.path == field.path) {
        fields.insert(column, (field, label));
    }
}

/// A header as people say it: without star and asterisk, on one line.
fn human(text: &str) -> String {
    let words = text
        .split_whitespace()
        .filter(|word| !matches!(*word, "*" | "★"));
    words.collect::<Vec<_>>().join(" ")
}

/// Header cells over columns that are none of ours.
fn unknown_columns(
    sheet: &Sheet,
    known: &BTreeMap<u32, (&'static Field, String)>,
    rows: std::ops::Range<u32>,
) -> Vec<(u32, u32, String)> {
    let mut unknown: BTreeMap<u32, (u32, String)> = BTreeMap::new();
    let headers = sheet
        .cells
        .iter()
        .filter(|filled| rows.contains(&filled.row));
    for filled in headers.filter(|filled| !known.contains_key(&filled.column)) {
        unknown
            .entry(filled.column)
            .or_insert_with(|| (filled.row, human(&plain(&filled.cell))));
    }
    // A header over nothing loses nothing, nor does one over mere numbering.
    unknown.retain(|_, (_, header)| !is_numbering(header));
    let below = sheet.cells.iter().filter(|filled| filled.row >= rows.end);
    let used: BTreeSet<u32> = below.map(|filled| filled.column).collect();
    let unknown = unknown
        .into_iter()
        .filter(|(column, _)| used.contains(column));
    unknown
        .map(|(column, (row, text))| (row, column, text))
        .collect()
}

fn field_of_header(
    section: &'static Section,
    (text, header): &(&str, Header),
    mapping: &Mapping,
) -> Option<&'static Field> {
    match mapping.column(section, text) {
        Mapped::To(field) => Some(field),
        Mapped::LeftOut => None,
        Mapped::Unknown => header.field(section),
    }
}

/// The headers of a row, folded.
fn headers(sheet: &Sheet, row: u32) -> Vec<(u32, (&str, Header))> {
    let start = sheet.cells.partition_point(|filled| filled.row < row);
    let cells = sheet.cells[start..]
        .iter()
        .take_while(|filled| filled.row == row);
    cells
        .take(WIDEST)
        .filter_map(|filled| {
            let text = text(filled)?;
            Some((filled.column, (text, Header::new(text)?)))
        })
        .collect()
}

/// The header row that fits best, and the section it fits.
fn by_labels(sheet: &Sheet, named: &[&'static Section], mapping: &Mapping) -> Option<Columns> {
    let named: Vec<_> = named
        .iter()
        .copied()
        .filter(|section| section.is_list)
        .collect();
    let all: Vec<_> = SECTIONS.iter().filter(|section| section.is_list).collect();
    let sections = if named.is_empty() { &all } else { &named };
    let mut best: Option<(usize, u32, &'static Section)> = None;
    let mut is_ambiguous = false;
    for row in header_rows(sheet) {
        let headers = headers(sheet, row);
        for section in sections {
            let means = |header| field_of_header(section, header, mapping).is_some();
            let fits = headers.iter().filter(|(_, header)| means(header)).count();
            match best {
                Some((most, ..)) if fits < most => {}
                Some((most, known_row, _)) if fits == most => is_ambiguous |= known_row == row,
                _ => {
                    best = Some((fits, row, section));
                    is_ambiguous = false;
                }
            }
        }
    }
    let (fits, row, section) = best?;
    // One word in common may be chance, two in a row are a header.
    if fits < 2 {
        return None;
    }
    let fields = columns_of(sheet, section, row, mapping);
    let first_row = row + 1 + u32::from(is_header_again(sheet, section, row + 1, mapping));
    let mut unknown = unknown_columns(sheet, &fields, row..first_row);
    unknown.retain(|(.., header)| !matches!(mapping.column(section, header), Mapped::LeftOut));
    Some(Columns {
        section,
        fields,
        unknown,
        first_row,
        is_ambiguous,
    })
}

fn header_rows(sheet: &Sheet) -> Vec<u32> {
    let mut rows: Vec<u32> = sheet.cells.iter().map(|filled| filled.row).collect();
    rows.dedup();
    rows.into_iter().take_while(|row| *row < SEARCHED).collect()
}

fn columns_of(
    sheet: &Sheet,
    section: &'static Section,
    row: u32,
    mapping: &Mapping,
) -> BTreeMap<u32, (&'static Field, String)> {
    let mut fields: BTreeMap<u32, (&'static Field, String)> = BTreeMap::new();
    for (column, header) in headers(sheet, row) {
        if let Some(field) = field_of_header(section, &header, mapping) {
            add_column(&mut fields, column, field, human(header.0));
        }
    }
    fields
}

/// Whether a row repeats the headers in the other language.
fn is_header_again(sheet: &Sheet, section: &'static Section, row: u32, mapping: &Mapping) -> bool {
    let start = sheet.cells.partition_point(|filled| filled.row < row);
    let cells = sheet.cells[start..]
        .iter()
        .take_while(|filled| filled.row == row)
        .count();
    let headers = headers(sheet, row);
    cells > 0
        && headers.len() == cells
        && headers
            .iter()
            .all(|(_, header)| field_of_header(section, header, mapping).is_some())
}

/// A form: rows that begin with labels of fields that are said once.
fn form_by_labels(sheet: &Sheet) -> Option<Form> {
    let mut found: BTreeMap<u32, (&'static Section, &'static Field, String)> = BTreeMap::new();
    let mut known = BTreeSet::new();
    let mut last = 0;
    for filled in sheet
        .cells
        .iter()
        .take_while(|filled| filled.row < FORM_ROWS)
    {
        let Some(label) = text(filled) else { continue };
        let field = Header::new(label).and_then(|header| header.form_field());
        if let Some((section, field)) = field
            && !found.contains_key(&filled.row)
            && known.insert((section.key, field.path))
        {
            last = last.max(filled.column);
            found.insert(filled.row, (section, field, human(label)));
        }
    }
    if found.len() < 3 {
        return None;
    }
    let english = |filled: &&Filled| {
        filled.column == last + 1
            && found.get(&filled.row).is_some_and(|(section, field, _)| {
                text(filled)
                    .and_then(Header::new)
                    .and_then(|header| header.field(section))
                    .is_some_and(|meant| meant.path == field.path)
            })
    };
    let next = if sheet.cells.iter().any(|filled| english(&filled)) {
        last + 2
    } else {
        last + 1
    };
    let value = named_value_column(sheet).unwrap_or(next);
    Some(Form {
        fields: found,
        value,
    })
}

/// The column whose header says that it holds values.
fn named_value_column(sheet: &Sheet) -> Option<u32> {
    sheet
        .cells
        .iter()
        .filter(|filled| filled.row < SEARCHED)
        .find_map(|filled| {
            let words = folded(text(filled)?);
            matches!(words.as_str(), "gia tri value" | "gia tri" | "value").then_some(filled.column)
        })
}

fn value_column(sheet: &Sheet, path_column: u32) -> u32 {
    named_value_column(sheet).unwrap_or_else(|| path_column.saturating_sub(2))
}
