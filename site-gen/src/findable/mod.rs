//! What the site hands over to be found: every clause, component, rule, term, body and page.

mod catalogue;
mod clauses;
mod pages;

use std::hash::{Hash as _, Hasher};

use framework::Locale;
use search::{
    Entry, Glossary,
    index::{self, IndexError},
};
use sha2::{Digest as _, Sha256};

use crate::{browser_module, digest, library::Library, page::Artifact};

/// Everything that can be found, in a fixed order: Vietnamese first, clauses before what quotes
/// them.
pub fn entries(library: &Library) -> Vec<Entry> {
    let of_language = Locale::ALL.map(|locale| entries_in(library, locale));
    of_language.into_iter().flatten().collect()
}

/// Everything that can be found in one language.
pub(crate) fn entries_in(library: &Library, locale: Locale) -> Vec<Entry> {
    let mut entries = clauses::entries(library, locale);
    entries.extend(catalogue::components(library, locale));
    entries.extend(pages::entries(library, locale));
    entries.extend(catalogue::owners(library, locale));
    entries.extend(catalogue::terms(library, locale));
    entries.extend(catalogue::rules(library, locale));
    entries
}

/// What acronyms, synonyms and words of the other language stand for.
pub fn glossary(library: &Library) -> Glossary {
    Glossary::from_catalogue(&library.project.catalogue)
}

/// Where the server's index lies in the output folder.
pub const FOLDER: &str = ".khung/index/";

/// Whether a file of the site belongs to the index of a language.
pub(crate) fn is_of(path: &str, locale: Locale) -> bool {
    path.starts_with(&format!("{FOLDER}{locale}/"))
        || path.starts_with(&format!("search/{locale}."))
        || path.starts_with(&format!("assets/search-{locale}/"))
}

/// A digest of what the index of a language is made from: its entries, the glossary, and the code that
/// indexes, whose sources are also those of the browser's module but for what only tantivy is told.
pub(crate) fn key(library: &Library, entries: &[Entry]) -> String {
    let catalogue = &library.project.catalogue;
    let mut hashing = Hashing(Sha256::new());
    entries.hash(&mut hashing);
    let data = serde_json::to_vec(&(&catalogue.components, &catalogue.terms));
    data.expect("plain structs are always JSON")
        .hash(&mut hashing);
    browser_module::digest().hash(&mut hashing);
    index::FORM.hash(&mut hashing);
    digest::hex(&hashing.0.finalize())
}

/// Values to be hashed as they lie in memory, for a digest that only this program reads.
struct Hashing(Sha256);

impl Hasher for Hashing {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        unreachable!("the digest is taken instead")
    }
}

/// The index of one language for the server and its shards for the browser, as files of the site.
pub(crate) fn files(
    library: &Library,
    entries: Vec<Entry>,
    locale: Locale,
) -> Result<Vec<(String, Artifact)>, IndexError> {
    let index = index::build(&entries, &glossary(library))?;
    // A second copy of every text, not needed any more.
    drop(entries);
    let artifact = |bytes| Artifact {
        media_type: "application/octet-stream",
        bytes,
    };
    let served = index
        .export()?
        .into_iter()
        .map(|file| (file.path, artifact(file.bytes)));
    let private = index.files()?.into_iter();
    let private = private.map(|file| (format!("{FOLDER}{}", file.path), artifact(file.bytes)));
    // The index of the other language is an empty one here.
    let of_language = served
        .chain(private)
        .filter(|(path, _)| is_of(path, locale));
    Ok(of_language.collect())
}
