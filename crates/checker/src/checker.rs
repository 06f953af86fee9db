//! The compiled rules with what reading and reporting need of them.

use std::{ffi::OsStr, path::Path};

use framework::{Catalogue, Clauses, Date, Diagnostic, Localized};
use intake::Unreadable;
use reporting::{RuleNotes, checked};
use rulebook::{Obstacle, Report, RuleFile, Rulebook, SubmissionIdentity};

/// The compiled rules with what reading and reporting need of them.
#[derive(Debug)]
pub struct Checker {
    /// The rules.
    pub rulebook: Rulebook,
    /// What the framework names.
    pub catalogue: Catalogue,
    /// What the rules say of themselves, for reports.
    pub notes: RuleNotes,
}

impl Checker {
    /// Compiles; all faults at once.
    pub fn compile(
        files: &[RuleFile],
        clauses: &Clauses,
        catalogue: Catalogue,
    ) -> Result<Self, Vec<Diagnostic>> {
        let rulebook = Rulebook::compile(files, &catalogue, clauses)?;
        Ok(Self::of(rulebook, catalogue))
    }

    /// The same of what `compile` has passed elsewhere, byte for byte.
    pub fn reopen(
        files: &[RuleFile],
        clauses: &Clauses,
        catalogue: Catalogue,
    ) -> Result<Self, Vec<Diagnostic>> {
        let rulebook = Rulebook::reopen(files, &catalogue, clauses)?;
        Ok(Self::of(rulebook, catalogue))
    }

    fn of(rulebook: Rulebook, catalogue: Catalogue) -> Self {
        let notes = checked::notes_of(&rulebook);
        Self {
            rulebook,
            catalogue,
            notes,
        }
    }

    /// The report on bytes that are no submission.
    pub fn unusable(&self, fault: &Unreadable, bytes: &[u8], file: &str, date: Date) -> Report {
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

/// Why an upload is not even judged unusable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// More bytes than are read.
    TooLarge,
    /// Said to be a workbook, and none.
    Unopenable,
    /// No text, and no workbook.
    UnsupportedType,
}

/// Faults of the envelope: a text that is no submission is judged unusable, with its place; bytes
/// that are no text at all are refused.
pub fn refusal(
    fault: &Unreadable,
    bytes: &[u8],
    said_workbook: bool,
) -> Option<(Refusal, Localized)> {
    let is_text = std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0);
    let refusal = match fault {
        Unreadable::TooLarge { .. } => Refusal::TooLarge,
        Unreadable::Foreign(_) | Unreadable::Binary if said_workbook => Refusal::Unopenable,
        Unreadable::Foreign(_) | Unreadable::Binary if !is_text => Refusal::UnsupportedType,
        _ => return None,
    };
    let said = fault.faults().into_iter().next()?;
    let words = Localized::text(
        format!("{} {}", said.message.vi, said.hint.vi),
        format!("{} {}", said.message.en, said.hint.en),
    );
    Some((refusal, words))
}
