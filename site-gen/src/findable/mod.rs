//! What the site hands over to be found: every clause, component, rule, term, body and page.

mod catalogue;
mod clauses;
mod pages;

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use framework::Locale;
use rayon::prelude::*;
use search::{
    Entry, Glossary,
    index::{self, IndexError, Language, Sort},
};

use crate::{
    browser_module,
    document::Page,
    library::Library,
    manifest::FileEntry,
    publish::{PublishError, Publisher},
    reads, share,
};

/// Everything that can be found, in a fixed order: Vietnamese first, clauses before what quotes
/// them.
pub fn entries(library: &Library) -> Vec<Entry> {
    let things = |locale| things(library, locale, &Digests::default());
    let things = Locale::ALL.into_iter().flat_map(things);
    things
        .flat_map(|thing| match thing {
            Thing::Made(entry) => vec![*entry],
            Thing::Page(page, _) => pages::entries(library, page),
        })
        .collect()
}

/// The digests of each page's entries, by the path of its file; none for a page that is not found as such.
pub(crate) type Digests = BTreeMap<String, Vec<[u8; 16]>>;

/// Something to be found. The text of a page is copied only when it is wanted.
enum Thing<'a> {
    Made(Box<Entry>),
    /// A page, with the digests of its entries if they are known.
    Page(&'a Arc<Page>, Option<Vec<[u8; 16]>>),
}

impl Thing<'_> {
    fn url(&self) -> Cow<'_, str> {
        match self {
            Self::Made(entry) => Cow::Borrowed(&entry.url),
            Self::Page(page, _) => Cow::Owned(pages::url(page)),
        }
    }

    fn known_digests(&self) -> Option<Vec<[u8; 16]>> {
        match self {
            Self::Made(entry) => Some(vec![index::digest(entry)]),
            Self::Page(_, digests) => digests.clone(),
        }
    }

    /// The entries, and whether they were made of another page's text too.
    fn entries(&self, library: &Library) -> (Vec<Cow<'_, Entry>>, bool) {
        match self {
            Self::Made(entry) => (vec![Cow::Borrowed(&**entry)], false),
            Self::Page(page, _) => {
                let make = || pages::entries(library, page);
                let (entries, quotes) = reads::of_page(Some(&page.tail), make);
                (entries.into_iter().map(Cow::Owned).collect(), quotes)
            }
        }
    }
}

/// Everything that can be found in one language. `known` are the digests of pages that need not be looked at.
fn things<'a>(library: &'a Library, locale: Locale, known: &Digests) -> Vec<Thing<'a>> {
    let made = |entry| Thing::Made(Box::new(entry));
    let mut things: Vec<Thing<'a>> = Vec::new();
    things.extend(clauses::entries(library, locale).into_iter().map(made));
    things.extend(catalogue::components(library, locale).into_iter().map(made));
    for (_, page) in library.documents.get(locale).iter() {
        let digests = known.get(&*page.file.to_string_lossy());
        let is_found = match digests {
            Some(digests) => !digests.is_empty(),
            None => pages::is_found(page),
        };
        if is_found {
            things.push(Thing::Page(page, digests.cloned()));
        }
    }
    things.extend(catalogue::owners(library, locale).into_iter().map(made));
    things.extend(catalogue::terms(library, locale).into_iter().map(made));
    things.extend(catalogue::rules(library, locale).into_iter().map(made));
    things
}

/// What acronyms, synonyms and words of the other language stand for.
pub fn glossary(library: &Library) -> Glossary {
    Glossary::from_catalogue(&library.project.catalogue)
}

/// Where the server's index lies in the output folder.
pub const FOLDER: &str = ".khung/index/";

/// What the files of an index are to a browser.
const MEDIA_TYPE: &str = "application/octet-stream";

/// Whether a file of the site belongs to the index of a language.
pub(crate) fn is_of(path: &str, locale: Locale) -> bool {
    path.starts_with(&format!("{FOLDER}{locale}/"))
        || path.starts_with(&format!("search/{locale}."))
        || path.starts_with(&format!("assets/search-{locale}/"))
}

/// One language made findable.
pub(crate) struct Findable {
    /// The index for the server and its shards for the browser, as files of the site.
    pub(crate) files: Vec<FileEntry>,
    /// The digests of the pages whose entries were made.
    pub(crate) digests: Digests,
    /// Whether an entry was made of the text of several pages.
    pub(crate) quotes: bool,
}

/// Makes one language findable. Parts of the index whose entries are as they were are taken from the site that
/// is published now.
pub(crate) fn make(
    library: &Library,
    locale: Locale,
    known: &Digests,
    publisher: &Publisher,
) -> Result<Findable, PublishError> {
    let things = things(library, locale, known);
    let below = format!("{FOLDER}{locale}/");
    let program = browser_module::INDEX_PROGRAM;
    let urls: Vec<Cow<'_, str>> = things.iter().map(Thing::url).collect();
    let ranges = index::cut(urls.iter().map(|url| &**url));
    let path = |name: &str| format!("{below}{}", index::file(name));
    let parts = ranges.into_par_iter().with_max_len(1).map(|range| {
        let made = PartMade::of(library, &things[range], program, |name| {
            publisher.published(&path(name)).and_then(index::Part::read)
        });
        let made = made.map_err(|error| {
            PublishError::Io(FOLDER.into(), std::io::Error::other(error.to_string()))
        })?;
        // At once: a quarter of a part is for its file alone, and need not be held until all are made.
        let file = publisher.put(&path(&made.name), MEDIA_TYPE, made.part.bytes())?;
        Ok((made.without_segment(), file))
    });
    let parts = parts.collect::<Result<Vec<(PartMade, FileEntry)>, PublishError>>()?;
    let quotes = parts.iter().any(|(part, _)| part.quotes);
    let mut digests = Digests::new();
    let mut files = Vec::new();
    let named = parts.into_iter().map(|(part, file)| {
        digests.extend(part.digests);
        files.push(file);
        (part.name, part.part)
    });
    let language = Language::new(locale, named.collect(), &glossary(library));
    let pieces = publisher.published(&format!("{below}{}", index::PIECES));
    let sorts = Sort::ALL.par_iter().with_max_len(1);
    let records = sorts.map(|sort| language.records(*sort));
    let records = records.collect();
    let rest = language.all_files(FOLDER, &pieces.unwrap_or_default(), records);
    let rest = rest.par_iter().with_max_len(share::PAGES);
    let rest = rest.map(|file| publisher.put(&file.path, MEDIA_TYPE, &file.bytes));
    files.extend(rest.collect::<Result<Vec<FileEntry>, PublishError>>()?);
    Ok(Findable {
        files,
        digests,
        quotes,
    })
}

/// A part of an index, made or found.
struct PartMade {
    name: String,
    part: index::Part,
    digests: Digests,
    quotes: bool,
}

impl PartMade {
    fn without_segment(self) -> Self {
        let part = self.part.without_segment();
        Self { part, ..self }
    }

    fn of(
        library: &Library,
        things: &[Thing<'_>],
        program: &str,
        before: impl Fn(&str) -> Option<index::Part>,
    ) -> Result<Self, IndexError> {
        let known: Option<Vec<_>> = things.iter().map(Thing::known_digests).collect();
        if let Some(known) = known {
            let name = index::name(program, &known.concat());
            if let Some(part) = before(&name) {
                let (digests, quotes) = (Digests::new(), false);
                return Ok(Self {
                    name,
                    part,
                    digests,
                    quotes,
                });
            }
        }
        // One after the other: a thread that waited here for its share would begin another part meanwhile.
        let made = things.iter().map(|thing| thing.entries(library));
        let (made, quoting): (Vec<Vec<Cow<'_, Entry>>>, Vec<bool>) = made.unzip();
        let quotes = quoting.contains(&true);
        let mut digests = Digests::new();
        let mut all = Vec::new();
        for (thing, entries) in things.iter().zip(&made) {
            let own: Vec<_> = entries.iter().map(|entry| index::digest(entry)).collect();
            all.extend(&own);
            if let Thing::Page(page, _) = thing {
                digests.insert(page.file.to_string_lossy().into_owned(), own);
            }
        }
        let entries: Vec<Cow<'_, Entry>> = made.into_iter().flatten().collect();
        let name = index::name(program, &all);
        let part = match before(&name) {
            Some(part) => part,
            None => index::Part::build(&entries)?,
        };
        Ok(Self {
            name,
            part,
            digests,
            quotes,
        })
    }
}
