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

/// How the documents stand that hold anything of the query: some hundreds, of however many there are.
pub(crate) struct Board {
    /// Of every document, the place of its standing counted from 1; 0 while it has none.
    places: Vec<usize>,
    standings: Vec<Standing>,
    /// Those that hold the word or pair at hand.
    holding: Vec<u32>,
    /// How many quoted words and pairs the reading at hand has had.
    required: u32,
    /// Whether a posting list had been cut, so that counts are lower bounds.
    pub(crate) is_cut: bool,
}

/// How a document stands.
#[derive(Clone, Default)]
struct Standing {
    document: u32,
    /// Its score, from every reading so far.
    score: u64,
    /// What it has earned in the reading at hand, and how much of the query it covers.
    sum: u32,
    coverage: u32,
    /// Its best impact for the word or pair at hand.
    best: u32,
    /// How many quoted words and pairs it holds.
    quoted: u32,
}

impl Board {
    pub(crate) fn new(documents: u32) -> Self {
        Self {
            places: vec![0; documents as usize],
            standings: Vec::new(),
            holding: Vec::new(),
            required: 0,
            is_cut: false,
        }
    }

    /// A document's standing, which begins with the first word that it holds; none if there is no such
    /// document.
    fn standing(&mut self, document: u32) -> Option<&mut Standing> {
        let place = self.places.get_mut(document as usize)?;
        if *place == 0 {
            self.standings.push(Standing {
                document,
                ..Standing::default()
            });
            *place = self.standings.len();
        }
        self.standings.get_mut(*place - 1)
    }

    /// A document that was named, or that quotes what was.
    pub(crate) fn name(&mut self, document: u32, score: u64) {
        if let Some(standing) = self.standing(document) {
            standing.score = standing.score.max(score);
        }
    }

    /// Each document that has a score, in no order.
    pub(crate) fn for_each(&self, visit: &mut dyn FnMut(u32, u64)) {
        for standing in &self.standings {
            if standing.score > 0 {
                visit(standing.document, standing.score);
            }
        }
    }

    /// Scores the documents for the slots of one reading. Readings compete.
    pub(crate) fn read<S: Source>(&mut self, source: &mut S, slots: &[Slot]) {
        self.required = 0;
        for standing in &mut self.standings {
            (standing.sum, standing.coverage, standing.quoted) = (0, 0, 0);
        }
        let documents = source.documents();
        let mut pairs_with_before = false;
        for (place, slot) in slots.iter().enumerate() {
            let next = slots.get(place + 1);
            for choice in &slot.choices {
                self.collect_word(choice);
                self.is_cut |= choice.record.is_cut();
            }
            let pairs_with_next =
                slot.quoted && next.is_some_and(|next| next.quoted && !next.after_pause);
            // Where words stand side by side in a quotation, pairs are required: lists of words may
            // have been cut. A word that the index does not know: nothing can hold the phrase.
            let is_alone = !pairs_with_before && !pairs_with_next;
            let first = slot.choices.first();
            let frequency = first.map_or(0, |first| first.record.document_frequency);
            let is_required = slot.quoted && (is_alone || first.is_none());
            self.close(rarity(documents, frequency), is_required);
            pairs_with_before = pairs_with_next;
            let Some(next) = next.filter(|_| first.is_some()) else {
                continue;
            };
            let frequency = self.collect_pairs(source, slot, next).min(documents);
            let rarity = rarity(documents, frequency).min(MOST_PAIR_RARITY);
            self.close(rarity, pairs_with_next);
        }
        self.settle();
    }

    /// Gives those that hold the word or pair at hand what it earns them.
    fn close(&mut self, rarity: u32, is_required: bool) {
        self.required += u32::from(is_required);
        while let Some(document) = self.holding.pop() {
            if let Some(standing) = self.standing(document) {
                standing.sum += standing.best;
                standing.coverage += rarity;
                standing.quoted += u32::from(is_required);
                standing.best = 0;
            }
        }
    }

    /// Puts the reading at hand into the scores of the documents that cover enough of the query. What
    /// no word of it stands in keeps its score.
    fn settle(&mut self) {
        let mut most = 0;
        for standing in &mut self.standings {
            if standing.quoted < self.required {
                standing.coverage = 0;
            }
            most = most.max(standing.coverage);
        }
        for standing in &mut self.standings {
            // Two fifths of what the best one covers: the long tail of chance matches is no hit.
            if standing.coverage * 5 >= most * 2 {
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
        let Some(standing) = self.standing(document) else {
            return;
        };
        let before = standing.best;
        standing.best = before.max(earned);
        if before == 0 && earned > 0 {
            self.holding.push(document);
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
        for (score, document) in [(5, 2), (9, 3), (5, 0), (9, 1), (1, 4), (5, 5)] {
            top.offer(score, document);
        }
        assert_eq!(top.hits, [(9, 1), (9, 3), (5, 0)]);
        let mut none = Top::new(0);
        none.offer(1, 1);
        assert!(none.hits.is_empty());
    }
}
