//! Entries into tantivy.

use std::{borrow::Borrow, cell::RefCell, collections::BTreeMap, ops::Range, sync::Arc};

use tantivy::{
    Directory, Index, IndexSettings, InvertedIndexReader, SegmentReader, TantivyDocument,
    TantivyError,
    directory::RamDirectory,
    schema::{Field as SchemaField, IndexRecordOption, Schema, TextFieldIndexing, TextOptions},
    tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager},
};
use vitext::for_each_token_spelt;

use super::{IndexError, spelling::Spelling};
use crate::{
    Entry, Meaning,
    impact::Field,
    record::{IS_CODE, PAIR, QUOTES_CODE},
};

/// What stands between key and form in a term.
pub(super) const FORM: char = '\0';
/// Tantivy's own list of what there is.
const META: &str = "meta.json";
/// The name of every segment.
const NAME: &str = "00000000000000000000000000000001";
/// The field beside the four text fields.
pub(super) const CODE: &str = "code";

/// Memory for one part while writing, in bytes: the writer holds one segment and never asks, but
/// makes its first table of terms as large as this allows. A small one stays in the cache and grows.
const BUDGET: usize = 1 << 20;

/// Some entries as a tantivy index of one segment, in memory.
pub(super) struct Written {
    index: Index,
    directory: RamDirectory,
    segment: SegmentReader,
    fields: Fields,
}

impl Written {
    pub(super) fn new<E: Borrow<Entry>>(entries: &[E]) -> Result<Self, IndexError> {
        let (schema, fields) = schema();
        let directory = RamDirectory::create();
        let tokenizers = TokenizerManager::default();
        tokenizers.register(TERMS, Terms::default());
        let settings = IndexSettings {
            // Nothing is compressed: a thread of its own would only be handed bytes.
            docstore_compress_dedicated_thread: false,
            ..IndexSettings::default()
        };
        let mut writer = Index::builder()
            .schema(schema)
            .settings(settings)
            .tokenizers(tokenizers)
            .single_segment_index_writer(directory.clone(), BUDGET)?;
        for entry in entries {
            writer.add_document(fields.document(entry.borrow()))?;
        }
        let index = writer.finalize()?;
        let segment = index.searchable_segments()?.into_iter().next();
        let segment = segment.ok_or_else(|| IndexError::Foreign("segment".into()))?;
        Ok(Self {
            segment: SegmentReader::open(&segment)?,
            index,
            directory,
            fields,
        })
    }

    /// How many words stand in a text field, and in that of each document, coded.
    pub(super) fn lengths(&self, place: usize) -> tantivy::Result<(u64, Vec<u8>)> {
        let field = self.fields.texts[place];
        let norms = self.segment.get_fieldnorms_reader(field)?;
        let tokens = self.segment.inverted_index(field)?.total_num_tokens();
        let lengths = (0..self.segment.max_doc()).map(|document| norms.fieldnorm_id(document));
        Ok((tokens, lengths.collect()))
    }

    /// What the words stand in, and what the codes.
    pub(super) fn fields(&self) -> tantivy::Result<[Vec<Arc<InvertedIndexReader>>; 2]> {
        let open = |fields: &[SchemaField]| -> tantivy::Result<Vec<_>> {
            let fields = fields.iter();
            fields
                .map(|field| self.segment.inverted_index(*field))
                .collect()
        };
        Ok([open(&self.fields.texts)?, open(&[self.fields.code])?])
    }

    /// The files of the index, by name. Tantivy names a segment at random; here every part lies by
    /// itself and has the same name, so that the same entries give the same files.
    pub(super) fn files(&self) -> Result<Vec<(String, Vec<u8>)>, IndexError> {
        let random = self.segment.segment_id();
        let ids = [random.uuid_string(), in_meta(&random.uuid_string())];
        let fixed = [NAME.to_owned(), in_meta(NAME)];
        let mut files: Vec<(String, Vec<u8>)> = Vec::new();
        let mut names: Vec<_> = self
            .index
            .directory()
            .list_managed_files()
            .into_iter()
            .collect();
        names.sort();
        for name in names {
            if self.directory.exists(&name).map_err(TantivyError::from)? {
                let file = self.directory.open_read(&name);
                let bytes = file.map_err(TantivyError::from)?.read_bytes();
                let bytes = bytes.map_err(|error| IndexError::Io(name.clone(), error))?;
                let name = name.to_string_lossy().replace(&ids[0], NAME);
                files.push((name, bytes.to_vec()));
            }
        }
        for (_, bytes) in files.iter_mut().filter(|(name, _)| name == META) {
            let mut meta = String::from_utf8_lossy(bytes).into_owned();
            for (random, fixed) in ids.iter().zip(&fixed) {
                meta = meta.replace(random, fixed);
            }
            *bytes = meta.into_bytes();
        }
        Ok(files)
    }
}

/// A segment's number as `meta.json` has it, with hyphens.
fn in_meta(digits: &str) -> String {
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32];
    let parts = parts.into_iter().filter_map(|part| digits.get(part));
    parts.collect::<Vec<_>>().join("-")
}

struct Fields {
    texts: [SchemaField; 4],
    code: SchemaField,
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let terms = |tokenizer, record| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(record);
        TextOptions::default().set_indexing_options(indexing)
    };
    let text = terms(TERMS, IndexRecordOption::WithFreqs);
    let texts = Field::ALL.map(|field| builder.add_text_field(field.name(), text.clone()));
    // A code is one term as it stands.
    let code = builder.add_text_field(CODE, terms("raw", IndexRecordOption::Basic));
    (builder.build(), Fields { texts, code })
}

impl Fields {
    fn document(&self, entry: &Entry) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        let [title, heading, body, alias] = self.texts;
        document.add_text(title, &entry.title);
        for section in &entry.sections {
            document.add_text(heading, &section.heading);
            for paragraph in &section.paragraphs {
                document.add_text(body, paragraph);
            }
        }
        for name in &entry.aliases {
            document.add_text(alias, name);
        }
        for code in entry.all_codes() {
            document.add_text(self.code, format!("{IS_CODE}{code}{FORM}"));
        }
        for code in entry.all_quotes() {
            document.add_text(self.code, format!("{QUOTES_CODE}{code}{FORM}"));
        }
        document
    }
}

/// The name of [`Terms`] in the schema.
const TERMS: &str = "terms";

thread_local! {
    /// What was spelt before, by whatever part of an index: parts are many and have the same words.
    static SPELLING: RefCell<Spelling> = RefCell::default();
}

/// The terms of a text: every word as key and form, every two neighbours as a pair. A tokenizer, because
/// tantivy keeps tokens that are handed to it ready-made as JSON until it indexes them, which costs more
/// than making them.
#[derive(Clone, Default)]
struct Terms {
    /// All terms of the text, one after the other.
    letters: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Tokenizer for Terms {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        self.letters.clear();
        self.ends.clear();
        let mut before = 0..0;
        let Self { letters, ends } = self;
        let mut see = |token: &vitext::Token| {
            let start = letters.len();
            letters.push_str(&token.key);
            let key = start..letters.len();
            letters.push(FORM);
            letters.push_str(&token.form);
            ends.push(letters.len());
            if !token.after_pause {
                push_pair(letters, before.clone(), &token.key);
                letters.push(FORM);
                ends.push(letters.len());
            }
            before = key;
        };
        SPELLING.with_borrow_mut(|spelling| {
            let mut speller =
                |word: &[_], tone, key: &mut _, form: &mut _| spelling.spell(word, tone, key, form);
            for_each_token_spelt(text, &mut speller, &mut see);
        });
        TermStream {
            terms: self,
            next: 0,
            token: Token::default(),
        }
    }
}

/// Appends the key of two neighbours, as [`crate::guess::pair_key`] makes it; the first stands in the
/// text already.
fn push_pair(letters: &mut String, left: Range<usize>, right: &str) {
    letters.push(PAIR);
    letters.extend_from_within(left);
    letters.push(' ');
    letters.push_str(right);
}

/// The terms of a text, one at a time in the same string.
struct TermStream<'a> {
    terms: &'a Terms,
    next: usize,
    token: Token,
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(end) = self.terms.ends.get(self.next) else {
            return false;
        };
        let before = self.next.checked_sub(1);
        let start = before.map_or(0, |before| self.terms.ends[before]);
        self.token.text.clear();
        self.token.text.push_str(&self.terms.letters[start..*end]);
        // Positions are not indexed; pairs stand in for them.
        self.token.position = 0;
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

pub(super) fn glossary_lines(meanings: &BTreeMap<String, Vec<Meaning>>) -> String {
    let mut lines = String::new();
    for (key, meanings) in meanings {
        for meaning in meanings {
            lines.extend([key, "\t", &meaning.rest, "\t", &meaning.stands_for, "\n"]);
        }
    }
    lines
}

/// Reads what [`glossary_lines`] wrote.
pub(super) fn read_glossary(lines: &str) -> BTreeMap<String, Vec<Meaning>> {
    let mut meanings: BTreeMap<String, Vec<Meaning>> = BTreeMap::new();
    for line in lines.lines() {
        let mut columns = line.split('\t').map(str::to_owned);
        if let (Some(key), Some(rest), Some(stands_for)) =
            (columns.next(), columns.next(), columns.next())
        {
            meanings
                .entry(key)
                .or_default()
                .push(Meaning { rest, stands_for });
        }
    }
    meanings
}
