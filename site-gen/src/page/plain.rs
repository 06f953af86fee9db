//! `/` and `/404.html`: pages that need no data of their own.

use framework::{Diagnostic, Locale};
use serde::Serialize;

use super::{Frame, lookup::Lookup, with_template};
use crate::{address::Tail, site::Site};

#[derive(Serialize)]
struct Nothing {}

#[derive(Serialize)]
struct Root {
    vi: Title,
    en: Title,
}

#[derive(Serialize)]
struct Title {
    title: String,
}

/// `/`: offers both languages, for hosts that cannot redirect.
pub(super) fn render_root(site: &Site) -> Result<String, Box<Diagnostic>> {
    let title = &site.library.config.title;
    let mut frame = Frame::new(site, Locale::Vi, &Tail::Home, title.vi.clone());
    frame.canonical = format!("{}/", site.publication.base_url);
    let model = Root {
        vi: Title {
            title: title.vi.clone(),
        },
        en: Title {
            title: title.en.clone(),
        },
    };
    with_template(site, "pages/root.html", &frame, model)
}

/// `/vi/404.html`.
pub(super) fn render_not_found(site: &Site, locale: Locale) -> Result<String, Box<Diagnostic>> {
    let lookup = Lookup::new(site, locale);
    let title = lookup.words.get("not_found.title");
    let mut frame = Frame::new(site, locale, &Tail::NotFound, title);
    frame.indexed = false;
    with_template(site, "pages/not_found.html", &frame, Nothing {})
}
