//! The syllable model: onset, nucleus, coda. It stands in for a dictionary.

/// Onsets between spaces, and that there may be none.
const ONSETS: &[u8] = b" ngh ch gh gi kh ng nh ph qu th tr b c d g h k l m n p r s t v x f";

/// Nuclei without marks, each between spaces.
const NUCLEI: &str = " a e i o u y ai ao au ay eo eu ia iu oa oe oi ua ue ui uo uu uy oai oay oeo uoi uou uya uyu ieu yeu ie ye uye oo ";

/// Codas, each between spaces.
const CODAS: &str = " c ch m n ng nh p t ";

/// Whether folded letters can be a Vietnamese syllable. `nghieng` can, `platform` cannot; some
/// English words (`the`, `thing`) can as well, which does no harm.
pub fn is_syllable(key: &str) -> bool {
    let mut onsets = ONSETS.split(|byte| *byte == b' ');
    onsets.any(|onset| key.as_bytes().strip_prefix(onset).is_some_and(is_rhyme))
}

fn is_rhyme(rest: &[u8]) -> bool {
    let vowels = rest.iter().take_while(|byte| is_vowel(**byte)).count();
    let Some((nucleus, coda)) = rest.split_at_checked(vowels) else {
        return false;
    };
    holds(NUCLEI, nucleus) && (coda.is_empty() || holds(CODAS, coda))
}

/// Whether a base letter is a vowel.
pub(crate) const fn is_vowel(base: u8) -> bool {
    matches!(base, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Whether the word stands in the list between its spaces.
pub(crate) fn holds(list: &str, word: &[u8]) -> bool {
    let mut rest = list.as_bytes();
    while let [b' ', after @ ..] = rest {
        let length = after.iter().position(|byte| *byte == b' ').unwrap_or(0);
        if length > 0 && after.get(..length) == Some(word) {
            return true;
        }
        rest = after.get(length..).unwrap_or(&[]);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_told_from_other_words() {
        for syllable in [
            "nghieng", "khuyu", "quoc", "gia", "uy", "thuyen", "truc", "a", "ngoao",
        ] {
            assert_eq!(is_syllable(syllable), syllable != "ngoao", "{syllable}");
        }
        for word in ["data", "platform", "ndxp", "", "service", "btc", "4", "xyz"] {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
