//! The one way from a query to an answer.

use alloc::{string::String, vec, vec::Vec};

use vitext::render_form;

use crate::{
    Facets, Filter, Kind, Source,
    code::{self, Recognised},
    guess::{self, Slot},
    rank::{Scores, Top, score},
    reading::{self, Reading},
    record::{IS_CODE, QUOTES_CODE},
    snippet::Marks,
};

/// Hits that can be asked for, first to last.
const MOST_HITS: usize = 500;
/// Completions offered while typing.
const MOST_COMPLETIONS: usize = 5;
/// What being the clause, component or rule that was named adds to a score, by likelihood.
const NAMED: u64 = 1 << 49;
/// What quoting it adds.
const QUOTING: u64 = 1 << 47;

/// A document that answers a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Its number.
    pub document: u32,
    /// Its score; higher is better, and equal in every build of the core.
    pub score: u64,
}

/// What the core has to say about a query.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// The documents asked for, best first.
    pub hits: Vec<Found>,
    /// How many documents there are in all.
    pub total: u32,
    /// Whether there may be more: long lists are cut.
    pub at_least: bool,
    /// How many hits there would be of each kind, in the order of [`Kind::ALL`].
    pub kinds: [u32; Kind::ALL.len()],
    /// The query as it was probably meant.
    pub did_you_mean: Option<String>,
    /// How the word being typed may go on: whole queries.
    pub completions: Vec<String>,
    /// Which words to mark in snippets.
    pub marks: Marks,
}

/// Answers a query: hits from `skip` on, at most `limit`.
///
/// Any string is a query. Words beyond the first two dozen are not looked at.
pub fn answer<S: Source>(
    source: &mut S,
    query: &str,
    filter: Filter,
    skip: usize,
    limit: usize,
) -> Answer {
    let query = reading::clip(query);
    let mut collected = Collected::new(source.documents());
    let named = code::recognise(query);
    let found = collected.add_named(source, &named);
    let mut answer = Answer::default();
    if found && named.whole {
        answer.marks.anchors = named.codes.iter().map(|code| code::anchor(code)).collect();
        collected.finish(source, filter, skip, limit, &mut answer);
        return answer;
    }
    let literal = reading::literal(query);
    let translated = reading::translated(source, &literal);
    let slots = slots(source, &literal);
    collected.add_scores(&score(source, &slots));
    answer.marks.add(&slots);
    if let Some(translated) = &translated {
        let slots = self::slots(source, translated);
        collected.add_scores(&score(source, &slots));
        answer.marks.add(&slots);
    }
    collected.finish(source, filter, skip, limit, &mut answer);
    answer.completions = completions(query, &literal, &slots);
    if translated.is_none()
        && let Some(best) = answer.hits.first()
    {
        answer.did_you_mean = did_you_mean(query, &slots, best.document);
    }
    answer
}

/// What each word of a reading may mean.
fn slots<S: Source>(source: &mut S, reading: &Reading) -> Vec<Slot> {
    let mut slots: Vec<Slot> = Vec::new();
    for word in &reading.words {
        let before = if word.token.after_pause {
            None
        } else {
            slots.last()
        };
        let slot = guess::slot(source, word, before, !reading.marked);
        let parts = if slot.choices.is_empty() && !source.is_waiting() {
            guess::split(source, word)
        } else {
            None
        };
        match parts {
            Some(parts) => slots.extend(parts),
            None => slots.push(slot),
        }
    }
    slots
}

/// Scores of all documents, from every reading of the query.
struct Collected {
    scores: Vec<u64>,
    is_cut: bool,
}

impl Collected {
    fn new(documents: u32) -> Self {
        Self {
            scores: vec![0; documents as usize],
            is_cut: false,
        }
    }

    /// Whether any code that the query names is in the index; then its entries come first, and
    /// those that quote it next.
    fn add_named<S: Source>(&mut self, source: &mut S, named: &Recognised) -> bool {
        let mut found = false;
        for (place, code) in named.codes.iter().enumerate() {
            let mut code = code.as_str();
            loop {
                let boost = NAMED >> place.min(1);
                let is_known = self.add_code(source, IS_CODE, code, boost);
                if is_known {
                    self.add_code(source, QUOTES_CODE, code, QUOTING);
                    found = true;
                    break;
                }
                // A clause that does not exist: the one it would stand in, if that has a number.
                let above = code.bytes().rposition(|byte| byte == b'.');
                match above.and_then(|end| code.get(..end)) {
                    Some(parent) if parent.bytes().any(|byte| byte == b'.') => code = parent,
                    _ => break,
                }
            }
        }
        found
    }

    fn add_code<S: Source>(&mut self, source: &mut S, sort: char, code: &str, boost: u64) -> bool {
        let mut key = String::from(sort);
        key.push_str(code);
        let Some(record) = source.record(&key) else {
            return false;
        };
        for (_, place) in &record.forms {
            record.for_each_posting(*place, &mut |document, value| {
                if let Some(score) = self.scores.get_mut(document as usize) {
                    *score = (*score).max(boost + u64::from(value));
                }
            });
        }
        true
    }

    fn add_scores(&mut self, scores: &Scores) {
        self.is_cut |= scores.is_cut;
        let mut best: Vec<(u32, u64)> = Vec::new();
        scores.for_each(&mut |document, score| best.push((document, score)));
        for (document, score) in best {
            if let Some(kept) = self.scores.get_mut(document as usize) {
                // Words add to a document that was named; readings compete.
                let named = *kept & !(QUOTING - 1);
                *kept = named + (*kept - named).max(score.min(QUOTING / 16 - 1));
            }
        }
    }

    /// Counts, filters and orders.
    fn finish<S: Source>(
        &self,
        source: &S,
        filter: Filter,
        skip: usize,
        limit: usize,
        answer: &mut Answer,
    ) {
        let skip = skip.min(MOST_HITS);
        let mut top = Top::new((skip + limit).min(MOST_HITS));
        for (document, score) in (0_u32..).zip(&self.scores) {
            if *score == 0 {
                continue;
            }
            let facets: Facets = source.facets(document);
            let any_kind = Filter {
                kind: None,
                ..filter
            };
            if any_kind.admits(facets)
                && let Some(count) = answer.kinds.get_mut(facets.kind as usize)
            {
                *count += 1;
            }
            if filter.admits(facets) {
                answer.total += 1;
                top.offer(by_kind(*score, facets.kind), document);
            }
        }
        answer.at_least = self.is_cut;
        answer.hits = top
            .hits
            .into_iter()
            .skip(skip)
            .map(|(score, document)| Found { document, score })
            .collect();
    }
}

/// A score weighted by kind, except for what was named.
fn by_kind(score: u64, kind: Kind) -> u64 {
    let named = score & !(QUOTING - 1);
    named + (score - named) * kind.prior() / 16
}

/// How the last word may go on.
fn completions(query: &str, literal: &Reading, slots: &[Slot]) -> Vec<String> {
    let (Some(word), Some(slot)) = (literal.words.last(), slots.last()) else {
        return Vec::new();
    };
    let Some(span) = word.span.as_ref().filter(|_| word.open) else {
        return Vec::new();
    };
    let before = query.get(..span.start).unwrap_or("");
    let mut completions = Vec::new();
    for choice in slot
        .choices
        .iter()
        .skip(slot.completions_from)
        .take(MOST_COMPLETIONS)
    {
        let mut best = (0, "");
        for (form, place) in &choice.record.forms {
            let mut sum = 0_u32;
            choice
                .record
                .for_each_posting(*place, &mut |_, value| sum += value);
            if sum > best.0 {
                best = (sum, form);
            }
        }
        let mut whole = String::from(before);
        whole.push_str(&render_form(best.1));
        completions.push(whole);
    }
    completions
}

/// The query in the words of its best hit, if that spells them otherwise.
fn did_you_mean(query: &str, slots: &[Slot], document: u32) -> Option<String> {
    let mut meant = String::new();
    let (mut from, mut changed) = (0, false);
    for slot in slots {
        let Some(span) = &slot.span else { continue };
        let Some(form) = form_in(slot, document) else {
            continue;
        };
        meant.push_str(query.get(from..span.start).unwrap_or(""));
        if span.is_empty() && from == span.start {
            // The second half of two syllables run together.
            meant.push(' ');
        }
        meant.push_str(&render_form(form));
        from = span.end;
        changed = true;
    }
    meant.push_str(query.get(from..).unwrap_or(""));
    changed.then_some(meant)
}

/// How the document spells a word that was guessed, or typed with other marks; none when what was
/// typed is right as it is.
fn form_in(slot: &Slot, document: u32) -> Option<&str> {
    let corrections = slot.choices.iter().take(slot.completions_from);
    let mut best: Option<(u32, &str)> = None;
    for choice in corrections {
        let is_typed = choice.form.as_ref();
        if !slot.guessed && is_typed.is_none_or(|typed| choice.record.has_form(typed)) {
            return None;
        }
        for (form, place) in &choice.record.forms {
            choice
                .record
                .for_each_posting(*place, &mut |held_by, value| {
                    let weighed = value * choice.weight;
                    if held_by == document && best.is_none_or(|(most, _)| weighed > most) {
                        best = Some((weighed, form));
                    }
                });
        }
    }
    best.map(|(_, form)| form)
}
