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
    let several = checked.len() > 1;
    let bodies: Vec<String> = checked
        .iter()
        .enumerate()
        .map(|(index, one)| {
            let ids = if several {
                format!("r{}-", index + 1)
            } else {
                String::new()
            };
            let file = format!("{}.report.json", one.report.submission.file);
            let exports = [Export::embedded(
                "JSON",
                &file,
                "application/json",
                json::one(one.report).as_bytes(),
            )];
            let options = Options {
                site,
                exports: &exports,
                comparison: comparison.filter(|_| !several),
                ids: &ids,
            };
            format!(
                "<section id=\"{ids}top\">{}</section>",
                fragment(*one, locale, options)
            )
        })
        .collect();
    let contents = if several {
        contents(checked, locale)
    } else {
        String::new()
    };
    page(
        &title(checked, locale),
        locale,
        &format!("{contents}{}", bodies.join("\n<hr>\n")),
    )
}

fn title(checked: &[Checked<'_>], locale: Locale) -> String {
    let lead = match locale {
        Locale::Vi => "Kết quả kiểm tra hồ sơ kiến trúc",
        Locale::En => "Architecture submission: check result",
    };
    match checked {
        [only] => {
            let submission = &only.report.submission;
            let who = place::agency(submission, locale).unwrap_or_else(|| submission.file.clone());
            format!("{lead}: {who}")
        }
        several => format!("{lead} ({})", several.len()),
    }
}

fn contents(checked: &[Checked<'_>], locale: Locale) -> String {
    let items: Vec<String> = checked
        .iter()
        .enumerate()
        .map(|(index, one)| {
            let report = one.report;
            format!(
                "<li><a href=\"#r{}-top\"><bdi>{}</bdi></a> – {}</li>",
                index + 1,
                esc(&report.submission.file),
                verdict::heading(report.verdict).get(locale)
            )
        })
        .collect();
    let label = match locale {
        Locale::Vi => "Các hồ sơ",
        Locale::En => "Submissions",
    };
    format!(
        "<nav aria-label=\"{label}\"><ol>{}</ol></nav>\n",
        items.concat()
    )
}

fn page(title: &str, locale: Locale, body: &str) -> String {
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
         <main id=\"main\"><div class=\"wrap\">\n{body}</div></main>\n</body>\n</html>\n",
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
