//! Entries into tantivy.

use std::{collections::BTreeMap, path::PathBuf};

use framework::Locale;
use sha2::{Digest, Sha256};
use tantivy::{
    Directory, Index, TantivyDocument, TantivyError,
    directory::RamDirectory,
    index::SegmentId,
    schema::{
        FAST, Field as SchemaField, IndexRecordOption, STORED, Schema, TextFieldIndexing,
        TextOptions,
    },
    tokenizer::{PreTokenizedString, Token},
};
use vitext::for_each_token;

use super::IndexError;
use crate::{
    Entry, Meaning, StaticFile,
    export::hexadecimal,
    guess::pair_key,
    impact::Field,
    record::{IS_CODE, QUOTES_CODE},
};

/// What stands between key and form in a term.
pub(super) const FORM: char = '\0';
/// Tantivy's own list of what there is.
const META: &str = "meta.json";
/// Names of the fields beside the four text fields.
pub(super) const CODE: &str = "code";
pub(super) const FACETS: &str = "facets";
pub(super) const CARD: &str = "card";

/// Memory for one language while writing, in bytes. The writer holds one segment.
const BUDGET: usize = 512 << 20;

/// The index of one language, in memory.
pub(super) fn fill(entries: &[Entry], locale: Locale) -> Result<(Index, RamDirectory), IndexError> {
    let (schema, fields) = schema();
    let directory = RamDirectory::create();
    let mut writer = Index::builder()
        .schema(schema)
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
    // Texts come as ready tokens, so the tokenizer's name is only a name.
    let terms = |record| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_index_option(record);
        TextOptions::default().set_indexing_options(indexing)
    };
    let texts = Field::ALL
        .map(|field| builder.add_text_field(field.name(), terms(IndexRecordOption::WithFreqs)));
    let code = builder.add_text_field(CODE, terms(IndexRecordOption::Basic));
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
        document.add_pre_tokenized_text(title, terms_of([&entry.title]));
        let headings = entry.sections.iter().map(|section| &section.heading);
        document.add_pre_tokenized_text(heading, terms_of(headings));
        let paragraphs = entry
            .sections
            .iter()
            .flat_map(|section| &section.paragraphs);
        document.add_pre_tokenized_text(body, terms_of(paragraphs));
        document.add_pre_tokenized_text(alias, terms_of(&entry.aliases));
        let codes = entry
            .all_codes()
            .into_iter()
            .map(|code| format!("{IS_CODE}{code}{FORM}"));
        let quotes = entry
            .all_quotes()
            .into_iter()
            .map(|code| format!("{QUOTES_CODE}{code}{FORM}"));
        document.add_pre_tokenized_text(self.code, pre_tokenized(codes.chain(quotes)));
        document.add_u64(self.facets, u64::from(entry.facets().pack()));
        document.add_text(self.card, entry.card());
        document
    }
}

/// The terms of some texts: every word as key and form, every two neighbours as a pair.
fn terms_of<'a>(texts: impl IntoIterator<Item = &'a String>) -> PreTokenizedString {
    let mut terms = Vec::new();
    for text in texts {
        let mut before = String::new();
        for_each_token(text, &mut |token| {
            terms.push(format!("{}{FORM}{}", token.key, token.form));
            if !token.after_pause {
                terms.push(format!("{}{FORM}", pair_key(&before, &token.key)));
            }
            before.clone_from(&token.key);
        });
    }
    pre_tokenized(terms.into_iter())
}

fn pre_tokenized(terms: impl Iterator<Item = String>) -> PreTokenizedString {
    // Positions are not indexed; pairs stand in for them.
    let token = |text| Token {
        text,
        position: 0,
        ..Token::default()
    };
    let tokens = terms.map(token).collect();
    PreTokenizedString {
        text: String::new(),
        tokens,
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
