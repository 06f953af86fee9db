//! A submission as a workbook: what the template is, and what `convert` writes.

use framework::{AgencyLevel, Catalogue, Locale};
use rulebook::Node;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::{
    form_sheet, guide_sheet, list_sheet,
    lists::{self, Lists},
    rest::{self, Rest},
    styles::Styles,
};
use crate::{
    model::{SECTIONS, Section},
    vocabulary::Vocabulary,
};

/// All that the sheets are made from.
pub(super) struct Making<'m> {
    pub(super) root: &'m Node<'m>,
    pub(super) level: Option<AgencyLevel>,
    pub(super) catalogue: &'m Catalogue,
    pub(super) locale: Locale,
    pub(super) vocabulary: Vocabulary,
    pub(super) styles: Styles,
}

/// Writes a submission as a workbook. The same tree gives the same bytes.
pub(crate) fn write(
    root: &Node<'_>,
    level: Option<AgencyLevel>,
    catalogue: &Catalogue,
    locale: Locale,
) -> Result<Vec<u8>, XlsxError> {
    let making = Making {
        root,
        level,
        catalogue,
        locale,
        vocabulary: Vocabulary::new(Some(catalogue)),
        styles: Styles::new(),
    };
    let mut workbook = Workbook::new();
    // A fixed day: the clock has no business in a function from values to bytes.
    let made = ExcelDateTime::from_ymd(2026, 1, 1)?;
    let properties = DocProperties::new()
        .set_title("Hồ sơ kiến trúc / Architecture submission")
        .set_author("Khung")
        .set_creation_datetime(&made);
    workbook.set_properties(&properties);
    let mut lists = Lists::new(catalogue, locale);
    let mut rest = Rest::of_unknown_sections(root);
    guide_sheet::write(&making, workbook.add_worksheet())?;
    for (sheet, sections) in by_sheet(root) {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(sheet)?;
        match sections.as_slice() {
            [section] if section.is_list => {
                list_sheet::write(&making, worksheet, section, &mut lists, &mut rest)?;
            }
            sections => form_sheet::write(&making, worksheet, sections, &mut lists, &mut rest)?,
        }
    }
    rest::write(&making, &mut workbook, &rest)?;
    lists::write(&making, workbook.add_worksheet(), &lists)?;
    workbook.save_to_buffer()
}

/// The sheets to write, each with its sections. A list that the submission leaves out has none:
/// an empty sheet would say that the list is there and empty.
fn by_sheet(root: &Node<'_>) -> Vec<(&'static str, Vec<&'static Section>)> {
    super::layout::sheets()
        .into_iter()
        .map(|sheet| {
            let sections = SECTIONS.iter().filter(|section| section.sheet == sheet);
            (sheet, sections.collect::<Vec<_>>())
        })
        .filter(|(_, sections)| {
            sections
                .iter()
                .any(|section| !section.is_list || root.get(section.key).is_some())
        })
        .collect()
}
