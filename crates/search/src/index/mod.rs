//! The tantivy index: written by site-gen, searched by the server and the terminal.
//!
//! One index a language, in a folder of its own, in one segment whose document numbers are the
//! places of the entries. Beside tantivy's files lies `glossary.tsv`, what acronyms stand for.

mod tantivy_source;
mod write;

use std::{
    io,
    path::{Path, PathBuf},
};

use framework::{Locale, Localized};

pub use write::write;

use crate::{Answer, Card, Entry, Glossary, Hit, Query, Results, answer, snippet};
pub(crate) use tantivy_source::{Opened, View};

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

/// Opens the index in a folder.
pub fn open(folder: &Path) -> Result<Index, IndexError> {
    let vi = Opened::open(&folder.join(Locale::Vi.tag()))?;
    let en = Opened::open(&folder.join(Locale::En.tag()))?;
    Ok(Index {
        languages: Localized::new(vi, en),
    })
}

/// Builds an index in memory.
pub fn build(entries: &[Entry], glossary: &Glossary) -> Result<Index, IndexError> {
    let vi = write::in_memory(entries, glossary, Locale::Vi)?;
    let en = write::in_memory(entries, glossary, Locale::En)?;
    Ok(Index {
        languages: Localized::new(vi, en),
    })
}

impl Index {
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
