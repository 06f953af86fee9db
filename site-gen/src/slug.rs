//! Words to ASCII names for anchors and addresses.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// `Mạng truyền số liệu` → `mang-truyen-so-lieu`; empty when nothing is left.
pub(crate) fn of(words: &str) -> String {
    let mut slug = String::with_capacity(words.len());
    for character in words
        .nfd()
        .filter(|&character| !is_combining_mark(character))
    {
        match character {
            'đ' | 'Đ' => slug.push('d'),
            _ if character.is_ascii_alphanumeric() => slug.push(character.to_ascii_lowercase()),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    #[test]
    fn vietnamese_letters_lose_their_marks() {
        assert_eq!(
            super::of("1. Đường truyền «số liệu»"),
            "1-duong-truyen-so-lieu"
        );
        assert_eq!(super::of("…"), "");
    }
}
