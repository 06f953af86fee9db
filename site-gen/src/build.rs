//! `khung build`: content, rules and theme to a static site, swapped in whole.

use std::{
    collections::HashSet,
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
    last::{self, Last},
    library::{self, Library},
    manifest::FileEntry,
    page::{self, Artifact},
    progress::{Progress, Step},
    publish::{Outcome, PublishError, Publisher},
    read,
    rendered::{self, Rendered},
    site::{Publication, Site},
    source::Sources,
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
    build_watched(options, &Progress::default())
}

/// Builds the site, telling how far it has come.
pub fn build_watched(
    options: &BuildOptions,
    progress: &Progress,
) -> Result<BuildReport, PublishError> {
    let mut clock = Stages::default();
    progress.begin(Step::Read, 0);
    let (sources, faults) = read::sources(&options.root, &read::FOLDERS, read::Limits::default());
    let input = last::input(&sources, &faults, options);
    clock.lap("read");
    if let Some(report) = unchanged(options, input.as_deref(), &mut clock)? {
        return Ok(report);
    }
    progress.begin(Step::Parse, 0);
    let (site, mut report) = assembled(&sources, faults, options, &mut clock);
    drop(sources);
    let addresses = site.addresses();
    let pages = addresses.iter();
    report.pages = pages
        .filter(|address| matches!(address, Address::Page(..)))
        .count();
    clock.lap("list addresses");
    if report.errors() == 0 {
        made(
            &site,
            &addresses,
            options,
            progress,
            &mut report,
            &mut clock,
        )?;
    }
    report
        .diagnostics
        .sort_by(|left, right| place(left).cmp(&place(right)));
    // A fault of a template is met on every page that uses it.
    report.diagnostics.dedup();
    if let (Some(input), Some(outcome)) = (input, report.published) {
        Last::remember(
            input,
            report.pages,
            outcome,
            &report.diagnostics,
            &options.out,
        );
    }
    report.timings = clock.laps;
    Ok(report)
}

/// The last build again, if it was made from the same input and its site is all there.
fn unchanged(
    options: &BuildOptions,
    input: Option<&str>,
    clock: &mut Stages,
) -> Result<Option<BuildReport>, PublishError> {
    let Some(last) = input.and_then(|input| Last::of(input, &options.out)) else {
        return Ok(None);
    };
    if !Publisher::new(&options.out, options.compress)?.is_intact() {
        return Ok(None);
    }
    clock.lap("compare with the last build");
    let outcome = Outcome {
        written: 0,
        removed: 0,
        ..last.outcome
    };
    Ok(Some(BuildReport {
        published: Some(outcome),
        pages: last.pages,
        diagnostics: last.diagnostics(),
        timings: std::mem::take(&mut clock.laps),
    }))
}

/// The project put together and dressed, with all faults of its files.
fn assembled(
    sources: &Sources,
    mut faults: Vec<Diagnostic>,
    options: &BuildOptions,
    clock: &mut Stages,
) -> (Site, BuildReport) {
    let ((library, more), (theme, of_theme)) =
        rayon::join(|| library::assemble(sources), || Theme::parse(sources));
    faults.extend(more);
    faults.extend(of_theme);
    clock.lap("parse and assemble");
    settle(&mut faults, &library, options.strict);
    let publication = Publication {
        base_url: options
            .base_url
            .clone()
            .unwrap_or_else(|| library.config.base_url.clone()),
        date: options.date,
    };
    let site = Site::new(Arc::new(library), Arc::new(theme), publication);
    let report = BuildReport {
        diagnostics: faults,
        published: None,
        pages: 0,
        timings: Vec::new(),
    };
    (site, report)
}

/// Everything rendered, written, checked and, without errors, published.
fn made(
    site: &Site,
    addresses: &[Address],
    options: &BuildOptions,
    progress: &Progress,
    report: &mut BuildReport,
    clock: &mut Stages,
) -> Result<(), PublishError> {
    let publisher = Publisher::new(&options.out, options.compress)?;
    clock.lap("look at the site before");
    progress.begin(Step::Render, addresses.len());
    // The long pieces first: pages are small and fill what time is left beside an index.
    let search = |locale| write_search(locale, &site.library, &publisher);
    let (vi, (en, written)) = rayon::join(
        || search(Locale::Vi),
        || {
            rayon::join(
                || search(Locale::En),
                || write_all(site, addresses, &publisher, progress),
            )
        },
    );
    let mut written = written?;
    for found in [vi, en] {
        written.entries.extend(found?);
    }
    clock.lap("render, index, pack and write");
    progress.begin(Step::Check, 0);
    let mut faults = written.faults;
    faults.extend(rendered::check(&written.pages));
    settle(&mut faults, &site.library, options.strict);
    report.diagnostics.extend(faults);
    clock.lap("check links of pages");
    if report.errors() == 0 {
        progress.begin(Step::Publish, 0);
        let citations = site.library.citations().into_iter();
        let citations = citations.map(|(code, to)| (code, to.trim_start_matches('/').to_owned()));
        report.published = Some(publisher.finish(
            &options.date.to_string(),
            written.entries,
            citations.collect(),
        )?);
        clock.lap("publish");
    }
    Ok(())
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
    progress: &Progress,
) -> Result<Written, PublishError> {
    let known: HashSet<String> = addresses.iter().map(ToString::to_string).collect();
    let exists = |address: &str| known.contains(address);
    let results: Vec<_> = addresses
        .par_iter()
        .map(|address| {
            let made = match page::render(site, address) {
                Ok(artifact) => {
                    let entry = publisher.put(&address.file(), &artifact)?;
                    (Some(entry), look_at(address, &artifact, exists), None)
                }
                Err(fault) => (None, None, Some(*fault)),
            };
            progress.advance();
            Ok(made)
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

/// Makes one language findable, for the server and for the browser.
fn write_search(
    locale: Locale,
    library: &Library,
    publisher: &Publisher,
) -> Result<Vec<FileEntry>, PublishError> {
    let before = |path: &str| publisher.published(path);
    let files = findable::files(library, locale, before).map_err(|error| {
        let error = std::io::Error::other(error.to_string());
        PublishError::Io(findable::FOLDER.into(), error)
    })?;
    let files = files.par_iter();
    files
        .map(|(path, artifact)| publisher.put(path, artifact))
        .collect()
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
    Some(rendered::read(&address.file(), &artifact.bytes, exists))
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
