//! `/search/`: the search box, a place for results, and an index of everything from A to Z.

use framework::{Diagnostic, Locale};
use serde::Serialize;

use super::{Frame, alphabet, contents, lookup::Lookup, with_template};
use crate::{address::Tail, site::Site};

#[derive(Serialize)]
struct Search {
    /// The scripts of the theme that search in the browser.
    scripts: Vec<&'static str>,
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    letter: String,
    anchor: String,
    entries: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    title: String,
    url: String,
    kind: String,
}

/// Scripts that a theme may have; the page uses those that are there.
const SCRIPTS: [&str; 1] = ["scripts/search.js"];

pub(super) fn render(site: &Site, locale: Locale) -> Result<String, Box<Diagnostic>> {
    let lookup = Lookup::new(site, locale);
    let mut frame = Frame::new(
        site,
        locale,
        &Tail::Search,
        lookup.words.get("search.title"),
    );
    frame.description = lookup.words.get("search.index_text");
    frame.breadcrumb_here();
    let groups = alphabet::grouped(entries(lookup), |entry| &entry.title)
        .into_iter()
        .map(|(letter, entries)| Group {
            letter: alphabet::heading(letter),
            anchor: alphabet::anchor("index", letter),
            entries,
        })
        .collect();
    let scripts = SCRIPTS
        .into_iter()
        .filter(|path| site.theme.source(path).is_some())
        .collect();
    with_template(
        site,
        "pages/search.html",
        &frame,
        Search { scripts, groups },
    )
}

fn entries(lookup: Lookup<'_>) -> Vec<Entry> {
    let library = lookup.library;
    let catalogue = &library.project.catalogue;
    let entry = |title: String, url: String, kind: &str| Entry {
        title,
        url,
        kind: lookup.words.get(kind),
    };
    let sections = library.sections.iter().filter_map(|tail| {
        let (_, link) = contents::section(lookup, tail)?;
        // «3.4. Nền tảng số …» is looked for under N.
        let title = link
            .title
            .split_once(' ')
            .map_or(link.title.as_str(), |(_, words)| words);
        Some(entry(title.to_owned(), link.url, "kinds.section"))
    });
    let components = catalogue.components.iter().map(|component| {
        let link = lookup.component(component);
        entry(
            format!("{} ({})", link.name, link.code),
            link.url,
            "kinds.component",
        )
    });
    let owners = library.owners().map(|body| {
        let url = lookup.url(&Tail::Owner(body.id.clone()));
        entry(lookup.say(&body.name), url, "kinds.owner")
    });
    let constituents = catalogue.constituents.iter().map(|constituent| {
        let url = lookup.constituent_url(constituent);
        entry(lookup.say(&constituent.name), url, "kinds.constituent")
    });
    let rules = library.rules.iter().map(|rule| {
        let link = lookup.rule(rule);
        entry(
            format!("{} ({})", link.title, link.id),
            link.url,
            "kinds.rule",
        )
    });
    let terms = catalogue
        .terms
        .iter()
        .filter(|term| catalogue.component(&term.id).is_none())
        .map(|term| {
            let link = lookup.term(term);
            entry(link.title, link.url, "kinds.term")
        });
    let documents = library
        .documents
        .get(lookup.locale)
        .iter()
        .filter(|(tail, _)| !matches!(tail, Tail::Section(_)))
        .map(|(tail, document)| entry(document.title.clone(), lookup.url(tail), "kinds.page"));
    sections
        .chain(components)
        .chain(owners)
        .chain(constituents)
        .chain(rules)
        .chain(terms)
        .chain(documents)
        .collect()
}
