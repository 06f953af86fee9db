//! Keys and forms: what a word is found by, and what it was spelt like.

use alloc::{string::String, vec::Vec};

use crate::{
    letters::{Quality, Tone, compose},
    stem::stem,
    syllable::{self, is_vowel},
};

/// Onsets after which a lone i and y are the same sound and are written either way: lý, lí.
const EITHER_I: [&str; 8] = ["h", "k", "l", "m", "qu", "s", "t", "v"];

/// Those of them after which official texts write y: quản lý, kỹ thuật, quy định, công ty.
const USUALLY_Y: [&str; 6] = ["h", "k", "l", "m", "qu", "t"];

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
        && EITHER_I.contains(&onset)
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
    let bytes = form.as_bytes();
    let (letters, tone) = match bytes.split_last() {
        Some((digit @ b'1'..=b'5', rest)) if rest.iter().any(|byte| is_vowel(*byte)) => {
            (rest, digit - b'0')
        }
        _ => (bytes, 0),
    };
    let mut parts: Vec<(u8, Quality)> = Vec::new();
    for byte in letters {
        match (Quality::of_sign(*byte), parts.last_mut()) {
            (Some(quality), Some(last)) => last.1 = quality,
            _ => parts.push((*byte, Quality::Plain)),
        }
    }
    // A word that only looks like it carries a tone: `ndc2` has no vowel, `covid19` no syllable.
    let folded: String = parts.iter().map(|(base, _)| *base as char).collect();
    if tone > 0 && !syllable::is_syllable(&folded) {
        return form.into();
    }
    if let Some(onset) = folded.strip_suffix('i')
        && USUALLY_Y.contains(&onset)
        && let Some(last) = parts.last_mut()
    {
        last.0 = b'y';
    }
    let bearer = tone_bearer(&parts);
    parts
        .iter()
        .enumerate()
        .map(|(place, (base, quality))| {
            compose(*base, *quality, if place == bearer { tone } else { 0 })
        })
        .collect()
}

/// Which letter of a syllable carries the tone mark.
fn tone_bearer(parts: &[(u8, Quality)]) -> usize {
    let mut first = parts
        .iter()
        .position(|(base, _)| is_vowel(*base))
        .unwrap_or(0);
    let vowels_from = |from: usize| {
        parts
            .iter()
            .skip(from)
            .take_while(|(base, _)| is_vowel(*base))
            .count()
    };
    // The u of qu- and the i of gi- belong to the onset when another vowel follows.
    let in_onset = match parts {
        [(b'q', _), (b'u', _), ..] | [(b'g', _), (b'i', _), ..] => vowels_from(1) > 1,
        _ => false,
    };
    if in_onset {
        first = 2;
    }
    let count = vowels_from(first);
    let last_marked = (first..first + count).rev().find(|place| {
        parts
            .get(*place)
            .is_some_and(|(_, quality)| *quality != Quality::Plain)
    });
    match (last_marked, count) {
        (Some(place), _) => place,
        (None, 3) => first + 1,
        (None, 2) if first + 2 < parts.len() => first + 1,
        (None, _) => first,
    }
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
