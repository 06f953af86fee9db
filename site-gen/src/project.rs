//! What a check needs of a project folder: the catalogue, the clauses, the rule files.
//!
//! The Markdown of the framework is the only truth for clauses: their numbers, their words, their order.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use framework::{Catalogue, Clause, ClauseId, ClauseKind, Clauses, Diagnostic, Locale, Localized};
use rayon::prelude::*;
use rulebook::{RuleFile, Rulebook};

use crate::{
    address::Tail,
    catalogue,
    document::{ClauseText, Document, Page},
    read, share,
    source::{Content, Source, Sources},
    tree, wording,
};

/// What a check needs of a project folder.
#[derive(Debug, Clone)]
pub struct Project {
    /// The components, bodies and terms.
    pub catalogue: Catalogue,
    /// All clauses in document order, in both languages.
    pub clauses: Clauses,
    /// Every JSON file below `rules/` but the samples, by path.
    pub rule_files: Vec<RuleFile>,
}

impl Project {
    /// What is wrong with the rules, their examples run; a folder without rules has none that are.
    pub fn faults_of_rules(&self) -> Vec<Diagnostic> {
        if self.rule_files.is_empty() {
            return Vec::new();
        }
        Rulebook::compile(&self.rule_files, &self.catalogue, &self.clauses)
            .err()
            .unwrap_or_default()
    }
}

/// A project, or none if it cannot be used, and everything that is wrong with its files.
#[derive(Debug)]
pub struct Loaded {
    /// The project; none if any diagnostic is an error.
    pub project: Option<Project>,
    /// All faults found.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads what a check needs from a project folder; a few dozen files, no theme.
pub fn load(root: &Path) -> Loaded {
    let folders = [
        "content/vi/framework",
        "content/en/framework",
        "content/catalogue",
        "rules",
    ];
    let (sources, mut diagnostics) = read::sources(root, &folders, read::Limits::default());
    let (documents, faults) = parse_documents(&sources);
    diagnostics.extend(faults);
    let project = assemble(&sources, &documents, &mut diagnostics);
    if project.clauses.is_empty() {
        diagnostics.push(
            Diagnostic::error(
                "no-framework",
                "content/vi/framework",
                Localized::text(
                    "Không tìm thấy toàn văn Khung kiến trúc trong thư mục dự án",
                    "The text of the framework was not found in the project folder",
                ),
            )
            .hint(Localized::text(
                "Chạy trong thư mục có content/, rules/ và themes/, hoặc dùng --root",
                "Run in the folder that holds content/, rules/ and themes/, or use --root",
            )),
        );
    }
    let usable = diagnostics
        .iter()
        .all(|fault| fault.level != framework::DiagnosticLevel::Error);
    Loaded {
        project: usable.then_some(project),
        diagnostics,
    }
}

/// Every Markdown file, not parsed yet, in the order of the paths.
pub(crate) fn pages(sources: &Sources) -> Vec<Arc<Page>> {
    let folders = [(Locale::Vi, "content/vi/"), (Locale::En, "content/en/")];
    let files = folders
        .into_iter()
        .flat_map(|(locale, folder)| sources.below(folder).map(move |source| (locale, source)));
    files
        .filter_map(|(locale, source)| page(locale, source))
        .collect()
}

/// One Markdown file of the content tree, not parsed yet.
pub(crate) fn page(locale: Locale, source: &Source) -> Option<Arc<Page>> {
    let tail = tree::tail(&source.path)?;
    let is_text = !matches!(source.content, Content::Binary(_));
    let page = || Page::new(source.file(), locale, tail, source.content.clone());
    is_text.then(|| Arc::new(page()))
}

/// Parses pages in parallel; what is wrong with them, in their order.
pub(crate) fn parse(pages: &[Arc<Page>]) -> Vec<Diagnostic> {
    let pages = pages.par_iter().with_max_len(share::PAGES);
    let faults = pages.map(|page| page.faults());
    let faults: Vec<&[Diagnostic]> = faults.collect();
    faults.concat()
}

/// Parses every Markdown file in parallel; the order is that of the paths.
pub(crate) fn parse_documents(sources: &Sources) -> (Vec<Arc<Page>>, Vec<Diagnostic>) {
    let pages = pages(sources);
    let faults = parse(&pages);
    (pages, faults)
}

/// Puts the project together.
pub(crate) fn assemble(
    sources: &Sources,
    documents: &[Arc<Page>],
    faults: &mut Vec<Diagnostic>,
) -> Project {
    let clauses = clauses(sources, documents, faults);
    let catalogue = catalogue::parse(sources, faults);
    catalogue::check(&catalogue, &clauses, sources, faults);
    let rule_files = sources
        .below("rules/")
        .filter(|source| source.extension() == "json" && !source.path.starts_with("rules/samples/"))
        .filter_map(|source| {
            Some(RuleFile {
                path: source.path.clone(),
                text: Arc::clone(source.text()?),
            })
        })
        .collect();
    Project {
        catalogue,
        clauses,
        rule_files,
    }
}

/// The sections of the framework in the order of the text.
pub(crate) fn sections(documents: &[Arc<Page>], locale: Locale) -> Vec<&Arc<Page>> {
    let mut sections: Vec<_> = documents
        .iter()
        .filter(|document| {
            document.locale == locale
                && matches!(document.tail, Tail::Section(_))
                && document.front_matter.clause.is_some()
        })
        .collect();
    sections.sort_by_key(|document| (document.front_matter.order, document.tail.clone()));
    sections
}

/// All clauses, the Vietnamese leading; a number that one language lacks is a fault.
fn clauses(sources: &Sources, documents: &[Arc<Page>], faults: &mut Vec<Diagnostic>) -> Clauses {
    let english = sections(documents, Locale::En);
    let mut translations: BTreeMap<&ClauseId, (&Document, ClauseText<'_>)> = BTreeMap::new();
    for document in &english {
        for clause in document.clauses() {
            translations.entry(clause.id).or_insert((document, clause));
        }
    }
    let mut in_order: Vec<Clause> = Vec::new();
    let mut seen: BTreeMap<ClauseId, &Document> = BTreeMap::new();
    for document in sections(documents, Locale::Vi) {
        for clause in document.clauses() {
            if let Some(first) = seen.insert(clause.id.clone(), document) {
                faults.push(document.at(clause.span, sources, twice(document, clause.id, first)));
                continue;
            }
            let translation = translations.remove(clause.id);
            if translation.is_none() && !english.is_empty() {
                let fault = untranslated(document, clause.id);
                faults.push(document.at(clause.span.clone(), sources, fault));
            }
            let english = translation.map_or(clause.text, |(_, translation)| translation.text);
            in_order.push(Clause {
                id: clause.id.clone(),
                slug: clause.id.slug(),
                kind: clause.kind,
                parent: parent(clause.id, clause.kind),
                text: Localized::text(clause.text, english),
                page: document.tail.to_string(),
            });
        }
    }
    for (document, clause) in translations.into_values() {
        let known = in_order.iter().map(|clause| clause.id.as_str());
        let fault = document.at(clause.span, sources, only_english(document, clause.id));
        faults.push(fault.hint(wording::did_you_mean(clause.id.as_str(), known)));
    }
    Clauses::new(in_order)
}

fn parent(id: &ClauseId, kind: ClauseKind) -> Option<ClauseId> {
    match kind {
        ClauseKind::Sentence => Some(id.without_sentence()),
        _ => id.parent(),
    }
}

fn twice(document: &Document, id: &ClauseId, first: &Document) -> Diagnostic {
    let first = first.file.display();
    Diagnostic::error(
        "clause-twice",
        &document.file,
        Localized::text(
            format!("Mục {id} đã có ở {first}"),
            format!("Clause {id} already stands in {first}"),
        ),
    )
}

fn untranslated(document: &Document, id: &ClauseId) -> Diagnostic {
    Diagnostic::error(
        "clause-not-translated",
        &document.file,
        Localized::text(
            format!("Mục {id} chưa có trong bản tiếng Anh"),
            format!("Clause {id} is missing from the English version"),
        ),
    )
}

fn only_english(document: &Document, id: &ClauseId) -> Diagnostic {
    Diagnostic::error(
        "clause-only-in-translation",
        &document.file,
        Localized::text(
            format!("Mục {id} không có trong bản tiếng Việt"),
            format!("Clause {id} is not in the Vietnamese version"),
        ),
    )
}
