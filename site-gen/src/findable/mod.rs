//! What the site hands over to be found: every clause, component, rule, term, body and page.

mod catalogue;
mod clauses;
mod pages;

use framework::Locale;
use search::{Entry, Glossary};

use crate::library::Library;

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
