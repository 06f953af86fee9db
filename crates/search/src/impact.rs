//! How much a word says about a document, in whole numbers.
//!
//! Impacts are computed once, when an index is exported or a record is first read, and quantised
//! to 31 levels; everything after that is integer arithmetic, so that every build of the query
//! core on every machine ranks alike.

/// What each level is worth. Roughly exponential: small impacts keep their differences.
pub(crate) const LEVELS: [u16; 32] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 19, 22, 26, 30, 35, 41, 48, 56, 65, 76, 89, 104,
    121, 141, 165, 193, 225, 260, 300,
];

/// The value of a level.
pub(crate) fn level_value(level: u8) -> u32 {
    LEVELS
        .get(usize::from(level))
        .map_or(0, |value| u32::from(*value))
}

/// Rarity: eight times the binary logarithm of `(2n + 2) / (2·df + 1)`, by its leading bits, at
/// least 1. The mantissa is read off linearly, which is near enough and the same everywhere.
pub(crate) fn rarity(documents: u32, document_frequency: u32) -> u32 {
    let numerator = (2 * u64::from(documents) + 2) << 8;
    let ratio = numerator / (2 * u64::from(document_frequency) + 1);
    match ratio.checked_ilog2() {
        Some(log) if log >= 8 => {
            let mantissa = (ratio >> (log - 3)) & 7;
            // Three bits.
            ((log - 8) * 8 + mantissa as u32).max(1)
        }
        _ => 1,
    }
}

/// The field a word stands in, with half-units of weight: titles say most.
#[cfg(feature = "index")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Title,
    Heading,
    Body,
    Alias,
}

#[cfg(feature = "index")]
impl Field {
    pub(crate) const ALL: [Self; 4] = [Self::Title, Self::Heading, Self::Body, Self::Alias];

    const fn weight(self) -> u64 {
        match self {
            Self::Title => 8,
            Self::Heading => 3,
            Self::Body => 2,
            Self::Alias => 4,
        }
    }
}

/// A mean length rounded to five binary digits: a few words more or less in one document change no mean, and
/// so no level of any other document.
#[cfg(feature = "index")]
pub(crate) fn coarse(mean: u64) -> u64 {
    let shift = mean.checked_ilog2().unwrap_or(0).saturating_sub(4);
    let half = (1 << shift) >> 1;
    ((mean + half) >> shift) << shift
}

/// How far the length of a field weakens the words in it, in thousandths: BM25's k₁ · (1 − b + b · length / mean)
/// with k₁ = 1.2 and b = 0.75. `mean_length` is in thousandths.
#[cfg(feature = "index")]
pub(crate) fn damping(field_length: u32, mean_length: u64) -> u64 {
    300 + u64::from(field_length) * 900_000 / mean_length.max(1)
}

/// What a word that stands so often in a field says about a document, of which `damping` tells what the field's
/// length does: BM25 times the weight of the field.
#[cfg(feature = "index")]
pub(crate) fn weight(field: Field, frequency: u32, damping: u64) -> u64 {
    let frequency = u64::from(frequency);
    field.weight() * (frequency * 2200 * 256 / (frequency * 1000 + damping))
}

/// The level of a word in a document: the weights of all fields together, multiplied by rarity.
#[cfg(feature = "index")]
pub(crate) fn level(rarity: u32, weights: u64) -> u8 {
    let value = (weights * u64::from(rarity) + 1000) / 2000;
    let value = usize::try_from(value).unwrap_or(usize::MAX);
    let highest = LEVEL_OF.len() - 1;
    LEVEL_OF.get(value.min(highest)).copied().unwrap_or(0)
}

/// The level of each value; greater values have the last.
#[cfg(feature = "index")]
const LEVEL_OF: [u8; LEVELS[31] as usize + 1] = {
    let mut levels = [0; LEVELS[31] as usize + 1];
    let (mut value, mut level) = (0, 0);
    while value < levels.len() {
        while level < 31 && LEVELS[level as usize + 1] as usize <= value {
            level += 1;
        }
        levels[value] = level;
        value += 1;
    }
    levels
};

#[cfg(all(test, feature = "index"))]
mod tests {
    use super::*;

    #[test]
    fn rare_words_weigh_more() {
        assert!(rarity(1000, 1) > rarity(1000, 10));
        assert!(rarity(1000, 10) > rarity(1000, 500));
        assert_eq!(rarity(1000, 1000), 1);
        assert_eq!(rarity(0, 0), 8);
        assert_eq!(rarity(u32::MAX, 0), 8 * 33);
    }

    #[test]
    fn every_value_has_the_level_below_it() {
        for (value, level) in (0..).zip(LEVEL_OF) {
            let next = LEVELS.get(usize::from(level) + 1);
            assert!(LEVELS[usize::from(level)] <= value);
            assert!(next.is_none_or(|next| *next > value));
        }
    }

    #[test]
    fn means_are_rounded_by_a_thirtieth_at_most() {
        for mean in [0, 1, 15, 31, 32, 33, 1_000, 1_023, 601_234, 1 << 40] {
            assert!(coarse(mean).abs_diff(mean) <= mean / 30, "{mean}");
        }
        assert_eq!(coarse(601_234), coarse(602_000));
    }

    #[test]
    fn titles_and_short_fields_weigh_more() {
        let in_field = |field: usize, frequency, field_length| {
            let mean = [8_000, 20_000, 600_000, 8_000][field];
            let damping = damping(field_length, mean);
            level(40, weight(Field::ALL[field], frequency, damping))
        };
        assert!(in_field(0, 1, 8) > in_field(1, 1, 20));
        assert!(in_field(1, 1, 20) > in_field(2, 1, 600));
        assert!(in_field(2, 3, 600) > in_field(2, 1, 600));
        assert!(in_field(2, 1, 100) > in_field(2, 1, 2000));
        assert_eq!(in_field(2, 0, 600), 0);
    }
}
