//! The index of one language as small files that a static host serves.
//!
//! A head file says how many documents there are, what kind each is, which key every shard begins
//! with and how many cards lie in each bundle. Shards hold records in the order of their keys,
//! bundles hold the cards that hits show. Whatever is not there yet is noted as wanted; the
//! browser fetches it and asks again.

use alloc::{string::String, sync::Arc, vec::Vec};

use crate::{Card, Facets, Record, Source, bytes::Reader, card};

/// The form of the files; a head of another form is not read.
pub(crate) const FORMAT: u8 = 1;

/// The shards of one language, as far as they are loaded.
#[derive(Debug, Default)]
pub struct Shards {
    generation: String,
    facets: Vec<u8>,
    first_keys: Vec<String>,
    loaded: Vec<Option<Shard>>,
    /// The first document of each bundle.
    bundle_starts: Vec<u32>,
    bundles: Vec<Option<String>>,
    wanted: Vec<u32>,
}

#[derive(Debug)]
struct Shard {
    bytes: Vec<u8>,
    /// Each key with the place and length of its record.
    records: Vec<(String, usize, usize)>,
}

impl Shards {
    /// Reads the head file; none if it has another form.
    pub fn open(head: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(head, 0);
        if reader.byte() != FORMAT {
            return None;
        }
        let mut shards = Self::default();
        reader.string(&mut shards.generation);
        let documents = reader.length();
        while shards.facets.len() < documents && !reader.is_at_end() {
            let facets = reader.byte();
            let run = reader.length().min(documents - shards.facets.len());
            shards.facets.resize(shards.facets.len() + run, facets);
        }
        let mut key = String::new();
        for _ in 0..reader.number() {
            if reader.is_at_end() {
                break;
            }
            reader.string(&mut key);
            shards.first_keys.push(key.clone());
            shards.loaded.push(None);
        }
        let mut start = 0;
        while !reader.is_at_end() && (start as usize) < documents {
            let size = reader.number();
            for _ in 0..reader
                .number()
                .min(u32::try_from(documents).unwrap_or(u32::MAX))
            {
                shards.bundle_starts.push(start);
                shards.bundles.push(None);
                start += size;
            }
        }
        Some(shards)
    }

    /// The name of the folder that holds shards and bundles of this generation.
    pub fn generation(&self) -> &str {
        &self.generation
    }

    /// Takes in a shard that was wanted.
    pub fn load_shard(&mut self, number: usize, bytes: Vec<u8>) {
        let Some(place) = self.loaded.get_mut(number) else {
            return;
        };
        let mut records = Vec::new();
        let mut reader = Reader::new(&bytes, 0);
        let mut key = String::new();
        while !reader.is_at_end() {
            reader.string(&mut key);
            let length = reader.length();
            records.push((key.clone(), reader.position(), length));
            reader.skip(length);
        }
        *place = Some(Shard { bytes, records });
    }

    /// Takes in a bundle of cards.
    pub fn load_bundle(&mut self, number: usize, text: String) {
        if let Some(place) = self.bundles.get_mut(number) {
            *place = Some(text);
        }
    }

    /// The shards that the last query lacked.
    pub fn wanted(&self) -> &[u32] {
        &self.wanted
    }

    /// Forgets what was wanted, before a query is asked (again).
    pub fn forget_wanted(&mut self) {
        self.wanted.clear();
    }

    /// The bundle that holds the card of a document.
    pub fn bundle_of(&self, document: u32) -> usize {
        self.bundle_starts
            .partition_point(|start| *start <= document)
            .saturating_sub(1)
    }

    /// The card of a document, if its bundle is loaded.
    pub fn card(&self, document: u32) -> Option<Card<'_>> {
        let number = self.bundle_of(document);
        let start = self.bundle_starts.get(number)?;
        let bundle = self.bundles.get(number)?.as_ref()?;
        card::in_bundle(bundle, (document - start) as usize).map(Card::parse)
    }

    fn shard_of(&self, key: &str) -> usize {
        self.first_keys
            .partition_point(|first| first.as_str() <= key)
            .saturating_sub(1)
    }

    fn want(&mut self, number: usize) {
        let Ok(number) = u32::try_from(number) else {
            return;
        };
        if !self.wanted.contains(&number) {
            self.wanted.push(number);
        }
    }
}

impl Source for Shards {
    fn documents(&self) -> u32 {
        u32::try_from(self.facets.len()).unwrap_or(u32::MAX)
    }

    fn facets(&self, document: u32) -> Facets {
        Facets::unpack(self.facets.get(document as usize).copied().unwrap_or(0))
    }

    fn record(&mut self, key: &str) -> Option<Arc<Record>> {
        let number = self.shard_of(key);
        let Some(shard) = self.loaded.get(number)? else {
            self.want(number);
            return None;
        };
        let place = shard
            .records
            .binary_search_by(|record| record.0.as_str().cmp(key))
            .ok()?;
        let (_, start, length) = shard.records.get(place)?;
        let bytes = shard.bytes.get(*start..start + length)?;
        Some(Arc::new(Record::decode(key, bytes)))
    }

    fn for_each_key(&mut self, prefix: &str, visit: &mut dyn FnMut(&str)) {
        let mut number = self.shard_of(prefix);
        while let Some(first) = self.first_keys.get(number) {
            if first.as_str() > prefix && !first.starts_with(prefix) {
                break;
            }
            match self.loaded.get(number) {
                Some(Some(shard)) => shard.visit(prefix, visit),
                _ => self.want(number),
            }
            number += 1;
        }
    }

    fn is_waiting(&self) -> bool {
        !self.wanted.is_empty()
    }
}

impl Shard {
    fn visit(&self, prefix: &str, visit: &mut dyn FnMut(&str)) {
        let from = self
            .records
            .partition_point(|record| record.0.as_str() < prefix);
        self.records
            .iter()
            .skip(from)
            .take_while(|record| record.0.starts_with(prefix))
            .for_each(|record| visit(&record.0));
    }
}

#[cfg(feature = "index")]
pub(crate) use writing::{head, shards};

#[cfg(feature = "index")]
mod writing {
    use super::FORMAT;
    use crate::bytes::{put_length, put_string};

    /// Cuts records into shards of about that many bytes; each with its first key.
    pub(crate) fn shards(
        records: impl Iterator<Item = (String, Vec<u8>)>,
        about: usize,
    ) -> Vec<(String, Vec<u8>)> {
        let mut shards: Vec<(String, Vec<u8>)> = Vec::new();
        let mut before = String::new();
        for (key, record) in records {
            if shards
                .last()
                .is_none_or(|(_, shard)| shard.len() + record.len() > about)
            {
                shards.push((key.clone(), Vec::new()));
                before.clear();
            }
            if let Some((_, shard)) = shards.last_mut() {
                put_string(shard, &before, &key);
                put_length(shard, record.len());
                shard.extend(record);
            }
            before = key;
        }
        shards
    }

    /// The head file.
    pub(crate) fn head(
        generation: &str,
        facets: &[u8],
        first_keys: &[String],
        bundle_sizes: &[usize],
    ) -> Vec<u8> {
        let mut out = vec![FORMAT];
        put_string(&mut out, "", generation);
        put_length(&mut out, facets.len());
        for run in facets.chunk_by(|one, other| one == other) {
            out.extend(run.first());
            put_length(&mut out, run.len());
        }
        put_length(&mut out, first_keys.len());
        let mut before = "";
        for key in first_keys {
            put_string(&mut out, before, key);
            before = key;
        }
        for run in bundle_sizes.chunk_by(|one, other| one == other) {
            put_length(&mut out, run.first().copied().unwrap_or(0));
            put_length(&mut out, run.len());
        }
        out
    }
}
