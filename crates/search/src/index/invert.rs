//! Entries turned round: terms, each with the documents that have it.
//!
//! Words are numbered as they come, and two neighbours are two numbers: a text has few words and many pairs
//! of them, so that most of what stands in it is counted without looking at letters. What stands where is written
//! down as it comes and put in order once: nothing is looked for again in what was counted before.

use std::{borrow::Borrow, collections::BTreeMap};

use rustc_hash::FxHashMap;

use super::{inverted::Inverted, postings::Holder, words::Words};
use crate::{
    Entry,
    impact::Field,
    record::{IS_CODE, PAIR, QUOTES_CODE},
};

/// What stands between key and form in a term.
pub(super) const FORM: char = '\0';

/// Turns entries round.
pub(super) fn inverted<E: Borrow<Entry>>(entries: &[E]) -> Inverted {
    let mut gathering = Gathering::default();
    let texts = entries.iter().map(|entry| entry.borrow().length());
    gathering.mentions.make_room(texts.sum());
    for (document, entry) in (0..).zip(entries) {
        gathering.take(document, entry.borrow());
    }
    gathering.in_order()
}

/// Terms as they come.
#[derive(Default)]
struct Gathering {
    words: Words,
    mentions: Mentions,
    /// The term of each word.
    by_word: Vec<u32>,
    /// By the numbers of both keys.
    pairs: FxHashMap<(u32, u32), u32>,
    codes: BTreeMap<String, u32>,
    lengths: [Vec<u32>; 4],
}

impl Gathering {
    fn take(&mut self, document: u32, entry: &Entry) {
        for lengths in &mut self.lengths {
            lengths.push(0);
        }
        self.text(document, Field::Title, &entry.title);
        for section in &entry.sections {
            self.text(document, Field::Heading, &section.heading);
            for paragraph in &section.paragraphs {
                self.text(document, Field::Body, paragraph);
            }
        }
        for name in &entry.aliases {
            self.text(document, Field::Alias, name);
        }
        // A code is one term as it stands, in whatever field.
        let is = entry.all_codes().into_iter().map(|code| (IS_CODE, code));
        let quotes = entry.all_quotes().into_iter();
        for (sort, code) in is.chain(quotes.map(|code| (QUOTES_CODE, code))) {
            let term = self.codes.entry(format!("{sort}{code}"));
            let term = *term.or_insert_with(|| self.mentions.new_term());
            self.mentions.note(term, document, Field::Title);
        }
    }

    /// Every word of a text, and every two neighbours as a pair.
    fn text(&mut self, document: u32, field: Field, text: &str) {
        let mentions = &mut self.mentions;
        let (mut before, mut length) = (None, 0);
        self.words.of_text(text, &mut |(word, key), after_pause| {
            let word = word as usize;
            if word == self.by_word.len() {
                self.by_word.push(mentions.new_term());
            }
            mentions.note(self.by_word[word], document, field);
            length += 1;
            if let Some(before) = before.filter(|_| !after_pause) {
                let pair = self.pairs.entry((before, key));
                let pair = *pair.or_insert_with(|| mentions.new_term());
                mentions.note(pair, document, field);
                length += 1;
            }
            before = Some(key);
        });
        if let Some(all) = self.lengths[field as usize].last_mut() {
            *all += length;
        }
    }

    /// Puts the terms in the order of their bytes: codes that entries are, words that begin with a digit,
    /// codes that are quoted, the other words, pairs.
    fn in_order(mut self) -> Inverted {
        let Words { keys, all, .. } = &self.words;
        let (keys, ranks) = in_order(keys);
        let words = all.iter().zip(&self.by_word);
        let words = words.map(|((key, form), term)| (ranks[*key as usize], form.as_str(), *term));
        let mut words: Vec<(usize, &str, u32)> = words.collect();
        words.sort_unstable();
        let pairs = self.pairs.iter();
        let pairs = pairs.map(|((left, right), term)| {
            let rank = |number: &u32| ranks[*number as usize];
            (rank(left), rank(right), *term)
        });
        let mut pairs: Vec<(usize, usize, u32)> = pairs.collect();
        pairs.sort_unstable();
        let quotes = self
            .codes
            .split_off(QUOTES_CODE.encode_utf8(&mut [0; 4]) as &str);
        let before_quotes = |key: &str| key.starts_with(|first| first < QUOTES_CODE);
        let (digits, letters) =
            words.split_at(words.partition_point(|(key, ..)| before_quotes(keys[*key])));
        let mut list = List::default();
        for (codes, words) in [(&self.codes, digits), (&quotes, letters)] {
            for (code, term) in codes {
                list.add(*term, &[code], "");
            }
            for (key, form, term) in words {
                list.add(*term, &[keys[*key]], form);
            }
        }
        let mark = PAIR.to_string();
        for (left, right, term) in pairs {
            list.add(term, &[&mark, keys[left], " ", keys[right]], "");
        }
        list.with_holders(self.mentions, self.lengths)
    }
}

/// Keys in order, and the place of each there.
fn in_order(keys: &[String]) -> (Vec<&str>, Vec<usize>) {
    let mut numbered: Vec<(&str, usize)> = keys.iter().map(String::as_str).zip(0..).collect();
    numbered.sort_unstable();
    let mut ranks = vec![0; numbered.len()];
    for (rank, (_, number)) in numbered.iter().enumerate() {
        ranks[*number] = rank;
    }
    (numbered.into_iter().map(|(key, _)| key).collect(), ranks)
}

/// What stands where, as it comes.
#[derive(Default)]
struct Mentions {
    /// How many terms there are; they are numbered as they come.
    terms: u32,
    /// Each term with the place where it stands.
    all: Vec<(u32, Place)>,
}

/// A field of a document: four times the document's number and that of the field.
type Place = u32;

impl Mentions {
    /// Room for texts of so many bytes: a syllable is some five and stands for a word and a pair.
    fn make_room(&mut self, bytes: usize) {
        self.all.reserve(bytes * 2 / 5);
    }

    fn new_term(&mut self) -> u32 {
        self.terms += 1;
        self.terms - 1
    }

    fn note(&mut self, term: u32, document: u32, field: Field) {
        self.all.push((term, document << 2 | field as u32));
    }
}

/// Terms put in order.
#[derive(Default)]
struct List {
    letters: String,
    /// Each term with the end of its letters.
    terms: Vec<(u32, usize)>,
}

impl List {
    fn add(&mut self, term: u32, key: &[&str], form: &str) {
        self.letters.extend(key.iter().copied());
        self.letters.push(FORM);
        self.letters.push_str(form);
        self.terms.push((term, self.letters.len()));
    }

    /// Gives each term the documents that have it.
    fn with_holders(self, mentions: Mentions, lengths: [Vec<u32>; 4]) -> Inverted {
        let Self { letters, terms } = self;
        let (places, place_ends) = by_term(&mentions, terms.iter().map(|(term, _)| *term));
        drop(mentions);
        let mut holders = Vec::with_capacity(places.len() / 2);
        let mut start = 0;
        let ends = terms.into_iter().map(|(term, end_of_letters)| {
            let end = place_ends[term as usize];
            for places in places[start..end].chunk_by(|one, other| one >> 2 == other >> 2) {
                let mut frequencies = [0; 4];
                for place in places {
                    frequencies[(place & 3) as usize] += 1;
                }
                let document = places[0] >> 2;
                holders.push(Holder {
                    document,
                    frequencies,
                });
            }
            start = end;
            (end_of_letters, holders.len())
        });
        let ends = ends.collect();
        holders.shrink_to_fit();
        Inverted {
            letters,
            holders,
            ends,
            lengths,
        }
    }
}

/// The places of all terms, term by term in that order, and where those of each end, by its number. Those of
/// a term stay in the order in which they came.
fn by_term(mentions: &Mentions, order: impl Iterator<Item = u32>) -> (Vec<Place>, Vec<usize>) {
    let mut counts = vec![0_usize; mentions.terms as usize];
    for (term, _) in &mentions.all {
        counts[*term as usize] += 1;
    }
    let (mut next, mut start) = (counts, 0);
    for term in order {
        let count = std::mem::replace(&mut next[term as usize], start);
        start += count;
    }
    let mut places = vec![0; mentions.all.len()];
    for (term, place) in &mentions.all {
        let next = &mut next[*term as usize];
        places[*next] = *place;
        *next += 1;
    }
    (places, next)
}

#[cfg(test)]
mod tests {
    use framework::Locale;

    use super::*;
    use crate::{Kind, Section};

    fn entry(title: &str, body: &str, code: &str) -> Entry {
        Entry {
            locale: Locale::Vi,
            url: "/vi/".to_owned(),
            kind: Kind::Guide,
            title: title.to_owned(),
            breadcrumb: Vec::new(),
            code: Some(code.to_owned()),
            layer: None,
            codes: Vec::new(),
            quotes: vec!["NT-4".to_owned()],
            aliases: Vec::new(),
            sections: vec![Section {
                paragraphs: vec![body.to_owned()],
                ..Section::default()
            }],
            twin: None,
        }
    }

    #[test]
    fn terms_are_in_order_and_know_their_documents() {
        let entries = [
            entry("Kiến trúc số", "kien truc. Kiến nghị; kiên trì", "NT-4"),
            entry("Nghị định", "Kiến trúc, kiến trúc", "KKT2"),
        ];
        let inverted = inverted(&entries);
        let terms: Vec<(&str, &[Holder])> = inverted.terms().collect();
        assert!(terms.is_sorted_by(|one, other| one.0 < other.0));
        let of = |key: &str| -> Vec<(u32, [u32; 4])> {
            let found = terms
                .iter()
                .filter(|(term, _)| term.split(FORM).next() == Some(key));
            let holders = found.flat_map(|(_, holders)| holders.iter());
            holders
                .map(|holder| (holder.document, holder.frequencies))
                .collect()
        };
        assert_eq!(of("~kien truc"), [(0, [1, 0, 1, 0]), (1, [0, 0, 2, 0])]);
        assert_eq!(of("~truc kien"), [(1, [0, 0, 1, 0])]);
        assert_eq!(of("#nt-4"), [(0, [1, 0, 0, 0])]);
        assert_eq!(of("@nt-4"), [(1, [1, 0, 0, 0])]);
        assert_eq!(of("kien").len(), 4);
        assert_eq!(inverted.tokens(Field::Title), 5 + 3);
        assert_eq!(inverted.tokens(Field::Body), 9 + 7);
        assert_eq!(inverted.lengths(Field::Heading).collect::<Vec<_>>(), [0, 0]);
    }
}
