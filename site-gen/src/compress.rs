//! Brotli and gzip beside each file that gains from them.

use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};

use crate::browser_module;

/// Files smaller than this fit one packet anyway.
const SMALLEST: usize = 512;

/// What it is worth to make a file small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effort {
    /// A page: brotli 6 packs it within 3 % of brotli 11 in a fifteenth of the time.
    Usual,
    /// A script or a style: a few files, fetched by every reader, a tenth smaller.
    Most,
}

impl Effort {
    fn of(media_type: &str) -> Self {
        match essence(media_type) {
            "text/javascript" | "text/css" => Self::Most,
            _ => Self::Usual,
        }
    }
}

/// The packed variants of a file.
#[derive(Debug, Default)]
pub(crate) struct Packed {
    pub(crate) br: Option<Vec<u8>>,
    pub(crate) gz: Option<Vec<u8>>,
}

/// Packs a file, unless its kind is packed already or nothing would be gained.
pub(crate) fn pack(media_type: &str, bytes: &[u8]) -> Packed {
    if bytes.len() < SMALLEST || !is_compressible(media_type) {
        return Packed::default();
    }
    if let Some(packed) = browser_module::packed(bytes) {
        return packed;
    }
    let gains = |packed: &Vec<u8>| packed.len() < bytes.len();
    let effort = Effort::of(media_type);
    Packed {
        br: brotli(bytes, effort).filter(gains),
        gz: gzip(bytes, effort).filter(gains),
    }
}

fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default()
}

fn is_compressible(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.starts_with("text/")
        || [
            "application/json",
            "application/xml",
            "application/yaml",
            "application/wasm",
            "image/svg+xml",
        ]
        .contains(&essence)
}

fn brotli(bytes: &[u8], effort: Effort) -> Option<Vec<u8>> {
    let quality = match effort {
        Effort::Usual => 6,
        Effort::Most => 11,
    };
    let mut packed = Vec::with_capacity(bytes.len() / 4);
    let mut writer = brotli::CompressorWriter::new(&mut packed, 32 * 1024, quality, 22);
    writer.write_all(bytes).ok()?;
    drop(writer);
    Some(packed)
}

/// No name and no time in the header: the same bytes for ever.
fn gzip(bytes: &[u8], effort: Effort) -> Option<Vec<u8>> {
    let level = match effort {
        Effort::Usual => 6,
        Effort::Most => 9,
    };
    let packed = Vec::with_capacity(bytes.len() / 4);
    let mut encoder = GzEncoder::new(packed, Compression::new(level));
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::GzDecoder;

    use super::*;

    #[test]
    fn what_was_packed_is_unpacked_again_whatever_the_effort() {
        let text = "Nền tảng số dùng chung; dữ liệu mở. "
            .repeat(40)
            .into_bytes();
        for media_type in ["text/html; charset=utf-8", "text/css", "text/javascript"] {
            let packed = pack(media_type, &text);
            let again = pack(media_type, &text);
            let (br, gz) = (packed.br.unwrap(), packed.gz.unwrap());
            assert_eq!(
                (again.br.unwrap(), again.gz.unwrap()),
                (br.clone(), gz.clone())
            );
            let [mut of_br, mut of_gz] = [Vec::new(), Vec::new()];
            brotli::Decompressor::new(&br[..], 4096)
                .read_to_end(&mut of_br)
                .unwrap();
            GzDecoder::new(&gz[..]).read_to_end(&mut of_gz).unwrap();
            assert!(of_br == text && of_gz == text, "{media_type}");
        }
    }
}
