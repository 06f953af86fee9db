//! How a clause is cited in words: «gạch đầu dòng 3, mục II.3.4, câu 2».
//!
//! The text numbers headings and letters only; dashes, paragraphs and sentences are counted by the
//! knowledge base. Who looks the place up in a printed copy needs the words, not our number.

use framework::{ClauseId, Locale};

/// The place of a clause in words, without a capital: «điểm đ mục II.1».
pub fn in_words(id: &ClauseId, locale: Locale) -> String {
    let mut heading: Vec<&str> = Vec::new();
    let mut inner: Vec<String> = Vec::new();
    for part in id.as_str().split('.') {
        match counted(part) {
            Some((kind, number)) => inner.push(kind.name(number, locale)),
            None if is_letter(part) => inner.push(Inner::Letter.name(part, locale)),
            None if part == "diagram" => inner.push(Inner::Drawing.name("", locale)),
            None if is_dash(&heading) => inner.push(Inner::Dash.name(part, locale)),
            None => heading.push(part),
        }
    }
    inner.reverse();
    let section = match (locale, heading.len()) {
        (Locale::Vi, 1) => format!("phần {}", heading[0]),
        (Locale::En, 1) => format!("part {}", heading[0]),
        (Locale::Vi, _) => format!("mục {}", heading.join(".")),
        (Locale::En, _) => format!("section {}", heading.join(".")),
    };
    inner.push(section);
    inner.join(match locale {
        Locale::Vi => " ",
        Locale::En => " of ",
    })
}

/// The same with a capital first letter, to begin a line.
pub fn heading(id: &ClauseId, locale: Locale) -> String {
    capitalised(&in_words(id, locale))
}

/// A text with a capital first letter.
pub(crate) fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map(|first| first.to_uppercase().chain(characters).collect())
        .unwrap_or_default()
}

#[derive(Clone, Copy)]
enum Inner {
    Paragraph,
    Sentence,
    Box,
    Letter,
    Dash,
    Drawing,
}

impl Inner {
    fn name(self, number: &str, locale: Locale) -> String {
        let (vi, en) = match self {
            Self::Paragraph => ("đoạn", "paragraph"),
            Self::Sentence => ("câu", "sentence"),
            Self::Box => ("ô", "box"),
            Self::Letter => ("điểm", "point"),
            Self::Dash => ("gạch đầu dòng", "dash"),
            Self::Drawing => ("hình vẽ", "drawing"),
        };
        let kind = if locale == Locale::Vi { vi } else { en };
        if number.is_empty() {
            kind.to_owned()
        } else {
            format!("{kind} {number}")
        }
    }
}

/// `p1`, `s2`, `b07`: kind and number without leading zeros.
fn counted(part: &str) -> Option<(Inner, &str)> {
    let kind = match part.as_bytes().first()? {
        b'p' => Inner::Paragraph,
        b's' => Inner::Sentence,
        b'b' => Inner::Box,
        _ => return None,
    };
    let number = &part[1..];
    let counts = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    counts.then(|| (kind, number.trim_start_matches('0')))
}

fn is_letter(part: &str) -> bool {
    let mut characters = part.chars();
    matches!((characters.next(), characters.next()), (Some(letter), None) if letter.is_lowercase())
}

/// Headings of the text go down to II.3.4 in part II and to III.1 in part III; a number below is a
/// dash that we count.
fn is_dash(heading: &[&str]) -> bool {
    heading.len() > 1 && heading != ["II", "3"]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_is_cited_so_that_it_can_be_found_in_a_printed_copy() {
        for (id, vi, en) in [
            (
                "II.3.4.3.s2",
                "câu 2 gạch đầu dòng 3 mục II.3.4",
                "sentence 2 of dash 3 of section II.3.4",
            ),
            (
                "II.1.đ.p1",
                "đoạn 1 điểm đ mục II.1",
                "paragraph 1 of point đ of section II.1",
            ),
            (
                "III.1.1",
                "gạch đầu dòng 1 mục III.1",
                "dash 1 of section III.1",
            ),
            ("I.2.p1", "đoạn 1 mục I.2", "paragraph 1 of section I.2"),
            ("II.2.b07", "ô 7 mục II.2", "box 7 of section II.2"),
            ("II.3.4", "mục II.3.4", "section II.3.4"),
            ("II", "phần II", "part II"),
        ] {
            let id: ClauseId = id.parse().unwrap();
            assert_eq!(in_words(&id, Locale::Vi), vi);
            assert_eq!(in_words(&id, Locale::En), en);
        }
    }
}
