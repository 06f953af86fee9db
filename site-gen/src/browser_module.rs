//! The modules for readers' browsers, compiled and packed by `build.rs`.

use std::{
    io::Read as _,
    sync::{Arc, OnceLock},
};

use flate2::read::DeflateDecoder;

use crate::digest;

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

/// A digest of the search module, and so of the code that it shares with the index.
pub(crate) fn digest() -> String {
    digest::sha256(SEARCH.packed, digest::WHOLE)
}
