//! The words of some texts, numbered as they come.

use std::cell::{Cell, RefCell};

use rustc_hash::FxHashMap;
use vitext::{Quality, Tone, for_each_token_spelt, is_pause};

use super::{
    invert::FORM,
    spelling::{self, Spelling},
};

thread_local! {
    /// What was spelt before, by whatever part of an index: parts are many and have the same words.
    static SPELLING: RefCell<Spelling> = RefCell::default();
}

/// The number of a word and that of its key.
pub(super) type Numbered = (u32, u32);

/// The words of some texts.
#[derive(Default)]
pub(super) struct Words {
    /// As they stand in a text, if they are short: most words of a text stood there before.
    as_written: FxHashMap<u128, Numbered>,
    /// By their letters, if they are short, and by key and form: some words are spelt alike.
    by_letters: FxHashMap<u128, Numbered>,
    by_spelling: FxHashMap<String, Numbered>,
    key_numbers: FxHashMap<String, u32>,
    pub(super) keys: Vec<String>,
    /// The number of each word's key, and its form.
    pub(super) all: Vec<(u32, String)>,
    /// Key and form of a new word.
    key: String,
    form: String,
}

/// ASCII that parts words wherever it stands: all but letters, digits and the apostrophe of «agency's».
static PARTING: [bool; 256] = {
    let mut parting = [false; 256];
    let mut byte = 0_u8;
    while byte.is_ascii() {
        parting[byte as usize] = !byte.is_ascii_alphanumeric() && byte != b'\'';
        byte += 1;
    }
    parting
};

impl Words {
    /// Sees each word of a text with its numbers, and whether the text pauses before it.
    pub(super) fn of_text(&mut self, text: &str, see: &mut impl FnMut(Numbered, bool)) {
        let (mut rest, mut pause) = (text, true);
        loop {
            let end = rest.bytes().position(|byte| PARTING[usize::from(byte)]);
            let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
            if !piece.is_empty() {
                pause = self.of_piece(piece, pause, see);
            }
            let mut after = after.chars();
            let Some(parting) = after.next() else {
                return;
            };
            pause |= is_pause(parting);
            rest = after.as_str();
        }
    }

    /// Sees each word of a piece without parting characters: one, nearly always. Whether the text pauses after it.
    fn of_piece(&mut self, piece: &str, pause: bool, see: &mut impl FnMut(Numbered, bool)) -> bool {
        let as_written = as_written(piece);
        if let Some(known) = as_written.and_then(|piece| self.as_written.get(&piece)) {
            see(*known, pause);
            return false;
        }
        let (now, mut found, mut end) = (Cell::new((0, 0)), 0, 0);
        // What a known word is spelt like is not asked again: its number stands for it.
        let mut speller = |letters: &[_], tone, _: &mut String, _: &mut String| {
            now.set(self.number(letters, tone));
            false
        };
        for_each_token_spelt(piece, &mut speller, &mut |token| {
            let before = piece.get(end..token.span.start).unwrap_or("");
            see(
                now.get(),
                (found == 0 && pause) || before.contains(is_pause),
            );
            found += 1;
            end = token.span.end;
        });
        // Then it is that word wherever it stands.
        if found == 1
            && !piece.contains(is_pause)
            && let Some(as_written) = as_written
        {
            self.as_written.insert(as_written, now.get());
        }
        let after = piece.get(end..).unwrap_or("");
        (found == 0 && pause) || after.contains(is_pause)
    }

    /// Numbers of a word; the next ones if it is new.
    fn number(&mut self, letters: &[(u8, Quality)], tone: Tone) -> Numbered {
        let packed = spelling::packed(letters, tone);
        if let Some(known) = packed.and_then(|packed| self.by_letters.get(&packed)) {
            return *known;
        }
        let (key, form) = (&mut self.key, &mut self.form);
        SPELLING.with_borrow_mut(|spelling| spelling.spell(letters, tone, key, form));
        let numbered = self.number_as_spelt();
        if let Some(packed) = packed {
            self.by_letters.insert(packed, numbered);
        }
        numbered
    }

    fn number_as_spelt(&mut self) -> Numbered {
        let Self { key, form, .. } = self;
        let spelt = format!("{key}{FORM}{form}");
        let next = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        *self.by_spelling.entry(spelt).or_insert_with(|| {
            let next_key = next(self.keys.len());
            let number = *self.key_numbers.entry(key.clone()).or_insert(next_key);
            if number == next_key {
                self.keys.push(key.clone());
            }
            self.all.push((number, form.clone()));
            (next(self.all.len() - 1), number)
        })
    }
}

/// A short piece of text as one number. None has a byte of zero, which parts words.
fn as_written(piece: &str) -> Option<u128> {
    let mut bytes = [0; 16];
    bytes
        .get_mut(..piece.len())?
        .copy_from_slice(piece.as_bytes());
    Some(u128::from_le_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Key, form and pause of each word.
    fn found(words: &mut Words, text: &str) -> Vec<(String, String, bool)> {
        let mut numbered = Vec::new();
        words.of_text(text, &mut |(word, key), pause| {
            numbered.push((word, key, pause));
        });
        let spelt = numbered.into_iter().map(|(word, key, pause)| {
            let (same_key, form) = &words.all[word as usize];
            assert_eq!(*same_key, key);
            (words.keys[key as usize].clone(), form.clone(), pause)
        });
        spelt.collect()
    }

    fn expected(text: &str) -> Vec<(String, String, bool)> {
        let tokens = vitext::tokens(text).into_iter();
        let spelt = tokens.map(|token| (token.key, token.form, token.after_pause));
        spelt.collect()
    }

    /// Whatever stands beside a word, and whatever was seen before.
    #[test]
    fn words_are_those_of_the_analyser() {
        const PIECES: [&str; 34] = [
            "Nền",
            "tảng",
            "số",
            "SỐ",
            "a",
            "2030",
            "dữ",
            "liệu",
            "đi\u{323}nh",
            "ki\u{AD}ến",
            "agency",
            "services",
            "khuyếchđạidữliệusố",
            " ",
            "  ",
            "\n",
            ".",
            ",",
            ": ",
            "'",
            "’",
            "’s",
            "'s",
            "«",
            "»",
            "…",
            "–",
            "(",
            ")",
            "\u{200B}",
            "\u{303}",
            "\u{0}",
            "日本",
            "1'",
        ];
        let mut words = Words::default();
        let mut seed = 7_usize;
        for _ in 0..5_000 {
            let mut text = String::new();
            for _ in 0..12 {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                text.push_str(PIECES[(seed >> 33) % PIECES.len()]);
            }
            assert_eq!(found(&mut words, &text), expected(&text), "{text:?}");
        }
    }
}
