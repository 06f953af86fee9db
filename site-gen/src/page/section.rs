//! `/framework/ii-3-4/`: one section of the text, with what rests on each of its clauses; and
//! `/framework/all/`: the whole text on one page.

use std::collections::BTreeSet;

use framework::{ClauseId, Diagnostic, Locale, Term};
use serde::Serialize;

use super::{
    Crumb, Frame,
    contents::{self, Entry},
    lookup::{Link, Lookup, RuleLink},
    mentions::Mentions,
    nothing_at,
    row::{Lead, Row, flat, kind, lead, rows},
    structured, with_template,
};
use crate::{
    address::{Address, Tail},
    document::{BlockKind, Document},
    site::Site,
};

/// What `pages/section.html` shows.
#[derive(Serialize)]
struct Section {
    /// `II.3.4`.
    number: String,
    rows: Vec<Row>,
    contents: Vec<Entry>,
    /// The sections below, for one that has no text of its own.
    subsections: Vec<Link>,
    previous: Option<Link>,
    next: Option<Link>,
    rules: Vec<RuleLink>,
    leads: Vec<Lead>,
    terms: Vec<Link>,
    /// Whether the section holds the drawing, which has a page of its own.
    has_drawing: bool,
}

/// What `pages/framework.html` and `pages/framework_all.html` show.
#[derive(Serialize)]
struct Whole {
    contents: Vec<Entry>,
    rows: Vec<Row>,
}

pub(super) fn render(site: &Site, locale: Locale, tail: &Tail) -> Result<String, Box<Diagnostic>> {
    let lookup = Lookup::new(site, locale);
    let document = lookup
        .library
        .document_or_other(locale, tail)
        .ok_or_else(|| nothing_at(&Address::Page(locale, tail.clone())))?;
    let clause = document.front_matter.clause.clone();
    let mut frame = Frame::new(site, locale, tail, &document.title);
    frame.content_locale = document.locale;
    frame.breadcrumbs = breadcrumbs(lookup, document);
    if let Some(text) = first_words(document) {
        frame.description = text;
    }
    frame.json_ld = Some(structured::legislation(lookup, &frame, clause.as_ref()));
    let mut rows = rows(lookup, document);
    let terms = terms(lookup, document);
    link_terms(lookup, document, &terms, &mut rows);
    let model = Section {
        number: clause.as_ref().map(ToString::to_string).unwrap_or_default(),
        rules: rules_of(&rows),
        leads: leads(lookup, &rows),
        terms: terms.iter().map(|term| lookup.term(term)).collect(),
        has_drawing: document
            .blocks()
            .iter()
            .any(|block| block.kind == BlockKind::Diagram),
        rows,
        contents: contents::tree(lookup, Some(tail)),
        subsections: contents::below(lookup, tail),
        previous: neighbour(lookup, tail, -1),
        next: neighbour(lookup, tail, 1),
    };
    with_template(site, "pages/section.html", &frame, model)
}

/// `/framework/`: the contents.
pub(super) fn render_contents(site: &Site, locale: Locale) -> Result<String, Box<Diagnostic>> {
    let lookup = Lookup::new(site, locale);
    let title = lookup.words.get("framework_page.title");
    let mut frame = Frame::new(site, locale, &Tail::Framework, title);
    frame.description = lookup.words.get("framework_page.lead");
    frame.breadcrumb_here();
    frame.json_ld = Some(structured::legislation(lookup, &frame, None));
    let model = Whole {
        contents: contents::tree(lookup, None),
        rows: Vec::new(),
    };
    with_template(site, "pages/framework.html", &frame, model)
}

/// `/framework/all/`.
pub(super) fn render_all(site: &Site, locale: Locale) -> Result<String, Box<Diagnostic>> {
    let lookup = Lookup::new(site, locale);
    let mut frame = Frame::new(
        site,
        locale,
        &Tail::FrameworkAll,
        lookup.words.get("footer.printable"),
    );
    frame.breadcrumbs = vec![framework_crumb(lookup)];
    frame.breadcrumb_here();
    let documents = lookup
        .library
        .sections
        .iter()
        .filter_map(|tail| lookup.library.document_or_other(locale, tail));
    let rows = documents
        .flat_map(|document| {
            let depth = document.front_matter.clause.as_ref();
            let depth = depth.map_or(1, |clause| clause.as_str().split('.').count());
            let below = u8::try_from(depth).unwrap_or(5).min(5);
            let mut rows = rows(lookup, document);
            for row in &mut rows {
                row.level = (row.level + below).min(6);
            }
            rows
        })
        .collect();
    let model = Whole {
        contents: contents::tree(lookup, None),
        rows,
    };
    with_template(site, "pages/framework_all.html", &frame, model)
}

fn rules_of(rows: &[Row]) -> Vec<RuleLink> {
    let mut rules: Vec<RuleLink> = rows.iter().flat_map(|row| row.rules.clone()).collect();
    rules.sort_by(|left, right| left.id.cmp(&right.id));
    rules.dedup_by(|left, right| left.id == right.id);
    rules
}

fn leads(lookup: Lookup<'_>, rows: &[Row]) -> Vec<Lead> {
    let catalogue = &lookup.library.project.catalogue;
    let named = |code: &str| {
        rows.iter().any(|row| {
            row.components
                .iter()
                .any(|lead| lead.component.code == code)
        })
    };
    catalogue
        .components
        .iter()
        .filter(|component| named(&component.code))
        .map(|component| lead(lookup, component))
        .collect()
}

/// The terms that the section uses, each once, in the order of the glossary.
fn terms<'a>(lookup: Lookup<'a>, document: &Document) -> Vec<&'a Term> {
    let catalogue = &lookup.library.project.catalogue;
    let used: BTreeSet<usize> = document
        .clauses()
        .filter_map(|clause| lookup.library.index.terms_by_clause.get(clause.id))
        .flatten()
        .copied()
        .collect();
    used.into_iter()
        .map(|position| &catalogue.terms[position])
        .collect()
}

/// Links the first mention of each term to its entry in the glossary.
fn link_terms(lookup: Lookup<'_>, document: &Document, terms: &[&Term], rows: &mut [Row]) {
    let mut mentions = Mentions::new(lookup, document.locale, terms.iter().copied());
    for row in rows {
        if matches!(row.kind, "paragraph" | "item") && !row.editorial {
            row.html = mentions.link(&row.html, row.clause.as_ref());
        }
    }
}

fn first_words(document: &Document) -> Option<String> {
    let own = document.front_matter.description.clone();
    own.or_else(|| {
        flat(document.blocks())
            .find(|block| matches!(kind(block), "paragraph" | "item") && !block.editorial)
            .map(|block| super::excerpt(&block.text, 180))
    })
}

fn framework_crumb(lookup: Lookup<'_>) -> Crumb {
    Crumb {
        label: lookup.words.get("framework_page.title"),
        address: Some(lookup.url(&Tail::Framework)),
    }
}

/// The text, the parts above, the section itself.
fn breadcrumbs(lookup: Lookup<'_>, document: &Document) -> Vec<Crumb> {
    let mut above = Vec::new();
    let own = document.front_matter.clause.clone();
    let mut clause = own.as_ref().and_then(ClauseId::parent);
    while let Some(id) = clause {
        let section = contents::section(lookup, &Tail::Section(id.slug()));
        above.extend(section.map(|(_, link)| Crumb {
            label: id.to_string(),
            address: Some(link.url),
        }));
        clause = id.parent();
    }
    above.push(framework_crumb(lookup));
    above.reverse();
    let label = own.map_or_else(|| document.title.clone(), |clause| clause.to_string());
    above.push(Crumb {
        label,
        address: None,
    });
    above
}

fn neighbour(lookup: Lookup<'_>, tail: &Tail, step: isize) -> Option<Link> {
    let sections = &lookup.library.sections;
    let here = sections.iter().position(|section| section == tail)?;
    let there = sections.get(here.checked_add_signed(step)?)?;
    contents::section(lookup, there).map(|(_, link)| link)
}
