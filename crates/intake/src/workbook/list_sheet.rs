//! A sheet that holds a list: one record a row.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{
    entry,
    layout::{self, FIRST_ROW, ROW_EN, ROW_PATH, ROW_VI},
    lists::Lists,
    rest::Rest,
    styles::{MINIMUM_TAB, Styles},
    write::Making,
};
use crate::model::{FieldKind, Section};
use framework::Locale;

/// So many rows have drop-downs.
const ROWS: u32 = 1000;

pub(super) fn write(
    making: &Making<'_>,
    sheet: &mut Worksheet,
    section: &'static Section,
    lists: &mut Lists<'_>,
    rest: &mut Rest,
) -> Result<(), XlsxError> {
    headers(making, sheet, section)?;
    let items = making
        .root
        .get(section.key)
        .map(rulebook::Node::items)
        .unwrap_or_default();
    let rows = rest.rows(making, section, items);
    let last = FIRST_ROW + u32::try_from(rows.len()).unwrap_or(u32::MAX).max(ROWS);
    for (column, field) in (0_u16..).zip(section.fields) {
        if let Some(list) = lists.range(field) {
            let rule = entry::drop_down(field, list, making.locale)?;
            sheet.add_data_validation(FIRST_ROW, column, last, column, &rule)?;
        }
    }
    for (row, cells) in (FIRST_ROW..).zip(&rows) {
        for ((column, field), cell) in (0_u16..).zip(section.fields).zip(cells) {
            // The 18 rows of dispositions are what the template is for: their names stay.
            let is_given = section.is_minimum && matches!(field.kind, FieldKind::Component(..));
            let styles = &making.styles;
            let format = if is_given {
                &styles.fixed
            } else {
                entry::format(field, styles)
            };
            match cell {
                Some(cell) => entry::put(sheet, row, column, cell, format)?,
                None => {
                    sheet.write_blank(row, column, format)?;
                }
            }
        }
    }
    if section.is_minimum {
        sheet.set_tab_color(MINIMUM_TAB);
    }
    // A wide sheet is printed over two pages, or nobody could read it.
    finish(sheet, if section.fields.len() > 12 { 2 } else { 1 })
}

fn headers(making: &Making<'_>, sheet: &mut Worksheet, section: &Section) -> Result<(), XlsxError> {
    let styles = &making.styles;
    let star = if section.is_minimum { "★ " } else { "" };
    for (column, field) in (0_u16..).zip(section.fields) {
        sheet.set_column_width(column, entry::width(field))?;
        sheet.set_column_format(column, entry::format(field, styles))?;
        let required = entry::is_required(field, making.level);
        let style = if required {
            &styles.required
        } else {
            &styles.optional
        };
        let vietnamese = entry::header(field, making.level, Locale::Vi);
        let first = if column == 0 { star } else { "" };
        sheet.write_string_with_format(ROW_VI, column, format!("{first}{vietnamese}"), style)?;
        let english = field.label.en;
        sheet.write_string_with_format(ROW_EN, column, english, &styles.english)?;
        let path = layout::path(section, field);
        sheet.write_string_with_format(ROW_PATH, column, path, &styles.path)?;
        sheet.insert_note(ROW_VI, column, &entry::note(field, making.level))?;
    }
    sheet.set_row_height(ROW_VI, 34)?;
    sheet.set_row_height(ROW_EN, 30)?;
    sheet.set_row_hidden(ROW_PATH)?;
    sheet.set_freeze_panes(FIRST_ROW, 2)?;
    Ok(())
}

/// Locked headers, landscape A4, the headers repeated on every page.
pub(super) fn finish(sheet: &mut Worksheet, pages_wide: u16) -> Result<(), XlsxError> {
    sheet.protect_with_options(&Styles::protection());
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(pages_wide, 0);
    sheet.set_repeat_rows(ROW_VI, ROW_EN)?;
    Ok(())
}
