//! Empty submissions to fill in, as files of the site: `/templates/vi/province.xlsx`.

use framework::{AgencyLevel, Locale};
use intake::OutputFormat;

use crate::{address::Address, library::Library};

/// The formats, by the ending of their files.
const FORMATS: [&str; 3] = ["xlsx", "yaml", "json"];

/// What a file name means: `province.xlsx`.
pub(crate) fn kind(name: &str) -> Option<(AgencyLevel, OutputFormat)> {
    let (level, format) = name.split_once('.')?;
    let known = FORMATS.contains(&format);
    let format = OutputFormat::from_word(format).filter(|_| known)?;
    Some((AgencyLevel::from_word(level)?, format))
}

/// One file a kind of agency, format and language; none without a catalogue to fill them from.
pub(crate) fn addresses(library: &Library) -> Vec<Address> {
    if library.project.catalogue.components.is_empty() {
        return Vec::new();
    }
    let names = AgencyLevel::ALL
        .into_iter()
        .flat_map(|level| FORMATS.map(|format| format!("{}.{format}", level.as_str())));
    names
        .flat_map(|name| Locale::ALL.map(|locale| Address::Template(locale, name.clone())))
        .collect()
}
