//! The one way from a query to an answer.

use alloc::{string::String, vec::Vec};

use vitext::render_form;

use crate::{
    Facets, Filter, Kind, Source,
    code::{self, Recognised},
    guess::{self, Slot, pair_key},
    rank::{Board, NAMED, QUOTING, Top},
    reading::{self, Reading},
    record::{IS_CODE, QUOTES_CODE},
    snippet::Marks,
};

/// Hits that can be asked for, first to last.
const MOST_HITS: usize = 500;
/// Completions offered while typing.
const MOST_COMPLETIONS: usize = 5;
/// A document that answers a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Its number.
    pub document: u32,
    /// Its score; higher is better, and equal in every build of the core.
    pub score: u64,
}

/// What the core has to say about a query.
#[derive(Debug, Clone)]
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

impl Default for Answer {
    fn default() -> Self {
        Self::new()
    }
}

impl Answer {
    /// The answer to no question.
    pub const fn new() -> Self {
        Self {
            hits: Vec::new(),
            total: 0,
            at_least: false,
            kinds: [0; Kind::ALL.len()],
            did_you_mean: None,
            completions: Vec::new(),
            marks: Marks::new(),
        }
    }
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
    let mut board = Board::new(source.documents());
    let named = code::recognise(query);
    let found = add_named(source, &mut board, &named);
    let mut answer = Answer::new();
    if named.whole && source.missed() > 0 {
        return answer;
    }
    if found && named.whole {
        for code in &named.codes {
            answer.marks.anchors.push(code::anchor(code));
        }
        finish(source, &board, filter, skip, limit, &mut answer);
        return answer;
    }
    let literal = reading::literal(query);
    let translated = reading::translated(source, &literal);
    let slots = slots(source, query, &literal);
    let translated_slots = translated
        .as_ref()
        .map(|translated| self::slots(source, query, translated));
    if source.missed() > 0 {
        // The query will be asked again: what it will want then may come along.
        touch_pairs(source, &literal, &slots);
        if let (Some(translated), Some(slots)) = (&translated, &translated_slots) {
            touch_pairs(source, translated, slots);
        }
        return answer;
    }
    board.read(source, &slots);
    answer.marks.add(&slots);
    if let Some(slots) = &translated_slots {
        board.read(source, slots);
        answer.marks.add(slots);
    }
    finish(source, &board, filter, skip, limit, &mut answer);
    answer.completions = completions(query, &literal, &slots);
    if translated.is_none()
        && let Some(best) = answer.hits.first()
    {
        answer.did_you_mean = did_you_mean(query, &slots, best.document);
    }
    answer
}

/// Looks up the neighbours of a reading, by what is known of its words so far.
fn touch_pairs<S: Source>(source: &mut S, reading: &Reading, slots: &[Slot]) {
    if reading.words.len() != slots.len() {
        return;
    }
    let key = |place: usize| {
        let known = slots.get(place)?.choices.first();
        let key = known.map(|choice| choice.record.key.as_str());
        key.or_else(|| Some(reading.words.get(place)?.token.key.as_str()))
    };
    let mut place = 0;
    while let (Some(left), Some(right)) = (key(place), key(place + 1)) {
        place += 1;
        source.record(&pair_key(left, right));
    }
}

/// What each word of a reading may mean.
fn slots<S: Source>(source: &mut S, query: &str, reading: &Reading) -> Vec<Slot> {
    let mut slots: Vec<Slot> = Vec::new();
    for word in &reading.words {
        let before = if word.token.after_pause {
            None
        } else {
            slots.last()
        };
        let span = word.span.clone().unwrap_or_default();
        let typed = query.get(span).unwrap_or("");
        let missed = source.missed();
        let slot = guess::slot(source, word, typed, before, !reading.marked);
        let parts = if slot.choices.is_empty() && source.missed() == missed {
            guess::split(source, word)
        } else {
            None
        };
        match parts {
            Some((left, right)) => {
                slots.push(left);
                slots.push(right);
            }
            None => slots.push(slot),
        }
    }
    slots
}

/// Whether any code that the query names is in the index; then its entries come first, and those
/// that quote it next.
fn add_named<S: Source>(source: &mut S, board: &mut Board, named: &Recognised) -> bool {
    let mut found = false;
    for (place, code) in named.codes.iter().enumerate() {
        let mut code = code.as_str();
        loop {
            if add_code(source, board, IS_CODE, code, NAMED >> place.min(1)) {
                add_code(source, board, QUOTES_CODE, code, QUOTING);
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

fn add_code<S: Source>(
    source: &mut S,
    board: &mut Board,
    sort: char,
    code: &str,
    boost: u64,
) -> bool {
    let mut key = String::from(sort);
    key.push_str(code);
    let missed = source.missed();
    let Some(record) = source.record(&key) else {
        if source.missed() > missed && sort == IS_CODE {
            // Whoever finds the one will ask for the others.
            add_code(source, board, QUOTES_CODE, code, 0);
        }
        return false;
    };
    record.for_each(&mut |_, document, value| board.name(document, boost + u64::from(value)));
    true
}

/// Counts, filters and orders.
fn finish<S: Source>(
    source: &S,
    board: &Board,
    filter: Filter,
    skip: usize,
    limit: usize,
    answer: &mut Answer,
) {
    let skip = skip.min(MOST_HITS);
    let mut top = Top::new((skip + limit).min(MOST_HITS));
    board.for_each(&mut |document, score| {
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
            top.offer(by_kind(score, facets.kind), document);
        }
    });
    answer.at_least = board.is_cut;
    for (score, document) in top.hits.iter().skip(skip) {
        answer.hits.push(Found {
            document: *document,
            score: *score,
        });
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
    let typed = query.get(span.clone()).unwrap_or("");
    let mut completions = Vec::new();
    // What goes on exactly as it was typed comes before what does so without its marks.
    for exactly in [true, false] {
        for choice in slot.choices.iter().skip(slot.completions_from) {
            let form = render_form(&choice.record.first_form());
            if form.starts_with(typed) == exactly && completions.len() < MOST_COMPLETIONS {
                let mut whole = String::from(before);
                whole.push_str(&form);
                completions.push(whole);
            }
        }
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
        meant.push_str(&render_form(&form));
        from = span.end;
        changed = true;
    }
    meant.push_str(query.get(from..).unwrap_or(""));
    changed.then_some(meant)
}

/// How the document spells a word that was guessed, or typed with other marks; none when what was
/// typed is right as it is.
fn form_in(slot: &Slot, document: u32) -> Option<String> {
    let mut best = (0, String::new());
    for choice in slot.choices.iter().take(slot.completions_from) {
        let is_typed = choice.form.as_ref();
        if !slot.guessed && is_typed.is_none_or(|typed| choice.record.has_form(typed)) {
            return None;
        }
        choice.record.for_each(&mut |form, held_by, value| {
            let weighed = value * choice.weight;
            if held_by == document && weighed > best.0 {
                best = (weighed, String::from(form));
            }
        });
    }
    Some(best.1).filter(|_| best.0 > 0)
}
