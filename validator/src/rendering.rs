//! A report as a page of the site.

use framework::Locale;
use reporting::{
    Checked, Form,
    comparison::Comparison,
    html,
    html::{Export, Options},
};
use rulebook::Report;

/// What a page offers beside itself.
const OFFERED: [Form; 4] = [Form::Json, Form::Sarif, Form::Csv, Form::Docx];

/// The report as the body of a page of the site, with the same report to be saved in other forms.
/// The server keeps nothing, so the page itself holds them.
pub(crate) fn page(checked: Checked<'_>, earlier: Option<&Report>, locale: Locale) -> String {
    let comparison = earlier.map(|earlier| Comparison::between(earlier, checked.report));
    let exports = OFFERED.map(|form| {
        let bytes = form.render(checked, locale, None);
        Export::embedded(
            form.label(),
            &form.file_name(locale),
            form.media_type(),
            &bytes,
        )
    });
    let options = Options {
        site: Some(""),
        exports: &exports,
        comparison: comparison.as_ref(),
        ids: "",
    };
    html::fragment(checked, locale, options)
}
