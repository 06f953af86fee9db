//! TCVN3 (ABC) and VNI: text that looks right only in an old font.
//!
//! Nothing in such a file says what it is; only heuristics tell. So the conversion is proposed and
//! shown, never made in silence.

use framework::Localized;

use crate::notes::Notes;

/// An encoding that lived in fonts: `.VnTime` for TCVN3, `VNI-Times` for VNI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LegacyEncoding {
    /// TCVN3, also called ABC.
    Tcvn3,
    /// VNI.
    Vni,
}

impl LegacyEncoding {
    /// Its usual name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tcvn3 => "TCVN3 (ABC)",
            Self::Vni => "VNI",
        }
    }

    /// What the text says, read in this encoding. The input has one character for each byte.
    fn convert(self, text: &str) -> String {
        match self {
            Self::Tcvn3 => text.chars().map(from_tcvn3).collect(),
            Self::Vni => from_vni(text),
        }
    }
}

/// The share of plausible words above which a text counts as Vietnamese.
pub(super) const PLAUSIBLE: f64 = 0.85;

/// The 8-bit characters of TCVN3 and what they stand for, position by position.
const TCVN3: &str =
    "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u{AD}õö÷øùúûüýþ¡¢£¤¥¦§";
const TCVN3_MEANS: &str =
    "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ";

/// Letters that VNI composes with a second character, each with what the pair means.
const VNI_PAIRS: [(char, &str, &str); 7] = [
    ('a', "øùûõïêèéúüëâàáåãä", "àáảãạăằắẳẵặâầấẩẫậ"),
    ('e', "øùûõïâàáåãä", "èéẻẽẹêềếểễệ"),
    ('o', "øùûõïâàáåãä", "òóỏõọôồốổỗộ"),
    ('u', "øùûõï", "ùúủũụ"),
    ('y', "øùûõ", "ỳýỷỹ"),
    ('ô', "øùûõï", "ờớởỡợ"),
    ('ö', "øùûõï", "ừứửữự"),
];

/// Letters that VNI writes with one character.
const VNI_SINGLE: [(char, char); 7] = [
    ('ñ', 'đ'),
    ('ô', 'ơ'),
    ('ö', 'ư'),
    ('æ', 'ỉ'),
    ('ó', 'ĩ'),
    ('ò', 'ị'),
    ('î', 'ỵ'),
];

fn from_tcvn3(letter: char) -> char {
    TCVN3
        .chars()
        .zip(TCVN3_MEANS.chars())
        .find(|(byte, _)| *byte == letter)
        .map_or(letter, |(_, means)| means)
}

fn from_vni(text: &str) -> String {
    let mut converted = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let upper = letter.is_uppercase();
        let lower = lower(letter);
        let pair = letters
            .peek()
            .and_then(|next| vni_pair(lower, self::lower(*next)));
        let means = if let Some(means) = pair {
            letters.next();
            means
        } else {
            VNI_SINGLE
                .iter()
                .find(|(single, _)| *single == lower)
                .map_or(lower, |(_, means)| *means)
        };
        if upper {
            converted.extend(means.to_uppercase());
        } else {
            converted.push(means);
        }
    }
    converted
}

fn vni_pair(first: char, second: char) -> Option<char> {
    let (_, marks, means) = VNI_PAIRS.iter().find(|(base, ..)| *base == first)?;
    marks
        .chars()
        .zip(means.chars())
        .find(|(mark, _)| *mark == second)
        .map(|(_, means)| means)
}

fn lower(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

/// The encoding in which bytes (not UTF-8) read as Vietnamese, with the text.
pub(super) fn recognise(bytes: &[u8]) -> Option<(LegacyEncoding, String)> {
    // Latin-1, one character a byte: both encodings keep clear of the C1 range.
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    recognise_text(&text)
}

fn recognise_text(text: &str) -> Option<(LegacyEncoding, String)> {
    [LegacyEncoding::Tcvn3, LegacyEncoding::Vni]
        .into_iter()
        .map(|encoding| (encoding, encoding.convert(text)))
        .map(|(encoding, text)| (plausibility(&text), encoding, text))
        .filter(|(score, ..)| *score >= PLAUSIBLE)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, encoding, text)| (encoding, text))
}

/// The share of words with letters beyond ASCII that could be Vietnamese syllables.
pub(crate) fn plausibility(text: &str) -> f64 {
    let (mut words, mut good) = (0_u32, 0_u32);
    let separates = |letter: char| {
        letter.is_ascii() && !letter.is_ascii_alphabetic()
            || letter.is_whitespace()
            || "«»“”‘’–—…".contains(letter)
    };
    for word in text.split(separates) {
        if !word.is_ascii() {
            words += 1;
            good += u32::from(is_syllable(word));
        }
    }
    if words == 0 {
        0.0
    } else {
        f64::from(good) / f64::from(words)
    }
}

const VOWELS: &str = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ";
const TONELESS: &str = "aăâeêioôơuưy";
const ONSETS: &str = " b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x ";
const CODAS: &str = " c ch m n ng nh p t ";

/// Onset, vowels with at most one tone, coda: the shape of a Vietnamese syllable.
fn is_syllable(word: &str) -> bool {
    let word: Vec<char> = word.chars().map(lower).collect();
    if word.len() > 8 {
        return false;
    }
    let vowel = |letter: &char| VOWELS.contains(*letter);
    // Abbreviations: «QĐ», «CĐSQG».
    let Some(first) = word.iter().position(vowel) else {
        return word
            .iter()
            .all(|letter| letter.is_ascii() || *letter == 'đ');
    };
    let nucleus = word[first..]
        .iter()
        .take_while(|letter| vowel(letter))
        .count();
    let of = |letters: &[char]| letters.iter().collect::<String>();
    let (onset, coda) = (of(&word[..first]), of(&word[first + nucleus..]));
    let tones = word[first..first + nucleus]
        .iter()
        .filter(|l| !TONELESS.contains(**l))
        .count();
    let known = |part: &str, list: &str| part.is_empty() || list.contains(&format!(" {part} "));
    nucleus <= 3 && tones <= 1 && known(&onset, ONSETS) && known(&coda, CODAS)
}

/// A text inside a Unicode file that was typed in an old font and pasted as it was.
pub(crate) struct Legacy {
    encoding: LegacyEncoding,
    proposal: String,
}

impl Legacy {
    /// Says so.
    pub(crate) fn note(self, place: std::ops::Range<u32>, notes: &mut Notes) {
        let Self { encoding, proposal } = self;
        notes.add("legacy-font-text", place, || {
            Localized::text(
                format!(
                    "Nội dung này có vẻ được gõ bằng phông chữ {}; có thể là «{proposal}». Hồ sơ được giữ nguyên; đề nghị cơ quan kiểm tra và sửa lại.",
                    encoding.name()
                ),
                format!(
                    "This text looks as if typed in a {} font; it may mean “{proposal}”. Nothing was changed: please check and correct it.",
                    encoding.name()
                ),
            )
        });
    }
}

/// A text that reads as Vietnamese only after conversion.
pub(crate) fn legacy_text(text: &str) -> Option<Legacy> {
    // Letters up to U+00FF, all that these fonts have, begin with a byte below this one.
    const FIRST_BEYOND: u8 = 0xC4;
    if text.bytes().any(|byte| byte >= FIRST_BEYOND) {
        return None;
    }
    let odd = text
        .chars()
        .filter(|letter| ('\u{A1}'..='\u{FF}').contains(letter))
        .count();
    if odd < 3 || plausibility(text) >= 0.5 {
        return None;
    }
    let (encoding, proposal) = recognise_text(text)?;
    Some(Legacy { encoding, proposal })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_have_a_meaning_for_every_character() {
        assert_eq!(TCVN3.chars().count(), TCVN3_MEANS.chars().count());
        for (base, marks, means) in VNI_PAIRS {
            assert_eq!(marks.chars().count(), means.chars().count(), "{base}");
        }
    }

    #[test]
    fn vietnamese_words_are_plausible_and_mojibake_is_not() {
        assert!(plausibility("Nền tảng quản lý cán bộ, công chức, viên chức quốc gia") > 0.99);
        assert!(plausibility("Qu¶n lý v¨n b¶n") < 0.5);
        assert!(plausibility("NÃ©n táº£ng quáº£n lÃ½") < 0.5);
    }

    #[test]
    fn a_text_pasted_from_an_old_font_is_recognised_and_a_good_one_left_alone() {
        assert_eq!(
            legacy_text("Së N\u{e9}i v\u{f4}, qu¶n lý v¨n b¶n")
                .unwrap()
                .proposal,
            "Sở Nội vụ, quản lý văn bản"
        );
        assert!(legacy_text("Sở Nội vụ, quản lý văn bản").is_none());
        assert!(legacy_text("Côte d'Ivoire, café, naïve").is_none());
    }
}
