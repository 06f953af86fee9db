//! From what the words may mean to documents in order, in whole numbers.
//!
//! A document earns the impact of every word it holds, more for neighbours that stand side by
//! side, and the sum counts by the square of how much of the query it covers.

use alloc::{vec, vec::Vec};

use crate::{
    Record, Source,
    guess::{Choice, EXACT, OTHER_FORM, Slot, pair_key},
    impact::rarity,
    pieces::settle_last,
};

/// Neighbours weigh no more than this in coverage, however rare they are.
const MOST_PAIR_RARITY: u32 = 24;

/// What one reading of the query says about every document.
pub(crate) struct Scores {
    sums: Vec<u32>,
    coverage: Vec<u32>,
    /// Documents that hold all quoted phrases; none when nothing is quoted.
    admitted: Option<Vec<bool>>,
    /// Whether a posting list had been cut, so that counts are lower bounds.
    pub(crate) is_cut: bool,
}

/// Scores all documents for the slots of one reading.
pub(crate) fn score<S: Source>(source: &mut S, slots: &[Slot]) -> Scores {
    let documents = source.documents();
    let blank = vec![0_u32; documents as usize];
    let mut scores = Scores {
        sums: blank.clone(),
        coverage: blank.clone(),
        admitted: None,
        is_cut: false,
    };
    let mut best = blank;
    for (place, slot) in slots.iter().enumerate() {
        let Some(first) = slot.choices.first() else {
            scores.refuse_unknown_quotation(slot);
            continue;
        };
        best.fill(0);
        for choice in &slot.choices {
            collect_word(choice, &mut best);
            scores.is_cut |= choice.record.is_cut();
        }
        scores.add(&best, rarity(documents, first.record.document_frequency));
        let next = slots.get(place + 1);
        let before = place.checked_sub(1).and_then(|before| slots.get(before));
        let before_is_quoted = before.is_some_and(|before| before.quoted);
        let next_is_quoted = next.is_some_and(|next| next.quoted);
        if slot.quoted && !before_is_quoted && !next_is_quoted {
            scores.require(&best);
        }
        let Some(next) = next else { continue };
        best.fill(0);
        let frequency = collect_pairs(source, slot, next, &mut best);
        if frequency > 0 {
            let pair_rarity = rarity(documents, frequency.min(documents)).min(MOST_PAIR_RARITY);
            scores.add(&best, pair_rarity);
        }
        if slot.quoted && next.quoted {
            scores.require(&best);
        }
    }
    scores
}

impl Scores {
    fn add(&mut self, best: &[u32], rarity: u32) {
        for ((sum, coverage), best) in self.sums.iter_mut().zip(&mut self.coverage).zip(best) {
            if *best > 0 {
                *sum += best;
                *coverage += rarity;
            }
        }
    }

    fn require(&mut self, best: &[u32]) {
        let admitted = self.admitted.get_or_insert_with(|| vec![true; best.len()]);
        for (admitted, best) in admitted.iter_mut().zip(best) {
            *admitted &= *best > 0;
        }
    }

    /// A quoted word that the index does not know: nothing can hold the phrase.
    fn refuse_unknown_quotation(&mut self, slot: &Slot) {
        if slot.quoted {
            self.admitted = Some(vec![false; self.sums.len()]);
        }
    }

    /// Calls back for each document that covers enough of the query, with its score.
    pub(crate) fn for_each(&self, visit: &mut dyn FnMut(u32, u64)) {
        let admitted = |document: usize| {
            self.admitted
                .as_ref()
                .is_none_or(|admitted| admitted.get(document) == Some(&true))
        };
        let most = self
            .coverage
            .iter()
            .enumerate()
            .filter(|(document, _)| admitted(*document))
            .map(|(_, coverage)| *coverage)
            .max()
            .unwrap_or(0);
        for (document, (sum, coverage)) in (0_u32..).zip(self.sums.iter().zip(&self.coverage)) {
            // Two fifths of what the best one covers: the long tail of chance matches is no hit.
            if *sum > 0 && *coverage * 5 >= most * 2 && admitted(document as usize) {
                let coverage = u64::from(*coverage);
                visit(document, u64::from(*sum) * coverage * coverage);
            }
        }
    }
}

/// For each document the best impact of a choice, by how well it is spelt.
fn collect_word(choice: &Choice, best: &mut [u32]) {
    for (form, place) in &choice.record.forms {
        let weight = match &choice.form {
            Some(wanted) if wanted != form => choice.weight * OTHER_FORM / EXACT,
            _ => choice.weight,
        };
        raise(&choice.record, *place, weight, best);
    }
}

/// For each document the best impact of any two choices side by side; how many documents have one.
fn collect_pairs<S: Source>(source: &mut S, left: &Slot, right: &Slot, best: &mut [u32]) -> u32 {
    let mut frequency = 0_u32;
    for one in &left.choices {
        for other in &right.choices {
            let Some(pair) = source.record(&pair_key(&one.key, &other.key)) else {
                continue;
            };
            let weight = one.weight.min(other.weight) * 3 / 2;
            for (_, place) in &pair.forms {
                raise(&pair, *place, weight, best);
            }
            frequency = frequency.saturating_add(pair.document_frequency);
        }
    }
    frequency
}

fn raise(record: &Record, place: usize, weight: u32, best: &mut [u32]) {
    record.for_each_posting(place, &mut |document, value| {
        if let Some(best) = best.get_mut(document as usize) {
            *best = (*best).max(value * weight);
        }
    });
}

/// The highest scores seen, in order; equal ones by document.
pub(crate) struct Top {
    most: usize,
    /// Score and document, best first.
    pub(crate) hits: Vec<(u64, u32)>,
}

impl Top {
    pub(crate) const fn new(most: usize) -> Self {
        Self {
            most,
            hits: Vec::new(),
        }
    }

    pub(crate) fn offer(&mut self, score: u64, document: u32) {
        if self.hits.len() >= self.most && self.hits.last().is_none_or(|last| last.0 >= score) {
            return;
        }
        self.hits.push((score, document));
        settle_last(&mut self.hits, |hit, new| {
            hit.0 < new.0 || hit.0 == new.0 && hit.1 > new.1
        });
        self.hits.truncate(self.most);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_is_ordered_and_ties_go_to_the_earlier_document() {
        let mut top = Top::new(3);
        for (score, document) in [(5, 0), (9, 1), (5, 2), (9, 3), (1, 4)] {
            top.offer(score, document);
        }
        assert_eq!(top.hits, [(9, 1), (9, 3), (5, 0)]);
        let mut none = Top::new(0);
        none.offer(1, 1);
        assert!(none.hits.is_empty());
    }
}
