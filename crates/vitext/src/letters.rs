//! Letters taken apart: base, quality mark, tone.

/// A mark that makes another letter of the alphabet: ă, â, ơ, đ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Quality {
    /// None: a, d, e.
    #[default]
    Plain,
    /// The breve of ă.
    Breve,
    /// The circumflex of â, ê, ô.
    Circumflex,
    /// The horn of ơ, ư.
    Horn,
    /// The stroke of đ.
    Stroke,
}

impl Quality {
    /// The sign that stands for the mark in a form; none for a plain letter.
    pub(crate) const fn sign(self) -> Option<char> {
        match self {
            Self::Plain => None,
            Self::Breve => Some('('),
            Self::Circumflex => Some('^'),
            Self::Horn => Some('+'),
            Self::Stroke => Some('-'),
        }
    }

    /// The mark that a sign stands for.
    pub(crate) const fn of_sign(sign: u8) -> Option<Self> {
        match sign {
            b'(' => Some(Self::Breve),
            b'^' => Some(Self::Circumflex),
            b'+' => Some(Self::Horn),
            b'-' => Some(Self::Stroke),
            _ => None,
        }
    }
}

/// A tone: 0 level (ngang), 1 sắc, 2 huyền, 3 hỏi, 4 ngã, 5 nặng.
pub type Tone = u8;

/// What a character is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Letter {
    /// The lower-case ASCII letter or digit underneath.
    pub base: u8,
    /// The quality mark.
    pub quality: Quality,
    /// The tone mark, 0 for none.
    pub tone: Tone,
}

/// The twelve vowels, each in its six tones. The one truth about precomposed letters: reading and
/// writing are both derived from it.
const VOWELS: [(u8, Quality, [char; 6]); 12] = [
    (b'a', Quality::Plain, ['a', 'á', 'à', 'ả', 'ã', 'ạ']),
    (b'a', Quality::Breve, ['ă', 'ắ', 'ằ', 'ẳ', 'ẵ', 'ặ']),
    (b'a', Quality::Circumflex, ['â', 'ấ', 'ầ', 'ẩ', 'ẫ', 'ậ']),
    (b'e', Quality::Plain, ['e', 'é', 'è', 'ẻ', 'ẽ', 'ẹ']),
    (b'e', Quality::Circumflex, ['ê', 'ế', 'ề', 'ể', 'ễ', 'ệ']),
    (b'i', Quality::Plain, ['i', 'í', 'ì', 'ỉ', 'ĩ', 'ị']),
    (b'o', Quality::Plain, ['o', 'ó', 'ò', 'ỏ', 'õ', 'ọ']),
    (b'o', Quality::Circumflex, ['ô', 'ố', 'ồ', 'ổ', 'ỗ', 'ộ']),
    (b'o', Quality::Horn, ['ơ', 'ớ', 'ờ', 'ở', 'ỡ', 'ợ']),
    (b'u', Quality::Plain, ['u', 'ú', 'ù', 'ủ', 'ũ', 'ụ']),
    (b'u', Quality::Horn, ['ư', 'ứ', 'ừ', 'ử', 'ữ', 'ự']),
    (b'y', Quality::Plain, ['y', 'ý', 'ỳ', 'ỷ', 'ỹ', 'ỵ']),
];

/// Rows of [`INVERSE`]: U+00C0 to U+01BF, then U+1EA0 to U+1EFF.
const LATIN: core::ops::Range<usize> = 0xC0..0x1C0;
const ADDITIONAL: core::ops::Range<usize> = 0x1EA0..0x1F00;
const NO_VOWEL: u8 = u8::MAX;

/// For each lower-case precomposed vowel its row and tone in [`VOWELS`], packed as `row * 6 + tone`.
const INVERSE: [u8; LATIN.end - LATIN.start + (ADDITIONAL.end - ADDITIONAL.start)] = {
    let mut inverse = [NO_VOWEL; LATIN.end - LATIN.start + (ADDITIONAL.end - ADDITIONAL.start)];
    let mut place = 0;
    while place < 72 {
        let code = VOWELS[place / 6].2[place % 6] as usize;
        if code >= LATIN.start {
            // `place` is below 72, so it fits a byte.
            #[expect(clippy::cast_possible_truncation, reason = "below 72")]
            let packed = place as u8;
            inverse[inverse_index(code)] = packed;
        }
        place += 1;
    }
    inverse
};

const fn inverse_index(code: usize) -> usize {
    if code >= ADDITIONAL.start {
        code - ADDITIONAL.start + LATIN.end - LATIN.start
    } else {
        code - LATIN.start
    }
}

/// Takes a character apart. `None` for what is no letter or digit of Vietnamese or English.
///
/// Precomposed letters of either case are read; a decomposed one comes as its base, with the marks
/// read by [`combining`]. Letters of neighbours (ç, ñ, ö) count as their base.
pub fn letter(character: char) -> Option<Letter> {
    let plain = |base| {
        Some(Letter {
            base,
            quality: Quality::Plain,
            tone: 0,
        })
    };
    if character.is_ascii() {
        return match character {
            'a'..='z' | '0'..='9' => plain(character as u8),
            'A'..='Z' => plain(character as u8 + 32),
            _ => None,
        };
    }
    let lower = lower_case(character);
    match lower {
        'đ' | 'ð' => {
            return Some(Letter {
                base: b'd',
                quality: Quality::Stroke,
                tone: 0,
            });
        }
        'ä' | 'å' => return plain(b'a'),
        'ç' => return plain(b'c'),
        'ë' => return plain(b'e'),
        'ï' => return plain(b'i'),
        'ñ' => return plain(b'n'),
        'ö' | 'ø' => return plain(b'o'),
        'ü' => return plain(b'u'),
        'ÿ' => return plain(b'y'),
        _ => {}
    }
    let code = lower as usize;
    if !LATIN.contains(&code) && !ADDITIONAL.contains(&code) {
        return None;
    }
    let packed = usize::from(*INVERSE.get(inverse_index(code))?);
    let (base, quality, _) = VOWELS.get(packed / 6)?;
    #[expect(clippy::cast_possible_truncation, reason = "a remainder of six")]
    let tone = (packed % 6) as Tone;
    Some(Letter {
        base: *base,
        quality: *quality,
        tone,
    })
}

/// The lower case of the letters that Vietnamese uses; anything else stays as it is.
pub(crate) fn lower_case(character: char) -> char {
    let code = character as u32;
    let lower = match code {
        0x41..=0x5A => code + 0x20,
        0xC0..=0xDE if code != 0xD7 => code + 0x20,
        0x100..=0x17F if code.is_multiple_of(2) && !(0x138..=0x148).contains(&code) => code + 1,
        0x1A0 | 0x1AF => code + 1,
        0x1EA0..=0x1EFF => code | 1,
        _ => code,
    };
    char::from_u32(lower).unwrap_or(character)
}

/// What a combining mark adds to the letter before it; `Some` with nothing for a mark that
/// Vietnamese does not use, `None` for what is no combining mark.
pub fn combining(character: char) -> Option<(Quality, Tone)> {
    Some(match character {
        '\u{301}' | '\u{341}' => (Quality::Plain, 1),
        '\u{300}' | '\u{340}' => (Quality::Plain, 2),
        '\u{309}' => (Quality::Plain, 3),
        '\u{303}' => (Quality::Plain, 4),
        '\u{323}' => (Quality::Plain, 5),
        '\u{306}' => (Quality::Breve, 0),
        '\u{302}' => (Quality::Circumflex, 0),
        '\u{31B}' => (Quality::Horn, 0),
        '\u{304}'..='\u{36F}' => (Quality::Plain, 0),
        _ => return None,
    })
}

/// The precomposed lower-case letter made of these parts.
pub(crate) fn compose(base: u8, quality: Quality, tone: Tone) -> char {
    if base == b'd' && quality == Quality::Stroke {
        return 'đ';
    }
    VOWELS
        .iter()
        .find(|(vowel, mark, _)| *vowel == base && *mark == quality)
        .and_then(|(_, _, tones)| tones.get(usize::from(tone)))
        .copied()
        .unwrap_or(base as char)
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    const ALPHABET: &str =
        "aáàảãạăắằẳẵặâấầẩẫậeéèẻẽẹêếềểễệiíìỉĩịoóòỏõọôốồổỗộơớờởỡợuúùủũụưứừửữựyýỳỷỹỵđ";

    #[test]
    fn every_letter_agrees_with_its_unicode_decomposition() {
        for character in ALPHABET.chars().filter(|character| *character != 'đ') {
            let mut parts = character.nfd();
            let mut expected = letter(parts.next().unwrap()).unwrap();
            for mark in parts {
                let (quality, tone) = combining(mark).unwrap();
                if quality != Quality::Plain {
                    expected.quality = quality;
                }
                expected.tone = expected.tone.max(tone);
            }
            assert_eq!(letter(character), Some(expected), "{character}");
        }
    }

    #[test]
    fn capitals_are_the_same_letters() {
        for character in ALPHABET.chars() {
            let upper = character.to_uppercase().next().unwrap();
            assert_eq!(letter(upper), letter(character), "{upper}");
            assert_eq!(lower_case(upper), character, "{upper}");
        }
    }

    #[test]
    fn letters_are_put_together_again() {
        for character in ALPHABET.chars() {
            let Letter {
                base,
                quality,
                tone,
            } = letter(character).unwrap();
            assert_eq!(compose(base, quality, tone), character);
        }
    }

    #[test]
    fn no_other_character_is_taken_for_a_letter() {
        for character in ['×', '÷', 'ß', 'ж', '中', '-', ' ', '\u{301}', '…'] {
            assert_eq!(letter(character), None, "{character}");
        }
    }
}
