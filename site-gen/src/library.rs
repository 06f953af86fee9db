//! Everything the site knows, put together once and never changed.
//!
//! Data only: no templates, no output, no configuration of the run. What a page needs to look up
//! often ("rules that rest on a clause") is computed here, once.

mod assembly;
mod citations;
mod index;
mod rule;
mod shelf;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use framework::{Locale, Localized};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    address::{Address, Tail},
    config::SiteConfig,
    content_file::ContentFile,
    document::Page,
    knowledge::Knowledge,
    project::Project,
    redirects::Redirects,
    templates,
    translations::Stale,
};

pub use assembly::assemble;
pub(crate) use assembly::{assemble_pages, assemble_parsed, look_at, put_together};
pub use index::Index;
pub use rule::RuleEntry;
pub(crate) use rule::is_rule_file;
pub use shelf::Shelf;

/// The files below `/data/`.
pub const DATA: [&str; 5] = [
    "clauses.json",
    "codes.json",
    "components.json",
    "glossary.json",
    "rules.json",
];

/// The pages that stand alone and are made of data.
const OF_DATA: [Tail; 12] = [
    Tail::Home,
    Tail::Framework,
    Tail::FrameworkAll,
    Tail::Overview,
    Tail::Components,
    Tail::Constituents,
    Tail::Owners,
    Tail::Rules,
    Tail::Glossary,
    Tail::Search,
    Tail::Validate,
    Tail::NotFound,
];

/// Everything the site knows. Parts are shared: a changed page makes a new library that shares all
/// the rest with the old one ([`Library::with_documents`]).
#[derive(Debug, Clone)]
pub struct Library {
    /// What the whole site says about itself.
    pub config: Arc<SiteConfig>,
    /// What is known about the text and what is not.
    pub status: Arc<Status>,
    /// The catalogue, the clauses, the rule files.
    pub project: Arc<Project>,
    /// The rules, as their files say them, by id.
    pub rules: Arc<Vec<RuleEntry>>,
    /// `rules/ruleset.json`.
    pub ruleset: Arc<Value>,
    /// The Markdown pages by address, in both languages.
    pub documents: Localized<Shelf>,
    /// The sections of the framework in the order of the text.
    pub sections: Arc<Vec<Tail>>,
    /// What names what.
    pub index: Arc<Index>,
    /// Pictures and other files that pages use, by path.
    pub files: Arc<BTreeMap<String, ContentFile>>,
    /// The sample submissions, by file name; served at `/samples/`.
    pub samples: Arc<BTreeMap<String, Arc<str>>>,
    /// The published JSON Schemas, by file name; served at `/schema/`.
    pub schemas: Arc<BTreeMap<String, Arc<str>>>,
    /// What the checker in a reader's browser is compiled from.
    pub knowledge: Arc<Knowledge>,
    /// What became of addresses that are no more.
    pub redirects: Arc<Redirects>,
    /// Paragraphs whose Vietnamese changed after they were translated, in the order of their pages.
    pub stale: Arc<Vec<Stale>>,
}

/// `content/status.json`: what is known about the text and what is not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// The banner of every page.
    pub notice: Localized,
    /// What is known.
    pub known: Vec<Localized>,
    /// What is not.
    pub unknown: Vec<Localized>,
    /// Documents that came after the text.
    pub later: Vec<LaterDocument>,
    /// What this site does not claim.
    pub not_claimed: Vec<Localized>,
}

/// A document that came after the text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LaterDocument {
    /// Its number.
    pub document: String,
    /// Its date.
    pub date: framework::Date,
    /// What it is reported to say.
    pub what: Localized,
}

impl Library {
    /// A library with some pages more or changed; all the rest is shared with this one. Not for
    /// sections of the framework, which the clauses are made of.
    #[must_use]
    pub fn with_documents(&self, documents: impl IntoIterator<Item = Arc<Page>>) -> Self {
        let mut library = self.clone();
        for document in documents {
            let pages = match document.locale {
                Locale::Vi => &mut library.documents.vi,
                Locale::En => &mut library.documents.en,
            };
            pages.put(document);
        }
        library
    }

    /// The Markdown page of that address and language; none where there is no such file.
    pub fn document(&self, locale: Locale, tail: &Tail) -> Option<&Arc<Page>> {
        self.documents.get(locale).get(tail)
    }

    /// The page, in the other language if this one lacks it; the document's own `locale` tells which.
    pub fn document_or_other(&self, locale: Locale, tail: &Tail) -> Option<&Arc<Page>> {
        self.document(locale, tail)
            .or_else(|| self.document(locale.other(), tail))
    }

    /// The addresses of all pages after the language, the same in both, in a fixed order.
    pub fn tails(&self) -> BTreeSet<Tail> {
        let catalogue = &self.project.catalogue;
        let of_documents = self.documents.vi.iter().chain(self.documents.en.iter());
        let of_documents = of_documents.map(|(tail, _)| tail.clone());
        let of_data = OF_DATA
            .into_iter()
            .filter(|tail| self.is_made_of_data(tail));
        let components = catalogue.components.iter();
        let components = components.map(|component| Tail::Component(component.id.clone()));
        let owners = self.owners().map(|body| Tail::Owner(body.id.clone()));
        let rules = self.rules.iter().map(|rule| Tail::Rule(rule.slug()));
        let mut tails: BTreeSet<Tail> = of_documents
            .chain(of_data)
            .chain(components)
            .chain(owners)
            .chain(rules)
            .collect();
        tails.insert(Tail::Home);
        tails
    }

    /// Whether there is a page at that address.
    pub fn has(&self, tail: &Tail) -> bool {
        self.is_made_of_data(tail) || self.document_or_other(Locale::Vi, tail).is_some()
    }

    /// Whether this tree has what the page at that address is made of. A tree without catalogue, say,
    /// may have a Markdown page of its own at `/components/`.
    pub fn is_made_of_data(&self, tail: &Tail) -> bool {
        let catalogue = &self.project.catalogue;
        match tail {
            Tail::NotFound | Tail::Search => true,
            Tail::Home => {
                !self.sections.is_empty() || self.document_or_other(Locale::Vi, tail).is_none()
            }
            Tail::Framework | Tail::FrameworkAll => !self.sections.is_empty(),
            Tail::Section(_) => self.sections.contains(tail),
            Tail::Overview
            | Tail::Components
            | Tail::Constituents
            | Tail::Owners
            | Tail::Glossary => !catalogue.components.is_empty(),
            Tail::Component(id) => catalogue.component(id).is_some(),
            Tail::Owner(id) => self.owners().any(|body| body.id == *id),
            Tail::Rules | Tail::Validate => !self.rules.is_empty(),
            Tail::Rule(slug) => self.rule(slug).is_some(),
            Tail::Changelog | Tail::Document(_) => false,
        }
    }

    /// The bodies that Part III gives tasks.
    pub fn owners(&self) -> impl Iterator<Item = &framework::Body> {
        self.project.catalogue.bodies.iter().filter(|body| {
            body.clauses
                .iter()
                .any(|clause| clause.as_str().starts_with("III."))
        })
    }

    /// Whether there is a file at that address beside the pages.
    pub fn makes(&self, address: &Address) -> bool {
        match address {
            Address::Root | Address::Sitemap | Address::Robots | Address::Feed(_) => true,
            Address::Page(_, tail) => self.tails().contains(tail),
            Address::Data(name) => DATA.contains(&name.as_str()),
            Address::Schema(name) => name
                .strip_suffix(".json")
                .is_some_and(|name| self.schemas.contains_key(name)),
            Address::Sample(name) => self.samples.contains_key(name),
            Address::Template(_, name) => {
                !self.project.catalogue.components.is_empty() && templates::kind(name).is_some()
            }
            Address::Offline(_) => self.is_made_of_data(&Tail::Validate),
            Address::Picture(_) => !self.project.catalogue.components.is_empty(),
            Address::Citation(code) => self.citation(code).is_some(),
            Address::Asset(_) | Address::Card(_) | Address::Shell(..) => false,
        }
    }

    /// The rule of that id, in any case.
    pub fn rule(&self, id: &str) -> Option<&RuleEntry> {
        self.rules
            .iter()
            .find(|rule| rule.id.eq_ignore_ascii_case(id))
    }
}
