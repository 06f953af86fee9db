//! A report in the form that was asked for.

use framework::Locale;
use reporting::{
    Checked,
    comparison::Comparison,
    csv, docx, html,
    html::{Export, Options},
    json, sarif,
};
use rulebook::Report;

use crate::media::Format;

/// The report as the whole body of an answer. `site` is where the links of a file that leaves the
/// site lead.
pub(crate) fn document(
    checked: Checked<'_>,
    format: Format,
    locale: Locale,
    site: Option<&str>,
) -> Vec<u8> {
    match format {
        Format::Json => json::one(checked.report).into_bytes(),
        Format::Sarif => sarif::render(&[checked], locale, site).into_bytes(),
        Format::Html => html::standalone(&[checked], None, locale, site).into_bytes(),
        Format::Csv => csv::render(&[checked], locale, csv::Separator::Comma).into_bytes(),
        Format::Docx => docx::annex(checked, &docx::Letterhead::default(), locale),
    }
}

/// The report as the body of a page of the site, with the same report to be saved in other forms.
/// The server keeps nothing, so the page itself holds them.
pub(crate) fn page(checked: Checked<'_>, earlier: Option<&Report>, locale: Locale) -> String {
    let comparison = earlier.map(|earlier| Comparison::between(earlier, checked.report));
    let exports: Vec<Export> = [
        ("JSON", Format::Json),
        ("CSV", Format::Csv),
        ("DOCX", Format::Docx),
    ]
    .into_iter()
    .map(|(label, format)| {
        let bytes = document(checked, format, locale, None);
        Export::embedded(label, format.file_name(locale), format.bare(), &bytes)
    })
    .collect();
    let options = Options {
        site: Some(""),
        exports: &exports,
        comparison: comparison.as_ref(),
        ids: "",
    };
    html::fragment(checked, locale, options)
}
