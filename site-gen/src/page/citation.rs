//! How a clause is cited in a letter: «câu 2, gạch đầu dòng 3, mục 3.4, phần II».

use framework::{ClauseId, ClauseKind, Clauses, Locale};

/// The place of a clause in words: from the smallest part to the largest in Vietnamese, as official
/// letters write it, the other way round in English.
pub(super) fn in_words(clauses: &Clauses, id: &ClauseId, locale: Locale) -> String {
    let mut steps = steps(clauses, id, locale);
    if locale == Locale::Vi {
        steps.reverse();
    }
    steps.join(", ")
}

/// Part, clause, letter, bullet, paragraph, sentence, from the largest.
fn steps(clauses: &Clauses, id: &ClauseId, locale: Locale) -> Vec<String> {
    let word = |vi: &'static str, en: &'static str| match locale {
        Locale::Vi => vi,
        Locale::En => en,
    };
    let mut steps = Vec::new();
    let mut section = Vec::new();
    let mut path = String::new();
    for (index, part) in id.as_str().split('.').enumerate() {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(part);
        let is_bullet = clauses
            .get(&path)
            .is_some_and(|clause| clause.kind == ClauseKind::Item);
        let (kind, number) = match part.split_at_checked(1) {
            _ if index == 0 => (word("phần", "Part"), part),
            _ if is_bullet => (word("gạch đầu dòng", "bullet"), part),
            _ if part.parse::<u16>().is_ok() => {
                section.push(part);
                continue;
            }
            Some(("p", number)) => (word("đoạn", "paragraph"), number),
            Some(("s", number)) => (word("câu", "sentence"), number),
            Some(("b", number)) if !number.is_empty() => (word("ô", "box"), number),
            _ if part == "diagram" => (word("hình", "drawing"), ""),
            _ => (word("điểm", "point"), part),
        };
        flush(&mut section, &mut steps, locale);
        steps.push(format!("{kind} {number}").trim_end().to_owned());
    }
    flush(&mut section, &mut steps, locale);
    steps
}

/// Numbers that follow one another are one: «mục 3.4».
fn flush(section: &mut Vec<&str>, steps: &mut Vec<String>, locale: Locale) {
    if section.is_empty() {
        return;
    }
    let kind = match locale {
        Locale::Vi => "mục",
        Locale::En => "clause",
    };
    steps.push(format!("{kind} {}", section.join(".")));
    section.clear();
}

#[cfg(test)]
mod tests {
    use framework::{Clause, Localized};

    use super::*;

    fn clauses() -> Clauses {
        let clause = |id: &str, kind| Clause {
            id: id.parse().unwrap(),
            slug: String::new(),
            kind,
            parent: None,
            text: Localized::default(),
            page: String::new(),
        };
        Clauses::new(vec![
            clause("II.3.4", ClauseKind::Heading),
            clause("II.3.4.3", ClauseKind::Item),
            clause("II.1.đ", ClauseKind::Heading),
        ])
    }

    #[test]
    fn a_clause_is_cited_as_letters_cite_it() {
        for (id, vi, en) in [
            (
                "II.3.4.3.s2",
                "câu 2, gạch đầu dòng 3, mục 3.4, phần II",
                "Part II, clause 3.4, bullet 3, sentence 2",
            ),
            (
                "II.1.đ.p1",
                "đoạn 1, điểm đ, mục 1, phần II",
                "Part II, clause 1, point đ, paragraph 1",
            ),
            (
                "II.2.b07",
                "ô 07, mục 2, phần II",
                "Part II, clause 2, box 07",
            ),
            ("III", "phần III", "Part III"),
        ] {
            let id = id.parse().unwrap();
            assert_eq!(in_words(&clauses(), &id, Locale::Vi), vi);
            assert_eq!(in_words(&clauses(), &id, Locale::En), en);
        }
    }
}
