//! The terms of a part as one list, and one pass over the lists of all parts.
//!
//! Tantivy's dictionaries are made for looking up one term. Here all terms of all parts are wanted, each
//! with the documents that have it: a list is read many times faster, and is made once a part.

use std::{cmp::Ordering, convert::Infallible};

use super::postings::{Grouping, Holder, Spellings};
use crate::bytes::{Reader, put_length, put_number};

/// Writes the list of a part.
#[derive(Default)]
pub(super) struct Writer {
    out: Vec<u8>,
    before: Vec<u8>,
}

impl Writer {
    /// Appends a term that is greater than the one before.
    pub(super) fn add(&mut self, term: &str, holders: &[Holder]) {
        let both = self.before.iter().zip(term.as_bytes());
        let shared = both.take_while(|(before, now)| before == now).count();
        let added = term.as_bytes().get(shared..).unwrap_or(&[]);
        put_length(&mut self.out, shared);
        put_length(&mut self.out, added.len());
        self.out.extend_from_slice(added);
        put_length(&mut self.out, holders.len());
        let mut document = 0;
        for holder in holders {
            put_holder(&mut self.out, holder, document);
            document = holder.document;
        }
        self.before.truncate(shared);
        self.before.extend_from_slice(added);
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.out
    }
}

/// A document as its distance from the one before, the fields that hold the term, how often each does.
fn put_holder(out: &mut Vec<u8>, holder: &Holder, before: u32) {
    let fields = (0..4).filter(|field| holder.frequencies[*field] > 0);
    let fields = fields.fold(0, |fields, field| fields | 1 << field);
    put_number(out, (holder.document - before) << 4 | fields);
    for frequency in holder.frequencies.iter().filter(|often| **often > 0) {
        put_number(out, *frequency);
    }
}

/// Bytes of a term's head.
const HEAD: usize = 16;

/// Where the pass stands in the list of one part.
struct Cursor<'a> {
    reader: Reader<'a>,
    /// The number of the part's first document.
    base: u32,
    term: Vec<u8>,
    /// The first bytes of the term: most are told apart by one comparison of numbers.
    head: u128,
}

impl<'a> Cursor<'a> {
    fn new(list: &'a [u8], base: u32) -> Option<Self> {
        let mut cursor = Self {
            reader: Reader::new(list, 0),
            base,
            term: Vec::new(),
            head: 0,
        };
        cursor.advance().then_some(cursor)
    }

    /// Reads the next term; its documents have been read.
    fn advance(&mut self) -> bool {
        if self.reader.is_at_end() {
            return false;
        }
        let shared = self.reader.length();
        let added = self.reader.length();
        self.term.truncate(shared);
        self.term.extend_from_slice(self.reader.take(added));
        let mut head = [0; HEAD];
        for (head, byte) in head.iter_mut().zip(&self.term) {
            *head = *byte;
        }
        self.head = u128::from_be_bytes(head);
        true
    }

    /// What is left of the term after its head.
    fn tail(&self) -> &[u8] {
        self.term.get(HEAD..).unwrap_or(&[])
    }

    fn order(&self, other: &Self) -> Ordering {
        let heads = self.head.cmp(&other.head);
        if heads.is_eq() && self.term.len().max(other.term.len()) > HEAD {
            return self.tail().cmp(other.tail());
        }
        heads
    }

    /// Whether it stands at a term with that head.
    fn is_at(&self, head: u128, term: &[u8]) -> bool {
        let is_short = self.term.len().max(term.len()) <= HEAD;
        self.head == head && (is_short || self.term == term)
    }

    /// Reads the documents of the term.
    fn read(&mut self, holders: &mut Vec<Holder>) {
        let mut document = self.base;
        for _ in 0..self.reader.length() {
            if self.reader.is_at_end() {
                return;
            }
            let head = self.reader.number();
            document = document.wrapping_add(head >> 4);
            let mut frequencies = [0; 4];
            for (field, frequency) in frequencies.iter_mut().enumerate() {
                if head >> field & 1 == 1 {
                    *frequency = self.reader.number();
                }
            }
            holders.push(Holder {
                document,
                frequencies,
            });
        }
    }
}

/// Visits all keys of all lists in order, each with its spellings. A list comes with the number of its
/// part's first document; parts come in order.
pub(super) fn visit_all<'a>(
    lists: impl Iterator<Item = (&'a [u8], u32)>,
    see: &mut dyn FnMut(&str, &Spellings),
) {
    let cursors = lists.filter_map(|(list, base)| Cursor::new(list, base));
    let mut cursors: Vec<Cursor<'_>> = cursors.collect();
    let mut term = Vec::new();
    let mut grouping = Grouping::new(see);
    while let Some(first) = cursors.iter().min_by(|one, other| one.order(other)) {
        term.clone_from(&first.term);
        let head = first.head;
        let Ok(()) = grouping.take(&term, |holders| {
            cursors.retain_mut(|cursor| {
                if !cursor.is_at(head, &term) {
                    return true;
                }
                cursor.read(holders);
                cursor.advance()
            });
            Ok::<(), Infallible>(())
        });
    }
    grouping.finish();
}
