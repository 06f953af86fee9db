//! Keys, each with its spellings and the documents that have them.

use std::{collections::BTreeMap, ops::Range};

use super::invert::FORM;

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

/// The spellings of a key, with the documents that have each.
#[derive(Default)]
pub(super) struct Spellings {
    /// Each with its place among the holders.
    pub(super) forms: Vec<(String, Range<usize>)>,
    /// Of one spelling after the other, in order of documents.
    pub(super) holders: Vec<Holder>,
}

/// A document, and how often a spelling stands in each of its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
                #[expect(
                    clippy::stable_sort_primitive,
                    reason = "those of a spelling are in order: this sort finds them so and merges them"
                )]
                documents.sort();
                documents.dedup();
                documents.len()
            }
        };
        u32::try_from(all).unwrap_or(u32::MAX)
    }
}
