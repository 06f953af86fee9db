//! Names of fields, told apart at a glance.

use std::{borrow::Cow, fmt, ops::Deref};

/// The name of a field.
///
/// A record is asked for its fields by name far more often than anything else. Each name therefore
/// carries a [`Mark`]: where two marks differ, so do the names, and their letters, which lie elsewhere
/// in memory, are not looked at.
#[derive(Clone)]
pub struct Key<'s>(Text<'s>);

#[derive(Clone)]
enum Text<'s> {
    Borrowed(Mark, &'s str),
    Owned(Mark, Box<str>),
}

/// What is seen of a name at a glance: its length, and three of its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark(u32);

impl Mark {
    #[inline]
    pub(crate) fn of(name: &str) -> Self {
        let bytes = name.as_bytes();
        let [length, ..] = bytes.len().to_le_bytes();
        let (Some(&first), Some(&last)) = (bytes.first(), bytes.last()) else {
            return Self(0);
        };
        Self(u32::from_le_bytes([
            length,
            first,
            last,
            bytes[bytes.len() / 2],
        ]))
    }

    /// One of 64 bits: marks with different bits differ.
    #[inline]
    pub(crate) fn bit(self) -> u64 {
        1 << self.slot()
    }

    /// One of 64 places: marks with different places differ.
    #[inline]
    pub(crate) fn slot(self) -> usize {
        // Multiplied by a large odd number, every bit of the mark has a say in the highest six.
        (self.0.wrapping_mul(0x9E37_79B1) >> 26) as usize
    }

    /// One of 256 places, likewise.
    #[inline]
    pub(crate) fn wide_slot(self) -> usize {
        (self.0.wrapping_mul(0x9E37_79B1) >> 24) as usize
    }
}

/// Whether two names are the same. Names are short: two overlapping looks are quicker than a call.
#[inline]
fn same(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    match left.len() {
        2..=3 => ends::<2>(left) == ends::<2>(right),
        4..=7 => ends::<4>(left) == ends::<4>(right),
        8..=16 => ends::<8>(left) == ends::<8>(right),
        17..=32 => ends::<16>(left) == ends::<16>(right),
        _ => left == right,
    }
}

/// The first and the last bytes of a name that has so many.
#[inline]
fn ends<const BYTES: usize>(name: &[u8]) -> [[u8; BYTES]; 2] {
    let (first, last) = (name.first_chunk(), name.last_chunk());
    [first, last].map(|end| end.copied().unwrap_or([0; BYTES]))
}

impl Key<'_> {
    /// Whether this is the name of that mark and those letters.
    #[inline]
    pub(crate) fn is(&self, mark: Mark, name: &str) -> bool {
        self.mark() == mark && same(self.as_bytes(), name.as_bytes())
    }

    /// Whether these bytes begin with its letters.
    #[inline]
    pub(crate) fn begins(&self, bytes: &[u8]) -> bool {
        let first = bytes.get(..self.len());
        first.is_some_and(|first| same(first, self.as_bytes()))
    }

    /// Whether it owns its letters.
    pub const fn is_owned(&self) -> bool {
        matches!(self.0, Text::Owned(..))
    }

    #[inline]
    pub(crate) fn mark(&self) -> Mark {
        let (Text::Borrowed(mark, _) | Text::Owned(mark, _)) = self.0;
        mark
    }

    /// The name, owning its letters.
    pub fn into_owned(self) -> Key<'static> {
        let mark = self.mark();
        Key(Text::Owned(mark, self.into()))
    }
}

impl Deref for Key<'_> {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        match &self.0 {
            Text::Borrowed(_, text) => text,
            Text::Owned(_, text) => text,
        }
    }
}

impl<'s> From<&'s str> for Key<'s> {
    #[inline]
    fn from(name: &'s str) -> Self {
        Self(Text::Borrowed(Mark::of(name), name))
    }
}

impl From<String> for Key<'_> {
    fn from(name: String) -> Self {
        Self(Text::Owned(Mark::of(&name), name.into()))
    }
}

impl<'s> From<Cow<'s, str>> for Key<'s> {
    #[inline]
    fn from(name: Cow<'s, str>) -> Self {
        match name {
            Cow::Borrowed(name) => name.into(),
            Cow::Owned(name) => name.into(),
        }
    }
}

impl From<Key<'_>> for Box<str> {
    fn from(key: Key<'_>) -> Self {
        match key.0 {
            Text::Borrowed(_, text) => text.into(),
            Text::Owned(_, text) => text,
        }
    }
}

impl PartialEq for Key<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.is(other.mark(), other)
    }
}

impl Eq for Key<'_> {}

impl PartialEq<str> for Key<'_> {
    fn eq(&self, other: &str) -> bool {
        **self == *other
    }
}

impl PartialEq<&str> for Key<'_> {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

impl PartialEq<String> for Key<'_> {
    fn eq(&self, other: &String) -> bool {
        **self == **other
    }
}

impl fmt::Debug for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&**self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_other_byte_anywhere_makes_another_name() {
        for length in 0..=40 {
            let name = vec![b'a'; length];
            assert!(same(&name, &vec![b'a'; length]), "{length}");
            assert!(!same(&name, &vec![b'a'; length + 1]), "{length}");
            for at in 0..length {
                let mut other = name.clone();
                other[at] = b'b';
                assert!(!same(&name, &other), "{length} {at}");
            }
        }
    }

    #[test]
    fn names_are_the_same_by_their_letters_alone() {
        let names = [
            "",
            "i",
            "id",
            "ib",
            "axb",
            "ayb",
            "kind",
            "đ",
            "name",
            "nbme",
            "seven_s",
            "sexen_s",
            "component_ref",
            "compxnent_ref",
            "sync_delay_working_days",
            "sync_dexay_working_days",
        ];
        for left in names {
            for right in names {
                let (one, other) = (Key::from(left), Key::from(right.to_owned()));
                assert_eq!(one == other, left == right, "{left} {right}");
                assert_eq!(one.is(Mark::of(right), right), left == right);
                assert_eq!(one.clone().into_owned(), one);
            }
        }
        let long = ["a".repeat(255), "a".repeat(511)];
        assert_eq!(Mark::of(&long[0]), Mark::of(&long[1]));
        assert_ne!(Key::from(long[0].as_str()), Key::from(long[1].as_str()));
    }
}
