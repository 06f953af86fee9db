//! Clause numbers, component codes and rule ids as people write them.
//!
//! «II.1.đ», «điểm đ mục 1 phần II», «muc II.3.4», «gạch đầu dòng thứ 3 mục II.3.4», `NT4`,
//! `plt-007`. Recognised before words are: a clause that is named comes first.

use alloc::{string::String, vec::Vec};

use vitext::{Quality, letter};

use crate::{
    clause_number::{Parts, place_in},
    pieces::{cut, pieces},
};

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
    let mut anchor = String::new();
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
    let mut found = Recognised {
        codes: Vec::new(),
        whole: true,
    };
    parse(query, &mut found);
    if found.codes.is_empty() {
        found.whole = false;
        for word in pieces(query, b' ') {
            parse(word, &mut found);
        }
    }
    found
}

/// A text as runs of letters and runs of digits with a space before each, folded but for đ.
struct Lexed {
    runs: String,
    /// Whether any letter carries a mark: then a d is meant as a d.
    marked: bool,
}

fn lex(text: &str) -> Lexed {
    let mut lexed = Lexed {
        runs: String::new(),
        marked: false,
    };
    // What stood before: a letter, a digit, or neither.
    let mut before = None;
    for character in text.chars() {
        if let Some((_, tone)) = vitext::combining(character) {
            lexed.marked |= tone > 0;
            continue;
        }
        let read = letter(character);
        let this = read.map(|read| read.base.is_ascii_digit());
        if let Some(read) = read {
            if before != this {
                lexed.runs.push(' ');
            }
            lexed.marked |= read.tone > 0 || read.quality != Quality::Plain;
            lexed.runs.push(if read.quality == Quality::Stroke {
                'đ'
            } else {
                read.base as char
            });
        }
        before = this;
    }
    lexed
}

/// Reads a text as one code, or two where a letter may be meant otherwise; none if any word is left
/// over. Labels such as «mục» may stand only in what is read as a whole.
fn parse(text: &str, found: &mut Recognised) {
    let lexed = lex(text);
    let runs = lexed.runs.get(1..).unwrap_or("");
    if runs.is_empty() || runs.len() > 100 {
        return;
    }
    if let Some(code) = rule(runs).or_else(|| component(runs)) {
        found.codes.push(code);
        return;
    }
    let mut parts = Parts::default();
    if pieces(runs, b' ').all(|run| parts.read(run)) && (found.whole || !parts.labelled) {
        parts.codes(lexed.marked, &mut found.codes);
    }
}

/// Letters and a number of at most so many digits, if that is all there is.
fn letters_and_number(runs: &str, digits: usize) -> Option<(&str, &str)> {
    let (letters, number) = cut(runs, b' ');
    let number = number.filter(|number| is_number(number) && number.len() <= digits)?;
    (!is_number(letters) && cut(number, b' ').1.is_none()).then_some((letters, number))
}

/// Whether a run is one of digits.
pub(crate) fn is_number(run: &str) -> bool {
    run.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
}

/// `KKT2-PLT-007`, `plt7`.
fn rule(runs: &str) -> Option<String> {
    let (area, number) = letters_and_number(runs.strip_prefix("kkt 2 ").unwrap_or(runs), 3)?;
    if area.len() != 3 || !area.is_ascii() {
        return None;
    }
    let mut code = String::from("kkt2-");
    code.push_str(area);
    code.push('-');
    for _ in number.len()..3 {
        code.push('0');
    }
    code.push_str(number);
    Some(code)
}

/// `4` of `04`.
pub(crate) fn without_zero(number: &str) -> &str {
    number.strip_prefix('0').unwrap_or(number)
}

/// `NT-4`, `nt 4`.
fn component(runs: &str) -> Option<String> {
    let (prefix, number) = letters_and_number(runs, 2)?;
    place_in(" nv dl ud ưd nt ht ", prefix)?;
    let mut code = String::from(prefix);
    code.push('-');
    code.push_str(without_zero(number));
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
