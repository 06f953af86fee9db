//! The words of a query, and what they may stand for.

use alloc::{string::String, vec::Vec};
use core::ops::Range;

use vitext::{Token, continues_word, for_each_token};

use crate::{Source, pieces::pieces};

/// Words of a query beyond this many are not looked at: query time is bounded.
const MOST_WORDS: usize = 24;
/// And so are characters, in bytes.
const MOST_BYTES: usize = 512;

/// One word of a query.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) token: Token,
    /// Where it stands in the query; none for words the glossary put there.
    pub(crate) span: Option<Range<usize>>,
    /// Stands between quotation marks.
    pub(crate) quoted: bool,
    /// Still being typed: may go on.
    pub(crate) open: bool,
}

/// One way to understand a query.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reading {
    pub(crate) words: Vec<Word>,
    /// Whether the reader typed any mark: then equal spellings come first.
    pub(crate) marked: bool,
}

/// The query as it is looked at: not too long, cut between characters.
pub(crate) fn clip(query: &str) -> &str {
    let mut end = query.len().min(MOST_BYTES);
    while !query.is_char_boundary(end) {
        end -= 1;
    }
    query.get(..end).unwrap_or("")
}

/// The query word for word.
pub(crate) fn literal(query: &str) -> Reading {
    let mut words = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, character) in query.char_indices() {
        if matches!(character, '"' | '“' | '”' | '«' | '»') {
            add_words(&mut words, query, start..at, quoted);
            quoted = !quoted;
            start = at + character.len_utf8();
        }
    }
    // A quotation that was opened and not closed is still being typed: no phrase yet.
    add_words(&mut words, query, start..query.len(), false);
    words.truncate(MOST_WORDS);
    if let Some(last) = words.last_mut() {
        let reaches_end = last.span.as_ref().is_some_and(|span| {
            query
                .get(span.start..)
                .is_some_and(|rest| rest.chars().all(continues_word))
        });
        last.open = !last.quoted && reaches_end;
    }
    let marked = words.iter().any(|word| word.token.marked);
    Reading { words, marked }
}

fn add_words(words: &mut Vec<Word>, query: &str, part: Range<usize>, quoted: bool) {
    for_each_token(query.get(part.clone()).unwrap_or(""), &mut |token| {
        words.push(Word {
            token: token.clone(),
            span: Some(token.span.start + part.start..token.span.end + part.start),
            quoted,
            open: false,
        });
    });
}

/// The query with acronyms, synonyms and words of the other language put into the words of the
/// glossary, longest first; none if it has nothing of the kind.
pub(crate) fn translated<S: Source>(source: &mut S, literal: &Reading) -> Option<Reading> {
    let mut words: Vec<Word> = Vec::new();
    let mut at = 0;
    let mut changed = false;
    while let Some(word) = literal.words.get(at) {
        let rest = literal.words.get(at + 1..).unwrap_or(&[]);
        match meaning(source, word, rest) {
            Some((length, stands_for)) if !word.quoted => {
                for_each_token(&stands_for, &mut |token| {
                    words.push(Word {
                        token: token.clone(),
                        span: None,
                        quoted: false,
                        open: false,
                    });
                });
                at += length;
                changed = true;
            }
            _ => {
                words.push(word.clone());
                at += 1;
            }
        }
    }
    words.truncate(MOST_WORDS);
    changed.then_some(Reading {
        words,
        marked: true,
    })
}

/// How many words the longest glossary entry at this word takes, and what it stands for.
fn meaning<S: Source>(source: &mut S, word: &Word, rest: &[Word]) -> Option<(usize, String)> {
    let record = source.record(&word.token.key)?;
    let mut longest: Option<(usize, String)> = None;
    record.for_each_meaning(&mut |keys, stands_for| {
        let mut length = 1;
        for key in pieces(keys, b' ').filter(|key| !key.is_empty()) {
            let next = rest.get(length - 1);
            if next.is_none_or(|next| next.token.key != key) {
                return;
            }
            length += 1;
        }
        if longest.as_ref().is_none_or(|(most, _)| length > *most) {
            longest = Some((length, stands_for.into()));
        }
    });
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(query: &str) -> Vec<String> {
        let mark = |word: &Word| match (word.quoted, word.open) {
            (true, _) => "q",
            (_, true) => "…",
            _ => "",
        };
        literal(query)
            .words
            .iter()
            .map(|word| word.token.key.clone() + mark(word))
            .collect()
    }

    #[test]
    fn words_know_whether_they_are_quoted_or_unfinished() {
        assert_eq!(shown("định danh"), ["dinh", "danh…"]);
        assert_eq!(shown("định danh "), ["dinh", "danh"]);
        assert_eq!(shown("\"định danh\""), ["dinhq", "danhq"]);
        assert_eq!(shown("«chữ ký» số"), ["chuq", "kiq", "so…"]);
        assert_eq!(shown("số \"chữ k"), ["so", "chu", "k…"]);
        assert_eq!(shown("\"\"\"“”"), Vec::<String>::new());
    }

    #[test]
    fn spans_are_places_in_the_query() {
        let query = "ở «chữ ký» số";
        let words = literal(query).words;
        let typed = words
            .iter()
            .map(|word| query.get(word.span.clone().unwrap()).unwrap());
        assert_eq!(typed.collect::<Vec<_>>(), ["ở", "chữ", "ký", "số"]);
    }

    #[test]
    fn long_queries_are_clipped_between_characters() {
        let long = "ữ".repeat(10_000);
        assert!(clip(&long).len() <= MOST_BYTES);
        let words = "a ".repeat(10_000);
        assert_eq!(literal(clip(&words)).words.len(), MOST_WORDS);
    }
}
