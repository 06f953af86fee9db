//! `/constituents/`: the seven constituents of II.1.

use framework::{ConstituentFramework, Diagnostic, Locale};
use serde::Serialize;

use super::{
    Frame,
    lookup::{ClauseLink, Duty, Lookup, Quote},
    with_template,
};
use crate::{address::Tail, site::Site};

#[derive(Serialize)]
struct Constituents {
    constituents: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    anchor: String,
    letter: String,
    name: String,
    clause: ClauseLink,
    owners: Vec<Duty>,
    levels: Vec<&'static str>,
    conformity: Option<Conformity>,
    description: Quote,
    note: Option<String>,
}

#[derive(Serialize)]
struct Conformity {
    anchor: String,
    name: String,
    text: String,
}

pub(super) fn render(site: &Site, locale: Locale) -> Result<String, Box<Diagnostic>> {
    let lookup = Lookup::new(site, locale);
    let title = lookup.words.get("constituents.title");
    let mut frame = Frame::new(site, locale, &Tail::Constituents, title);
    frame.description = lookup.words.get("constituents.lead");
    frame.breadcrumb_here();
    let all = site.library.project.catalogue.constituents.iter();
    let model = Constituents {
        constituents: all.map(|entry| self::entry(lookup, entry)).collect(),
    };
    with_template(site, "pages/constituents.html", &frame, model)
}

fn entry(lookup: Lookup<'_>, constituent: &ConstituentFramework) -> Entry {
    let clause = constituent.clause.as_str();
    let parent = constituent.conformity.as_ref().and_then(|conformity| {
        let parent = lookup
            .library
            .project
            .catalogue
            .constituent(&conformity.parent)?;
        Some(Conformity {
            anchor: parent.clause.slug(),
            name: lookup.say(&parent.name),
            text: lookup.say(&conformity.text),
        })
    });
    Entry {
        anchor: constituent.clause.slug(),
        letter: clause
            .rsplit_once('.')
            .map_or(clause, |(_, letter)| letter)
            .to_owned(),
        name: lookup.say(&constituent.name),
        clause: lookup.clause(&constituent.clause),
        owners: constituent
            .responsible
            .iter()
            .map(|duty| lookup.duty(duty))
            .collect(),
        levels: constituent
            .applies_to
            .iter()
            .map(|level| level.as_str())
            .collect(),
        conformity: parent,
        description: lookup.passage(&constituent.description),
        note: constituent.note.as_ref().map(|note| lookup.say(note)),
    }
}
