//! A language's index brought up to date: what it takes to go from some parts to others.
//!
//! As long as the documents have their numbers and the mean lengths are the same, the record of a key rests on
//! its own documents alone. So only the records of keys that the replaced parts have otherwise are made again,
//! and only files that these records or other cards stand in differ.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    invert::FORM,
    language::{GLOSSARY, Language, PARTS, PIECES, Records, means},
    part::{Part, Sort},
    postings::{Holder, Spellings},
    terms::{visit_differing, visit_some},
};
use crate::{StaticFile, export, impact::Field};

/// A part that gave way to another.
#[derive(Debug)]
pub struct Replaced {
    /// Its place among the parts.
    pub place: usize,
    /// Its name.
    pub name: String,
    /// What it was.
    pub part: Part,
}

/// The files of an index that say what was published.
#[derive(Debug)]
pub struct Published {
    /// The head of the index for browsers.
    pub head: Vec<u8>,
    /// The file [`super::PIECES`].
    pub pieces: Vec<u8>,
    /// The names of the parts.
    pub parts: Vec<u8>,
    /// What acronyms stand for.
    pub glossary: Vec<u8>,
}

impl Published {
    /// Reads the files of a language, each by its path in the site; `private` is where the index for the server lies.
    pub fn read(
        language: &Language,
        private: &str,
        read: impl Fn(&str) -> Option<Vec<u8>>,
    ) -> Option<Self> {
        let locale = language.locale;
        let own = |name: &str| read(&format!("{private}{locale}/{name}"));
        Some(Self {
            head: read(&export::head(locale))?,
            pieces: own(PIECES)?,
            parts: own(PARTS)?,
            glossary: own(GLOSSARY)?,
        })
    }
}

/// What becomes of some records.
#[derive(Debug, Default)]
pub struct Changes {
    /// Those that are new or other than before.
    pub(crate) records: Records,
    /// The keys of those that are no more.
    pub(crate) gone: Vec<String>,
}

/// What becomes of the files of an index but its parts, which are files as they are.
#[derive(Debug, Default)]
pub struct Renewed<'a> {
    /// Those that may be other than before.
    pub files: Vec<StaticFile<'a>>,
    /// The paths of those that are no more.
    pub gone: Vec<String>,
}

impl Language {
    /// Whether what was published can be brought up to date, these parts having been replaced: whether all
    /// that a record of other documents rests on is as it was.
    pub fn is_renewal_of(&self, published: &Published, replaced: &[Replaced]) -> bool {
        let of_place = |place: usize| replaced.iter().find(|before| before.place == place);
        let parts = self.parts.iter().enumerate();
        let before = parts.map(|(place, (name, part))| {
            let before = of_place(place).map(|before| (&before.name, &before.part));
            before.unwrap_or((name, part))
        });
        let (names, before): (Vec<&String>, Vec<&Part>) = before.unzip();
        let names: String = names.into_iter().flat_map(|name| [name, "\n"]).collect();
        let [_, glossary] = self.lists();
        let mut both = self.parts.iter().zip(&before);
        names.as_bytes() == published.parts
            && glossary.as_bytes() == published.glossary
            && means(&before) == self.means
            && both.all(|((_, part), before)| part.documents() == before.documents())
    }

    /// What becomes of the records of a sort.
    pub fn changes(&self, replaced: &[Replaced], sort: Sort) -> Changes {
        let mut keys = BTreeSet::new();
        for before in replaced {
            let Some((_, now)) = self.parts.get(before.place) else {
                continue;
            };
            let moved = moved(&before.part, now);
            let concerns = |holder: &Holder| {
                moved
                    .get(holder.document as usize)
                    .is_some_and(|moved| *moved)
            };
            let lists = [&before.part, now].map(|part| part.terms(sort));
            visit_differing(lists, concerns, &mut |term| {
                let term = String::from_utf8_lossy(term);
                let end = term
                    .find(FORM)
                    .map_or(term.len(), |at| at + FORM.len_utf8());
                if let Some(key) = term.get(..end).filter(|key| !keys.contains(*key)) {
                    keys.insert(key.to_owned());
                }
            });
        }
        self.records_of(&keys.into_iter().collect::<Vec<_>>(), sort)
    }

    /// The records of some keys, each with [`FORM`] after it.
    fn records_of(&self, keys: &[String], sort: Sort) -> Changes {
        let mut found: Vec<BTreeMap<String, Vec<Holder>>> = vec![BTreeMap::new(); keys.len()];
        for (part, base) in self.parts() {
            visit_some(
                (part.terms(sort), base),
                keys,
                &mut |place, form, holders| {
                    if let Some(forms) = found.get_mut(place) {
                        let all = forms.entry(form.to_owned()).or_default();
                        all.extend_from_slice(holders);
                    }
                },
            );
        }
        let mut changes = Changes::default();
        for (key, forms) in keys.iter().zip(found) {
            let key = key.trim_end_matches(FORM);
            if forms.is_empty() && !self.meanings().contains_key(key) {
                changes.gone.push(key.to_owned());
                continue;
            }
            let (record, frequency) = self.record_of(key, &Spellings::new(forms));
            changes.records.push(key, &record, frequency);
        }
        changes
    }

    /// What becomes of the files; `private` is where those for the server lie. None if what was published makes
    /// no sense.
    pub fn renewed<'a>(
        &'a self,
        private: &str,
        published: &Published,
        replaced: &[Replaced],
        changes: &[Changes],
    ) -> Option<Renewed<'a>> {
        let changed = self.stacks_of(replaced);
        let (mut renewed, pieces) = export::renewed(self, published, &changed, changes)?;
        let path = |name: &str| format!("{private}{}/{name}", self.locale);
        let [names, _] = self.lists();
        for (name, bytes) in [(PARTS, names.into_bytes()), (PIECES, pieces)] {
            renewed.files.push(StaticFile {
                path: path(name),
                bytes: bytes.into(),
            });
        }
        Some(renewed)
    }

    /// The numbers of the stacks of replaced parts that are others now.
    fn stacks_of(&self, replaced: &[Replaced]) -> BTreeSet<usize> {
        let of_part = |before: &Replaced| {
            let base = self.bases.get(before.place).copied().unwrap_or(0);
            let first = self.stacking().stack_of(base) as usize;
            let now = self.parts.get(before.place).map(|(_, part)| part);
            let now = now.into_iter().flat_map(Part::stacks);
            let both = now.zip(before.part.stacks()).enumerate();
            let changed = both.filter(|(_, (now, before))| now != before);
            let numbers = changed.map(|(place, _)| first + place);
            numbers.collect::<Vec<usize>>()
        };
        replaced.iter().flat_map(of_part).collect()
    }
}

/// Which documents have other lengths than before, as they are coded.
fn moved(before: &Part, now: &Part) -> Vec<bool> {
    let documents = 0..now.documents();
    let moved = documents.map(|document| {
        let mut fields = 0..Field::ALL.len();
        fields.any(|field| before.lengths(field).get(document) != now.lengths(field).get(document))
    });
    moved.collect()
}
