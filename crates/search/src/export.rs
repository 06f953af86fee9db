//! The index as static files for a plain file host.

use flate2::{Compress, Compression, FlushCompress, Status};
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
        opened.for_each_record(&mut |key, record, frequency| {
            records.push((key.to_owned(), record, frequency));
        })?;
        let shards = shards::cut(records);
        let (first_keys, shards): (Vec<String>, Vec<Vec<u8>>) = shards.into_iter().unzip();
        let documents = (0..).take(opened.packed_facets().len());
        let cards = documents.map(|document| opened.card(document).unwrap_or_default());
        let mut packer = Packer::default();
        let shards: Vec<Vec<u8>> = shards.iter().map(|shard| packer.pack(shard)).collect();
        let cards: Vec<Vec<u8>> = cards.map(|card| packer.pack(card.as_bytes())).collect();
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
            bytes: packer.pack(&head),
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

/// Packs one file after the other; its tables are large and made once.
struct Packer(Compress);

impl Default for Packer {
    fn default() -> Self {
        // More effort than the usual makes files of this size a hundredth smaller at best.
        Self(Compress::new(Compression::default(), false))
    }
}

impl Packer {
    fn pack(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.0.reset();
        let mut packed = Vec::with_capacity(bytes.len() / 2 + 64);
        let mut taken = 0;
        loop {
            let rest = bytes.get(taken..).unwrap_or(&[]);
            let status = self
                .0
                .compress_vec(rest, &mut packed, FlushCompress::Finish)
                .expect("packing has no state to be wrong");
            if status == Status::StreamEnd {
                packed.shrink_to_fit();
                return packed;
            }
            taken = usize::try_from(self.0.total_in()).unwrap_or(usize::MAX);
            packed.reserve(packed.capacity().max(64));
        }
    }
}
