//! `/components/`: the 22 by layer; `/components/<id>/`: one of them.

use framework::{ClauseId, Component, Diagnostic, Layer, LayerDescription, Locale};
use serde::Serialize;

use super::{
    Crumb, Frame, deadline,
    lookup::{
        Citation, ClauseLink, ComponentLink, Duty, Link, Lookup, Quote, RuleLink, layer_class,
    },
    nothing_at, scope, structured, with_template,
};
use crate::{
    address::{Address, Tail},
    site::Site,
};

#[derive(Serialize)]
struct Index {
    layers: Vec<LayerTable>,
}

#[derive(Serialize)]
struct LayerTable {
    anchor: String,
    class: String,
    name: String,
    clause: ClauseLink,
    description: Option<String>,
    components: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    code: String,
    name: String,
    url: String,
    strength: String,
    lead: String,
    deadline: Option<String>,
    scope: Option<String>,
}

#[derive(Serialize)]
struct Page {
    code: String,
    name: String,
    layer: LayerLink,
    /// The word of `reuse.strength`: which answer the page begins with.
    strength: String,
    reuse: Quote,
    owners: Vec<Duty>,
    deadline: Option<deadline::Full>,
    scope: Option<Scope>,
    variants: Vec<Variant>,
    abbreviations: Vec<String>,
    description: Quote,
    is_process: bool,
    /// How a submission states it, as YAML.
    declaration: String,
    rules: Vec<RuleLink>,
    terms: Vec<Link>,
    clauses: Vec<ClauseLink>,
    outside: Vec<String>,
    note: Option<String>,
    citation: Citation,
    previous: Option<ComponentLink>,
    next: Option<ComponentLink>,
}

#[derive(Serialize)]
struct LayerLink {
    name: String,
    class: String,
    url: String,
}

#[derive(Serialize)]
struct Scope {
    range: String,
    clause: ClauseLink,
    quote: Quote,
}

#[derive(Serialize)]
struct Variant {
    name: String,
    note: String,
}

/// `/components/`.
pub(super) fn render_index(site: &Site, locale: Locale) -> Result<String, Box<Diagnostic>> {
    let lookup = Lookup::new(site, locale);
    let mut frame = Frame::new(
        site,
        locale,
        &Tail::Components,
        lookup.words.get("components.title"),
    );
    frame.description = lookup.words.get("components.lead");
    frame.breadcrumb_here();
    let layers = site.library.project.catalogue.layers.iter();
    let model = Index {
        layers: layers.map(|layer| table(lookup, layer)).collect(),
    };
    with_template(site, "pages/components.html", &frame, model)
}

fn table(lookup: Lookup<'_>, layer: &LayerDescription) -> LayerTable {
    LayerTable {
        anchor: layer_class(layer.layer),
        class: layer_class(layer.layer),
        name: lookup.say(&layer.name),
        clause: lookup.clause(&layer.clause),
        description: layer
            .description
            .as_ref()
            .map(|passage| lookup.say(&passage.text)),
        components: lookup
            .library
            .project
            .catalogue
            .components
            .iter()
            .filter(|component| component.layer == layer.layer)
            .map(|component| Line {
                code: component.code.clone(),
                name: lookup.say(&component.name),
                url: lookup.component(component).url,
                strength: strength(component),
                lead: lookup.leads(component),
                deadline: deadline::short(component),
                scope: scope::range(lookup, component),
            })
            .collect(),
    }
}

/// `/components/<id>/`.
pub(super) fn render(site: &Site, locale: Locale, id: &str) -> Result<String, Box<Diagnostic>> {
    let lookup = Lookup::new(site, locale);
    let tail = Tail::Component(id.to_owned());
    let component = site
        .library
        .project
        .catalogue
        .component(id)
        .ok_or_else(|| nothing_at(&Address::Page(locale, tail.clone())))?;
    let title = format!("{} {}", component.code, lookup.say(&component.name));
    let mut frame = Frame::new(site, locale, &tail, title);
    frame.description = lookup
        .words
        .get(&format!("reuse_answer.{}", strength(component)));
    frame.json_ld = Some(structured::component(lookup, &frame, component));
    let layer = layer_link(lookup, component.layer);
    frame.breadcrumbs = vec![
        Crumb {
            label: lookup.words.get("components.title"),
            address: Some(lookup.url(&Tail::Components)),
        },
        Crumb {
            label: layer.name.clone(),
            address: Some(layer.url.clone()),
        },
        Crumb {
            label: component.code.clone(),
            address: None,
        },
    ];
    with_template(
        site,
        "pages/component.html",
        &frame,
        page(lookup, component, layer),
    )
}

fn page(lookup: Lookup<'_>, component: &Component, layer: LayerLink) -> Page {
    let is_process = component.layer == Layer::Business;
    Page {
        code: component.code.clone(),
        name: lookup.say(&component.name),
        layer,
        strength: strength(component),
        reuse: lookup.quote(&component.reuse.clause, &component.reuse.text),
        owners: component
            .responsible
            .iter()
            .map(|duty| lookup.duty(duty))
            .collect(),
        deadline: deadline::full(lookup, component),
        scope: scope_of(lookup, component),
        variants: component
            .variants
            .iter()
            .map(|variant| Variant {
                name: variant.name.clone(),
                note: lookup.say(&variant.note),
            })
            .collect(),
        abbreviations: abbreviations(component),
        description: lookup.passage(&component.description),
        is_process,
        declaration: declaration(component, is_process),
        rules: lookup.rules_about(
            &[
                component.clause.clone(),
                component.reuse.clause.without_sentence(),
            ],
            &[&component.id],
        ),
        terms: terms(lookup, component),
        clauses: clauses(lookup, component),
        outside: component
            .outside_context
            .iter()
            .map(|line| lookup.say(line))
            .collect(),
        note: component.note.as_ref().map(|note| lookup.say(note)),
        citation: lookup.cite(
            &component.code.to_lowercase(),
            &format!("{} ({})", component.code, component.clause),
        ),
        previous: neighbour(lookup, component, -1),
        next: neighbour(lookup, component, 1),
    }
}

fn strength(component: &Component) -> String {
    let word = serde_json::to_value(component.reuse.strength).unwrap_or_default();
    word.as_str().unwrap_or_default().to_owned()
}

fn layer_link(lookup: Lookup<'_>, layer: Layer) -> LayerLink {
    let catalogue = &lookup.library.project.catalogue;
    let described = catalogue
        .layers
        .iter()
        .find(|described| described.layer == layer);
    let class = layer_class(layer);
    LayerLink {
        name: described.map_or_else(
            || layer.to_string(),
            |described| lookup.say(&described.name),
        ),
        url: format!("{}#{class}", lookup.url(&Tail::Components)),
        class,
    }
}

fn scope_of(lookup: Lookup<'_>, component: &Component) -> Option<Scope> {
    let deployment = component.deployment.as_ref()?;
    Some(Scope {
        range: scope::range(lookup, component)?,
        clause: lookup.clause(&deployment.clause),
        quote: lookup.quote(&deployment.clause, &deployment.text),
    })
}

fn abbreviations(component: &Component) -> Vec<String> {
    let mut short: Vec<String> = [&component.abbreviation.vi, &component.abbreviation.en]
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    short.dedup();
    short
}

/// What a submission says about it, as the YAML form has it.
fn declaration(component: &Component, is_process: bool) -> String {
    let id = &component.id;
    if is_process {
        return format!(
            "business_processes:\n  - id: bp-01\n    component_ref: {id}\n    standardised: true\n    \
             interconnected: true"
        );
    }
    let layer = component.layer;
    format!(
        "component_dispositions:\n  - component_ref: {id}   # {} ({layer})\n    state: in-use\n    \
         date_from: 2026-01-01",
        component.code
    )
}

fn terms(lookup: Lookup<'_>, component: &Component) -> Vec<Link> {
    let own: &ClauseId = &component.clause;
    lookup
        .library
        .project
        .catalogue
        .terms
        .iter()
        .filter(|term| {
            term.id == component.id
                || term
                    .clauses
                    .iter()
                    .any(|clause| clause.without_sentence() == *own)
        })
        .map(|term| lookup.term(term))
        .collect()
}

fn clauses(lookup: Lookup<'_>, component: &Component) -> Vec<ClauseLink> {
    let mut links: Vec<ClauseLink> = component
        .clauses
        .iter()
        .map(|clause| lookup.clause(clause))
        .collect();
    links.dedup_by(|left, right| left.number == right.number);
    links
}

fn neighbour(lookup: Lookup<'_>, component: &Component, step: isize) -> Option<ComponentLink> {
    let all = &lookup.library.project.catalogue.components;
    let here = all.iter().position(|other| other.id == component.id)?;
    all.get(here.checked_add_signed(step)?)
        .map(|other| lookup.component(other))
}
