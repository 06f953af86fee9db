//! Words of a text, each with its key, its form and its place.

use alloc::{string::String, vec::Vec};
use core::{ops::Range, str::Chars};

use crate::{
    form::spell,
    letters::{Quality, Tone, combining, letter},
};

/// A word of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Token {
    /// What it is found by: folded syllable or English stem.
    pub key: String,
    /// What it was spelt like: letters with quality marks, then the tone.
    pub form: String,
    /// Whether it carries a tone or a quality mark.
    pub marked: bool,
    /// The bytes of the original text it stands in.
    pub span: Range<usize>,
    /// Whether the text pauses before it (start, full stop, colon, bracket): it forms no compound with
    /// the word before. A comma is no such pause: «chỉ đạo, điều hành» is one name, written either way.
    pub after_pause: bool,
}

/// All words of a text.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut all = Vec::new();
    for_each_token(text, &mut |token| all.push(token.clone()));
    all
}

/// Visits the words of a text without an allocation for each: the visitor's token is reused.
pub fn for_each_token(text: &str, visit: &mut dyn FnMut(&Token)) {
    for_each_token_spelt(text, &mut spell, visit);
}

/// Writes key and form of a word as [`spell`] does.
pub type Speller<'a> = dyn FnMut(&[(u8, Quality)], Tone, &mut String, &mut String) -> bool + 'a;

/// Visits the words of a text; key and form of each come from a speller that may remember what
/// [`spell`] said of a word before.
pub fn for_each_token_spelt(text: &str, speller: &mut Speller<'_>, visit: &mut dyn FnMut(&Token)) {
    let mut word = Word::default();
    let mut token = Token {
        after_pause: true,
        ..Token::default()
    };
    let mut characters = text.chars();
    let mut end = 0;
    while let Some(character) = characters.next() {
        let at = end;
        end = text.len() - characters.as_str().len();
        if let Some(letter) = letter(character) {
            if word.letters.is_empty() {
                token.span.start = at;
            }
            token.span.end = end;
            word.letters.push((letter.base, letter.quality));
            if letter.tone > 0 {
                word.tone = letter.tone;
            }
            continue;
        }
        if !word.letters.is_empty() {
            if let Some(mark) = combining(character) {
                word.add_mark(mark);
                token.span.end = end;
                continue;
            }
            if is_invisible(character) || joins(character, &characters) {
                continue;
            }
            word.finish(&mut token, speller, visit);
        }
        token.after_pause |= is_pause(character);
    }
    if !word.letters.is_empty() {
        word.finish(&mut token, speller, visit);
    }
}

/// Whether a character can carry on the word before it: the last word of a query that ends so is
/// still being typed.
pub fn continues_word(character: char) -> bool {
    letter(character).is_some() || combining(character).is_some()
}

/// The word being read.
#[derive(Default)]
struct Word {
    letters: Vec<(u8, Quality)>,
    tone: Tone,
}

impl Word {
    fn add_mark(&mut self, (quality, tone): (Quality, Tone)) {
        if quality != Quality::Plain
            && let Some(last) = self.letters.last_mut()
        {
            last.1 = quality;
        }
        if tone > 0 {
            self.tone = tone;
        }
    }

    fn finish(
        &mut self,
        token: &mut Token,
        speller: &mut Speller<'_>,
        visit: &mut dyn FnMut(&Token),
    ) {
        token.marked = speller(&self.letters, self.tone, &mut token.key, &mut token.form);
        visit(token);
        self.letters.clear();
        self.tone = 0;
        token.after_pause = false;
    }
}

/// Characters that show nothing and part nothing: soft hyphen, zero-width space and joiners.
const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}'
    )
}

/// The apostrophe of "agency's" stands inside its word.
fn joins(character: char, after: &Chars<'_>) -> bool {
    matches!(character, '\'' | '’')
        && after
            .clone()
            .next()
            .is_some_and(|next| letter(next).is_some())
}

/// Whether a text pauses at a character, so that the words around it form no compound.
pub const fn is_pause(character: char) -> bool {
    matches!(
        character,
        '.' | ';' | ':' | '!' | '?' | '\n' | '(' | ')' | '"' | '“' | '”' | '«' | '»' | '…' | '|'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn key_and_form(word: &str) -> (String, String) {
        let [token] = &tokens(word)[..] else {
            panic!("{word:?} is not one word")
        };
        (token.key.clone(), token.form.clone())
    }

    #[test]
    fn spellings_of_one_word_are_one_form() {
        for (one, other) in [
            ("hoà", "hòa"),
            ("thuỷ", "thủy"),
            ("khoá", "khóa"),
            ("Uỷ", "ủy"),
            ("định", "đi\u{323}nh"),
            ("dữ", "du\u{31B}\u{303}"),
            ("lý", "lí"),
            ("quy", "qui"),
            ("kỹ", "kĩ"),
            ("ĐƯỢC", "được"),
            ("Ðảng", "Đảng"),
            ("ki\u{AD}ến", "kiến"),
        ] {
            assert_eq!(key_and_form(one), key_and_form(other), "{one} {other}");
        }
    }

    #[test]
    fn tones_and_quality_marks_tell_forms_apart_but_not_keys() {
        let (key, form) = key_and_form("định");
        assert_eq!((key.as_str(), form.as_str()), ("dinh", "d-inh5"));
        for other in ["đỉnh", "dinh", "đình", "dính"] {
            assert_eq!(key_and_form(other).0, key);
            assert_ne!(key_and_form(other).1, form);
        }
        assert_ne!(key_and_form("tai").0, key_and_form("tay").0);
    }

    #[test]
    fn places_are_bytes_of_the_original() {
        let text = "Mục II.3.4: «định danh» agency’s";
        let words: Vec<&str> = tokens(text)
            .into_iter()
            .map(|token| &text[token.span])
            .collect();
        assert_eq!(words, ["Mục", "II", "3", "4", "định", "danh", "agency’s"]);
        let pauses: Vec<bool> = tokens(text)
            .into_iter()
            .map(|token| token.after_pause)
            .collect();
        assert_eq!(pauses, [true, false, true, true, true, false, true]);
        let after_comma = &tokens("chỉ đạo, điều hành")[2];
        assert!(!after_comma.after_pause);
    }
}
