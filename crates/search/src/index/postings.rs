//! One pass over the terms of several fields: each key with its spellings and the documents that have them.

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use tantivy::{
    DocSet, InvertedIndexReader, TERMINATED, postings::Postings, schema::IndexRecordOption,
    termdict::TermStreamer,
};

use super::write::FORM;

/// Visits the keys of some fields, within a range of terms, in order: each with its spellings in all of
/// the fields.
pub(super) fn visit(
    fields: &[Arc<InvertedIndexReader>],
    range: Option<(&str, &str)>,
    see: &mut dyn FnMut(&str, &Spellings),
) -> tantivy::Result<()> {
    let mut cursors = Vec::new();
    for (place, inverted) in fields.iter().enumerate() {
        let mut terms = inverted.terms().range();
        if let Some((from, until)) = range {
            terms = terms.ge(from).lt(until);
        }
        let mut terms = terms.into_stream()?;
        if terms.advance() {
            cursors.push(Cursor {
                place,
                inverted,
                terms,
            });
        }
    }
    let mut term = Vec::new();
    let mut grouping = Grouping::new(see);
    while let Some(first) = cursors.iter().map(|cursor| cursor.terms.key()).min() {
        term.clear();
        term.extend_from_slice(first);
        grouping.take(&term, |holders| read(&term, &mut cursors, holders))?;
    }
    grouping.finish();
    Ok(())
}

/// Terms in order, put together by key.
pub(super) struct Grouping<'s> {
    key: String,
    spellings: Spellings,
    see: &'s mut dyn FnMut(&str, &Spellings),
}

impl<'s> Grouping<'s> {
    pub(super) fn new(see: &'s mut dyn FnMut(&str, &Spellings)) -> Self {
        Self {
            key: String::new(),
            spellings: Spellings::default(),
            see,
        }
    }

    /// Takes in a term, whose documents `read` adds. The key before is handed on when it has all of its own.
    pub(super) fn take<E>(
        &mut self,
        term: &[u8],
        read: impl FnOnce(&mut Vec<Holder>) -> Result<(), E>,
    ) -> Result<(), E> {
        let text = String::from_utf8_lossy(term);
        let (key, form) = text.split_once(FORM).unwrap_or((&text, ""));
        if key != self.key {
            self.hand_on();
            self.spellings.clear();
            key.clone_into(&mut self.key);
        }
        let Spellings { forms, holders } = &mut self.spellings;
        let start = holders.len();
        read(holders)?;
        forms.push((form.to_owned(), start..holders.len()));
        Ok(())
    }

    /// Hands on the last key.
    pub(super) fn finish(mut self) {
        self.hand_on();
    }

    fn hand_on(&mut self) {
        if !self.spellings.forms.is_empty() {
            (self.see)(&self.key, &self.spellings);
        }
    }
}

/// Where a pass over the terms of one field stands.
struct Cursor<'a> {
    /// The field's place among the fields.
    place: usize,
    inverted: &'a InvertedIndexReader,
    terms: TermStreamer<'a>,
}

/// Adds the documents that have a term, from all fields that hold it, and moves those fields on.
fn read(
    term: &[u8],
    cursors: &mut Vec<Cursor<'_>>,
    holders: &mut Vec<Holder>,
) -> tantivy::Result<()> {
    let mut postings = Vec::new();
    for cursor in cursors.iter().filter(|cursor| cursor.terms.key() == term) {
        let option = IndexRecordOption::WithFreqs;
        let terms = cursor.terms.value();
        let of_field = cursor.inverted.read_postings_from_terminfo(terms, option)?;
        postings.push((cursor.place, of_field));
    }
    loop {
        let next = postings.iter().map(|(_, postings)| postings.doc()).min();
        let Some(document) = next.filter(|document| *document != TERMINATED) else {
            break;
        };
        let mut frequencies = [0; 4];
        for (place, postings) in &mut postings {
            if postings.doc() == document {
                frequencies[*place] = postings.term_freq();
                postings.advance();
            }
        }
        holders.push(Holder {
            document,
            frequencies,
        });
    }
    cursors.retain_mut(|cursor| cursor.terms.key() != term || cursor.terms.advance());
    Ok(())
}

/// The spellings of a key, with the documents that have each.
#[derive(Default)]
pub(super) struct Spellings {
    /// Each with its place among the holders.
    pub(super) forms: Vec<(String, Range<usize>)>,
    /// Of one spelling after the other, in order of documents.
    pub(super) holders: Vec<Holder>,
}

/// A document, and how often a spelling stands in each of its fields.
pub(super) struct Holder {
    pub(super) document: u32,
    pub(super) frequencies: [u32; 4],
}

impl Spellings {
    /// From each spelling with its documents.
    pub(super) fn new(by_form: BTreeMap<String, Vec<Holder>>) -> Self {
        let mut spellings = Self::default();
        for (form, holders) in by_form {
            let start = spellings.holders.len();
            spellings.holders.extend(holders);
            let all = start..spellings.holders.len();
            spellings.forms.push((form, all));
        }
        spellings
    }

    pub(super) fn clear(&mut self) {
        self.forms.clear();
        self.holders.clear();
    }

    /// In how many documents the key stands, however it is spelt.
    pub(super) fn document_frequency(&self) -> u32 {
        let all = match self.forms.len() {
            0 | 1 => self.holders.len(),
            _ => {
                let documents = self.holders.iter().map(|holder| holder.document);
                let mut documents: Vec<u32> = documents.collect();
                documents.sort_unstable();
                documents.dedup();
                documents.len()
            }
        };
        u32::try_from(all).unwrap_or(u32::MAX)
    }
}
