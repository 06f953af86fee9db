//! `khung build`: content, rules and theme to a static site, swapped in whole.

mod ground;
mod pages;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use framework::{Date, Diagnostic, DiagnosticLevel, Locale};

use crate::{
    config::Faults,
    document::Page,
    findable::{self, Digests, Known},
    input::Input,
    knowledge::Knowledge,
    last::{self, Last, Text},
    library::{self, Library},
    manifest::FileEntry,
    progress::{Progress, Step},
    publish::{self, Outcome, PublishError, Publisher},
    read::Reading,
    rendered,
    site::{Publication, Site},
    source::{Source, Sources},
    stages::Stages,
    theme::Theme,
    update::{self, Ground},
};

use ground::Read;
use pages::{count_pages, write_all};
pub(crate) use pages::{look_at, rendered_alone};

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
    let is_remembered = publish::memory(&options.out).exists();
    let (read, publisher) = rayon::join(
        || {
            let last = is_remembered.then(|| Last::into(&options.out)).flatten();
            (Read::of(options, last.as_ref()), last)
        },
        || is_remembered.then(|| Publisher::new(&options.out, options.compress)),
    );
    let (mut read, last) = read;
    // A folder that cannot be had is told when it is needed: the project's own faults come first.
    let publisher = publisher.and_then(Result::ok);
    let in_hand = last.as_ref().zip(publisher.as_ref());
    let in_hand = in_hand.filter(|(last, publisher)| last.is_in_hand(publisher));
    clock.lap("read");
    let mut report = None;
    if let Some((last, publisher)) = in_hand {
        report = from_last(&read, options, last, publisher, progress, &mut clock)?;
    }
    if let Some(report) = report {
        let_go((last, read));
        publisher.into_iter().for_each(Publisher::let_go);
        return Ok(report);
    }
    if read.reading.sources.iter().any(Source::is_late) {
        // Everything is made of what all files say now.
        read = Read::of(options, None);
        clock.lap("read all");
    }
    let_go(last);
    everything(read, publisher, options, progress, clock)
}

/// Builds all of it, into the folder that may be in hand already.
fn everything(
    read: Read,
    publisher: Option<Publisher>,
    options: &BuildOptions,
    progress: &Progress,
    mut clock: Stages,
) -> Result<BuildReport, PublishError> {
    progress.begin(Step::Parse, 0);
    let Reading {
        sources, faults, ..
    } = read.reading;
    let (pages, input) = (read.pages, read.input);
    let (site, mut report) = assembled(&sources, pages.clone(), faults, options, &mut clock);
    // At once: the index needs the room.
    drop(sources);
    let mut finished = None;
    if report.errors() == 0 {
        // What an update left unfinished is nothing to build upon.
        let publisher = match publisher.filter(Publisher::is_untouched) {
            Some(publisher) => publisher,
            None => Publisher::new(&options.out, options.compress)?,
        };
        finished = made(&site, publisher, options, progress, &mut report, &mut clock)?;
    } else {
        report.pages = count_pages(&site.addresses());
    }
    in_order(&mut report.diagnostics);
    if let Some(made) = finished {
        progress.begin(Step::Publish, 0);
        conclude(
            made,
            &site,
            &pages,
            input.as_ref(),
            &mut report,
            options,
            &mut clock,
        )?;
    }
    let_go((site, pages));
    report.timings = clock.laps;
    Ok(report)
}

/// Gives memory back while nobody waits for it: that of thousands of pages takes longer than to publish them.
pub(crate) fn let_go(used: impl Send + 'static) {
    rayon::spawn(move || drop(used));
}

/// The last build again or brought up to date; none if a build of everything is needed.
fn from_last(
    read: &Read,
    options: &BuildOptions,
    last: &Last,
    publisher: &Publisher,
    progress: &Progress,
    clock: &mut Stages,
) -> Result<Option<BuildReport>, PublishError> {
    let Some(input) = &read.input else {
        return Ok(None);
    };
    if last.is_of(input) {
        return Ok(again(last, input, publisher, options, clock));
    }
    let ground = Ground {
        reading: &read.reading,
        pages: &read.pages,
        options,
        input,
    };
    update::attempt(&ground, last, publisher, progress, clock)
}

/// Publishes what was made, and remembers it.
fn conclude(
    made: Made,
    site: &Site,
    pages: &[Arc<Page>],
    input: Option<&Input>,
    report: &mut BuildReport,
    options: &BuildOptions,
    clock: &mut Stages,
) -> Result<(), PublishError> {
    let Made {
        publisher,
        entries,
        digests,
    } = made;
    let texts = || {
        let (input, digests) = (input?, digests?);
        Some(Text::all(pages, input, &digests))
    };
    let written = || match input {
        Some(input) => last::written(input, texts().as_ref(), report.pages, &report.diagnostics),
        None => Vec::new(),
    };
    let (outcome, written) = rayon::join(|| published(&publisher, site, entries), written);
    let outcome = outcome?;
    report.published = Some(outcome);
    clock.lap("publish");
    // The folder is in hand until this build is remembered.
    Last::remember(&written, outcome, &publisher, &options.out);
    clock.lap("remember");
    publisher.let_go();
    Ok(())
}

/// Puts faults in the order of files and places. A fault of a template is met on every page that uses it.
pub(crate) fn in_order(faults: &mut Vec<Diagnostic>) {
    faults.sort_by(|left, right| place(left).cmp(&place(right)));
    faults.dedup();
}

/// The last build again, if its site is all there.
fn again(
    last: &Last,
    input: &Input,
    publisher: &Publisher,
    options: &BuildOptions,
    clock: &mut Stages,
) -> Option<BuildReport> {
    if !publisher.is_intact() || !findable::is_whole(publisher) {
        return None;
    }
    clock.lap("compare with the last build");
    let diagnostics = last.diagnostics();
    if last.is_behind(input) {
        let texts = last.texts_now(input);
        let written = last::written(input, texts.as_ref(), last.pages(), &diagnostics);
        Last::remember(&written, last.outcome(), publisher, &options.out);
        clock.lap("remember");
    }
    let outcome = Outcome {
        written: 0,
        removed: 0,
        ..last.outcome()
    };
    Some(BuildReport {
        published: Some(outcome),
        pages: last.pages(),
        diagnostics,
        timings: std::mem::take(&mut clock.laps),
    })
}

/// The project put together and dressed, with all faults of its files.
fn assembled(
    sources: &Sources,
    pages: Vec<Arc<Page>>,
    mut faults: Vec<Diagnostic>,
    options: &BuildOptions,
    clock: &mut Stages,
) -> (Site, BuildReport) {
    let ((library, more), (theme, of_theme)) = rayon::join(
        || library::assemble_pages(sources, pages),
        || Theme::parse(sources),
    );
    faults.extend(more);
    faults.extend(of_theme);
    clock.lap("parse and assemble");
    settle(&mut faults, &library, options.strict);
    let site = dressed(library, theme, options);
    let report = BuildReport {
        diagnostics: faults,
        published: None,
        pages: 0,
        timings: Vec::new(),
    };
    (site, report)
}

/// The library in its theme, for the place and the day that were asked for.
pub(crate) fn dressed(mut library: Library, theme: Theme, options: &BuildOptions) -> Site {
    // A site is published with rules that pass or not at all.
    library.knowledge = Arc::new(Knowledge::accepted(&library.project));
    let publication = Publication {
        base_url: options
            .base_url
            .clone()
            .unwrap_or_else(|| library.config.base_url.clone()),
        date: options.date,
    };
    Site::new(Arc::new(library), Arc::new(theme), publication)
}

/// A site that is written and only has to be published.
struct Made {
    publisher: Publisher,
    entries: Vec<FileEntry>,
    /// The digests of pages' entries, if pages of this site can be made again one by one.
    digests: Option<Digests>,
}

/// Everything rendered, written and checked; none if there are errors.
fn made(
    site: &Site,
    publisher: Publisher,
    options: &BuildOptions,
    progress: &Progress,
    report: &mut BuildReport,
    clock: &mut Stages,
) -> Result<Option<Made>, PublishError> {
    publisher.ready()?;
    clock.lap("look at the site before");
    // The long pieces first: pages are small and fill what time is left beside an index.
    let search = |locale| findable::make(&site.library, locale, Known::default(), &publisher);
    let pages = || write_all(site, &publisher, progress);
    let rules = || site.library.project.faults_of_rules();
    let (vi, (en, (of_rules, written))) = rayon::join(
        || search(Locale::Vi),
        || rayon::join(|| search(Locale::En), || rayon::join(rules, pages)),
    );
    let mut written = written?;
    report.pages = written.count;
    let mut digests = Digests::new();
    for found in [vi, en] {
        let found = found?;
        written.entries.extend(found.files);
        written.quotes |= found.quotes;
        digests.extend(found.digests);
    }
    clock.lap("render, index, pack and write");
    progress.begin(Step::Check, 0);
    let mut faults = written.faults;
    faults.extend(of_rules);
    faults.extend(rendered::check(&written.pages));
    let one_by_one = faults.is_empty() && !written.quotes;
    settle(&mut faults, &site.library, options.strict);
    report.diagnostics.extend(faults);
    let_go(written.pages);
    clock.lap("check links of pages");
    Ok((report.errors() == 0).then_some(Made {
        publisher,
        entries: written.entries,
        digests: one_by_one.then_some(digests),
    }))
}

/// Swaps the finished site in.
pub(crate) fn published(
    publisher: &Publisher,
    site: &Site,
    entries: Vec<FileEntry>,
) -> Result<Outcome, PublishError> {
    let citations = site.library.citations().into_iter();
    let citations = citations.map(|(code, to)| (code, to.trim_start_matches('/').to_owned()));
    let date = site.publication.date.to_string();
    publisher.finish(&date, entries, citations.collect())
}

/// Weighs faults as the configuration and the command line say.
pub(crate) fn settle(faults: &mut [Diagnostic], library: &Library, strict: bool) {
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
