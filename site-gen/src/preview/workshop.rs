//! The parsed project in memory, kept up to date file by file.
//!
//! An edit of one page costs one file read and parsed; the new library shares everything else with
//! the old one. What needs the whole project (dead links, stale translations, rules tried out) is
//! looked at again once the editor pauses, beside the work and not in its way.

mod refresh;
mod review;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use framework::{Diagnostic, DiagnosticLevel, Locale};

use super::{
    PreviewOptions,
    stage::{Change, News, Shown, Stage},
    watch::{Batch, Changes, STORM},
};
use crate::{
    address::Tail,
    document::Page,
    library::{self, Library},
    project, read,
    site::{Publication, Site},
    source::Sources,
    theme::Theme,
};
use refresh::Faults;
use review::Review;

/// How long an editor's pause is before the whole project is looked at again.
const PAUSE: Duration = Duration::from_millis(250);

/// The same after a change of rules or data: what it does to the whole is what its editor waits for.
const SHORT_PAUSE: Duration = Duration::from_millis(20);

/// How long to wait for a change when there is nothing left to do.
const IDLE: Duration = Duration::from_hours(1);

/// The project as it was last read, and what is shown of it.
pub(super) struct Workshop {
    root: PathBuf,
    publication: Publication,
    sources: Sources,
    /// The last good parse of every page, by path.
    documents: BTreeMap<String, Arc<Page>>,
    /// What is wrong with files as files: their names, their bytes.
    read_faults: Faults,
    /// What is wrong with the Markdown of pages.
    page_faults: Faults,
    theme_faults: Vec<Diagnostic>,
    /// Files that are gone, each since when, and may yet be put back.
    gone: BTreeMap<String, Instant>,
    library: Arc<Library>,
    theme: Arc<Theme>,
    stage: Arc<Stage>,
    /// What of the whole project has to be looked at again.
    unreviewed: Unreviewed,
    review: Review,
}

/// What has changed since the whole project was last looked at.
#[derive(Debug, Default)]
struct Unreviewed {
    anything: bool,
    /// Rules, or what they rest on.
    rules: bool,
    /// The rule files that were edited since the preview began.
    edited: BTreeSet<String>,
}

/// What a batch of changes touched.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says what has to be made again"
)]
struct Touched {
    /// Pages that changed in themselves and keep their address.
    pages: Vec<Arc<Page>>,
    /// Where the first changed page differs first.
    place: Option<(Locale, Tail, Option<String>)>,
    theme: bool,
    styles_only: bool,
    structure: bool,
    faults: bool,
    /// Rules, or what they rest on: the catalogue, the clauses, the samples.
    rules: bool,
    /// The rule files among what changed.
    edited_rules: Vec<String>,
}

impl Touched {
    const fn nothing(&self) -> bool {
        self.pages.is_empty() && !self.theme && !self.structure && !self.faults
    }

    /// A file that is neither a page nor part of the theme.
    fn data(&mut self, path: &str) {
        self.structure = true;
        self.rules |= path.starts_with("rules/") || path.starts_with("content/catalogue/");
        if library::is_rule_file(path) {
            self.edited_rules.push(path.to_owned());
        }
    }
}

impl Workshop {
    /// Reads the whole project.
    pub(super) fn open(options: &PreviewOptions) -> (Self, Arc<Stage>) {
        let start = Instant::now();
        let (sources, read_faults) =
            read::sources(&options.root, &read::FOLDERS, read::Limits::default());
        let (theme, (parsed, page_faults)) = rayon::join(
            || Theme::parse(&sources),
            || project::parse_documents(&sources),
        );
        let (theme, theme_faults) = theme;
        let (library, across) = library::put_together(&sources, parsed.clone());
        let publication = Publication {
            base_url: library.config.base_url.clone(),
            date: options.date,
        };
        let documents = parsed
            .into_iter()
            .map(|document| (document.file.to_string_lossy().into_owned(), document))
            .collect();
        let (library, theme) = (Arc::new(library), Arc::new(theme));
        let site = Site::new(
            Arc::clone(&library),
            Arc::clone(&theme),
            publication.clone(),
        );
        let stage = Arc::new(Stage::new(site));
        stage.set_across(across);
        let workshop = Self {
            root: options.root.clone(),
            publication,
            sources,
            documents,
            read_faults: refresh::by_file(read_faults),
            page_faults: refresh::by_file(page_faults),
            theme_faults,
            gone: BTreeMap::new(),
            library,
            theme,
            stage: Arc::clone(&stage),
            unreviewed: Unreviewed {
                anything: true,
                rules: true,
                edited: BTreeSet::new(),
            },
            review: Review::default(),
        };
        workshop.show(Change::Site, None, start);
        (workshop, stage)
    }

    /// Follows the changes until the watch ends.
    /// `tell_polling` is called once the system's watches have run out.
    pub(super) fn work(mut self, mut changes: Changes, tell_polling: &dyn Fn()) {
        self.review();
        loop {
            if changes.is_polling() && !self.stage.set_polling() {
                tell_polling();
            }
            // Asked first: what a review finds that ends in between is taken in.
            let is_running = self.review.is_running();
            self.take_in_stale();
            let patience = if is_running || self.unreviewed.rules {
                SHORT_PAUSE
            } else if self.unreviewed.anything {
                PAUSE
            } else {
                IDLE
            };
            match changes.next(patience) {
                Ok(Some(batch)) => {
                    for path in self.apply(batch) {
                        changes.look_again(path);
                    }
                }
                Ok(None) if self.is_worth_a_review() => self.review(),
                Ok(None) => {}
                Err(_) => return,
            }
        }
    }

    /// Takes a batch of changes in and shows what came of it. What it answers is gone and may be put back:
    /// it stays as it was until it is named once more.
    #[must_use = "a file that stays gone has to be named once more"]
    pub(super) fn apply(&mut self, batch: Batch) -> Vec<String> {
        let start = Instant::now();
        let mut touched = Touched {
            styles_only: true,
            ..Touched::default()
        };
        let mut absent = Vec::new();
        match batch {
            Batch::Paths(paths) => {
                let is_storm = paths.len() >= STORM;
                for path in paths {
                    if self.may_be_put_back(&path, is_storm) {
                        absent.push(path);
                    } else {
                        self.refresh(&path, &mut touched);
                    }
                }
            }
            Batch::Everything => self.refresh_all(&mut touched),
        }
        if !touched.nothing() {
            self.take_in(touched, start);
        }
        absent
    }

    /// Makes again what was touched, and shows it.
    fn take_in(&mut self, mut touched: Touched, start: Instant) {
        if touched.theme {
            self.reload_theme();
        }
        if touched.structure {
            self.reassemble();
        } else if !touched.pages.is_empty() {
            let pages = touched.pages.drain(..);
            self.library = Arc::new(self.library.with_documents(pages));
        }
        self.unreviewed.anything = true;
        self.unreviewed.rules |= touched.rules;
        self.unreviewed.edited.extend(touched.edited_rules);
        let only_styles = touched.theme && touched.styles_only && !touched.structure;
        let change = if only_styles {
            Change::Styles
        } else {
            Change::Site
        };
        self.show(change, touched.place, start);
    }

    /// Pages say which of their paragraphs a review has found stale.
    fn take_in_stale(&mut self) {
        let start = Instant::now();
        let Some(stale) = self.review.found_stale() else {
            return;
        };
        if *stale != *self.library.stale {
            let mut library = (*self.library).clone();
            library.stale = stale;
            self.library = Arc::new(library);
            self.show(Change::Site, None, start);
        }
    }

    /// A theme with faults does not take the place of a good one.
    fn reload_theme(&mut self) {
        let (theme, faults) = Theme::parse(&self.sources);
        if !has_errors(&faults) {
            self.theme = Arc::new(theme);
        }
        self.theme_faults = faults;
    }

    /// Puts the library together again. One whose data files have faults does not take the place of a
    /// good one.
    fn reassemble(&mut self) {
        let documents = self.documents.values().cloned().collect();
        let (mut library, across) = library::put_together(&self.sources, documents);
        library.stale = Arc::clone(&self.library.stale);
        let broken = across.iter().any(|fault| {
            fault.level == DiagnosticLevel::Error
                && fault
                    .file
                    .extension()
                    .is_none_or(|extension| extension != "md")
        });
        if broken {
            // The review tells them with all others; this is what its author waits for.
            self.stage.set_across(across);
        } else {
            self.publication
                .base_url
                .clone_from(&library.config.base_url);
            self.library = Arc::new(library);
        }
    }

    fn show(&self, change: Change, place: Option<(Locale, Tail, Option<String>)>, start: Instant) {
        let site = Site::new(
            Arc::clone(&self.library),
            Arc::clone(&self.theme),
            self.publication.clone(),
        );
        let files = self.read_faults.values().chain(self.page_faults.values());
        let own = files.flatten().chain(&self.theme_faults).cloned();
        let version = self.stage.shown().version + 1;
        self.stage.show(Shown {
            site,
            own_faults: Arc::new(own.collect()),
            version,
        });
        let took = start.elapsed();
        let news = News::changed(change, version, took, place, self.stage.problems());
        self.stage.announce(news);
    }
}

fn has_errors(faults: &[Diagnostic]) -> bool {
    faults
        .iter()
        .any(|fault| fault.level == DiagnosticLevel::Error)
}

#[cfg(test)]
mod tests;
