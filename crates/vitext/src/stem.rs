//! A light stemmer for English: enough that «services» finds "service".

use alloc::{borrow::ToOwned, string::String};

/// One ending, what takes its place, and how many letters must stand before it.
type Ending = (&'static str, &'static str, usize);

/// Plurals; the first that fits is taken. Words in -ss, -us and -is keep their s.
const PLURALS: [Ending; 9] = [
    ("sses", "ss", 1),
    ("ies", "y", 2),
    ("ches", "ch", 1),
    ("shes", "sh", 1),
    ("xes", "x", 1),
    ("ss", "ss", 0),
    ("us", "us", 0),
    ("is", "is", 0),
    ("s", "", 3),
];
const ADVERBS: [Ending; 2] = [("ically", "ic", 2), ("ly", "", 4)];
/// British and American spelling of the same family meet here.
const NOUNS: [Ending; 4] = [
    ("ification", "ify", 2),
    ("isation", "ise", 2),
    ("ization", "ise", 2),
    ("ation", "ate", 3),
];
const SPELLING: [Ending; 1] = [("ize", "ise", 2)];
const VERBS: [Ending; 2] = [("ing", "", 3), ("ed", "", 3)];
const FINAL: [Ending; 2] = [("tre", "ter", 2), ("e", "", 4)];

/// The stem of a lower-case ASCII word. Words with digits and very short words stay as they are.
pub fn stem(word: &str) -> String {
    let mut stem = word.to_owned();
    if word.len() < 4 || word.bytes().any(|byte| !byte.is_ascii_lowercase()) {
        return stem;
    }
    cut(&mut stem, &PLURALS);
    cut(&mut stem, &ADVERBS);
    cut(&mut stem, &NOUNS);
    cut(&mut stem, &SPELLING);
    if cut(&mut stem, &VERBS) {
        undouble(&mut stem);
    }
    if stem.len() > 4 {
        cut(&mut stem, &FINAL);
    }
    if stem.len() > 3 && stem.ends_with('y') {
        stem.truncate(stem.len() - 1);
        stem.push('i');
    }
    stem
}

/// Replaces the first ending that fits; whether one did.
fn cut(word: &mut String, endings: &[Ending]) -> bool {
    for (ending, replacement, least) in endings {
        if word.len() >= ending.len() + least && word.ends_with(ending) {
            word.truncate(word.len() - ending.len());
            word.push_str(replacement);
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
        stem.truncate(stem.len() - 1);
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
