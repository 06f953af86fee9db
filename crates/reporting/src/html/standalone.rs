//! One file with everything in it: markup, styles, the JSON of the report. It asks nothing of the
//! network, and a content security policy inside it says so.

use framework::Locale;

use super::{Export, Options, fragment, markup::esc};
use crate::{Checked, comparison::Comparison, json, place, verdict};

/// The stylesheets of the default theme that a report needs, in the order in which pages load them.
const STYLES: [&str; 5] = [
    include_str!("../../../../themes/default/styles/site/1-tokens.css"),
    include_str!("../../../../themes/default/styles/site/3-base.css"),
    include_str!("../../../../themes/default/styles/site/5-parts.css"),
    include_str!("../../../../themes/default/styles/site/9-print.css"),
    include_str!("../../../../themes/default/styles/report.css"),
];

/// The reports as one page. `site` is the address of the site that clause and rule links lead to,
/// without a slash at its end; without it nothing is linked.
pub fn standalone(
    checked: &[Checked<'_>],
    comparison: Option<&Comparison<'_>>,
    locale: Locale,
    site: Option<&str>,
) -> String {
    if let [only] = checked {
        let body = section(*only, comparison, locale, site, "");
        return format!("{}{body}{AFTER}", before(&title_of(*only, locale), locale));
    }
    let mut contents = Contents::default();
    let mut page = several_before(locale);
    for (number, one) in (1..).zip(checked) {
        let section = numbered(*one, number, locale, site);
        page.push_str(&contents.add(*one, number, locale, section));
    }
    page.push_str(&contents.after(locale));
    page
}

/// One report of several, `number` among them.
pub(crate) fn numbered(
    checked: Checked<'_>,
    number: usize,
    locale: Locale,
    site: Option<&str>,
) -> String {
    section(checked, None, locale, site, &format!("r{number}-"))
}

fn section(
    checked: Checked<'_>,
    comparison: Option<&Comparison<'_>>,
    locale: Locale,
    site: Option<&str>,
    ids: &str,
) -> String {
    let exports = [Export::embedded(
        "JSON",
        &format!("{}.report.json", checked.report.submission.file),
        "application/json",
        json::one(checked.report).as_bytes(),
    )];
    let options = Options {
        site,
        exports: &exports,
        comparison,
        ids,
    };
    format!(
        "<section id=\"{ids}top\">{}</section>",
        fragment(checked, locale, options)
    )
}

/// The list of what is in a page that is written report by report. It stands at the end, where all of them
/// are known, and a link at the beginning leads there.
#[derive(Default)]
pub(crate) struct Contents(Vec<String>);

impl Contents {
    /// Notes a report, and gives its section as it stands in the page.
    pub(crate) fn add(
        &mut self,
        checked: Checked<'_>,
        number: usize,
        locale: Locale,
        section: String,
    ) -> String {
        let report = checked.report;
        self.0.push(format!(
            "<li><a href=\"#r{number}-top\"><bdi>{}</bdi></a> – {}</li>\n",
            esc(&report.submission.file),
            verdict::heading_of(report.verdict, &report.bases, locale)
        ));
        section + "\n<hr>\n"
    }

    /// The list, and the end of the page.
    pub(crate) fn after(&self, locale: Locale) -> String {
        let heading = contents_heading(locale);
        format!(
            "<nav id=\"{CONTENTS}\" aria-labelledby=\"{CONTENTS}-heading\">\n<h2 id=\"{CONTENTS}-heading\">{heading} ({})</h2>\n<ol>\n{}</ol>\n</nav>\n{AFTER}",
            self.0.len(),
            self.0.concat()
        )
    }
}

/// The id of the list of reports.
const CONTENTS: &str = "contents";

const fn contents_heading(locale: Locale) -> &'static str {
    match locale {
        Locale::Vi => "Các hồ sơ đã kiểm tra",
        Locale::En => "Submissions checked",
    }
}

/// The beginning of a page with several reports.
pub(crate) fn several_before(locale: Locale) -> String {
    let heading = contents_heading(locale);
    format!(
        "{}<p><a href=\"#{CONTENTS}\">{heading}</a></p>\n<hr>\n",
        before(lead(locale), locale)
    )
}

const fn lead(locale: Locale) -> &'static str {
    match locale {
        Locale::Vi => "Kết quả kiểm tra hồ sơ kiến trúc",
        Locale::En => "Architecture submission: check result",
    }
}

fn title_of(checked: Checked<'_>, locale: Locale) -> String {
    let submission = &checked.report.submission;
    let who = place::agency(submission, locale).unwrap_or_else(|| submission.file.clone());
    format!("{}: {who}", lead(locale))
}

/// What every page ends with.
const AFTER: &str = "</div></main>\n</body>\n</html>\n";

/// What every page begins with.
fn before(title: &str, locale: Locale) -> String {
    let skip = match locale {
        Locale::Vi => "Tới nội dung",
        Locale::En => "Skip to content",
    };
    format!(
        "<!doctype html>\n<html lang=\"{locale}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\">{skip}</a>\n\
         <main id=\"main\"><div class=\"wrap\">\n",
        esc(title),
        styles()
    )
}

/// The stylesheets without their fonts, which are files of their own: the reader's fonts serve.
fn styles() -> String {
    let mut text = String::new();
    for sheet in STYLES {
        let mut rest = sheet;
        while let Some(at) = rest.find("@font-face") {
            text.push_str(&rest[..at]);
            rest = rest[at..].find('}').map_or("", |end| &rest[at + end + 1..]);
        }
        text.push_str(rest);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_styles_ask_for_no_file_and_cannot_end_their_element() {
        let styles = styles();
        for outside in ["url(", "@import", "http:", "https:", "</"] {
            assert!(!styles.contains(outside), "{outside}");
        }
        assert!(styles.contains(".finding"));
        assert_eq!(styles.matches('{').count(), styles.matches('}').count());
    }
}
