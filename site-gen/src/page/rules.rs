//! `/rules/`: the rule set with filters; `/rules/<id>/`: one rule, with its examples.

use std::collections::BTreeSet;

use framework::{AgencyLevel, Basis, ClauseId, Diagnostic, Layer, Locale, Severity};
use serde::Serialize;
use serde_json::Value;

use super::{
    Crumb, Frame, example,
    lookup::{Citation, ComponentLink, Lookup, Quote, RuleLink},
    nothing_at, with_template,
};
use crate::{
    address::{Address, Tail},
    library::RuleEntry,
    site::Site,
};

#[derive(Serialize)]
struct Index {
    total: usize,
    filters: Vec<Filter>,
    areas: Vec<Area>,
}

#[derive(Serialize)]
struct Filter {
    field: &'static str,
    title: String,
    options: Vec<Choice>,
}

#[derive(Serialize)]
struct Choice {
    value: &'static str,
    title: String,
    count: usize,
}

/// The rules of one area: `PLT`.
#[derive(Serialize)]
struct Area {
    id: String,
    code: String,
    title: String,
    rules: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    #[serde(flatten)]
    rule: RuleLink,
    levels: Vec<&'static str>,
    layers: Vec<&'static str>,
}

#[derive(Serialize)]
struct Page {
    #[serde(flatten)]
    rule: RuleLink,
    since: String,
    revision: u64,
    force: String,
    why: String,
    checks: String,
    not_checked: String,
    fix: Vec<String>,
    quotes: Vec<Quote>,
    documents: Vec<String>,
    components: Vec<ComponentLink>,
    examples: Vec<Example>,
    levels: Vec<&'static str>,
    decides: String,
    citation: Citation,
    previous: Option<RuleLink>,
    next: Option<RuleLink>,
}

/// An example of the rule file: its test, and what the page shows.
#[derive(Serialize)]
struct Example {
    note: String,
    /// `passed`, `failed`, `not_applicable`, `not_stated` …
    outcome: String,
    lines: Vec<example::Line>,
    pointers: Vec<String>,
    /// Its text, to be tried on the check page; an example of several submissions has none.
    text: Option<String>,
    /// The day it is judged on, if that matters.
    date: Option<String>,
}

/// `/rules/`.
pub(super) fn render_index(site: &Site, locale: Locale) -> Result<String, Box<Diagnostic>> {
    let lookup = Lookup::new(site, locale);
    let mut frame = Frame::new(site, locale, &Tail::Rules, lookup.words.get("rules.title"));
    frame.description = lookup.words.get("rules.bases");
    frame.breadcrumb_here();
    let rules = &site.library.rules;
    let areas: Vec<Area> = areas(rules.iter())
        .into_iter()
        .map(|code| Area {
            id: code.to_lowercase(),
            title: lookup.words.get(&format!("areas.{code}")),
            code: code.to_owned(),
            rules: rules
                .iter()
                .filter(|rule| area(rule) == code)
                .map(|rule| line(lookup, rule))
                .collect(),
        })
        .collect();
    let all: Vec<&Line> = areas.iter().flat_map(|area| &area.rules).collect();
    let filters = filters(lookup, &all);
    let model = Index {
        total: site.library.rules.len(),
        filters,
        areas,
    };
    with_template(site, "pages/rules.html", &frame, model)
}

fn line(lookup: Lookup<'_>, rule: &RuleEntry) -> Line {
    Line {
        rule: lookup.rule(rule),
        levels: levels(rule),
        layers: vec![layer(rule)],
    }
}

/// The areas in the order in which a submission is filled in; those unknown come last.
fn areas<'a>(rules: impl Iterator<Item = &'a RuleEntry>) -> Vec<&'a str> {
    const ORDER: [&str; 13] = [
        "GEN", "LAY", "BIZ", "DAT", "APP", "PLT", "INF", "DEP", "INT", "RDM", "OWN", "DUP", "QLT",
    ];
    let mut areas: Vec<&str> = rules.map(area).collect();
    let position = |code: &str| ORDER.iter().position(|known| *known == code);
    areas.sort_by_key(|code| (position(code).unwrap_or(ORDER.len()), *code));
    areas.dedup();
    areas
}

fn area(rule: &RuleEntry) -> &str {
    rule.id.split('-').nth(1).unwrap_or_default()
}

/// The layer a rule's area belongs to; `none` for those about the submission as a whole.
fn layer(rule: &RuleEntry) -> &'static str {
    match area(rule) {
        "BIZ" => Layer::Business.as_str(),
        "DAT" => Layer::Data.as_str(),
        "APP" => Layer::Application.as_str(),
        "PLT" => Layer::Platform.as_str(),
        "INF" => Layer::Infrastructure.as_str(),
        _ => "none",
    }
}

fn levels(rule: &RuleEntry) -> Vec<&'static str> {
    let named: Vec<&str> = rule.data["levels"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    AgencyLevel::ALL
        .into_iter()
        .map(AgencyLevel::as_str)
        .filter(|level| named.is_empty() || named.contains(level))
        .collect()
}

fn filters(lookup: Lookup<'_>, rules: &[&Line]) -> Vec<Filter> {
    let filter = |field, title: &str, prefix: &str, values: Vec<&'static str>, has: Has| Filter {
        field,
        title: lookup.words.get(title),
        options: values
            .into_iter()
            .map(|value| Choice {
                value,
                title: lookup.words.get(&format!("{prefix}.{value}")),
                count: rules.iter().filter(|rule| has(rule, value)).count(),
            })
            .filter(|choice| choice.count > 0)
            .collect(),
    };
    let severities = Severity::WORST_FIRST.map(Severity::as_str).to_vec();
    let bases = Basis::ALL.map(Basis::as_str).to_vec();
    let layers = Layer::ALL
        .map(Layer::as_str)
        .into_iter()
        .chain(["none"])
        .collect();
    let levels = AgencyLevel::ALL.map(AgencyLevel::as_str).to_vec();
    vec![
        filter(
            "severity",
            "rules.severity",
            "severity",
            severities,
            |line, value| line.rule.severity == value,
        ),
        filter("basis", "rules.basis", "basis", bases, |line, value| {
            line.rule.basis == value
        }),
        filter("layer", "rules.layer", "layers", layers, |line, value| {
            line.layers.contains(&value)
        }),
        filter("level", "rules.level", "levels", levels, |line, value| {
            line.levels.contains(&value)
        }),
    ]
}

/// Whether a rule has a value of a filter.
type Has = fn(&Line, &str) -> bool;

/// `/rules/<id>/`.
pub(super) fn render(site: &Site, locale: Locale, slug: &str) -> Result<String, Box<Diagnostic>> {
    let lookup = Lookup::new(site, locale);
    let tail = Tail::Rule(slug.to_owned());
    let rule = site
        .library
        .rule(slug)
        .ok_or_else(|| nothing_at(&Address::Page(locale, tail.clone())))?;
    let title = lookup.rule_text(rule, "title");
    let mut frame = Frame::new(site, locale, &tail, format!("{} {title}", rule.id));
    frame.description = lookup.rule_text(rule, "checks");
    let code = area(rule);
    frame.breadcrumbs = vec![
        Crumb {
            label: lookup.words.get("rules.title"),
            address: Some(lookup.url(&Tail::Rules)),
        },
        Crumb {
            label: lookup.words.get(&format!("areas.{code}")),
            address: Some(format!(
                "{}#{}",
                lookup.url(&Tail::Rules),
                code.to_lowercase()
            )),
        },
        Crumb {
            label: rule.id.clone(),
            address: None,
        },
    ];
    with_template(site, "pages/rule.html", &frame, page(lookup, rule))
}

fn page(lookup: Lookup<'_>, rule: &RuleEntry) -> Page {
    let word = |key: &str| rule.data[key].as_str().unwrap_or_default().to_owned();
    let catalogue = &lookup.library.project.catalogue;
    Page {
        since: word("since"),
        revision: rule.data["revision"].as_u64().unwrap_or(1),
        force: word("force"),
        why: lookup.rule_text(rule, "why"),
        checks: lookup.rule_text(rule, "checks"),
        not_checked: lookup.rule_text(rule, "not_checked"),
        fix: strings(&rule.data["fix"][lookup.locale.tag()]),
        quotes: quotes(lookup, rule),
        documents: strings(&rule.data["outside_documents"]),
        components: catalogue
            .components
            .iter()
            .filter(|component| {
                let mut clauses = rule.clauses.iter().map(ClauseId::without_sentence);
                rule.names(&component.id) || clauses.any(|clause| clause == component.clause)
            })
            .map(|component| lookup.component(component))
            .collect(),
        examples: examples(lookup, rule),
        levels: levels(rule),
        decides: word("decides"),
        citation: lookup.cite(&rule.slug(), &rule.id),
        previous: neighbour(lookup, rule, -1),
        next: neighbour(lookup, rule, 1),
        rule: lookup.rule(rule),
    }
}

fn quotes(lookup: Lookup<'_>, rule: &RuleEntry) -> Vec<Quote> {
    let clauses = &lookup.library.project.clauses;
    let mut seen = BTreeSet::new();
    rule.clauses
        .iter()
        .filter(|id| seen.insert(ClauseId::as_str(id)))
        .filter_map(|id| clauses.get(id.as_str()))
        .map(|clause| lookup.quote(&clause.id, &clause.text))
        .collect()
}

/// The examples, each one that passes beside one that fails as long as there are both.
fn examples(lookup: Lookup<'_>, rule: &RuleEntry) -> Vec<Example> {
    let of = |kind: &str, outcome| examples_of(lookup, &rule.data["examples"][kind], outcome);
    let (mut passing, mut failing) = (of("pass", "passed"), of("fail", "failed"));
    let others = passing.split_off(passing.len().min(failing.len()));
    let unpaired = failing.split_off(passing.len());
    let pairs = passing.into_iter().zip(failing);
    pairs
        .flat_map(|(passing, failing)| [passing, failing])
        .chain(others)
        .chain(unpaired)
        .collect()
}

fn examples_of(lookup: Lookup<'_>, list: &Value, outcome: &str) -> Vec<Example> {
    list.as_array()
        .into_iter()
        .flatten()
        .map(|example| {
            let expected = example["expect"].as_array().into_iter().flatten();
            let pointers: Vec<String> = expected
                .filter_map(|expected| expected["pointer"].as_str())
                .map(str::to_owned)
                .collect();
            let word = |value: &Value| value.as_str().map(str::to_owned);
            Example {
                note: word(&example["note"][lookup.locale.tag()]).unwrap_or_default(),
                outcome: word(&example["outcome"]).unwrap_or_else(|| outcome.to_owned()),
                lines: example::lines(&example["submission"], &pointers),
                pointers,
                text: example["submission"]
                    .is_object()
                    .then(|| format!("{:#}", example["submission"])),
                date: word(&example["date"]),
            }
        })
        .collect()
}

fn strings(list: &Value) -> Vec<String> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

fn neighbour(lookup: Lookup<'_>, rule: &RuleEntry, step: isize) -> Option<RuleLink> {
    let rules = &lookup.library.rules;
    let here = rules.iter().position(|other| other.id == rule.id)?;
    rules
        .get(here.checked_add_signed(step)?)
        .map(|other| lookup.rule(other))
}
