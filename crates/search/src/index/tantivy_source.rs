//! Records computed from tantivy's terms and postings.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
};

use rustc_hash::FxHashMap;

use super::{
    IndexError,
    invert::FORM,
    language::Language,
    postings::{Holder, Spellings},
    segment::Terms,
};
use crate::{Facets, Record, Source};

/// Records kept decoded. More than the words of any site; pairs come and go.
const MOST_CACHED: usize = 20_000;

/// The index of one language.
pub(crate) struct Opened {
    language: Language,
    segments: Vec<Terms>,
    /// All keys in order: what is not among them need not be looked for in every part.
    keys: Vec<Box<str>>,
    /// Records of keys that the index knows.
    cache: RwLock<FxHashMap<String, Arc<Record>>>,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opened")
            .field("documents", &self.language.packed_facets().len())
            .finish_non_exhaustive()
    }
}

impl Opened {
    pub(crate) fn new(language: Language) -> Result<Self, IndexError> {
        let segments = language.parts();
        let segments = segments.map(|(part, base)| Terms::open(part, base));
        let segments: Vec<Terms> = segments.collect::<Result<_, _>>()?;
        let meanings = language.meanings().keys();
        let mut keys: Vec<Box<str>> = meanings.map(|key| key.as_str().into()).collect();
        for segment in &segments {
            segment.visit(None, &mut |term, _| {
                let key = term.split(FORM).next().unwrap_or(term);
                if keys.last().is_none_or(|last| **last != *key) {
                    keys.push(key.into());
                }
                Ok(())
            })?;
        }
        keys.sort_unstable();
        keys.dedup();
        keys.shrink_to_fit();
        Ok(Self {
            segments,
            keys,
            language,
            cache: RwLock::default(),
        })
    }

    pub(crate) const fn language(&self) -> &Language {
        &self.language
    }

    /// All keys with that beginning, in order.
    pub(crate) fn keys<'k>(&'k self, prefix: &'k str) -> impl Iterator<Item = &'k str> {
        let from = self.keys.partition_point(|key| **key < *prefix);
        let rest = self.keys.get(from..).unwrap_or(&[]).iter();
        rest.map(|key| &**key)
            .take_while(move |key| key.starts_with(prefix))
    }

    fn knows(&self, key: &str) -> bool {
        self.keys
            .binary_search_by(|known| (**known).cmp(key))
            .is_ok()
    }

    /// The coded record of a key; none if the index does not know it.
    fn encoded(&self, key: &str) -> tantivy::Result<Option<Vec<u8>>> {
        let (from, until) = (format!("{key}{FORM}"), format!("{key}\u{1}"));
        let mut by_form: BTreeMap<String, Vec<Holder>> = BTreeMap::new();
        for segment in &self.segments {
            segment.visit(Some((&from, &until)), &mut |term, info| {
                let form = term.split_once(FORM).map_or("", |(_, form)| form);
                segment.read(info, by_form.entry(form.to_owned()).or_default())
            })?;
        }
        let known = !by_form.is_empty() || self.language.meanings().contains_key(key);
        let spellings = Spellings::new(by_form);
        Ok(known.then(|| self.language.record_of(key, &spellings).0))
    }

    fn record(&self, key: &str) -> Option<Arc<Record>> {
        let cache = self.cache.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = cache.get(key) {
            return Some(known.clone());
        }
        drop(cache);
        if !self.knows(key) {
            return None;
        }
        // A file that can no longer be read loses hits, it does not stop the server.
        let encoded = self.encoded(key).ok().flatten()?;
        let record = Arc::new(Record::decode(key, &encoded));
        let mut cache = self.cache.write().unwrap_or_else(PoisonError::into_inner);
        if cache.len() >= MOST_CACHED {
            cache.clear();
        }
        cache.insert(key.to_owned(), record.clone());
        Some(record)
    }
}

/// One query's sight of an index.
pub(crate) struct View<'a> {
    opened: &'a Opened,
}

impl<'a> View<'a> {
    pub(crate) const fn of(opened: &'a Opened) -> Self {
        Self { opened }
    }
}

impl Source for View<'_> {
    fn documents(&self) -> u32 {
        u32::try_from(self.opened.language.packed_facets().len()).unwrap_or(u32::MAX)
    }

    fn facets(&self, document: u32) -> Facets {
        self.opened.language.facets_of(document)
    }

    fn record(&mut self, key: &str) -> Option<Arc<Record>> {
        self.opened.record(key)
    }

    fn frequency(&mut self, key: &str) -> u32 {
        self.opened
            .record(key)
            .map_or(0, |record| record.document_frequency)
    }

    fn for_each_key(&mut self, prefix: &str, visit: &mut dyn FnMut(&str)) {
        for key in self.opened.keys(prefix) {
            visit(key);
        }
    }
}
