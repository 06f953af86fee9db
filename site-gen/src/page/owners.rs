//! `/owners/`: who leads what; `/owners/<id>/`: everything Part III gives one body.

use framework::{
    Body, Clause, ClauseId, ClauseKind, Component, Diagnostic, Locale, Responsibility,
};
use serde::Serialize;

use super::{
    Crumb, Frame, deadline,
    lookup::{Citation, ClauseLink, ComponentLink, Link, Lookup},
    nothing_at, with_template,
};
use crate::{
    address::{Address, Tail},
    site::Site,
};

#[derive(Serialize)]
struct Index {
    owners: Vec<Owner>,
}

#[derive(Serialize)]
struct Owner {
    id: String,
    name: String,
    abbreviation: Option<String>,
    url: String,
    clause: ClauseLink,
    tasks: Vec<Task>,
    /// How many tasks have a year.
    dated: usize,
    constituents: Vec<Link>,
    others: Vec<Link>,
    citation: Citation,
}

/// One task in the words of the text.
#[derive(Serialize)]
struct Task {
    anchor: String,
    text: String,
    /// The Vietnamese, where `text` is a translation.
    original: Option<String>,
    clause: ClauseLink,
    components: Vec<ComponentLink>,
    years: Option<String>,
    guidance: bool,
}

/// `/owners/`.
pub(super) fn render_index(site: &Site, locale: Locale) -> Result<String, Box<Diagnostic>> {
    let lookup = Lookup::new(site, locale);
    let mut frame = Frame::new(
        site,
        locale,
        &Tail::Owners,
        lookup.words.get("owners.title"),
    );
    frame.description = lookup.words.get("owners.lead");
    frame.breadcrumb_here();
    let owners = site
        .library
        .owners()
        .filter_map(|body| owner(lookup, body))
        .collect();
    with_template(site, "pages/owners.html", &frame, Index { owners })
}

/// `/owners/<id>/`.
pub(super) fn render(site: &Site, locale: Locale, id: &str) -> Result<String, Box<Diagnostic>> {
    let lookup = Lookup::new(site, locale);
    let tail = Tail::Owner(id.to_owned());
    let model = site
        .library
        .owners()
        .find(|body| body.id == id)
        .and_then(|body| owner(lookup, body))
        .ok_or_else(|| nothing_at(&Address::Page(locale, tail.clone())))?;
    let mut frame = Frame::new(site, locale, &tail, model.name.clone());
    frame.description = format!("{}: {}", model.name, lookup.words.get("owners.lead"));
    frame.breadcrumbs = vec![
        Crumb {
            label: lookup.words.get("owners.title"),
            address: Some(lookup.url(&Tail::Owners)),
        },
        Crumb {
            label: model.name.clone(),
            address: None,
        },
    ];
    with_template(site, "pages/owner.html", &frame, model)
}

/// A body with its tasks, by the heading of Part III that is its own.
fn owner(lookup: Lookup<'_>, body: &Body) -> Option<Owner> {
    let clauses = &lookup.library.project.clauses;
    let heading = body
        .clauses
        .iter()
        .filter_map(|clause| clauses.get(clause.as_str()))
        .find(|clause| is_heading_of_tasks(clause))?;
    let tasks: Vec<Task> = clauses
        .iter()
        .filter(|clause| clause.kind != ClauseKind::Sentence && clause.id != heading.id)
        .filter(|clause| clause.id.is_within(&heading.id))
        .map(|clause| task(lookup, body, clause))
        .collect();
    Some(Owner {
        id: body.id.clone(),
        name: lookup.say(&body.name),
        abbreviation: match lookup.locale {
            Locale::Vi => body.abbreviation.vi.clone(),
            Locale::En => body.abbreviation.en.clone(),
        },
        url: lookup.url(&Tail::Owner(body.id.clone())),
        clause: lookup.clause(&heading.id),
        dated: tasks.iter().filter(|task| task.years.is_some()).count(),
        tasks,
        constituents: constituents(lookup, body),
        others: others(lookup, body),
        citation: lookup.cite_clause(&heading.id),
    })
}

fn is_heading_of_tasks(clause: &Clause) -> bool {
    clause.kind == ClauseKind::Heading && clause.id.as_str().starts_with("III.")
}

fn task(lookup: Lookup<'_>, body: &Body, clause: &Clause) -> Task {
    let catalogue = &lookup.library.project.catalogue;
    let here = |id: &ClauseId| id.without_sentence() == clause.id;
    let given: Vec<(&Component, &Responsibility)> = catalogue
        .tasks_of(&body.id)
        .filter(|(_, duty)| here(&duty.clause))
        .collect();
    let mut years: Vec<String> = given
        .iter()
        .filter_map(|(component, _)| deadline::short(component))
        .collect();
    years.dedup();
    Task {
        anchor: clause.slug.clone(),
        text: lookup.say(&clause.text),
        original: (lookup.locale != Locale::Vi).then(|| clause.text.vi.clone()),
        clause: lookup.clause(&clause.id),
        components: given
            .iter()
            .map(|(component, _)| lookup.component(component))
            .collect(),
        years: (!years.is_empty()).then(|| years.join("; ")),
        guidance: given.iter().any(|(_, duty)| duty.is_guidance()),
    }
}

fn constituents(lookup: Lookup<'_>, body: &Body) -> Vec<Link> {
    lookup
        .library
        .project
        .catalogue
        .constituents
        .iter()
        .filter(|constituent| {
            constituent
                .responsible
                .iter()
                .any(|duty| duty.body == body.id)
        })
        .map(|constituent| Link {
            title: lookup.say(&constituent.name),
            url: lookup.constituent_url(constituent),
        })
        .collect()
}

fn others(lookup: Lookup<'_>, body: &Body) -> Vec<Link> {
    lookup
        .library
        .owners()
        .filter(|other| other.id != body.id)
        .map(|other| Link {
            title: lookup.say(&other.name),
            url: lookup.url(&Tail::Owner(other.id.clone())),
        })
        .collect()
}
