//! Entries turned round: terms, each with the documents that have it.
//!
//! Words are numbered as they come, and two neighbours are two numbers: a text has few words and many pairs
//! of them, so that most of what stands in it is counted without looking at letters.

use std::{
    borrow::Borrow,
    cell::{Cell, RefCell},
    collections::BTreeMap,
    ops::Range,
};

use rustc_hash::FxHashMap;
use tantivy::fieldnorm::FieldNormReader;
use vitext::{Quality, Token, Tone, for_each_token_spelt};

use super::{
    postings::Holder,
    spelling::{self, Spelling},
};
use crate::{
    Entry,
    impact::Field,
    record::{IS_CODE, PAIR, QUOTES_CODE},
};

/// What stands between key and form in a term.
pub(super) const FORM: char = '\0';

thread_local! {
    /// What was spelt before, by whatever part of an index: parts are many and have the same words.
    static SPELLING: RefCell<Spelling> = RefCell::default();
}

/// The terms of some entries.
#[derive(Default)]
pub(super) struct Inverted {
    /// All terms, one after the other.
    letters: String,
    /// Of all terms, in their order.
    holders: Vec<Holder>,
    /// Where letters and holders of each term stand.
    terms: Vec<(Range<usize>, Range<usize>)>,
    /// How many words and pairs stand in each field of each document.
    lengths: [Vec<u32>; 4],
}

impl Inverted {
    pub(super) fn of<E: Borrow<Entry>>(entries: &[E]) -> Self {
        let mut gathering = Gathering::default();
        for (document, entry) in (0..).zip(entries) {
            gathering.take(document, entry.borrow());
        }
        gathering.in_order()
    }

    /// The terms in order, each with its documents, these in order as well.
    pub(super) fn terms(&self) -> impl Iterator<Item = (&str, &[Holder])> {
        self.terms.iter().map(|(letters, holders)| {
            let term = self.letters.get(letters.clone()).unwrap_or("");
            (term, self.holders.get(holders.clone()).unwrap_or(&[]))
        })
    }

    /// How many words stand in a field, all documents together.
    pub(super) fn tokens(&self, field: Field) -> u64 {
        let lengths = &self.lengths[field as usize];
        lengths.iter().map(|length| u64::from(*length)).sum()
    }

    /// How many words stand in a field of each document, as tantivy rounds and codes it.
    pub(super) fn lengths(&self, field: Field) -> impl Iterator<Item = u8> {
        let lengths = self.lengths[field as usize].iter();
        lengths.map(|length| FieldNormReader::fieldnorm_to_id(*length))
    }
}

/// The documents of a term, by the places of the first and the last of them among all.
#[derive(Debug, Clone, Copy)]
struct Chain {
    first: usize,
    last: usize,
}

/// A document that has a term, and the place of the next one.
struct Link {
    holder: Holder,
    next: Option<usize>,
}

/// The number of a word and that of its key.
type Numbered = (u32, u32);

/// The words of some entries.
#[derive(Default)]
struct Words {
    /// By their letters, if they are short, and by key and form: some words are spelt alike.
    by_letters: FxHashMap<u128, Numbered>,
    by_spelling: FxHashMap<String, Numbered>,
    key_numbers: FxHashMap<String, u32>,
    keys: Vec<String>,
    /// The number of each word's key, and its form.
    all: Vec<(u32, String)>,
    /// Key and form of a new word.
    key: String,
    form: String,
}

impl Words {
    /// Numbers of a word; the next ones if it is new.
    fn number(&mut self, letters: &[(u8, Quality)], tone: Tone) -> Numbered {
        let packed = spelling::packed(letters, tone);
        if let Some(known) = packed.and_then(|packed| self.by_letters.get(&packed)) {
            return *known;
        }
        let (key, form) = (&mut self.key, &mut self.form);
        SPELLING.with_borrow_mut(|spelling| spelling.spell(letters, tone, key, form));
        let numbered = self.number_as_spelt();
        if let Some(packed) = packed {
            self.by_letters.insert(packed, numbered);
        }
        numbered
    }

    fn number_as_spelt(&mut self) -> Numbered {
        let Self { key, form, .. } = self;
        let spelt = format!("{key}{FORM}{form}");
        let next = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        *self.by_spelling.entry(spelt).or_insert_with(|| {
            let next_key = next(self.keys.len());
            let number = *self.key_numbers.entry(key.clone()).or_insert(next_key);
            if number == next_key {
                self.keys.push(key.clone());
            }
            self.all.push((number, form.clone()));
            (next(self.all.len() - 1), number)
        })
    }
}

/// Terms as they come.
#[derive(Default)]
struct Gathering {
    words: Words,
    /// Of each word.
    holders: Vec<Option<Chain>>,
    /// By the numbers of both keys.
    pairs: FxHashMap<(u32, u32), Option<Chain>>,
    codes: BTreeMap<String, Option<Chain>>,
    links: Vec<Link>,
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
            let chain = self.codes.entry(format!("{sort}{code}")).or_default();
            note(&mut self.links, chain, document, Field::Title);
        }
    }

    /// Every word of a text, and every two neighbours as a pair.
    fn text(&mut self, document: u32, field: Field, text: &str) {
        let (words, now) = (&mut self.words, Cell::new((0, 0)));
        // What a known word is spelt like is not asked again: its number stands for it.
        let mut speller = |letters: &[_], tone, _: &mut String, _: &mut String| {
            now.set(words.number(letters, tone));
            false
        };
        let mut before = None;
        let mut see = |token: &Token| {
            let (word, key) = now.get();
            let word = word as usize;
            if word == self.holders.len() {
                self.holders.push(None);
            }
            note(&mut self.links, &mut self.holders[word], document, field);
            let mut length = 1;
            if let Some(before) = before.filter(|_| !token.after_pause) {
                let pair = self.pairs.entry((before, key)).or_default();
                note(&mut self.links, pair, document, field);
                length = 2;
            }
            if let Some(all) = self.lengths[field as usize].last_mut() {
                *all += length;
            }
            before = Some(key);
        };
        for_each_token_spelt(text, &mut speller, &mut see);
    }

    /// Puts the terms in the order of their bytes.
    fn in_order(self) -> Inverted {
        let Words { keys, all, .. } = &self.words;
        let mut numbers: Vec<usize> = (0..keys.len()).collect();
        numbers.sort_unstable_by_key(|number| &keys[*number]);
        let mut ranks = vec![0; numbers.len()];
        for (rank, number) in numbers.iter().enumerate() {
            ranks[*number] = rank;
        }
        let rank = |number: u32| ranks[number as usize];
        let key = |number: u32| keys[number as usize].as_str();
        let mut words: Vec<(&(u32, String), &Option<Chain>)> =
            all.iter().zip(&self.holders).collect();
        words.sort_unstable_by_key(|((key, form), _)| (rank(*key), form));
        let mut pairs: Vec<(&(u32, u32), &Option<Chain>)> = self.pairs.iter().collect();
        pairs.sort_unstable_by_key(|((left, right), _)| (rank(*left), rank(*right)));
        let mut lists = Lists::default();
        for (code, chain) in &self.codes {
            lists.add(*chain, |letters| letters.push_str(code), "");
        }
        for ((number, form), chain) in words {
            lists.add(*chain, |letters| letters.push_str(key(*number)), form);
        }
        for ((left, right), chain) in pairs {
            let pair = |letters: &mut String| {
                letters.push(PAIR);
                letters.extend([key(*left), " ", key(*right)]);
            };
            lists.add(*chain, pair, "");
        }
        lists.merged(&self.links, self.lengths)
    }
}

/// Notes that a term stands in a field of a document, which is the last so far or a later one.
fn note(links: &mut Vec<Link>, chain: &mut Option<Chain>, document: u32, field: Field) {
    let last = chain.map(|chain| chain.last);
    let last_link = last.and_then(|last| links.get_mut(last));
    if let Some(link) = last_link
        && link.holder.document == document
    {
        link.holder.frequencies[field as usize] += 1;
        return;
    }
    let place = links.len();
    if let Some(last) = last {
        links[last].next = Some(place);
    }
    let mut frequencies = [0; 4];
    frequencies[field as usize] = 1;
    let holder = Holder {
        document,
        frequencies,
    };
    links.push(Link { holder, next: None });
    let first = chain.map_or(place, |chain| chain.first);
    *chain = Some(Chain { first, last: place });
}

/// Terms with their documents: one list in order after the other.
#[derive(Default)]
struct Lists {
    letters: String,
    terms: Vec<(Range<usize>, Option<Chain>)>,
}

impl Lists {
    fn add(&mut self, chain: Option<Chain>, key: impl FnOnce(&mut String), form: &str) {
        let start = self.letters.len();
        key(&mut self.letters);
        self.letters.push(FORM);
        self.letters.push_str(form);
        self.terms.push((start..self.letters.len(), chain));
    }

    /// One list of all.
    fn merged(self, links: &[Link], lengths: [Vec<u32>; 4]) -> Inverted {
        let Self { letters, mut terms } = self;
        // A sort that finds what is in order already and merges it.
        terms.sort_by(|(one, _), (other, _)| letters[one.clone()].cmp(&letters[other.clone()]));
        let mut holders = Vec::with_capacity(links.len());
        let terms = terms.into_iter().map(|(term, chain)| {
            let start = holders.len();
            let first = chain.and_then(|chain| links.get(chain.first));
            let links = std::iter::successors(first, |link| links.get(link.next?));
            holders.extend(links.map(|link| link.holder));
            (term, start..holders.len())
        });
        let terms = terms.collect();
        Inverted {
            letters,
            holders,
            terms,
            lengths,
        }
    }
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
        let inverted = Inverted::of(&entries);
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
