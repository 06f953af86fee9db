//! The compiled rules of a project folder with what reports need of them: what `check` judges with
//! and what the server is given.

use std::{ops::Deref, path::Path, sync::Arc};

use checker::Checker;
use framework::{AgencyLevel, Basis, Catalogue, Clauses, Date, Diagnostic, Localized};
use intake::Unreadable;
use reporting::RuleNotes;
use rulebook::{Options, Report, RulesetIdentity, Submission};
use site_gen::project;

/// The compiled rules of a project folder.
pub(crate) struct Desk {
    checker: Checker,
    pub(crate) clauses: Clauses,
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
        Ok(Self {
            checker: Checker::compile(&project.rule_files, &project.clauses, project.catalogue)?,
            clauses: project.clauses,
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
        let options = Options {
            bases: self.bases.clone(),
            level,
        };
        self.checker.rulebook.check(submission, date, &options)
    }
}

/// A desk is a checker that knows where its rules came from.
impl Deref for Desk {
    type Target = Checker;

    fn deref(&self) -> &Checker {
        &self.checker
    }
}

impl validator::Judge for Desk {
    fn identity(&self) -> RulesetIdentity {
        self.checker.rulebook.identity().clone()
    }

    fn check(&self, submission: &Submission<'_>, date: Date, level: Option<AgencyLevel>) -> Report {
        self.report(submission, date, level)
    }

    fn unusable(&self, fault: &Unreadable, bytes: &[u8], file: &str, date: Date) -> Report {
        self.checker.unusable(fault, bytes, file, date)
    }

    fn notes(&self) -> &RuleNotes {
        &self.checker.notes
    }

    fn catalogue(&self) -> &Catalogue {
        &self.checker.catalogue
    }
}

/// One clear line for rules that do not compile.
pub(crate) fn broken() -> Localized {
    Localized::text(
        "bộ quy tắc hoặc nội dung chưa dùng được; xem các lỗi ở trên",
        "the rule set or the content cannot be used; see the faults above",
    )
}
