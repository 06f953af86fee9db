//! Digests: SHA-256, in hexadecimal digits where people or names need them.

use std::{fmt, str};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sha2::{Digest as _, Sha256};

/// SHA-256 of some bytes. In JSON it is lower-case hex, in what only this program reads its bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest([u8; 32]);

/// The digest of some bytes.
pub(crate) fn of(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

impl Digest {
    /// What was put into a hash.
    pub(crate) fn finished(hash: Sha256) -> Self {
        Self(hash.finalize().into())
    }

    pub(crate) const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Its first bytes, as a number.
    pub(crate) fn number(&self) -> u128 {
        let bytes: [u8; 16] = std::array::from_fn(|place| self.0[place]);
        u128::from_be_bytes(bytes)
    }

    /// Its digits, two a byte.
    fn digits(&self) -> [u8; 64] {
        const DIGITS: [u8; 16] = *b"0123456789abcdef";
        std::array::from_fn(|place| {
            let byte = self.0[place / 2];
            let half = if place % 2 == 0 { byte >> 4 } else { byte & 15 };
            DIGITS[usize::from(half)]
        })
    }

    /// The digest with these digits.
    fn parse(text: &str) -> Option<Self> {
        let digits: &[u8; 64] = text.as_bytes().try_into().ok()?;
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let [high, low] = [value(pair[0])?, value(pair[1])?];
            *byte = high << 4 | low;
        }
        Some(Self(bytes))
    }
}

/// What a lower-case digit stands for.
const fn value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

/// With a precision, that many digits.
impl fmt::Display for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(str::from_utf8(&self.digits()).unwrap_or_default())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.serialize_str(str::from_utf8(&self.digits()).unwrap_or_default())
        } else {
            self.0.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return <[u8; 32]>::deserialize(deserializer).map(Self);
        }
        let text = <&str>::deserialize(deserializer)?;
        Self::parse(text).ok_or_else(|| D::Error::custom("not 64 lower-case hexadecimal digits"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From FIPS 180-4's examples.
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn a_digest_is_lower_case_hex() {
        let digest = of(b"abc");
        assert_eq!(digest.to_string(), ABC);
        assert_eq!(format!("{digest:.16}"), ABC[..16]);
        assert_eq!(
            serde_json::to_string(&digest).unwrap(),
            format!("\"{ABC}\"")
        );
        assert_eq!(
            serde_json::from_str::<Digest>(&format!("\"{ABC}\"")).unwrap(),
            digest
        );
        assert_eq!(digest.number() >> 120, 0xba);
    }

    #[test]
    fn what_is_no_digest_is_refused() {
        let (short, upper) = (&ABC[1..], ABC.to_uppercase());
        let odd = format!("g{short}");
        for text in [short, &upper, &odd, "", "\u{e9}"] {
            assert!(
                serde_json::from_str::<Digest>(&format!("\"{text}\"")).is_err(),
                "{text}"
            );
        }
    }
}
