//! The search module for readers' browsers, compiled by `build.rs`.

use std::io::Write as _;

use flate2::{Compression, write::DeflateEncoder};

use crate::digest;

/// Its path in the theme, as templates name it: `asset("modules/search.bin")`.
pub(crate) const PATH: &str = "modules/search.bin";

static MODULE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/search.wasm"));

/// The module as raw deflate: small from every host, whether it packs what it serves or not.
pub(crate) fn packed() -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder
        .write_all(MODULE)
        .and_then(|()| encoder.finish())
        .expect("writing into memory does not fail")
}

/// A digest of the module, and so of the code that it shares with the index.
pub(crate) fn digest() -> String {
    digest::sha256(MODULE, digest::WHOLE)
}
