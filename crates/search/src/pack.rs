//! Packing: raw deflate, so that every host sends a file small, and its reading back.

use std::io::Read as _;

use flate2::{Compress, Compression, FlushCompress, Status, read::DeflateDecoder};

/// Packs one file after the other; its tables are large and made once.
pub(crate) struct Packer(Compress);

impl Default for Packer {
    fn default() -> Self {
        // More effort than the usual makes files of this size a hundredth smaller at best.
        Self(Compress::new(Compression::default(), false))
    }
}

impl Packer {
    pub(crate) fn pack(&mut self, bytes: &[u8]) -> Vec<u8> {
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

/// The text that was packed; none if the bytes are damaged.
pub(crate) fn unpack(packed: &[u8]) -> Option<String> {
    let mut text = String::new();
    DeflateDecoder::new(packed).read_to_string(&mut text).ok()?;
    Some(text)
}
