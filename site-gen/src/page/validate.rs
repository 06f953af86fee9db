//! `/validate/`: where a submission is handed in.

use framework::{AgencyLevel, Diagnostic, Locale};
use serde::Serialize;

use super::{Frame, lookup::Lookup, with_template};
use crate::{address::Tail, site::Site};

/// What `pages/validate.html` shows; also the frame the server puts its error summary into.
#[derive(Serialize)]
pub(super) struct Validate {
    /// What stands above the form: nothing, or the mark of the server's slot.
    slot: &'static str,
    levels: Vec<&'static str>,
    /// Whether the page is the file that stands alone.
    offline: bool,
    /// The address of what the checker in the browser knows.
    knowledge: String,
    samples: Vec<Sample>,
}

/// A sample submission to download.
#[derive(Serialize)]
struct Sample {
    title: String,
    url: String,
    format: &'static str,
    size: String,
}

/// The sample submissions that are offered: the name of their title, the file, its format. The last shows
/// what is said of a file that cannot be read.
const SAMPLES: [(&str, &str, &str); 4] = [
    ("province", "sample-province.yaml", "YAML"),
    ("ministry", "sample-ministry.yaml", "YAML"),
    ("party", "sample-party.yaml", "YAML"),
    ("broken", "broken.json", "JSON"),
];

pub(super) fn render(site: &Site, locale: Locale) -> Result<String, Box<Diagnostic>> {
    let lookup = Lookup::new(site, locale);
    let frame = frame(lookup);
    with_template(site, "pages/validate.html", &frame, model(site, locale, ""))
}

pub(super) fn frame(lookup: Lookup<'_>) -> Frame {
    let title = lookup.words.get("validate.title");
    let mut frame = Frame::new(lookup.site, lookup.locale, &Tail::Validate, title);
    frame.description = lookup.words.get("validate.lead");
    frame.breadcrumb_here();
    frame
}

pub(super) fn model(site: &Site, locale: Locale, slot: &'static str) -> Validate {
    let lookup = Lookup::new(site, locale);
    let samples = SAMPLES
        .into_iter()
        .filter_map(|(name, file, format)| {
            let bytes = site.library.samples.get(file)?.len();
            Some(Sample {
                title: lookup.words.get(&format!("samples.{name}")),
                url: format!("/samples/{file}"),
                format,
                size: format!("{} kB", bytes.div_ceil(1000)),
            })
        })
        .collect();
    Validate {
        slot,
        levels: AgencyLevel::ALL.map(AgencyLevel::as_str).to_vec(),
        offline: false,
        knowledge: format!("/assets/{}", site.library.knowledge.public_name()),
        samples,
    }
}
