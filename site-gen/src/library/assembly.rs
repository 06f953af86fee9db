//! Puts a library together from what was read, and looks for what is wrong across its files.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use framework::{Diagnostic, Locale, Localized};
use serde_json::Value;

use super::{Index, Library, Shelf, rule};
use crate::{
    address::Tail,
    check, config, content_file,
    document::Page,
    json,
    knowledge::Knowledge,
    project, reads, redirects,
    source::Sources,
    translations::{self, Records},
};

/// Parses and puts together a whole project.
pub fn assemble(sources: &Sources) -> (Library, Vec<Diagnostic>) {
    assemble_pages(sources, project::pages(sources))
}

/// The same with the pages at hand.
pub(crate) fn assemble_pages(
    sources: &Sources,
    pages: Vec<Arc<Page>>,
) -> (Library, Vec<Diagnostic>) {
    let faults = project::parse(&pages);
    let (library, more) = assemble_parsed(sources, pages);
    (library, faults.into_iter().chain(more).collect())
}

/// Puts together a project whose documents are parsed already, and looks for faults across its files.
pub(crate) fn assemble_parsed(
    sources: &Sources,
    documents: Vec<Arc<Page>>,
) -> (Library, Vec<Diagnostic>) {
    let recorded = || translations::recorded(sources, |_| true);
    let ((mut library, mut faults), recorded) =
        rayon::join(|| put_together(sources, documents), recorded);
    let tails = library.tails();
    let codes: BTreeSet<String> = library
        .citations_in_use()
        .map(|(code, _)| format!("c/{code}"))
        .collect();
    redirects::check(
        &library.redirects,
        sources,
        |tail| tails.contains(tail) || codes.contains(&tail.path()),
        &mut faults,
    );
    faults.extend(look_at(&mut library, sources, recorded, |_| true));
    (library, faults)
}

/// Looks for what is wrong with the pages at some addresses: what they point at, and what one language has
/// beside the other. `recorded` is what [`translations::recorded`] says of them.
pub(crate) fn look_at(
    library: &mut Library,
    sources: &Sources,
    recorded: (Option<Records>, Vec<Diagnostic>),
    chosen: impl Fn(&Tail) -> bool + Sync,
) -> Vec<Diagnostic> {
    let (records, mut faults) = recorded;
    library.stale = records.map_or_else(Arc::default, |records| {
        Arc::new(translations::stale(
            library,
            sources,
            &records,
            &chosen,
            &mut faults,
        ))
    });
    faults.extend(library.stale.iter().map(|stale| stale.diagnostic.clone()));
    faults.extend(check::pages(library, sources, &chosen));
    faults
}

/// Puts together a project whose documents are parsed already; the faults are those of its data files.
pub(crate) fn put_together(
    sources: &Sources,
    documents: Vec<Arc<Page>>,
) -> (Library, Vec<Diagnostic>) {
    let (made, quotes) = reads::of_page(None, || parts_of(sources, documents));
    debug_assert!(!quotes, "what everybody reads is made of no page's text");
    made
}

fn parts_of(sources: &Sources, documents: Vec<Arc<Page>>) -> (Library, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let config = config::parse(sources, &mut faults);
    let project = project::assemble(sources, &documents, &mut faults);
    let status = sources
        .get("content/status.json")
        .and_then(|source| json::parse(source, &mut faults))
        .unwrap_or_default();
    let ruleset = sources
        .get("rules/ruleset.json")
        .and_then(|source| json::parse(source, &mut faults))
        .unwrap_or(Value::Null);
    let rules = rule::rules(sources, &mut faults);
    let sections = project::sections(&documents, Locale::Vi)
        .iter()
        .map(|document| document.tail.clone())
        .collect();
    let index = Index::new(&project, &rules);
    let documents = by_address(documents, &mut faults);
    let project = Arc::new(project);
    let redirects = redirects::parse(sources, &mut faults);
    let library = Library {
        config: Arc::new(config),
        status: Arc::new(status),
        knowledge: Arc::new(Knowledge::of(&project)),
        project,
        rules: Arc::new(rules),
        ruleset: Arc::new(ruleset),
        documents: documents.map(Shelf::from),
        sections: Arc::new(sections),
        index: Arc::new(index),
        files: Arc::new(content_file::collect(sources)),
        samples: Arc::new(texts(sources, |path| path.strip_prefix("rules/samples/"))),
        schemas: Arc::new(published_schemas(sources)),
        redirects: Arc::new(redirects),
        stale: Arc::default(),
    };
    (library, faults)
}

/// Texts by the name under which they are served.
fn texts(sources: &Sources, name: impl Fn(&str) -> Option<&str>) -> BTreeMap<String, Arc<str>> {
    sources
        .iter()
        .filter_map(|source| Some((name(&source.path)?.to_owned(), Arc::clone(source.text()?))))
        .filter(|(name, _)| !name.contains('/'))
        .collect()
}

/// The schemas of the project's own files, and the form of a report, which the code fixes.
fn published_schemas(sources: &Sources) -> BTreeMap<String, Arc<str>> {
    let mut schemas = texts(sources, schema_name);
    schemas.insert("report".to_owned(), reporting::json::SCHEMA.into());
    schemas
}

/// `rules/submission.schema.json` and `content/catalogue/schema/bodies.schema.json` are published as
/// `/schema/submission.json` and `/schema/bodies.json`, under the name in the middle.
fn schema_name(path: &str) -> Option<&str> {
    let file = path
        .strip_prefix("content/catalogue/schema/")
        .or_else(|| path.strip_prefix("rules/"))?;
    file.strip_suffix(".schema.json")
}

fn by_address(
    documents: Vec<Arc<Page>>,
    faults: &mut Vec<Diagnostic>,
) -> Localized<BTreeMap<Tail, Arc<Page>>> {
    let mut pages: Localized<BTreeMap<Tail, Arc<Page>>> = Localized::default();
    for document in documents {
        let map = match document.locale {
            Locale::Vi => &mut pages.vi,
            Locale::En => &mut pages.en,
        };
        if let Some(first) = map.get(&document.tail) {
            let (address, first) = (document.tail.to_string(), first.file.display());
            faults.push(Diagnostic::error(
                "same-address",
                &document.file,
                Localized::text(
                    format!("Địa chỉ {address} đã là của {first}"),
                    format!("The address {address} already belongs to {first}"),
                ),
            ));
            continue;
        }
        map.insert(document.tail.clone(), document);
    }
    pages
}
