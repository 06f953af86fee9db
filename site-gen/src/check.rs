//! Does everything a document points at exist? Are both languages there?

use std::collections::{BTreeMap, BTreeSet};

use framework::{Diagnostic, Locale, Localized};
use rayon::prelude::*;

use crate::{
    address::{Address, Tail},
    content_file,
    document::{Anchor, Document, Reference, ReferenceKind},
    library::{DATA, Library},
    link::{self, Link},
    share,
    source::Sources,
    wording,
};

/// The dead links, clause references and pictures of the pages at some addresses, and those that one
/// language lacks.
pub(crate) fn pages(
    library: &Library,
    sources: &Sources,
    chosen: impl Fn(&Tail) -> bool + Sync,
) -> Vec<Diagnostic> {
    let known = Known::new(library, sources);
    let documents = library
        .documents
        .vi
        .iter()
        .chain(library.documents.en.iter());
    let documents = documents.filter(|(tail, _)| chosen(tail));
    let documents: Vec<_> = documents.map(|(_, page)| page).collect();
    let mut faults: Vec<Diagnostic> = documents
        .par_iter()
        .with_max_len(share::PAGES)
        .flat_map_iter(|document| known.document(document))
        .collect();
    faults.extend(missing_translations(library, sources, &chosen));
    faults
}

/// What can be pointed at.
struct Known<'a> {
    library: &'a Library,
    sources: &'a Sources,
    tails: BTreeSet<Tail>,
    tail_names: Vec<String>,
    file_names: Vec<String>,
    /// The places on pages made of data, where the library knows them.
    data_anchors: BTreeMap<Tail, BTreeSet<String>>,
}

impl<'a> Known<'a> {
    fn new(library: &'a Library, sources: &'a Sources) -> Self {
        let terms = library
            .project
            .catalogue
            .terms
            .iter()
            .map(|term| term.id.clone())
            .collect();
        let clauses = library
            .project
            .clauses
            .iter()
            .map(|clause| clause.slug.clone())
            .collect();
        let data_anchors = [(Tail::Glossary, terms), (Tail::FrameworkAll, clauses)].into();
        let tails = library.tails();
        Self {
            library,
            sources,
            tail_names: tails.iter().map(ToString::to_string).collect(),
            tails,
            file_names: file_names(library),
            data_anchors,
        }
    }

    fn document(&self, document: &Document) -> Vec<Diagnostic> {
        let mut wrong = document.references().iter().filter_map(|reference| {
            let (message, hint) = self.reference(document, reference)?;
            Some((reference, message, hint))
        });
        let told = wrong.by_ref().take(wording::MOST_IN_A_FILE);
        let mut faults: Vec<Diagnostic> = told
            .map(|(reference, message, hint)| {
                let code = match reference.kind {
                    ReferenceKind::Link => "dead-link",
                    ReferenceKind::Image => "missing-picture",
                    ReferenceKind::Clause => "unknown-clause",
                };
                let fault = Diagnostic::error(code, &document.file, message);
                let fault = document.at(reference.span.clone(), self.sources, fault);
                fault.hint(self.said(hint))
            })
            .collect();
        match wrong.count() {
            0 => {}
            more => faults.push(wording::and_more(&document.file, more)),
        }
        faults
    }

    /// The words of a hint. Looking for the nearest name is worth it only for faults that are told.
    fn said(&self, hint: Hint<'_>) -> Localized {
        match hint {
            Hint::Words(words) => words,
            Hint::Page(wanted) => {
                wording::did_you_mean(&wanted, self.tail_names.iter().map(String::as_str))
            }
            Hint::File(wanted) => {
                wording::did_you_mean(&wanted, self.file_names.iter().map(String::as_str))
            }
            Hint::Clause(id) => {
                let clauses = self.library.project.clauses.iter();
                wording::did_you_mean(id, clauses.map(|clause| clause.id.as_str()))
            }
            Hint::Anchor(tail, locale, anchor) => {
                wording::did_you_mean(&anchor, self.anchors(locale, &tail))
            }
        }
    }

    /// What is wrong with a reference, and where to look for what was meant.
    fn reference<'r>(
        &self,
        document: &Document,
        reference: &'r Reference,
    ) -> Option<(Localized, Hint<'r>)> {
        if reference.kind == ReferenceKind::Clause {
            return self.clause(&reference.target);
        }
        match link::resolve(document, &reference.target) {
            Link::Outside(_) => None,
            Link::Here(fragment) => self.anchor(document.locale, document.tail.clone(), fragment),
            Link::File(path) => self.file(document, &path),
            Link::Page {
                tail,
                fragment,
                locale,
            } => {
                let redirects = &self.library.redirects;
                if redirects.moved.contains_key(&tail) || redirects.removed.contains_key(&tail) {
                    return Some(self.gone(&tail));
                }
                if !self.tails.contains(&tail) {
                    return Some(no_page(&tail));
                }
                self.anchor(locale.unwrap_or(document.locale), tail, fragment?)
            }
        }
    }

    fn clause<'r>(&self, id: &'r str) -> Option<(Localized, Hint<'r>)> {
        if self.library.project.clauses.get(id).is_some() {
            return None;
        }
        let message = Localized::text(
            format!("Không có mục {id}"),
            format!("There is no clause {id}"),
        );
        Some((message, Hint::Clause(id)))
    }

    fn gone(&self, tail: &Tail) -> (Localized, Hint<'static>) {
        let message = Localized::text(
            format!("Trang {tail} đã được dời hoặc bỏ"),
            format!("The page {tail} was moved or removed"),
        );
        let hint = match self.library.redirects.moved.get(tail) {
            Some(to) => Localized::text(format!("Nay ở {to}"), format!("It is now at {to}")),
            None => Localized::text("Bỏ liên kết này", "Remove this link"),
        };
        (message, Hint::Words(hint))
    }

    fn anchor(
        &self,
        locale: Locale,
        tail: Tail,
        anchor: String,
    ) -> Option<(Localized, Hint<'static>)> {
        let known = anchor.is_empty()
            || anchor == "top"
            || match self.data_anchors.get(&tail) {
                Some(anchors) => anchors.contains(&anchor),
                // Pages whose anchors only their template knows are looked at when they are finished.
                None => self
                    .library
                    .document_or_other(locale, &tail)
                    .is_none_or(|document| document.anchors.iter().any(|known| known.id == anchor)),
            };
        if known {
            return None;
        }
        let message = Localized::text(
            format!("Trang {tail} không có neo «{anchor}»"),
            format!("The page {tail} has no anchor “{anchor}”"),
        );
        Some((message, Hint::Anchor(tail, locale, anchor)))
    }

    fn anchors(&self, locale: Locale, tail: &Tail) -> Vec<&str> {
        if let Some(anchors) = self.data_anchors.get(tail) {
            return anchors.iter().map(String::as_str).collect();
        }
        let document = self.library.document_or_other(locale, tail).into_iter();
        let anchors = document.flat_map(|document| &document.anchors);
        anchors.map(|anchor| anchor.id.as_str()).collect()
    }

    fn file(&self, document: &Document, path: &str) -> Option<(Localized, Hint<'static>)> {
        let made = Address::parse(path).is_some_and(|address| self.library.makes(&address));
        if made || content_file::find(&self.library.files, document, path).is_some() {
            return None;
        }
        let message = Localized::text(
            format!("Không có tệp {path}"),
            format!("There is no file {path}"),
        );
        Some((message, Hint::File(path.trim_start_matches('/').to_owned())))
    }
}

/// Where to look for what an author meant.
enum Hint<'r> {
    /// It is known already.
    Words(Localized),
    /// Among the pages.
    Page(String),
    /// Among the files.
    File(String),
    /// Among the clauses.
    Clause(&'r str),
    /// Among the anchors of a page.
    Anchor(Tail, Locale, String),
}

fn no_page(tail: &Tail) -> (Localized, Hint<'static>) {
    let wanted = tail.to_string();
    let message = Localized::text(
        format!("Không có trang {wanted}"),
        format!("There is no page {wanted}"),
    );
    (message, Hint::Page(wanted))
}

/// Everything that is served and is no page, as authors would write it.
fn file_names(library: &Library) -> Vec<String> {
    let files = library
        .files
        .keys()
        .map(|name| name.trim_start_matches("content/").to_owned());
    let data = DATA.iter().map(|name| format!("data/{name}"));
    let samples = library.samples.keys().map(|name| format!("samples/{name}"));
    let schemas = library
        .schemas
        .keys()
        .map(|name| format!("schema/{name}.json"));
    files.chain(data).chain(samples).chain(schemas).collect()
}

/// Pages that one language lacks, and headings whose anchors differ between the languages.
fn missing_translations(
    library: &Library,
    sources: &Sources,
    chosen: impl Fn(&Tail) -> bool,
) -> Vec<Diagnostic> {
    let pages = Locale::ALL.into_iter().flat_map(|locale| {
        let pages = library.documents.get(locale).iter();
        pages.map(move |(tail, document)| (locale, tail, document))
    });
    let pages: Vec<_> = pages.filter(|(_, tail, _)| chosen(tail)).collect();
    let faults = pages.par_iter().with_max_len(share::PAGES);
    let faults = faults.filter_map(|(locale, tail, document)| {
        match library.documents.get(locale.other()).get(tail) {
            None => Some(untranslated(document)),
            Some(translation) if *locale == Locale::Vi => {
                anchors_differ(document, translation, sources)
            }
            Some(_) => None,
        }
    });
    faults.collect()
}

fn untranslated(document: &Document) -> Diagnostic {
    let message = match document.locale {
        Locale::Vi => Localized::text("Chưa có bản tiếng Anh", "There is no English version"),
        Locale::En => Localized::text("Chưa có bản tiếng Việt", "There is no Vietnamese version"),
    };
    let file = document.file.to_string_lossy();
    let wanted = match document.locale {
        Locale::Vi => file.replacen("content/vi/", "content/en/", 1),
        Locale::En => file.replacen("content/en/", "content/vi/", 1),
    };
    Diagnostic::warning("missing-translation", &document.file, message).hint(Localized::text(
        format!("Viết {wanted}; cho đến khi có, trang hiện bản này kèm thông báo"),
        format!("Write {wanted}; until then the page shows this version with a notice"),
    ))
}

/// The language switch keeps the reader's place only if headings have the same anchors.
fn anchors_differ(
    document: &Document,
    translation: &Document,
    sources: &Sources,
) -> Option<Diagnostic> {
    fn headings(document: &Document) -> Vec<&Anchor> {
        let headings = document.anchors.iter();
        let headings = headings.filter(|anchor| anchor.heading.is_some());
        headings.skip(1).collect()
    }
    let (ours, theirs) = (headings(document), headings(translation));
    let has = |headings: &[&Anchor], id: &str| headings.iter().any(|anchor| anchor.id == id);
    let Anchor { id, span, .. } = theirs.iter().find(|anchor| !has(&ours, &anchor.id))?;
    let hint = ours.iter().find(|anchor| !has(&theirs, &anchor.id));
    let vietnamese = hint.map_or("…", |anchor| anchor.id.as_str());
    let message = Localized::text(
        format!("Tiêu đề «{id}» không có neo tương ứng trong bản tiếng Việt"),
        format!(
            "The heading “{id}” has no counterpart with the same anchor in the Vietnamese version"
        ),
    );
    let fault = Diagnostic::warning("anchors-differ", &translation.file, message);
    let fault = translation.at(span.clone(), sources, fault);
    Some(fault.hint(Localized::text(
        format!("Ghi cùng một neo ở cả hai bản, ví dụ {{#{vietnamese}}}"),
        format!("Give both headings the same anchor, for example {{#{vietnamese}}}"),
    )))
}
