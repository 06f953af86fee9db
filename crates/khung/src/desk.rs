//! The compiled rules of a project folder with what reports need of them: what `check` judges with
//! and what the server is given.

use std::{ffi::OsStr, path::Path, sync::Arc};

use framework::{AgencyLevel, Basis, Catalogue, Clauses, Date, Diagnostic, Localized};
use intake::Unreadable;
use reporting::RuleNotes;
use rulebook::{
    Obstacle, Options, Report, RuleFile, Rulebook, RulesetIdentity, Submission, SubmissionIdentity,
};
use site_gen::project;

/// The compiled rules of a project folder.
pub(crate) struct Desk {
    pub(crate) rulebook: Rulebook,
    pub(crate) catalogue: Catalogue,
    pub(crate) clauses: Clauses,
    pub(crate) notes: RuleNotes,
    pub(crate) bases: Vec<Basis>,
    /// What is worth knowing about the project's files, and keeps nothing from working.
    pub(crate) warnings: Vec<Diagnostic>,
}

impl Desk {
    /// Reads and compiles; all faults at once.
    pub(crate) fn open(root: &Path) -> Result<Self, Vec<Diagnostic>> {
        let loaded = project::load(root);
        let Some(project) = loaded.project else {
            return Err(loaded.diagnostics);
        };
        let files: Vec<RuleFile> = project
            .rule_files
            .iter()
            .map(|file| RuleFile {
                path: file.path.clone(),
                text: file.text.to_string(),
            })
            .collect();
        let rulebook = Rulebook::compile(&files, &project.catalogue, &project.clauses)?;
        let notes = reporting::checked::notes_of(&rulebook);
        Ok(Self {
            rulebook,
            catalogue: project.catalogue,
            clauses: project.clauses,
            notes,
            bases: Basis::ALL.to_vec(),
            warnings: loaded.diagnostics,
        })
    }

    /// The same for the server, which shares it between its workers.
    pub(crate) fn judge(root: &Path) -> Result<Arc<dyn validator::Judge>, Vec<Diagnostic>> {
        Ok(Arc::new(Self::open(root)?))
    }

    /// The report on a submission; `level` overrides what it says of itself.
    pub(crate) fn report(
        &self,
        submission: &Submission<'_>,
        date: Date,
        level: Option<AgencyLevel>,
    ) -> Report {
        self.rulebook.check(
            submission,
            date,
            &Options {
                bases: self.bases.clone(),
                level,
            },
        )
    }

    /// The report on bytes that are no submission.
    pub(crate) fn unusable(
        &self,
        fault: &Unreadable,
        bytes: &[u8],
        file: &str,
        date: Date,
    ) -> Report {
        let identity = SubmissionIdentity {
            id: None,
            file: file.to_owned(),
            sha256: intake::sha256(bytes),
            format: format_of(file).to_owned(),
            level: None,
            agency: None,
        };
        let obstacles = fault.faults().into_iter().map(|fault| Obstacle {
            code: fault.code.to_owned(),
            message: fault.message,
            hint: fault.hint,
            place: fault.place,
            related: fault.related,
        });
        self.rulebook.unusable(identity, obstacles.collect(), date)
    }
}

impl validator::Judge for Desk {
    fn identity(&self) -> RulesetIdentity {
        self.rulebook.identity().clone()
    }

    fn check(&self, submission: &Submission<'_>, date: Date, level: Option<AgencyLevel>) -> Report {
        self.report(submission, date, level)
    }

    fn unusable(&self, fault: &Unreadable, bytes: &[u8], file: &str, date: Date) -> Report {
        Self::unusable(self, fault, bytes, file, date)
    }

    fn notes(&self) -> &RuleNotes {
        &self.notes
    }

    fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }
}

/// The format a file's name promises: all that is known of one that could not be read.
fn format_of(file: &str) -> &'static str {
    let extension = Path::new(file).extension().and_then(OsStr::to_str);
    match extension.unwrap_or_default().to_ascii_lowercase().as_str() {
        "json" => "json",
        "xlsx" | "ods" | "xls" | "xlsb" => "xlsx",
        "xml" | "archimate" => "archimate",
        "csv" | "tsv" => "csv",
        _ => "yaml",
    }
}

/// One clear line for rules that do not compile.
pub(crate) fn broken() -> Localized {
    Localized::text(
        "bộ quy tắc hoặc nội dung chưa dùng được; xem các lỗi ở trên",
        "the rule set or the content cannot be used; see the faults above",
    )
}
