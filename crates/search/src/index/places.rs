//! Where everything stands in the bytes of a part.

use std::ops::Range;

use flate2::Crc;

use super::{FORM, part::SORTS};
use crate::{Stacking, bytes::Reader};

/// Where everything stands in the bytes of a part.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    pub(super) facets: Range<usize>,
    pub(super) tokens: [u64; 4],
    pub(super) lengths: [Range<usize>; 4],
    pub(super) stacking: Stacking,
    /// Of each stack of cards.
    pub(super) stacks: Vec<Range<usize>>,
    /// Of each sort of terms.
    pub(super) terms: [Range<usize>; SORTS],
    pub(super) segment: Vec<(String, Range<usize>)>,
}

/// Where the sum of a part's bytes stands, before all that it is the sum of: many parts are read with every edit,
/// and a digest of them all would take longer than anything else that is done then.
pub(super) const SUM: Range<usize> = 4..8;

/// The sum of a part's bytes.
pub(super) fn sum(bytes: &[u8]) -> [u8; 4] {
    let mut sum = Crc::new();
    sum.update(bytes.get(SUM.end..).unwrap_or(&[]));
    sum.sum().to_le_bytes()
}

impl Places {
    /// The places in a part's bytes; none if these are damaged or of another form.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        (bytes.get(SUM)? == sum(bytes)).then_some(())?;
        let mut reader = Reader::new(bytes, 0);
        (reader.take(SUM.start) == FORM.to_le_bytes()).then_some(())?;
        reader.take(SUM.len());
        let documents = reader.length();
        let range = |reader: &mut Reader<'_>, length: usize| {
            let start = reader.position();
            let taken = reader.take(length).len();
            // A length that was cut off reads as none, and the reading counts on past the end.
            (taken == length && start <= bytes.len()).then_some(start..start + length)
        };
        let mut places = Self {
            facets: range(&mut reader, documents)?,
            ..Self::default()
        };
        for (tokens, lengths) in places.tokens.iter_mut().zip(&mut places.lengths) {
            *tokens = u64::from_le_bytes(reader.take(8).try_into().ok()?);
            *lengths = range(&mut reader, documents)?;
        }
        let sized = |reader: &mut Reader<'_>| {
            let length = reader.length();
            range(reader, length)
        };
        places.stacking = Stacking::new(reader.byte());
        for _ in 0..documents.div_ceil(places.stacking.cards()) {
            places.stacks.push(sized(&mut reader)?);
        }
        for terms in &mut places.terms {
            *terms = sized(&mut reader)?;
        }
        for _ in 0..reader.length() {
            let name = sized(&mut reader)?;
            let name = std::str::from_utf8(bytes.get(name)?).ok()?.to_owned();
            places.segment.push((name, sized(&mut reader)?));
        }
        (reader.position() == bytes.len()).then_some(places)
    }
}
