//! A part of an index: some neighbouring entries, and everything that can be made from them alone.
//!
//! A part knows nothing of the rest of the site, so that it can be kept for as long as its entries stay the
//! same. It is one file: kinds and lengths of the documents, their cards, in packed stacks, the list of their
//! terms, and tantivy's segment.

use std::{borrow::Borrow, ops::Range};

use sha2::{Digest as _, Sha256};

use super::{
    FORM, IndexError,
    invert::inverted,
    inverted::{Inverted, Numbers},
    places::{Places, SUM, sum},
    segment,
    stacks::{self, Wanted},
    terms,
};
use crate::{
    Entry, Stacking,
    bytes::put_length,
    export::hexadecimal,
    impact::Field,
    pack::Effort,
    record::{IS_CODE, PAIR, QUOTES_CODE},
};

/// Parts that an index is cut into, or half as many: an edit makes one of them again.
const PARTS: usize = 64;
/// Entries of a part at least, in an index of few.
const LEAST: usize = 32;

/// How many sorts of terms there are.
pub(super) const SORTS: usize = 4;

/// The sorts of terms, each in a list of its own so that two cores can share the pass over all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Words that begin with a digit or with a letter of the first half of the alphabet.
    FirstWord,
    /// The other words, about as many.
    LastWord,
    /// Two neighbouring words.
    Pair,
    /// Codes of clauses, components and rules.
    Code,
}

impl Sort {
    /// All of them, the longest lists first.
    pub const ALL: [Self; SORTS] = [Self::FirstWord, Self::LastWord, Self::Pair, Self::Code];

    pub(super) fn of(key: &str) -> Self {
        match key.chars().next() {
            Some(PAIR) => Self::Pair,
            Some(IS_CODE | QUOTES_CODE) => Self::Code,
            Some('n'..) => Self::LastWord,
            _ => Self::FirstWord,
        }
    }
}

/// Some neighbouring entries, made findable.
#[derive(Debug, Clone)]
pub struct Part {
    bytes: Vec<u8>,
    places: Places,
}

/// Where an index is cut into parts: after entries whose address says so, so that one more entry changes
/// the part it stands in and no other.
pub fn cut<'a>(addresses: impl ExactSizeIterator<Item = &'a str>) -> Vec<Range<usize>> {
    let all = addresses.len();
    let size = (all / PARTS).next_power_of_two().max(LEAST);
    let mut parts = Vec::new();
    let mut start = 0;
    for (end, address) in (1..).zip(addresses) {
        let length: usize = end - start;
        if length >= size * 2 || length * 2 >= size && ends_after(address, size) {
            parts.push(start..end);
            start = end;
        }
    }
    if start < all {
        parts.push(start..all);
    }
    parts
}

fn ends_after(address: &str, size: usize) -> bool {
    let digest = Sha256::digest(address);
    let number = digest.iter().take(4);
    let number = number.fold(0_usize, |number, byte| number << 8 | usize::from(*byte));
    number.is_multiple_of(size)
}

/// A digest of everything in an entry.
pub fn digest(entry: &Entry) -> [u8; 16] {
    use std::hash::Hash as _;
    let mut bytes = Bytes(Vec::with_capacity(4096));
    entry.hash(&mut bytes);
    first_half(&Sha256::digest(&bytes.0))
}

/// The file of a part.
pub fn file(name: &str) -> String {
    format!("{name}.part")
}

/// The name of a part: what it is made from and by which program, and how its cards are stacked.
pub fn name(program: &str, stacking: Stacking, digests: &[[u8; 16]]) -> String {
    let mut hash = Sha256::new();
    hash.update(FORM.to_le_bytes());
    hash.update([stacking.exponent()]);
    hash.update(program);
    for digest in digests {
        hash.update(digest);
    }
    hexadecimal(&first_half(&hash.finalize()))
}

fn first_half(digest: &[u8]) -> [u8; 16] {
    std::array::from_fn(|place| digest.get(place).copied().unwrap_or(0))
}

/// Values as they lie in memory, for a digest that only this program reads. They are many and small, so they
/// are gathered and hashed in one go.
struct Bytes(Vec<u8>);

impl std::hash::Hasher for Bytes {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        unreachable!("the digest is taken instead")
    }
}

impl Part {
    /// Makes some entries findable; their cards are packed with that effort, in such stacks.
    pub fn build<E: Borrow<Entry>>(
        entries: &[E],
        effort: Effort,
        stacking: Stacking,
    ) -> Result<Self, IndexError> {
        let facets = entries.iter().map(|entry| entry.borrow().facets().pack());
        let stacks = stacks::of(entries.iter().map(Borrow::borrow), effort, stacking);
        let stacks = stacks.iter().map(Vec::as_slice);
        Self::laid_out(facets.collect(), stacking, stacks, &inverted(entries))
    }

    /// The part that [`Self::build`] makes of its entries after some of them gave way to others: each change is
    /// the places of some entries, in order, and what stands there now. What stays is not looked at again.
    pub fn renewed<E: Borrow<Entry>>(
        &self,
        changes: &[(Range<usize>, Vec<E>)],
        effort: Effort,
    ) -> Result<Self, IndexError> {
        let come: Vec<&Entry> = changes
            .iter()
            .flat_map(|(_, entries)| entries.iter().map(Borrow::borrow))
            .collect();
        let mut fresh = come.iter().copied();
        let mut numbers = Numbers::default();
        let (mut facets, mut cards): (Vec<u8>, Vec<Wanted<'_>>) = Default::default();
        let mut changes = changes.iter().peekable();
        for place in 0..=self.documents() {
            while let Some((_, entries)) = changes.next_if(|(range, _)| range.end <= place) {
                for entry in fresh.by_ref().take(entries.len()) {
                    numbers.come.push(number(cards.len()));
                    facets.push(entry.facets().pack());
                    cards.push(Wanted::New(entry));
                }
            }
            let Some(facet) = self.facets().get(place) else {
                break;
            };
            if changes
                .peek()
                .is_some_and(|(range, _)| range.contains(&place))
            {
                numbers.stay.push(None);
                continue;
            }
            numbers.stay.push(Some(number(cards.len())));
            facets.push(*facet);
            cards.push(Wanted::Old(place));
        }
        let lists = Sort::ALL.into_iter().map(|sort| self.terms(sort));
        let inverted = Inverted::renewed(lists, &inverted(&come), &numbers);
        let stacks = stacks::again(self, &cards, effort);
        let stacks = stacks.ok_or_else(|| IndexError::Foreign("part".into()))?;
        let stacks = stacks.iter().map(|stack| &**stack);
        Self::laid_out(facets, self.places.stacking, stacks, &inverted)
    }

    /// A part of documents whose facets, stacks of cards and terms are known.
    fn laid_out<'a>(
        facets: Vec<u8>,
        stacking: Stacking,
        stacks: impl Iterator<Item = &'a [u8]>,
        inverted: &Inverted,
    ) -> Result<Self, IndexError> {
        let documents = facets.len();
        let mut bytes = FORM.to_le_bytes().to_vec();
        bytes.extend([0; SUM.end - SUM.start]);
        put_length(&mut bytes, documents);
        bytes.extend(facets);
        for field in Field::ALL {
            bytes.extend(inverted.tokens(field).to_le_bytes());
            bytes.extend(inverted.lengths(field));
        }
        bytes.push(stacking.exponent());
        for stack in stacks {
            put(&mut bytes, stack);
        }
        let mut lists: [terms::Writer; SORTS] = Default::default();
        for (term, holders) in inverted.terms() {
            if let Some(list) = lists.get_mut(Sort::of(term) as usize) {
                list.add(term, holders);
            }
        }
        for list in lists {
            put(&mut bytes, &list.finish());
        }
        let segment = segment::write(inverted, documents)?;
        put_length(&mut bytes, segment.len());
        for (name, content) in segment {
            put(&mut bytes, name.as_bytes());
            put(&mut bytes, &content);
        }
        let sum = sum(&bytes);
        if let Some(place) = bytes.get_mut(SUM) {
            place.copy_from_slice(&sum);
        }
        Self::read(bytes).ok_or_else(|| IndexError::Foreign("part".into()))
    }

    /// A part from its bytes; none if they are damaged or of another form.
    pub fn read(bytes: Vec<u8>) -> Option<Self> {
        let places = Places::read(&bytes)?;
        Some(Self { bytes, places })
    }

    /// The bytes that [`Self::read`] reads.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The same without tantivy's files, which are for whoever searches: an index of many parts is put together
    /// from the rest of them.
    #[must_use]
    pub fn without_segment(mut self) -> Self {
        let files = std::mem::take(&mut self.places.segment);
        let starts = files.into_iter().map(|(_, range)| range.start);
        let end = starts.min().unwrap_or(self.bytes.len());
        self.bytes = self.slice(&(0..end)).to_vec();
        self
    }

    fn slice(&self, range: &Range<usize>) -> &[u8] {
        self.bytes.get(range.clone()).unwrap_or(&[])
    }

    /// How many documents it has.
    pub(super) fn documents(&self) -> usize {
        self.places.facets.len()
    }

    /// Kind and layer of each document, packed.
    pub(super) fn facets(&self) -> &[u8] {
        self.slice(&self.places.facets)
    }

    /// How many words stand in a field, all documents together.
    pub(super) fn tokens(&self, field: usize) -> u64 {
        self.places.tokens.get(field).copied().unwrap_or(0)
    }

    /// How many words stand in a field of each document, as tantivy rounds and codes it.
    pub(super) fn lengths(&self, field: usize) -> &[u8] {
        self.places
            .lengths
            .get(field)
            .map_or(&[], |range| self.slice(range))
    }

    /// How many cards lie in a stack.
    pub(super) const fn stacking(&self) -> Stacking {
        self.places.stacking
    }

    /// A packed stack of cards.
    pub(super) fn stack(&self, place: usize) -> Option<&[u8]> {
        Some(self.slice(self.places.stacks.get(place)?))
    }

    /// All packed stacks of cards, in order.
    pub(super) fn stacks(&self) -> impl Iterator<Item = &[u8]> {
        self.places.stacks.iter().map(|range| self.slice(range))
    }

    /// The list of the terms of one sort.
    pub(super) fn terms(&self, sort: Sort) -> &[u8] {
        let terms = self.places.terms.get(sort as usize);
        terms.map_or(&[], |range| self.slice(range))
    }

    /// Tantivy's files.
    pub(super) fn segment(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let files = self.places.segment.iter();
        files.map(|(name, range)| (name.as_str(), self.slice(range)))
    }
}

/// The number of a document.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// Appends bytes with their length.
fn put(out: &mut Vec<u8>, bytes: &[u8]) {
    put_length(out, bytes.len());
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(numbers: impl Iterator<Item = u32>) -> Vec<String> {
        numbers.map(|number| format!("/vi/{number}/")).collect()
    }

    fn parts(addresses: &[String]) -> Vec<&[String]> {
        let parts = cut(addresses.iter().map(String::as_str));
        parts.into_iter().map(|part| &addresses[part]).collect()
    }

    #[test]
    fn parts_are_all_of_it_in_order() {
        for length in [0, 1, 31, 32, 33, 500, 5000] {
            let all = addresses(0..length);
            assert_eq!(parts(&all).concat(), all);
            let most = (all.len() / PARTS).next_power_of_two().max(LEAST) * 2;
            assert!(
                parts(&all)
                    .iter()
                    .all(|part| (1..=most).contains(&part.len()))
            );
        }
    }

    #[test]
    fn one_more_entry_changes_few_parts() {
        let (before, after) = (addresses(1..1000), addresses(0..1000));
        let (before, after) = (parts(&before), parts(&after));
        let fresh = after.iter().filter(|part| !before.contains(part));
        assert!(fresh.count() <= 2);
    }

    #[test]
    fn damaged_parts_are_refused() {
        let part = Part::build::<Entry>(&[], Effort::Well, Stacking::ALONE);
        let part = part.unwrap().bytes;
        for length in 0..part.len() {
            assert!(Part::read(part[..length].to_vec()).is_none());
        }
        assert!(Part::read([part.clone(), vec![0]].concat()).is_none());
        assert!(Part::read(part).is_some());
    }
}
