//! Does everything a document points at exist? Are both languages there?

use std::collections::{BTreeMap, BTreeSet};

use framework::{Diagnostic, Locale, Localized};
use rayon::prelude::*;

use crate::{
    address::{Address, Tail},
    content_file,
    document::{Document, Reference, ReferenceKind},
    library::{DATA, Library},
    link::{self, Link},
    wording,
};

/// All dead links, clause references, pictures, and pages that one language lacks.
pub(crate) fn library(library: &Library) -> Vec<Diagnostic> {
    let known = Known::new(library);
    let documents: Vec<_> = library
        .documents
        .vi
        .values()
        .chain(library.documents.en.values())
        .collect();
    let mut faults: Vec<Diagnostic> = documents
        .par_iter()
        .flat_map_iter(|document| known.document(document))
        .collect();
    faults.extend(missing_translations(library));
    faults
}

/// What can be pointed at.
struct Known<'a> {
    library: &'a Library,
    tails: BTreeSet<Tail>,
    /// The places on pages made of data, where the library knows them.
    data_anchors: BTreeMap<Tail, BTreeSet<String>>,
}

impl<'a> Known<'a> {
    fn new(library: &'a Library) -> Self {
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
        Self {
            library,
            tails: library.tails(),
            data_anchors,
        }
    }

    fn document(&self, document: &Document) -> Vec<Diagnostic> {
        let faults = document.references.iter().filter_map(|reference| {
            let (message, hint) = self.reference(document, reference)?;
            let code = match reference.kind {
                ReferenceKind::Link => "dead-link",
                ReferenceKind::Image => "missing-picture",
                ReferenceKind::Clause => "unknown-clause",
            };
            let fault = Diagnostic::error(code, &document.file, message)
                .at_bytes(&document.source, reference.span.clone());
            Some(fault.hint(hint))
        });
        faults.collect()
    }

    /// What is wrong with a reference, and the nearest thing that exists.
    fn reference(
        &self,
        document: &Document,
        reference: &Reference,
    ) -> Option<(Localized, Localized)> {
        if reference.kind == ReferenceKind::Clause {
            return self.clause(&reference.target);
        }
        match link::resolve(document, &reference.target) {
            Link::Outside(_) => None,
            Link::Here(fragment) => self.anchor(document.locale, &document.tail, &fragment),
            Link::File(path) => self.file(document, &path),
            Link::Page {
                tail,
                fragment,
                locale,
            } => {
                if self.library.redirects.moved.contains_key(&tail)
                    || self.library.redirects.removed.contains_key(&tail)
                {
                    return Some(self.gone(&tail));
                }
                if !self.tails.contains(&tail) {
                    return Some(self.no_page(&tail));
                }
                self.anchor(locale.unwrap_or(document.locale), &tail, &fragment?)
            }
        }
    }

    fn clause(&self, id: &str) -> Option<(Localized, Localized)> {
        let clauses = &self.library.project.clauses;
        if clauses.get(id).is_some() {
            return None;
        }
        let message = Localized::text(
            format!("Không có mục {id}"),
            format!("There is no clause {id}"),
        );
        let known = clauses.iter().map(|clause| clause.id.as_str());
        Some((message, wording::did_you_mean(id, known)))
    }

    fn no_page(&self, tail: &Tail) -> (Localized, Localized) {
        let wanted = tail.to_string();
        let known: Vec<String> = self.tails.iter().map(ToString::to_string).collect();
        let message = Localized::text(
            format!("Không có trang {wanted}"),
            format!("There is no page {wanted}"),
        );
        (
            message,
            wording::did_you_mean(&wanted, known.iter().map(String::as_str)),
        )
    }

    fn gone(&self, tail: &Tail) -> (Localized, Localized) {
        let message = Localized::text(
            format!("Trang {tail} đã được dời hoặc bỏ"),
            format!("The page {tail} was moved or removed"),
        );
        let hint = match self.library.redirects.moved.get(tail) {
            Some(to) => Localized::text(format!("Nay ở {to}"), format!("It is now at {to}")),
            None => Localized::text("Bỏ liên kết này", "Remove this link"),
        };
        (message, hint)
    }

    fn anchor(&self, locale: Locale, tail: &Tail, anchor: &str) -> Option<(Localized, Localized)> {
        if anchor.is_empty() || anchor == "top" {
            return None;
        }
        let anchors: Vec<&str> = if let Some(anchors) = self.data_anchors.get(tail) {
            anchors.iter().map(String::as_str).collect()
        } else {
            let document = self.library.document_or_other(locale, tail)?;
            document
                .anchors
                .iter()
                .map(|anchor| anchor.id.as_str())
                .collect()
        };
        if anchors.contains(&anchor) {
            return None;
        }
        let message = Localized::text(
            format!("Trang {tail} không có neo «{anchor}»"),
            format!("The page {tail} has no anchor “{anchor}”"),
        );
        Some((message, wording::did_you_mean(anchor, anchors)))
    }

    fn file(&self, document: &Document, path: &str) -> Option<(Localized, Localized)> {
        let files = &self.library.files;
        let made = Address::parse(path).is_some_and(|address| self.library.makes(&address));
        if made || content_file::find(files, document, path).is_some() {
            return None;
        }
        let message = Localized::text(
            format!("Không có tệp {path}"),
            format!("There is no file {path}"),
        );
        let short = |name: &str| name.trim_start_matches("content/").to_owned();
        let made = DATA.map(|name| format!("data/{name}"));
        let samples = self
            .library
            .samples
            .keys()
            .map(|name| format!("samples/{name}"));
        let schemas = self
            .library
            .schemas
            .keys()
            .map(|name| format!("schema/{name}.json"));
        let known = files.keys().map(|name| short(name));
        let known: Vec<String> = known.chain(made).chain(samples).chain(schemas).collect();
        let hint = wording::did_you_mean(
            path.trim_start_matches('/'),
            known.iter().map(String::as_str),
        );
        Some((message, hint))
    }
}

/// Pages that one language lacks, and headings whose anchors differ between the languages.
fn missing_translations(library: &Library) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for locale in Locale::ALL {
        let other = library.documents.get(locale.other());
        for (tail, document) in library.documents.get(locale).iter() {
            match other.get(tail) {
                None => faults.push(untranslated(document)),
                Some(translation) if locale == Locale::Vi => {
                    faults.extend(anchors_differ(document, translation));
                }
                Some(_) => {}
            }
        }
    }
    faults
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
fn anchors_differ(document: &Document, translation: &Document) -> Option<Diagnostic> {
    let headings = |document: &Document| -> Vec<(String, std::ops::Range<usize>)> {
        let headings = document
            .anchors
            .iter()
            .filter(|anchor| anchor.heading.is_some());
        headings
            .map(|anchor| (anchor.id.clone(), anchor.span.clone()))
            .skip(1)
            .collect()
    };
    let (ours, theirs) = (headings(document), headings(translation));
    let (id, span) = theirs
        .iter()
        .find(|(id, _)| !ours.iter().any(|(our, _)| our == id))?;
    let hint = ours
        .iter()
        .find(|(our, _)| !theirs.iter().any(|(their, _)| their == our));
    let vietnamese = hint.map_or("…", |(id, _)| id.as_str());
    let message = Localized::text(
        format!("Tiêu đề «{id}» không có neo tương ứng trong bản tiếng Việt"),
        format!(
            "The heading “{id}” has no counterpart with the same anchor in the Vietnamese version"
        ),
    );
    let fault = Diagnostic::warning("anchors-differ", &translation.file, message)
        .at_bytes(&translation.source, span.clone());
    Some(fault.hint(Localized::text(
        format!("Ghi cùng một neo ở cả hai bản, ví dụ {{#{vietnamese}}}"),
        format!("Give both headings the same anchor, for example {{#{vietnamese}}}"),
    )))
}
