//! Digests, most of them as lower-case hex.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// SHA-256 of some bytes, its first `length` bytes in hex.
pub(crate) fn sha256(bytes: &[u8], length: usize) -> String {
    hex(&Sha256::digest(bytes)[..length])
}

/// Bytes of a digest as lower-case hex.
pub(crate) fn hex(digest: &[u8]) -> String {
    let mut text = String::with_capacity(digest.len() * 2);
    for byte in digest {
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
