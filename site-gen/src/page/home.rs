//! `/`: three doors, the search and the picture.

use framework::{Diagnostic, Locale};
use serde::Serialize;

use super::{
    Frame,
    lookup::Lookup,
    overview::{self, PictureModel},
    structured, with_template,
};
use crate::{address::Tail, site::Site};

#[derive(Serialize)]
struct Home {
    picture: PictureModel,
}

pub(super) fn render(site: &Site, locale: Locale) -> Result<String, Box<Diagnostic>> {
    let lookup = Lookup::new(site, locale);
    let title = lookup.say(&site.library.config.title);
    let mut frame = Frame::new(site, locale, &Tail::Home, title);
    frame.json_ld = Some(structured::site(lookup, &frame));
    with_template(
        site,
        "pages/home.html",
        &frame,
        Home {
            picture: overview::model(lookup),
        },
    )
}
