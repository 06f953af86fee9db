//! Events to blocks.
//!
//! Top-level blocks and the items of top-level lists become [`Block`]s of their own; whatever lies
//! deeper is written as HTML into the block that holds it.

use std::{collections::BTreeSet, ops::Range, path::Path};

use framework::{ClauseId, Diagnostic, Locale, Localized};
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag};

use super::{
    directive::{Directive, Placed},
    html,
    inline::Picture,
    table::Table,
};
use crate::{
    document::{Anchor, Block, BlockKind, Piece, Reference, Sentence},
    slug,
};

/// What was written.
pub(super) struct Written {
    pub(super) blocks: Vec<Block>,
    pub(super) anchors: Vec<Anchor>,
    pub(super) references: Vec<Reference>,
    pub(super) first_heading: Option<String>,
}

/// Deeper containers than this are written flat: no author means them, and no page shows them.
const DEEPEST: usize = 64;

/// Writes the events of one file.
pub(super) fn write<'e>(
    file: &Path,
    source: &str,
    locale: Locale,
    directives: Vec<Placed>,
    events: impl Iterator<Item = (Event<'e>, Range<usize>)>,
    faults: &mut Vec<Diagnostic>,
) -> Written {
    let mut writer = Writer {
        file,
        source,
        locale,
        faults,
        directives: directives.into_iter().peekable(),
        editorial: false,
        pending: None,
        frames: Vec::new(),
        open: Vec::new(),
        picture: None,
        footnotes: Vec::new(),
        notes: Vec::new(),
        taken: BTreeSet::new(),
        blocks: Vec::new(),
        anchors: Vec::new(),
        references: Vec::new(),
        first_heading: None,
    };
    for (event, span) in events {
        writer.event(event, span);
    }
    writer.finish()
}

pub(super) struct Writer<'a> {
    pub(super) file: &'a Path,
    pub(super) source: &'a str,
    pub(super) locale: Locale,
    pub(super) faults: &'a mut Vec<Diagnostic>,
    directives: std::iter::Peekable<std::vec::IntoIter<Placed>>,
    editorial: bool,
    pending: Option<(ClauseId, Range<usize>)>,
    pub(super) frames: Vec<Frame>,
    pub(super) open: Vec<Open>,
    pub(super) picture: Option<Picture>,
    /// Labels of footnotes in the order of their first mention.
    pub(super) footnotes: Vec<String>,
    notes: Vec<(String, Vec<Piece>)>,
    taken: BTreeSet<String>,
    blocks: Vec<Block>,
    anchors: Vec<Anchor>,
    pub(super) references: Vec<Reference>,
    first_heading: Option<String>,
}

/// A block being written.
pub(super) struct Frame {
    pub(super) block: Block,
    /// The id an author gave a heading.
    explicit_id: Option<String>,
    /// The sentence that is open, and where its words begin.
    pub(super) sentence: Option<(ClauseId, usize)>,
    pub(super) table: Option<Table>,
    /// The label, for a footnote's text.
    footnote: Option<String>,
    /// What closes the block's HTML.
    close: &'static str,
    /// Raw HTML: reported and dropped.
    dropped: bool,
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

impl Writer<'_> {
    fn event(&mut self, event: Event<'_>, span: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(_) => self.end(&span),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => self.code(&code),
            Event::Html(raw) | Event::InlineHtml(raw) => self.raw_html(&raw, span),
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            Event::SoftBreak => self.break_line("\n"),
            Event::HardBreak => self.break_line("<br>\n"),
            Event::Rule => self.rule(span),
            // Not switched on: task lists, mathematics.
            Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Range<usize>) {
        if self.picture.is_some() {
            self.open.push(Open::Silent);
            return;
        }
        let list_item = matches!(tag, Tag::Item)
            && self.open.len() == 1
            && matches!(self.frames.last(), Some(frame) if matches!(frame.block.kind, BlockKind::List(_)));
        if self.frames.is_empty() || list_item {
            self.open_frame(tag, span);
        } else if self.open.len() >= DEEPEST {
            self.too_deep(span);
        } else {
            self.start_nested(tag, span);
        }
    }

    fn open_frame(&mut self, tag: Tag<'_>, span: Range<usize>) {
        self.follow_directives(span.start);
        let is_list = matches!(tag, Tag::List(_));
        // The number before a list is its first item's.
        let clause = if is_list {
            None
        } else {
            self.pending.take().map(|(clause, _)| clause)
        };
        let mut frame = Frame {
            block: Block {
                kind: BlockKind::Other,
                anchor: clause.as_ref().map(ClauseId::slug),
                clause,
                editorial: self.editorial,
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
        };
        let opening = frame.set_up(tag, self.locale);
        self.open.push(Open::Frame);
        self.frames.push(frame);
        self.html(&opening);
        self.open_first_sentence();
    }

    fn start_nested(&mut self, tag: Tag<'_>, span: Range<usize>) {
        let in_item = self
            .frames
            .last()
            .is_some_and(|frame| frame.block.kind == BlockKind::Item);
        let directly = matches!(self.open.last(), Some(Open::Frame));
        let (opening, closing): (String, Open) = match tag {
            // The first paragraph of a loose item is the item's own text.
            Tag::Paragraph if in_item && directly && self.at_beginning() => {
                (String::new(), Open::Silent)
            }
            Tag::Emphasis => ("<em>".to_owned(), Open::Tag("</em>")),
            Tag::Strong => ("<strong>".to_owned(), Open::Tag("</strong>")),
            Tag::Link {
                dest_url, title, ..
            } => return self.start_link(&dest_url, &title, span),
            Tag::Image {
                dest_url, title, ..
            } => return self.start_picture(&dest_url, &title, span),
            Tag::TableHead => return self.start_table_head(),
            Tag::TableRow => return self.start_table_row(),
            Tag::TableCell => return self.start_table_cell(),
            block => {
                self.close_sentence();
                self.separate_words();
                nested_block(&block)
            }
        };
        self.html(&opening);
        self.open.push(closing);
    }

    fn end(&mut self, span: &Range<usize>) {
        match self.open.pop() {
            Some(Open::Frame) => self.close_frame(span),
            Some(Open::Tag(closing)) => self.html(closing),
            Some(Open::Picture) => self.end_picture(),
            Some(Open::Head) => self.end_table_head(),
            Some(Open::Row) => self.end_table_row(),
            Some(Open::Cell) => self.end_table_cell(),
            Some(Open::Silent) | None => {}
        }
    }

    fn close_frame(&mut self, span: &Range<usize>) {
        self.close_sentence();
        let Some(mut frame) = self.frames.pop() else {
            return;
        };
        if frame.dropped {
            return;
        }
        push_html(&mut frame.block.body, frame.close);
        if let Some(label) = frame.footnote {
            self.notes.push((label, frame.block.body));
            return;
        }
        frame.block.text.truncate(frame.block.text.trim_end().len());
        self.set_anchor(&mut frame, span);
        match self.frames.last_mut() {
            Some(list) => list.block.children.push(frame.block),
            None => self.blocks.push(frame.block),
        }
    }

    /// Registers the anchors of a finished block.
    fn set_anchor(&mut self, frame: &mut Frame, span: &Range<usize>) {
        let block = &mut frame.block;
        let heading = match block.kind {
            BlockKind::Heading(level) => {
                self.first_heading.get_or_insert_with(|| block.text.clone());
                Some((level, block.text.clone()))
            }
            _ => None,
        };
        let explicit = block.anchor.is_some() || frame.explicit_id.is_some();
        if block.anchor.is_none() && heading.is_some() {
            block.anchor = Some(
                frame
                    .explicit_id
                    .take()
                    .unwrap_or_else(|| self.free_slug(&block.text)),
            );
        }
        if let Some(id) = &block.anchor {
            self.anchor(id.clone(), heading, explicit, span.clone());
        }
        for Sentence { id, .. } in &block.sentences {
            self.anchor(id.slug(), None, true, span.clone());
        }
    }

    fn anchor(
        &mut self,
        id: String,
        heading: Option<(u8, String)>,
        explicit: bool,
        span: Range<usize>,
    ) {
        if !self.taken.insert(id.clone()) {
            self.fault(
                "duplicate-anchor",
                span.clone(),
                Localized::text(
                    format!("Neo «{id}» đã có ở trên trong cùng tệp"),
                    format!("The anchor “{id}” already stands further up in this file"),
                ),
                Some(Localized::text(
                    "Mỗi số mục chỉ dùng một lần",
                    "Use each id once",
                )),
            );
        }
        self.anchors.push(Anchor {
            id,
            heading,
            explicit,
            span,
        });
    }

    /// A slug of the words that is still free in this document.
    fn free_slug(&self, words: &str) -> String {
        let base = slug::of(words);
        let base = if base.is_empty() {
            "section".to_owned()
        } else {
            base
        };
        let mut candidate = base.clone();
        let mut number = 2;
        while self.taken.contains(&candidate) {
            candidate = format!("{base}-{number}");
            number += 1;
        }
        candidate
    }

    fn rule(&mut self, span: Range<usize>) {
        if self.frames.is_empty() {
            self.open_frame(Tag::HtmlBlock, span.clone());
            if let Some(frame) = self.frames.last_mut() {
                frame.dropped = false;
            }
            self.html("<hr>");
            self.end(&span);
        } else {
            self.html("<hr>");
        }
    }

    fn follow_directives(&mut self, position: usize) {
        while let Some(placed) = self
            .directives
            .next_if(|placed| placed.span.end <= position)
        {
            match placed.directive {
                Directive::EditorialStart => self.editorial = true,
                Directive::EditorialEnd => self.editorial = false,
                Directive::Id(id) => {
                    if let Some((unused, span)) = self.pending.replace((id, placed.span)) {
                        self.unused_id(&unused, span);
                    }
                }
            }
        }
    }

    fn unused_id(&mut self, id: &ClauseId, span: Range<usize>) {
        self.fault(
            "id-without-block",
            span,
            Localized::text(
                format!("Không có đoạn nào đứng sau số mục {id}"),
                format!("No block follows the id {id}"),
            ),
            None,
        );
    }

    fn too_deep(&mut self, span: Range<usize>) {
        if self.open.len() == DEEPEST {
            self.fault(
                "nesting-too-deep",
                span,
                Localized::text(
                    format!("Lồng nhau quá {DEEPEST} cấp"),
                    format!("Nested more than {DEEPEST} levels deep"),
                ),
                None,
            );
        }
        self.open.push(Open::Silent);
    }

    pub(super) fn fault(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        message: Localized,
        hint: Option<Localized>,
    ) {
        let mut fault = Diagnostic::error(code, self.file, message).at_bytes(self.source, span);
        fault.hint = hint;
        self.faults.push(fault);
    }

    fn finish(mut self) -> Written {
        self.follow_directives(usize::MAX);
        if let Some((id, span)) = self.pending.take() {
            self.unused_id(&id, span);
        }
        self.write_footnotes();
        Written {
            blocks: self.blocks,
            anchors: self.anchors,
            references: self.references,
            first_heading: self.first_heading,
        }
    }

    /// The footnotes, in the order in which the text mentions them.
    fn write_footnotes(&mut self) {
        let mut body = Vec::new();
        for (index, label) in self.footnotes.iter().enumerate() {
            let Some(at) = self.notes.iter().position(|(name, _)| name == label) else {
                continue;
            };
            let number = index + 1;
            let (_, note) = self.notes.swap_remove(at);
            push_html(&mut body, &format!("<li id=\"fn-{number}\">"));
            body.extend(note);
            let back = if self.locale == Locale::Vi {
                "Về chỗ chú thích"
            } else {
                "Back to the text"
            };
            push_html(
                &mut body,
                &format!(
                    "<a href=\"#fnref-{number}\" class=\"footnote-back\" aria-label=\"{back}\">↩</a></li>"
                ),
            );
        }
        if body.is_empty() {
            return;
        }
        let mut whole = vec![Piece::Html("<section class=\"footnotes\"><ol>".to_owned())];
        whole.extend(body);
        push_html(&mut whole, "</ol></section>");
        self.blocks.push(Block {
            kind: BlockKind::Other,
            clause: None,
            anchor: None,
            editorial: true,
            body: whole,
            children: Vec::new(),
            text: String::new(),
            sentences: Vec::new(),
            span: self.source.len()..self.source.len(),
        });
    }

    /// Appends HTML to the block being written.
    pub(super) fn html(&mut self, html: &str) {
        if let Some(frame) = self.frames.last_mut() {
            push_html(&mut frame.block.body, html);
        }
    }

    /// Whether the block being written holds nothing yet.
    fn at_beginning(&self) -> bool {
        self.frames
            .last()
            .is_some_and(|frame| frame.block.text.is_empty())
    }
}

impl Frame {
    /// Sets the kind of block; answers with the HTML that opens it.
    fn set_up(&mut self, tag: Tag<'_>, locale: Locale) -> String {
        let (kind, opening, close) = match tag {
            Tag::Heading { level, id, .. } => {
                self.explicit_id = id.map(|id| id.to_string());
                (BlockKind::Heading(level as u8), String::new(), "")
            }
            Tag::Paragraph => (BlockKind::Paragraph, String::new(), ""),
            Tag::List(first) => (BlockKind::List(first), String::new(), ""),
            Tag::Item => (BlockKind::Item, String::new(), ""),
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
                    super::table::OPEN.to_owned(),
                    super::table::CLOSE,
                )
            }
            Tag::BlockQuote(None) => (BlockKind::Quote, "<blockquote>".to_owned(), "</blockquote>"),
            Tag::BlockQuote(Some(kind)) => (
                BlockKind::Admonition(name(kind)),
                open_admonition(kind, locale),
                "</div>",
            ),
            Tag::DefinitionList => (BlockKind::Other, "<dl>".to_owned(), "</dl>"),
            Tag::FootnoteDefinition(label) => {
                self.footnote = Some(label.to_string());
                (BlockKind::Other, String::new(), "")
            }
            _ => {
                self.dropped = true;
                (BlockKind::Other, String::new(), "")
            }
        };
        self.block.kind = kind;
        self.close = close;
        opening
    }
}

/// The tags of a block inside another.
fn nested_block(tag: &Tag<'_>) -> (String, Open) {
    let (opening, closing) = match tag {
        Tag::Paragraph => ("<p>".to_owned(), "</p>"),
        Tag::Heading { level, .. } => match *level as u8 {
            1..=3 => ("<h3>".to_owned(), "</h3>"),
            4 => ("<h4>".to_owned(), "</h4>"),
            _ => ("<h5>".to_owned(), "</h5>"),
        },
        Tag::List(None) => ("<ul>".to_owned(), "</ul>"),
        Tag::List(Some(1)) => ("<ol>".to_owned(), "</ol>"),
        Tag::List(Some(first)) => (format!("<ol start=\"{first}\">"), "</ol>"),
        Tag::Item => ("<li>".to_owned(), "</li>"),
        Tag::CodeBlock(kind) => (open_code(&language(kind)), "</code></pre>"),
        Tag::BlockQuote(_) => ("<blockquote>".to_owned(), "</blockquote>"),
        Tag::DefinitionList => ("<dl>".to_owned(), "</dl>"),
        Tag::DefinitionListTitle => ("<dt>".to_owned(), "</dt>"),
        Tag::DefinitionListDefinition => ("<dd>".to_owned(), "</dd>"),
        Tag::Table(_) => (super::table::OPEN.to_owned(), super::table::CLOSE),
        Tag::FootnoteDefinition(_) => ("<div class=\"footnote\">".to_owned(), "</div>"),
        _ => return (String::new(), Open::Silent),
    };
    (opening, Open::Tag(closing))
}

fn language(kind: &CodeBlockKind<'_>) -> String {
    match kind {
        CodeBlockKind::Fenced(info) => info
            .split([' ', ',', '{'])
            .next()
            .unwrap_or_default()
            .to_lowercase(),
        CodeBlockKind::Indented => String::new(),
    }
}

fn open_code(language: &str) -> String {
    if language.is_empty() {
        return "<pre tabindex=\"0\"><code>".to_owned();
    }
    format!(
        "<pre tabindex=\"0\"><code class=\"language-{}\">",
        html::escape(language)
    )
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
