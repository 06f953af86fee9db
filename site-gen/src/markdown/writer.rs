//! Events to blocks.
//!
//! Top-level blocks and the items of top-level lists become [`Block`]s of their own; whatever lies
//! deeper is written as HTML into the block that holds it.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    path::Path,
};

use framework::{ClauseId, Diagnostic, Locale, Localized};
use pulldown_cmark::{Event, Tag, TagEnd};

use super::{
    code::Code,
    directive::{Directive, Placed},
    frame::{Frame, Open, language, nested_block, push_html},
    inline::Picture,
};
use crate::{
    document::{Anchor, Block, BlockKind, Piece, Reference},
    wording,
};

/// What was written.
pub(super) struct Written {
    pub(super) blocks: Vec<Block>,
    pub(super) anchors: Vec<Anchor>,
    pub(super) references: Vec<Reference>,
    pub(super) first_heading: Option<String>,
}

/// Ids that the frame of every page has: no heading may take them.
const RESERVED: [&str; 4] = ["main", "q", "q2", "parallel"];

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
        found: 0,
        directives: directives.into_iter().peekable(),
        editorial: false,
        pending: None,
        frames: Vec::new(),
        open: Vec::new(),
        picture: None,
        code: None,
        footnotes: Vec::new(),
        notes: Vec::new(),
        taken: RESERVED.map(str::to_owned).into(),
        numbers: BTreeMap::new(),
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
    /// How many faults there are, told or not.
    found: usize,
    directives: std::iter::Peekable<std::vec::IntoIter<Placed>>,
    editorial: bool,
    pending: Option<(ClauseId, Range<usize>)>,
    pub(super) frames: Vec<Frame>,
    pub(super) open: Vec<Open>,
    pub(super) picture: Option<Picture>,
    /// The code block that is open, if its language has colours.
    pub(super) code: Option<Code>,
    /// Labels of footnotes in the order of their first mention.
    pub(super) footnotes: Vec<String>,
    pub(super) notes: Vec<(String, Vec<Piece>)>,
    pub(super) taken: BTreeSet<String>,
    /// The last number given to headings of the same words.
    pub(super) numbers: BTreeMap<String, usize>,
    pub(super) blocks: Vec<Block>,
    pub(super) anchors: Vec<Anchor>,
    pub(super) references: Vec<Reference>,
    pub(super) first_heading: Option<String>,
}

impl Writer<'_> {
    fn event(&mut self, event: Event<'_>, span: Range<usize>) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let code = Code::in_language(&language(&kind));
                self.start(Tag::CodeBlock(kind), span);
                self.code = code;
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some(code) = self.code.take() {
                    self.html(&code.html());
                }
                self.end(&span);
            }
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
        let mut frame = Frame::new(clause, self.editorial, span);
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
        let (opening, closing): (Cow<'static, str>, Open) = match tag {
            // The first paragraph of a loose item is the item's own text.
            Tag::Paragraph if in_item && directly && self.at_beginning() => {
                ("".into(), Open::Silent)
            }
            Tag::Emphasis => ("<em>".into(), Open::Tag("</em>")),
            Tag::Strong => ("<strong>".into(), Open::Tag("</strong>")),
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
        frame.block.fit();
        match self.frames.last_mut() {
            Some(list) => list.block.children.push(frame.block),
            None => self.blocks.push(frame.block),
        }
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
        self.found += 1;
        if self.found > wording::MOST_IN_A_FILE {
            return;
        }
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
        if let Some(more @ 1..) = self.found.checked_sub(wording::MOST_IN_A_FILE) {
            self.faults.push(wording::and_more(self.file, more));
        }
        Written {
            blocks: self.blocks,
            anchors: self.anchors,
            references: self.references,
            first_heading: self.first_heading,
        }
    }

    /// Appends HTML to the block being written.
    pub(super) fn html(&mut self, html: &str) {
        if let Some(frame) = self.frames.last_mut()
            && !html.is_empty()
        {
            frame.html().push_str(html);
        }
    }

    /// Whether the block being written holds nothing yet.
    fn at_beginning(&self) -> bool {
        self.frames
            .last()
            .is_some_and(|frame| frame.block.text.is_empty())
    }
}
