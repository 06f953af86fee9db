//! The locked sheet `DM` that the drop-downs draw on: for each list the words and their labels.

use framework::{Catalogue, Locale};
use rust_xlsxwriter::{Formula, Worksheet, XlsxError};

use super::{
    layout::{LISTS, a1},
    styles::Styles,
    write::Making,
};
use crate::model::Field;

/// The first row of labels; the name of the list and two headers stand over it.
const FIRST: u32 = 2;

/// The lists that fields have asked for, in that order.
pub(super) struct Lists<'c> {
    catalogue: &'c Catalogue,
    locale: Locale,
    columns: Vec<(String, Vec<(String, String)>)>,
}

impl<'c> Lists<'c> {
    pub(super) fn new(catalogue: &'c Catalogue, locale: Locale) -> Self {
        Self {
            catalogue,
            locale,
            columns: Vec::new(),
        }
    }

    /// The cells with the labels a field chooses from, as a formula; `None` if it chooses from none.
    pub(super) fn range(&mut self, field: &Field) -> Option<Formula> {
        let choices = field.choices(self.catalogue, self.locale);
        if choices.is_empty() {
            return None;
        }
        let known = self.columns.iter().position(|(_, known)| *known == choices);
        let index = known.unwrap_or_else(|| {
            self.columns
                .push(((*field.label.get(self.locale)).to_owned(), choices));
            self.columns.len() - 1
        });
        let column = label_column(index);
        let last = FIRST + u32::try_from(self.columns[index].1.len()).unwrap_or(u32::MAX) - 1;
        let absolute = |row: u32| {
            let cell = a1(row, u32::from(column));
            let digits = cell
                .find(|letter: char| letter.is_ascii_digit())
                .unwrap_or(cell.len());
            format!("${}${}", &cell[..digits], &cell[digits..])
        };
        Some(Formula::new(format!(
            "={LISTS}!{}:{}",
            absolute(FIRST),
            absolute(last)
        )))
    }
}

/// Each list takes two columns, the label in the second, and a narrow one to breathe.
fn label_column(index: usize) -> u16 {
    u16::try_from(index * 3 + 1).unwrap_or(u16::MAX)
}

pub(super) fn write(
    making: &Making<'_>,
    sheet: &mut Worksheet,
    lists: &Lists<'_>,
) -> Result<(), XlsxError> {
    let styles = &making.styles;
    sheet.set_name(LISTS)?;
    for (index, (name, choices)) in lists.columns.iter().enumerate() {
        let label = label_column(index);
        let code = label - 1;
        sheet.set_column_width(code, 24)?;
        sheet.set_column_width(label, 44)?;
        sheet.set_column_width(label + 1, 2)?;
        sheet.write_string_with_format(0, code, name, &styles.required)?;
        sheet.write_string_with_format(0, label, "", &styles.required)?;
        sheet.write_string_with_format(1, code, "Mã / Code", &styles.english)?;
        sheet.write_string_with_format(1, label, "Nhãn / Label", &styles.english)?;
        for (row, (word, shown)) in (FIRST..).zip(choices) {
            sheet.write_string_with_format(row, code, word, &styles.fixed)?;
            sheet.write_string_with_format(row, label, shown, &styles.fixed)?;
        }
    }
    sheet.set_freeze_panes(FIRST, 0)?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(4, 0);
    sheet.protect_with_options(&Styles::protection());
    Ok(())
}
