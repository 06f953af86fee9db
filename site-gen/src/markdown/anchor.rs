//! Anchors: clause numbers, ids that authors give, slugs of headings; each once in a page.

use std::ops::Range;

use framework::Localized;

use super::{frame::Frame, writer::Writer};
use crate::{
    document::{Anchor, BlockKind, Sentence},
    slug,
};

impl Writer<'_> {
    /// Registers the anchors of a finished block.
    pub(super) fn set_anchor(&mut self, frame: &mut Frame, span: &Range<usize>) {
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
    fn free_slug(&mut self, words: &str) -> String {
        let base = slug::of(words);
        let base = if base.is_empty() {
            "section".to_owned()
        } else {
            base
        };
        if !self.taken.contains(&base) {
            return base;
        }
        let number = self.numbers.entry(base.clone()).or_insert(1);
        loop {
            *number += 1;
            let candidate = format!("{base}-{number}");
            if !self.taken.contains(&candidate) {
                return candidate;
            }
        }
    }
}
