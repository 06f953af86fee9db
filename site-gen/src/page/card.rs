//! `/card.vi.png`: what other sites show for a link to this one.

use framework::{Diagnostic, Locale};

use super::{Artifact, lookup::Lookup, media_type, nothing_at, overview};
use crate::{address::Address, picture::Card, site::Site};

/// The card's address with scheme and host; none if the theme has no font to draw it with.
pub(super) fn url(site: &Site, locale: Locale) -> Option<String> {
    let base_url = &site.publication.base_url;
    site.theme.card_font.as_ref()?;
    Some(format!("{base_url}{}", Address::Card(locale)))
}

pub(super) fn render(site: &Site, locale: Locale) -> Result<Artifact, Box<Diagnostic>> {
    let config = &site.library.config;
    let card = Card {
        locale,
        title: config.title.get(locale),
        lead: config.description.get(locale),
        foot: &foot(Lookup::new(site, locale)),
    };
    let font = site.theme.card_font.as_deref();
    let bytes = font.and_then(|font| card.png(&overview::palette(site), font));
    Ok(Artifact {
        media_type: media_type("card.png"),
        bytes: bytes.ok_or_else(|| nothing_at(&Address::Card(locale)))?,
    })
}

/// The edition and how much there is; nothing for a tree without a catalogue.
fn foot(lookup: Lookup<'_>) -> String {
    let (library, count) = (lookup.library, |count: usize| count.to_string());
    if library.project.catalogue.components.is_empty() {
        return String::new();
    }
    lookup.words.fill(
        "card.foot",
        &[
            ("version", &library.config.framework.version),
            (
                "components",
                &count(library.project.catalogue.components.len()),
            ),
            ("rules", &count(library.rules.len())),
        ],
    )
}
