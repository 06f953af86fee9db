//! What a link in a document points at.

use framework::Locale;

use crate::{address::Tail, document::Document, tree};

/// What a link points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Link {
    /// Another site, a mail address, a telephone number: as written.
    Outside(String),
    /// A page of this site and a place in it.
    Page {
        /// Which page.
        tail: Tail,
        /// The place in it, without `#`.
        fragment: Option<String>,
        /// The language, where the author named one; else that of the page.
        locale: Option<Locale>,
    },
    /// A place on the same page.
    Here(String),
    /// A file beside the pages: `/data/clauses.json`, `/schema/report.json`, a picture.
    File(String),
}

impl Link {
    /// The address as it stands in a page of that language.
    pub(crate) fn address(&self, language: Locale) -> String {
        match self {
            Self::Outside(target) | Self::File(target) => target.clone(),
            Self::Here(fragment) => format!("#{fragment}"),
            Self::Page {
                tail,
                fragment,
                locale,
            } => {
                let locale = locale.unwrap_or(language);
                match fragment {
                    Some(fragment) => format!("/{locale}{tail}#{fragment}"),
                    None => format!("/{locale}{tail}"),
                }
            }
        }
    }
}

/// Reads a link as its author wrote it: relative to the file (`../guide/index.md#x`), from the root of
/// the language (`/components/`), with a language (`/en/components/`), or outside.
pub(crate) fn resolve(document: &Document, target: &str) -> Link {
    if crate::markdown::scheme(target).is_some() || target.starts_with("//") {
        return Link::Outside(target.to_owned());
    }
    let (path, fragment) = match target.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment.to_owned())),
        None => (target, None),
    };
    if path.is_empty() {
        return Link::Here(fragment.unwrap_or_default());
    }
    let path = path.split('?').next().unwrap_or_default();
    let absolute = path
        .strip_prefix('/')
        .map_or_else(|| relative(document, path), str::to_owned);
    let (locale, inside) = with_locale(&absolute);
    if let Some(page) = inside.strip_suffix(".md") {
        let tail = tree::tail(&format!("content/x/{page}.md")).unwrap_or(Tail::Home);
        return Link::Page {
            tail,
            fragment,
            locale,
        };
    }
    let last = inside.rsplit('/').next().unwrap_or_default();
    if last.contains('.') && inside != "404.html" {
        return Link::File(format!("/{absolute}"));
    }
    Link::Page {
        tail: Tail::parse(inside),
        fragment,
        locale,
    }
}

fn with_locale(path: &str) -> (Option<Locale>, &str) {
    let (first, rest) = path.split_once('/').unwrap_or((path, ""));
    match Locale::ALL.into_iter().find(|locale| locale.tag() == first) {
        Some(locale) => (Some(locale), rest),
        None => (None, path),
    }
}

/// A path relative to the document's file, from the root of its language; `..` never leaves it.
fn relative(document: &Document, path: &str) -> String {
    let file = document.file.to_string_lossy();
    let inside = file.splitn(3, '/').nth(2).unwrap_or_default();
    let mut parts: Vec<&str> = inside.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
