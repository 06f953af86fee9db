//! Markdown to a [`Document`]: blocks with their numbers, anchors, references and finished HTML.
//!
//! 1. `directive` takes front matter and directive comments out without moving an offset.
//! 2. pulldown-cmark turns the rest into events.
//! 3. `writer` turns events into blocks, with holes where only the library knows what stands there.

mod anchor;
mod code;
mod directive;
mod footnote;
mod frame;
pub(crate) mod html;
mod inline;
pub(crate) use inline::scheme;
mod table;
mod writer;

use std::path::Path;

use framework::{ClauseId, Diagnostic, Locale};
use pulldown_cmark::{BrokenLink, CowStr, Options, Parser};

use crate::{
    address::Tail,
    document::{Document, Text, fitted},
    front_matter,
};

/// A document and everything that is wrong with its file.
#[derive(Debug)]
pub struct Parsed {
    /// The document; there always is one.
    pub document: Document,
    /// All faults of the file.
    pub faults: Vec<Diagnostic>,
}

/// Parses one file. The text is NFC.
pub fn parse(file: &Path, locale: Locale, tail: Tail, source: &str) -> Parsed {
    let mut faults = Vec::new();
    let (front_matter, body) = front_matter::parse(file, source, &mut faults);
    let (text, directives) = directive::extract(file, source, body, &mut faults);
    let mut to_clause = |link: BrokenLink<'_>| {
        // `[II.3.4.3]`; a bare part such as `[I]` is more often something else.
        let is_clause = link.reference.contains('.') && link.reference.parse::<ClauseId>().is_ok();
        is_clause.then(|| {
            (
                CowStr::from(format!("clause:{}", link.reference)),
                CowStr::Borrowed(""),
            )
        })
    };
    let events = Parser::new_with_broken_link_callback(&text, options(), Some(&mut to_clause))
        .into_offset_iter();
    let written = writer::write(file, source, locale, directives, events, &mut faults);
    let title = front_matter
        .title
        .clone()
        .or(written.first_heading)
        .unwrap_or_else(|| {
            file.file_stem()
                .map(|stem| stem.to_string_lossy().into_owned())
                .unwrap_or_default()
        });
    let document = Document {
        file: file.to_owned(),
        locale,
        tail,
        front_matter,
        title,
        anchors: fitted(written.anchors),
        length: source.len(),
        text: Text::new(written.blocks, written.references),
    };
    Parsed { document, faults }
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
}

#[cfg(test)]
mod tests;
