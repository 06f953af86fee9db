//! Keys and forms: what a word is found by, and what it was spelt like.

use alloc::{string::String, vec::Vec};

use crate::{
    letters::{Quality, Tone, compose},
    stem::stem,
    syllable::{self, is_vowel},
};

/// Onsets after which a lone i and y are the same sound and are written either way: lý, lí. Each between
/// spaces.
const EITHER_I: &str = " h k l m qu s t v ";

/// Those of them after which official texts write y: quản lý, kỹ thuật, quy định, công ty.
const USUALLY_Y: &str = " h k l m qu t ";

/// Writes the key and the form of a word into the two buffers; whether it carries any mark.
///
/// The key has no marks (`kien`), the form has the quality marks and ends in the tone
/// (`kie^n1`), so old and new tone placement and both Unicode normal forms spell it alike. A word
/// without marks that cannot be Vietnamese is keyed by its English stem.
pub fn spell(letters: &[(u8, Quality)], tone: Tone, key: &mut String, form: &mut String) -> bool {
    key.clear();
    form.clear();
    let mut marked = tone > 0;
    for (base, quality) in letters {
        key.push(*base as char);
        form.push(*base as char);
        if let Some(sign) = quality.sign() {
            form.push(sign);
            marked = true;
        }
    }
    if let Some(onset) = key.strip_suffix('y')
        && syllable::holds(EITHER_I, onset.as_bytes())
    {
        key.pop();
        key.push('i');
        form.pop();
        form.push('i');
    }
    if tone > 0 {
        form.push((b'0' + tone) as char);
    }
    if !marked && !syllable::is_syllable(key) {
        *key = stem(key);
    }
    marked
}

/// The word a form stands for, spelt as official texts do (`hoa1` is «hóa», `kie^n1` «kiến»).
pub fn render_form(form: &str) -> String {
    let mut folded = String::new();
    let mut letters: Vec<(u8, Quality)> = Vec::new();
    let mut tone = 0;
    for byte in form.bytes() {
        match (Quality::of_sign(byte), letters.last_mut()) {
            (Some(quality), Some(last)) => last.1 = quality,
            _ if matches!(byte, b'1'..=b'5') && tone == 0 => tone = byte - b'0',
            // Something behind what looked like a tone.
            _ if tone > 0 => return form.into(),
            _ => {
                letters.push((byte, Quality::Plain));
                folded.push(byte as char);
            }
        }
    }
    // A word that only looks like it carries a tone: `ndc2` has no vowel, `covid19` no syllable.
    if tone > 0 && !syllable::is_syllable(&folded) {
        return form.into();
    }
    if let Some(onset) = folded.strip_suffix('i')
        && syllable::holds(USUALLY_Y, onset.as_bytes())
        && let Some(last) = letters.last_mut()
    {
        last.0 = b'y';
    }
    let bearer = tone_bearer(&letters);
    let mut word = String::new();
    for (place, (base, quality)) in letters.iter().enumerate() {
        word.push(compose(
            *base,
            *quality,
            if place == bearer { tone } else { 0 },
        ));
    }
    word
}

/// Which letter of a syllable carries the tone mark.
fn tone_bearer(letters: &[(u8, Quality)]) -> usize {
    // The vowels: where they begin, how many there are, and the last that has a mark of its own.
    let (mut first, mut count, mut marked) = (0, 0, None);
    for (place, (base, quality)) in letters.iter().enumerate() {
        // The u of qu- and the i of gi- belong to the onset when another vowel follows.
        let in_onset = place == 1
            && matches!(letters, [(b'q', _), (b'u', _), (next, _), ..] | [(b'g', _), (b'i', _), (next, _), ..] if is_vowel(*next));
        if !is_vowel(*base) || in_onset {
            if count > 0 {
                break;
            }
            continue;
        }
        if count == 0 {
            first = place;
        }
        count += 1;
        if *quality != Quality::Plain {
            marked = Some(place);
        }
    }
    let has_coda = first + count < letters.len();
    let second = count == 3 || count == 2 && has_coda;
    marked.unwrap_or(first + usize::from(second))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens;

    #[test]
    fn forms_are_spelt_as_official_texts_do() {
        for word in [
            "kiến", "hóa", "thủy", "quý", "lý", "công", "giữa", "già", "gì", "nghiệp", "thuở",
            "ngoài", "được", "trước", "khuyến", "toàn", "của", "mía", "đ", "data", "chuẩn", "xoáy",
            "quốc", "hỏi",
        ] {
            let form = &tokens(word)[0].form;
            assert_eq!(render_form(form), word, "{form}");
        }
    }

    #[test]
    fn digits_at_the_end_of_a_code_are_no_tone() {
        for code in ["ndc2", "level3", "15", "4", "", "x+", "+"] {
            let _ = render_form(code);
        }
        assert_eq!(render_form("level3"), "level3");
        assert_eq!(render_form("15"), "15");
    }
}
