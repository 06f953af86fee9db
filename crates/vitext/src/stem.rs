//! A light stemmer for English: enough that «services» finds "service".

use alloc::{borrow::ToOwned, string::String};

// Endings, each with what takes its place and how many letters must stand before it. The first that fits
// is taken. One text is smaller in the browser's module than a table.

/// Plurals. Words in -ss, -us and -is keep their s.
const PLURALS: &[u8] = b"sses ss1 ies y2 ches ch1 shes sh1 xes x1 ss ss0 us us0 is is0 s 3";
const ADVERBS: &[u8] = b"ically ic2 ly 4";
/// British and American spelling of the same family meet here.
const NOUNS: &[u8] = b"ification ify2 isation ise2 ization ise2 ation ate3";
const SPELLING: &[u8] = b"ize ise2";
const VERBS: &[u8] = b"ing 3 ed 3";
const FINAL: &[u8] = b"tre ter2 e 4";

/// The stem of a lower-case ASCII word. Words with digits and very short words stay as they are.
pub fn stem(word: &str) -> String {
    let mut stem = word.to_owned();
    if word.len() < 4 || word.bytes().any(|byte| !byte.is_ascii_lowercase()) {
        return stem;
    }
    cut(&mut stem, PLURALS);
    cut(&mut stem, ADVERBS);
    cut(&mut stem, NOUNS);
    cut(&mut stem, SPELLING);
    if cut(&mut stem, VERBS) {
        undouble(&mut stem);
    }
    if stem.len() > 4 {
        cut(&mut stem, FINAL);
    }
    if stem.len() > 3 && stem.ends_with('y') {
        stem.pop();
        stem.push('i');
    }
    stem
}

/// Replaces the first ending that fits; whether one did.
fn cut(word: &mut String, endings: &[u8]) -> bool {
    let mut pieces = endings.split(|byte| *byte == b' ');
    while let (Some(ending), Some([replacement @ .., least])) = (pieces.next(), pieces.next()) {
        let least = ending.len() + usize::from(least - b'0');
        if word.len() >= least && word.as_bytes().ends_with(ending) {
            for _ in ending {
                word.pop();
            }
            for letter in replacement {
                word.push(*letter as char);
            }
            return true;
        }
    }
    false
}

/// «planned» has lost its -ed: `plann` becomes `plan`; `fill`, `pass`, `buzz` keep both letters.
fn undouble(stem: &mut String) {
    if let [.., before, last] = stem.as_bytes()
        && stem.len() > 3
        && before == last
        && !matches!(last, b'l' | b's' | b'z')
    {
        stem.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_family_share_a_stem() {
        for (one, other) in [
            ("services", "service"),
            ("identification", "identify"),
            ("electronically", "electronic"),
            ("centre", "center"),
            ("centres", "center"),
            ("signatures", "signature"),
            ("authentication", "authenticate"),
            ("digitisation", "digitize"),
            ("standardised", "standardize"),
            ("provinces", "province"),
            ("sharing", "share"),
            ("agencies", "agency"),
            ("planned", "plan"),
        ] {
            assert_eq!(stem(one), stem(other), "{one} {other}");
        }
    }

    #[test]
    fn other_words_stay_apart() {
        for (one, other) in [
            ("business", "busy"),
            ("status", "state"),
            ("analysis", "analyst"),
        ] {
            assert_ne!(stem(one), stem(other), "{one} {other}");
        }
        for kept in ["ndxp", "15b", "the", "a", ""] {
            assert_eq!(stem(kept), kept);
        }
    }
}
