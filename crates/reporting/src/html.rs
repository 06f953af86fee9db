//! The report as HTML: a fragment for a page that the site frames, and one file that stands alone.
//!
//! Both read, filter and print without a script and ask nothing of the network. The classes are
//! those of `themes/default/styles/report.css`, the one stylesheet for both.

mod excerpt;
mod filters;
mod finding;
mod head;
mod icon;
mod markup;
mod overview;
mod rest;
mod standalone;

use framework::Locale;

pub use standalone::standalone;
pub(crate) use standalone::{Contents, numbered, several_before};

use crate::{Checked, comparison::Comparison};
use markup::esc;

/// What a page knows beyond the report.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// What stands before addresses of the site: nothing within the site, `https://…` elsewhere.
    /// None leaves links to the site out.
    pub site: Option<&'a str>,
    /// The same report in other formats.
    pub exports: &'a [Export],
    /// An earlier report beside this one.
    pub comparison: Option<&'a Comparison<'a>>,
    /// What stands before every id of the fragment, where a page holds several reports.
    pub ids: &'a str,
}

/// A link to the same report in another format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// What the link says: `JSON`.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// The name of the file it saves.
    pub file: String,
}

impl Export {
    /// A link that holds the file itself, so that a page of a server that keeps nothing, or a file
    /// on a desk, can hand it on.
    pub fn embedded(label: &str, file: &str, media_type: &str, bytes: &[u8]) -> Self {
        Self {
            label: label.to_owned(),
            href: format!("data:{media_type};base64,{}", markup::base64(bytes)),
            file: file.to_owned(),
        }
    }
}

/// What all parts of one report need.
#[derive(Clone, Copy)]
struct View<'a> {
    checked: Checked<'a>,
    locale: Locale,
    options: Options<'a>,
}

/// The body of a report page, to be put into a frame that loads `styles/report.css`.
pub fn fragment(checked: Checked<'_>, locale: Locale, options: Options<'_>) -> String {
    let view = View {
        checked,
        locale,
        options,
    };
    let mut parts = vec![head::title(view), head::verdict(view)];
    if let Some(comparison) = options.comparison {
        parts.push(overview::changes(view, comparison));
    }
    if !checked.report.rules.is_empty() {
        parts.push(overview::layers_and_first(view));
    }
    parts.push(filters::results(view));
    parts.push(rest::needs_person(view));
    parts.push(rest::not_stated(view));
    parts.push(rest::passed(view));
    parts.push(rest::identity(view));
    parts.push(rest::signatures(view));
    parts.retain(|part| !part.is_empty());
    format!("<div class=\"report\">\n{}\n</div>\n", parts.join("\n"))
}

impl View<'_> {
    fn t<'w>(self, vi: &'w str, en: &'w str) -> &'w str {
        match self.locale {
            Locale::Vi => vi,
            Locale::En => en,
        }
    }

    fn say<'w>(self, word: &crate::words::Word) -> &'w str {
        word.get(self.locale)
    }

    /// The id of an element, escaped.
    fn id(self, name: &str) -> String {
        format!("{}{name}", esc(self.options.ids))
    }

    /// A rule's id as a link to its page, where there is one.
    fn rule_link(self, id: &str, class: &str) -> String {
        let shown = esc(id);
        match (self.options.site, crate::checked::rule_page(id)) {
            (Some(site), Some(page)) => {
                let (site, locale) = (esc(site), self.locale);
                format!("<a class=\"{class}\" href=\"{site}/{locale}{page}\">{shown}</a>")
            }
            _ => format!("<span class=\"{class}\">{shown}</span>"),
        }
    }
}
