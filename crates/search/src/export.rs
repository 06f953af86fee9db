//! The index as static files for a plain file host.

mod renewed;

use std::{borrow::Cow, fmt::Write as _};

use framework::Locale;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use crate::{
    Shards,
    bytes::{Reader, put_length},
    index::{FORM, Language, Records},
    pack::{Effort, Packer},
    shards::{self, DIGEST, SHARDS, STACKS},
};

pub(crate) use renewed::renewed;

/// A file to be served with the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaticFile<'a> {
    /// Its path in the site: `search/vi.bin`.
    pub path: String,
    /// What is in it: raw deflate, so that every host sends it small. Stacks of cards lie in the parts of the index.
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
    let stacks: Vec<Cow<'_, [u8]>> = language.stacks().map(Cow::Borrowed).collect();
    let groups = shards.chunks(SHARDS).chain(stacks.chunks(STACKS));
    let digests: Vec<u8> = groups.flat_map(digest).collect();
    let (head, names) = named(language, &first_keys, &digests);
    let shards = (0..).zip(shards);
    let stacks = (0..).zip(stacks);
    let named = shards
        .map(|(number, bytes)| (names.shard_name(number), bytes))
        .chain(stacks.map(|(number, bytes)| (names.stack_name(number), bytes)));
    let named = named.map(|(name, bytes)| StaticFile {
        path: path(locale, &name),
        bytes,
    });
    [head].into_iter().chain(named).collect()
}

/// The head, and the names that a browser makes of it.
fn named(
    language: &Language,
    first_keys: &[String],
    digests: &[u8],
) -> (StaticFile<'static>, Shards) {
    let head = shards::Head {
        stacking: language.stacking(),
        facets: language.packed_facets(),
        first_keys: first_keys.iter().map(String::as_str).collect(),
        digests,
    };
    let head = head.encode();
    let mut names = Shards::default();
    names.open(&head);
    let file = StaticFile {
        path: self::head(language.locale()),
        bytes: Packer::new(language.effort()).pack(&head).into(),
    };
    (file, names)
}

/// Where the head of an index lies.
pub(crate) fn head(locale: Locale) -> String {
    format!("search/{locale}.bin")
}

fn path(locale: Locale, name: &str) -> String {
    format!("assets/search-{locale}/{name}.bin")
}

/// Each piece as it is and packed, in their order; of damaged bytes what makes sense.
fn pieces(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut reader = Reader::new(bytes, 0);
    let is_known = reader.take(4) == FORM.to_le_bytes();
    std::iter::from_fn(move || {
        (is_known && !reader.is_at_end()).then_some(())?;
        let mut piece = || {
            let length = reader.length();
            let piece = reader.take(length);
            (piece.len() == length).then_some(piece)
        };
        Some((piece()?, piece()?))
    })
}

/// Packed shards that the next build need not pack again.
pub(crate) struct Pieces<'a> {
    /// What was packed, with what came of it.
    before: FxHashMap<&'a [u8], &'a [u8]>,
    packer: Packer,
    now: Vec<u8>,
}

impl<'a> Pieces<'a> {
    /// Reads what [`Self::write`] gave; of damaged bytes what makes sense. What is new is packed with that effort.
    pub(crate) fn read(bytes: &'a [u8], effort: Effort) -> Self {
        Self {
            before: pieces(bytes).collect(),
            packer: Packer::new(effort),
            now: FORM.to_le_bytes().to_vec(),
        }
    }

    fn pack(&mut self, bytes: &[u8]) -> Vec<u8> {
        let packed = match self.before.get(bytes) {
            Some(packed) => packed.to_vec(),
            None => self.packer.pack(bytes),
        };
        for piece in [bytes, &packed] {
            put_length(&mut self.now, piece.len());
            self.now.extend_from_slice(piece);
        }
        packed
    }

    /// All that were packed since.
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
