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
pub(super) struct Cursor<'a> {
    reader: Reader<'a>,
    /// The number of the part's first document.
    base: u32,
    term: Vec<u8>,
    /// The first bytes of the term: most are told apart by one comparison of numbers.
    head: u128,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(list: &'a [u8], base: u32) -> Option<Self> {
        let mut cursor = Self {
            reader: Reader::new(list, 0),
            base,
            term: Vec::new(),
            head: 0,
        };
        cursor.advance().then_some(cursor)
    }

    /// Reads the next term; its documents have been read.
    pub(super) fn advance(&mut self) -> bool {
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

    /// The term it stands at.
    pub(super) fn term(&self) -> &[u8] {
        &self.term
    }

    /// What is left of the term after its head.
    fn tail(&self) -> &[u8] {
        self.term.get(HEAD..).unwrap_or(&[])
    }

    pub(super) fn order(&self, other: &Self) -> Ordering {
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
    pub(super) fn read(&mut self, holders: &mut Vec<Holder>) {
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

    /// Passes over the documents of the term.
    fn pass(&mut self) {
        for _ in 0..self.reader.length() {
            if self.reader.is_at_end() {
                return;
            }
            for _ in 0..(self.reader.number() & 15).count_ones() {
                self.reader.number();
            }
        }
    }
}

/// Visits the spellings of some keys in one list: each key by its place among them, with a form and its
/// documents. The keys are in order, each with [`FORM`] after it.
pub(super) fn visit_some(
    (list, base): (&[u8], u32),
    keys: &[String],
    see: &mut dyn FnMut(usize, &str, &[Holder]),
) {
    let Some(mut cursor) = Cursor::new(list, base) else {
        return;
    };
    let (mut place, mut holders) = (0, Vec::new());
    loop {
        while let Some(key) = keys.get(place)
            && key.as_bytes() <= cursor.term()
            && !cursor.term.starts_with(key.as_bytes())
        {
            place += 1;
        }
        let Some(key) = keys.get(place) else { return };
        if let Some(form) = cursor.term.strip_prefix(key.as_bytes()) {
            let form = String::from_utf8_lossy(form).into_owned();
            holders.clear();
            cursor.read(&mut holders);
            see(place, &form, &holders);
        } else {
            cursor.pass();
        }
        if !cursor.advance() {
            return;
        }
    }
}

/// Visits the terms of which two lists of a part differ, or whose documents `concerns`.
pub(super) fn visit_differing(
    lists: [&[u8]; 2],
    concerns: impl Fn(&Holder) -> bool,
    see: &mut dyn FnMut(&[u8]),
) {
    let [mut before, mut after] = lists.map(|list| Cursor::new(list, 0));
    let (mut of_before, mut of_after) = (Vec::new(), Vec::new());
    let mut term = Vec::new();
    loop {
        let order = match (&before, &after) {
            (None, None) => return,
            (None, _) => Ordering::Greater,
            (_, None) => Ordering::Less,
            (Some(before), Some(after)) => before.order(after),
        };
        of_before.clear();
        of_after.clear();
        if order.is_le() {
            take(&mut before, &mut term, &mut of_before);
        }
        if order.is_ge() {
            take(&mut after, &mut term, &mut of_after);
        }
        if of_before != of_after || of_after.iter().any(&concerns) {
            see(&term);
        }
    }
}

/// Takes the term a pass stands at with its documents, and goes on to the next.
fn take(cursor: &mut Option<Cursor<'_>>, term: &mut Vec<u8>, holders: &mut Vec<Holder>) {
    let Some(at) = cursor else { return };
    term.clone_from(&at.term);
    at.read(holders);
    if !at.advance() {
        *cursor = None;
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
