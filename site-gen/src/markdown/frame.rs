//! One block while it is being written: its kind, the tags around it, what is still open in it.

use std::{borrow::Cow, ops::Range};

use framework::{ClauseId, Locale, Localized};
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Tag};

use super::{html, table::Table};
use crate::document::{Block, BlockKind, Piece};

/// A block is about as long as its source; of a long one that much is enough to begin with.
const MOST_ROOM: usize = 1024;

/// A block being written.
pub(super) struct Frame {
    pub(super) block: Block,
    /// The id an author gave a heading.
    pub(super) explicit_id: Option<String>,
    /// The sentence that is open, and where its words begin.
    pub(super) sentence: Option<(ClauseId, usize)>,
    pub(super) table: Option<Table>,
    /// The label, for a footnote's text.
    pub(super) footnote: Option<String>,
    /// What closes the block's HTML.
    pub(super) close: &'static str,
    /// Raw HTML: reported and dropped.
    pub(super) dropped: bool,
}

/// What an end event closes.
pub(super) enum Open {
    Frame,
    Tag(&'static str),
    Silent,
    Picture,
    Head,
    Row,
    Cell,
}

impl Frame {
    /// An empty block of unknown kind.
    pub(super) fn new(clause: Option<ClauseId>, editorial: bool, span: Range<usize>) -> Self {
        Self {
            block: Block {
                kind: BlockKind::Other,
                anchor: clause.as_ref().map(ClauseId::slug),
                clause,
                editorial,
                body: Vec::new(),
                children: Vec::new(),
                text: String::new(),
                sentences: Vec::new(),
                span,
            },
            explicit_id: None,
            sentence: None,
            table: None,
            footnote: None,
            close: "",
            dropped: false,
        }
    }

    /// Sets the kind of block; answers with the HTML that opens it.
    pub(super) fn set_up(&mut self, tag: Tag<'_>, locale: Locale) -> Cow<'static, str> {
        let nothing = Cow::Borrowed("");
        let (kind, opening, close) = match tag {
            Tag::Heading { level, id, .. } => {
                self.explicit_id = id.map(|id| id.to_string());
                (BlockKind::Heading(level as u8), nothing, "")
            }
            Tag::Paragraph => (BlockKind::Paragraph, nothing, ""),
            Tag::List(first) => (BlockKind::List(first), nothing, ""),
            Tag::Item => (BlockKind::Item, nothing, ""),
            Tag::CodeBlock(kind) => {
                let language = language(&kind);
                let is_diagram = self
                    .block
                    .clause
                    .as_ref()
                    .is_some_and(|id| id.as_str().ends_with(".diagram"));
                let opening = open_code(&language);
                let kind = if is_diagram {
                    BlockKind::Diagram
                } else {
                    BlockKind::Code(language)
                };
                (kind, opening, "</code></pre>")
            }
            Tag::Table(alignments) => {
                self.table = Some(Table::new(alignments));
                (
                    BlockKind::Table,
                    super::table::OPEN.into(),
                    super::table::CLOSE,
                )
            }
            Tag::BlockQuote(None) => (BlockKind::Quote, "<blockquote>".into(), "</blockquote>"),
            Tag::BlockQuote(Some(kind)) => (
                BlockKind::Admonition(name(kind)),
                open_admonition(kind, locale).into(),
                "</div>",
            ),
            Tag::DefinitionList => (BlockKind::Other, "<dl>".into(), "</dl>"),
            Tag::FootnoteDefinition(label) => {
                self.footnote = Some(label.to_string());
                (BlockKind::Other, nothing, "")
            }
            _ => {
                self.dropped = true;
                (BlockKind::Other, nothing, "")
            }
        };
        if !matches!(kind, BlockKind::List(_)) {
            self.block.text.reserve(self.room());
        }
        self.block.kind = kind;
        self.close = close;
        opening
    }

    /// What the block gets in the beginning, so that it hardly grows while it is written.
    fn room(&self) -> usize {
        self.block.span.len().min(MOST_ROOM)
    }

    /// The HTML that is being written.
    pub(super) fn html(&mut self) -> &mut String {
        // What comes after a link is short, and there may be thousands.
        let room = if self.block.body.is_empty() {
            self.room()
        } else {
            0
        };
        let body = &mut self.block.body;
        if !matches!(body.last(), Some(Piece::Html(_))) {
            body.push(Piece::Html(String::with_capacity(room)));
        }
        let Some(Piece::Html(html)) = body.last_mut() else {
            unreachable!("there is one now")
        };
        html
    }
}

/// The tags of a block inside another.
pub(super) fn nested_block(tag: &Tag<'_>) -> (Cow<'static, str>, Open) {
    let (opening, closing): (Cow<'static, str>, _) = match tag {
        Tag::Paragraph => ("<p>".into(), "</p>"),
        Tag::Heading { level, .. } => match *level as u8 {
            1..=3 => ("<h3>".into(), "</h3>"),
            4 => ("<h4>".into(), "</h4>"),
            _ => ("<h5>".into(), "</h5>"),
        },
        Tag::List(None) => ("<ul>".into(), "</ul>"),
        Tag::List(Some(1)) => ("<ol>".into(), "</ol>"),
        Tag::List(Some(first)) => (format!("<ol start=\"{first}\">").into(), "</ol>"),
        Tag::Item => ("<li>".into(), "</li>"),
        Tag::CodeBlock(kind) => (open_code(&language(kind)), "</code></pre>"),
        Tag::BlockQuote(_) => ("<blockquote>".into(), "</blockquote>"),
        Tag::DefinitionList => ("<dl>".into(), "</dl>"),
        Tag::DefinitionListTitle => ("<dt>".into(), "</dt>"),
        Tag::DefinitionListDefinition => ("<dd>".into(), "</dd>"),
        Tag::Table(_) => (super::table::OPEN.into(), super::table::CLOSE),
        Tag::FootnoteDefinition(_) => ("<div class=\"footnote\">".into(), "</div>"),
        _ => return ("".into(), Open::Silent),
    };
    (opening, Open::Tag(closing))
}

/// The language that an author named after the fence; empty if none.
pub(super) fn language(kind: &CodeBlockKind<'_>) -> String {
    match kind {
        CodeBlockKind::Fenced(info) => info
            .split([' ', ',', '{'])
            .next()
            .unwrap_or_default()
            .to_lowercase(),
        CodeBlockKind::Indented => String::new(),
    }
}

fn open_code(language: &str) -> Cow<'static, str> {
    if language.is_empty() {
        return "<pre tabindex=\"0\"><code>".into();
    }
    let language = html::escape(language);
    format!("<pre tabindex=\"0\"><code class=\"language-{language}\">").into()
}

const fn name(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}

fn open_admonition(kind: BlockQuoteKind, locale: Locale) -> String {
    let title = match kind {
        BlockQuoteKind::Note => Localized::new("Ghi chú", "Note"),
        BlockQuoteKind::Tip => Localized::new("Gợi ý", "Tip"),
        BlockQuoteKind::Important => Localized::new("Quan trọng", "Important"),
        BlockQuoteKind::Warning => Localized::new("Lưu ý", "Warning"),
        BlockQuoteKind::Caution => Localized::new("Thận trọng", "Caution"),
    };
    format!(
        "<div class=\"admonition {}\" role=\"note\"><p class=\"admonition-title\">{}</p>",
        name(kind),
        title.get(locale)
    )
}

/// Appends to the last piece if it is HTML, so that pieces stay few.
pub(super) fn push_html(pieces: &mut Vec<Piece>, html: &str) {
    if html.is_empty() {
        return;
    }
    match pieces.last_mut() {
        Some(Piece::Html(last)) => last.push_str(html),
        _ => pieces.push(Piece::Html(html.to_owned())),
    }
}
