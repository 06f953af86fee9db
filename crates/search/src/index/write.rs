//! Entries into tantivy.

use std::{collections::BTreeMap, fs, path::Path};

use framework::Locale;
use tantivy::{
    Directory, Index, TantivyDocument,
    directory::{MmapDirectory, RamDirectory},
    schema::{
        FAST, Field as SchemaField, IndexRecordOption, STORED, Schema, TextFieldIndexing,
        TextOptions,
    },
    tokenizer::{PreTokenizedString, Token},
};
use vitext::for_each_token;

use super::{IndexError, Opened};
use crate::{
    Entry, Glossary, Meaning,
    guess::pair_key,
    impact::Field,
    record::{IS_CODE, QUOTES_CODE},
};

/// What stands between key and form in a term.
pub(super) const FORM: char = '\0';
/// The file with what acronyms stand for.
pub(super) const GLOSSARY: &str = "glossary.tsv";
/// Names of the fields beside the four text fields.
pub(super) const CODE: &str = "code";
pub(super) const FACETS: &str = "facets";
pub(super) const CARD: &str = "card";

/// Memory for one language while writing, in bytes. The writer holds one segment.
const BUDGET: usize = 512 << 20;

/// Writes the index of both languages into a folder, which is made if it is not there. The folder
/// should be empty: site-gen writes a new one and swaps it in.
pub fn write(folder: &Path, entries: &[Entry], glossary: &Glossary) -> Result<(), IndexError> {
    for locale in Locale::ALL {
        let folder = folder.join(locale.tag());
        fs::create_dir_all(&folder).map_err(|error| IndexError::Io(folder.clone(), error))?;
        let directory = MmapDirectory::open(&folder).map_err(tantivy::TantivyError::from)?;
        fill(directory, entries, locale)?;
        let file = folder.join(GLOSSARY);
        fs::write(&file, glossary_lines(glossary.meanings(locale)))
            .map_err(|error| IndexError::Io(file, error))?;
    }
    Ok(())
}

/// The index of one language, in memory.
pub(super) fn in_memory(
    entries: &[Entry],
    glossary: &Glossary,
    locale: Locale,
) -> Result<Opened, IndexError> {
    let index = fill(RamDirectory::create(), entries, locale)?;
    Opened::new(&index, glossary.meanings(locale).clone())
}

fn fill(directory: impl Directory, entries: &[Entry], locale: Locale) -> Result<Index, IndexError> {
    let (schema, fields) = schema();
    let mut writer = Index::builder()
        .schema(schema)
        .single_segment_index_writer(directory, BUDGET)?;
    for entry in entries.iter().filter(|entry| entry.locale == locale) {
        writer.add_document(fields.document(entry))?;
    }
    Ok(writer.finalize()?)
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
        for_each_token(text, |token| {
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

fn glossary_lines(meanings: &BTreeMap<String, Vec<Meaning>>) -> String {
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
