//! The sheet of what is said once: a form, one field a row.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{
    entry,
    layout::{self, FORM_EN, FORM_PATH, FORM_REMARK, FORM_VALUE, FORM_VI},
    list_sheet,
    lists::Lists,
    rest::Rest,
    styles::MINIMUM_TAB,
    write::Making,
};
use crate::model::{Field, Section};
use framework::Locale;

pub(super) fn write(
    making: &Making<'_>,
    sheet: &mut Worksheet,
    sections: &[&'static Section],
    lists: &mut Lists<'_>,
    rest: &mut Rest,
) -> Result<(), XlsxError> {
    let styles = &making.styles;
    for (column, width, text) in [
        (FORM_VI, 36, "Nội dung"),
        (FORM_EN, 30, "Item"),
        (FORM_VALUE, 52, "Giá trị / Value"),
        (FORM_REMARK, 60, "Hướng dẫn / Guidance"),
        (FORM_PATH, 30, "path"),
    ] {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, text, &styles.required)?;
    }
    let mut row = 1;
    for section in sections {
        heading(making, sheet, row, section)?;
        row += 1;
        let cells = rest.record(making, section);
        for (field, cell) in section.fields.iter().zip(cells) {
            labels(making, sheet, row, section, field)?;
            let format = entry::format(field, styles);
            match cell {
                Some(cell) => entry::put(sheet, row, FORM_VALUE, &cell, format)?,
                None => {
                    sheet.write_blank(row, FORM_VALUE, format)?;
                }
            }
            if let Some(list) = lists.range(field) {
                let rule = entry::drop_down(field, list, making.locale)?;
                sheet.add_data_validation(row, FORM_VALUE, row, FORM_VALUE, &rule)?;
            }
            row += 1;
        }
    }
    sheet.set_column_hidden(FORM_PATH)?;
    sheet.set_freeze_panes(1, 2)?;
    sheet.set_tab_color(MINIMUM_TAB);
    list_sheet::finish(sheet, 1)
}

fn heading(
    making: &Making<'_>,
    sheet: &mut Worksheet,
    row: u32,
    section: &Section,
) -> Result<(), XlsxError> {
    let styles = &making.styles;
    let (style, star) = if section.is_minimum {
        (&styles.minimum, "★ ")
    } else {
        (&styles.heading, "")
    };
    let title = layout::title(section);
    sheet.write_string_with_format(row, FORM_VI, format!("{star}{}", title.vi), style)?;
    sheet.write_string_with_format(row, FORM_EN, title.en, style)?;
    for column in [FORM_VALUE, FORM_REMARK] {
        sheet.write_blank(row, column, style)?;
    }
    Ok(())
}

fn labels(
    making: &Making<'_>,
    sheet: &mut Worksheet,
    row: u32,
    section: &Section,
    field: &Field,
) -> Result<(), XlsxError> {
    let styles = &making.styles;
    let vietnamese = entry::header(field, making.level, Locale::Vi);
    sheet.write_string_with_format(row, FORM_VI, vietnamese, &styles.fixed)?;
    sheet.write_string_with_format(row, FORM_EN, field.label.en, &styles.english)?;
    let remark = entry::remark(field, making.level);
    let remark = remark.get(making.locale);
    sheet.write_string_with_format(row, FORM_REMARK, remark, &styles.fixed)?;
    sheet.set_row_height(row, entry::height(remark, 60))?;
    let path = layout::path(section, field);
    sheet.write_string_with_format(row, FORM_PATH, path, &styles.path)?;
    Ok(())
}
