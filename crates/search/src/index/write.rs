//! Entries into tantivy.

use std::{collections::BTreeMap, ops::Range, path::PathBuf};

use framework::Locale;
use sha2::{Digest, Sha256};
use tantivy::{
    Directory, Index, IndexSettings, TantivyDocument, TantivyError,
    directory::RamDirectory,
    index::SegmentId,
    schema::{
        FAST, Field as SchemaField, IndexRecordOption, STORED, Schema, TextFieldIndexing,
        TextOptions,
    },
    tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager},
};
use vitext::for_each_token_spelt;

use super::{IndexError, spelling::Spelling};
use crate::{
    Entry, Meaning, StaticFile,
    export::hexadecimal,
    impact::Field,
    record::{IS_CODE, PAIR, QUOTES_CODE},
};

/// What stands between key and form in a term.
pub(super) const FORM: char = '\0';
/// Tantivy's own list of what there is.
const META: &str = "meta.json";
/// Names of the fields beside the four text fields.
pub(super) const CODE: &str = "code";
pub(super) const FACETS: &str = "facets";
pub(super) const CARD: &str = "card";

/// Memory for one language while writing, in bytes: the writer holds one segment and never asks, but
/// makes its first table of terms as large as this allows. A small one stays in the cache and grows.
const BUDGET: usize = 1 << 20;

/// The index of one language, in memory.
pub(super) fn fill(entries: &[Entry], locale: Locale) -> Result<(Index, RamDirectory), IndexError> {
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
    for entry in entries.iter().filter(|entry| entry.locale == locale) {
        writer.add_document(fields.document(entry))?;
    }
    Ok((writer.finalize()?, directory))
}

/// The files of an index, by name. Tantivy names a segment at random; here it is named after its
/// content, so that the same entries give the same files.
pub(super) fn files(
    index: &Index,
    directory: &RamDirectory,
) -> Result<Vec<StaticFile>, IndexError> {
    let metas = index.load_metas()?;
    let mut contents: Vec<(String, Vec<u8>)> = Vec::new();
    let mut names: Vec<PathBuf> = index.directory().list_managed_files().into_iter().collect();
    names.sort();
    for name in names {
        if directory.exists(&name).map_err(TantivyError::from)? {
            let bytes = directory
                .open_read(&name)
                .map_err(TantivyError::from)?
                .read_bytes();
            let bytes = bytes.map_err(|error| IndexError::Io(name.clone(), error))?;
            contents.push((name.to_string_lossy().into_owned(), bytes.to_vec()));
        }
    }
    let Some(segment) = metas.segments.first() else {
        return Ok(Vec::new());
    };
    let random = segment.id().uuid_string();
    let mut hash = Sha256::new();
    contents.sort();
    for (name, bytes) in contents.iter().filter(|(name, _)| name != META) {
        hash.update(name.replace(&random, ""));
        hash.update(bytes);
    }
    let named = hexadecimal(&hash.finalize()[..16]);
    // In `meta.json` the same number is written with hyphens.
    let hyphenated = |id: &str| SegmentId::from_uuid_string(id).map(|id| id_in_meta(&id));
    let renamed = contents.into_iter().map(|(name, bytes)| {
        let bytes = match (name.as_str(), hyphenated(&random), hyphenated(&named)) {
            (META, Ok(random), Ok(named)) => String::from_utf8_lossy(&bytes)
                .replace(&random, &named)
                .into_bytes(),
            _ => bytes,
        };
        StaticFile {
            path: name.replace(&random, &named),
            bytes,
        }
    });
    Ok(renamed.collect())
}

/// A segment's number as `meta.json` has it.
fn id_in_meta(id: &SegmentId) -> String {
    let digits = id.uuid_string();
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32];
    parts
        .into_iter()
        .filter_map(|part| digits.get(part))
        .collect::<Vec<_>>()
        .join("-")
}

struct Fields {
    texts: [SchemaField; 4],
    code: SchemaField,
    facets: SchemaField,
    card: SchemaField,
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
    let facets = builder.add_u64_field(FACETS, FAST);
    let card = builder.add_text_field(CARD, STORED);
    (
        builder.build(),
        Fields {
            texts,
            code,
            facets,
            card,
        },
    )
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
        document.add_u64(self.facets, u64::from(entry.facets().pack()));
        document.add_text(self.card, entry.card());
        document
    }
}

/// The name of [`Terms`] in the schema.
const TERMS: &str = "terms";

/// The terms of a text: every word as key and form, every two neighbours as a pair. A tokenizer, because
/// tantivy keeps tokens that are handed to it ready-made as JSON until it indexes them, which costs more
/// than making them.
#[derive(Clone, Default)]
struct Terms {
    spelling: Spelling,
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
        let Self {
            spelling,
            letters,
            ends,
        } = self;
        let mut speller =
            |word: &[_], tone, key: &mut _, form: &mut _| spelling.spell(word, tone, key, form);
        for_each_token_spelt(text, &mut speller, &mut |token| {
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
