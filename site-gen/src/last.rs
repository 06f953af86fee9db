//! What the last build was made from and what it said, beside the output folder: a build of the same
//! files by the same program is that build again, and need not be made.
//!
//! It lies outside of the site because it names this machine's program; a site is the same wherever
//! it is built.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::UNIX_EPOCH,
};

use framework::{Diagnostic, DiagnosticLevel, Excerpt, Localized, Position};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{
    build::BuildOptions,
    digest, manifest,
    publish::{self, Outcome},
    source::Sources,
};

/// What is remembered of a build that was published.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Last {
    /// The digest of everything it was made from.
    input: String,
    /// The digest of the finished site's manifest.
    site: String,
    pub(crate) pages: usize,
    pub(crate) outcome: Outcome,
    faults: Vec<Fault>,
}

/// A diagnostic, as it is stored.
#[derive(Debug, Serialize, Deserialize)]
struct Fault {
    is_error: bool,
    code: String,
    file: PathBuf,
    position: Option<(u32, u32)>,
    excerpt: Option<(String, u32)>,
    message: Localized,
    hint: Option<Localized>,
}

/// The digest of everything a build is made from: the program, the options, every file and every
/// fault of reading them. None if the program cannot tell itself apart from another.
pub(crate) fn input(
    sources: &Sources,
    faults: &[Diagnostic],
    options: &BuildOptions,
) -> Option<String> {
    let program = std::env::current_exe().ok()?;
    let kind = fs::metadata(&program).ok()?;
    let written = kind.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    let mut hash = Sha256::new();
    let mut put = |bytes: &[u8]| {
        hash.update(bytes.len().to_le_bytes());
        hash.update(bytes);
    };
    let BuildOptions {
        root: _,
        out: _,
        base_url,
        date,
        strict,
        compress,
    } = options;
    let settings = format!(
        "{} {} {} {base_url:?} {date} {strict} {compress}",
        program.display(),
        kind.len(),
        written.as_nanos()
    );
    put(settings.as_bytes());
    put(serde_json::to_string(faults).ok()?.as_bytes());
    for source in sources.iter() {
        put(source.path.as_bytes());
        put(source.bytes());
    }
    Some(digest::hex(&hash.finalize()))
}

impl Last {
    /// The build that was made from this input, if it was the last one into that folder and nobody has
    /// put another site there since.
    pub(crate) fn of(input: &str, out: &Path) -> Option<Self> {
        let bytes = fs::read(publish::memory(out)).ok()?;
        let last: Self = serde_json::from_slice(&bytes).ok()?;
        (last.input == input && last.site == site(out)?).then_some(last)
    }

    /// Remembers a build. What cannot be written down is only built again.
    pub(crate) fn remember(
        input: String,
        pages: usize,
        outcome: Outcome,
        faults: &[Diagnostic],
        out: &Path,
    ) {
        let Some(site) = site(out) else { return };
        let last = Self {
            input,
            site,
            pages,
            outcome,
            faults: faults.iter().map(Fault::from).collect(),
        };
        if let Ok(bytes) = serde_json::to_vec(&last) {
            let _ = fs::write(publish::memory(out), bytes);
        }
    }

    /// What the build had to say.
    pub(crate) fn diagnostics(self) -> Vec<Diagnostic> {
        self.faults.into_iter().map(Diagnostic::from).collect()
    }
}

/// The digest of the site in a folder, by its manifest.
fn site(out: &Path) -> Option<String> {
    let bytes = fs::read(out.join(manifest::PATH)).ok()?;
    Some(digest::sha256(&bytes, digest::WHOLE))
}

impl From<&Diagnostic> for Fault {
    fn from(fault: &Diagnostic) -> Self {
        Self {
            is_error: fault.level == DiagnosticLevel::Error,
            code: fault.code.to_owned(),
            file: fault.file.clone(),
            position: fault.position.map(|at| (at.line, at.column)),
            excerpt: fault
                .excerpt
                .as_ref()
                .map(|excerpt| (excerpt.line.clone(), excerpt.width)),
            message: fault.message.clone(),
            hint: fault.hint.clone(),
        }
    }
}

impl From<Fault> for Diagnostic {
    fn from(fault: Fault) -> Self {
        Self {
            level: if fault.is_error {
                DiagnosticLevel::Error
            } else {
                DiagnosticLevel::Warning
            },
            code: one_of_a_few(fault.code),
            file: fault.file,
            position: fault
                .position
                .map(|(line, column)| Position { line, column }),
            excerpt: fault.excerpt.map(|(line, width)| Excerpt { line, width }),
            message: fault.message,
            hint: fault.hint,
        }
    }
}

/// A code for good: there are some dozens of them in the program, so each is kept once.
fn one_of_a_few(code: String) -> &'static str {
    static KNOWN: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(code) = known.get(code.as_str()) {
        return code;
    }
    let code: &'static str = code.leak();
    known.insert(code);
    code
}
