//! Numbers: exact, or refused.

use super::{FaultKind, Parsed, Parser};
use crate::Number;

impl Parser<'_> {
    pub(super) fn number(&mut self) -> Parsed<Number> {
        let at = self.next;
        let negative = self.take(b'-');
        let whole = self.digits();
        let is_padded = whole > 1 && self.bytes[self.next - whole] == b'0';
        let mut malformed = whole == 0 || is_padded;
        let mut is_integer = true;
        if self.take(b'.') {
            is_integer = false;
            malformed |= self.digits() == 0;
        }
        if self.take(b'e') || self.take(b'E') {
            is_integer = false;
            let _sign = self.take(b'+') || self.take(b'-');
            malformed |= self.digits() == 0;
        }
        if malformed {
            return self.fault(FaultKind::MalformedNumber, at, self.next.max(at + 1));
        }
        let written = &self.text[at..self.next];
        let number = if is_integer {
            integer(written, negative)
        } else {
            decimal(written)
        };
        match number {
            Some(number) => Ok(number),
            None => self.fault(FaultKind::InexactNumber, at, self.next),
        }
    }

    fn digits(&mut self) -> usize {
        let from = self.next;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.next += 1;
        }
        self.next - from
    }
}

fn integer(written: &str, negative: bool) -> Option<Number> {
    match written.parse::<i64>() {
        Ok(0) => Some(Number::Unsigned(0)),
        Ok(signed) if negative => Some(Number::Signed(signed)),
        _ => written.parse().ok().map(Number::Unsigned),
    }
}

/// A decimal fraction is taken if a double keeps all its digits (17 at most) and it is finite.
fn decimal(written: &str) -> Option<Number> {
    let mantissa = written.split(['e', 'E']).next().unwrap_or(written);
    let significant = mantissa
        .bytes()
        .filter(u8::is_ascii_digit)
        .skip_while(|&digit| digit == b'0')
        .count();
    let number: f64 = written.parse().ok()?;
    (significant <= 17 && number.is_finite()).then_some(Number::Float(number))
}
