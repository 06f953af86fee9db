//! The tantivy index: made by site-gen, searched by the server and the terminal.
//!
//! One index a language, in a folder of its own, in parts of some neighbouring entries ([`Part`]), each with
//! a tantivy segment: an edit makes one part again. Documents are numbered in the order of the entries.
//! Beside the parts lie `parts`, their names in order, and `glossary.tsv`, what acronyms stand for.

mod invert;
mod inverted;
mod language;
mod meanings;
mod part;
mod places;
mod postings;
mod renewal;
mod segment;
mod sparing;
mod spelling;
mod stacks;
mod tantivy_source;
mod terms;
mod words;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use framework::{Locale, Localized};

pub use crate::pack::Effort;
use crate::{
    Answer, Card, Entry, Glossary, Hit, Query, Results, StaticFile, answer, pack::Unpacker,
};
pub use language::{Language, PIECES, Records};
pub use part::{Part, Sort, cut, digest, file, name};
pub(crate) use renewal::Changes;
pub use renewal::{Published, Renewed, Replaced};
use sparing::Sparing;
use tantivy_source::{Opened, View};

/// What the files of an index are like: to be counted up with every change to this folder that makes other
/// files of the same entries, and with every other tantivy. Who keeps an index asks whether it still fits.
pub const FORM: u32 = 7;

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
        let read = |name: &str| {
            let path = folder.join(name);
            fs::read(&path).map_err(|error| IndexError::Io(path, error))
        };
        let text = |name| read(name).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let (names, glossary) = (text(language::PARTS)?, text(language::GLOSSARY)?);
        let parts = names.lines().map(|name| {
            let part = Part::read(read(&file(name))?);
            let part = part.ok_or_else(|| IndexError::Foreign(folder.clone()))?;
            Ok((name.to_owned(), part))
        });
        let parts = parts.collect::<Result<Vec<(String, Part)>, IndexError>>()?;
        let mut both = parts.windows(2).map(|two| [&two[0].1, &two[1].1]);
        if both.any(|[one, other]| one.stacking() != other.stacking()) {
            return Err(IndexError::Foreign(folder));
        }
        Opened::new(Language::of(locale, parts, meanings::read(&glossary)))
    };
    Ok(Index {
        languages: Localized::new(open(Locale::Vi)?, open(Locale::En)?),
    })
}

/// Builds an index in memory.
pub fn build(entries: &[Entry], glossary: &Glossary) -> Result<Index, IndexError> {
    let build = |locale: Locale| {
        let entries = entries.iter().filter(|entry| entry.locale == locale);
        let entries: Vec<Entry> = entries.cloned().collect();
        Opened::new(Language::build(locale, &entries, glossary)?)
    };
    Ok(Index {
        languages: Localized::new(build(Locale::Vi)?, build(Locale::En)?),
    })
}

impl Index {
    /// The files of the index, to be written into a folder that [`open`] reads: `vi/parts` …
    /// The same entries give the same files.
    pub fn files(&self) -> Vec<StaticFile<'_>> {
        let of_language = |locale| self.languages.get(locale).language().files();
        Locale::ALL.into_iter().flat_map(of_language).collect()
    }

    /// Exports the index from its terms and postings as static shards of both languages.
    ///
    /// `search/<language>.bin` is the head, which changes with every change of content; everything
    /// else lies in `assets/`, each file named after its place and its content, and never changes.
    pub fn export(&self) -> Vec<StaticFile<'_>> {
        let of_language = |locale| self.languages.get(locale).language().static_files();
        Locale::ALL.into_iter().flat_map(of_language).collect()
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
        let language = opened.language();
        let (mut unpacker, snippets) = (Unpacker::default(), Sparing::new(&found.marks));
        // Neighbouring hits of one page have their cards together.
        let mut last: Option<(u32, Vec<u8>)> = None;
        let hits = found.hits.iter().filter_map(|hit| {
            let number = language.stacking().stack_of(hit.document);
            if last.as_ref().is_none_or(|(last, _)| *last != number) {
                let stack = language.stack_with(hit.document, &mut unpacker);
                last = stack.map(|stack| (number, stack));
            }
            let (_, stack) = last.as_ref()?;
            let text = str::from_utf8(language.stacking().card(stack, hit.document)).ok()?;
            let facets = language.facets_of(hit.document);
            if text.is_empty() {
                // Cut short in a stack that could be unpacked: nothing to show.
                return None;
            }
            let card = Card::parse(text);
            let snippet = snippets.snippet(&card);
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
}
