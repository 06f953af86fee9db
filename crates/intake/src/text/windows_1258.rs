//! Windows-1258, Microsoft's code page for Vietnamese, as the Encoding Standard defines it.
//!
//! The table stands here because a general decoder carries those of every East Asian encoding with it,
//! half a megabyte in the module that readers' browsers load.

/// What the bytes from 128 on mean; those before are ASCII.
const UPPER: &str = "\
    €\u{81}‚ƒ„…†‡ˆ‰\u{8a}‹Œ\u{8d}\u{8e}\u{8f}\
    \u{90}‘’“”•–—˜™\u{9a}›œ\u{9d}\u{9e}Ÿ\
    \u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯\
    °±²³´µ¶·¸¹º»¼½¾¿\
    ÀÁÂĂÄÅÆÇÈÉÊË\u{300}ÍÎÏ\
    ĐÑ\u{309}ÓÔƠÖ×ØÙÚÛÜƯ\u{303}ß\
    àáâăäåæçèéêë\u{301}íîï\
    đñ\u{323}óôơö÷øùúûüư₫ÿ";

/// Decodes; every byte means something. Tone marks are characters of their own until the text is composed.
pub(super) fn decode(bytes: &[u8]) -> String {
    let upper: Vec<char> = UPPER.chars().collect();
    let of = |byte: u8| match byte.checked_sub(128) {
        None => char::from(byte),
        Some(place) => upper[usize::from(place)],
    };
    bytes.iter().map(|&byte| of(byte)).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_byte_means_what_the_encoding_standard_says() {
        let bytes: Vec<u8> = (0..=255).collect();
        let (standard, _) = encoding_rs::WINDOWS_1258.decode_without_bom_handling(&bytes);
        assert_eq!(super::decode(&bytes), standard);
    }
}
