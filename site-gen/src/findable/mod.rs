//! What the site hands over to be found: every clause, component, rule, term, body and page.

mod catalogue;
mod clauses;
mod pages;

use framework::Locale;
use rayon::prelude::*;
use search::{
    Entry, Glossary,
    index::{self, IndexError, Language},
};

use crate::{browser_module, library::Library, page::Artifact};

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

/// The index of one language for the server and its shards for the browser, as files of the site. `before`
/// reads a file of the site that is published now: parts of the index whose entries are as they were are
/// taken from there.
pub(crate) fn files(
    library: &Library,
    locale: Locale,
    before: impl Fn(&str) -> Option<Vec<u8>> + Sync,
) -> Result<Vec<(String, Artifact)>, IndexError> {
    let entries = entries_in(library, locale);
    let below = format!("{FOLDER}{locale}/");
    let program = browser_module::digest();
    let ranges = index::cut(entries.iter().map(|entry| entry.url.as_str()));
    let parts = ranges.into_par_iter().map(|range| {
        let entries = &entries[range];
        let digests: Vec<_> = entries.iter().map(index::digest).collect();
        let name = index::name(&program, &digests);
        let known = before(&format!("{below}{}", index::file(&name))).and_then(index::Part::read);
        let part = known.map_or_else(|| index::Part::build(entries), Ok)?;
        Ok((name, part))
    });
    let parts = parts.collect::<Result<Vec<_>, IndexError>>()?;
    // A second copy of every text, not needed any more.
    drop(entries);
    let language = Language::new(locale, parts, &glossary(library));
    let pieces = before(&format!("{below}{}", index::PIECES)).unwrap_or_default();
    let files = language.all_files(FOLDER, &pieces).into_iter();
    let artifact = |bytes| Artifact {
        media_type: "application/octet-stream",
        bytes,
    };
    Ok(files
        .map(|file| (file.path, artifact(file.bytes)))
        .collect())
}
