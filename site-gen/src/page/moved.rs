//! Addresses that lead elsewhere: short citations, moved pages, removed pages.

use framework::{Diagnostic, Locale, Localized};
use minijinja::context;

use super::{Artifact, Frame, html, nothing_at, with_template};
use crate::{
    address::{Address, Tail},
    site::Site,
};

/// `/c/ii-3-4-3/`: offers the page in both languages and goes to the first one.
pub(super) fn citation(site: &Site, code: &str) -> Result<Artifact, Box<Diagnostic>> {
    let to = site
        .library
        .citation(code)
        .ok_or_else(|| nothing_at(&Address::Citation(code.to_owned())))?;
    let context = context! {
        code => code,
        to,
        base_url => site.publication.base_url.clone(),
        locale => site.library.config.default_language.tag(),
    };
    site.theme.render("citation.html", context).map(html)
}

/// The page at an address that was moved or removed, if it was.
pub(super) fn page(
    site: &Site,
    locale: Locale,
    tail: &Tail,
) -> Option<Result<String, Box<Diagnostic>>> {
    let redirects = &site.library.redirects;
    if let Some(to) = redirects.moved.get(tail) {
        let title = Localized::new("Trang đã chuyển", "This page has moved");
        let frame = gone(site, locale, tail, title);
        let model = context! { to => format!("/{locale}{to}") };
        return Some(with_template(site, "moved.html", &frame, model));
    }
    let why = redirects.removed.get(tail)?;
    let title = Localized::new("Mục này không còn", "This passage is no more");
    let frame = gone(site, locale, tail, title);
    Some(with_template(
        site,
        "removed.html",
        &frame,
        context! { why => why.get(locale) },
    ))
}

/// The frame of a page that search engines are not to list any more.
fn gone(site: &Site, locale: Locale, tail: &Tail, title: Localized<&str>) -> Frame {
    let mut frame = Frame::new(site, locale, tail, *title.get(locale));
    frame.indexed = false;
    frame
}
