//! Digests, most of them as lower-case hex.

use sha2::{Digest as _, Sha256};

/// SHA-256 of some bytes, its first `length` bytes in hex.
pub(crate) fn sha256(bytes: &[u8], length: usize) -> String {
    hex(&Sha256::digest(bytes)[..length])
}

/// Bytes of a digest as lower-case hex.
pub(crate) fn hex(digest: &[u8]) -> String {
    const DIGITS: [u8; 16] = *b"0123456789abcdef";
    let mut text = String::with_capacity(digest.len() * 2);
    for byte in digest {
        for half in [byte >> 4, byte & 15] {
            text.push(DIGITS[usize::from(half)].into());
        }
    }
    text
}

/// SHA-256 of some bytes, as they are.
pub(crate) fn sha256_bytes(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

/// The whole of it.
pub(crate) const WHOLE: usize = 32;
