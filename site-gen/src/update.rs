//! The last build brought up to date, where nothing changed but the text of pages that stand by themselves.
//!
//! Of such a page others read the head alone ([`crate::reads`] has seen to that). As long as all heads and
//! everything else are as they were, only the page itself, in both languages, and its entry in the index have
//! to be made again; all other files and faults are those of the last build. Whatever does not fit that
//! picture, or gives a finished page a fault, is left to a build of everything.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use framework::{Diagnostic, Locale};
use rayon::prelude::*;

use crate::{
    address::{Address, Tail},
    build::{
        BuildOptions, BuildReport, dressed, in_order, let_go, look_at, published, rendered_alone,
        settle,
    },
    document::Page,
    findable::{self, Digests, Findable, Known},
    input::Input,
    last::{self, Last, Texts},
    library,
    manifest::FileEntry,
    progress::{Progress, Step},
    project,
    publish::{PublishError, Publisher},
    read::Reading,
    rendered::{self, Rendered},
    site::Site,
    stages::Stages,
    theme::Theme,
    translations,
};

/// What a build is made from.
pub(crate) struct Ground<'a> {
    /// The files and what is wrong with them as files.
    pub(crate) reading: &'a Reading,
    pub(crate) pages: &'a [Arc<Page>],
    pub(crate) options: &'a BuildOptions,
    pub(crate) input: &'a Input,
}

/// What changed since the last build.
struct Changes {
    /// The addresses of the changed pages.
    tails: BTreeSet<Tail>,
    /// The files of all pages there, in both languages.
    files: BTreeSet<String>,
    locales: BTreeSet<Locale>,
}

/// Changed pages beyond this share of all, in hundredths, are left to a build of everything.
const MOST_CHANGED: usize = 25;

/// Brings the last build up to date; none if a build of everything is needed.
pub(crate) fn attempt(
    ground: &Ground<'_>,
    last: &Last,
    publisher: &Publisher,
    progress: &Progress,
    clock: &mut Stages,
) -> Result<Option<BuildReport>, PublishError> {
    let texts = last.texts(ground.input);
    let changes = texts.and_then(|texts| Changes::since(texts, ground));
    let Some((texts, changes)) = texts.zip(changes) else {
        return Ok(None);
    };
    if !publisher.is_intact() {
        return Ok(None);
    }
    let before = last.diagnostics();
    let (ready, (site, mut report)) =
        rayon::join(|| publisher.ready(), || assembled(ground, &changes, before));
    ready?;
    report.pages = last.pages();
    clock.lap("parse and assemble what changed");
    if ground.reading.is_broken() {
        return Ok(None);
    }
    if report.errors() > 0 {
        report.timings = std::mem::take(&mut clock.laps);
        return Ok(Some(report));
    }
    progress.begin(Step::Render, 2 * changes.tails.len());
    let known = Known {
        texts: Some(texts),
        changed: Some(&changes.files),
    };
    let made = made(&site, &changes, known, publisher)?;
    let Some(made) = made.filter(|_| !ground.reading.is_broken()) else {
        return Ok(None);
    };
    clock.lap("render, index, pack and write what changed");
    progress.begin(Step::Publish, 0);
    let texts = || {
        let texts = last.texts_now(ground.input)?;
        Some(remembered(texts, ground, &changes, &made.digests))
    };
    let faults = &report.diagnostics;
    let (outcome, written) = rayon::join(
        || published(publisher, &site, made.entries),
        || last::written(ground.input, texts().as_ref(), last.pages(), faults),
    );
    let outcome = outcome?;
    report.published = Some(outcome);
    clock.lap("publish");
    Last::remember(&written, outcome, publisher, &ground.options.out);
    clock.lap("remember");
    let_go(site);
    report.timings = std::mem::take(&mut clock.laps);
    Ok(Some(report))
}

impl Changes {
    /// The changed pages; none if more than their text changed, or too many did.
    fn since(texts: &Texts, ground: &Ground<'_>) -> Option<Self> {
        let mut changed = BTreeSet::new();
        for (path, digest) in &ground.input.texts {
            if texts.get(path)?.source != *digest {
                changed.insert(path.as_str());
            }
        }
        if changed.len() * 100 > texts.len() * MOST_CHANGED {
            return None;
        }
        let of_changed = |page: &&Arc<Page>| changed.contains(&*page.file.to_string_lossy());
        let pages: Vec<&Arc<Page>> = ground.pages.iter().filter(of_changed).collect();
        let heads = pages.par_iter().all(|page| {
            let before = texts.get(&*page.file.to_string_lossy());
            before.is_some_and(|before| before.head == last::head(page))
        });
        let tails: BTreeSet<Tail> = pages.iter().map(|page| page.tail.clone()).collect();
        let there = ground.pages.iter();
        let there = there.filter(|page| tails.contains(&page.tail));
        let files = there.map(|page| page.file.to_string_lossy().into_owned());
        let files = files.collect();
        heads.then(|| Self {
            files,
            locales: pages.iter().map(|page| page.locale).collect(),
            tails,
        })
    }

    fn concern(&self, file: &Path) -> bool {
        self.files.contains(&*file.to_string_lossy())
    }
}

/// The project put together, its other pages unparsed until somebody asks; the faults are those of the last
/// build but for the changed pages.
fn assembled(
    ground: &Ground<'_>,
    changes: &Changes,
    before: Vec<Diagnostic>,
) -> (Site, BuildReport) {
    let everybodys = ground
        .pages
        .iter()
        .filter(|page| !Page::is_by_itself(&page.tail) || changes.tails.contains(&page.tail));
    let everybodys: Vec<Arc<Page>> = everybodys.cloned().collect();
    let assemble = || {
        let sources = &ground.reading.sources;
        let names: BTreeSet<String> = changes.tails.iter().map(ToString::to_string).collect();
        let together = || {
            let faults = project::parse(&everybodys);
            let (library, more) = library::put_together(sources, ground.pages.to_vec());
            (library, [faults, more].concat())
        };
        let recorded = || translations::recorded(sources, |page| names.contains(page));
        let ((mut library, mut faults), recorded) = rayon::join(together, recorded);
        let chosen = |tail: &Tail| changes.tails.contains(tail);
        faults.extend(library::look_at(&mut library, sources, recorded, chosen));
        (library, faults)
    };
    let ((library, mut faults), (theme, _)) =
        rayon::join(assemble, || Theme::parse(&ground.reading.sources));
    faults.extend(ground.reading.faults.iter().cloned());
    faults.retain(|fault| changes.concern(&fault.file));
    settle(&mut faults, &library, ground.options.strict);
    let before = before.into_iter();
    faults.extend(before.filter(|fault| !changes.concern(&fault.file)));
    in_order(&mut faults);
    let report = BuildReport {
        diagnostics: faults,
        published: None,
        pages: 0,
        timings: Vec::new(),
    };
    (dressed(library, theme, ground.options), report)
}

/// All files of the site, and the digests of entries that were made.
struct Made {
    entries: Vec<FileEntry>,
    digests: Digests,
}

/// Makes what changed and takes the rest from the last build; none if a finished page has a fault.
fn made(
    site: &Site,
    changes: &Changes,
    known: Known<'_>,
    publisher: &Publisher,
) -> Result<Option<Made>, PublishError> {
    let (found, pages) = rayon::join(
        || searchable(site, changes, known, publisher),
        || pages(site, changes, publisher),
    );
    let (found, Some(pages)) = (found?, pages?) else {
        return Ok(None);
    };
    let mut digests = Digests::new();
    let mut entries = pages;
    for found in found {
        if found.quotes {
            return Ok(None);
        }
        entries.extend(found.files);
        digests.extend(found.digests);
    }
    let fresh: BTreeSet<&str> = entries.iter().map(|entry| &*entry.path).collect();
    let is_of_index = |path: &str| {
        let mut locales = changes.locales.iter();
        locales.any(|locale| findable::is_of(path, *locale))
    };
    let stay = publisher.stay(|path| !fresh.contains(path) && !is_of_index(path));
    entries.extend(stay);
    Ok(Some(Made { entries, digests }))
}

fn searchable(
    site: &Site,
    changes: &Changes,
    known: Known<'_>,
    publisher: &Publisher,
) -> Result<Vec<Findable>, PublishError> {
    let locales: Vec<Locale> = changes.locales.iter().copied().collect();
    let found = locales.into_par_iter();
    found
        .map(|locale| findable::make(&site.library, locale, known, publisher))
        .collect()
}

/// Makes the changed pages again; none if one of them has a fault, or another page points at a place that
/// is no more.
fn pages(
    site: &Site,
    changes: &Changes,
    publisher: &Publisher,
) -> Result<Option<Vec<FileEntry>>, PublishError> {
    let exists = |address: &str| {
        let known = Address::parse(address).filter(|known| known.to_string() == address);
        known.is_some_and(|known| {
            let file = known.file();
            let mut locales = Locale::ALL.into_iter();
            publisher.has(&file) && !locales.any(|locale| findable::is_of(&file, locale))
        })
    };
    let now = |file: &str| {
        let bytes = publisher.published(file)?;
        Some(rendered::read(file, &bytes, exists))
    };
    let (mut entries, mut fresh) = (Vec::new(), BTreeMap::new());
    for tail in &changes.tails {
        for locale in Locale::ALL {
            let address = Address::Page(locale, tail.clone());
            let (Ok(artifact), false) = rendered_alone(site, &address) else {
                return Ok(None);
            };
            let file = address.file();
            let page = look_at(&address, &artifact, exists).unwrap_or_default();
            if !now(&file).is_some_and(|before| page.has_places_of(&before)) {
                return Ok(None);
            }
            entries.push(publisher.put(&file, artifact.media_type, &artifact.bytes)?);
            fresh.insert(file, page);
        }
    }
    let others: BTreeSet<String> = fresh.values().flat_map(Rendered::points_into).collect();
    let others = others.into_iter().filter(|file| !fresh.contains_key(file));
    let mut all: Vec<Rendered> = others.filter_map(|file| now(&file)).collect();
    all.extend(fresh.into_values());
    Ok(rendered::check(&all).is_empty().then_some(entries))
}

/// What is to be remembered of all pages.
fn remembered(
    mut texts: Texts,
    ground: &Ground<'_>,
    changes: &Changes,
    digests: &Digests,
) -> Texts {
    for path in &changes.files {
        if let (Some(text), Some(source)) = (texts.get_mut(path), ground.input.texts.get(path)) {
            text.source = *source;
            if let Some(entries) = digests.get(path) {
                text.set_entries(entries);
            }
        }
    }
    texts
}
