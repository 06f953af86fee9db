//! The index of one language as small files that a static host serves.
//!
//! A head file says how many documents there are, what kind each is, which key every shard begins
//! with, and a few bytes of the files' digests, which are part of their names. Shards hold records in
//! the order of their keys, stacks of cards what hits show. Whatever is not there yet is noted as wanted; the
//! browser fetches it and asks again.
//!
//! In the shards a word lies beside its pairs (`kien`, `kien truc`, …), because a query wants both. The
//! words by themselves, with how many documents hold them, lie together once more (`!kien`): guesses
//! look through many words and want few records.

use alloc::{string::String, sync::Arc, vec::Vec};

use crate::{
    Facets, Record, Source,
    bytes::{Reader, push_text},
    card::Stacking,
    record::{PAIR, WORD},
};

/// The form of the files; a head of another form is not read.
pub(crate) const FORMAT: u8 = 4;
/// Bytes of a file's digest in its name.
pub(crate) const DIGEST: usize = 3;
/// Neighbours whose names share a digest, so that the head stays small: shards, and stacks of cards.
pub(crate) const SHARDS: usize = 32;
pub(crate) const STACKS: usize = 32;
/// Documents that an index may have; a head that claims more is damaged.
const MOST_DOCUMENTS: usize = 1 << 20;

/// The shards of one language, as far as they are loaded.
#[derive(Debug, Default)]
pub struct Shards {
    facets: Vec<u8>,
    stacking: Stacking,
    first_keys: Vec<String>,
    /// Empty while not loaded.
    loaded: Vec<Vec<u8>>,
    /// The stacks of cards: no more than documents, empty while not loaded.
    stacks: Vec<Vec<u8>>,
    /// Digests of the shards, then of the stacks, each of a few neighbours.
    digests: Vec<u8>,
    wanted: Vec<u32>,
    missed: u32,
}

impl Shards {
    /// An index that is not opened yet.
    pub const fn new() -> Self {
        Self {
            facets: Vec::new(),
            stacking: Stacking::ALONE,
            first_keys: Vec::new(),
            loaded: Vec::new(),
            stacks: Vec::new(),
            digests: Vec::new(),
            wanted: Vec::new(),
            missed: 0,
        }
    }

    /// Reads the head file; whether it has the form that is known here. An index is opened once.
    pub fn open(&mut self, head: &[u8]) -> bool {
        let mut reader = Reader::new(head, 0);
        if reader.byte() != FORMAT {
            return false;
        }
        self.stacking = Stacking::new(reader.byte());
        let documents = reader.length().min(MOST_DOCUMENTS);
        while self.facets.len() < documents && !reader.is_at_end() {
            let facets = reader.byte();
            for _ in 0..reader.length().min(documents - self.facets.len()) {
                self.facets.push(facets);
                self.stacks.push(Vec::new());
            }
        }
        let mut key = String::new();
        for _ in 0..reader.number() {
            if reader.is_at_end() {
                break;
            }
            reader.string(&mut key);
            self.first_keys.push(key.clone());
            self.loaded.push(Vec::new());
        }
        self.digests = reader.rest().into();
        true
    }

    /// The name of a shard's file, without its ending.
    pub fn shard_name(&self, number: usize) -> String {
        let key = self.first_keys.get(number).map_or("", String::as_str);
        self.name('s', key.as_bytes(), number / SHARDS)
    }

    /// The name of the file that a document's card lies in, without its ending.
    pub fn card_name(&self, document: u32) -> String {
        self.stack_name(self.stacking.stack_of(document))
    }

    /// The name of a stack's file, without its ending.
    pub(crate) fn stack_name(&self, stack: u32) -> String {
        let place = self.first_keys.len().div_ceil(SHARDS) + stack as usize / STACKS;
        self.name('c', &stack.to_be_bytes(), place)
    }

    fn name(&self, sort: char, what: &[u8], place: usize) -> String {
        let mut name = String::from(sort);
        push_hexadecimal(&mut name, what);
        name.push('-');
        let digest = self.digests.get(place * DIGEST..(place + 1) * DIGEST);
        push_hexadecimal(&mut name, digest.unwrap_or(&[]));
        name
    }

    /// Takes in a shard that was wanted.
    pub fn load_shard(&mut self, number: usize, bytes: Vec<u8>) {
        if let Some(place) = self.loaded.get_mut(number) {
            *place = bytes;
        }
    }

    /// Takes in the file that a document's card lies in.
    pub fn load_card(&mut self, document: u32, bytes: Vec<u8>) {
        let stack = self.stacking.stack_of(document);
        if let Some(place) = self.stacks.get_mut(stack as usize) {
            *place = bytes;
        }
    }

    /// The shards that the last query lacked.
    pub fn wanted(&self) -> &[u32] {
        &self.wanted
    }

    /// Forgets what was wanted, before a query is asked (again).
    pub fn forget_wanted(&mut self) {
        self.wanted.clear();
        self.missed = 0;
    }

    /// The card of a document, to be read with [`crate::Card::parse`]; empty if it is not loaded.
    pub fn card(&self, document: u32) -> String {
        let mut card = String::new();
        if let Some(stack) = self.stacks.get(self.stacking.stack_of(document) as usize) {
            push_text(&mut card, self.stacking.card(stack, document));
        }
        card
    }

    /// How many shards there are.
    #[cfg(feature = "index")]
    pub(crate) const fn count(&self) -> usize {
        self.first_keys.len()
    }

    /// How cards lie in files.
    #[cfg(feature = "index")]
    pub(crate) const fn stacking(&self) -> Stacking {
        self.stacking
    }

    /// The digest of some neighbouring stacks.
    #[cfg(feature = "index")]
    pub(crate) fn digest_of_stacks(&self, group: usize) -> Option<[u8; DIGEST]> {
        let place = self.first_keys.len().div_ceil(SHARDS) + group;
        let digest = self.digests.get(place * DIGEST..(place + 1) * DIGEST);
        digest?.try_into().ok()
    }

    fn shard_of(&self, key: &str) -> usize {
        self.first_keys
            .partition_point(|first| first.as_str() <= key)
            .saturating_sub(1)
    }

    /// Visits the records of a shard whose keys begin so; the shard is wanted if it is not there.
    fn visit(&mut self, number: usize, prefix: &str, visit: &mut dyn FnMut(&str, &[u8])) {
        let Some(bytes) = self.loaded.get(number) else {
            return;
        };
        if bytes.is_empty() {
            self.missed += 1;
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            if !self.wanted.contains(&number) {
                self.wanted.push(number);
            }
            return;
        }
        let mut reader = Reader::new(bytes, 0);
        let mut key = String::new();
        while !reader.is_at_end() {
            reader.string(&mut key);
            let length = reader.length();
            let record = reader.take(length);
            if key.starts_with(prefix) {
                visit(&key, record);
            } else if key.as_str() > prefix {
                return;
            }
        }
    }

    fn with_record(&mut self, key: &str, visit: &mut dyn FnMut(&[u8])) {
        let number = self.shard_of(key);
        self.visit(number, key, &mut |found, record| {
            if found == key {
                visit(record);
            }
        });
    }
}

/// Where a key lies in the shards: a pair beside its first word.
fn stored(key: &str) -> &str {
    key.strip_prefix(PAIR).unwrap_or(key)
}

impl Source for Shards {
    fn documents(&self) -> u32 {
        u32::try_from(self.facets.len()).unwrap_or(u32::MAX)
    }

    fn facets(&self, document: u32) -> Facets {
        Facets::unpack(self.facets.get(document as usize).copied().unwrap_or(0))
    }

    fn record(&mut self, key: &str) -> Option<Arc<Record>> {
        let mut found = None;
        self.with_record(stored(key), &mut |bytes| {
            found = Some(Arc::new(Record::decode(key, bytes)));
        });
        found
    }

    fn frequency(&mut self, key: &str) -> u32 {
        if key.starts_with(PAIR) {
            return self
                .record(key)
                .map_or(0, |record| record.document_frequency);
        }
        let mut word = String::from(WORD);
        word.push_str(key);
        let mut frequency = 0;
        self.with_record(&word, &mut |bytes| {
            frequency = Reader::new(bytes, 0).number();
        });
        frequency
    }

    fn for_each_key(&mut self, prefix: &str, visit: &mut dyn FnMut(&str)) {
        let mark = if prefix.starts_with(PAIR) { PAIR } else { WORD };
        let mut begin = String::new();
        if mark == WORD {
            begin.push(WORD);
        }
        begin.push_str(stored(prefix));
        let mut number = self.shard_of(&begin);
        while let Some(first) = self.first_keys.get(number) {
            if *first > begin && !first.starts_with(begin.as_str()) {
                break;
            }
            self.visit(number, &begin, &mut |key, _| {
                if mark == WORD {
                    visit(key.get(1..).unwrap_or(""));
                } else {
                    let mut pair = String::from(PAIR);
                    pair.push_str(key);
                    visit(&pair);
                }
            });
            number += 1;
        }
    }

    fn missed(&self) -> u32 {
        self.missed
    }
}

/// Appends bytes as hexadecimal digits.
fn push_hexadecimal(text: &mut String, bytes: &[u8]) {
    for byte in bytes {
        for half in [byte >> 4, byte & 15] {
            text.push((half + if half < 10 { b'0' } else { b'a' - 10 }) as char);
        }
    }
}

#[cfg(feature = "index")]
pub(crate) use writing::{Head, cut, cut_again};

#[cfg(feature = "index")]
mod writing;
