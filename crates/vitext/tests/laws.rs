//! Laws that hold for any text, not for chosen examples.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use vitext::{decode_typing, fold, is_syllable, render_form, slug, stem, tokens, within_slips};

/// Texts rich in Vietnamese, marks, quotes and odd characters.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9 .,đĐăâêôơưĂÂÊÔƠƯáàảãạấầẩẫậếềểễệốồổỗộớờởỡợứừửữựíìỉĩịúùủũụýỳỷỹỵ'’\"«»()\u{300}\u{301}\u{302}\u{303}\u{306}\u{309}\u{31B}\u{323}-]{0,60}",
        any::<String>(),
    ]
}

/// One Vietnamese syllable, spelt in a normal way.
fn syllable() -> impl Strategy<Value = String> {
    let onset = prop::sample::select(vec![
        "", "b", "ch", "đ", "gi", "kh", "ngh", "qu", "th", "tr",
    ]);
    let rhyme = prop::sample::select(vec![
        "ấn", "ịnh", "ọp", "ưỡng", "yết", "òa", "ữ", "iệu", "oái", "e",
    ]);
    (onset, rhyme).prop_map(|(onset, rhyme)| format!("{onset}{rhyme}"))
}

proptest! {
    #[test]
    fn places_are_words_of_the_text_in_order(text in text()) {
        let mut end = 0;
        for token in tokens(&text) {
            prop_assert!(token.span.start >= end && token.span.start < token.span.end);
            prop_assert!(text.get(token.span.clone()).is_some(), "{:?}", token.span);
            prop_assert!(!token.key.is_empty() && !token.form.is_empty());
            end = token.span.end;
        }
    }

    #[test]
    fn both_unicode_normal_forms_are_one(text in "[a-zđăâêôơưáàảãạấầẩẫậếềểễệốồổỗộớờởỡợứừửữựíìỉĩịúùủũụýỳỷỹỵA-Z .,]{0,60}") {
        let composed: String = text.nfc().collect();
        let decomposed: String = text.nfd().collect();
        let forms = |text: &str| -> Vec<(String, String, bool)> {
            tokens(text).into_iter().map(|token| (token.key, token.form, token.after_pause)).collect()
        };
        prop_assert_eq!(forms(&composed), forms(&decomposed));
        prop_assert_eq!(fold(&composed), fold(&decomposed));
    }

    #[test]
    fn folding_twice_changes_nothing_more(text in text()) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
        let slugged = slug(&text);
        prop_assert!(slugged.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'));
        prop_assert_eq!(slug(&slugged), slugged);
    }

    #[test]
    fn a_form_spelt_out_is_the_same_word(word in syllable()) {
        let token = &tokens(&word)[0];
        let spelt = render_form(&token.form);
        let again = &tokens(&spelt)[0];
        prop_assert_eq!(&again.form, &token.form);
        prop_assert_eq!(&again.key, &token.key);
    }

    #[test]
    fn keys_carry_no_marks(text in text()) {
        for token in tokens(&text) {
            prop_assert!(token.key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()));
        }
    }

    #[test]
    fn distance_is_symmetric_and_zero_only_for_equals(one in "[a-e]{0,8}", other in "[a-e]{0,8}") {
        for slips in 0..3 {
            prop_assert_eq!(within_slips(&one, &other, slips), within_slips(&other, &one, slips));
            prop_assert!(within_slips(&one, &other, slips + 1) || !within_slips(&one, &other, slips));
        }
        prop_assert_eq!(within_slips(&one, &other, 0), one == other);
    }

    #[test]
    fn no_text_is_too_odd(text in any::<String>()) {
        let _ = (decode_typing(&text), is_syllable(&text), stem(&text), render_form(&text));
    }
}
