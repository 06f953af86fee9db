//! The tantivy index: made by site-gen, searched by the server and the terminal.
//!
//! One index a language, in a folder of its own, in one segment whose document numbers are the
//! places of the entries. Beside tantivy's files lies `glossary.tsv`, what acronyms stand for.

mod postings;
mod spelling;
mod tantivy_source;
mod write;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use framework::{Locale, Localized};
use tantivy::{Directory, directory::RamDirectory};

use crate::{Answer, Card, Entry, Glossary, Hit, Query, Results, StaticFile, answer, snippet};
pub(crate) use tantivy_source::{Opened, View};

/// What the files of an index are like: to be counted up with every change to this folder that makes other
/// files of the same entries, and with every other tantivy. Who keeps an index asks whether it still fits.
pub const FORM: u32 = 2;

/// The file with what acronyms stand for.
const GLOSSARY: &str = "glossary.tsv";

/// Why an index could not be written or opened.
#[derive(Debug)]
pub enum IndexError {
    /// A file of it could not be read or written.
    Io(PathBuf, io::Error),
    /// Tantivy refused.
    Tantivy(Box<tantivy::TantivyError>),
    /// It is not an index that this version wrote.
    Foreign(PathBuf),
}

impl std::fmt::Display for IndexError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Io(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Tantivy(error) => write!(f, "search index: {error}"),
            Self::Foreign(path) => {
                write!(
                    f,
                    "{}: not a search index of this version; build the site again",
                    path.display()
                )
            }
        }
    }
}

impl std::error::Error for IndexError {}

impl From<tantivy::TantivyError> for IndexError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Tantivy(Box::new(error))
    }
}

/// An opened index, ready to be searched from any number of threads.
#[derive(Debug)]
pub struct Index {
    languages: Localized<Opened>,
}

/// Opens the index in a folder. It is read into memory: the folder may be swapped for another or
/// be on a file system that cannot be written to.
pub fn open(folder: &Path) -> Result<Index, IndexError> {
    let open = |locale: Locale| {
        let folder = folder.join(locale.tag());
        let at = |path: &Path| {
            let path = path.to_owned();
            move |error| IndexError::Io(path, error)
        };
        let directory = RamDirectory::create();
        let mut glossary = None;
        for file in fs::read_dir(&folder).map_err(at(&folder))? {
            let path = file.map_err(at(&folder))?.path();
            let bytes = fs::read(&path).map_err(at(&path))?;
            let Some(name) = path.file_name() else {
                continue;
            };
            if name == GLOSSARY {
                glossary = Some(String::from_utf8_lossy(&bytes).into_owned());
            } else {
                directory
                    .atomic_write(Path::new(name), &bytes)
                    .map_err(at(&path))?;
            }
        }
        let glossary = glossary.ok_or_else(|| IndexError::Foreign(folder.clone()))?;
        let index = tantivy::Index::open(directory.clone())?;
        Opened::new(index, directory, write::read_glossary(&glossary))
    };
    Ok(Index {
        languages: Localized::new(open(Locale::Vi)?, open(Locale::En)?),
    })
}

/// Builds an index in memory.
pub fn build(entries: &[Entry], glossary: &Glossary) -> Result<Index, IndexError> {
    let build = |locale: Locale| {
        let (index, directory) = write::fill(entries, locale)?;
        Opened::new(index, directory, glossary.meanings(locale).clone())
    };
    Ok(Index {
        languages: Localized::new(build(Locale::Vi)?, build(Locale::En)?),
    })
}

impl Index {
    /// The files of the index, to be written into a folder that [`open`] reads: `vi/meta.json` …
    /// The same entries give the same files.
    pub fn files(&self) -> Result<Vec<StaticFile>, IndexError> {
        let mut files = Vec::new();
        for locale in Locale::ALL {
            let opened = self.languages.get(locale);
            let below = |file: StaticFile| StaticFile {
                path: format!("{locale}/{}", file.path),
                bytes: file.bytes,
            };
            files.extend(opened.files()?.into_iter().map(below));
        }
        Ok(files)
    }

    /// Answers a query.
    pub fn search(&self, query: &Query) -> Results {
        let opened = self.languages.get(query.locale);
        let mut view = View::of(opened);
        let found = answer(
            &mut view,
            &query.text,
            query.filter,
            query.offset,
            query.limit,
        );
        let hits = found.hits.iter().filter_map(|hit| {
            let text = opened.card(hit.document)?;
            let facets = opened.facets_of(hit.document);
            let card = Card::parse(&text);
            let snippet = snippet(&card, &found.marks);
            Some(Hit::new(query.locale, hit.score, facets, &card, &snippet))
        });
        let hits = hits.collect();
        Results::new(query, &found, hits)
    }

    /// The core's own answer, document numbers and scores.
    pub fn answer(&self, query: &Query) -> Answer {
        let mut view = View::of(self.languages.get(query.locale));
        answer(
            &mut view,
            &query.text,
            query.filter,
            query.offset,
            query.limit,
        )
    }

    /// The part of one language.
    pub(crate) fn language(&self, locale: Locale) -> &Opened {
        self.languages.get(locale)
    }
}
