//! What the form has no place for: kept word for word, so that nothing is lost on the way.

use rulebook::{Kind, Node};
use rust_xlsxwriter::{Workbook, XlsxError};

use super::{cells::Sheet, layout::REST, styles::Styles, value::Cell, write::Making};
use crate::{
    convert::json,
    model::{SECTIONS, Section},
    tree,
};

/// Excel's cells end at 32,767 characters; longer JSON goes on in the next cell.
const CHUNK: usize = 30_000;

/// Values by their RFC 6901 pointer, as JSON.
pub(super) struct Rest {
    values: Vec<(String, String)>,
}

impl Rest {
    /// Starts with the fields of the submission that are no section, or not of its shape.
    pub(super) fn of_unknown_sections(root: &Node<'_>) -> Self {
        let mut rest = Self { values: Vec::new() };
        for member in root.members() {
            let section = SECTIONS.iter().find(|section| member.key == section.key);
            let fits = match (section, &member.value.resolved().kind) {
                (Some(section), Kind::Array(_)) => section.is_list,
                (Some(section), Kind::Object(members)) => !section.is_list && !members.is_empty(),
                _ => false,
            };
            if !fits {
                rest.keep(format!("/{}", escaped(&member.key)), &member.value);
            }
        }
        rest
    }

    fn keep(&mut self, pointer: String, node: &Node<'_>) {
        self.values.push((pointer, json::compact(node)));
    }

    /// The cells of a section that is one record.
    pub(super) fn record(&mut self, making: &Making<'_>, section: &Section) -> Vec<Option<Cell>> {
        match making.root.get(section.key) {
            Some(record) if matches!(record.resolved().kind, Kind::Object(_)) => {
                self.cells(making, section, record, &format!("/{}", section.key))
            }
            _ => section.fields.iter().map(|_| None).collect(),
        }
    }

    /// The cells of a list, row by row. A list with an item that would leave its row empty is kept
    /// as a whole, or the rows after it would be miscounted.
    pub(super) fn rows(
        &mut self,
        making: &Making<'_>,
        section: &Section,
        items: &[Node<'_>],
    ) -> Vec<Vec<Option<Cell>>> {
        let kept = self.values.len();
        let mut rows = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let cells = self.cells(making, section, item, &format!("/{}/{index}", section.key));
            if cells.iter().all(Option::is_none) {
                self.values.truncate(kept);
                if let Some(list) = making.root.get(section.key) {
                    self.keep(format!("/{}", section.key), list);
                }
                return Vec::new();
            }
            rows.push(cells);
        }
        rows
    }

    fn cells(
        &mut self,
        making: &Making<'_>,
        section: &Section,
        record: &Node<'_>,
        pointer: &str,
    ) -> Vec<Option<Cell>> {
        let mut placed = Vec::new();
        let cells = section.fields.iter().map(|field| {
            let node = tree::at_steps(record, field.steps())?;
            let cell = making.cell(field, node)?;
            placed.push(field.path);
            Some(cell)
        });
        let cells: Vec<Option<Cell>> = cells.collect();
        // A row without any cell is kept as a whole by its list: nothing of it is kept apart.
        if !section.is_list || cells.iter().any(Option::is_some) {
            self.leftovers(record, pointer, "", &placed);
        }
        cells
    }

    /// Keeps every value that stands in no cell: whole branches where nothing below was placed.
    fn leftovers(&mut self, node: &Node<'_>, pointer: &str, path: &str, placed: &[&str]) {
        for member in node.members() {
            let path = if path.is_empty() {
                member.key.to_string()
            } else {
                format!("{path}.{}", member.key)
            };
            // A key that holds a dot is no path of ours.
            if placed.contains(&path.as_str()) && !member.key.contains('.') {
                continue;
            }
            let pointer = format!("{pointer}/{}", escaped(&member.key));
            let inside = format!("{path}.");
            if placed.iter().any(|placed| placed.starts_with(&inside)) {
                self.leftovers(&member.value, &pointer, &path, placed);
            } else {
                self.keep(pointer, &member.value);
            }
        }
    }
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Writes the sheet, if there is anything to keep.
pub(super) fn write(
    making: &Making<'_>,
    workbook: &mut Workbook,
    rest: &Rest,
) -> Result<(), XlsxError> {
    if rest.values.is_empty() {
        return Ok(());
    }
    let styles = &making.styles;
    let sheet = workbook.add_worksheet();
    sheet.set_name(REST)?;
    sheet.set_column_width(0, 50)?;
    sheet.set_column_width(1, 90)?;
    sheet.write_string_with_format(0, 0, "Đường dẫn / Pointer", &styles.required)?;
    sheet.write_string_with_format(0, 1, "Giá trị (JSON) / Value (JSON)", &styles.required)?;
    for (row, (pointer, value)) in (1_u32..).zip(&rest.values) {
        sheet.write_string_with_format(row, 0, pointer, &styles.fixed)?;
        let letters: Vec<char> = value.chars().collect();
        for (column, chunk) in (1_u16..).zip(letters.chunks(CHUNK / 2)) {
            let text: String = chunk.iter().collect();
            sheet.write_string_with_format(row, column, text, &styles.text)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.protect_with_options(&Styles::protection());
    Ok(())
}

/// The entries of the sheet: row, pointer, and the JSON of all its cells together.
pub(super) fn entries(sheet: &Sheet) -> Vec<(u32, String, String)> {
    let mut entries: Vec<(u32, String, String)> = Vec::new();
    for filled in &sheet.cells {
        let Cell::Text(text) = &filled.cell else {
            continue;
        };
        match entries.last_mut() {
            Some((row, _, json)) if *row == filled.row && filled.column > 0 => json.push_str(text),
            _ if filled.column == 0 && text.starts_with('/') => {
                entries.push((filled.row, text.clone(), String::new()));
            }
            _ => {}
        }
    }
    entries
}

/// A tree parsed from one cell, all of it placed at that cell.
pub(super) fn placed(node: Node<'_>, place: &std::ops::Range<u32>) -> Node<'static> {
    let mut node = tree::owned(node);
    tree::place_all(&mut node, place);
    node
}
