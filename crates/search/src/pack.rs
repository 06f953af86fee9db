//! Packing: raw deflate, so that every host sends a file small, and its reading back.

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

/// How much is done to make a file small. What comes of it reads the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Effort {
    /// For readers: as small as deflate gets here, a hundredth smaller than by its usual effort.
    #[default]
    Well,
    /// For whoever waits for the build: without Huffman trees of their own, files are a tenth larger.
    Quickly,
}

/// Packs one file after the other; its tables are large and made once.
pub(crate) struct Packer(Compress);

impl Packer {
    pub(crate) fn new(effort: Effort) -> Self {
        let level = match effort {
            Effort::Well => Compression::best(),
            Effort::Quickly => Compression::fast(),
        };
        Self(Compress::new(level, false))
    }

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

/// Unpacks one file after the other, for the same reason.
pub(crate) struct Unpacker(Decompress);

impl Default for Unpacker {
    fn default() -> Self {
        Self(Decompress::new(false))
    }
}

impl Unpacker {
    /// What was packed; none if the bytes are damaged.
    pub(crate) fn unpack(&mut self, packed: &[u8]) -> Option<Vec<u8>> {
        self.0.reset(false);
        // Room for what texts of this size gain.
        let mut bytes = Vec::with_capacity(packed.len() * 4);
        loop {
            let taken = usize::try_from(self.0.total_in()).ok()?;
            let (rest, filled) = (packed.get(taken..)?, bytes.len());
            // Not `Finish`: with too little room some back ends take that for the end.
            let more = FlushDecompress::None;
            let status = self.0.decompress_vec(rest, &mut bytes, more).ok()?;
            if status == Status::StreamEnd {
                return Some(bytes);
            }
            // Cut short: there is room, and nothing comes.
            if bytes.len() == filled && bytes.len() < bytes.capacity() {
                return None;
            }
            bytes.reserve(bytes.capacity().max(64));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_comes_back_one_after_the_other_and_damage_is_told() {
        let texts = ["", "a", "Nền tảng số", &"Nền tảng ".repeat(5_000)];
        let mut unpacker = Unpacker::default();
        for effort in [Effort::Well, Effort::Quickly] {
            let mut packer = Packer::new(effort);
            for text in texts {
                let packed = packer.pack(text.as_bytes());
                assert_eq!(unpacker.unpack(&packed).as_deref(), Some(text.as_bytes()));
                for length in 0..packed.len() {
                    assert_eq!(unpacker.unpack(&packed[..length]), None);
                }
            }
        }
        assert_eq!(unpacker.unpack(&[0xff; 40]), None);
    }
}
