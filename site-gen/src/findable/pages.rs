//! The pages that editors write: guides and the like.

use search::{Entry, Kind, Section};

use crate::{
    address::Tail,
    document::{Block, BlockKind, Document, Page},
    library::Library,
};

/// Whether a page is found as such: one that holds clauses is found clause by clause.
pub(super) fn is_found(document: &Document) -> bool {
    document.clauses().next().is_none()
}

/// The address of a page.
pub(super) fn url(page: &Page) -> String {
    format!("/{}{}", page.locale, page.tail)
}

/// A page as it is found, in one part or several.
pub(super) fn entries(library: &Library, document: &Document) -> Vec<Entry> {
    in_parts(entry(library, document))
}

/// So much text, in bytes, is shown of one hit at most: what a reader's browser fetches to show it.
const MOST_TEXT: usize = 3_000;

/// A long page is found part by part, each from heading to heading, so that what is fetched to show a hit stays
/// small. The first keeps the names of the page; the others go by their headings, and lead to the same page.
fn in_parts(entry: Entry) -> Vec<Entry> {
    let mut parts: Vec<Entry> = Vec::new();
    let mut text = 0;
    let Entry { sections, .. } = entry;
    let whole = Entry {
        sections: Vec::new(),
        ..entry
    };
    for section in sections {
        let length: usize = section.paragraphs.iter().map(String::len).sum();
        text += length;
        match parts.last_mut() {
            Some(part) if text <= MOST_TEXT || section.heading.is_empty() => {
                part.sections.push(section);
            }
            None => parts.push(Entry {
                sections: vec![section],
                ..whole.clone()
            }),
            Some(_) => {
                text = length;
                let mut breadcrumb = whole.breadcrumb.clone();
                breadcrumb.push(whole.title.clone());
                parts.push(Entry {
                    title: section.heading.clone(),
                    breadcrumb,
                    quotes: Vec::new(),
                    aliases: Vec::new(),
                    sections: vec![section],
                    ..whole.clone()
                });
            }
        }
    }
    if parts.is_empty() {
        parts.push(whole);
    }
    parts
}

fn entry(library: &Library, document: &Document) -> Entry {
    let locale = document.locale;
    let other = library.document(locale.other(), &document.tail);
    Entry {
        locale,
        url: format!("/{locale}{}", document.tail),
        kind: Kind::Guide,
        title: document.title.clone(),
        breadcrumb: titles_above(library, document),
        code: None,
        layer: None,
        codes: Vec::new(),
        quotes: document
            .references()
            .iter()
            .filter(|reference| reference.kind == crate::document::ReferenceKind::Clause)
            .map(|reference| reference.target.clone())
            .collect(),
        aliases: other.iter().map(|other| other.title.clone()).collect(),
        sections: sections(document),
        twin: other.map(|_| format!("/{}{}", locale.other(), document.tail)),
    }
}

/// The page's text, from heading to heading.
fn sections(document: &Document) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    for block in document.blocks() {
        if let BlockKind::Heading(_) = block.kind {
            sections.push(Section {
                anchor: block.anchor.clone().unwrap_or_default(),
                // The title is found as such.
                heading: if block.text == document.title {
                    String::new()
                } else {
                    block.text.clone()
                },
                paragraphs: Vec::new(),
            });
        } else if let Some(section) = sections.last_mut() {
            section.paragraphs.extend(paragraphs(block));
        }
    }
    sections.retain(|section| !section.heading.is_empty() || !section.paragraphs.is_empty());
    sections
}

/// The words of a block; of a list, item by item.
fn paragraphs(block: &Block) -> Vec<String> {
    let own = Some(block.text.clone()).filter(|text| !text.is_empty());
    if block.children.is_empty() {
        return own.into_iter().collect();
    }
    match block.kind {
        BlockKind::Item => own
            .into_iter()
            .chain(block.children.iter().flat_map(paragraphs))
            .collect(),
        _ => block.children.iter().flat_map(paragraphs).collect(),
    }
}

/// The titles of the pages above a page, from the top.
pub(super) fn titles_above(library: &Library, document: &Document) -> Vec<String> {
    let path = document.tail.path();
    let clauses = document.front_matter.clause.iter().flat_map(|clause| {
        std::iter::successors(clause.parent(), framework::ClauseId::parent)
            .map(|above| Tail::Section(above.slug()))
    });
    let folders = path
        .match_indices('/')
        .map(|(at, _)| Tail::parse(&path[..at]))
        .rev();
    let mut titles: Vec<String> = clauses
        .chain(folders)
        .filter_map(|tail| library.document(document.locale, &tail))
        .map(|above| above.title.clone())
        .collect();
    titles.reverse();
    titles
}
