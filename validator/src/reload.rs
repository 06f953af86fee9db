//! What lies on disk, taken over while the server runs: a new rule set, a new site.
//!
//! Twice a second the sources are looked at (name, size, time, inode of each file: about a
//! millisecond for a few hundred files). Looking is argued for against notifications: it works on
//! every file system and inside containers, needs no watch limit, cannot overflow, and sees a swapped
//! folder like any other change. What changed is loaded beside what runs and takes its place only if
//! it is whole and passes its own tests; otherwise the faults are told and the last good one goes on.

use std::{
    fs::{self, Metadata},
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use framework::{Diagnostic, Localized};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tokio::{task::spawn_blocking, time::sleep};

use crate::{
    journal::Level,
    site::{MANIFEST, Snapshot},
    state::{App, Faults, Knowledge, Parts},
};

/// Between two looks.
const PERIOD: Duration = Duration::from_millis(500);

/// More files than this are not looked at: no rules folder has them.
const MOST_FILES: usize = 50_000;

/// Faults told in one log line and in readiness.
const MOST_FAULTS: usize = 20;

/// What was taken over last.
pub(crate) struct Watch {
    app: Arc<App>,
    parts: Parts,
    rules: Mark,
    site: Mark,
}

/// The state of files at one moment.
type Mark = [u8; 32];

impl Watch {
    /// Takes over what lies there at the start.
    pub(crate) fn begin(app: Arc<App>, parts: Parts) -> Self {
        let watch = Self {
            rules: mark(&parts.rule_sources),
            site: site_mark(&parts),
            app,
            parts,
        };
        watch.load_rules();
        watch.load_site();
        watch
    }

    /// Looks for changes until the runtime ends.
    pub(crate) async fn run(self) {
        let mut watch = self;
        loop {
            sleep(PERIOD).await;
            let looked = spawn_blocking(move || {
                watch.look();
                watch
            });
            // A panic while loading ends the watching, not the serving; the hook has logged it.
            let Ok(back) = looked.await else { return };
            watch = back;
        }
    }

    fn look(&mut self) {
        let rules = mark(&self.parts.rule_sources);
        if rules != self.rules {
            self.rules = rules;
            self.load_rules();
        }
        let site = site_mark(&self.parts);
        if site != self.site {
            self.site = site;
            self.load_site();
        }
    }

    fn load_rules(&self) {
        let app = &self.app;
        match (self.parts.load_rules)() {
            Ok(judge) => {
                let identity = judge.identity();
                app.knowledge.store(Some(Arc::new(Knowledge { judge })));
                app.rule_faults.store(Arc::default());
                app.metrics.rules_reloaded.fetch_add(1, Ordering::Relaxed);
                let fields = [
                    ("ruleset", Value::from(identity.id)),
                    ("version", identity.version.into()),
                    ("sha256", identity.sha256.into()),
                ];
                app.journal.note(Level::Info, "rules-taken-over", &fields);
            }
            Err(diagnostics) => {
                let faults: Vec<Localized> = diagnostics.iter().map(in_words).collect();
                app.metrics.rules_refused.fetch_add(1, Ordering::Relaxed);
                self.tell("rules-refused", &faults);
                app.rule_faults.store(Arc::new(Faults(faults)));
            }
        }
    }

    fn load_site(&self) {
        let app = &self.app;
        match Snapshot::read(&self.parts.public) {
            Ok(snapshot) => {
                let fields = [
                    ("generation", Value::from(snapshot.generation.clone())),
                    ("files", snapshot.len().into()),
                    ("bytes", snapshot.bytes_in_memory.into()),
                ];
                app.journal.note(Level::Info, "site-taken-over", &fields);
                app.site.store(Some(Arc::new(snapshot)));
                app.site_faults.store(Arc::default());
                app.metrics.site_reloaded.fetch_add(1, Ordering::Relaxed);
            }
            Err(error) => {
                let faults = vec![error.message()];
                self.tell("site-refused", &faults);
                app.site_faults.store(Arc::new(Faults(faults)));
            }
        }
    }

    fn tell(&self, event: &'static str, faults: &[Localized]) {
        let shown = |pick: fn(&Localized) -> &String| {
            let lines: Vec<&str> = faults
                .iter()
                .take(MOST_FAULTS)
                .map(|fault| pick(fault).as_str())
                .collect();
            lines.join("; ")
        };
        let fields = [
            ("faults", Value::from(faults.len())),
            ("vi", shown(|fault| &fault.vi).into()),
            ("en", shown(|fault| &fault.en).into()),
        ];
        self.app.journal.note(Level::Error, event, &fields);
    }
}

/// `file:line:column: what is wrong`.
fn in_words(diagnostic: &Diagnostic) -> Localized {
    diagnostic
        .message
        .clone()
        .map(|message| format!("{diagnostic}: {message}"))
}

fn site_mark(parts: &Parts) -> Mark {
    mark(&[parts.public.join(MANIFEST)])
}

/// A mark that differs whenever a file below these places was written, added, moved or removed.
fn mark(places: &[PathBuf]) -> Mark {
    let mut files = Vec::new();
    for place in places {
        gather(place, &mut files);
    }
    files.sort();
    let mut digest = Sha256::new();
    for line in files {
        digest.update(line);
        digest.update([0]);
    }
    digest.finalize().into()
}

/// Symlinks are not followed: a rules folder has none, and none leads outside it.
fn gather(place: &Path, files: &mut Vec<String>) {
    let Ok(metadata) = fs::symlink_metadata(place) else {
        return;
    };
    if files.len() >= MOST_FILES {
        return;
    }
    if metadata.is_dir() {
        let Ok(entries) = fs::read_dir(place) else {
            return;
        };
        for entry in entries.flatten() {
            gather(&entry.path(), files);
        }
    } else {
        files.push(line_of(place, &metadata));
    }
}

fn line_of(place: &Path, metadata: &Metadata) -> String {
    format!(
        "{}|{}|{}|{}|{}|{}",
        place.display(),
        metadata.len(),
        metadata.mtime(),
        metadata.mtime_nsec(),
        metadata.ctime_nsec(),
        metadata.ino()
    )
}
