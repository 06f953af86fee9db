//! The footnotes, at the end of a page.

use framework::Locale;

use super::{frame::push_html, writer::Writer};
use crate::document::{Block, BlockKind, Piece};

impl Writer<'_> {
    /// The footnotes, in the order in which the text mentions them.
    pub(super) fn write_footnotes(&mut self) {
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
}
