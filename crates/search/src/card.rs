//! What is shown of a document, as text that the server stores and the browser fetches alike.
//!
//! Lines: address, title, breadcrumb, code, address of the twin; then a line a paragraph, its
//! anchor and a tab before its text.
//!
//! For browsers the cards of some neighbouring documents lie in one file, a stack: each after its length.

use crate::{
    bytes::Reader,
    pieces::{cut, pieces},
};

/// How many neighbouring documents have their cards in one stack: a power of two, of which this is the exponent.
///
/// A hit costs its reader a whole stack, so that a small site has a file for each card. A large site would have more
/// files of cards than of anything else: three for each page, where hosts take so many files and no more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stacking(u32);

/// The greatest exponent, all ones.
const MOST: u32 = 15;

impl Stacking {
    /// A file for each card.
    pub const ALONE: Self = Self(0);

    /// What is right for so many pages and other things of a language: one card below 1,024, two below 4,096, and
    /// twice as many for four times as many things from there on. Where one more crosses a bound, every part of the index
    /// is made again.
    #[cfg(feature = "index")]
    pub fn of(things: usize) -> Self {
        let exponent = things.max(1).ilog2().saturating_sub(8) / 2;
        Self(exponent.min(MOST))
    }

    /// From the exponent; what no index has, damaged, is some other.
    pub(crate) const fn new(exponent: u8) -> Self {
        Self(exponent as u32 & MOST)
    }

    #[cfg(feature = "index")]
    pub(crate) fn exponent(self) -> u8 {
        u8::try_from(self.0).unwrap_or_default()
    }

    /// How many cards a full stack has.
    #[cfg(feature = "index")]
    pub(crate) const fn cards(self) -> usize {
        1 << self.0
    }

    /// The number of the stack that a document's card lies in.
    pub(crate) const fn stack_of(self, document: u32) -> u32 {
        document >> self.0
    }

    /// The card of a document in the bytes of its stack; empty if these are cut short.
    pub(crate) fn card(self, stack: &[u8], document: u32) -> &[u8] {
        let mut reader = Reader::new(stack, 0);
        let mut before = document & ((1 << self.0) - 1);
        loop {
            let length = reader.length();
            let card = reader.take(length);
            if before == 0 {
                return card;
            }
            before -= 1;
        }
    }
}

/// What is shown of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Card<'a> {
    /// Its address, `/vi/framework/ii-3-4/#ii-3-4-3`.
    pub url: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Where it stands.
    pub breadcrumb: &'a str,
    /// The clause number, component code or rule id it is known by; may be empty.
    pub code: &'a str,
    /// The address of the same in the other language; may be empty.
    pub twin: &'a str,
    paragraphs: &'a str,
}

impl<'a> Card<'a> {
    /// Reads a card; what is missing reads as empty.
    pub fn parse(text: &'a str) -> Self {
        let mut rest = text;
        let mut line = || {
            let (line, after) = cut(rest, b'\n');
            rest = after.unwrap_or("");
            line
        };
        let (url, title, breadcrumb, code, twin) = (line(), line(), line(), line(), line());
        Self {
            url,
            title,
            breadcrumb,
            code,
            twin,
            paragraphs: rest,
        }
    }

    /// The paragraphs, each with its anchor.
    pub(crate) fn paragraphs(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        pieces(self.paragraphs, b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| match cut(line, b'\t') {
                (anchor, Some(text)) => (anchor, text),
                (text, None) => ("", text),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn larger_sites_have_higher_stacks() {
        for (things, cards) in [
            (0, 1),
            (1, 1),
            (1_023, 1),
            (1_024, 2),
            (4_095, 2),
            (4_096, 4),
            (16_384, 8),
            (usize::MAX, 1 << 15),
        ] {
            assert_eq!(Stacking::of(things).cards(), cards, "{things}");
        }
    }

    #[test]
    fn a_stack_that_is_cut_short_loses_cards_and_nothing_else() {
        let stacking = Stacking::new(1);
        let stack = b"\x02ab\x03cde";
        assert_eq!(
            [6, 7].map(|document| stacking.card(stack, document)),
            [b"ab".as_slice(), b"cde"]
        );
        for length in 0..stack.len() {
            let cut = &stack[..length];
            assert!(b"ab".starts_with(stacking.card(cut, 0)));
            assert!(b"cde".starts_with(stacking.card(cut, 1)));
        }
    }
}
