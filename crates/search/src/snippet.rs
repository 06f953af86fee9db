//! The passage of a document that answers the query, with the words marked.

use alloc::{string::String, vec::Vec};

use vitext::{Speller, Token, for_each_token_spelt, spell};

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
    pub(crate) const fn new() -> Self {
        Self {
            words: Vec::new(),
            anchors: Vec::new(),
        }
    }

    /// Marks whatever the slots may mean.
    pub(crate) fn add(&mut self, slots: &[Slot]) {
        for choice in slots.iter().flat_map(|slot| &slot.choices) {
            // A spelling that occurs nowhere was a slip: then every spelling is marked.
            let form = choice
                .form
                .clone()
                .filter(|form| choice.record.has_form(form));
            self.words.push(Mark {
                key: choice.record.key.clone(),
                form,
            });
        }
    }

    /// The keys of the words to mark.
    #[cfg(feature = "index")]
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|mark| mark.key.as_str())
    }

    fn find(&self, token: &Token) -> usize {
        let fits = |mark: &Mark| {
            mark.key == token.key && mark.form.as_ref().is_none_or(|form| *form == token.form)
        };
        self.words.iter().position(fits).unwrap_or(NO_MARK)
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

/// A word of a paragraph.
struct Word {
    start: usize,
    end: usize,
    /// Which mark fits it, or [`NO_MARK`].
    mark: usize,
}

const NO_MARK: usize = usize::MAX;

/// Picks the passage of a card that says most about the query.
pub fn snippet(card: &Card<'_>, marks: &Marks) -> Snippet {
    snippet_spelt(card, marks, &mut spell)
}

/// The same, with a speller that need not spell what no mark fits.
pub(crate) fn snippet_spelt(card: &Card<'_>, marks: &Marks, speller: &mut Speller<'_>) -> Snippet {
    let mut best: Option<u32> = None;
    let mut snippet = Snippet::default();
    for (anchor, text) in card.paragraphs() {
        let mut words = Vec::new();
        for_each_token_spelt(text, speller, &mut |token| {
            words.push(Word {
                start: token.span.start,
                end: token.span.end,
                mark: marks.find(token),
            });
        });
        let (mut score, start) = best_window(&words);
        if marks.anchors.iter().any(|named| named == anchor) {
            score += 1000;
        }
        if best.is_none_or(|most| score > most) {
            best = Some(score);
            snippet.text = cut(text, &words, start);
            snippet.anchor = String::from(anchor);
        }
    }
    snippet
}

/// The score of the best window of a paragraph and the word it begins with. A word counts in full
/// once; neighbours count more.
fn best_window(words: &[Word]) -> (u32, usize) {
    let mut best = (0, 0);
    for (first, word) in words.iter().enumerate() {
        if word.mark == NO_MARK {
            continue;
        }
        let mut score = 0;
        let window = words.get(first..).unwrap_or(&[]);
        let mut before = NO_MARK;
        for (nth, word) in window.iter().take(WIDTH - LEAD).enumerate() {
            if word.mark != NO_MARK {
                let seen = window.iter().take(nth).any(|other| other.mark == word.mark);
                score += if seen { 1 } else { 4 };
                if before != NO_MARK && before != word.mark {
                    score += 2;
                }
            }
            before = word.mark;
        }
        if score > best.0 {
            best = (score, first.saturating_sub(LEAD));
        }
    }
    best
}

/// The text of a window, marked, with an ellipsis where it was cut.
fn cut(text: &str, words: &[Word], start: usize) -> String {
    let start = start.min(words.len().saturating_sub(WIDTH));
    let mut shown = String::new();
    let mut from = 0;
    if start > 0 {
        shown.push('…');
        from = words.get(start).map_or(0, |word| word.start);
    }
    let mut until = text.len();
    for (place, word) in words.iter().enumerate().skip(start) {
        if place == start + WIDTH {
            break;
        }
        // What follows the last word of the text is shown with it.
        until = if place + 1 < words.len() {
            word.end
        } else {
            text.len()
        };
        if word.mark == NO_MARK {
            continue;
        }
        let between = text.get(from..word.start).unwrap_or("");
        // Neighbours share a mark.
        if shown.ends_with(UNMARK) && between == " " {
            shown.pop();
            shown.push(' ');
        } else {
            shown.push_str(between);
            shown.push(MARK);
        }
        shown.push_str(text.get(word.start..word.end).unwrap_or(""));
        shown.push(UNMARK);
        from = word.end;
    }
    shown.push_str(text.get(from..until).unwrap_or(""));
    if until < text.len() {
        shown.push('…');
    }
    shown
}
