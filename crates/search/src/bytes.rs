//! Small whole numbers and neighbouring strings, written short and read with suspicion.

use alloc::string::String;
#[cfg(feature = "index")]
use alloc::vec::Vec;

/// Appends a number, seven bits a byte.
#[cfg(feature = "index")]
pub(crate) fn put_number(out: &mut Vec<u8>, mut number: u32) {
    while number >= 128 {
        out.push(number.to_le_bytes()[0] | 128);
        number >>= 7;
    }
    out.push(number.to_le_bytes()[0]);
}

/// Appends a string as what it shares with the one before and what it adds.
#[cfg(feature = "index")]
pub(crate) fn put_string(out: &mut Vec<u8>, before: &str, string: &str) {
    let mut shared = before
        .bytes()
        .zip(string.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    while !string.is_char_boundary(shared) {
        shared -= 1;
    }
    put_length(out, shared);
    put_length(out, string.len() - shared);
    out.extend_from_slice(&string.as_bytes()[shared..]);
}

/// Appends a length; keys, forms and bundles are far below four gigabytes.
#[cfg(feature = "index")]
pub(crate) fn put_length(out: &mut Vec<u8>, length: usize) {
    put_number(out, u32::try_from(length).unwrap_or(u32::MAX));
}

/// Reads what was written. Anything cut short or malformed reads as zero or empty: a damaged
/// shard loses hits but never stops the reader's page.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(crate) const fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    pub(crate) const fn position(&self) -> usize {
        self.at
    }

    pub(crate) const fn is_at_end(&self) -> bool {
        self.at >= self.bytes.len()
    }

    pub(crate) fn byte(&mut self) -> u8 {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        byte
    }

    pub(crate) fn number(&mut self) -> u32 {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            number |= u32::from(byte & 127).checked_shl(shift).unwrap_or(0);
            if byte < 128 {
                return number;
            }
            shift += 7;
        }
    }

    pub(crate) fn length(&mut self) -> usize {
        self.number() as usize
    }

    pub(crate) fn take(&mut self, length: usize) -> &'a [u8] {
        let end = self.at.saturating_add(length).min(self.bytes.len());
        let taken = self.bytes.get(self.at..end).unwrap_or(&[]);
        self.at = end;
        taken
    }

    /// Reads a string into the buffer that holds the one before it.
    pub(crate) fn string(&mut self, before: &mut String) {
        let shared = self.length();
        let length = self.length();
        let added = core::str::from_utf8(self.take(length)).unwrap_or("");
        if before.is_char_boundary(shared) {
            before.truncate(shared);
        }
        before.push_str(added);
    }

    pub(crate) fn skip(&mut self, length: usize) {
        self.at = self.at.saturating_add(length);
    }
}
