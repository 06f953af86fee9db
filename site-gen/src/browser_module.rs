//! The search module for readers' browsers, compiled and packed by `build.rs`.

use crate::digest;

/// Its path in the theme, as templates name it: `asset("modules/search.bin")`.
pub(crate) const PATH: &str = "modules/search.bin";

/// The module as raw deflate, which the script unpacks: small from every host, whether it packs
/// what it serves or not.
pub(crate) static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/search.bin"));

/// A digest of the module, and so of the code that it shares with the index.
pub(crate) fn digest() -> String {
    digest::sha256(PACKED, digest::WHOLE)
}
