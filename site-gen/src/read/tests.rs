use unicode_normalization::char::canonical_combining_class;

use super::*;

#[test]
fn what_passes_for_composed_is_so_in_every_text() {
    let mut buffer = [0; 4];
    for character in '\0'..=char::MAX {
        if !is_composed(character.encode_utf8(&mut buffer).as_bytes()) {
            continue;
        }
        let alone = is_nfc_quick(std::iter::once(character));
        assert!(alone == IsNormalized::Yes, "{character:?}");
        assert_eq!(canonical_combining_class(character), 0, "{character:?}");
    }
    let text = "Điều 5 – «Nền tảng số»: “dùng chung” …";
    assert!(is_composed(text.as_bytes()));
    for odd in ["e\u{301}", "\u{2126}", "\u{2001}", "各", "\u{344}"] {
        for text in [odd.to_owned(), format!("a{odd}"), format!("{odd} ệ")] {
            assert!(!is_composed(text.as_bytes()), "{text:?}");
        }
    }
}
