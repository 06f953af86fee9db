//! `khung build`: content, rules and theme to a static site, swapped in whole.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use framework::{Date, Diagnostic, DiagnosticLevel, Locale};
use rayon::prelude::*;

use crate::{
    address::Address,
    config::Faults,
    findable,
    library::{self, Library},
    manifest::FileEntry,
    page::{self, Artifact},
    publish::{Outcome, PublishError, Publisher},
    read,
    rendered::{self, Rendered},
    site::{Publication, Site},
    theme::Theme,
};

/// What to build, from where to where.
#[derive(Debug, Clone)]
pub struct BuildOptions {
    /// The project folder.
    pub root: PathBuf,
    /// The output folder.
    pub out: PathBuf,
    /// Scheme and host; the configuration's if missing.
    pub base_url: Option<String>,
    /// The day the site is built for.
    pub date: Date,
    /// Whether a warning stops the build.
    pub strict: bool,
    /// Whether to write `.br` and `.gz` beside the files.
    pub compress: bool,
}

/// What came of it.
#[derive(Debug)]
pub struct BuildReport {
    /// Everything that is wrong with the project's files, in the order of files and places.
    pub diagnostics: Vec<Diagnostic>,
    /// What was published; none if an error stopped the build and the old site stays.
    pub published: Option<Outcome>,
    /// How many pages there are, both languages counted.
    pub pages: usize,
    /// Where the time went.
    pub timings: Vec<(&'static str, Duration)>,
}

impl BuildReport {
    /// How many diagnostics are errors.
    pub fn errors(&self) -> usize {
        self.diagnostics
            .iter()
            .filter(|fault| fault.level == DiagnosticLevel::Error)
            .count()
    }
}

/// Builds the site. An error in the project's files is in the report; one of the file system is not.
pub fn build(options: &BuildOptions) -> Result<BuildReport, PublishError> {
    let mut clock = Stages::default();
    let (sources, mut faults) =
        read::sources(&options.root, &read::FOLDERS, read::Limits::default());
    clock.lap("read");
    let (library, more) = library::assemble(&sources);
    faults.extend(more);
    clock.lap("parse and assemble");
    let (theme, more) = Theme::parse(&sources);
    faults.extend(more);
    drop(sources);
    clock.lap("theme");
    settle(&mut faults, &library, options.strict);
    let publication = Publication {
        base_url: options
            .base_url
            .clone()
            .unwrap_or_else(|| library.config.base_url.clone()),
        date: options.date,
    };
    let site = Site::new(Arc::new(library), Arc::new(theme), publication);
    let addresses = site.addresses();
    let pages = addresses
        .iter()
        .filter(|address| matches!(address, Address::Page(..)))
        .count();
    let mut report = BuildReport {
        diagnostics: faults,
        published: None,
        pages,
        timings: Vec::new(),
    };
    if report.errors() == 0 {
        let publisher = Publisher::new(&options.out, options.compress)?;
        clock.lap("look at the site before");
        let (written, found) = rayon::join(
            || write_all(&site, &addresses, &publisher),
            || write_search(&site.library, &publisher),
        );
        let (mut written, (found, search_key)) = (written?, found?);
        written.entries.extend(found);
        clock.lap("render, pack and write");
        let mut faults = written.faults;
        faults.extend(rendered::check(&written.pages));
        settle(&mut faults, &site.library, options.strict);
        report.diagnostics.extend(faults);
        clock.lap("check links of pages");
        if report.errors() == 0 {
            let citations = site.library.citations().into_iter();
            let citations =
                citations.map(|(code, to)| (code, to.trim_start_matches('/').to_owned()));
            let date = options.date.to_string();
            report.published = Some(publisher.finish(
                &date,
                written.entries,
                citations.collect(),
                BTreeMap::from([(SEARCH.to_owned(), search_key)]),
            )?);
            clock.lap("publish");
        }
    }
    report
        .diagnostics
        .sort_by(|left, right| place(left).cmp(&place(right)));
    report.timings = clock.laps;
    Ok(report)
}

/// What was written and what was found on the way.
#[derive(Default)]
struct Written {
    entries: Vec<FileEntry>,
    pages: Vec<Rendered>,
    faults: Vec<Diagnostic>,
}

/// Renders everything in parallel. Bytes live only until they are written.
fn write_all(
    site: &Site,
    addresses: &[Address],
    publisher: &Publisher,
) -> Result<Written, PublishError> {
    let known: BTreeSet<String> = addresses.iter().map(ToString::to_string).collect();
    let exists = |address: &str| known.contains(address);
    let results: Vec<_> = addresses
        .par_iter()
        .map(|address| match page::render(site, address) {
            Ok(artifact) => {
                let entry = publisher.put(&address.file(), &artifact)?;
                Ok((Some(entry), look_at(address, &artifact, exists), None))
            }
            Err(fault) => Ok((None, None, Some(*fault))),
        })
        .collect::<Result<_, PublishError>>()?;
    let mut written = Written::default();
    for (entry, page, fault) in results {
        written.entries.extend(entry);
        written.pages.extend(page);
        written.faults.extend(fault);
    }
    Ok(written)
}

/// The name of the search stage in the manifest.
const SEARCH: &str = "search";

/// Makes everything findable, for the server and for the browser, unless nothing to find changed.
/// Answers with the files and the digest of what they were made from.
fn write_search(
    library: &Library,
    publisher: &Publisher,
) -> Result<(Vec<FileEntry>, String), PublishError> {
    let key = findable::key(library);
    if let Some(entries) = publisher.reuse(SEARCH, &key, &findable::FOLDERS) {
        return Ok((entries, key));
    }
    let files = findable::files(library).map_err(|error| {
        let error = std::io::Error::other(error.to_string());
        PublishError::Io(findable::FOLDER.into(), error)
    })?;
    let files = files.par_iter();
    let entries: Result<_, _> = files
        .map(|(path, artifact)| publisher.put(path, artifact))
        .collect();
    Ok((entries?, key))
}

fn look_at(
    address: &Address,
    artifact: &Artifact,
    exists: impl Fn(&str) -> bool,
) -> Option<Rendered> {
    if !matches!(
        address,
        Address::Page(..) | Address::Root | Address::Citation(_)
    ) {
        return None;
    }
    let html = std::str::from_utf8(&artifact.bytes).ok()?;
    Some(rendered::read(&address.file(), html, exists))
}

/// Weighs faults as the configuration and the command line say.
fn settle(faults: &mut [Diagnostic], library: &Library, strict: bool) {
    let lenient = library.config.content.faults == Faults::Warning;
    for fault in faults {
        if lenient && is_of_authors(&fault.file) {
            fault.level = DiagnosticLevel::Warning;
        }
        if strict {
            fault.level = DiagnosticLevel::Error;
        }
    }
}

/// Whether a file is an author's Markdown or what was made from it, and not configuration or theme.
fn is_of_authors(file: &Path) -> bool {
    Locale::ALL.into_iter().any(|locale| {
        file.starts_with(Path::new("content").join(locale.tag())) || file.starts_with(locale.tag())
    })
}

/// By file, then place: the same order in every run.
fn place(fault: &Diagnostic) -> (&Path, Option<framework::Position>, &'static str, &str) {
    (&fault.file, fault.position, fault.code, &fault.message.vi)
}

/// A stop-watch for the stages of a build.
struct Stages {
    last: Instant,
    laps: Vec<(&'static str, Duration)>,
}

impl Default for Stages {
    fn default() -> Self {
        Self {
            last: Instant::now(),
            laps: Vec::new(),
        }
    }
}

impl Stages {
    fn lap(&mut self, stage: &'static str) {
        self.laps.push((stage, self.last.elapsed()));
        self.last = Instant::now();
    }
}
