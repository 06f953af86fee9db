//! What the catalogue names: components, bodies, terms; and the rules.

use framework::{ClauseId, Component, Locale, Localized, Term};
use search::{Entry, Kind, Section};
use serde_json::Value;

use super::clauses::{abbreviations, other_names};
use crate::{
    address::Tail,
    library::{Library, RuleEntry},
};

/// An entry of a page that exists in both languages.
fn entry(locale: Locale, kind: Kind, tail: &str, title: &Localized) -> Entry {
    Entry {
        locale,
        url: format!("/{locale}{tail}"),
        kind,
        title: title.get(locale).clone(),
        breadcrumb: Vec::new(),
        code: None,
        layer: None,
        codes: Vec::new(),
        quotes: Vec::new(),
        aliases: vec![title.get(locale.other()).clone()],
        sections: Vec::new(),
        twin: Some(format!("/{}{tail}", locale.other())),
    }
}

fn numbers(clauses: &[ClauseId]) -> Vec<String> {
    clauses.iter().map(ToString::to_string).collect()
}

/// One section of texts in one language.
fn text<'a>(locale: Locale, texts: impl IntoIterator<Item = &'a Localized>) -> Vec<Section> {
    let paragraphs = texts
        .into_iter()
        .map(|text| text.get(locale).clone())
        .collect();
    vec![Section {
        paragraphs,
        ..Section::default()
    }]
}

/// The 22 shared components.
pub(super) fn components(library: &Library, locale: Locale) -> Vec<Entry> {
    let catalogue = &library.project.catalogue;
    let component = |component: &Component| {
        let tail = Tail::Component(component.id.clone()).to_string();
        let mut entry = entry(locale, Kind::Component, &tail, &component.name);
        entry.code = Some(component.code.clone());
        entry.layer = Some(component.layer);
        entry.quotes = numbers(&component.clauses);
        entry.aliases.extend(abbreviations(&component.abbreviation));
        entry.aliases.extend(
            component
                .variants
                .iter()
                .map(|variant| variant.name.clone()),
        );
        entry.aliases.extend(other_names(library, &component.name));
        let layers = catalogue
            .layers
            .iter()
            .filter(|layer| layer.layer == component.layer);
        entry.breadcrumb = layers.map(|layer| layer.name.get(locale).clone()).collect();
        let texts = [&component.description.text]
            .into_iter()
            .chain(
                component
                    .deployment
                    .iter()
                    .map(|deployment| &deployment.text),
            )
            .chain(
                component
                    .responsible
                    .iter()
                    .map(|responsible| &responsible.task),
            )
            .chain(component.deadline.iter().map(|deadline| &deadline.text))
            .chain([&component.reuse.text])
            .chain(component.note.iter())
            .chain(&component.outside_context);
        entry.sections = text(locale, texts);
        let bodies = component
            .responsible
            .iter()
            .filter_map(|task| catalogue.body(&task.body));
        let names: Vec<String> = bodies.map(|body| body.name.get(locale).clone()).collect();
        entry.sections.push(Section {
            paragraphs: names,
            ..Section::default()
        });
        entry
    };
    catalogue.components.iter().map(component).collect()
}

/// The bodies that the framework gives tasks.
pub(super) fn owners(library: &Library, locale: Locale) -> Vec<Entry> {
    let catalogue = &library.project.catalogue;
    let owner = |body: &framework::Body| {
        let tail = Tail::Owner(body.id.clone()).to_string();
        let mut entry = entry(locale, Kind::Owner, &tail, &body.name);
        entry.quotes = numbers(&body.clauses);
        entry.aliases.extend(abbreviations(&body.abbreviation));
        entry.aliases.extend(other_names(library, &body.name));
        let tasks = catalogue.tasks_of(&body.id);
        let texts = tasks.flat_map(|(component, task)| [&component.name, &task.task]);
        entry.sections = text(locale, texts);
        entry
    };
    library.owners().map(owner).collect()
}

/// The terms of the glossary.
pub(super) fn terms(library: &Library, locale: Locale) -> Vec<Entry> {
    let term = |term: &Term| {
        let tail = format!("{}#{}", Tail::Glossary, term.id);
        let mut entry = entry(locale, Kind::Term, &tail, &term.name);
        entry.quotes = numbers(&term.clauses);
        entry.aliases.extend(abbreviations(&term.abbreviation));
        for locale in Locale::ALL {
            entry
                .aliases
                .extend(term.variants.get(locale).iter().cloned());
        }
        entry.sections = text(locale, [&term.definition].into_iter().chain(&term.note));
        entry
    };
    library.project.catalogue.terms.iter().map(term).collect()
}

/// The conformance rules.
pub(super) fn rules(library: &Library, locale: Locale) -> Vec<Entry> {
    library
        .rules
        .iter()
        .map(|rule| self::rule(rule, locale))
        .collect()
}

fn rule(rule: &RuleEntry, locale: Locale) -> Entry {
    let words = |field: &str, locale: Locale| words(&rule.data[field][locale.tag()]);
    let title = Localized::build(|locale| words("title", locale).join(" "));
    let tail = Tail::Rule(rule.slug()).to_string();
    let mut entry = entry(locale, Kind::Rule, &tail, &title);
    entry.code = Some(rule.id.clone());
    entry.quotes = numbers(&rule.clauses);
    let paragraphs = ["why", "checks", "not_checked", "fix"]
        .into_iter()
        .flat_map(|field| words(field, locale));
    entry.sections = vec![Section {
        paragraphs: paragraphs.collect(),
        ..Section::default()
    }];
    entry
}

/// A text, or each of several.
fn words(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(texts) => texts.iter().flat_map(words).collect(),
        _ => Vec::new(),
    }
}
