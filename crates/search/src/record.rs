//! All that the index knows about one key.
//!
//! There are sorts of keys, told apart by their first character so that each sort lies together in
//! order: `#II.3.4` (an entry *is* that clause, component or rule) and `@II.3.4` (it quotes it), plain
//! words (`kien`), and neighbouring words (`~kien truc`).

use alloc::{borrow::ToOwned, string::String, vec::Vec};

use crate::{bytes::Reader, impact};

/// Key of entries that are a clause, a component or a rule.
pub(crate) const IS_CODE: char = '#';
/// Key of entries that quote it.
pub(crate) const QUOTES_CODE: char = '@';
/// Key of two neighbouring words.
pub(crate) const PAIR: char = '~';

/// Key of a word in the list of words.
pub(crate) const WORD: char = '!';

/// Longest posting list kept of a form: the documents it says most about.
pub(crate) const MOST_POSTINGS: usize = 200;

/// What the index knows about one key, still in its coded form.
#[derive(Debug, Clone, Default)]
pub struct Record {
    pub(crate) key: String,
    /// In how many documents the key stands, before lists were cut.
    pub(crate) document_frequency: u32,
    /// How many spellings it has; codes and pairs have one without a name.
    pub(crate) spellings: u32,
    bytes: Vec<u8>,
    /// Where the spellings begin.
    start: usize,
}

/// One reading of an acronym, a synonym or a word of the other language.
#[cfg(feature = "index")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// The keys that must follow, space between them; empty for a single word.
    pub(crate) rest: String,
    /// What the whole stands for, in the language of the index.
    pub(crate) stands_for: String,
}

impl Record {
    /// Reads the coded form. A damaged one reads as far as it makes sense.
    pub(crate) fn decode(key: &str, bytes: &[u8]) -> Self {
        let mut record = Self {
            key: key.to_owned(),
            bytes: bytes.to_vec(),
            spellings: 1,
            ..Self::default()
        };
        if is_nameless(key) {
            let mut count = 0;
            let mut reader = record.for_each(&mut |_, _, _| count += 1);
            if count as usize >= MOST_POSTINGS {
                count = reader.number();
            }
            record.document_frequency = count;
        } else {
            let mut reader = Reader::new(bytes, 0);
            record.document_frequency = reader.number();
            record.spellings = reader.number();
            record.start = reader.position();
        }
        record
    }

    /// Visits every document of every spelling, with the value of its impact; the commonest spelling
    /// first. What is left to read then are the meanings.
    pub(crate) fn for_each(&self, visit: &mut dyn FnMut(&str, u32, u32)) -> Reader<'_> {
        let mut reader = Reader::new(&self.bytes, self.start);
        let mut form = self.key.clone();
        for _ in 0..self.spellings {
            if reader.is_at_end() {
                break;
            }
            if self.start > 0 {
                reader.string(&mut form);
            }
            let head = reader.number();
            let mut see = |document: u32, level: u32| {
                visit(&form, document, impact::level_value((level & 31) as u8));
            };
            if head & 1 == 0 {
                see(head >> 6, head >> 1);
                continue;
            }
            // Postings in order; or, where that is shorter, level by level.
            let by_level = head & 2 == 0;
            let mut document = 0_u32;
            for _ in 0..head >> 2 {
                // A damaged record may promise anything.
                if reader.is_at_end() {
                    break;
                }
                let next = reader.number();
                if !by_level {
                    document = document.wrapping_add(next >> 5);
                    see(document, next);
                    continue;
                }
                document = 0;
                for _ in 0..reader.number() {
                    if reader.is_at_end() {
                        break;
                    }
                    document = document.wrapping_add(reader.number());
                    see(document, next);
                }
            }
        }
        reader
    }

    /// Visits what glossary entries that begin with this key stand for: the keys that must follow,
    /// space between them, and the words of the index.
    pub(crate) fn for_each_meaning(&self, visit: &mut dyn FnMut(&str, &str)) {
        let mut reader = self.for_each(&mut |_, _, _| ());
        let (mut rest, mut stands_for) = (String::new(), String::new());
        while !reader.is_at_end() && self.start > 0 {
            reader.string(&mut rest);
            reader.string(&mut stands_for);
            visit(&rest, &stands_for);
        }
    }

    /// Whether the key is ever spelt so.
    pub(crate) fn has_form(&self, form: &str) -> bool {
        let mut has = false;
        self.for_each(&mut |spelt, _, _| has |= spelt == form);
        has
    }

    /// The commonest spelling.
    pub(crate) fn first_form(&self) -> String {
        let mut first = String::new();
        self.for_each(&mut |spelt, _, _| {
            if first.is_empty() {
                first.push_str(spelt);
            }
        });
        first
    }

    /// Whether a list was cut, so that counts are lower bounds.
    pub(crate) fn is_cut(&self) -> bool {
        self.document_frequency as usize > MOST_POSTINGS
    }
}

/// Whether a key has but one spelling, which needs no name: codes and pairs.
fn is_nameless(key: &str) -> bool {
    key.starts_with([IS_CODE, QUOTES_CODE, PAIR])
}

#[cfg(feature = "index")]
pub(crate) use writing::{Draft, Posting};

#[cfg(feature = "index")]
mod writing {
    use super::{MOST_POSTINGS, Meaning, is_nameless};
    use crate::{
        bytes::{put_length, put_number, put_string},
        impact::level_value,
    };

    /// A document and the level of its impact.
    pub(crate) type Posting = (u32, u8);

    /// A record about to be coded.
    #[derive(Debug, Default)]
    pub(crate) struct Draft<'a> {
        pub(crate) document_frequency: u32,
        pub(crate) forms: Vec<(&'a str, Vec<Posting>)>,
        pub(crate) meanings: &'a [Meaning],
    }

    impl Draft<'_> {
        pub(crate) fn encode(mut self, key: &str) -> Vec<u8> {
            let mut out = Vec::new();
            let weight = |postings: &[Posting]| -> u32 {
                let values = postings.iter().map(|posting| level_value(posting.1));
                values.sum()
            };
            self.forms
                .sort_by_key(|(_, postings)| std::cmp::Reverse(weight(postings)));
            let nameless = is_nameless(key);
            if !nameless {
                put_number(&mut out, self.document_frequency);
                put_length(&mut out, self.forms.len());
            }
            let mut before = key;
            for (form, postings) in &mut self.forms {
                keep_strongest(postings);
                if !nameless {
                    put_string(&mut out, before, form);
                    before = form;
                }
                put_postings(&mut out, postings);
                if nameless && postings.len() >= MOST_POSTINGS {
                    put_number(&mut out, self.document_frequency);
                }
            }
            let (mut rest, mut stands_for) = ("", "");
            for meaning in self.meanings {
                put_string(&mut out, rest, &meaning.rest);
                put_string(&mut out, stands_for, &meaning.stands_for);
                (rest, stands_for) = (&meaning.rest, &meaning.stands_for);
            }
            out
        }
    }

    /// Cuts a list to its strongest postings, in order of documents.
    fn keep_strongest(postings: &mut Vec<Posting>) {
        if postings.len() > MOST_POSTINGS {
            postings
                .select_nth_unstable_by(MOST_POSTINGS, |a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
            postings.truncate(MOST_POSTINGS);
            postings.sort_unstable();
        }
    }

    /// One posting in one number; more of them each as a distance and a level, or level by level,
    /// whichever is shorter.
    fn put_postings(out: &mut Vec<u8>, postings: &[Posting]) {
        if let [(document, level)] = postings {
            put_number(out, document << 6 | u32::from(*level) << 1);
            return;
        }
        let by_level = encode_by_level(postings);
        let start = out.len();
        put_length(out, postings.len() << 2 | 3);
        let mut before = 0;
        for (document, level) in postings {
            put_number(out, (document - before) << 5 | u32::from(*level));
            before = *document;
        }
        if by_level.len() < out.len() - start {
            out.truncate(start);
            out.extend(by_level);
        }
    }

    fn encode_by_level(postings: &[Posting]) -> Vec<u8> {
        let mut counts = [0_usize; 32];
        for (_, level) in postings {
            counts[usize::from(level & 31)] += 1;
        }
        let levels = (1..32)
            .rev()
            .filter(|level| counts[usize::from(*level)] > 0);
        let mut out = Vec::with_capacity(postings.len() * 2);
        put_length(&mut out, levels.clone().count() << 2 | 1);
        for level in levels {
            put_number(&mut out, u32::from(level));
            put_length(&mut out, counts[usize::from(level)]);
            let mut before = 0;
            for (document, _) in postings.iter().filter(|posting| posting.1 == level) {
                put_number(&mut out, document - before);
                before = *document;
            }
        }
        out
    }
}

#[cfg(all(test, feature = "index"))]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let forms = [
            // Long with few levels, short with many: each way of writing a list.
            (
                "kie^n1".to_owned(),
                (0..100).map(|one| (one * 9, 5)).collect(),
            ),
            ("kie^n3".to_owned(), vec![(0, 31), (3, 2), (700, 2)]),
            ("kie^n2".to_owned(), vec![(9000, 7)]),
        ];
        let meanings = vec![Meaning {
            rest: "truc".to_owned(),
            stands_for: "architecture".to_owned(),
        }];
        let draft = Draft {
            document_frequency: 4,
            forms: forms
                .iter()
                .map(|(form, all)| (form.as_str(), all.clone()))
                .collect(),
            meanings: &meanings,
        };
        let record = Record::decode("kien", &draft.encode("kien"));
        assert_eq!(record.document_frequency, 4);
        let mut read = Vec::new();
        record.for_each(&mut |form, document, value| read.push((form.to_owned(), document, value)));
        let expected = forms.iter().flat_map(|(form, postings)| {
            let value = impact::level_value;
            postings
                .iter()
                .map(move |(document, level)| (form.clone(), *document, value(*level)))
        });
        let mut expected: Vec<_> = expected.collect();
        read.sort();
        expected.sort();
        assert_eq!(read, expected);
        assert_eq!(record.first_form(), "kie^n1");
        let mut read = Vec::new();
        record.for_each_meaning(&mut |rest, stands_for| {
            read.push((rest.to_owned(), stands_for.to_owned()));
        });
        assert_eq!(read, [("truc".to_owned(), "architecture".to_owned())]);
    }

    #[test]
    fn damaged_bytes_are_read_without_a_panic() {
        let draft = Draft {
            document_frequency: 2,
            forms: vec![("a1", vec![(1, 3), (2, 3)])],
            meanings: &[],
        };
        let bytes = draft.encode("a");
        for length in 0..bytes.len() {
            let record = Record::decode("a", &bytes[..length]);
            record.for_each_meaning(&mut |_, _| ());
        }
        for seed in 0..=255_u8 {
            let noise: Vec<u8> = (0..40).map(|at: u8| at.wrapping_mul(seed) ^ seed).collect();
            let record = Record::decode("a", &noise);
            record.for_each_meaning(&mut |_, _| ());
        }
    }
}
