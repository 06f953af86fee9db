//! Digests, most of them as lower-case hex.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// SHA-256 of some bytes, its first `length` bytes in hex.
pub(crate) fn sha256(bytes: &[u8], length: usize) -> String {
    let digest = Sha256::digest(bytes);
    let mut text = String::with_capacity(length * 2);
    for byte in digest.iter().take(length) {
        write!(text, "{byte:02x}").expect("writing to a string never fails");
    }
    text
}

/// SHA-256 of some bytes, as they are.
pub(crate) fn sha256_bytes(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

/// The whole of it.
pub(crate) const WHOLE: usize = 32;
