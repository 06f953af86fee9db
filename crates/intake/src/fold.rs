//! One form for words that people write in many ways: how headers and labels are compared.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Lower case without marks, đ as d, everything but letters and digits one space.
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfd().filter(|letter| !is_combining_mark(*letter)) {
        if letter.is_alphanumeric() {
            for letter in letter.to_lowercase() {
                folded.push(if letter == 'đ' { 'd' } else { letter });
            }
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_of_writing_a_label_fold_to_one() {
        for text in [
            "Đang vận hành",
            " đang  VẬN hành * ",
            "dang_van-hanh",
            "Đang\u{A0}vận hành ★",
        ] {
            assert_eq!(folded(text), "dang van hanh", "{text}");
        }
        assert_eq!(folded("★ *"), "");
    }
}
