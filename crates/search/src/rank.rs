//! From what the words may mean to documents in order, in whole numbers.
//!
//! A document earns the impact of every word it holds, more for neighbours that stand side by
//! side, and the sum counts by the square of how much of the query it covers.

use alloc::{vec, vec::Vec};

use crate::{
    Source,
    guess::{Choice, EXACT, OTHER_FORM, Slot, pair_key},
    impact::rarity,
    pieces::settle_last,
};

/// Neighbours weigh no more than this in coverage, however rare they are.
const MOST_PAIR_RARITY: u32 = 24;

/// What being the clause, component or rule that was named adds to a score, by likelihood.
pub(crate) const NAMED: u64 = 1 << 49;
/// What quoting it adds.
pub(crate) const QUOTING: u64 = 1 << 47;

/// How every document stands.
pub(crate) struct Board {
    standings: Vec<Standing>,
    /// Whether a posting list had been cut, so that counts are lower bounds.
    pub(crate) is_cut: bool,
}

/// How a document stands.
#[derive(Clone, Default)]
struct Standing {
    /// Its score, from every reading so far.
    score: u64,
    /// What it has earned in the reading at hand, and how much of the query it covers.
    sum: u32,
    coverage: u32,
    /// Its best impact for the word or pair at hand.
    best: u32,
    /// How many quoted words and pairs it lacks.
    lacks: u32,
}

impl Board {
    pub(crate) fn new(documents: u32) -> Self {
        Self {
            standings: vec![Standing::default(); documents as usize],
            is_cut: false,
        }
    }

    /// A document that was named, or that quotes what was.
    pub(crate) fn name(&mut self, document: u32, score: u64) {
        if let Some(standing) = self.standings.get_mut(document as usize) {
            standing.score = standing.score.max(score);
        }
    }

    /// Each document that has a score.
    pub(crate) fn for_each(&self, visit: &mut dyn FnMut(u32, u64)) {
        for (document, standing) in (0_u32..).zip(&self.standings) {
            if standing.score > 0 {
                visit(document, standing.score);
            }
        }
    }

    /// Scores all documents for the slots of one reading. Readings compete.
    pub(crate) fn read<S: Source>(&mut self, source: &mut S, slots: &[Slot]) {
        for standing in &mut self.standings {
            *standing = Standing {
                score: standing.score,
                ..Standing::default()
            };
        }
        let documents = source.documents();
        let mut pairs_with_before = false;
        for (place, slot) in slots.iter().enumerate() {
            let next = slots.get(place + 1);
            if let Some(first) = slot.choices.first() {
                for choice in &slot.choices {
                    self.collect_word(choice);
                    self.is_cut |= choice.record.is_cut();
                }
                self.add(rarity(documents, first.record.document_frequency));
            }
            let pairs_with_next =
                slot.quoted && next.is_some_and(|next| next.quoted && !next.after_pause);
            // Where words stand side by side in a quotation, pairs are required: lists of words may
            // have been cut. A word that the index does not know: nothing can hold the phrase.
            let is_alone = !pairs_with_before && !pairs_with_next;
            if slot.quoted && (is_alone || slot.choices.is_empty()) {
                self.require();
            }
            pairs_with_before = pairs_with_next;
            self.clear();
            let Some(next) = next.filter(|_| !slot.choices.is_empty()) else {
                continue;
            };
            let frequency = self.collect_pairs(source, slot, next);
            if frequency > 0 {
                let rarity = rarity(documents, frequency.min(documents));
                self.add(rarity.min(MOST_PAIR_RARITY));
            }
            if pairs_with_next {
                self.require();
            }
            self.clear();
        }
        self.settle();
    }

    fn add(&mut self, rarity: u32) {
        for standing in &mut self.standings {
            if standing.best > 0 {
                standing.sum += standing.best;
                standing.coverage += rarity;
            }
        }
    }

    fn require(&mut self) {
        for standing in &mut self.standings {
            standing.lacks += u32::from(standing.best == 0);
        }
    }

    fn clear(&mut self) {
        for standing in &mut self.standings {
            standing.best = 0;
        }
    }

    /// Puts the reading at hand into the scores of the documents that cover enough of the query.
    fn settle(&mut self) {
        let mut most = 0;
        for standing in &self.standings {
            if standing.lacks == 0 {
                most = most.max(standing.coverage);
            }
        }
        for standing in &mut self.standings {
            // Two fifths of what the best one covers: the long tail of chance matches is no hit.
            if standing.lacks == 0 && standing.coverage * 5 >= most * 2 {
                let coverage = u64::from(standing.coverage);
                let score = u64::from(standing.sum) * coverage * coverage;
                // Words add to a document that was named.
                let named = standing.score & !(QUOTING - 1);
                let words = (standing.score - named).max(score.min(QUOTING / 16 - 1));
                standing.score = named + words;
            }
        }
    }

    /// For each document the best impact of a choice, by how well it is spelt.
    fn collect_word(&mut self, choice: &Choice) {
        let other = choice.weight * OTHER_FORM / EXACT;
        choice.record.for_each(&mut |form, document, value| {
            let is_other = choice.form.as_ref().is_some_and(|wanted| wanted != form);
            self.raise(
                document,
                value * if is_other { other } else { choice.weight },
            );
        });
    }

    /// For each document the best impact of any two choices side by side; how many documents have
    /// one.
    fn collect_pairs<S: Source>(&mut self, source: &mut S, left: &Slot, right: &Slot) -> u32 {
        let mut frequency = 0_u32;
        for one in &left.choices {
            for other in &right.choices {
                let Some(pair) = source.record(&pair_key(&one.record.key, &other.record.key))
                else {
                    continue;
                };
                let weight = one.weight.min(other.weight) * 3 / 2;
                pair.for_each(&mut |_, document, value| self.raise(document, value * weight));
                frequency = frequency.saturating_add(pair.document_frequency);
            }
        }
        frequency
    }

    fn raise(&mut self, document: u32, earned: u32) {
        if let Some(standing) = self.standings.get_mut(document as usize) {
            standing.best = standing.best.max(earned);
        }
    }
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
