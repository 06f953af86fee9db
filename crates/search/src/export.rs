//! The index as static files for a plain file host.

use std::{borrow::Cow, fmt::Write as _};

use framework::Locale;
use sha2::{Digest, Sha256};

use crate::{
    Shards,
    bytes::{Reader, put_length},
    index::{ByDigest, FORM, Language, Records},
    pack::Packer,
    shards::{self, CARDS, DIGEST, SHARDS},
};

/// A file to be served with the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaticFile<'a> {
    /// Its path in the site: `search/vi.bin`.
    pub path: String,
    /// What is in it: raw deflate, so that every host sends it small. Cards lie in the parts of the index.
    pub bytes: Cow<'a, [u8]>,
}

/// The static files of one language. Shards that are among the pieces are not packed again.
pub(crate) fn language<'a>(
    language: &'a Language,
    locale: Locale,
    records: Vec<Records>,
    pieces: &mut Pieces<'_>,
) -> Vec<StaticFile<'a>> {
    let shards = shards::cut(&records);
    drop(records);
    let (first_keys, shards): (Vec<String>, Vec<Vec<u8>>) = shards.into_iter().unzip();
    // Each goes as soon as it is packed: all of them are a good part of what an index takes.
    let shards = shards.into_iter().map(|shard| pieces.pack(&shard));
    let shards: Vec<Cow<'_, [u8]>> = shards.map(Cow::Owned).collect();
    let documents = (0..).take(language.packed_facets().len());
    let cards = documents.map(|document| language.packed_card(document).unwrap_or(&[]));
    let cards: Vec<Cow<'_, [u8]>> = cards.map(Cow::Borrowed).collect();
    let groups = shards.chunks(SHARDS).chain(cards.chunks(CARDS));
    let digests: Vec<u8> = groups.flat_map(digest).collect();
    let head = shards::Head {
        facets: language.packed_facets(),
        first_keys: first_keys.iter().map(String::as_str).collect(),
        digests: &digests,
    };
    let head = head.encode();
    // Names are what a browser makes of the head.
    let mut names = Shards::default();
    names.open(&head);
    let shards = (0..).zip(shards);
    let cards = (0..).zip(cards);
    let named = shards
        .map(|(number, bytes)| (names.shard_name(number), bytes))
        .chain(cards.map(|(document, bytes)| (names.card_name(document), bytes)));
    let named = named.map(|(name, bytes)| StaticFile {
        path: format!("assets/search-{locale}/{name}.bin"),
        bytes,
    });
    let head = StaticFile {
        path: format!("search/{locale}.bin"),
        bytes: Packer::default().pack(&head).into(),
    };
    [head].into_iter().chain(named).collect()
}

/// Packed shards that the next build need not pack again.
#[derive(Default)]
pub(crate) struct Pieces<'a> {
    before: ByDigest<'a>,
    packer: Packer,
    now: Vec<u8>,
}

impl<'a> Pieces<'a> {
    /// Reads what [`Self::write`] gave; of damaged bytes what makes sense.
    pub(crate) fn read(bytes: &'a [u8]) -> Self {
        let mut reader = Reader::new(bytes, 0);
        let mut pieces = Self {
            now: FORM.to_le_bytes().to_vec(),
            ..Self::default()
        };
        if reader.take(4) != FORM.to_le_bytes() {
            return pieces;
        }
        while !reader.is_at_end() {
            let digest = reader.take(16).try_into();
            let length = reader.length();
            let packed = reader.take(length);
            if let Ok(digest) = digest
                && packed.len() == length
            {
                pieces.before.insert(digest, packed);
            }
        }
        pieces
    }

    fn pack(&mut self, bytes: &[u8]) -> Vec<u8> {
        let digest = Sha256::digest(bytes);
        let digest: [u8; 16] = std::array::from_fn(|place| digest[place]);
        let packed = match self.before.get(&digest) {
            Some(packed) => packed.to_vec(),
            None => self.packer.pack(bytes),
        };
        self.now.extend_from_slice(&digest);
        put_length(&mut self.now, packed.len());
        self.now.extend_from_slice(&packed);
        packed
    }

    /// All that were packed since, with their digests.
    pub(crate) fn write(self) -> Vec<u8> {
        self.now
    }
}

/// The part of some files' digest that stands in their names.
fn digest(files: &[Cow<'_, [u8]>]) -> [u8; DIGEST] {
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
    bytes.iter().fold(String::new(), |mut digits, byte| {
        // Writing into a string does not fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}
