use unicode_normalization::char::canonical_combining_class;

use super::*;

#[test]
fn what_passes_for_composed_is_so_in_every_text() {
    let passing = ('\0'..=char::MAX).filter(|character| is_composed(*character));
    for character in passing {
        let alone = is_nfc_quick(std::iter::once(character));
        assert!(alone == IsNormalized::Yes, "{character:?}");
        assert_eq!(canonical_combining_class(character), 0, "{character:?}");
    }
    let text = "Điều 5 – «Nền tảng số»: “dùng chung” …";
    assert!(text.chars().all(is_composed));
}
