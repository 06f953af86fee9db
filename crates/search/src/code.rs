//! Clause numbers, component codes and rule ids as people write them.
//!
//! «II.1.đ», «điểm đ mục 1 phần II», «muc II.3.4», «gạch đầu dòng thứ 3 mục II.3.4», `NT4`,
//! `plt-007`. Recognised before words are: a clause that is named comes first.

use alloc::{string::String, vec::Vec};

use vitext::{Quality, letter};

use crate::{clause_number::Parts, pieces::pieces};

/// A code in its one spelling: `ii.1.đ`, `nt-4`, `kkt2-plt-007`.
#[cfg(feature = "index")]
pub(crate) fn canonical(code: &str) -> String {
    code.chars()
        .map(|character| match character {
            'Đ' => 'đ',
            other => other.to_ascii_lowercase(),
        })
        .collect()
}

/// The ASCII anchor of a clause code.
pub(crate) fn anchor(code: &str) -> String {
    let mut anchor = String::with_capacity(code.len());
    for character in code.chars() {
        match character {
            '.' => anchor.push('-'),
            'đ' => anchor.push_str("dd"),
            other => anchor.push(other),
        }
    }
    anchor
}

/// What a query names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Recognised {
    /// Canonical codes, the likeliest first.
    pub(crate) codes: Vec<String>,
    /// Whether the whole query is the code, with no other words.
    pub(crate) whole: bool,
}

/// Finds the codes that a query names.
pub(crate) fn recognise(query: &str) -> Recognised {
    let whole = parse(&lex(query), true);
    if !whole.is_empty() {
        return Recognised {
            codes: whole,
            whole: true,
        };
    }
    let mut codes = Vec::new();
    for word in pieces(query, b' ') {
        codes.extend(parse(&lex(word), false));
    }
    Recognised {
        codes,
        whole: false,
    }
}

/// A run of letters or of digits, folded but for đ.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Lexeme {
    pub(crate) text: String,
    pub(crate) is_number: bool,
    /// Whether the run carries any mark: then a d is meant as a d.
    marked: bool,
}

fn lex(text: &str) -> Vec<Lexeme> {
    let mut lexemes: Vec<Lexeme> = Vec::new();
    let mut adjacent = false;
    for character in text.chars() {
        if let Some((_, tone)) = vitext::combining(character) {
            if let (Some(last), true) = (lexemes.last_mut(), adjacent) {
                last.marked |= tone > 0;
            }
            continue;
        }
        let Some(read) = letter(character) else {
            adjacent = false;
            continue;
        };
        let is_number = read.base.is_ascii_digit();
        let shown = if read.quality == Quality::Stroke {
            'đ'
        } else {
            read.base as char
        };
        let marked = read.tone > 0 || read.quality != Quality::Plain;
        match lexemes.last_mut() {
            Some(last) if adjacent && last.is_number == is_number => {
                last.text.push(shown);
                last.marked |= marked;
            }
            _ => lexemes.push(Lexeme {
                text: shown.into(),
                is_number,
                marked,
            }),
        }
        adjacent = true;
    }
    lexemes
}

/// Reads all lexemes as one code; nothing if any is left over. `labels` says whether words such as
/// «mục» may stand in it.
fn parse(lexemes: &[Lexeme], labels: bool) -> Vec<String> {
    if lexemes.is_empty() || lexemes.len() > 16 {
        return Vec::new();
    }
    let short = rule(lexemes).or_else(|| component(lexemes));
    if let Some(code) = short {
        return alloc::vec![code];
    }
    let mut parts = Parts::default();
    if !lexemes.iter().all(|lexeme| parts.read(lexeme)) || (parts.labelled && !labels) {
        return Vec::new();
    }
    parts.codes(lexemes.iter().any(|lexeme| lexeme.marked))
}

/// `KKT2-PLT-007`, `plt7`.
fn rule(lexemes: &[Lexeme]) -> Option<String> {
    let rest = match lexemes {
        [set, version, rest @ ..] if set.text == "kkt" && version.text == "2" => rest,
        _ => lexemes,
    };
    let [area, number] = rest else { return None };
    let is_area = !area.is_number && area.text.len() == 3 && area.text.is_ascii();
    if !is_area || !number.is_number || number.text.len() > 3 {
        return None;
    }
    let mut code = String::from("kkt2-");
    code.push_str(&area.text);
    code.push('-');
    for _ in number.text.len()..3 {
        code.push('0');
    }
    code.push_str(&number.text);
    Some(code)
}

/// `4` of `04`.
pub(crate) fn without_zero(number: &str) -> &str {
    number.strip_prefix('0').unwrap_or(number)
}

/// `NT-4`, `nt 4`.
fn component(lexemes: &[Lexeme]) -> Option<String> {
    let [prefix, number] = lexemes else {
        return None;
    };
    let known = ["nv", "dl", "ud", "ưd", "nt", "ht"].contains(&prefix.text.as_str());
    if !known || !number.is_number || number.text.len() > 2 {
        return None;
    }
    let mut code = prefix.text.clone();
    code.push('-');
    code.push_str(without_zero(&number.text));
    Some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, expected: &[&str]) {
        let found = recognise(query);
        assert_eq!(found.codes, expected, "{query}");
        assert_eq!(found.whole, !expected.is_empty(), "{query}");
    }

    #[test]
    fn clause_numbers_are_read_in_every_spelling() {
        for query in [
            "II.1.đ",
            "ii.1.đ)",
            "II.1.Đ",
            "II.1đ",
            "II 1 đ",
            "II-1-đ",
            "ii-1-dd",
            "điểm đ mục 1 phần II",
            "điểm đ khoản 1 mục II",
            "Điểm đ, mục II.1",
            "mục II.1.đ",
            "phần II mục 1 điểm đ",
            "phan 2 muc 1 diem đ",
            "point đ section 1 part II",
            "mục II.1 điểm đ)",
        ] {
            check(query, &["ii.1.đ"]);
        }
        for query in [
            "II.3.4",
            "muc II.3.4",
            "Mục II.3.4.",
            "mục 3.4 phần II",
            "khoản 4 mục 3 phần II",
            "section II.3.4",
        ] {
            check(query, &["ii.3.4"]);
        }
        check("gạch đầu dòng thứ 3 mục II.3.4", &["ii.3.4.3"]);
        check("câu 2 điểm 3 mục II.3.4", &["ii.3.4.3.s2"]);
        check("II.3.4.3.s2", &["ii.3.4.3.s2"]);
        check("đoạn 1 mục I.2", &["i.2.p1"]);
        check("mục 3.4.2", &["3.4.2"]);
        check("III", &["iii"]);
    }

    #[test]
    fn d_without_any_mark_may_be_either_letter() {
        check("diem d muc 1 phan II", &["ii.1.d", "ii.1.đ"]);
        check("điểm d mục 1 phần II", &["ii.1.d"]);
        check("ii.1.d", &["ii.1.d", "ii.1.đ"]);
    }

    #[test]
    fn component_codes_and_rule_ids_are_read() {
        for query in ["NT-4", "nt4", "NT 4", "nt-04"] {
            check(query, &["nt-4"]);
        }
        for query in ["KKT2-PLT-007", "kkt2 plt 007", "PLT-007", "plt7"] {
            check(query, &["kkt2-plt-007"]);
        }
    }

    #[test]
    fn words_are_no_codes() {
        for query in [
            "",
            "3",
            "a",
            "khung kiến trúc",
            "mục đích",
            "phần mềm",
            "15/2025",
            "năm 2026",
            "điểm cầu",
        ] {
            check(query, &[]);
        }
    }

    #[test]
    fn a_code_among_words_is_found() {
        let found = recognise("quy định tại II.3.4 về nền tảng");
        assert_eq!(
            (found.codes, found.whole),
            (vec!["ii.3.4".to_owned()], false)
        );
    }
}
