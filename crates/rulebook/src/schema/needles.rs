//! What has to occur in a text for a pattern to match: most texts are told at a glance.
//!
//! A pattern of many alternatives that begin with classes of letters (`[^\p{L}]huyện`) is walked
//! letter by letter. Behind each alternative stands some literal that every match of it holds; a
//! text in which none of them occurs is not walked at all.

use aho_corasick::{
    AhoCorasick,
    packed::{self, Searcher},
};
use regex_syntax::hir::{Class, Hir, HirKind};

/// So many literals are looked for at most: more of them occur nearly everywhere.
const MOST_LITERALS: usize = 100;

/// So many letters of a class are literals of their own.
const MOST_OF_A_CLASS: usize = 32;

/// A pattern that is one class of letters: a text matches if it holds one.
#[derive(Debug)]
pub(super) struct Letters(Box<[(char, char)]>);

impl Letters {
    /// The letters of a pattern, if it is no more than that.
    pub(super) fn of(pattern: &str) -> Option<Self> {
        let hir = parsed(pattern)?;
        let HirKind::Class(Class::Unicode(class)) = hir.kind() else {
            return None;
        };
        let ranges = class.iter().map(|range| (range.start(), range.end()));
        Some(Self(ranges.collect()))
    }

    pub(super) fn are_in(&self, text: &str) -> bool {
        let is_one = |letter| {
            self.0
                .iter()
                .any(|range| (range.0..=range.1).contains(&letter))
        };
        text.chars().any(is_one)
    }
}

/// Literals of which one has to occur in a text for the pattern to match.
#[derive(Debug)]
pub(super) enum Needles {
    /// Many bytes at a step, where the processor can.
    Packed(Searcher),
    One(AhoCorasick),
    /// Nothing is known to occur.
    Unknown,
}

impl Needles {
    /// The needles of a pattern; none, if it has too many or could match anywhere.
    pub(super) fn of(pattern: &str) -> Self {
        let Some(needles) = parsed(pattern).as_ref().and_then(needles) else {
            return Self::Unknown;
        };
        let packed = packed::Config::new().builder().extend(&needles).build();
        let packed = packed.map(Self::Packed);
        let one = || AhoCorasick::new(&needles).ok().map(Self::One);
        packed.or_else(one).unwrap_or(Self::Unknown)
    }

    /// Whether the pattern may match the text.
    pub(super) fn may_be_in(&self, text: &str) -> bool {
        match self {
            Self::Packed(searcher) => searcher.find(text).is_some(),
            Self::One(searcher) => searcher.is_match(text),
            Self::Unknown => true,
        }
    }
}

/// A pattern as the library compiles it: what JSON Schema's patterns mean otherwise (`.`, `\s`, `\d`, a
/// bracket within a class) is written out.
fn parsed(pattern: &str) -> Option<Hir> {
    let pattern = jsonschema_regex::to_rust_regex(pattern).ok()?;
    regex_syntax::parse(&pattern).ok()
}

/// Texts of which every match of the pattern holds one.
fn needles(hir: &Hir) -> Option<Vec<String>> {
    let found = match hir.kind() {
        HirKind::Literal(literal) => {
            vec![str::from_utf8(&literal.0).ok()?.to_owned()]
        }
        HirKind::Class(class) => letters(class)?,
        HirKind::Repetition(repetition) if repetition.min > 0 => needles(&repetition.sub)?,
        HirKind::Capture(capture) => needles(&capture.sub)?,
        HirKind::Concat(parts) => parts
            .iter()
            .filter_map(needles)
            .max_by_key(|needles| selectivity(needles))?,
        HirKind::Alternation(parts) => {
            let parts: Vec<Vec<String>> = parts.iter().map(needles).collect::<Option<_>>()?;
            parts.concat()
        }
        HirKind::Empty | HirKind::Look(_) | HirKind::Repetition(_) => return None,
    };
    (found.len() <= MOST_LITERALS).then_some(found)
}

/// The longer the shortest literal and the fewer they are, the fewer texts hold one.
fn selectivity(needles: &[String]) -> (usize, std::cmp::Reverse<usize>) {
    let shortest = needles.iter().map(|needle| needle.chars().count()).min();
    (
        shortest.unwrap_or_default(),
        std::cmp::Reverse(needles.len()),
    )
}

/// The letters of a class, if they are few.
fn letters(class: &Class) -> Option<Vec<String>> {
    let Class::Unicode(class) = class else {
        return None;
    };
    let count: usize = class
        .iter()
        .map(regex_syntax::hir::ClassUnicodeRange::len)
        .sum();
    let letters = class.iter().flat_map(|range| range.start()..=range.end());
    (count <= MOST_OF_A_CLASS).then(|| letters.map(String::from).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pattern: &str) -> Option<Vec<String>> {
        needles(&regex_syntax::parse(pattern).unwrap())
    }

    #[test]
    fn patterns_mean_what_they_mean_in_json_schema() {
        assert!(Needles::of("^\\s$").may_be_in("\u{feff}"));
        assert!(!Needles::of("^[ \\t]$").may_be_in("\u{feff}"));
        assert!(!Letters::of(".").unwrap().are_in("\r"));
        assert!(Needles::of("^[[a]]$").may_be_in("[]"));
        assert!(Needles::of("[^\\w\\P{Thai}]").may_be_in("ก"));
    }

    #[test]
    fn every_match_holds_a_needle() {
        for (pattern, expected) in [
            ("NGSP", Some(vec!["NGSP"])),
            (r"(^|[^\p{L}])[Hh]uyện( |$)", Some(vec!["uyện"])),
            ("a(bc|de)*fg+", Some(vec!["g"])),
            ("(TT|Thông tin) *[&v]", Some(vec!["TT", "Thông tin"])),
            ("ab|cd", Some(vec!["ab", "cd"])),
            (r"[øû]\p{Ll}", Some(vec!["ø", "û"])),
            (r"\p{L}+", None),
            ("[^ ]", None),
            ("(ab)?", None),
            ("ab|^", None),
            ("", None),
        ] {
            let found = of(pattern);
            let found = found
                .as_ref()
                .map(|all| all.iter().map(String::as_str).collect::<Vec<_>>());
            assert_eq!(found, expected, "{pattern}");
        }
    }
}
