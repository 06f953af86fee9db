//! One Markdown file, parsed: what assembly and the pages build on.

use std::{
    fmt, mem,
    ops::{Deref, Range},
    path::PathBuf,
    sync::LazyLock,
};

use framework::{ClauseId, ClauseKind, Diagnostic, Locale};

use crate::{
    address::Tail,
    front_matter::FrontMatter,
    markdown::{self, Parsed},
    reads,
    source::{Content, Sources},
};

/// One Markdown file of the tree, parsed when somebody first asks what it says. Immutable; shared between
/// the libraries of a preview.
pub struct Page {
    /// The file, relative to the project folder.
    pub file: PathBuf,
    /// Its language, from the folder.
    pub locale: Locale,
    /// Its address after the language, from its path.
    pub tail: Tail,
    /// The file's text goes when it has been parsed: a build gives back the room of thousands of them.
    parsed: LazyLock<Parsed, Box<dyn FnOnce() -> Parsed + Send>>,
}

impl Page {
    pub(crate) fn new(file: PathBuf, locale: Locale, tail: Tail, source: Content) -> Self {
        let (its_file, its_tail) = (file.clone(), tail.clone());
        let parse = move || {
            let source = source.text().map_or("", |source| source);
            markdown::parse(&its_file, locale, its_tail, source)
        };
        Self {
            file,
            locale,
            tail,
            parsed: LazyLock::new(Box::new(parse)),
        }
    }

    /// What is wrong with the file.
    pub(crate) fn faults(&self) -> &[Diagnostic] {
        &self.parsed.faults
    }

    /// Whether others read no more of it than its head; see [`reads`].
    pub(crate) fn is_by_itself(tail: &Tail) -> bool {
        matches!(tail, Tail::Document(_))
    }
}

impl Deref for Page {
    type Target = Document;

    fn deref(&self) -> &Document {
        &self.parsed.document
    }
}

impl fmt::Debug for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Page").field(&self.file).finish()
    }
}

/// One Markdown file, parsed: its head, which any page may show or point at, and its text.
#[derive(Debug)]
pub struct Document {
    /// The file, relative to the project folder: `content/vi/framework/ii-3-4.md`.
    pub file: PathBuf,
    /// Its language, from the folder.
    pub locale: Locale,
    /// Its address after the language, the same in both languages.
    pub tail: Tail,
    /// What stands between the `---` lines.
    pub front_matter: FrontMatter,
    /// The title: from the front matter, else the first heading, else the file name.
    pub title: String,
    /// Every anchor a link may point at, in order.
    pub anchors: Vec<Anchor>,
    /// How long the file's text was, in bytes.
    pub(crate) length: usize,
    /// What it says, read through [`Document::blocks`] and [`Document::references`].
    pub(crate) text: Text,
}

/// What a document says. Nobody but the document looks into it, and who asks the document is noted: a page
/// that shows another's text has to be made again when that changes.
#[derive(Debug)]
pub(crate) struct Text {
    /// The blocks in order.
    blocks: Vec<Block>,
    /// Every link, clause reference and picture, to be resolved by the library.
    references: Vec<Reference>,
}

impl Text {
    pub(crate) fn new(blocks: Vec<Block>, references: Vec<Reference>) -> Self {
        Self {
            blocks: fitted(blocks),
            references: fitted(references),
        }
    }
}

impl Document {
    /// A fault with its place in the document's file, which is one of the sources; without one if that says something
    /// else by now: a preview keeps the last good version of a page.
    pub(crate) fn at(
        &self,
        span: Range<usize>,
        sources: &Sources,
        fault: Diagnostic,
    ) -> Diagnostic {
        let source = self.file.to_str().and_then(|path| sources.text(path));
        match source.filter(|source| source.len() == self.length) {
            Some(source) => fault.at_bytes(source, span),
            None => fault,
        }
    }

    /// The blocks in order.
    pub fn blocks(&self) -> &[Block] {
        reads::note(&self.tail);
        &self.text.blocks
    }

    /// Every link, clause reference and picture, to be resolved by the library.
    pub fn references(&self) -> &[Reference] {
        reads::note(&self.tail);
        &self.text.references
    }

    /// The document's clauses in order, headings, paragraphs, items, boxes and sentences.
    pub fn clauses(&self) -> impl Iterator<Item = ClauseText<'_>> {
        self.blocks()
            .iter()
            .flat_map(Block::with_children)
            .flat_map(Block::clauses)
    }
}

/// A block of a document: a heading, a paragraph, a list, a table …
#[derive(Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its number in the framework, if it has one.
    pub clause: Option<ClauseId>,
    /// Its anchor: the clause's slug, or the heading's id.
    pub anchor: Option<String>,
    /// Whether it is the editors' and not the text's own.
    pub editorial: bool,
    /// What it holds, as HTML with holes for what only the library knows; without its own outer tag
    /// for headings, paragraphs and items, complete for everything else.
    pub body: Vec<Piece>,
    /// The items of a list, the blocks of an admonition.
    pub children: Vec<Block>,
    /// The words, without mark-up.
    pub text: String,
    /// The sentences with numbers of their own; empty for most.
    pub sentences: Vec<Sentence>,
    /// Where it stands in the file, in bytes.
    pub span: Range<usize>,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list with its items as children; the number of the first if they are counted.
    List(Option<u64>),
    /// An item of a list.
    Item,
    /// A table; complete HTML in the body.
    Table,
    /// A code block in that language; complete HTML in the body.
    Code(String),
    /// The drawing of II.2 as the flattened lines of the source.
    Diagram,
    /// A quotation; complete HTML in the body.
    Quote,
    /// `> [!NOTE]` and its like; complete HTML in the body.
    Admonition(&'static str),
    /// A picture with its caption.
    Figure,
    /// A definition list, a rule, the footnotes: complete HTML in the body.
    Other,
}

/// A piece of a block's HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Finished HTML.
    Html(String),
    /// The value of a `href` or `src`: the index into [`Document::references`].
    Target(usize),
}

/// A sentence with a number of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its number, `II.3.4.3.s2`.
    pub id: ClauseId,
    /// Its words.
    pub text: String,
}

/// A place in a document that a link may point at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// What stands after the `#`.
    pub id: String,
    /// For headings: the level and the words, for the contents of the page.
    pub heading: Option<(u8, String)>,
    /// Whether the author gave it; else it was made from the words.
    pub explicit: bool,
    /// Where it stands in the file, in bytes.
    pub span: Range<usize>,
}

/// A link, a picture or a clause reference as the author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// What it points at, as written.
    pub target: String,
    /// What kind it is.
    pub kind: ReferenceKind,
    /// Where it stands in the file, in bytes.
    pub span: Range<usize>,
}

/// What kind of reference it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceKind {
    /// `[words](target)`.
    Link,
    /// `![words](target)`.
    Image,
    /// `[II.3.4.3]`.
    Clause,
}

/// A clause as one document holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseText<'a> {
    /// Its number.
    pub id: &'a ClauseId,
    /// What kind of passage it is.
    pub kind: ClauseKind,
    /// Its words in the document's language.
    pub text: &'a str,
    /// Where it stands in the file, in bytes.
    pub span: Range<usize>,
}

/// The same list in no more room than it needs. An allocator that is asked to shrink a list leaves it where it
/// is as long as half of its room is used, so it is moved.
pub(crate) fn fitted<T>(list: Vec<T>) -> Vec<T> {
    if list.len() == list.capacity() {
        return list;
    }
    let mut exact = Vec::with_capacity(list.len());
    exact.extend(list);
    exact
}

impl Block {
    /// Gives back the room that it grew into and does not need: thousands of pages are held at once.
    pub(crate) fn fit(&mut self) {
        self.text = self.text.as_str().to_owned();
        self.children = fitted(mem::take(&mut self.children));
        self.body = fitted(mem::take(&mut self.body));
        for piece in &mut self.body {
            if let Piece::Html(html) = piece {
                *html = html.as_str().to_owned();
            }
        }
    }

    /// The block and all blocks inside it, in order.
    pub fn with_children(&self) -> Vec<&Self> {
        let mut all = vec![self];
        for child in &self.children {
            all.extend(child.with_children());
        }
        all
    }

    fn clauses(&self) -> Vec<ClauseText<'_>> {
        let kind = match self.kind {
            BlockKind::Heading(_) => ClauseKind::Heading,
            BlockKind::Item => ClauseKind::Item,
            BlockKind::Diagram | BlockKind::Code(_) => ClauseKind::Diagram,
            _ => ClauseKind::Paragraph,
        };
        let own = self.clause.iter().map(|id| ClauseText {
            id,
            kind,
            text: &self.text,
            span: self.span.clone(),
        });
        let inner = self.sentences.iter().map(|sentence| ClauseText {
            id: &sentence.id,
            kind: if self.kind == BlockKind::Table {
                ClauseKind::Box
            } else {
                ClauseKind::Sentence
            },
            text: &sentence.text,
            span: self.span.clone(),
        });
        own.chain(inner).collect()
    }
}
