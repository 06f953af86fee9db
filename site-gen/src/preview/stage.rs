//! What is shown now, shared by the workshop that makes it and the server that answers with it.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use arc_swap::ArcSwap;
use framework::{Diagnostic, Locale};
use serde::Serialize;
use tokio::sync::broadcast;

use super::trial::Tried;
use crate::{
    address::{Address, Tail},
    page::{self, Artifact},
    site::Site,
    translations::Stale,
};

/// How many pages' last good renderings are kept for when a template fails.
const KEPT_PAGES: usize = 64;

/// How much news a slow browser may miss before it is told to look afresh.
const NEWS: usize = 64;

/// The site of one moment, with the faults of single files.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    pub(super) site: Site,
    pub(super) own_faults: Arc<Vec<Diagnostic>>,
    pub(super) version: u64,
}

/// What is shown now.
#[derive(Debug)]
pub(super) struct Stage {
    /// Which run of the preview this is: versions begin anew with each.
    pub(super) instance: u64,
    shown: ArcSwap<Shown>,
    /// Faults across files: dead links, missing and stale translations.
    across: ArcSwap<Vec<Diagnostic>>,
    /// What trying the rules out has shown.
    tried: ArcSwap<Tried>,
    /// Paragraphs whose Vietnamese changed after they were translated.
    stale: ArcSwap<Vec<Stale>>,
    /// Whether files are looked at again and again, for want of watches.
    polling: AtomicBool,
    news: broadcast::Sender<News>,
    last_good: Mutex<BTreeMap<Address, Artifact>>,
}

/// What kind of change it was, as browsers need to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Change {
    /// Pages may differ.
    Site,
    /// Only styles differ.
    Styles,
    /// Only the list of problems differs.
    Faults,
}

/// What open pages are told.
#[derive(Debug, Clone, Serialize)]
pub(super) struct News {
    pub(super) change: Change,
    pub(super) version: u64,
    /// From the first event to the new site, in milliseconds; none where no page changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) milliseconds: Option<f64>,
    /// How many problems there are.
    pub(super) problems: usize,
    /// The address of the edited page, `/vi/guide/`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) address: Option<String>,
    /// The anchor nearest above the edit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) anchor: Option<String>,
}

impl News {
    pub(super) fn changed(
        change: Change,
        version: u64,
        took: Duration,
        place: Option<(Locale, Tail, Option<String>)>,
        problems: usize,
    ) -> Self {
        let (address, anchor) = match place {
            Some((locale, tail, anchor)) => (Some(format!("/{locale}{tail}")), anchor),
            None => (None, None),
        };
        let milliseconds = (took.as_secs_f64() * 1e5).round() / 100.0;
        Self {
            change,
            version,
            milliseconds: Some(milliseconds),
            problems,
            address,
            anchor,
        }
    }

    /// The whole project was looked at as it was in a version.
    pub(super) const fn faults(version: u64, problems: usize) -> Self {
        Self {
            change: Change::Faults,
            version,
            milliseconds: None,
            problems,
            address: None,
            anchor: None,
        }
    }
}

impl Stage {
    pub(super) fn new(site: Site) -> Self {
        let shown = Shown {
            site,
            own_faults: Arc::default(),
            version: 0,
        };
        Self {
            instance: SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(1, |now| u64::try_from(now.as_millis()).unwrap_or(1)),
            shown: ArcSwap::from_pointee(shown),
            across: ArcSwap::default(),
            tried: ArcSwap::default(),
            stale: ArcSwap::default(),
            polling: AtomicBool::new(false),
            news: broadcast::channel(NEWS).0,
            last_good: Mutex::default(),
        }
    }

    pub(super) fn shown(&self) -> Arc<Shown> {
        self.shown.load_full()
    }

    pub(super) fn show(&self, shown: Shown) {
        self.shown.store(Arc::new(shown));
    }

    pub(super) fn set_across(&self, faults: Vec<Diagnostic>) {
        self.across.store(Arc::new(faults));
    }

    pub(super) fn set_tried(&self, tried: Tried) {
        self.tried.store(Arc::new(tried));
    }

    /// What trying the rules out has shown last.
    pub(super) fn tried(&self) -> Arc<Tried> {
        self.tried.load_full()
    }

    pub(super) fn set_stale(&self, stale: Arc<Vec<Stale>>) {
        self.stale.store(stale);
    }

    /// The paragraphs that were stale when the whole project was looked at last.
    pub(super) fn stale(&self) -> Arc<Vec<Stale>> {
        self.stale.load_full()
    }

    /// Notes that there are no watches; whether it was known.
    pub(super) fn set_polling(&self) -> bool {
        self.polling.swap(true, Ordering::Relaxed)
    }

    pub(super) fn is_polling(&self) -> bool {
        self.polling.load(Ordering::Relaxed)
    }

    /// All problems known now: of single files, across files, of rules.
    pub(super) fn faults(&self) -> Vec<Diagnostic> {
        let (shown, across, tried) = (self.shown(), self.across.load(), self.tried.load());
        let across = across.iter().chain(&tried.faults);
        shown.own_faults.iter().chain(across).cloned().collect()
    }

    /// How many problems there are.
    pub(super) fn problems(&self) -> usize {
        let (across, tried) = (self.across.load().len(), self.tried.load().faults.len());
        self.shown().own_faults.len() + across + tried
    }

    pub(super) fn announce(&self, news: News) {
        // Nobody may be listening yet.
        let _ = self.news.send(news);
    }

    pub(super) fn listen(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
    }

    /// Renders an address; if that fails, its last good rendering with the fault beside it.
    pub(super) fn render(&self, address: &Address) -> Rendering {
        let shown = self.shown();
        match page::render(&shown.site, address) {
            Ok(artifact) => {
                if artifact.media_type.starts_with("text/html") {
                    self.keep(address, &artifact);
                }
                Rendering {
                    artifact: Some(artifact),
                    fault: None,
                }
            }
            Err(fault) => {
                let mut kept = self
                    .last_good
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner);
                // A page that was taken away is gone, not broken.
                let artifact = if fault.code == "no-such-address" {
                    kept.remove(address);
                    None
                } else {
                    kept.get(address).cloned()
                };
                Rendering {
                    artifact,
                    fault: Some(*fault),
                }
            }
        }
    }

    fn keep(&self, address: &Address, artifact: &Artifact) {
        let mut kept = self
            .last_good
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT_PAGES && !kept.contains_key(address) {
            kept.pop_first();
        }
        kept.insert(address.clone(), artifact.clone());
    }
}

/// What came of rendering an address.
pub(super) struct Rendering {
    /// The page, or its last good rendering.
    pub(super) artifact: Option<Artifact>,
    /// Why it could not be rendered now.
    pub(super) fault: Option<Diagnostic>,
}
