//! What a field looks like on a sheet: its header, its note, its drop-down, its cells.

use framework::{AgencyLevel, Locale, Localized};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, ExcelDateTime, Format, Formula, Note, Worksheet,
    XlsxError,
};

use super::{styles::Styles, value::Cell, write::Making};
use crate::model::{Field, FieldBasis, FieldKind, Levels};

/// Whether an agency of that level must fill it in; without a level, whether any must.
pub(super) fn is_required(field: &Field, level: Option<AgencyLevel>) -> bool {
    level.map_or(field.required == Levels::ALL, |level| {
        field.required.has(level)
    })
}

/// The header: the label, and an asterisk where it must be filled in.
pub(super) fn header(field: &Field, level: Option<AgencyLevel>, locale: Locale) -> String {
    let mark = if is_required(field, level) { " *" } else { "" };
    format!("{}{mark}", field.label.get(locale))
}

/// What people read when they point at a header.
pub(super) fn remark(field: &Field, level: Option<AgencyLevel>) -> Localized {
    let recommended = level.is_none_or(|level| field.recommended.has(level));
    let (vi, en) = if is_required(field, level) {
        ("Bắt buộc.", "Required.")
    } else if recommended && field.recommended != Levels::NONE {
        ("Nên có.", "Recommended.")
    } else {
        ("Khai khi có.", "If there is any.")
    };
    let (basis_vi, basis_en) = match field.basis {
        FieldBasis::Clause(clause) => (
            format!("Căn cứ: mục {clause}."),
            format!("Basis: clause {clause}."),
        ),
        FieldBasis::Law(law) => (
            format!("Căn cứ: {law} (ngoài Khung kiến trúc)."),
            format!("Basis: {law} (outside the framework)."),
        ),
        FieldBasis::Practice => (
            "Căn cứ: thực tiễn biên tập.".to_owned(),
            "Basis: editorial practice.".to_owned(),
        ),
    };
    let form = form(field);
    let join = |parts: [&str; 5]| {
        parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let example = |word: &str| {
        if field.example.is_empty() {
            String::new()
        } else {
            format!("{word}: {}.", field.example)
        }
    };
    Localized {
        vi: join([vi, field.note.vi, form.vi, &example("Ví dụ"), &basis_vi]),
        en: join([en, field.note.en, form.en, &example("Example"), &basis_en]),
    }
}

/// How to write it.
const fn form(field: &Field) -> Localized<&'static str> {
    match (field.kind, field.is_list) {
        (_, true) => Localized::new(
            "Nhiều giá trị cách nhau bằng dấu chấm phẩy.",
            "Separate several values by semicolons.",
        ),
        (FieldKind::Date, _) => Localized::new("Ngày dạng 31/12/2026.", "A day as 31/12/2026."),
        (FieldKind::Year, _) => Localized::new("Năm bốn chữ số.", "A year of four digits."),
        (FieldKind::Integer, _) => Localized::new("Số nguyên.", "A whole number."),
        (
            FieldKind::Boolean
            | FieldKind::Code(_)
            | FieldKind::Component(..)
            | FieldKind::Body(_)
            | FieldKind::Constituent,
            _,
        ) => Localized::new("Chọn từ danh sách.", "Choose from the list."),
        (FieldKind::Text | FieldKind::Slug, _) => Localized::new("", ""),
    }
}

/// The note that hangs on a header.
pub(super) fn note(field: &Field, level: Option<AgencyLevel>) -> Note {
    let remark = remark(field, level);
    Note::new(format!("{}\n\n{}", remark.vi, remark.en))
        .add_author_prefix(false)
        .set_width(280)
        .set_height(150)
}

/// The drop-down of a field. A field that takes several values or others lets them pass.
pub(super) fn drop_down(
    field: &Field,
    list: Formula,
    locale: Locale,
) -> Result<DataValidation, XlsxError> {
    let open = match field.kind {
        FieldKind::Code(list) => list.is_open,
        FieldKind::Component(_, _) | FieldKind::Body(_) => true,
        _ => false,
    };
    let error = match locale {
        Locale::Vi => "Đề nghị chọn một giá trị trong danh sách.",
        Locale::En => "Please choose a value from the list.",
    };
    let rule = DataValidation::new().allow_list_formula(list);
    if open || field.is_list {
        Ok(rule.show_error_message(false))
    } else {
        rule.set_error_style(DataValidationErrorStyle::Warning)
            .set_error_message(error)
    }
}

/// The format of a cell to type into.
pub(super) fn format<'s>(field: &Field, styles: &'s Styles) -> &'s Format {
    match (field.kind, field.is_list) {
        (FieldKind::Date, false) => &styles.date,
        (FieldKind::Integer | FieldKind::Year, false) => &styles.number,
        _ => &styles.text,
    }
}

/// How wide its column is.
pub(super) const fn width(field: &Field) -> u8 {
    match field.kind {
        FieldKind::Integer | FieldKind::Year | FieldKind::Boolean => 12,
        FieldKind::Date => 13,
        FieldKind::Slug => 18,
        FieldKind::Code(_) | FieldKind::Body(_) => 24,
        FieldKind::Text | FieldKind::Component(..) | FieldKind::Constituent => 34,
    }
}

/// How high a row is whose text wraps in a column that wide; no program of ours measures fonts.
pub(super) fn height(text: &str, column_width: usize) -> f64 {
    let lines = text.chars().count().div_ceil(column_width).clamp(1, 10);
    15.0 * f64::from(u8::try_from(lines).unwrap_or(u8::MAX))
}

/// Writes a value.
pub(super) fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    format: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => sheet.write_string_with_format(row, column, text, format)?,
        Cell::Number(number) => sheet.write_number_with_format(row, column, *number, format)?,
        Cell::Bool(value) => sheet.write_boolean_with_format(row, column, *value, format)?,
        Cell::Date(date) => {
            let day = ExcelDateTime::from_ymd(date.year(), date.month(), date.day())?;
            sheet.write_datetime_with_format(row, column, &day, format)?
        }
    };
    Ok(())
}

impl Making<'_> {
    /// The cell that says a value, as [`super::written::to_cell`] has it.
    pub(super) fn cell(&self, field: &Field, node: &rulebook::Node<'_>) -> Option<Cell> {
        super::written::to_cell(field, node, self.catalogue, &self.vocabulary, self.locale)
    }
}
