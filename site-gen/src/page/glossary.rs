//! `/glossary/`: the terms in one language with the other beside them, and the way back.

use framework::{Diagnostic, Locale, Term, TermSource};
use serde::Serialize;

use super::{
    Frame, alphabet,
    lookup::{ClauseLink, ComponentLink, Lookup},
    structured, with_template,
};
use crate::{address::Tail, site::Site};

#[derive(Serialize)]
struct Glossary {
    total: usize,
    normative: usize,
    groups: Vec<Group>,
    reverse: Vec<Reverse>,
}

#[derive(Serialize)]
struct Group {
    letter: String,
    anchor: String,
    terms: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    anchor: String,
    name: String,
    abbreviation: Option<String>,
    other: String,
    other_abbreviation: Option<String>,
    variants: Vec<String>,
    other_variants: Vec<String>,
    normative: bool,
    definition: String,
    source: Option<ClauseLink>,
    clauses: Vec<ClauseLink>,
    component: Option<ComponentLink>,
    note: Option<String>,
}

/// A term from the other language.
#[derive(Serialize)]
struct Reverse {
    anchor: String,
    name: String,
    other: String,
}

pub(super) fn render(site: &Site, locale: Locale) -> Result<String, Box<Diagnostic>> {
    let lookup = Lookup::new(site, locale);
    let terms = &site.library.project.catalogue.terms;
    let mut frame = Frame::new(
        site,
        locale,
        &Tail::Glossary,
        lookup.words.get("glossary.title"),
    );
    let (total, normative) = (
        terms.len(),
        terms.iter().filter(|term| term.is_normative()).count(),
    );
    frame.description = lookup.words.fill(
        "glossary.lead",
        &[
            ("n", &total.to_string()),
            ("normative", &normative.to_string()),
        ],
    );
    frame.breadcrumb_here();
    frame.json_ld = Some(structured::glossary(lookup, &frame));
    let entries: Vec<Entry> = terms.iter().map(|term| entry(lookup, term)).collect();
    let groups = alphabet::grouped(entries, |entry| &entry.name)
        .into_iter()
        .map(|(letter, terms)| Group {
            letter: alphabet::heading(letter),
            anchor: alphabet::anchor("letter", letter),
            terms,
        })
        .collect();
    let model = Glossary {
        total,
        normative,
        groups,
        reverse: reverse(lookup, terms),
    };
    with_template(site, "pages/glossary.html", &frame, model)
}

fn entry(lookup: Lookup<'_>, term: &Term) -> Entry {
    let (own, other) = (lookup.locale, lookup.locale.other());
    let short = |locale: Locale| match locale {
        Locale::Vi => term.abbreviation.vi.clone(),
        Locale::En => term.abbreviation.en.clone(),
    };
    let source = match &term.source {
        TermSource::Clause(clause) => Some(lookup.clause(clause)),
        TermSource::Editor => None,
    };
    let mut clauses: Vec<ClauseLink> = term
        .clauses
        .iter()
        .map(|clause| lookup.clause(clause))
        .collect();
    clauses.dedup_by(|left, right| left.number == right.number);
    Entry {
        anchor: term.id.clone(),
        name: term.name.get(own).clone(),
        abbreviation: short(own),
        other: term.name.get(other).clone(),
        other_abbreviation: short(other),
        variants: term.variants.get(own).clone(),
        other_variants: term.variants.get(other).clone(),
        normative: term.is_normative(),
        definition: lookup.say(&term.definition),
        source,
        clauses,
        component: lookup
            .library
            .project
            .catalogue
            .component(&term.id)
            .map(|component| lookup.component(component)),
        note: term.note.as_ref().map(|note| lookup.say(note)),
    }
}

fn reverse(lookup: Lookup<'_>, terms: &[Term]) -> Vec<Reverse> {
    let other = lookup.locale.other();
    let entries = terms
        .iter()
        .map(|term| Reverse {
            anchor: term.id.clone(),
            name: lookup.say(&term.name),
            other: term.name.get(other).clone(),
        })
        .collect();
    alphabet::grouped(entries, |entry: &Reverse| &entry.other)
        .into_iter()
        .flat_map(|(_, entries)| entries)
        .collect()
}
