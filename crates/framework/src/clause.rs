//! Clause numbers of the framework and the text behind them.

use std::{borrow::Borrow, collections::BTreeMap, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{Locale, Localized};

/// The number of a clause: `II.3.4.3`, `II.1.đ`, `II.1.p1`, `II.3.4.3.s2`, `II.2.b05`.
///
/// Parts are joined by full stops: a Roman part, then numbers or Vietnamese list letters
/// (a, b, c, d, đ, e, g: there is no f), `pN` for a paragraph without a number of its own, `sN` for
/// a sentence, `bNN` for a box of the drawing. `đ` and `d` are different clauses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClauseId(String);

/// A text that is not a clause number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseIdError(String);

impl fmt::Display for ClauseIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not a clause number such as II.3.4.3", self.0)
    }
}

impl std::error::Error for ClauseIdError {}

impl ClauseId {
    /// The number as it is written, `II.1.đ`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The ASCII anchor and address: `ii-1-dd` for `II.1.đ`. Never reused.
    pub fn slug(&self) -> String {
        let mut slug = String::with_capacity(self.0.len() + 1);
        for character in self.0.chars() {
            match character {
                '.' => slug.push('-'),
                'đ' | 'Đ' => slug.push_str("dd"),
                other => slug.extend(other.to_lowercase()),
            }
        }
        slug
    }

    /// The clause one step up: `II.3.4` for `II.3.4.3`; nothing above a part.
    pub fn parent(&self) -> Option<Self> {
        self.0
            .rsplit_once('.')
            .map(|(parent, _)| Self(parent.to_owned()))
    }

    /// The numbered clause that a sentence stands in; any other clause is its own.
    #[must_use]
    pub fn without_sentence(&self) -> Self {
        match self.0.rsplit_once('.') {
            Some((parent, last)) if is_numbered(last, 's') => Self(parent.to_owned()),
            _ => self.clone(),
        }
    }

    /// Whether this is the other clause or lies inside it.
    pub fn is_within(&self, other: &Self) -> bool {
        self.0
            .strip_prefix(other.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

fn is_numbered(part: &str, prefix: char) -> bool {
    part.strip_prefix(prefix).is_some_and(|digits| {
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn is_inner_part(part: &str) -> bool {
    let number = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let letter = matches!(
        part,
        "a" | "b" | "c" | "d" | "đ" | "e" | "g" | "h" | "i" | "k" | "l"
    );
    number || letter || part == "diagram" || "psb".chars().any(|prefix| is_numbered(part, prefix))
}

impl FromStr for ClauseId {
    type Err = ClauseIdError;

    fn from_str(text: &str) -> Result<Self, ClauseIdError> {
        let mut parts = text.split('.');
        let roman = parts.next().is_some_and(|part| {
            !part.is_empty() && part.chars().all(|character| "IVX".contains(character))
        });
        if roman && parts.all(is_inner_part) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ClauseIdError(text.to_owned()))
        }
    }
}

impl fmt::Display for ClauseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for ClauseId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl Serialize for ClauseId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for ClauseId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// What kind of passage a clause is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClauseKind {
    /// A heading with what stands under it.
    Heading,
    /// A paragraph without a number of its own.
    Paragraph,
    /// An item of a list.
    Item,
    /// The drawing of II.2, flattened to lines.
    Diagram,
    /// One box of the drawing.
    Box,
    /// One sentence of a paragraph or item.
    Sentence,
}

/// One clause with its text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Its number.
    pub id: ClauseId,
    /// Its anchor, [`ClauseId::slug`].
    pub slug: String,
    /// What kind of passage it is.
    pub kind: ClauseKind,
    /// The clause it stands in.
    pub parent: Option<ClauseId>,
    /// The words, without mark-up: the Vietnamese is verbatim, the English a working translation.
    pub text: Localized,
    /// The address of the page that holds it, after the language: `/framework/ii-3-4/`.
    pub page: String,
}

impl Clause {
    /// The address of the clause: `/vi/framework/ii-3-4/#ii-3-4-3`.
    pub fn url(&self, locale: Locale) -> String {
        format!("/{locale}{}#{}", self.page, self.slug)
    }
}

/// All clauses of the text, in document order and by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clauses {
    in_order: Vec<Clause>,
    by_id: BTreeMap<ClauseId, usize>,
}

impl Clauses {
    /// Clauses in document order. A number that comes twice keeps its first place.
    pub fn new(in_order: Vec<Clause>) -> Self {
        let mut by_id = BTreeMap::new();
        for (index, clause) in in_order.iter().enumerate() {
            by_id.entry(clause.id.clone()).or_insert(index);
        }
        Self { in_order, by_id }
    }

    /// The clause of that number.
    pub fn get(&self, id: &str) -> Option<&Clause> {
        self.by_id.get(id).map(|&index| &self.in_order[index])
    }

    /// All clauses in document order.
    pub fn iter(&self) -> std::slice::Iter<'_, Clause> {
        self.in_order.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.in_order.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.in_order.is_empty()
    }
}

impl<'a> IntoIterator for &'a Clauses {
    type Item = &'a Clause;
    type IntoIter = std::slice::Iter<'a, Clause>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> ClauseId {
        text.parse().unwrap()
    }

    #[test]
    fn slugs_are_ascii_and_keep_dd_apart_from_d() {
        assert_eq!(id("II.1.đ").slug(), "ii-1-dd");
        assert_eq!(id("II.1.d").slug(), "ii-1-d");
        assert_eq!(id("II.3.4.3.s2").slug(), "ii-3-4-3-s2");
    }

    #[test]
    fn only_clause_numbers_are_read() {
        for good in [
            "I",
            "II.1.g",
            "II.2.diagram",
            "II.2.b27",
            "III.1.6.s2",
            "II.1.p1",
        ] {
            assert!(good.parse::<ClauseId>().is_ok(), "{good}");
        }
        for bad in ["", "2.1", "II.", "II.f", "ii.1", "II..1", "II.1.đđ", "II.p"] {
            assert!(bad.parse::<ClauseId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_sentence_lies_within_its_clause() {
        let sentence = id("II.3.4.3.s2");
        assert_eq!(sentence.without_sentence(), id("II.3.4.3"));
        assert_eq!(id("II.1.p1").without_sentence(), id("II.1.p1"));
        assert!(sentence.is_within(&id("II.3.4")));
        assert!(!id("II.3.41").is_within(&id("II.3.4")));
        assert_eq!(sentence.parent(), Some(id("II.3.4.3")));
        assert_eq!(id("II").parent(), None);
    }
}
