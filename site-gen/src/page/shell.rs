//! Page frames that the server fills: finished pages with one mark where its own words go.

use framework::{Diagnostic, Locale};
use serde::Serialize;

use super::{Frame, lookup::Lookup, nothing_at, validate, with_template};
use crate::{
    address::{Address, Tail},
    site::Site,
};

/// The mark that the server replaces. It stands once in every frame.
pub const SLOT: &str = "<!--khung:slot-->";

/// The frames: `report` around a report, `validate` with the form below an error summary,
/// `search` around results, `error` around any other answer.
pub(crate) const SHELLS: [&str; 4] = ["report", "validate", "search", "error"];

#[derive(Serialize)]
struct Shell {
    slot: &'static str,
}

/// `.khung/shells/vi/report.html`.
pub(super) fn render(site: &Site, locale: Locale, name: &str) -> Result<String, Box<Diagnostic>> {
    let lookup = Lookup::new(site, locale);
    let shell = Shell { slot: SLOT };
    let titled = |tail: &Tail, key: &str| {
        let mut frame = Frame::new(site, locale, tail, lookup.words.get(key));
        frame.indexed = false;
        frame.breadcrumb_here();
        frame
    };
    match name {
        "report" => {
            let frame = titled(&Tail::Validate, "shells.report");
            with_template(site, "shells/report.html", &frame, shell)
        }
        "validate" => {
            let mut frame = validate::frame(lookup);
            frame.indexed = false;
            let model = validate::model(site, locale, SLOT);
            with_template(site, "pages/validate.html", &frame, model)
        }
        "search" => {
            let frame = titled(&Tail::Search, "search.title");
            with_template(site, "shells/search.html", &frame, shell)
        }
        "error" => {
            let frame = titled(&Tail::Home, "shells.error");
            with_template(site, "shells/error.html", &frame, shell)
        }
        _ => Err(nothing_at(&Address::Shell(locale, name.to_owned()))),
    }
}
