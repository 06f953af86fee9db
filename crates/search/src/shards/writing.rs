//! The shards as they are written.

use std::collections::BTreeMap;

use super::{FORMAT, stored};
use crate::{
    bytes::{Reader, put_length, put_number, put_string},
    card::Stacking,
    index::{Changes, Records},
    record::WORD,
};

/// A shard with the key it begins with, shortened to what tells it from the key before.
pub(crate) type Shard = (String, Vec<u8>);

/// A record with the key under which it lies in a shard.
type Stored<'r> = (&'r str, &'r [u8]);

/// Puts records, each with its key and how many documents hold it, into shards. Where one ends
/// depends on the words around, not on what came long before: an edit changes the shards of its
/// words and leaves the others as they are.
pub(crate) fn cut(records: &[Records]) -> Vec<Shard> {
    let words = words_alone(records);
    let all = records.iter().chain([&words]).flat_map(Records::iter);
    let all = all.map(|(key, record, _)| (stored(key), record));
    let mut stored_records: Vec<Stored<'_>> = all.collect();
    stored_records.sort();
    cut_in_order(&stored_records)
}

fn cut_in_order(stored_records: &[Stored<'_>]) -> Vec<Shard> {
    let least = least_size(stored_records);
    let mut shards: Vec<Shard> = Vec::new();
    let mut before = String::new();
    // A word lies with its pairs: a query that has the one asks for the others.
    for group in stored_records.chunk_by(|(one, _), (other, _)| word_of(one) == word_of(other)) {
        let all: usize = group.iter().map(size).sum();
        for (place, (key, record)) in group.iter().enumerate() {
            let filled = shards.last().map_or(usize::MAX, |(_, shard)| shard.len());
            let is_full = if place == 0 {
                filled >= least && (is_boundary(key) || filled.saturating_add(all) > 2 * least)
            } else {
                filled >= 2 * least
            };
            if is_full || shards.is_empty() {
                shards.push((beginning(&before, key), Vec::new()));
                before.clear();
            }
            if let Some((_, shard)) = shards.last_mut() {
                put_string(shard, &before, key);
                put_length(shard, record.len());
                shard.extend_from_slice(record);
            }
            before.clear();
            before.push_str(key);
        }
    }
    shards
}

/// The shards of an index after some records changed.
pub(crate) fn cut_again(before: &[&[u8]], changes: &[Changes]) -> Vec<Shard> {
    let mut all = Records::default();
    for shard in before {
        let (mut reader, mut key) = (Reader::new(shard, 0), String::new());
        while !reader.is_at_end() {
            reader.string(&mut key);
            let length = reader.length();
            all.push(&key, reader.take(length), 0);
        }
    }
    // What is gone has no record; of words that changed, both records.
    let mut fresh: BTreeMap<String, Option<Vec<u8>>> = BTreeMap::new();
    for changes in changes {
        let changed = changes.records.iter().map(|(key, ..)| key);
        for key in changed.chain(changes.gone.iter().map(String::as_str)) {
            fresh.insert(stored(key).to_owned(), None);
            fresh.insert(format!("{WORD}{key}"), None);
        }
        let words = words_alone(core::slice::from_ref(&changes.records));
        for (key, record, _) in changes.records.iter().chain(words.iter()) {
            fresh.insert(stored(key).to_owned(), Some(record.to_vec()));
        }
    }
    let mut fresh = fresh.iter().peekable();
    let mut now: Vec<Stored<'_>> = Vec::new();
    for (key, record, _) in all.iter() {
        while let Some((key, record)) = fresh.next_if(|(fresh, _)| fresh.as_str() < key) {
            now.extend(
                record
                    .iter()
                    .map(|record| (key.as_str(), record.as_slice())),
            );
        }
        match fresh.next_if(|(fresh, _)| *fresh == key) {
            Some((_, record)) => now.extend(record.iter().map(|record| (key, record.as_slice()))),
            None => now.push((key, record)),
        }
    }
    let rest = fresh.filter_map(|(key, record)| Some((key.as_str(), record.as_deref()?)));
    now.extend(rest);
    cut_in_order(&now)
}

/// The words once more, each with nothing but how many documents hold it.
fn words_alone(records: &[Records]) -> Records {
    let mut words = Records::default();
    let mut key = String::from(WORD);
    let mut record = Vec::new();
    for (word, _, frequency) in records.iter().flat_map(Records::iter) {
        if frequency > 0 && word.chars().all(char::is_alphanumeric) {
            key.truncate(WORD.len_utf8());
            key.push_str(word);
            record.clear();
            put_number(&mut record, frequency);
            words.push(&key, &record, frequency);
        }
    }
    words
}

/// The word that a record is about: of a pair, the first.
fn word_of(key: &str) -> &str {
    key.split_once(' ').map_or(key, |(word, _)| word)
}

/// About how much a record takes in a shard, in bytes before compression.
fn size((_, record): &Stored<'_>) -> usize {
    record.len() + 6
}

/// How large a shard is at least, in bytes before compression. A first query loads the head, which
/// names every shard in about three bytes, and the shards of its words: eight for most, twenty for a
/// long question. The sum of the two is least for most when a shard is about √(all / 2), which is half
/// as much again as the least. A small site can go by the long questions: its head stays small with a
/// thousand shards. In powers of two and their halves, so that a growing site seldom changes them.
fn least_size(records: &[Stored<'_>]) -> usize {
    let all: usize = records.iter().map(size).sum();
    let best = (all / 2).isqrt().min(all / 1100).clamp(64, 4096);
    let power = 1 << best.ilog2();
    let half_more = power + power / 2;
    if best < half_more { power } else { half_more }
}

/// Whether a shard may end before this key: one key in three.
fn is_boundary(key: &str) -> bool {
    let hash = key.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    (hash >> 16).is_multiple_of(3)
}

/// The shortest beginning of a key that is greater than the key before.
fn beginning(before: &str, key: &str) -> String {
    let ends = key.char_indices().map(|(at, one)| at + one.len_utf8());
    ends.filter_map(|end| key.get(..end))
        .find(|beginning| *beginning > before)
        .unwrap_or(key)
        .to_owned()
}

/// What the head file says.
pub(crate) struct Head<'a> {
    pub(crate) stacking: Stacking,
    pub(crate) facets: &'a [u8],
    pub(crate) first_keys: Vec<&'a str>,
    pub(crate) digests: &'a [u8],
}

impl Head<'_> {
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut out = vec![FORMAT, self.stacking.exponent()];
        put_length(&mut out, self.facets.len());
        for run in self.facets.chunk_by(|one, other| one == other) {
            out.extend(run.first());
            put_length(&mut out, run.len());
        }
        put_length(&mut out, self.first_keys.len());
        let mut before = "";
        for key in &self.first_keys {
            put_string(&mut out, before, key);
            before = key;
        }
        out.extend(self.digests);
        out
    }
}
