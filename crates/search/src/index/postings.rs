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
    let (mut key, mut term) = (String::new(), Vec::new());
    let mut spellings = Spellings::default();
    while let Some(first) = cursors.iter().map(|cursor| cursor.terms.key()).min() {
        term.clear();
        term.extend_from_slice(first);
        let text = String::from_utf8_lossy(&term);
        let (of_key, form) = text.split_once(FORM).unwrap_or((&text, ""));
        if of_key != key {
            if !spellings.forms.is_empty() {
                see(&key, &spellings);
            }
            spellings.clear();
            of_key.clone_into(&mut key);
        }
        spellings.read(form, &term, &mut cursors)?;
    }
    if !spellings.forms.is_empty() {
        see(&key, &spellings);
    }
    Ok(())
}

/// Where a pass over the terms of one field stands.
struct Cursor<'a> {
    /// The field's place among the fields.
    place: usize,
    inverted: &'a InvertedIndexReader,
    terms: TermStreamer<'a>,
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

    /// Takes in the documents that have a spelling, from all fields that hold its term, and moves those
    /// fields on.
    fn read(
        &mut self,
        form: &str,
        term: &[u8],
        cursors: &mut Vec<Cursor<'_>>,
    ) -> tantivy::Result<()> {
        let start = self.holders.len();
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
            self.holders.push(Holder {
                document,
                frequencies,
            });
        }
        self.forms
            .push((form.to_owned(), start..self.holders.len()));
        cursors.retain_mut(|cursor| cursor.terms.key() != term || cursor.terms.advance());
        Ok(())
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
