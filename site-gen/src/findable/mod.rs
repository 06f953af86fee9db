//! What the site hands over to be found: every clause, component, rule, term, body and page.

mod catalogue;
mod clauses;
mod pages;

use framework::Locale;
use search::{
    Entry, Glossary,
    index::{self, IndexError},
};

use crate::{browser_module, digest, library::Library, page::Artifact};

/// Everything that can be found, in a fixed order: Vietnamese first, clauses before what quotes
/// them.
pub fn entries(library: &Library) -> Vec<Entry> {
    let mut entries = Vec::new();
    for locale in Locale::ALL {
        entries.extend(clauses::entries(library, locale));
        entries.extend(catalogue::components(library, locale));
        entries.extend(pages::entries(library, locale));
        entries.extend(catalogue::owners(library, locale));
        entries.extend(catalogue::terms(library, locale));
        entries.extend(catalogue::rules(library, locale));
    }
    entries
}

/// What acronyms, synonyms and words of the other language stand for.
pub fn glossary(library: &Library) -> Glossary {
    Glossary::from_catalogue(&library.project.catalogue)
}

/// Where the server's index lies in the output folder.
pub const FOLDER: &str = ".khung/index/";

/// The folders of everything that [`files`] makes.
pub(crate) const FOLDERS: [&str; 4] = [FOLDER, "search/", "assets/search-vi/", "assets/search-en/"];

/// A digest of what the index is made from: the entries, the glossary, and the code that indexes,
/// whose sources are also those of the browser's module.
pub(crate) fn key(library: &Library) -> String {
    let catalogue = &library.project.catalogue;
    let input = (&entries(library), &catalogue.components, &catalogue.terms);
    let mut bytes = serde_json::to_vec(&input).expect("plain structs are always JSON");
    bytes.extend(browser_module::digest().bytes());
    digest::sha256(&bytes, digest::WHOLE)
}

/// The index for the server and the shards for the browser, as files of the site.
pub(crate) fn files(library: &Library) -> Result<Vec<(String, Artifact)>, IndexError> {
    let index = index::build(&entries(library), &glossary(library))?;
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
    Ok(served.chain(private).collect())
}
