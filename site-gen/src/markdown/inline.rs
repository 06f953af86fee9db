//! What stands inside a block: words, links, pictures, sentence marks, footnote numbers.

use std::ops::Range;

use framework::{ClauseId, Localized};

use super::{frame::Open, html, writer::Writer};
use crate::document::{BlockKind, Piece, Reference, ReferenceKind, Sentence};

/// A picture whose alternative text is being read.
pub(super) struct Picture {
    alt: String,
    caption: String,
    reference: usize,
}

/// Schemes a link may have.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

impl Writer<'_> {
    pub(super) fn text(&mut self, text: &str) {
        if let Some(picture) = &mut self.picture {
            picture.alt.push_str(text);
            return;
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.block.text.push_str(text);
            if let Some(code) = &mut self.code {
                return code.push(text);
            }
            html::escape_into(frame.html(), text);
        }
    }

    pub(super) fn code(&mut self, code: &str) {
        if self.picture.is_none() {
            self.html("<code>");
        }
        self.text(code);
        if self.picture.is_none() {
            self.html("</code>");
        }
    }

    pub(super) fn break_line(&mut self, markup: &str) {
        if let Some(picture) = &mut self.picture {
            picture.alt.push(' ');
            return;
        }
        self.html(markup);
        if let Some(frame) = self.frames.last_mut() {
            frame.block.text.push(' ');
        }
    }

    /// A space between the words of neighbouring cells and blocks.
    pub(super) fn separate_words(&mut self) {
        if let Some(frame) = self.frames.last_mut()
            && !frame.block.text.is_empty()
            && !frame.block.text.ends_with(char::is_whitespace)
        {
            frame.block.text.push(' ');
        }
    }

    pub(super) fn start_link(&mut self, target: &str, title: &str, span: Range<usize>) {
        let (kind, target) = match target.strip_prefix("clause:") {
            Some(clause) => (ReferenceKind::Clause, clause),
            None => (ReferenceKind::Link, target),
        };
        if !self.allowed(target, &span) {
            self.open.push(Open::Silent);
            return;
        }
        let class = if kind == ReferenceKind::Clause {
            " class=\"clause-ref\""
        } else {
            ""
        };
        self.html(&format!("<a{class} href=\""));
        self.hole(kind, target, span);
        if title.is_empty() {
            self.html("\">");
        } else {
            self.html(&format!("\" title=\"{}\">", html::escape(title)));
        }
        self.open.push(Open::Tag("</a>"));
    }

    pub(super) fn start_picture(&mut self, target: &str, caption: &str, span: Range<usize>) {
        if !self.allowed(target, &span) {
            self.open.push(Open::Silent);
            return;
        }
        let reference = self.references.len();
        self.references.push(Reference {
            target: target.to_owned(),
            kind: ReferenceKind::Image,
            span,
        });
        self.picture = Some(Picture {
            alt: String::new(),
            caption: caption.to_owned(),
            reference,
        });
        self.open.push(Open::Picture);
    }

    pub(super) fn end_picture(&mut self) {
        let Some(picture) = self.picture.take() else {
            return;
        };
        let span = self.references[picture.reference].span.clone();
        if picture.alt.trim().is_empty() {
            self.fault(
                "missing-alt-text",
                span.clone(),
                Localized::text(
                    "Hình không có mô tả bằng chữ",
                    "The picture has no alternative text",
                ),
                Some(Localized::text(
                    "Viết mô tả giữa hai ngoặc vuông: ![mô tả](tệp)",
                    "Write it between the brackets: ![description](file)",
                )),
            );
        }
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        // A picture alone in its paragraph is a figure, its title the caption.
        let alone = frame.block.kind == BlockKind::Paragraph
            && frame.block.body.is_empty()
            && frame.block.clause.is_none()
            && self.source[span.end..frame.block.span.end.max(span.end)]
                .trim()
                .is_empty();
        if alone {
            frame.block.kind = BlockKind::Figure;
        }
        frame.block.text.push_str(&picture.alt);
        self.html(if alone {
            "<figure><img src=\""
        } else {
            "<img src=\""
        });
        if let Some(frame) = self.frames.last_mut() {
            frame.block.body.push(Piece::Target(picture.reference));
        }
        self.html(&format!(
            "\" alt=\"{}\" loading=\"lazy\">",
            html::escape(&picture.alt)
        ));
        if alone {
            if !picture.caption.is_empty() {
                self.html(&format!(
                    "<figcaption>{}</figcaption>",
                    html::escape(&picture.caption)
                ));
            }
            self.html("</figure>");
        }
    }

    fn hole(&mut self, kind: ReferenceKind, target: &str, span: Range<usize>) {
        let index = self.references.len();
        self.references.push(Reference {
            target: target.to_owned(),
            kind,
            span,
        });
        if let Some(frame) = self.frames.last_mut() {
            frame.block.body.push(Piece::Target(index));
        }
    }

    /// Whether the target's scheme is one of those we link to; a fault otherwise.
    fn allowed(&mut self, target: &str, span: &Range<usize>) -> bool {
        let Some(scheme) = scheme(target) else {
            return true;
        };
        if SCHEMES.contains(&scheme.as_str()) {
            return true;
        }
        self.fault(
            "link-scheme",
            span.clone(),
            Localized::text(
                format!("Không nhận liên kết kiểu «{scheme}:»"),
                format!("Links of scheme “{scheme}:” are not accepted"),
            ),
            Some(Localized::text(
                "Dùng https:, http:, mailto:, tel: hoặc đường dẫn trong trang",
                "Use https:, http:, mailto:, tel: or a path within the site",
            )),
        );
        false
    }

    pub(super) fn footnote_reference(&mut self, label: &str) {
        let known = self.footnotes.iter().position(|name| name == label);
        let number = 1 + known.unwrap_or_else(|| {
            self.footnotes.push(label.to_owned());
            self.footnotes.len() - 1
        });
        // Only the first mention can be come back to.
        let id = if known.is_none() {
            format!(" id=\"fnref-{number}\"")
        } else {
            String::new()
        };
        self.html(&format!(
            "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\"{id}>{number}</a></sup>"
        ));
    }

    pub(super) fn raw_html(&mut self, raw: &str, span: Range<usize>) {
        if let Some(mark) = sentence_mark(raw) {
            return self.sentence_mark(mark, span);
        }
        let trimmed = raw.trim();
        if trimmed.is_empty() {
            return;
        }
        let (message, hint) = if trimmed.starts_with("<!--") {
            (
                Localized::text(
                    "Chú thích phải đứng riêng một dòng, ở đầu dòng",
                    "A comment stands on a line of its own, at the margin",
                ),
                Localized::text(
                    "Dấu câu viết <!-- II.3.4.3.s2 --> trước câu thứ hai trở đi; câu đầu không cần dấu",
                    "A sentence mark such as <!-- II.3.4.3.s2 --> stands before the second and later sentences; the first needs none",
                ),
            )
        } else {
            (
                Localized::text(
                    "Không dùng HTML thô trong Markdown",
                    "Raw HTML is not accepted in Markdown",
                ),
                Localized::text(
                    "Viết bằng Markdown; muốn hiện dấu < thì viết \\<",
                    "Write it in Markdown; for the character itself write \\<",
                ),
            )
        };
        self.fault("raw-html", span, message, Some(hint));
    }

    /// Opens the first sentence of a numbered paragraph or item; its mark is implied.
    pub(super) fn open_first_sentence(&mut self) {
        let Some(frame) = self.frames.last() else {
            return;
        };
        if !matches!(frame.block.kind, BlockKind::Paragraph | BlockKind::Item) {
            return;
        }
        let first = frame
            .block
            .clause
            .as_ref()
            .and_then(|clause| format!("{clause}.s1").parse().ok());
        if let Some(first) = first {
            self.open_sentence(first);
        }
    }

    fn open_sentence(&mut self, id: ClauseId) {
        self.html(&format!("<span class=\"sentence\" id=\"{}\">", id.slug()));
        if let Some(frame) = self.frames.last_mut() {
            frame.sentence = Some((id, frame.block.text.len()));
        }
    }

    pub(super) fn close_sentence(&mut self) {
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        let Some((id, start)) = frame.sentence.take() else {
            return;
        };
        let text = frame.block.text[start..].trim().to_owned();
        frame.block.sentences.push(Sentence { id, text });
        self.html("</span>");
    }

    fn sentence_mark(&mut self, id: ClauseId, span: Range<usize>) {
        let fits = self.frames.last().is_some_and(|frame| {
            let own = frame.block.clause.as_ref() == Some(&id.without_sentence());
            let next = frame
                .sentence
                .as_ref()
                .map(|_| frame.block.sentences.len() + 2);
            own && next.is_some_and(|next| id.as_str().ends_with(&format!(".s{next}")))
        });
        let inside = matches!(self.open.last(), Some(Open::Tag(_)));
        if !fits || inside {
            let message = if inside {
                Localized::text(
                    format!("Dấu câu {id} đứng trong chữ đậm, chữ nghiêng hoặc liên kết"),
                    format!("The sentence mark {id} stands inside bold, italics or a link"),
                )
            } else {
                Localized::text(
                    format!("Dấu câu {id} không nối tiếp câu trước trong đoạn này"),
                    format!("The sentence mark {id} does not follow the sentence before it"),
                )
            };
            return self.fault("sentence-mark", span, message, None);
        }
        self.close_sentence();
        self.open_sentence(id);
    }
}

fn sentence_mark(raw: &str) -> Option<ClauseId> {
    let id: ClauseId = raw
        .trim()
        .strip_prefix("<!--")?
        .strip_suffix("-->")?
        .trim()
        .parse()
        .ok()?;
    (id.without_sentence() != id).then_some(id)
}

/// The scheme of a target, in lower case; none for paths and anchors. Control characters and spaces
/// are passed over, as browsers do.
pub(crate) fn scheme(target: &str) -> Option<String> {
    let cleaned: String = target
        .chars()
        .filter(|character| !character.is_control() && !character.is_whitespace())
        .collect();
    let (scheme, _) = cleaned.split_once(':')?;
    let plain = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || "+.-".contains(character));
    plain.then(|| scheme.to_ascii_lowercase())
}
