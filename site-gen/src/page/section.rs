//! `/framework/ii-3-4/`: one section of the text, with what rests on each of its clauses.

use framework::{ClauseId, Diagnostic, Locale};
use minijinja::Value;
use serde::Serialize;

use super::{Crumb, Frame, body::Body, nothing_at, with_template};
use crate::{
    address::{Address, Tail},
    document::{Block, BlockKind, Document},
    library::Library,
    site::Site,
};

/// What `section.html` shows.
#[derive(Serialize)]
struct Section {
    /// `II.3.4`.
    number: String,
    title: String,
    blocks: Vec<Entry>,
    /// The neighbours in the order of the text.
    previous: Option<Crumb>,
    next: Option<Crumb>,
    /// The text's contents.
    contents: Vec<ContentsEntry>,
}

/// A block with its surroundings.
#[derive(Serialize)]
struct Entry {
    /// `heading`, `paragraph`, `list`, `item`, `other`.
    kind: &'static str,
    /// The level of a heading, the first being 1.
    level: u8,
    /// `II.3.4.3`, empty without a number.
    clause: String,
    /// `ii-3-4-3`, empty without one.
    anchor: String,
    editorial: bool,
    /// What stands inside the block's own tag; everything for `other`.
    html: Value,
    text: String,
    items: Vec<Entry>,
    rules: Vec<RuleLink>,
    components: Vec<ComponentLink>,
    bodies: Vec<BodyLink>,
}

#[derive(Serialize)]
struct RuleLink {
    id: String,
    address: String,
    title: String,
    severity: String,
}

#[derive(Serialize)]
struct ComponentLink {
    code: String,
    layer: &'static str,
    name: String,
    address: String,
}

#[derive(Serialize)]
struct BodyLink {
    name: String,
    id: String,
}

#[derive(Serialize)]
struct ContentsEntry {
    label: String,
    address: String,
    /// 1 for a part, 2 for a section, 3 for a section of a section.
    level: u8,
    current: bool,
}

pub(super) fn render(site: &Site, locale: Locale, tail: &Tail) -> Result<String, Box<Diagnostic>> {
    let library = &*site.library;
    let document = library
        .document_or_other(locale, tail)
        .ok_or_else(|| nothing_at(&Address::Page(locale, tail.clone())))?;
    let mut frame = Frame::new(site, locale, tail, &document.title);
    frame.content_locale = document.locale;
    frame.breadcrumbs = breadcrumbs(library, locale, document);
    let model = Section {
        number: document
            .front_matter
            .clause
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        title: document.title.clone(),
        blocks: entries(library, document, locale),
        previous: neighbour(library, locale, tail, -1),
        next: neighbour(library, locale, tail, 1),
        contents: contents(library, locale, tail),
    };
    with_template(site, "section.html", &frame, model)
}

fn entries(library: &Library, document: &Document, locale: Locale) -> Vec<Entry> {
    let body = Body::new(library, document, locale);
    // The section's own heading becomes the page's first.
    let top = document.blocks.iter().find_map(|block| match block.kind {
        BlockKind::Heading(level) => Some(level),
        _ => None,
    });
    let raise = top.unwrap_or(1) - 1;
    document
        .blocks
        .iter()
        .map(|block| entry(library, &body, block, locale, raise))
        .collect()
}

fn entry(library: &Library, body: &Body<'_>, block: &Block, locale: Locale, raise: u8) -> Entry {
    let (kind, level) = match block.kind {
        BlockKind::Heading(level) => ("heading", level.saturating_sub(raise).max(1)),
        BlockKind::Paragraph => ("paragraph", 0),
        BlockKind::List(_) => ("list", 0),
        BlockKind::Item => ("item", 0),
        _ => ("other", 0),
    };
    let (rules, components, bodies) = block
        .clause
        .as_ref()
        .map(|clause| around(library, clause, locale))
        .unwrap_or_default();
    Entry {
        kind,
        level,
        clause: block
            .clause
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        anchor: block.anchor.clone().unwrap_or_default(),
        editorial: block.editorial,
        html: Value::from_safe_string(match kind {
            "other" => body.whole(block, 0),
            _ => body.inside(block),
        }),
        text: block.text.clone(),
        items: block
            .children
            .iter()
            .map(|item| entry(library, body, item, locale, raise))
            .collect(),
        rules,
        components,
        bodies,
    }
}

/// The rules that rest on a clause, the components and the bodies it names.
fn around(
    library: &Library,
    clause: &ClauseId,
    locale: Locale,
) -> (Vec<RuleLink>, Vec<ComponentLink>, Vec<BodyLink>) {
    let index = &library.index;
    let catalogue = &library.project.catalogue;
    let rules = positions(&index.rules_by_clause, clause).map(|position| {
        let rule = &library.rules[position];
        let words = |key: &str| rule.data[key].as_str().unwrap_or_default().to_owned();
        RuleLink {
            id: rule.id.clone(),
            address: format!("/{locale}{}", Tail::Rule(rule.slug())),
            title: rule.data["title"][locale.tag()]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            severity: words("severity"),
        }
    });
    let components = positions(&index.components_by_clause, clause).map(|position| {
        let component = &catalogue.components[position];
        ComponentLink {
            code: component.code.clone(),
            layer: component.layer.as_str(),
            name: component.name.get(locale).clone(),
            address: format!("/{locale}{}", Tail::Component(component.id.clone())),
        }
    });
    let bodies = positions(&index.bodies_by_clause, clause).map(|position| {
        let body = &catalogue.bodies[position];
        BodyLink {
            name: body.name.get(locale).clone(),
            id: body.id.clone(),
        }
    });
    (rules.collect(), components.collect(), bodies.collect())
}

fn positions<'a>(
    index: &'a std::collections::BTreeMap<ClauseId, Vec<usize>>,
    clause: &ClauseId,
) -> impl Iterator<Item = usize> + 'a {
    index.get(clause).into_iter().flatten().copied()
}

fn crumb(library: &Library, locale: Locale, tail: &Tail) -> Option<Crumb> {
    let document = library.document_or_other(locale, tail)?;
    Some(Crumb {
        label: document.title.clone(),
        address: format!("/{locale}{tail}"),
    })
}

/// Home, the parts above, the section itself.
fn breadcrumbs(library: &Library, locale: Locale, document: &Document) -> Vec<Crumb> {
    let mut above = Vec::new();
    let mut clause = document.front_matter.clause.clone();
    while let Some(id) = clause {
        above.extend(crumb(library, locale, &Tail::Section(id.slug())));
        clause = id.parent();
    }
    above.reverse();
    above
}

fn neighbour(library: &Library, locale: Locale, tail: &Tail, step: isize) -> Option<Crumb> {
    let here = library
        .sections
        .iter()
        .position(|section| section == tail)?;
    let there = library.sections.get(here.checked_add_signed(step)?)?;
    crumb(library, locale, there)
}

fn contents(library: &Library, locale: Locale, tail: &Tail) -> Vec<ContentsEntry> {
    library
        .sections
        .iter()
        .filter_map(|section| {
            let document = library.document_or_other(locale, section)?;
            let depth = document
                .front_matter
                .clause
                .as_ref()?
                .as_str()
                .split('.')
                .count();
            Some(ContentsEntry {
                label: document.title.clone(),
                address: format!("/{locale}{section}"),
                level: u8::try_from(depth).unwrap_or(u8::MAX),
                current: section == tail,
            })
        })
        .collect()
}
