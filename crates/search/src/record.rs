//! All that the index knows about one key.
//!
//! There are three sorts of keys, told apart by their first character so that each sort lies
//! together in order: `#II.3.4` (an entry *is* that clause, component or rule) and `@II.3.4` (it
//! quotes it), plain words (`kien`), and neighbouring words (`~kien truc`).

use alloc::{borrow::ToOwned, string::String, vec::Vec};

use crate::{bytes::Reader, impact};

/// Key of entries that are a clause, a component or a rule.
pub(crate) const IS_CODE: char = '#';
/// Key of entries that quote it.
pub(crate) const QUOTES_CODE: char = '@';
/// Key of two neighbouring words.
pub(crate) const PAIR: char = '~';

/// Longest posting list kept of a form: the documents it says most about.
pub(crate) const MOST_POSTINGS: usize = 200;

/// What the index knows about one key, still in its coded form.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// In how many documents the key stands, before lists were cut.
    pub(crate) document_frequency: u32,
    /// Each spelling with the place of its posting list; one nameless spelling for codes and pairs.
    pub(crate) forms: Vec<(String, usize)>,
    /// What a glossary entry that begins with this key stands for.
    pub(crate) meanings: Vec<Meaning>,
    bytes: Vec<u8>,
}

/// One reading of an acronym, a synonym or a word of the other language.
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
            bytes: bytes.to_vec(),
            ..Self::default()
        };
        let mut reader = Reader::new(bytes, 0);
        record.document_frequency = reader.number();
        let counts = reader.number();
        let mut form = key.to_owned();
        for _ in 0..counts >> 1 {
            if reader.is_at_end() {
                break;
            }
            reader.string(&mut form);
            let length = reader.length();
            record.forms.push((form.clone(), reader.position()));
            reader.skip(length);
        }
        if counts & 1 == 1 {
            record.read_meanings(&mut reader);
        }
        record
    }

    fn read_meanings(&mut self, reader: &mut Reader<'_>) {
        let (mut rest, mut stands_for) = (String::new(), String::new());
        while !reader.is_at_end() {
            reader.string(&mut rest);
            reader.string(&mut stands_for);
            self.meanings.push(Meaning {
                rest: rest.clone(),
                stands_for: stands_for.clone(),
            });
        }
    }

    /// Visits the documents of a form by its place, with the value of their impact.
    pub(crate) fn for_each_posting(&self, place: usize, visit: &mut dyn FnMut(u32, u32)) {
        let mut reader = Reader::new(&self.bytes, place);
        let head = reader.number();
        if head & 1 == 0 {
            visit(head >> 6, impact::level_value((head >> 1 & 31) as u8));
            return;
        }
        for _ in 0..head >> 1 {
            let value = impact::level_value(reader.byte());
            let mut document = 0_u32;
            for _ in 0..reader.number() {
                if reader.is_at_end() {
                    return;
                }
                document = document.wrapping_add(reader.number());
                visit(document, value);
            }
        }
    }

    /// Whether the key is ever spelt so.
    pub(crate) fn has_form(&self, form: &str) -> bool {
        self.forms.iter().any(|(spelt, _)| spelt == form)
    }

    /// Whether a list was cut, so that counts are lower bounds.
    pub(crate) fn is_cut(&self) -> bool {
        self.document_frequency as usize > MOST_POSTINGS
    }
}

#[cfg(feature = "index")]
pub(crate) use writing::{Draft, Posting};

#[cfg(feature = "index")]
mod writing {
    use super::{MOST_POSTINGS, Meaning};
    use crate::bytes::{put_length, put_number, put_string};

    /// A document and the level of its impact.
    pub(crate) type Posting = (u32, u8);

    /// A record about to be coded.
    #[derive(Debug, Default)]
    pub(crate) struct Draft {
        pub(crate) document_frequency: u32,
        pub(crate) forms: Vec<(String, Vec<Posting>)>,
        pub(crate) meanings: Vec<Meaning>,
    }

    impl Draft {
        pub(crate) fn encode(mut self, key: &str) -> Vec<u8> {
            let mut out = Vec::new();
            put_number(&mut out, self.document_frequency);
            let has_meanings = u32::from(!self.meanings.is_empty());
            put_length(&mut out, self.forms.len() << 1 | has_meanings as usize);
            let mut before = key;
            for (form, postings) in &mut self.forms {
                keep_strongest(postings);
                put_string(&mut out, before, form);
                let list = encode_postings(postings);
                put_length(&mut out, list.len());
                out.extend(list);
                before = form;
            }
            let (mut rest, mut stands_for) = ("", "");
            for meaning in &self.meanings {
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
            postings.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
            postings.truncate(MOST_POSTINGS);
            postings.sort_unstable();
        }
    }

    /// One posting in one number; more of them level by level, each as distances.
    fn encode_postings(postings: &[Posting]) -> Vec<u8> {
        let mut out = Vec::new();
        if let [(document, level)] = postings {
            put_number(&mut out, document << 6 | u32::from(*level) << 1);
            return out;
        }
        let levels: Vec<u8> = (1..32)
            .rev()
            .filter(|level| postings.iter().any(|posting| posting.1 == *level))
            .collect();
        put_length(&mut out, levels.len() << 1 | 1);
        for level in levels {
            let documents: Vec<u32> = postings
                .iter()
                .filter(|posting| posting.1 == level)
                .map(|posting| posting.0)
                .collect();
            out.push(level);
            put_length(&mut out, documents.len());
            let mut before = 0;
            for document in documents {
                put_number(&mut out, document - before);
                before = document;
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
        let forms = vec![
            ("kie^n1".to_owned(), vec![(0, 31), (3, 2), (700, 2)]),
            ("kie^n2".to_owned(), vec![(9000, 7)]),
        ];
        let meanings = vec![Meaning {
            rest: "truc".to_owned(),
            stands_for: "architecture".to_owned(),
        }];
        let draft = Draft {
            document_frequency: 4,
            forms: forms.clone(),
            meanings: meanings.clone(),
        };
        let record = Record::decode("kien", &draft.encode("kien"));
        assert_eq!(record.document_frequency, 4);
        assert_eq!(record.meanings, meanings);
        for ((form, place), (expected, postings)) in record.forms.iter().zip(&forms) {
            assert_eq!(form, expected);
            let mut read = Vec::new();
            record.for_each_posting(*place, &mut |document, value| read.push((document, value)));
            read.sort_unstable();
            let values: Vec<(u32, u32)> = postings
                .iter()
                .map(|(document, level)| (*document, impact::level_value(*level)))
                .collect();
            assert_eq!(read, values);
        }
    }

    #[test]
    fn damaged_bytes_are_read_without_a_panic() {
        let draft = Draft {
            document_frequency: 2,
            forms: vec![("a1".to_owned(), vec![(1, 3), (2, 3)])],
            meanings: Vec::new(),
        };
        let bytes = draft.encode("a");
        for length in 0..bytes.len() {
            let record = Record::decode("a", &bytes[..length]);
            for (_, place) in &record.forms {
                record.for_each_posting(*place, &mut |_, _| {});
            }
        }
        for seed in 0..=255_u8 {
            let noise: Vec<u8> = (0..40).map(|at: u8| at.wrapping_mul(seed) ^ seed).collect();
            let record = Record::decode("a", &noise);
            for (_, place) in &record.forms {
                record.for_each_posting(*place, &mut |_, _| {});
            }
        }
    }
}
