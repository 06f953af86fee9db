//! The parts of one language put together: what they say of a key, and the files they make.

use std::collections::{BTreeMap, BTreeSet};

use framework::Locale;
use tantivy::fieldnorm::FieldNormReader;

use super::{
    meanings,
    part::{self, Part, Sort},
    postings::{Holder, Spellings},
    terms::visit_all,
};
use crate::{
    Entry, Facets, Glossary, Meaning, Stacking, StaticFile,
    export::{self, Pieces},
    impact::{Field, coarse, damping, level, rarity, weight},
    pack::{Effort, Unpacker},
    record::{Draft, IS_CODE, PAIR, Posting, QUOTES_CODE},
};

/// What acronyms stand for.
pub(super) const GLOSSARY: &str = "glossary.tsv";
/// The names of the parts, in order.
pub(super) const PARTS: &str = "parts";
/// The shards of the browser's index, each as it is and packed, so that the next build makes and packs only those
/// that changed.
pub const PIECES: &str = "pieces";
/// The level of a document under a code.
const CODE_LEVEL: u8 = 20;

/// The parts of one language, put together.
#[derive(Debug)]
pub struct Language {
    pub(super) locale: Locale,
    pub(super) parts: Vec<(String, Part)>,
    /// The number of each part's first document: such that a stack of cards begins with it. Numbers between parts, and
    /// what stands for them in the lists below, belong to no document.
    pub(super) bases: Vec<u32>,
    stacking: Stacking,
    /// The mean length of each field, coarsely.
    pub(super) means: [u64; 4],
    facets: Vec<u8>,
    /// The length of each document in each field, coded.
    lengths: [Vec<u8>; 4],
    /// What each coded length does to the words of each field.
    dampings: [Vec<Damping>; 4],
    meanings: BTreeMap<String, Vec<Meaning>>,
    /// How its files are packed.
    effort: Effort,
}

impl Language {
    /// Puts parts together, each with its name.
    pub fn new(locale: Locale, parts: Vec<(String, Part)>, glossary: &Glossary) -> Self {
        Self::of(locale, parts, glossary.meanings(locale).clone())
    }

    /// Cuts entries into parts and puts them together.
    pub(super) fn build(
        locale: Locale,
        entries: &[Entry],
        glossary: &Glossary,
    ) -> Result<Self, super::IndexError> {
        let addresses = entries.iter().map(|entry| entry.url.as_str());
        let stacking = Stacking::of(entries.len());
        let parts = part::cut(addresses).into_iter().map(|range| {
            let entries = entries.get(range).unwrap_or(&[]);
            let digests: Vec<_> = entries.iter().map(part::digest).collect();
            Ok((
                part::name("", stacking, &digests),
                Part::build(entries, Effort::Well, stacking)?,
            ))
        });
        let parts = parts.collect::<Result<_, super::IndexError>>()?;
        Ok(Self::new(locale, parts, glossary))
    }

    pub(super) fn of(
        locale: Locale,
        parts: Vec<(String, Part)>,
        meanings: BTreeMap<String, Vec<Meaning>>,
    ) -> Self {
        let parts_of = || parts.iter().map(|(_, part)| part);
        let first = parts_of().next();
        let stacking = first.map_or(Stacking::ALONE, Part::stacking);
        let mut documents = 0_usize;
        let bases = parts_of().map(|part| {
            let base = documents.next_multiple_of(stacking.cards());
            documents = base + part.documents();
            u32::try_from(base).unwrap_or(u32::MAX)
        });
        let bases = bases.collect();
        let facets = laid(parts_of().map(Part::facets), stacking);
        let fields: [usize; 4] = std::array::from_fn(|field| field);
        let means = means(&parts_of().collect::<Vec<_>>());
        let dampings = |field: usize| {
            let mean = means[field];
            let lengths = (0..=u8::MAX).map(FieldNormReader::id_to_fieldnorm);
            let dampings = lengths.map(|length| damping(length, mean));
            let of_field = |damping| Damping::new(Field::ALL[field], damping);
            dampings.map(of_field).collect()
        };
        let lengths = |field| laid(parts_of().map(|part| part.lengths(field)), stacking);
        Self {
            locale,
            means,
            dampings: fields.map(dampings),
            lengths: fields.map(lengths),
            facets,
            bases,
            stacking,
            parts,
            meanings,
            effort: Effort::default(),
        }
    }

    /// The same, its files being packed with that effort.
    #[must_use]
    pub fn packed(self, effort: Effort) -> Self {
        Self { effort, ..self }
    }

    pub(crate) const fn effort(&self) -> Effort {
        self.effort
    }

    /// Everything that [`super::open`] reads and a host serves, as files of the site, but for the parts, which are
    /// files as they are: what is private below `private`, the rest as [`super::Index::export`] has it.
    /// `before` are the bytes of the file [`PIECES`] that the last build made, if there was one; `records`
    /// are those of all sorts of keys.
    pub fn all_files(
        &self,
        private: &str,
        before: &[u8],
        records: Vec<Records>,
    ) -> Vec<StaticFile<'_>> {
        let (mut files, pieces) = self.export(before, records);
        let own = self.list_files().into_iter().chain([pieces]);
        files.extend(own.map(|file| StaticFile {
            path: format!("{private}{}", file.path),
            bytes: file.bytes,
        }));
        files
    }

    /// The static files, and the file [`PIECES`].
    fn export(
        &self,
        before: &[u8],
        records: Vec<Records>,
    ) -> (Vec<StaticFile<'_>>, StaticFile<'_>) {
        let mut pieces = Pieces::read(before, self.effort);
        let files = export::language(self, self.locale, records, &mut pieces);
        let pieces = StaticFile {
            path: format!("{}/{PIECES}", self.locale),
            bytes: pieces.write().into(),
        };
        (files, pieces)
    }

    /// The static files of an index that is opened.
    pub(super) fn static_files(&self) -> Vec<StaticFile<'_>> {
        let records = Sort::ALL.map(|sort| self.records(sort)).into();
        self.export(&[], records).0
    }

    /// The parts, their names and the glossary.
    pub(super) fn files(&self) -> Vec<StaticFile<'_>> {
        let parts = self.parts.iter().map(|(name, part)| StaticFile {
            path: format!("{}/{}", self.locale, part::file(name)),
            bytes: part.bytes().into(),
        });
        parts.chain(self.list_files()).collect()
    }

    fn list_files(&self) -> [StaticFile<'_>; 2] {
        let [names, meanings] = self.lists();
        [(PARTS, names), (GLOSSARY, meanings)].map(|(name, lines)| StaticFile {
            path: format!("{}/{name}", self.locale),
            bytes: lines.into_bytes().into(),
        })
    }

    /// The names of the parts and what acronyms stand for, as they are written.
    pub(super) fn lists(&self) -> [String; 2] {
        let names = self
            .parts
            .iter()
            .flat_map(|(name, _)| [name.as_str(), "\n"]);
        let names = names.collect();
        [names, meanings::lines(&self.meanings)]
    }

    pub(super) fn parts(&self) -> impl Iterator<Item = (&Part, u32)> {
        let parts = self.parts.iter().map(|(_, part)| part);
        parts.zip(self.bases.iter().copied())
    }

    /// Which language it is.
    pub const fn locale(&self) -> Locale {
        self.locale
    }

    /// Kind and layer of every document, packed.
    pub(crate) fn packed_facets(&self) -> &[u8] {
        &self.facets
    }

    pub(crate) fn facets_of(&self, document: u32) -> Facets {
        Facets::unpack(self.facets.get(document as usize).copied().unwrap_or(0))
    }

    /// How many cards lie in a stack.
    pub(crate) const fn stacking(&self) -> Stacking {
        self.stacking
    }

    /// All packed stacks of cards, in order.
    pub(crate) fn stacks(&self) -> impl Iterator<Item = &[u8]> {
        self.parts.iter().flat_map(|(_, part)| part.stacks())
    }

    /// The stack that the card of a document lies in; none if the index does not hold it.
    pub(crate) fn stack_with(&self, document: u32, unpacker: &mut Unpacker) -> Option<Vec<u8>> {
        let after = self.bases.partition_point(|base| *base <= document);
        let place = after.checked_sub(1)?;
        let inside = document - self.bases.get(place)?;
        let (_, part) = self.parts.get(place)?;
        unpacker.unpack(part.stack(self.stacking.stack_of(inside) as usize)?)
    }

    pub(super) const fn meanings(&self) -> &BTreeMap<String, Vec<Meaning>> {
        &self.meanings
    }

    /// The coded record of every key of a sort: one pass over the terms of all parts.
    pub fn records(&self, sort: Sort) -> Records {
        let mut records = Records::default();
        let mut in_text = BTreeSet::new();
        let lists = self.parts().map(|(part, base)| (part.terms(sort), base));
        visit_all(lists, &mut |key, spellings| {
            let (record, frequency) = self.record_of(key, spellings);
            records.push(key, &record, frequency);
            if let Some((meaning, _)) = self.meanings.get_key_value(key) {
                in_text.insert(meaning);
            }
        });
        let meanings = self.meanings.keys();
        let meanings = meanings.filter(|key| Sort::of(key) == sort && !in_text.contains(key));
        for key in meanings {
            let (record, frequency) = self.record_of(key, &Spellings::default());
            records.push(key, &record, frequency);
        }
        records
    }

    /// The record of a key whose spellings are known.
    pub(super) fn record_of(&self, key: &str, spellings: &Spellings) -> (Vec<u8>, u32) {
        let document_frequency = spellings.document_frequency();
        let documents = u32::try_from(self.facets.len()).unwrap_or(u32::MAX);
        let rarity = rarity(documents, document_frequency);
        // Pairs are kept however little they weigh: they make phrases.
        let least = u8::from(key.starts_with(PAIR));
        let is_code = key.starts_with([IS_CODE, QUOTES_CODE]);
        let level = |holder: &Holder| {
            if is_code {
                return CODE_LEVEL;
            }
            level(rarity, self.weights(holder)).max(least)
        };
        let forms = spellings.forms.iter().filter_map(|(form, holders)| {
            let holders = spellings.holders.get(holders.clone()).unwrap_or_default();
            let postings = holders
                .iter()
                .map(|holder| (holder.document, level(holder)));
            let postings: Vec<Posting> = postings.filter(|(_, level)| *level > 0).collect();
            (!postings.is_empty()).then_some((form.as_str(), postings))
        });
        let draft = Draft {
            document_frequency,
            forms: forms.collect(),
            meanings: self.meanings.get(key).map_or(&[], Vec::as_slice),
        };
        (draft.encode(key), document_frequency)
    }

    /// What a word says about a document, whatever its rarity.
    #[inline]
    fn weights(&self, holder: &Holder) -> u64 {
        let mut weights = 0;
        for (field, frequency) in Field::ALL.into_iter().zip(&holder.frequencies) {
            if *frequency > 0 {
                let coded = self.lengths[field as usize].get(holder.document as usize);
                let coded = usize::from(coded.copied().unwrap_or(0));
                let damping = self.dampings[field as usize].get(coded);
                weights += damping.map_or(0, |damping| damping.weight(field, *frequency));
            }
        }
        weights
    }
}

/// What some parts say of each document, by number. Between two parts it is what the last document of the first has, so
/// that the list is as short packed as it was.
fn laid<'p>(parts: impl Iterator<Item = &'p [u8]>, stacking: Stacking) -> Vec<u8> {
    let mut all = Vec::new();
    for part in parts {
        let filled = all.len().next_multiple_of(stacking.cards());
        all.resize(filled, all.last().copied().unwrap_or(0));
        all.extend(part);
    }
    all
}

/// The mean length of each field in all documents of some parts, coarsely.
pub(super) fn means(parts: &[&Part]) -> [u64; 4] {
    let documents: usize = parts.iter().map(|part| part.documents()).sum();
    std::array::from_fn(|field| {
        let tokens: u64 = parts.iter().map(|part| part.tokens(field)).sum();
        coarse(tokens * 1000 / (documents as u64).max(1))
    })
}

/// What a length of a field does to the words in it.
#[derive(Debug)]
struct Damping {
    damping: u64,
    /// The weights of words that stand there seldom, as most do: worked out once instead of for each.
    seldom: [u64; 8],
}

impl Damping {
    fn new(field: Field, damping: u64) -> Self {
        let mut seldom = [0; 8];
        for (frequency, known) in (0..).zip(&mut seldom) {
            *known = weight(field, frequency, damping);
        }
        Self { damping, seldom }
    }

    #[inline]
    fn weight(&self, field: Field, frequency: u32) -> u64 {
        let known = self.seldom.get(frequency as usize).copied();
        known.unwrap_or_else(|| weight(field, frequency, self.damping))
    }
}

/// Keys, each with its coded record and in how many documents it stands. There are hundreds of thousands: one
/// lies after the other.
#[derive(Debug, Default)]
pub struct Records {
    keys: String,
    coded: Vec<u8>,
    /// Where key and record end, and in how many documents the key stands.
    all: Vec<(usize, usize, u32)>,
}

impl Records {
    pub(crate) fn push(&mut self, key: &str, record: &[u8], frequency: u32) {
        self.keys.push_str(key);
        self.coded.extend_from_slice(record);
        self.all
            .push((self.keys.len(), self.coded.len(), frequency));
    }

    /// Each key with its record and in how many documents it stands.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &[u8], u32)> {
        let starts = self.all.iter().map(|(key, record, _)| (*key, *record));
        let starts = std::iter::once((0, 0)).chain(starts);
        starts.zip(&self.all).map(|(start, end)| {
            let key = self.keys.get(start.0..end.0).unwrap_or("");
            let record = self.coded.get(start.1..end.1).unwrap_or(&[]);
            (key, record, end.2)
        })
    }
}
