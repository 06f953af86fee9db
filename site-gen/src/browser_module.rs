//! The modules for readers' browsers, compiled and packed by `build.rs`.

use std::{
    io::Read as _,
    sync::{Arc, OnceLock},
};

use flate2::{Crc, read::DeflateDecoder};

use crate::compress::Packed;

/// A module, as raw deflate, which the script that loads it unpacks: small from every host, whether
/// it packs what it serves or not.
pub(crate) struct Module {
    /// Its path in the theme, as templates name it: `asset("modules/search.bin")`.
    pub(crate) path: &'static str,
    /// What is served.
    pub(crate) packed: &'static [u8],
}

/// Search.
pub(crate) static SEARCH: Module = Module {
    path: "modules/search.bin",
    packed: include_bytes!(concat!(env!("OUT_DIR"), "/search.bin")),
};

/// The checker.
pub(crate) static CHECK: Module = Module {
    path: "modules/check.bin",
    packed: include_bytes!(concat!(env!("OUT_DIR"), "/check.bin")),
};

/// The path of the checker as it was compiled, for hosts that pack what they serve: Brotli makes it a
/// quarter smaller than deflate. The script asks for it where the host says that it packs it.
pub(crate) const CHECK_PLAIN: &str = "modules/check.wasm";

/// The checker as it was compiled.
pub(crate) fn check_plain() -> Arc<[u8]> {
    static PLAIN: OnceLock<Arc<[u8]>> = OnceLock::new();
    let plain = PLAIN.get_or_init(|| {
        let mut module = Vec::new();
        DeflateDecoder::new(CHECK.packed)
            .read_to_end(&mut module)
            .expect("our own build script packed it");
        module.into()
    });
    Arc::clone(plain)
}

/// The packed variants of the checker as it was compiled; nothing if it is another file. Packing it well
/// takes longer than building the site, so it was done when the module was compiled.
pub(crate) fn packed(bytes: &[u8]) -> Option<Packed> {
    const BROTLI: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/check.br"));
    (*bytes == *check_plain()).then(|| Packed {
        br: Some(BROTLI.to_vec()),
        gz: Some(gzip(CHECK.packed, bytes)),
    })
}

/// Raw deflate as a gzip file (RFC 1952), without a name and a time.
fn gzip(deflated: &[u8], bytes: &[u8]) -> Vec<u8> {
    const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255];
    let mut crc = Crc::new();
    crc.update(bytes);
    [
        &HEAD,
        deflated,
        &crc.sum().to_le_bytes(),
        &crc.amount().to_le_bytes(),
    ]
    .concat()
}

/// The program that makes an index, in a word that differs when its code does (`build.rs`).
pub(crate) const INDEX_PROGRAM: &str = env!("KHUNG_INDEX_PROGRAM");

#[cfg(test)]
mod tests {
    use flate2::read::GzDecoder;

    use super::*;

    #[test]
    fn the_packed_variants_of_the_checker_unpack_to_it() {
        let plain = check_plain();
        let Packed { br, gz } = packed(&plain).expect("it is the checker");
        let (mut from_br, mut from_gz) = (Vec::new(), Vec::new());
        brotli::Decompressor::new(&br.unwrap_or_default()[..], 4096)
            .read_to_end(&mut from_br)
            .expect("sound Brotli");
        GzDecoder::new(&gz.unwrap_or_default()[..])
            .read_to_end(&mut from_gz)
            .expect("sound gzip");
        assert!(from_br == *plain && from_gz == *plain);
        assert!(packed(b"another file").is_none());
    }
}
