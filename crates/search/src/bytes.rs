//! Small whole numbers and neighbouring strings, written short and read with suspicion.

use alloc::string::String;
#[cfg(feature = "index")]
use alloc::vec::Vec;

/// Lengths from here on do not fit four bits.
const LONG: usize = 15;

/// Appends a number, seven bits a byte.
#[cfg(feature = "index")]
pub(crate) fn put_number(out: &mut Vec<u8>, mut number: u32) {
    while number >= 128 {
        out.push(number.to_le_bytes()[0] | 128);
        number >>= 7;
    }
    out.push(number.to_le_bytes()[0]);
}

/// Appends a string as what it shares with the one before and what it adds: two lengths in one byte
/// where they are short.
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
    let added = string.len() - shared;
    let short = |length: usize| u8::try_from(length.min(LONG)).unwrap_or(u8::MAX);
    out.push(short(shared) << 4 | short(added));
    for length in [shared, added] {
        if length >= LONG {
            put_length(out, length - LONG);
        }
    }
    out.extend_from_slice(&string.as_bytes()[shared..]);
}

/// Appends a length; keys, forms and records are far below four gigabytes.
#[cfg(feature = "index")]
pub(crate) fn put_length(out: &mut Vec<u8>, length: usize) {
    put_number(out, u32::try_from(length).unwrap_or(u32::MAX));
}

/// Appends bytes as text. The standard library's reader of UTF-8 is fast and refuses what is malformed;
/// this one is a fiftieth of the browser module smaller, and what is malformed reads as something else.
pub fn push_text(text: &mut String, bytes: &[u8]) {
    let (mut code, mut missing) = (0_u32, 0_i32);
    for byte in bytes {
        let bits = u32::from(*byte);
        (code, missing) = match byte {
            0..=0x7F => (bits, 0),
            0x80..=0xBF => (code << 6 | bits & 0x3F, missing - 1),
            0xC0..=0xDF => (bits & 0x1F, 1),
            0xE0..=0xEF => (bits & 0x0F, 2),
            _ => (bits & 0x07, 3),
        };
        if missing == 0 {
            text.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
    }
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
        let lengths = self.byte();
        let shared = self.rest_of_length(lengths >> 4);
        let length = self.rest_of_length(lengths & 15);
        let added = self.take(length);
        // One by one, and so in `vitext`: `truncate` brings the words of its panic along.
        while before.len() > shared {
            before.pop();
        }
        push_text(before, added);
    }

    /// A length of which four bits are known.
    fn rest_of_length(&mut self, short: u8) -> usize {
        let short = usize::from(short);
        if short < LONG {
            short
        } else {
            short + self.length()
        }
    }

    /// What has not been read.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_as_the_standard_library_reads_it() {
        for text in [
            "",
            "đ",
            "Nền tảng số “dùng chung”",
            "a\u{0}\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}𝄞",
        ] {
            let mut read = String::new();
            push_text(&mut read, text.as_bytes());
            assert_eq!(read, text);
        }
    }

    #[test]
    fn malformed_bytes_are_read_as_something() {
        let noise: Vec<u8> = (0..=255)
            .flat_map(|one: u8| [one.wrapping_mul(91), one])
            .collect();
        push_text(&mut String::new(), &noise);
    }
}
