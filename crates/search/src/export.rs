//! The index as static files for a plain file host.

use std::io::Write;

use flate2::{Compression, write::DeflateEncoder};
use framework::Locale;
use sha2::{Digest, Sha256};

use crate::{
    Shards,
    index::{Index, IndexError},
    shards::{self, CARDS, DIGEST, SHARDS},
};

/// A file to be served with the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaticFile {
    /// Its path in the site: `search/vi.bin`.
    pub path: String,
    /// What is in it: raw deflate, so that every host sends it small.
    pub bytes: Vec<u8>,
}

impl Index {
    /// Exports the index from its terms and postings as static shards of both languages.
    ///
    /// `search/<language>.bin` is the head, which changes with every change of content; everything
    /// else lies in `assets/`, each file named after its place and its content, and never changes.
    pub fn export(&self) -> Result<Vec<StaticFile>, IndexError> {
        let mut files = Vec::new();
        for locale in Locale::ALL {
            self.export_language(locale, &mut files)?;
        }
        Ok(files)
    }

    fn export_language(
        &self,
        locale: Locale,
        files: &mut Vec<StaticFile>,
    ) -> Result<(), IndexError> {
        let opened = self.language(locale);
        let mut records = Vec::new();
        for key in opened.keys("")? {
            if let Some((record, frequency)) = opened.encoded(&key)? {
                records.push((key, record, frequency));
            }
        }
        let shards = shards::cut(records);
        let (first_keys, shards): (Vec<String>, Vec<Vec<u8>>) = shards.into_iter().unzip();
        let documents = (0..).take(opened.packed_facets().len());
        let cards = documents.map(|document| opened.card(document).unwrap_or_default());
        let shards: Vec<Vec<u8>> = shards.iter().map(|shard| deflate(shard)).collect();
        let cards: Vec<Vec<u8>> = cards.map(|card| deflate(card.as_bytes())).collect();
        let groups = shards.chunks(SHARDS).chain(cards.chunks(CARDS));
        let digests: Vec<u8> = groups.flat_map(digest).collect();
        let head = shards::Head {
            facets: opened.packed_facets(),
            first_keys: first_keys.iter().map(String::as_str).collect(),
            digests: &digests,
        };
        let head = head.encode();
        // Names are what a browser makes of the head.
        let mut names = Shards::default();
        names.open(&head);
        files.push(StaticFile {
            path: format!("search/{locale}.bin"),
            bytes: deflate(&head),
        });
        let shards = (0..).zip(shards);
        let cards = (0..).zip(cards);
        let named = shards
            .map(|(number, bytes)| (names.shard_name(number), bytes))
            .chain(cards.map(|(document, bytes)| (names.card_name(document), bytes)));
        files.extend(named.map(|(name, bytes)| StaticFile {
            path: format!("assets/search-{locale}/{name}.bin"),
            bytes,
        }));
        Ok(())
    }
}

/// The part of some files' digest that stands in their names.
fn digest(files: &[Vec<u8>]) -> [u8; DIGEST] {
    let mut hash = Sha256::new();
    for file in files {
        hash.update(file.len().to_le_bytes());
        hash.update(file);
    }
    let mut short = [0; DIGEST];
    short.copy_from_slice(&hash.finalize()[..DIGEST]);
    short
}

/// The first bytes of a digest in hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut digits, byte| {
        // Writing into a string does not fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .expect("writing into memory does not fail")
}
