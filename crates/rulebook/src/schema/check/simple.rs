//! What is asked of a value at a look: its kind, its words, its length.

use serde_json::Value;

use crate::{Key, Kind, Node, Number, key::Mark, schema::equality};

/// What a value may be.
#[derive(Debug)]
pub(in crate::schema) struct Choice {
    pub(super) texts: Box<[Key<'static>]>,
    pub(super) others: Box<[Value]>,
}

/// How many bytes some texts have: a bit for each length, the last for all that are longer. Most texts are told from
/// them without a look at their letters.
#[derive(Debug, Clone, Copy)]
pub(in crate::schema) struct Lengths(u64);

/// The least and the most of something.
#[derive(Debug, Clone, Copy)]
pub(in crate::schema) struct Span(pub(super) usize, pub(super) usize);

/// Kinds of values, a bit each.
#[derive(Debug, Clone, Copy)]
pub(in crate::schema) struct Kinds(pub(super) u8);

const NULL: u8 = 1;
const BOOLEAN: u8 = 2;
const INTEGER: u8 = 4;
const FRACTION: u8 = 8;
pub(super) const STRING: u8 = 16;
const ARRAY: u8 = 32;
const OBJECT: u8 = 64;

impl Choice {
    #[inline]
    pub(super) fn has(&self, lengths: Lengths, node: &Node<'_>) -> bool {
        match node.as_str() {
            Some(text) => lengths.may_be_of(text) && self.has_text(text),
            None => self.has_other(node),
        }
    }

    /// Apart, like [`Self::has_other`]: most values are told from the choice without it.
    #[inline(never)]
    fn has_text(&self, text: &str) -> bool {
        let mark = Mark::of(text);
        self.texts.iter().any(|one| one.is(mark, text))
    }

    #[inline(never)]
    fn has_other(&self, node: &Node<'_>) -> bool {
        let mut others = self.others.iter();
        others.any(|value| equality::equals_value(node, value))
    }
}

impl Lengths {
    pub(super) fn of(texts: &[Key<'static>]) -> Self {
        let bits = texts.iter().map(|text| Self::bit(text));
        Self(bits.fold(0, |all, bit| all | bit))
    }

    const fn may_be_of(self, text: &str) -> bool {
        self.0 & Self::bit(text) != 0
    }

    const fn bit(text: &str) -> u64 {
        let longest = u64::BITS as usize - 1;
        1 << if text.len() < longest {
            text.len()
        } else {
            longest
        }
    }
}

impl Span {
    /// What is in both.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0.max(other.0), self.1.min(other.1))
    }

    pub(super) const fn holds(self, count: usize) -> bool {
        self.0 <= count && count <= self.1
    }

    /// Whether a text has so many characters.
    #[inline]
    pub(super) fn fits(self, text: &str) -> bool {
        // A character has one byte to four: often their number alone answers.
        let bytes = text.len();
        (bytes <= self.1 && bytes.div_ceil(4) >= self.0) || self.fits_counted(text)
    }

    /// Apart, as a text is seldom near the limit, and counting many characters at a stroke is a lot of program.
    #[inline(never)]
    fn fits_counted(self, text: &str) -> bool {
        self.holds(text.chars().count())
    }
}

impl Kinds {
    pub(super) fn of(value: &Value) -> Option<Self> {
        let names = match value {
            Value::String(_) => std::slice::from_ref(value),
            _ => value.as_array()?,
        };
        let mut bits = names.iter().map(|name| {
            Some(match name.as_str()? {
                "null" => NULL,
                "boolean" => BOOLEAN,
                "integer" => INTEGER,
                "number" => INTEGER | FRACTION,
                "string" => STRING,
                "array" => ARRAY,
                "object" => OBJECT,
                _ => return None,
            })
        });
        let bits = bits.try_fold(0, |all, bit| Some(all | bit?));
        bits.map(Self)
    }

    /// Whether they are texts alone.
    pub(super) const fn are_texts(self) -> bool {
        self.0 == STRING
    }

    #[inline]
    pub(super) fn hold(self, node: &Node<'_>) -> bool {
        let bit = match &node.resolved().kind {
            Kind::Null => NULL,
            Kind::Bool(_) => BOOLEAN,
            Kind::Number(Number::Float(number)) if is_fraction(*number) => FRACTION,
            Kind::Number(_) => INTEGER,
            Kind::String(_) => STRING,
            Kind::Array(_) => ARRAY,
            Kind::Object(_) | Kind::Joined(_) | Kind::Shared(_) => OBJECT,
        };
        self.0 & bit != 0
    }
}

/// Apart, because few processors can be relied on to do it without a call.
#[inline(never)]
fn is_fraction(number: f64) -> bool {
    number.fract() != 0.0
}
