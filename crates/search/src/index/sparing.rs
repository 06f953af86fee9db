//! Snippets without spelling what is none of the query's words.

use vitext::{Quality, Tone, spell};

use crate::{Card, Marks, Snippet, snippet::snippet_spelt};

/// The snippets of one answer. Most words of a text begin otherwise than those of the query: they need not
/// be spelt to be told from them, which is most of the work. The browser's module, which shows five short
/// texts, is better off without this.
pub(super) struct Sparing<'m> {
    marks: &'m Marks,
    /// How the words to mark begin, a bit each.
    beginnings: u64,
}

impl<'m> Sparing<'m> {
    pub(super) fn new(marks: &'m Marks) -> Self {
        let beginnings = marks.keys().map(|key| beginning(key.bytes()));
        Self {
            marks,
            beginnings: beginnings.fold(0, |all, one| all | one),
        }
    }

    /// Does what [`crate::snippet`] does.
    pub(super) fn snippet(&self, card: &Card<'_>) -> Snippet {
        let mut speller = |letters: &[(u8, Quality)], tone, key: &mut String, form: &mut String| {
            self.spell(letters, tone, key, form)
        };
        snippet_spelt(card, self.marks, &mut speller)
    }

    fn spell(
        &self,
        letters: &[(u8, Quality)],
        tone: Tone,
        key: &mut String,
        form: &mut String,
    ) -> bool {
        if self.beginnings & beginning(letters.iter().map(|(base, _)| *base)) == 0 {
            key.clear();
            return false;
        }
        spell(letters, tone, key, form)
    }
}

/// A bit for the first two letters of a word, and the same for its key, which changes no more of them than
/// y to i.
fn beginning(letters: impl Iterator<Item = u8>) -> u64 {
    let letters = letters.take(2);
    let letters = letters.map(|letter| if letter == b'y' { b'i' } else { letter });
    let place = letters.fold(0, |place, letter| place * 5 + u32::from(letter));
    1 << (place & 63)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_begins_as_its_word_does() {
        let texts = [
            include_str!("../../../../content/vi/framework/ii-3-4.md"),
            include_str!("../../../../content/en/framework/ii-3-4.md"),
            "ý y lý kỹ quy yes by buses axes ashes aches agencies ties sized planned easily Đ 15b",
        ];
        for text in texts {
            let mut seen = 0;
            let mut speller =
                |letters: &[(u8, Quality)], tone, key: &mut String, form: &mut String| {
                    let marked = spell(letters, tone, key, form);
                    let word = beginning(letters.iter().map(|(base, _)| *base));
                    assert_eq!(beginning(key.bytes()), word, "{key}");
                    seen += 1;
                    marked
                };
            vitext::for_each_token_spelt(text, &mut speller, &mut |_| ());
            assert!(seen > 10);
        }
    }
}
