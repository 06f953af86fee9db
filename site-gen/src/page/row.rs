//! The blocks of a section, each with what it names, what rests on it and the other language.

use std::collections::BTreeMap;

use framework::{ClauseId, Component};
use serde::Serialize;

use super::{
    body::Body,
    deadline,
    lookup::{BodyLink, Citation, ComponentLink, Lookup, RuleLink},
};
use crate::document::{Block, BlockKind, Document};

/// A block of the text with its surroundings.
#[derive(Serialize)]
pub(super) struct Row {
    /// `heading`, `paragraph`, `item`, `other`.
    pub(super) kind: &'static str,
    /// The level of a heading, the first being 1.
    pub(super) level: u8,
    #[serde(skip)]
    pub(super) clause: Option<ClauseId>,
    /// `II.3.4.3`.
    pub(super) number: Option<String>,
    /// `ii-3-4-3`.
    pub(super) anchor: Option<String>,
    pub(super) editorial: bool,
    /// What stands inside the block's own tag; everything for `other`.
    pub(super) html: String,
    /// The same clause in the other language.
    pub(super) other_html: Option<String>,
    pub(super) components: Vec<Lead>,
    pub(super) bodies: Vec<BodyLink>,
    pub(super) rules: Vec<RuleLink>,
    pub(super) citation: Option<Citation>,
}

/// A component of the section with its lead body and years.
#[derive(Serialize)]
pub(super) struct Lead {
    pub(super) component: ComponentLink,
    pub(super) line: String,
}

/// The blocks of a section in order, each clause beside its translation.
pub(super) fn rows(lookup: Lookup<'_>, document: &Document) -> Vec<Row> {
    let body = Body::new(lookup.library, document, lookup.locale);
    let twin = lookup
        .library
        .document(lookup.locale.other(), &document.tail)
        .filter(|twin| twin.locale != document.locale);
    let twins: BTreeMap<&ClauseId, String> = twin
        .map(|twin| {
            let body = Body::new(lookup.library, twin, lookup.locale);
            flat(twin.blocks())
                .filter_map(|block| {
                    Some((block.clause.as_ref()?, without_ids(&own_html(&body, block))))
                })
                .collect()
        })
        .unwrap_or_default();
    // The section's own heading becomes the page's first.
    let top = document.blocks().iter().find_map(|block| match block.kind {
        BlockKind::Heading(level) => Some(level),
        _ => None,
    });
    let raise = top.unwrap_or(1).saturating_sub(1);
    flat(document.blocks())
        .map(|block| {
            let other = block
                .clause
                .as_ref()
                .and_then(|clause| twins.get(clause))
                .cloned();
            row(lookup, block, own_html(&body, block), other, raise)
        })
        .collect()
}

/// Blocks in order; a list of clauses is its items, so that each can stand beside its translation.
pub(super) fn flat(blocks: &[Block]) -> impl Iterator<Item = &Block> {
    blocks.iter().flat_map(|block| {
        let numbered = matches!(block.kind, BlockKind::List(_))
            && block.children.iter().any(|item| item.clause.is_some());
        if numbered {
            block.children.iter().collect()
        } else {
            vec![block]
        }
    })
}

/// The name of a kind, as templates know it.
pub(super) fn kind(block: &Block) -> &'static str {
    match block.kind {
        BlockKind::Heading(_) => "heading",
        BlockKind::Paragraph => "paragraph",
        BlockKind::Item => "item",
        _ => "other",
    }
}

fn own_html(body: &Body<'_>, block: &Block) -> String {
    match kind(block) {
        "other" => body.whole(block),
        _ => body.inside(block),
    }
}

/// An id may stand on a page once only, and the page's own language has it.
fn without_ids(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(" id=\"") {
        out.push_str(before);
        rest = after.split_once('"').map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out
}

fn row(
    lookup: Lookup<'_>,
    block: &Block,
    html: String,
    other_html: Option<String>,
    raise: u8,
) -> Row {
    let level = match block.kind {
        BlockKind::Heading(level) => level.saturating_sub(raise).max(1),
        _ => 0,
    };
    let mut row = Row {
        kind: kind(block),
        level,
        clause: block.clause.clone(),
        number: block.clause.as_ref().map(ToString::to_string),
        anchor: block.anchor.clone(),
        editorial: block.editorial,
        html,
        other_html,
        components: Vec::new(),
        bodies: Vec::new(),
        rules: Vec::new(),
        citation: None,
    };
    if let Some(clause) = &block.clause {
        add_related(lookup, clause, &mut row);
    }
    row
}

/// What a clause names and what rests on it.
fn add_related(lookup: Lookup<'_>, clause: &ClauseId, row: &mut Row) {
    let index = &lookup.library.index;
    let catalogue = &lookup.library.project.catalogue;
    let at = |map: &BTreeMap<ClauseId, Vec<usize>>| map.get(clause).cloned().unwrap_or_default();
    row.citation = Some(lookup.cite_clause(clause));
    row.rules = at(&index.rules_by_clause)
        .into_iter()
        .map(|position| lookup.rule(&lookup.library.rules[position]))
        .collect();
    if row.kind == "heading" || row.kind == "other" {
        return;
    }
    let components: Vec<_> = at(&index.components_by_clause)
        .into_iter()
        .map(|position| &catalogue.components[position])
        .collect();
    row.components = components
        .iter()
        .map(|component| lead(lookup, component))
        .collect();
    let leads = |id: &str| {
        components
            .iter()
            .any(|component| component.responsible.iter().any(|duty| duty.body == id))
    };
    row.bodies = at(&index.bodies_by_clause)
        .into_iter()
        .map(|position| &catalogue.bodies[position])
        .filter(|body| !leads(&body.id))
        .map(|body| lookup.body(body))
        .collect();
}

/// A component with its lead body and years; an empty line where the text states neither.
pub(super) fn lead(lookup: Lookup<'_>, component: &Component) -> Lead {
    let parts = [
        lookup.leads(component),
        deadline::short(component).unwrap_or_default(),
    ];
    let stated: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Lead {
        component: lookup.component(component),
        line: stated.join(", "),
    }
}
