//! Blocks of a document to HTML: the holes left by the parser are filled from the library.

use framework::{ClauseId, Locale};

use crate::{
    content_file,
    document::{Block, BlockKind, Document, Piece, ReferenceKind},
    library::Library,
    link::{self, Link},
    markdown::html::escape_into,
};

/// The names of headings, by level.
const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

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
        self.write_inside(block, &mut html);
        html
    }

    fn write_inside(&self, block: &Block, html: &mut String) {
        for piece in &block.body {
            match piece {
                Piece::Html(text) => html.push_str(text),
                Piece::Target(index) => {
                    escape_into(html, &self.target(*index));
                    html.push_str(&self.size(*index));
                }
            }
        }
    }

    /// A whole block with its tag, its anchor and its children.
    pub(crate) fn whole(&self, block: &Block) -> String {
        let mut html = String::new();
        self.write(block, &mut html);
        html
    }

    /// Appends a whole block with its tag, its anchor and its children.
    pub(crate) fn write(&self, block: &Block, html: &mut String) {
        let (name, start) = match &block.kind {
            BlockKind::Heading(level) => (HEADINGS[usize::from(*level).clamp(1, 6) - 1], None),
            BlockKind::Paragraph => ("p", None),
            BlockKind::List(None) => ("ul", None),
            BlockKind::List(Some(1)) => ("ol", None),
            BlockKind::List(Some(first)) => ("ol", Some(first)),
            BlockKind::Item => ("li", None),
            // Complete but for a place to put the anchor.
            _ if block.anchor.is_none() => ("", None),
            _ => ("div", None),
        };
        if !name.is_empty() {
            html.extend(["<", name]);
            if let Some(id) = &block.anchor {
                html.extend([" id=\"", id, "\""]);
            }
            if let Some(first) = start {
                html.extend([" start=\"", &first.to_string(), "\""]);
            }
            html.push('>');
        }
        if let BlockKind::List(_) = block.kind {
            html.push('\n');
            for child in &block.children {
                self.write(child, html);
            }
        } else {
            self.write_inside(block, html);
        }
        if !name.is_empty() {
            html.extend(["</", name, ">"]);
        }
        html.push('\n');
    }

    fn target(&self, index: usize) -> String {
        let Some(reference) = self.document.references().get(index) else {
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
        let reference = self.document.references().get(index);
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
