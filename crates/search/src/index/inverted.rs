//! The terms of some entries, each with the documents that have it.

use std::{borrow::Cow, cmp::Ordering};

use tantivy::fieldnorm::FieldNormReader;

use super::{postings::Holder, terms::Cursor};
use crate::{
    impact::Field,
    record::{IS_CODE, QUOTES_CODE},
};

/// The terms of some entries.
#[derive(Default)]
pub(super) struct Inverted {
    /// All terms, one after the other.
    pub(super) letters: String,
    /// Of all terms, in their order.
    pub(super) holders: Vec<Holder>,
    /// Where letters and holders of each term end; they begin where those of the term before end.
    pub(super) ends: Vec<(usize, usize)>,
    /// How many words and pairs stand in each field of each document.
    pub(super) lengths: [Vec<u32>; 4],
}

/// What becomes of the documents of a part when some of them give way to others: the numbers of those that
/// stay, none for one that goes, and the numbers of those that come.
#[derive(Default)]
pub(super) struct Numbers {
    pub(super) stay: Vec<Option<u32>>,
    pub(super) come: Vec<u32>,
}

impl Numbers {
    fn of_fresh(&self, holder: &Holder) -> Option<Holder> {
        let document = *self.come.get(holder.document as usize)?;
        Some(Holder {
            document,
            ..*holder
        })
    }

    fn of_old(&self, holder: &Holder) -> Option<Holder> {
        let document = (*self.stay.get(holder.document as usize)?)?;
        Some(Holder {
            document,
            ..*holder
        })
    }
}

impl Inverted {
    /// The terms of a part, from its lists, after some of its documents gave way to others. What stands in a
    /// text is in the lists as often as it stands there, so that nothing else has to be known of what stays.
    pub(super) fn renewed<'a>(
        lists: impl Iterator<Item = &'a [u8]>,
        fresh: &Self,
        numbers: &Numbers,
    ) -> Self {
        let mut cursors: Vec<Cursor<'_>> = lists.filter_map(|list| Cursor::new(list, 0)).collect();
        let mut fresh = fresh.terms().peekable();
        let all = numbers.stay.iter().flatten().count() + numbers.come.len();
        let mut renewed = Self {
            lengths: std::array::from_fn(|_| vec![0; all]),
            ..Self::default()
        };
        let (mut holders, mut read) = (Vec::new(), Vec::new());
        loop {
            let first = cursors.iter().enumerate();
            let first = first.min_by(|(_, one), (_, other)| one.order(other));
            let order = match (&first, fresh.peek()) {
                (None, None) => return renewed,
                (None, _) => Ordering::Greater,
                (_, None) => Ordering::Less,
                (Some((_, old)), Some((new, _))) => old.term().cmp(new.as_bytes()),
            };
            let place = first.filter(|_| order.is_le()).map(|(place, _)| place);
            holders.clear();
            let mut term = Cow::Borrowed("");
            if let Some((new, own)) = fresh.next_if(|_| order.is_ge()) {
                holders.extend(own.iter().filter_map(|holder| numbers.of_fresh(holder)));
                term = new.into();
            }
            if let Some(cursor) = place.and_then(|place| cursors.get_mut(place)) {
                read.clear();
                cursor.read(&mut read);
                holders.extend(read.iter().filter_map(|holder| numbers.of_old(holder)));
                term = String::from_utf8_lossy(cursor.term()).into_owned().into();
                if !cursor.advance() {
                    place.map(|place| cursors.remove(place));
                }
            }
            holders.sort_unstable_by_key(|holder| holder.document);
            renewed.add(&term, &holders);
        }
    }

    /// Adds a term that comes after all that were added; one that nobody has any more is none.
    fn add(&mut self, term: &str, holders: &[Holder]) {
        if holders.is_empty() {
            return;
        }
        self.letters.push_str(term);
        self.holders.extend_from_slice(holders);
        self.ends.push((self.letters.len(), self.holders.len()));
        // Codes are no words of a text.
        if term.starts_with([IS_CODE, QUOTES_CODE]) {
            return;
        }
        for holder in holders {
            for (lengths, frequency) in self.lengths.iter_mut().zip(holder.frequencies) {
                if let Some(length) = lengths.get_mut(holder.document as usize) {
                    *length += frequency;
                }
            }
        }
    }

    /// The terms in order, each with its documents, these in order as well.
    pub(super) fn terms(&self) -> impl Iterator<Item = (&str, &[Holder])> {
        let starts = std::iter::once(&(0, 0)).chain(&self.ends);
        starts.zip(&self.ends).map(|(start, end)| {
            let term = self.letters.get(start.0..end.0).unwrap_or("");
            (term, self.holders.get(start.1..end.1).unwrap_or(&[]))
        })
    }

    /// How many words stand in a field, all documents together.
    pub(super) fn tokens(&self, field: Field) -> u64 {
        let lengths = &self.lengths[field as usize];
        lengths.iter().map(|length| u64::from(*length)).sum()
    }

    /// How many words stand in a field of each document, as tantivy rounds and codes it.
    pub(super) fn lengths(&self, field: Field) -> impl Iterator<Item = u8> {
        let lengths = self.lengths[field as usize].iter();
        lengths.map(|length| FieldNormReader::fieldnorm_to_id(*length))
    }
}
