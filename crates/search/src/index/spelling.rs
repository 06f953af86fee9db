//! Key and form of words, remembered: texts have few words and many of each.

use vitext::{Quality, Tone, spell};

/// Words that are remembered at most, as a power of two. Two words that want the same place take turns.
const PLACES: u32 = 12;
/// Longer words are rare and spelt anew.
const LONGEST: usize = 12;

/// Spells words, each once.
#[derive(Debug, Clone)]
pub(super) struct Spelling {
    known: Vec<Spelt>,
}

#[derive(Debug, Clone, Default)]
struct Spelt {
    /// The word; 0 where none is remembered.
    packed: u128,
    key: String,
    form: String,
    marked: bool,
}

impl Default for Spelling {
    fn default() -> Self {
        Self {
            known: vec![Spelt::default(); 1 << PLACES],
        }
    }
}

impl Spelling {
    /// Does what [`spell`] does.
    pub(super) fn spell(
        &mut self,
        letters: &[(u8, Quality)],
        tone: Tone,
        key: &mut String,
        form: &mut String,
    ) -> bool {
        let Some(packed) = packed(letters, tone) else {
            return spell(letters, tone, key, form);
        };
        let Some(spelt) = self.known.get_mut(place(packed)) else {
            return spell(letters, tone, key, form);
        };
        if spelt.packed != packed {
            spelt.marked = spell(letters, tone, &mut spelt.key, &mut spelt.form);
            spelt.packed = packed;
        }
        key.clone_from(&spelt.key);
        form.clone_from(&spelt.form);
        spelt.marked
    }
}

/// Where a word is remembered.
#[expect(clippy::cast_possible_truncation, reason = "one half after the other")]
fn place(packed: u128) -> usize {
    let [low, high] = [packed, packed >> 64].map(|half| half as u64);
    let mixed = (low ^ high.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> (u64::BITS - PLACES)) as usize
}

/// A short word in one number: seven bits for each letter, three for its mark, the tone before all.
pub(super) fn packed(letters: &[(u8, Quality)], tone: Tone) -> Option<u128> {
    let tone = u128::from(tone) | 8;
    let short = letters.len() <= LONGEST;
    short.then(|| {
        letters.iter().fold(tone, |packed, (base, quality)| {
            packed << 10 | u128::from(base & 127) << 3 | *quality as u128
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_spelt_the_same_the_second_time() {
        let text =
            "Kiến kien kiên KIẾN lý lí services service đ d ơ o khuyếchđạidữliệusố 1 11 111 a aa";
        let mut spelling = Spelling::default();
        for _ in 0..2 {
            let mut found = Vec::new();
            let mut speller =
                |letters: &[(u8, Quality)], tone, key: &mut String, form: &mut String| {
                    spelling.spell(letters, tone, key, form)
                };
            vitext::for_each_token_spelt(text, &mut speller, &mut |token| {
                found.push(token.clone());
            });
            assert_eq!(found, vitext::tokens(text));
        }
    }
}
