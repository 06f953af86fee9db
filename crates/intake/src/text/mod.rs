//! Bytes to text: UTF-8, UTF-16, Windows-1258, and the font encodings of the nineties.

mod legacy;
mod windows_1258;

use std::borrow::Cow;

use framework::Localized;
use unicode_normalization::UnicodeNormalization;

pub use legacy::LegacyEncoding;
pub(crate) use legacy::{Legacy, legacy_text, plausibility};

use crate::{Unreadable, notes::Notes, place};

/// Decodes a text file. Offsets count in the result, which begins after any byte-order mark.
pub(crate) fn decode<'s>(bytes: &'s [u8], notes: &mut Notes) -> Result<Cow<'s, str>, Unreadable> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        notes.add("byte-order-mark", 0..0, || {
            Localized::text(
                "Tệp mở đầu bằng dấu thứ tự byte (BOM) của UTF-8; đã bỏ qua khi đọc.",
                "The file begins with a UTF-8 byte-order mark; it was skipped.",
            )
        });
        return utf8_or_legacy(rest, notes);
    }
    if let Some((order, rest)) = utf16(bytes) {
        return decode_utf16(order, rest, notes).map(Cow::Owned);
    }
    utf8_or_legacy(bytes, notes)
}

/// Which byte of a UTF-16 unit comes first.
#[derive(Clone, Copy)]
enum ByteOrder {
    Little,
    Big,
}

impl ByteOrder {
    /// The encoding's registered name.
    const fn name(self) -> &'static str {
        match self {
            Self::Little => "UTF-16LE",
            Self::Big => "UTF-16BE",
        }
    }

    const fn unit(self, bytes: [u8; 2]) -> u16 {
        match self {
            Self::Little => u16::from_le_bytes(bytes),
            Self::Big => u16::from_be_bytes(bytes),
        }
    }
}

/// UTF-16 by its mark, or by the zeros of its first characters where the mark is missing.
fn utf16(bytes: &[u8]) -> Option<(ByteOrder, &[u8])> {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => Some((ByteOrder::Little, rest)),
        [0xFE, 0xFF, rest @ ..] => Some((ByteOrder::Big, rest)),
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => {
            Some((ByteOrder::Little, bytes))
        }
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => Some((ByteOrder::Big, bytes)),
        _ => None,
    }
}

fn decode_utf16(order: ByteOrder, bytes: &[u8], notes: &mut Notes) -> Result<String, Unreadable> {
    let (units, odd) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(units.len());
    let mut is_sound = odd.is_empty();
    for letter in char::decode_utf16(units.iter().map(|unit| order.unit(*unit))) {
        let Ok(letter) = letter else {
            is_sound = false;
            break;
        };
        text.push(letter);
    }
    if !is_sound {
        let end = text.len();
        return Err(Unreadable::Encoding {
            place: place::in_text(&text, end..end),
        });
    }
    notes.add("decoded-utf-16", 0..0, || {
        Localized::text(
            format!(
                "Tệp được mã hóa {}; đã chuyển sang UTF-8 khi đọc.",
                order.name()
            ),
            format!(
                "The file is encoded in {}; it was decoded for reading.",
                order.name()
            ),
        )
    });
    Ok(text)
}

fn utf8_or_legacy<'s>(bytes: &'s [u8], notes: &mut Notes) -> Result<Cow<'s, str>, Unreadable> {
    let fault = match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => return Ok(Cow::Borrowed(text)),
        Err(fault) => fault.valid_up_to(),
    };
    let windows_1258 = decode_windows_1258(bytes);
    let candidate = legacy::recognise(bytes);
    let best = windows_1258.as_deref().map_or(0.0, plausibility);
    match candidate {
        Some((encoding, text)) if plausibility(&text) > best => Err(Unreadable::LegacyFont {
            encoding,
            proposal: text,
        }),
        _ if best >= legacy::PLAUSIBLE => {
            notes.add("decoded-windows-1258", 0..0, || {
                Localized::text(
                    "Tệp được mã hóa Windows-1258; đã chuyển sang Unicode dựng sẵn (NFC) khi đọc. Đề nghị lưu lại tệp bằng UTF-8.",
                    "The file is encoded in Windows-1258; it was decoded and composed (NFC) for reading. Please save it as UTF-8.",
                )
            });
            Ok(Cow::Owned(windows_1258.unwrap_or_default()))
        }
        _ => {
            let valid = std::str::from_utf8(&bytes[..fault]).unwrap_or_default();
            Err(Unreadable::Encoding {
                place: place::in_text(valid, fault..fault),
            })
        }
    }
}

/// Windows-1258 writes tone marks as separate characters: composing is part of decoding.
fn decode_windows_1258(bytes: &[u8]) -> Option<String> {
    let text = windows_1258::decode(bytes);
    (!text.contains('\0')).then(|| text.nfc().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, Vec<&'static str>) {
        let mut notes = Notes::default();
        let text = decode(bytes, &mut notes).unwrap().into_owned();
        (
            text,
            notes.into_vec().iter().map(|note| note.code).collect(),
        )
    }

    #[test]
    fn marks_and_utf_16_are_decoded_with_a_note() {
        let words = "tên: Sở Nội vụ";
        let utf16 = |bytes: fn(u16) -> [u8; 2], mark: &[u8]| {
            [
                mark.to_vec(),
                words.encode_utf16().flat_map(bytes).collect(),
            ]
            .concat()
        };
        for (bytes, code) in [
            (
                [b"\xEF\xBB\xBF", words.as_bytes()].concat(),
                "byte-order-mark",
            ),
            (utf16(u16::to_le_bytes, b"\xFF\xFE"), "decoded-utf-16"),
            (utf16(u16::to_be_bytes, b"\xFE\xFF"), "decoded-utf-16"),
        ] {
            assert_eq!(decoded(&bytes), (words.to_owned(), vec![code]));
        }
        assert_eq!(decoded(words.as_bytes()), (words.to_owned(), vec![]));
    }

    #[test]
    fn windows_1258_is_decoded_and_composed() {
        // "Tỉnh Điện Biên, quản lý" as Windows-1258 writes it: base letters and combining tones.
        let bytes = b"t\xEAn: Ti\xD2nh \xD0i\xEA\xF2n Bi\xEAn, qua\xD2n ly\xEC";
        let (text, notes) = decoded(bytes);
        assert_eq!(text, "tên: Tỉnh Điện Biên, quản lý");
        assert_eq!(notes, ["decoded-windows-1258"]);
    }

    #[test]
    fn font_encodings_are_answered_with_a_proposal_never_changed() {
        let tcvn3 = b"t\xAAn: S\xEB N\xE9i v\xF4, qu\xB6n l\xFD c\xB8n b\xE9";
        assert!(matches!(
            decode(tcvn3, &mut Notes::default()),
            Err(Unreadable::LegacyFont { encoding: LegacyEncoding::Tcvn3, proposal })
                if proposal == "tên: Sở Nội vụ, quản lý cán bộ"
        ));
        let vni = b"te\xE2n: S\xF4\xFB No\xE4i vu\xEF, qua\xFBn ly\xF9 ca\xF9n bo\xE4";
        assert!(matches!(
            decode(vni, &mut Notes::default()),
            Err(Unreadable::LegacyFont { encoding: LegacyEncoding::Vni, proposal })
                if proposal == "tên: Sở Nội vụ, quản lý cán bộ"
        ));
    }

    #[test]
    fn bytes_of_no_known_encoding_are_refused_with_the_place() {
        let fault = decode(b"a: 1\nb: \x81\x8D\x00", &mut Notes::default()).unwrap_err();
        let Unreadable::Encoding { place } = fault else {
            panic!("{fault:?}")
        };
        assert_eq!((place.line, place.column), (Some(2), Some(4)));
    }

    #[test]
    fn a_torn_utf_16_text_is_refused_where_it_is_torn() {
        let half_a_pair = [0xFF, 0xFE, b'a', 0, b'\n', 0, b'b', 0, 0x00, 0xD8, b'c', 0];
        let half_a_unit = [0xFF, 0xFE, b'a', 0, b'\n', 0, b'b', 0, b'c'];
        for bytes in [&half_a_pair[..], &half_a_unit] {
            let fault = decode(bytes, &mut Notes::default()).unwrap_err();
            let Unreadable::Encoding { place } = fault else {
                panic!("{fault:?}")
            };
            assert_eq!((place.line, place.column), (Some(2), Some(2)));
        }
    }
}
