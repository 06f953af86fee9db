//! The clauses of the framework: every heading and every numbered item is found by itself.

use std::collections::BTreeMap;

use framework::{Abbreviation, ClauseId, Layer, Locale, Localized};
use search::{Entry, Kind, Section};

use super::pages;
use crate::{
    document::{Block, BlockKind, Document, Piece},
    library::Library,
};

/// The clauses in one language, in the order of the text.
pub(super) fn entries(library: &Library, locale: Locale) -> Vec<Entry> {
    let twins = titles(library, locale.other());
    let mut entries = Vec::new();
    for tail in library.sections.iter() {
        let Some(document) = library.document(locale, tail) else {
            continue;
        };
        for clause in of_document(document) {
            let twin = twins.get(&clause.id);
            entries.push(entry(library, document, &clause, twin.map(String::as_str)));
        }
    }
    entries
}

/// A clause with the words that belong to it and to no clause inside it.
struct FoundClause<'a> {
    id: &'a ClauseId,
    title: String,
    /// The titles of the clauses it stands in.
    above: Vec<String>,
    /// The numbers of its paragraphs and sentences.
    numbers: Vec<&'a ClauseId>,
    /// Its own paragraphs: number (its own, or that of a paragraph or sentence) and words.
    paragraphs: Vec<(&'a ClauseId, String)>,
}

fn titles(library: &Library, locale: Locale) -> BTreeMap<&ClauseId, String> {
    let documents = library
        .sections
        .iter()
        .filter_map(|tail| library.document(locale, tail));
    documents
        .flat_map(|document| of_document(document))
        .map(|clause| (clause.id, clause.title))
        .collect()
}

fn of_document(document: &Document) -> Vec<FoundClause<'_>> {
    let mut clauses: Vec<FoundClause<'_>> = Vec::new();
    for block in document.blocks().iter().flat_map(Block::with_children) {
        let Some(id) = &block.clause else { continue };
        if block.editorial {
            continue;
        }
        match block.kind {
            BlockKind::Heading(_) => {
                let title = without_number(&block.text).to_owned();
                let above = titles_above(&clauses, id);
                clauses.push(FoundClause {
                    id,
                    title,
                    above,
                    numbers: Vec::new(),
                    paragraphs: Vec::new(),
                });
            }
            BlockKind::Item => {
                let above = titles_above(&clauses, id);
                let title = lead(block).unwrap_or_else(|| beginning(&block.text));
                let paragraphs = paragraphs(block, id);
                clauses.push(FoundClause {
                    id,
                    title,
                    above,
                    numbers: numbers(block, id),
                    paragraphs,
                });
            }
            _ => {
                let own = paragraphs(block, id);
                let holder = clauses
                    .iter_mut()
                    .rev()
                    .find(|clause| id.is_within(clause.id));
                match holder {
                    Some(clause) => {
                        clause.numbers.extend(numbers(block, id));
                        clause.paragraphs.extend(own);
                    }
                    None => clauses.push(FoundClause {
                        id,
                        title: document.title.clone(),
                        above: Vec::new(),
                        numbers: numbers(block, id),
                        paragraphs: own,
                    }),
                }
            }
        }
    }
    name_contents(&mut clauses);
    clauses
}

/// A heading without words of its own shows what stands under it.
fn name_contents(clauses: &mut [FoundClause<'_>]) {
    for place in 0..clauses.len() {
        let (before, after) = clauses.split_at_mut(place + 1);
        let Some(heading) = before
            .last_mut()
            .filter(|clause| clause.paragraphs.is_empty())
        else {
            continue;
        };
        let inside = after
            .iter()
            .filter(|clause| clause.id.parent().as_ref() == Some(heading.id));
        let contents: Vec<&str> = inside.map(|clause| clause.title.as_str()).collect();
        if !contents.is_empty() {
            heading.paragraphs.push((heading.id, contents.join(" · ")));
        }
    }
}

fn titles_above(clauses: &[FoundClause<'_>], id: &ClauseId) -> Vec<String> {
    let above = clauses.iter().filter(|clause| id.is_within(clause.id));
    above.map(|clause| clause.title.clone()).collect()
}

/// The numbers of a block and of its sentences.
fn numbers<'a>(block: &'a Block, id: &'a ClauseId) -> Vec<&'a ClauseId> {
    let sentences = block.sentences.iter().map(|sentence| &sentence.id);
    [id].into_iter().chain(sentences).collect()
}

/// The words of a block, sentence by sentence where they have numbers.
fn paragraphs<'a>(block: &'a Block, id: &'a ClauseId) -> Vec<(&'a ClauseId, String)> {
    if block.kind == BlockKind::Diagram {
        return block
            .text
            .lines()
            .map(|line| (id, line.to_owned()))
            .collect();
    }
    let Some(first) = block.sentences.first() else {
        return vec![(id, block.text.clone())];
    };
    // What stands before the first numbered sentence is a sentence without a number.
    let before = block
        .text
        .find(first.text.as_str())
        .and_then(|at| block.text.get(..at));
    let before = before.map(str::trim).filter(|words| !words.is_empty());
    let unnumbered = before.map(|words| (id, words.to_owned()));
    let numbered = block
        .sentences
        .iter()
        .map(|sentence| (&sentence.id, sentence.text.clone()));
    unnumbered.into_iter().chain(numbered).collect()
}

/// «Nền tảng họp trực tuyến» from an item that begins with it in bold.
fn lead(block: &Block) -> Option<String> {
    let Some(Piece::Html(html)) = block.body.first() else {
        return None;
    };
    let mut start = html.trim_start();
    if let Some(sentence) = start.strip_prefix("<span") {
        start = sentence.split_once('>')?.1;
    }
    let (bold, _) = start.strip_prefix("<strong>")?.split_once("</strong>")?;
    let length = plain_length(bold);
    let words: String = block.text.trim_start().chars().take(length).collect();
    Some(words.trim_end_matches([':', ' ']).to_owned())
}

/// The first words of an item that has no name of its own.
fn beginning(text: &str) -> String {
    const WORDS: usize = 14;
    let mut words = text.split_whitespace();
    let mut beginning = words.by_ref().take(WORDS).collect::<Vec<_>>().join(" ");
    if words.next().is_some() {
        beginning.push('…');
    }
    beginning
}

/// How many characters HTML shows: tags none, a character reference one.
fn plain_length(html: &str) -> usize {
    let mut length = 0;
    let mut rest = html.chars();
    while let Some(character) = rest.next() {
        match character {
            '<' => {
                rest.by_ref().find(|inner| *inner == '>');
            }
            '&' => {
                rest.by_ref().find(|inner| *inner == ';');
                length += 1;
            }
            _ => length += 1,
        }
    }
    length
}

/// A heading without the number it begins with: «3.4. », «đ) », «II. ».
fn without_number(heading: &str) -> &str {
    match heading.split_once(' ') {
        Some((number, rest)) if number.ends_with(['.', ')']) && number.chars().count() <= 6 => rest,
        _ => heading,
    }
}

fn entry(
    library: &Library,
    document: &Document,
    clause: &FoundClause<'_>,
    twin: Option<&str>,
) -> Entry {
    let (locale, id) = (document.locale, clause.id);
    let address = |locale: Locale| format!("/{locale}{}#{}", document.tail, id.slug());
    let catalogue = &library.project.catalogue;
    let mut aliases: Vec<String> = twin.map(str::to_owned).into_iter().collect();
    let mut quotes = Vec::new();
    for component in &catalogue.components {
        if component
            .clauses
            .iter()
            .any(|named| named.without_sentence() == *id)
        {
            quotes.push(component.code.clone());
        }
        if component.clause == *id {
            aliases.extend(abbreviations(&component.abbreviation));
            aliases.extend(
                component
                    .variants
                    .iter()
                    .map(|variant| variant.name.clone()),
            );
            aliases.extend(other_names(library, &component.name));
        }
    }
    for constituent in catalogue
        .constituents
        .iter()
        .filter(|one| one.clause == *id)
    {
        aliases.extend(
            constituent
                .variants
                .iter()
                .map(|variant| variant.name.clone()),
        );
    }
    Entry {
        locale,
        url: address(locale),
        kind: Kind::Clause,
        title: clause.title.clone(),
        breadcrumb: breadcrumb(library, document, clause),
        code: Some(id.to_string()),
        layer: layer(library, id),
        codes: clause.numbers.iter().map(ToString::to_string).collect(),
        quotes,
        aliases,
        sections: sections(clause),
        twin: twin.map(|_| address(locale.other())),
    }
}

/// The paragraphs of a clause; the heading it stands under is found with it.
fn sections(clause: &FoundClause<'_>) -> Vec<Section> {
    let under = Section {
        heading: clause.above.last().cloned().unwrap_or_default(),
        ..Section::default()
    };
    let section = |(id, words): &(&ClauseId, String)| Section {
        anchor: id.slug(),
        heading: String::new(),
        paragraphs: vec![words.clone()],
    };
    [under]
        .into_iter()
        .chain(clause.paragraphs.iter().map(section))
        .collect()
}

/// The parts above the page, then the headings above the clause on it.
fn breadcrumb(library: &Library, document: &Document, clause: &FoundClause<'_>) -> Vec<String> {
    let mut steps = pages::titles_above(library, document);
    steps.extend(clause.above.iter().cloned());
    steps.dedup();
    steps
}

fn layer(library: &Library, id: &ClauseId) -> Option<Layer> {
    let layers = &library.project.catalogue.layers;
    layers
        .iter()
        .find(|layer| id.is_within(&layer.clause))
        .map(|layer| layer.layer)
}

/// What the glossary else calls a thing of that name.
pub(super) fn other_names(library: &Library, name: &Localized) -> Vec<String> {
    let terms = &library.project.catalogue.terms;
    let same = terms
        .iter()
        .filter(|term| vitext::fold(&term.name.vi) == vitext::fold(&name.vi));
    same.flat_map(|term| {
        let variants = [&term.variants.vi, &term.variants.en];
        abbreviations(&term.abbreviation).chain(variants.into_iter().flatten().cloned())
    })
    .collect()
}

/// Short forms in both languages: people use either.
pub(super) fn abbreviations(abbreviation: &Abbreviation) -> impl Iterator<Item = String> {
    let both = [abbreviation.vi.clone(), abbreviation.en.clone()];
    both.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_lose_their_numbers_and_nothing_else() {
        for (heading, title) in [
            ("3.4. Nền tảng số dùng chung", "Nền tảng số dùng chung"),
            ("đ) Khung kiến trúc số cấp bộ", "Khung kiến trúc số cấp bộ"),
            ("II. KHUNG KIẾN TRÚC", "KHUNG KIẾN TRÚC"),
            ("Mục đích", "Mục đích"),
        ] {
            assert_eq!(without_number(heading), title);
        }
    }

    #[test]
    fn html_is_measured_as_it_is_shown() {
        assert_eq!(
            plain_length("Quản lý <em>hồ&amp;sơ</em>:"),
            "Quản lý hồ&sơ:".chars().count()
        );
    }
}
