//! Texts and their escapes.

use std::borrow::Cow;

use super::{FaultKind, Parsed, Parser};

impl<'s> Parser<'s> {
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

    /// Steps over what stands for itself inside a string.
    fn skip_plain(&mut self) {
        let rest = &self.bytes[self.next..];
        let plain = rest
            .iter()
            .position(|&byte| byte == b'"' || byte == b'\\' || byte < 0x20);
        self.next += plain.unwrap_or(rest.len());
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
