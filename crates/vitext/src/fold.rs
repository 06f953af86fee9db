//! ASCII look-alikes.

use alloc::string::String;

use crate::letters::{combining, letter, lower_case};

/// The text in lower case without Vietnamese marks: «Điều 5» becomes `dieu 5`. What is no
/// Vietnamese letter stays, in lower case if it is Latin.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars() {
        if let Some(letter) = letter(character) {
            folded.push(letter.base as char);
        } else if combining(character).is_none() {
            folded.push(lower_case(character));
        }
    }
    folded
}

/// The text as part of an address: `nen-tang-so` for «Nền tảng số». Empty when no letter or digit
/// is left.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for character in fold(text).chars() {
        if character.is_ascii_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    if slug.ends_with('-') {
        slug.pop();
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_capitals_are_folded_away() {
        assert_eq!(fold("ĐIỀU 5: Kiến trúc số"), "dieu 5: kien truc so");
        assert_eq!(fold("kie\u{302}\u{301}n"), "kien");
        assert_eq!(fold("naïve ÇA Ω 中"), "naive ca Ω 中");
    }

    #[test]
    fn slugs_are_plain_address_parts() {
        assert_eq!(
            slug("  Nền tảng số (dùng chung)! "),
            "nen-tang-so-dung-chung"
        );
        assert_eq!(slug("中文"), "");
    }
}
