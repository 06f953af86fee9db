//! Texts and their escapes.

use std::borrow::Cow;

use super::{FaultKind, Parsed, Parser};

/// The highest bit of each byte that is a quote, a backslash or a control character; of those behind
/// the first one it may also be set for others.
#[inline]
const fn special_bytes(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHEST: u64 = 0x8080_8080_8080_8080;
    // A byte below `n` borrows when `n` is taken from it; one that had its highest bit set did not.
    let quote = word ^ (ONES * b'"' as u64);
    let backslash = word ^ (ONES * b'\\' as u64);
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    let is_quote = quote.wrapping_sub(ONES) & !quote;
    let is_backslash = backslash.wrapping_sub(ONES) & !backslash;
    (is_quote | is_backslash | control) & HIGHEST
}

impl<'s> Parser<'s> {
    #[inline]
    pub(super) fn string(&mut self) -> Parsed<Cow<'s, str>> {
        let opened = self.next;
        self.next += 1;
        let start = self.next;
        self.skip_plain();
        if self.take(b'"') {
            return Ok(Cow::Borrowed(&self.text[start..self.next - 1]));
        }
        let mut text = self.text[start..self.next].to_owned();
        loop {
            match self.peek() {
                None => return self.fault(FaultKind::UnterminatedString, opened, self.next),
                Some(b'"') => {
                    self.next += 1;
                    return Ok(Cow::Owned(text));
                }
                Some(b'\\') => text.push(self.escape(opened)?),
                Some(control @ ..0x20) => {
                    let at = self.next;
                    return self.fault(FaultKind::ControlCharacter(control), at, at + 1);
                }
                Some(_) => {
                    let from = self.next;
                    self.skip_plain();
                    text.push_str(&self.text[from..self.next]);
                }
            }
        }
    }

    /// Steps over what stands for itself inside a string, eight bytes at a step.
    #[inline]
    fn skip_plain(&mut self) {
        let rest = &self.bytes[self.next..];
        let (words, tail) = rest.as_chunks::<8>();
        for (index, word) in words.iter().enumerate() {
            let special = special_bytes(u64::from_le_bytes(*word));
            if special != 0 {
                self.next += index * 8 + special.trailing_zeros() as usize / 8;
                return;
            }
        }
        let is_special = |&byte: &u8| byte == b'"' || byte == b'\\' || byte < 0x20;
        let plain = tail.iter().position(is_special);
        self.next += rest.len() - tail.len() + plain.unwrap_or(tail.len());
    }

    fn escape(&mut self, opened: usize) -> Parsed<char> {
        let at = self.next;
        self.next += 1;
        let Some(byte) = self.peek() else {
            return self.fault(FaultKind::UnterminatedString, opened, self.next);
        };
        self.next += 1;
        Ok(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.code_unit_escape(at),
            _ => return self.fault(FaultKind::UnknownEscape, at, at + 2),
        })
    }

    fn code_unit_escape(&mut self, at: usize) -> Parsed<char> {
        let Some(unit) = self.four_digits() else {
            return self.fault(FaultKind::UnknownEscape, at, self.next);
        };
        if let Some(character) = char::from_u32(unit) {
            return Ok(character);
        }
        let low = if (0xD800..0xDC00).contains(&unit) && self.bytes[self.next..].starts_with(b"\\u")
        {
            self.next += 2;
            self.four_digits()
                .filter(|low| (0xDC00..0xE000).contains(low))
        } else {
            None
        };
        let paired = low.map(|low| 0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
        match paired.and_then(char::from_u32) {
            Some(character) => Ok(character),
            None => self.fault(FaultKind::LoneSurrogate, at, at + 6),
        }
    }

    fn four_digits(&mut self) -> Option<u32> {
        let digits = self.bytes.get(self.next..self.next + 4)?;
        let unit = digits.iter().try_fold(0, |unit, &digit| {
            char::from(digit)
                .to_digit(16)
                .map(|digit| unit * 16 + digit)
        })?;
        self.next += 4;
        Some(unit)
    }
}
