//! The index as static files for a plain file host.

use std::io::Write;

use flate2::{Compression, write::DeflateEncoder};
use framework::Locale;
use sha2::{Digest, Sha256};

use crate::{
    card::SEPARATOR,
    index::{Index, IndexError},
    shards,
};

/// Bytes of a shard before compression, about.
const SHARD: usize = 1536;
/// Bytes of a bundle of cards before compression, about.
const BUNDLE: usize = 2048;

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
    /// else lies in `assets/`, in a folder named after its content, and never changes.
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
            if let Some(record) = opened.encoded(&key)? {
                records.push((key, record));
            }
        }
        let shards = shards::shards(records.into_iter(), SHARD);
        let mut bundles: Vec<String> = Vec::new();
        let mut sizes: Vec<usize> = Vec::new();
        for document in (0..).take(opened.packed_facets().len()) {
            let card = opened.card(document).unwrap_or_default();
            match (bundles.last_mut(), sizes.last_mut()) {
                (Some(bundle), Some(size)) if bundle.len() + card.len() <= BUNDLE => {
                    bundle.push(SEPARATOR);
                    bundle.push_str(&card);
                    *size += 1;
                }
                _ => {
                    bundles.push(card);
                    sizes.push(1);
                }
            }
        }
        let (first_keys, shards): (Vec<String>, Vec<Vec<u8>>) = shards.into_iter().unzip();
        let shards: Vec<Vec<u8>> = shards.iter().map(|shard| deflate(shard)).collect();
        let bundles: Vec<Vec<u8>> = bundles
            .iter()
            .map(|bundle| deflate(bundle.as_bytes()))
            .collect();
        let generation = generation(locale, shards.iter().chain(&bundles));
        let head = shards::head(&generation, opened.packed_facets(), &first_keys, &sizes);
        files.push(StaticFile {
            path: format!("search/{locale}.bin"),
            bytes: deflate(&head),
        });
        for (sort, parts) in [('s', shards), ('c', bundles)] {
            for (number, bytes) in parts.into_iter().enumerate() {
                files.push(StaticFile {
                    path: format!("assets/{generation}/{sort}{number}.bin"),
                    bytes,
                });
            }
        }
        Ok(())
    }
}

/// A name made of the language and the content.
fn generation<'a>(locale: Locale, parts: impl Iterator<Item = &'a Vec<u8>>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    let digest = hash.finalize();
    format!("search-{locale}-{}", hexadecimal(&digest[..6]))
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
