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

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Heading => "heading",
            Self::Body => "body",
            Self::Alias => "alias",
        }
    }

    const fn weight(self) -> u64 {
        match self {
            Self::Title => 8,
            Self::Heading => 3,
            Self::Body => 2,
            Self::Alias => 4,
        }
    }
}

/// How often a word stands in one field of a document, and how long that field is.
#[cfg(feature = "index")]
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Occurrence {
    pub(crate) frequency: u32,
    pub(crate) field_length: u32,
}

/// A mean length rounded to five binary digits: a few words more or less in one document change no mean, and
/// so no level of any other document.
#[cfg(feature = "index")]
pub(crate) fn coarse(mean: u64) -> u64 {
    let shift = mean.checked_ilog2().unwrap_or(0).saturating_sub(4);
    let half = (1 << shift) >> 1;
    ((mean + half) >> shift) << shift
}

/// The level of a word in a document: BM25 with k₁ = 1.2 and b = 0.75 in each field, summed by
/// field weight and multiplied by rarity. `mean_lengths` are in thousandths.
#[cfg(feature = "index")]
pub(crate) fn level(rarity: u32, occurrences: &[Occurrence; 4], mean_lengths: &[u64; 4]) -> u8 {
    let mut sum = 0_u64;
    for ((field, occurrence), mean) in Field::ALL.iter().zip(occurrences).zip(mean_lengths) {
        let frequency = u64::from(occurrence.frequency);
        if frequency == 0 {
            continue;
        }
        let length = u64::from(occurrence.field_length) * 900_000 / (*mean).max(1);
        let saturated = frequency * 2200 * 256 / (frequency * 1000 + 300 + length);
        sum += field.weight() * saturated;
    }
    let value = (sum * u64::from(rarity) + 1000) / 2000;
    // At most 32 levels.
    #[expect(clippy::cast_possible_truncation, reason = "an index into 32 levels")]
    let level = LEVELS
        .partition_point(|step| u64::from(*step) <= value)
        .saturating_sub(1) as u8;
    level
}

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
    fn means_are_rounded_by_a_thirtieth_at_most() {
        for mean in [0, 1, 15, 31, 32, 33, 1_000, 1_023, 601_234, 1 << 40] {
            assert!(coarse(mean).abs_diff(mean) <= mean / 30, "{mean}");
        }
        assert_eq!(coarse(601_234), coarse(602_000));
    }

    #[test]
    fn titles_and_short_fields_weigh_more() {
        let in_field = |field: usize, frequency, field_length| {
            let mut occurrences = [Occurrence::default(); 4];
            occurrences[field] = Occurrence {
                frequency,
                field_length,
            };
            level(40, &occurrences, &[8_000, 20_000, 600_000, 8_000])
        };
        assert!(in_field(0, 1, 8) > in_field(1, 1, 20));
        assert!(in_field(1, 1, 20) > in_field(2, 1, 600));
        assert!(in_field(2, 3, 600) > in_field(2, 1, 600));
        assert!(in_field(2, 1, 100) > in_field(2, 1, 2000));
        assert_eq!(in_field(2, 0, 600), 0);
    }
}
