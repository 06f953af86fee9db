//! Digests: SHA-256, in hexadecimal digits where people or names need them.

use std::{
    fmt,
    hash::{Hash, Hasher},
    str,
};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sha2::{Digest as _, Sha256};

/// SHA-256 of some bytes. In JSON it is lower-case hex, in what only this program reads its bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest([u8; 32]);

/// The digest of some bytes.
pub(crate) fn of(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

/// The digest of what a value gives to a hasher, which only this program makes again.
pub(crate) fn of_value(value: &impl Hash) -> Digest {
    let mut gathered = Gathered(Vec::with_capacity(4096));
    value.hash(&mut gathered);
    of(&gathered.0)
}

/// What a value says of itself. Its pieces are many and small, so they are gathered and hashed in one go. (The index has
/// one of its own for its entries: neither crate has a room that both could use.)
struct Gathered(Vec<u8>);

impl Hasher for Gathered {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        unreachable!("the digest is taken instead")
    }
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
        let mut digits = [0; 64];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(self.0) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        digits
    }

    /// Its first digits, at most all 64.
    pub(crate) fn start(&self, length: usize) -> String {
        let digits = self.digits();
        let start = digits.get(..length).unwrap_or(&digits);
        start.iter().copied().map(char::from).collect()
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

impl fmt::Display for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(str::from_utf8(&self.digits()).unwrap_or_default())
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
        assert_eq!(digest.start(16), ABC[..16]);
        assert_eq!(digest.start(65), ABC);
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
