//! Telex and VNI keystrokes that no input method turned into letters.

use alloc::{string::String, vec::Vec};

use crate::{
    form::spell,
    letters::{Quality, Tone},
    syllable::{is_syllable, is_vowel},
};

/// Reads a word as raw Telex (`kieesn`) or VNI (`kie61n`) typing: its key and form, or `None`
/// when nothing in it is a keystroke for a mark or no syllable comes out.
pub fn decode_typing(word: &str) -> Option<(String, String)> {
    if !word.is_ascii() || !(2..=12).contains(&word.len()) {
        return None;
    }
    let mut typed = Typed::default();
    for key in word.bytes() {
        typed.press(key.to_ascii_lowercase());
    }
    let mut folded = String::new();
    for (base, _) in &typed.letters {
        folded.push(*base as char);
    }
    if !typed.decoded || !is_syllable(&folded) {
        return None;
    }
    let (mut key, mut form) = (String::new(), String::new());
    spell(&typed.letters, typed.tone, &mut key, &mut form);
    Some((key, form))
}

/// What has been typed so far.
#[derive(Default)]
struct Typed {
    letters: Vec<(u8, Quality)>,
    tone: Tone,
    /// Whether any keystroke meant a mark.
    decoded: bool,
}

impl Typed {
    fn press(&mut self, key: u8) {
        let consumed = match key {
            b's' | b'1' => self.set_tone(1),
            b'f' | b'2' => self.set_tone(2),
            b'r' | b'3' => self.set_tone(3),
            b'x' | b'4' => self.set_tone(4),
            b'j' | b'5' => self.set_tone(5),
            b'a' | b'e' | b'o' => self.double(key),
            b'd' | b'9' => self.stroke(),
            b'w' => self.horn_or_breve() || self.lone_w(),
            b'6' => self.mark_last(b"aeo", Quality::Circumflex),
            b'7' => self.horn_or_breve(),
            b'8' => self.mark_last(b"a", Quality::Breve),
            _ => false,
        };
        if consumed {
            self.decoded = true;
        } else {
            self.letters.push((key, Quality::Plain));
        }
    }

    fn set_tone(&mut self, tone: Tone) -> bool {
        let after_vowel = self.letters.iter().any(|(base, _)| is_vowel(*base));
        if after_vowel {
            self.tone = tone;
        }
        after_vowel
    }

    /// A vowel typed twice, at once (`kieen`) or later (`kiene`, `lieue`): circumflex.
    fn double(&mut self, vowel: u8) -> bool {
        self.mark_last(&[vowel], Quality::Circumflex)
    }

    /// A second d anywhere, or a 9: đ at the start.
    fn stroke(&mut self) -> bool {
        match self.letters.first_mut() {
            Some(first @ (b'd', Quality::Plain)) => {
                first.1 = Quality::Stroke;
                true
            }
            _ => false,
        }
    }

    /// w: ă, and ơ and ư together in «ươ».
    fn horn_or_breve(&mut self) -> bool {
        let mut marked = false;
        for (base, quality) in &mut self.letters {
            let mark = match base {
                b'a' => Quality::Breve,
                b'o' | b'u' => Quality::Horn,
                _ => continue,
            };
            if *quality == Quality::Plain {
                *quality = mark;
                marked = true;
            }
        }
        marked
    }

    /// A w with nothing to mark is ư.
    fn lone_w(&mut self) -> bool {
        self.letters.push((b'u', Quality::Horn));
        true
    }

    fn mark_last(&mut self, bases: &[u8], mark: Quality) -> bool {
        for letter in self.letters.iter_mut().rev() {
            for base in bases {
                if *letter == (*base, Quality::Plain) {
                    letter.1 = mark;
                    return true;
                }
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens;

    #[test]
    fn unfinished_telex_and_vni_are_read() {
        for (typed, word) in [
            ("kieesn", "kiến"),
            ("kien61", "kiến"),
            ("kien1", "kién"),
            ("trucs", "trúc"),
            ("ddinhj", "định"),
            ("dinhdj", "định"),
            ("dduwowcj", "được"),
            ("dduocwj", "được"),
            ("lieeuj", "liệu"),
            ("lieuej", "liệu"),
            ("truwcj", "trực"),
            ("d9i5nh", "định"),
            ("thu75c", "thực"),
            ("chuwx", "chữ"),
            ("Ddieenj", "điện"),
            ("hojp", "họp"),
            ("ddams", "đám"),
            ("hatj", "hạt"),
            ("taangf", "tầng"),
        ] {
            let token = &tokens(word)[0];
            let expected = (token.key.clone(), token.form.clone());
            assert_eq!(decode_typing(typed), Some(expected), "{typed}");
        }
    }

    #[test]
    fn words_that_are_no_typing_are_left_alone() {
        for word in [
            "platform",
            "kien",
            "",
            "s",
            "ndxp",
            "xx",
            "đd",
            "wwwwwwwwwwwwww",
        ] {
            assert_eq!(decode_typing(word), None, "{word}");
        }
    }
}
