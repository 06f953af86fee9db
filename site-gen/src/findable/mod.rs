//! What the site hands over to be found: every clause, component, rule, term, body and page.

mod catalogue;
mod clauses;
mod pages;

mod part;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use framework::Locale;
use rayon::prelude::*;
use search::{
    Entry, Glossary, Stacking, StaticFile,
    index::{self, Language, Part, Published, Replaced, Sort},
};

use crate::{
    browser_module,
    document::Page,
    last::{Text, Texts},
    library::Library,
    manifest::FileEntry,
    publish::{PublishError, Publisher},
    reads, share,
};

use part::{PartMade, Recipe};

/// Everything that can be found, in a fixed order: Vietnamese first, clauses before what quotes
/// them.
pub fn entries(library: &Library) -> Vec<Entry> {
    let things = |locale| things(library, locale, Known::default());
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

/// What is known of pages' entries from the last build.
#[derive(Clone, Copy, Default)]
pub(crate) struct Known<'a> {
    /// As they were.
    pub(crate) texts: Option<&'a Texts>,
    /// The files of pages that may have others now.
    pub(crate) changed: Option<&'a BTreeSet<String>>,
}

/// Something to be found. The text of a page is copied only when it is wanted.
enum Thing<'a> {
    Made(Box<Entry>),
    Page(&'a Arc<Page>, KnownPage<'a>),
}

/// What is known of a page's entries.
#[derive(Clone, Copy, Default)]
struct KnownPage<'a> {
    before: Option<&'a Text>,
    is_changed: bool,
}

impl Thing<'_> {
    fn url(&self) -> Cow<'_, str> {
        match self {
            Self::Made(entry) => Cow::Borrowed(&entry.url),
            Self::Page(page, _) => Cow::Owned(pages::url(page)),
        }
    }

    /// The digests of the entries as they were in the last build, if that is known.
    fn digests_before(&self) -> Option<Vec<[u8; 16]>> {
        match self {
            Self::Made(entry) => Some(vec![index::digest(entry)]),
            Self::Page(_, known) => known.before.map(Text::entries),
        }
    }

    /// Whether the entries are those of the last build.
    const fn is_known(&self) -> bool {
        match self {
            Self::Made(_) => true,
            Self::Page(_, known) => known.before.is_some() && !known.is_changed,
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

/// Everything that can be found in one language.
fn things<'a>(library: &'a Library, locale: Locale, known: Known<'a>) -> Vec<Thing<'a>> {
    let made = |entry| Thing::Made(Box::new(entry));
    let mut things: Vec<Thing<'a>> = Vec::new();
    things.extend(clauses::entries(library, locale).into_iter().map(made));
    things.extend(catalogue::components(library, locale).into_iter().map(made));
    for (_, page) in library.documents.get(locale).iter() {
        let file = page.file.to_string_lossy();
        let known = KnownPage {
            before: known.texts.and_then(|texts| texts.get(&*file)),
            is_changed: known.changed.is_some_and(|files| files.contains(&*file)),
        };
        // Whether a page is found as such is in its head.
        let is_found = match known.before {
            Some(text) => text.is_found(),
            None => pages::is_found(page),
        };
        if is_found {
            things.push(Thing::Page(page, known));
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

/// The path of a part of an index.
fn part_file(locale: Locale, name: &str) -> String {
    format!("{FOLDER}{locale}/{}", index::file(name))
}

/// Whether a file of the site belongs to the index of a language.
pub(crate) fn is_of(path: &str, locale: Locale) -> bool {
    let end = [FOLDER, "search/", "assets/search-"]
        .into_iter()
        .find_map(|start| path.strip_prefix(start));
    let rest = end.and_then(|end| end.strip_prefix(locale.tag()));
    rest.is_some_and(|rest| rest.starts_with(['/', '.']))
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
/// is published now, and so are all files that no changed part has to do with.
pub(crate) fn make(
    library: &Library,
    locale: Locale,
    known: Known<'_>,
    publisher: &Publisher,
) -> Result<Findable, PublishError> {
    let (parts, glossary) = rayon::join(
        || parts(library, locale, known, publisher),
        || glossary(library),
    );
    let parts = parts?;
    let quotes = parts.iter().any(|(part, _)| part.quotes);
    let (mut digests, mut replaced) = (Digests::new(), Vec::new());
    let (mut files, mut found) = (Vec::new(), BTreeSet::new());
    let named = parts.into_iter().enumerate().map(|(place, (part, file))| {
        digests.extend(part.digests);
        if let Some((name, part)) = part.before {
            replaced.push(Replaced { place, name, part });
        }
        match file {
            Some(file) => files.push(file),
            None => drop(found.insert(part_file(locale, &part.name))),
        }
        (part.name, part.part)
    });
    let named = named.collect();
    let language = Language::new(locale, named, &glossary).packed(publisher.effort());
    let renewed = if publisher.is_intact() {
        renewed(&language, &replaced, publisher)?
    } else {
        None
    };
    if let Some(renewed) = renewed {
        files.extend(renewed);
    } else {
        files.extend(publisher.stay(|path| found.contains(path)));
        files.extend(all_files(&language, publisher)?);
    }
    Ok(Findable {
        files,
        digests,
        quotes,
    })
}

/// The parts of one language's index, each with its file if it was written now.
fn parts(
    library: &Library,
    locale: Locale,
    known: Known<'_>,
    publisher: &Publisher,
) -> Result<Vec<(PartMade, Option<FileEntry>)>, PublishError> {
    let things = things(library, locale, known);
    let recipe = Recipe {
        program: browser_module::INDEX_PROGRAM,
        effort: publisher.effort(),
        stacking: Stacking::of(things.len()),
    };
    let urls: Vec<Cow<'_, str>> = things.iter().map(Thing::url).collect();
    let ranges = index::cut(urls.iter().map(|url| &**url));
    let path = |name: &str| part_file(locale, name);
    let parts = ranges.into_par_iter().with_max_len(1).map(|range| {
        let made = PartMade::of(library, &things[range], recipe, |name| {
            published_part(publisher, &path(name))
        });
        let made = made.map_err(|error| {
            PublishError::Io(FOLDER.into(), std::io::Error::other(error.to_string()))
        })?;
        if made.is_found {
            return Ok((made, None));
        }
        // At once: a quarter of a part is for its file alone, and need not be held until all are made.
        let file = publisher.put(&path(&made.name), MEDIA_TYPE, made.part.bytes())?;
        Ok((made.without_segment(), Some(file)))
    });
    parts.collect()
}

/// A part of the site that is published; none if there is none that is whole.
fn published_part(publisher: &Publisher, path: &str) -> Option<Part> {
    let part = Part::read(publisher.found(path)?);
    if part.is_none() {
        publisher.note_damage(path);
    }
    part
}

/// Whether the parts of the published index are whole, which their sizes do not say.
pub(crate) fn is_whole(publisher: &Publisher) -> bool {
    let is_part = |path: &str| Path::new(path).extension() == Some("part".as_ref());
    let parts = publisher.stay(|path| path.starts_with(FOLDER) && is_part(path));
    let parts = parts.par_iter().with_max_len(1);
    parts.all(|part| publisher.found(&part.path).and_then(Part::read).is_some())
}

/// Writes all files of an index but its parts.
fn all_files(language: &Language, publisher: &Publisher) -> Result<Vec<FileEntry>, PublishError> {
    let pieces = format!("{FOLDER}{}/{}", language.locale(), index::PIECES);
    let pieces = publisher.published(&pieces);
    let sorts = Sort::ALL.par_iter().with_max_len(1);
    let records = sorts.map(|sort| language.records(*sort));
    let records = records.collect();
    let files = language.all_files(FOLDER, &pieces.unwrap_or_default(), records);
    put(&files, publisher)
}

/// The files of an index but the parts that were made, if what is published can be brought up to date.
fn renewed(
    language: &Language,
    replaced: &[Replaced],
    publisher: &Publisher,
) -> Result<Option<Vec<FileEntry>>, PublishError> {
    let published = Published::read(language, FOLDER, |path| publisher.published(path));
    let published = published.filter(|published| language.is_renewal_of(published, replaced));
    let Some(published) = published else {
        return Ok(None);
    };
    let sorts = Sort::ALL.par_iter().with_max_len(1);
    let changes: Vec<_> = sorts
        .map(|sort| language.changes(replaced, *sort))
        .collect();
    let Some(renewed) = language.renewed(FOLDER, &published, replaced, &changes) else {
        return Ok(None);
    };
    let mut files = put(&renewed.files, publisher)?;
    let locale = language.locale();
    let parts = replaced
        .iter()
        .map(|before| part_file(locale, &before.name));
    let others = renewed.files.into_iter().map(|file| file.path);
    let others: BTreeSet<String> = others.chain(renewed.gone).chain(parts).collect();
    files.extend(publisher.stay(|path| is_of(path, locale) && !others.contains(path)));
    Ok(Some(files))
}

fn put(files: &[StaticFile<'_>], publisher: &Publisher) -> Result<Vec<FileEntry>, PublishError> {
    let files = files.par_iter().with_max_len(share::PAGES);
    let put = |file: &StaticFile<'_>| publisher.put(&file.path, MEDIA_TYPE, &file.bytes);
    files.map(put).collect()
}
