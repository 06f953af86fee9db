//! Records computed from tantivy's terms and postings.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, PoisonError, RwLock},
};

use tantivy::{
    Index, IndexReader, ReloadPolicy, Searcher, SegmentReader, TantivyDocument,
    directory::RamDirectory,
    fieldnorm::FieldNormReader,
    schema::{Field as SchemaField, Value},
};

use super::{
    GLOSSARY, IndexError,
    postings::{Holder, Spellings, visit},
    write::{CARD, CODE, FACETS, FORM, files, glossary_lines},
};
use crate::{
    Facets, Meaning, Record, Source, StaticFile,
    impact::{Field, Occurrence, level, rarity},
    record::{Draft, IS_CODE, PAIR, Posting, QUOTES_CODE},
};

/// Records kept decoded. More than the words of any site; pairs come and go.
const MOST_CACHED: usize = 20_000;
/// The level of a document under a code.
const CODE_LEVEL: u8 = 20;

/// The index of one language.
pub(crate) struct Opened {
    searcher: Searcher,
    texts: [SchemaField; 4],
    code: SchemaField,
    card: SchemaField,
    norms: Vec<FieldNormReader>,
    /// In thousandths.
    mean_lengths: [u64; 4],
    facets: Vec<u8>,
    meanings: BTreeMap<String, Vec<Meaning>>,
    cache: RwLock<BTreeMap<String, Option<Arc<Record>>>>,
    index: Index,
    directory: RamDirectory,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opened")
            .field("documents", &self.facets.len())
            .finish_non_exhaustive()
    }
}

impl Opened {
    pub(crate) fn new(
        index: Index,
        directory: RamDirectory,
        meanings: BTreeMap<String, Vec<Meaning>>,
    ) -> Result<Self, IndexError> {
        let reader: IndexReader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let searcher = reader.searcher();
        let foreign = || IndexError::Foreign("index".into());
        let [segment] = searcher.segment_readers() else {
            return Err(foreign());
        };
        let field = |name: &str| index.schema().get_field(name);
        let mut texts = [SchemaField::from_field_id(0); 4];
        let mut mean_lengths = [0; 4];
        let mut norms = Vec::new();
        let documents = u64::from(segment.max_doc()).max(1);
        for (place, text) in Field::ALL.iter().enumerate() {
            texts[place] = field(text.name())?;
            norms.push(segment.get_fieldnorms_reader(texts[place])?);
            let tokens = segment.inverted_index(texts[place])?.total_num_tokens();
            mean_lengths[place] = tokens * 1000 / documents;
        }
        let (code, card) = (field(CODE)?, field(CARD)?);
        let facets = read_facets(segment)?;
        let cache = RwLock::default();
        Ok(Self {
            searcher,
            texts,
            code,
            card,
            norms,
            mean_lengths,
            facets,
            meanings,
            cache,
            index,
            directory,
        })
    }

    /// Tantivy's files and the glossary.
    pub(crate) fn files(&self) -> Result<Vec<StaticFile>, IndexError> {
        let mut files = files(&self.index, &self.directory)?;
        let bytes = glossary_lines(&self.meanings).into_bytes();
        files.push(StaticFile {
            path: GLOSSARY.to_owned(),
            bytes,
        });
        Ok(files)
    }

    /// Kind and layer of every document, packed.
    pub(crate) fn packed_facets(&self) -> &[u8] {
        &self.facets
    }

    pub(crate) fn facets_of(&self, document: u32) -> Facets {
        Facets::unpack(self.facets.get(document as usize).copied().unwrap_or(0))
    }

    /// The card of a document; none if the index does not hold it.
    pub(crate) fn card(&self, document: u32) -> Option<String> {
        let address = tantivy::DocAddress::new(0, document);
        let stored: TantivyDocument = self.searcher.doc(address).ok()?;
        stored.get_first(self.card)?.as_str().map(str::to_owned)
    }

    fn segment(&self) -> &SegmentReader {
        self.searcher.segment_reader(0)
    }

    /// The fields in which keys of that sort stand.
    fn fields_of(&self, key: &str) -> &[SchemaField] {
        if key.starts_with([IS_CODE, QUOTES_CODE]) {
            std::slice::from_ref(&self.code)
        } else {
            &self.texts
        }
    }

    /// All keys with that beginning, in order.
    pub(crate) fn keys(&self, prefix: &str) -> tantivy::Result<BTreeSet<String>> {
        let mut keys = BTreeSet::new();
        let fields: Vec<SchemaField> = match prefix {
            "" => self.texts.iter().copied().chain([self.code]).collect(),
            _ => self.fields_of(prefix).to_vec(),
        };
        for field in fields {
            let inverted = self.segment().inverted_index(field)?;
            let mut stream = inverted.terms().range().ge(prefix).into_stream()?;
            while stream.advance() {
                let Ok(term) = std::str::from_utf8(stream.key()) else {
                    continue;
                };
                if !term.starts_with(prefix) {
                    break;
                }
                let key = term.split(FORM).next().unwrap_or(term);
                if !keys.contains(key) {
                    keys.insert(key.to_owned());
                }
            }
        }
        for key in self.meanings.keys().filter(|key| key.starts_with(prefix)) {
            keys.insert(key.clone());
        }
        Ok(keys)
    }

    /// The coded record of a key and in how many documents it stands; none if the index does not
    /// know it.
    pub(crate) fn encoded(&self, key: &str) -> tantivy::Result<Option<(Vec<u8>, u32)>> {
        let (from, until) = (format!("{key}{FORM}"), format!("{key}\u{1}"));
        let mut record = None;
        self.visit(
            self.fields_of(key),
            Some((&from, &until)),
            &mut |_, spellings| {
                record = Some(self.record_of(key, spellings));
            },
        )?;
        if record.is_none() && self.meanings.contains_key(key) {
            record = Some(self.record_of(key, &Spellings::default()));
        }
        Ok(record)
    }

    /// Visits the coded record of every key, with the key and in how many documents it stands: one
    /// pass over all terms and postings.
    pub(crate) fn for_each_record(
        &self,
        visit: &mut dyn FnMut(&str, Vec<u8>, u32),
    ) -> tantivy::Result<()> {
        let mut in_text = BTreeSet::new();
        for fields in [self.texts.as_slice(), std::slice::from_ref(&self.code)] {
            self.visit(fields, None, &mut |key, spellings| {
                let (record, frequency) = self.record_of(key, spellings);
                visit(key, record, frequency);
                if let Some((meaning, _)) = self.meanings.get_key_value(key) {
                    in_text.insert(meaning);
                }
            })?;
        }
        for key in self.meanings.keys().filter(|key| !in_text.contains(key)) {
            let (record, frequency) = self.record_of(key, &Spellings::default());
            visit(key, record, frequency);
        }
        Ok(())
    }

    /// The record of a key whose spellings are known.
    fn record_of(&self, key: &str, spellings: &Spellings) -> (Vec<u8>, u32) {
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
            let occurrences = std::array::from_fn(|place| Occurrence {
                frequency: holder.frequencies[place],
                field_length: match holder.frequencies[place] {
                    0 => 0,
                    _ => self.norms[place].fieldnorm(holder.document),
                },
            });
            level(rarity, &occurrences, &self.mean_lengths).max(least)
        };
        let forms = spellings.forms.iter().filter_map(|(form, holders)| {
            let holders = spellings.holders.get(holders.clone()).unwrap_or_default();
            let postings = holders
                .iter()
                .map(|holder| (holder.document, level(holder)));
            let postings: Vec<Posting> = postings.filter(|(_, level)| *level > 0).collect();
            (!postings.is_empty()).then(|| (form.clone(), postings))
        });
        let draft = Draft {
            document_frequency,
            forms: forms.collect(),
            meanings: self.meanings.get(key).cloned().unwrap_or_default(),
        };
        (draft.encode(key), document_frequency)
    }

    /// Visits the keys of some fields, within a range of terms, in order: each with its spellings in all
    /// of the fields.
    fn visit(
        &self,
        fields: &[SchemaField],
        range: Option<(&str, &str)>,
        see: &mut dyn FnMut(&str, &Spellings),
    ) -> tantivy::Result<()> {
        let fields = fields.iter();
        let fields = fields.map(|field| self.segment().inverted_index(*field));
        let fields = fields.collect::<tantivy::Result<Vec<_>>>()?;
        visit(&fields, range, see)
    }

    fn record(&self, key: &str) -> Option<Arc<Record>> {
        let cached = self
            .cache
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(key)
            .cloned();
        if let Some(known) = cached {
            return known;
        }
        // A file that can no longer be read loses hits, it does not stop the server.
        let encoded = self.encoded(key).ok().flatten();
        let record = encoded.map(|(bytes, _)| Arc::new(Record::decode(key, &bytes)));
        let mut cache = self.cache.write().unwrap_or_else(PoisonError::into_inner);
        if cache.len() >= MOST_CACHED {
            cache.clear();
        }
        cache.insert(key.to_owned(), record.clone());
        record
    }
}

fn read_facets(segment: &SegmentReader) -> Result<Vec<u8>, IndexError> {
    let column = segment.fast_fields().u64(FACETS)?;
    let facets = (0..segment.max_doc()).map(|document| {
        column
            .first(document)
            .and_then(|packed| u8::try_from(packed).ok())
            .unwrap_or(0)
    });
    Ok(facets.collect())
}

/// One query's sight of an index.
pub(crate) struct View<'a> {
    opened: &'a Opened,
}

impl<'a> View<'a> {
    pub(crate) const fn of(opened: &'a Opened) -> Self {
        Self { opened }
    }
}

impl Source for View<'_> {
    fn documents(&self) -> u32 {
        u32::try_from(self.opened.facets.len()).unwrap_or(u32::MAX)
    }

    fn facets(&self, document: u32) -> Facets {
        self.opened.facets_of(document)
    }

    fn record(&mut self, key: &str) -> Option<Arc<Record>> {
        self.opened.record(key)
    }

    fn frequency(&mut self, key: &str) -> u32 {
        self.opened
            .record(key)
            .map_or(0, |record| record.document_frequency)
    }

    fn for_each_key(&mut self, prefix: &str, visit: &mut dyn FnMut(&str)) {
        if let Ok(keys) = self.opened.keys(prefix) {
            for key in &keys {
                visit(key);
            }
        }
    }
}
