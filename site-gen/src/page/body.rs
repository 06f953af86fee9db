//! Blocks of a document to HTML: the holes left by the parser are filled from the library.

use framework::{ClauseId, Locale};

use crate::{
    content_file,
    document::{Block, Document, Piece, ReferenceKind},
    library::Library,
    link::{self, Link},
};

/// Writes the blocks' own HTML in one language of the site.
pub(crate) struct Body<'a> {
    library: &'a Library,
    document: &'a Document,
    /// The language of the page, whose addresses links get.
    locale: Locale,
}

impl<'a> Body<'a> {
    pub(crate) const fn new(library: &'a Library, document: &'a Document, locale: Locale) -> Self {
        Self {
            library,
            document,
            locale,
        }
    }

    /// What the block holds, without its own outer tag and without its children.
    pub(crate) fn inside(&self, block: &Block) -> String {
        let mut html = String::with_capacity(block.text.len() + 128);
        for piece in &block.body {
            match piece {
                Piece::Html(text) => html.push_str(text),
                Piece::Target(index) => {
                    let target = self.target(*index);
                    crate::markdown::html::escape_into(&mut html, &target);
                    html.push_str(&self.size(*index));
                }
            }
        }
        html
    }

    /// A whole block with its tag, its anchor and its children. `shift` lowers or raises headings.
    pub(crate) fn whole(&self, block: &Block, shift: i8) -> String {
        use crate::document::BlockKind as Kind;
        let id = block
            .anchor
            .as_ref()
            .map(|id| format!(" id=\"{id}\""))
            .unwrap_or_default();
        let inside = self.inside(block);
        let children = || {
            block
                .children
                .iter()
                .map(|child| self.whole(child, shift))
                .collect::<String>()
        };
        match &block.kind {
            Kind::Heading(level) => {
                let level = level.saturating_add_signed(shift).clamp(1, 6);
                format!("<h{level}{id}>{inside}</h{level}>\n")
            }
            Kind::Paragraph => format!("<p{id}>{inside}</p>\n"),
            Kind::List(None) => format!("<ul{id}>\n{}</ul>\n", children()),
            Kind::List(Some(1)) => format!("<ol{id}>\n{}</ol>\n", children()),
            Kind::List(Some(first)) => format!("<ol{id} start=\"{first}\">\n{}</ol>\n", children()),
            Kind::Item => format!("<li{id}>{inside}</li>\n"),
            _ if id.is_empty() => format!("{inside}\n"),
            _ => format!("<div{id}>{inside}</div>\n"),
        }
    }

    fn target(&self, index: usize) -> String {
        let Some(reference) = self.document.references.get(index) else {
            return String::new();
        };
        match reference.kind {
            ReferenceKind::Clause => self.clause(&reference.target),
            ReferenceKind::Link | ReferenceKind::Image => {
                match link::resolve(self.document, &reference.target) {
                    Link::File(path) => self.file(path),
                    link => link.address(self.locale),
                }
            }
        }
    }

    /// Width and height of a picture, closing the `src` attribute and leaving the last one open.
    fn size(&self, index: usize) -> String {
        let reference = self.document.references.get(index);
        let picture = reference.filter(|reference| reference.kind == ReferenceKind::Image);
        picture
            .and_then(
                |picture| match link::resolve(self.document, &picture.target) {
                    Link::File(path) => {
                        content_file::find(&self.library.files, self.document, &path)?.size
                    }
                    _ => None,
                },
            )
            .map(|(width, height)| format!("\" width=\"{width}\" height=\"{height}"))
            .unwrap_or_default()
    }

    /// A file of the content tree under its public name, or one the site makes under its own.
    fn file(&self, path: String) -> String {
        match content_file::find(&self.library.files, self.document, &path) {
            Some(file) => format!("/assets/{}", file.public_name),
            None => path,
        }
    }

    fn clause(&self, id: &str) -> String {
        let clause = self.library.project.clauses.get(id);
        clause.map_or_else(
            || {
                id.parse::<ClauseId>()
                    .map(|id| format!("#{}", id.slug()))
                    .unwrap_or_default()
            },
            |clause| clause.url(self.locale),
        )
    }
}
