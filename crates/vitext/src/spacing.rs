//! Whether a text is words with one space between each two.

/// Whether a text is words with one space between each two, and nothing else that is white space or a control
/// character. So are most, which need not be taken apart then.
pub fn is_evenly_spaced(text: &str) -> bool {
    let text = text.as_bytes();
    let after = |count: usize| text.get(count..).unwrap_or_default();
    // Without a branch for each byte, many are looked at together.
    let triples = text.iter().zip(after(1)).zip(after(2));
    let odd = triples.fold(false, |odd, ((first, second), third)| {
        odd | begins_odd_space(*first, *second, *third)
    });
    let end = match text {
        [] => return true,
        [.., one, last] => begins_odd_space(*one, *last, 0) | begins_odd_space(*last, 0, 0),
        [last] => begins_odd_space(*last, 0, 0),
    };
    let at_an_end = text.first() == Some(&b' ') || text.last() == Some(&b' ');
    !odd && !end && !at_an_end
}

/// Whether these bytes begin with a control character, with white space that is no space, or with two spaces.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "a branch would keep many bytes from being looked at together"
)]
const fn begins_odd_space(first: u8, second: u8, third: u8) -> bool {
    let control = (first < b' ') | (first == 0x7F) | ((first == 0xC2) & (second <= 0xA0));
    let two = (first == b' ') & (second == b' ');
    let ogham = (first == 0xE1) & (second == 0x9A) & (third == 0x80);
    let thin = third <= 0x8A;
    let separator = (third == 0xA8) | (third == 0xA9) | (third == 0xAF);
    let general = (first == 0xE2) & (second == 0x80) & (thin | separator);
    let mathematical = (first == 0xE2) & (second == 0x81) & (third == 0x9F);
    let ideographic = (first == 0xE3) & (second == 0x80) & (third == 0x80);
    control | two | ogham | general | mathematical | ideographic
}

#[cfg(test)]
mod tests {
    use alloc::{format, string::String};

    use super::*;

    /// Word by word, character by character.
    fn joined(text: &str) -> String {
        let mut line = String::new();
        let is_space = |character: char| character.is_whitespace() || character.is_control();
        for word in text.split(is_space).filter(|word| !word.is_empty()) {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        line
    }

    #[test]
    fn every_character_counts_as_it_does_alone() {
        for character in (0..=0x0010_FFFF).filter_map(char::from_u32) {
            for text in [
                format!("{character}"),
                format!("đ{character}"),
                format!("{character}đ"),
                format!("a{character}b c"),
                format!("a {character}"),
                format!("{character} b"),
            ] {
                assert_eq!(is_evenly_spaced(&text), joined(&text) == text, "{text:?}");
            }
        }
    }

    #[test]
    fn spaces_count_wherever_they_stand() {
        for (text, is_even) in [
            ("", true),
            ("Nền tảng “số”, 24/7 – đủ", true),
            (" ", false),
            ("a ", false),
            (" a", false),
            ("Nền tảng số, rồi  hai", false),
            ("Nền tảng số, rồi hai ", false),
            ("Nền tảng số,\nrồi hai", false),
        ] {
            assert_eq!(is_evenly_spaced(text), is_even, "{text:?}");
        }
    }
}
