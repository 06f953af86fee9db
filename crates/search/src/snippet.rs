//! The passage of a document that answers the query, with the words marked.

use alloc::{borrow::ToOwned, string::String, vec::Vec};
use core::ops::Range;

use vitext::{Token, for_each_token};

use crate::{card::Card, guess::Slot};

/// Words of a snippet.
const WIDTH: usize = 32;
/// Words shown before the first marked one.
const LEAD: usize = 6;

/// Stands before a marked passage in a snippet. Whoever shows it makes a `<mark>` of it.
pub const MARK: char = '\u{1}';
/// Stands after a marked passage.
pub const UNMARK: char = '\u{2}';

/// Which words to mark.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    words: Vec<Mark>,
    /// Passages that were named by their number.
    pub(crate) anchors: Vec<String>,
}

#[derive(Debug, Clone)]
struct Mark {
    key: String,
    /// The only spelling to mark; none for any.
    form: Option<String>,
}

impl Marks {
    /// Marks whatever the slots may mean.
    pub(crate) fn add(&mut self, slots: &[Slot]) {
        for choice in slots.iter().flat_map(|slot| &slot.choices) {
            // A spelling that occurs nowhere was a slip: then every spelling is marked.
            let form = choice
                .form
                .clone()
                .filter(|form| choice.record.has_form(form));
            self.words.push(Mark {
                key: choice.key.clone(),
                form,
            });
        }
    }

    fn find(&self, token: &Token) -> Option<usize> {
        self.words.iter().position(|mark| {
            mark.key == token.key && mark.form.as_ref().is_none_or(|form| *form == token.form)
        })
    }
}

/// A passage to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The original text, with [`MARK`] and [`UNMARK`] around the words of the query.
    pub text: String,
    /// The anchor of the passage on its page; may be empty.
    pub anchor: String,
}

/// A word of the query in a paragraph.
struct Hit {
    word: usize,
    mark: usize,
}

/// Picks the passage of a card that says most about the query.
pub fn snippet(card: &Card<'_>, marks: &Marks) -> Snippet {
    let mut best: Option<(u32, Snippet)> = None;
    for (anchor, text) in card.paragraphs() {
        let mut spans: Vec<Range<usize>> = Vec::new();
        let mut hits: Vec<Hit> = Vec::new();
        for_each_token(text, &mut |token| {
            if let Some(mark) = marks.find(token) {
                hits.push(Hit {
                    word: spans.len(),
                    mark,
                });
            }
            spans.push(token.span.clone());
        });
        let named = marks.anchors.iter().any(|named| named == anchor);
        let (score, start) = best_window(&hits);
        let score = score + if named { 1000 } else { 0 };
        if best.as_ref().is_none_or(|(most, _)| score > *most) {
            let text = cut(text, &spans, &hits, start);
            best = Some((
                score,
                Snippet {
                    text,
                    anchor: anchor.to_owned(),
                },
            ));
        }
    }
    best.map_or_else(Snippet::default, |(_, snippet)| snippet)
}

/// The score of the best window of a paragraph and the word it begins with. A word counts in full
/// once; neighbours count more.
fn best_window(hits: &[Hit]) -> (u32, usize) {
    let mut best = (0, 0);
    for (at, first) in hits.iter().enumerate() {
        let mut score = 0;
        let inside = hits
            .iter()
            .skip(at)
            .take_while(|hit| hit.word < first.word + WIDTH - LEAD);
        let mut before: Option<&Hit> = None;
        for (nth, hit) in inside.enumerate() {
            let seen = hits
                .iter()
                .skip(at)
                .take(nth)
                .any(|other| other.mark == hit.mark);
            score += if seen { 1 } else { 4 };
            if before.is_some_and(|before| before.word + 1 == hit.word && before.mark != hit.mark) {
                score += 2;
            }
            before = Some(hit);
        }
        if score > best.0 {
            best = (score, first.word.saturating_sub(LEAD));
        }
    }
    best
}

/// The text of a window, marked, with an ellipsis where it was cut.
fn cut(text: &str, spans: &[Range<usize>], hits: &[Hit], start: usize) -> String {
    let start = if start + WIDTH > spans.len() {
        spans.len().saturating_sub(WIDTH)
    } else {
        start
    };
    let end = (start + WIDTH).min(spans.len());
    let mut shown = String::new();
    let mut from = match spans.get(start) {
        Some(first) if start > 0 => {
            shown.push('…');
            first.start
        }
        _ => 0,
    };
    let is_hit = |word: usize| hits.binary_search_by_key(&word, |hit| hit.word).is_ok();
    for word in start..end {
        let Some(span) = spans.get(word).filter(|_| is_hit(word)) else {
            continue;
        };
        let between = text.get(from..span.start).unwrap_or("");
        // Neighbours share a mark.
        if shown.ends_with(UNMARK) && between == " " {
            shown.pop();
            shown.push(' ');
        } else {
            shown.push_str(between);
            shown.push(MARK);
        }
        shown.push_str(text.get(span.clone()).unwrap_or(""));
        shown.push(UNMARK);
        from = span.end;
    }
    let until = match spans.get(end.saturating_sub(1)) {
        Some(last) if end < spans.len() => last.end,
        _ => text.len(),
    };
    shown.push_str(text.get(from..until).unwrap_or(""));
    if until < text.len() {
        shown.push('…');
    }
    shown
}
