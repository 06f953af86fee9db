//! The cards of a part, packed in stacks (see [`Stacking`]).

use std::borrow::Cow;

use crate::{
    Entry, Stacking,
    bytes::put_length,
    pack::{Effort, Packer, Unpacker},
};

use super::Part;

/// Makes stacks of cards.
struct Stacker {
    packer: Packer,
    stack: Vec<u8>,
}

impl Stacker {
    fn new(effort: Effort) -> Self {
        Self {
            packer: Packer::new(effort),
            stack: Vec::new(),
        }
    }

    /// Puts a card upon those that wait to be packed.
    fn add(&mut self, card: &str) {
        put_length(&mut self.stack, card.len());
        self.stack.extend_from_slice(card.as_bytes());
    }

    /// Packs the cards that wait.
    fn finish(&mut self) -> Vec<u8> {
        let packed = self.packer.pack(&self.stack);
        self.stack.clear();
        packed
    }
}

/// The stacks of some entries.
pub(super) fn of<'a>(
    entries: impl Iterator<Item = &'a Entry>,
    effort: Effort,
    stacking: Stacking,
) -> Vec<Vec<u8>> {
    let mut stacker = Stacker::new(effort);
    let mut entries = entries.peekable();
    let mut stacks = Vec::new();
    while entries.peek().is_some() {
        for entry in entries.by_ref().take(stacking.cards()) {
            stacker.add(&entry.card());
        }
        stacks.push(stacker.finish());
    }
    stacks
}

/// Whose card is wanted in a part that is made of another one.
#[derive(Clone, Copy)]
pub(super) enum Wanted<'e> {
    /// That of a document of the part before.
    Old(usize),
    /// That of an entry.
    New(&'e Entry),
}

/// The stacks of these cards, as [`of`] would make them. Stacks that stay as they are are not packed again. None if the
/// part before is damaged.
pub(super) fn again<'p>(
    before: &'p Part,
    cards: &[Wanted<'_>],
    effort: Effort,
) -> Option<Vec<Cow<'p, [u8]>>> {
    let mut stacker = Stacker::new(effort);
    let mut unstacker = Unstacker::new(before);
    let stacks = cards.chunks(before.stacking().cards()).map(|cards| {
        if let Some(stack) = unchanged(before, cards) {
            return Some(Cow::Borrowed(stack));
        }
        for card in cards {
            match *card {
                Wanted::Old(document) => stacker.add(unstacker.card(document)?),
                Wanted::New(entry) => stacker.add(&entry.card()),
            }
        }
        Some(Cow::Owned(stacker.finish()))
    });
    stacks.collect()
}

/// The stack of the part before that has just these cards.
fn unchanged<'p>(before: &'p Part, cards: &[Wanted<'_>]) -> Option<&'p [u8]> {
    let Some(Wanted::Old(first)) = cards.first() else {
        return None;
    };
    let size = before.stacking().cards();
    let is_old =
        |(place, card): (usize, &Wanted<'_>)| matches!(card, Wanted::Old(old) if *old == place);
    let stay = (*first..).zip(cards).all(is_old);
    let all = (before.documents() - first).min(size);
    (stay && first.is_multiple_of(size) && cards.len() == all).then_some(())?;
    before.stack(first / size)
}

/// Reads one card after the other, each stack once if they come in order.
struct Unstacker<'p> {
    part: &'p Part,
    unpacker: Unpacker,
    /// The stack that is unpacked, and its bytes.
    open: Option<(usize, Vec<u8>)>,
}

impl<'p> Unstacker<'p> {
    fn new(part: &'p Part) -> Self {
        Self {
            part,
            unpacker: Unpacker::default(),
            open: None,
        }
    }

    fn card(&mut self, document: usize) -> Option<&str> {
        let stacking = self.part.stacking();
        let place = document / stacking.cards();
        if self.open.as_ref().is_none_or(|(open, _)| *open != place) {
            let stack = self.unpacker.unpack(self.part.stack(place)?)?;
            self.open = Some((place, stack));
        }
        let (_, stack) = self.open.as_ref()?;
        str::from_utf8(stacking.card(stack, u32::try_from(document).ok()?)).ok()
    }
}
