//! Plain scalars by the core schema of YAML 1.2, with a word about those that surprise people.

use std::{borrow::Cow, ops::Range};

use framework::Localized;
use rulebook::{Kind, Number};

use crate::notes::Notes;

/// What a plain scalar is.
pub(super) fn resolve<'s>(text: Cow<'s, str>, at: Range<u32>, notes: &mut Notes) -> Kind<'s> {
    match &*text {
        "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
        "true" | "True" | "TRUE" => Kind::Bool(true),
        "false" | "False" | "FALSE" => Kind::Bool(false),
        _ => {
            if is_old_boolean(&text) {
                note_old_boolean(&text, at, notes);
                return Kind::String(text);
            }
            match number(&text) {
                Scalar::Text => Kind::String(text),
                Scalar::Number(number, surprise) => {
                    if let Some(surprise) = surprise {
                        note_surprise(&text, surprise, at, notes);
                    }
                    Kind::Number(number)
                }
                Scalar::Kept(surprise) => {
                    note_surprise(&text, surprise, at, notes);
                    Kind::String(text)
                }
            }
        }
    }
}

/// `no`, `yes`, `on`, `off`: truth values in YAML 1.1, texts in 1.2.
fn is_old_boolean(text: &str) -> bool {
    ["y", "n", "yes", "no", "on", "off"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
}

/// Why a number, or what looks like one, is worth a word.
#[derive(Clone, Copy)]
enum Surprise {
    /// `007`: kept as a text, or the zeros would be lost.
    LeadingZero,
    /// `0o17`, `0x1F`: read as the number it stands for.
    OtherBase,
    /// `1.10`: the last zero is lost.
    TrailingZero,
    /// More digits than a number keeps: kept as a text.
    TooPrecise,
    /// `.inf`, `.nan`: kept as a text.
    NotFinite,
}

enum Scalar {
    Text,
    Number(Number, Option<Surprise>),
    Kept(Surprise),
}

fn number(text: &str) -> Scalar {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let Some(first) = unsigned.bytes().next() else {
        return Scalar::Text;
    };
    if !first.is_ascii_digit() && first != b'.' {
        return Scalar::Text;
    }
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Scalar::Kept(Surprise::NotFinite);
    }
    for (prefix, radix) in [("0o", 8), ("0x", 16)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            let value = u64::from_str_radix(digits, radix)
                .ok()
                .filter(|_| !digits.starts_with('+'));
            return value.map_or(Scalar::Text, |value| {
                Scalar::Number(Number::Unsigned(value), Some(Surprise::OtherBase))
            });
        }
    }
    if unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        return integer(text, unsigned);
    }
    if is_float(unsigned) {
        float(text, unsigned)
    } else {
        Scalar::Text
    }
}

fn integer(text: &str, digits: &str) -> Scalar {
    if digits.len() > 1 && digits.starts_with('0') {
        return Scalar::Kept(Surprise::LeadingZero);
    }
    let text = text.strip_prefix('+').unwrap_or(text);
    if let Ok(value) = text.parse::<u64>() {
        return Scalar::Number(Number::Unsigned(value), None);
    }
    match text.parse::<i64>() {
        Ok(value) => Scalar::Number(Number::Signed(value), None),
        Err(_) => Scalar::Kept(Surprise::TooPrecise),
    }
}

/// `[0-9]+(\.[0-9]*)?` or `\.[0-9]+`, each with an exponent or without.
fn is_float(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty()) && exponent
}

fn float(text: &str, unsigned: &str) -> Scalar {
    if unsigned.len() > 1 && unsigned.starts_with('0') && unsigned.as_bytes()[1].is_ascii_digit() {
        return Scalar::Kept(Surprise::LeadingZero);
    }
    let value = match text.strip_prefix('+').unwrap_or(text).parse::<f64>() {
        Ok(value) if value.is_finite() => value,
        _ => return Scalar::Kept(Surprise::TooPrecise),
    };
    let mantissa = unsigned.split(['e', 'E']).next().unwrap_or_default();
    if digits_of(mantissa)
        != digits_of(
            format!("{:e}", value.abs())
                .split('e')
                .next()
                .unwrap_or_default(),
        )
    {
        return Scalar::Kept(Surprise::TooPrecise);
    }
    let trailing = mantissa.contains('.') && mantissa.ends_with('0');
    Scalar::Number(
        Number::Float(value),
        trailing.then_some(Surprise::TrailingZero),
    )
}

/// The significant digits, without zeros at either end.
fn digits_of(mantissa: &str) -> String {
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').to_owned()
}

fn note_old_boolean(text: &str, at: Range<u32>, notes: &mut Notes) {
    notes.add("yaml-text-not-boolean", at, || {
        Localized::text(
            format!("«{text}» được đọc là một chuỗi chữ, không phải đúng/sai. Nếu muốn khai đúng/sai, đề nghị ghi true hoặc false; nếu là chữ, đề nghị đặt trong dấu nháy."),
            format!("“{text}” is read as a text, not as a truth value. Write true or false if that is meant; if it is a text, put it in quotes."),
        )
    });
}

fn note_surprise(text: &str, surprise: Surprise, at: Range<u32>, notes: &mut Notes) {
    let (code, vi, en) = match surprise {
        Surprise::LeadingZero => (
            "yaml-leading-zero",
            "được giữ nguyên là chuỗi chữ vì có số 0 ở đầu; đề nghị đặt trong dấu nháy.",
            "is kept as a text because of its leading zero; please put it in quotes.",
        ),
        Surprise::OtherBase => (
            "yaml-other-base",
            "được đọc là số hệ 8 hoặc hệ 16; nếu là mã, đề nghị đặt trong dấu nháy.",
            "is read as an octal or hexadecimal number; if it is a code, please put it in quotes.",
        ),
        Surprise::TrailingZero => (
            "yaml-trailing-zero",
            "được đọc là số nên mất số 0 ở cuối; nếu là số phiên bản, đề nghị đặt trong dấu nháy.",
            "is read as a number and loses its last zero; if it is a version, please put it in quotes.",
        ),
        Surprise::TooPrecise => (
            "number-kept-as-text",
            "là số quá lớn hoặc quá nhiều chữ số nên được giữ nguyên là chuỗi chữ, không làm tròn.",
            "is a number too large or too precise; it is kept as a text, not rounded.",
        ),
        Surprise::NotFinite => (
            "number-kept-as-text",
            "không phải số hữu hạn nên được giữ nguyên là chuỗi chữ.",
            "is no finite number; it is kept as a text.",
        ),
    };
    notes.add(code, at, || {
        Localized::text(format!("«{text}» {vi}"), format!("“{text}” {en}"))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(text: &'static str) -> (Kind<'static>, Vec<&'static str>) {
        let mut notes = Notes::default();
        let kind = resolve(Cow::Borrowed(text), 0..1, &mut notes);
        (
            kind,
            notes.into_vec().iter().map(|note| note.code).collect(),
        )
    }

    #[test]
    fn the_core_schema_holds() {
        for (text, number) in [
            ("0", Number::Unsigned(0)),
            ("+12", Number::Unsigned(12)),
            ("-7", Number::Signed(-7)),
            ("18446744073709551615", Number::Unsigned(u64::MAX)),
            ("1.5", Number::Float(1.5)),
            (".5", Number::Float(0.5)),
            ("-1e3", Number::Float(-1000.0)),
            ("12.", Number::Float(12.0)),
            ("0.1", Number::Float(0.1)),
        ] {
            assert_eq!(resolved(text), (Kind::Number(number), vec![]), "{text}");
        }
        for text in [
            "2026-03-31",
            "12:30:45",
            "v2",
            "1.2.3",
            "-",
            "+",
            ".",
            "e5",
            "1e",
            "Y99",
            "0o9",
        ] {
            assert_eq!(
                resolved(text),
                (Kind::String(Cow::Borrowed(text)), vec![]),
                "{text}"
            );
        }
    }

    #[test]
    fn surprises_are_kept_and_said() {
        for (text, code) in [
            ("no", "yaml-text-not-boolean"),
            ("Yes", "yaml-text-not-boolean"),
            ("0123", "yaml-leading-zero"),
            ("123456789012345678901234567890", "number-kept-as-text"),
            ("0.12345678901234567890", "number-kept-as-text"),
            ("1e400", "number-kept-as-text"),
            (".nan", "number-kept-as-text"),
        ] {
            assert_eq!(
                resolved(text),
                (Kind::String(Cow::Borrowed(text)), vec![code]),
                "{text}"
            );
        }
        assert_eq!(
            resolved("1.10"),
            (Kind::Number(Number::Float(1.1)), vec!["yaml-trailing-zero"])
        );
        assert_eq!(
            resolved("0o17"),
            (Kind::Number(Number::Unsigned(15)), vec!["yaml-other-base"])
        );
    }
}
