//! From the bytes of an upload to the bytes of an answer: read, judge, render.
//!
//! Runs on a worker of the [`crate::pool`]; the deadline is looked at between the stages.

use checker::Refusal;
use framework::{AgencyLevel, Catalogue, Date};
use intake::{Hints, Limits, Unreadable};
use reporting::{Checked, RuleNotes, Source};
use rulebook::{Report, RulesetIdentity, Submission, Verdict};

use crate::{
    config::Config,
    media,
    pool::Deadline,
    problem::{Kind, Problem},
};

/// The rule set as the server needs it.
pub trait Judge: Send + Sync {
    /// Which rules these are.
    fn identity(&self) -> RulesetIdentity;

    /// The report on a submission for a day; `level` overrides what the submission says of itself.
    fn check(&self, submission: &Submission<'_>, date: Date, level: Option<AgencyLevel>) -> Report;

    /// The report on bytes that could not be read as a submission.
    fn unusable(&self, fault: &Unreadable, bytes: &[u8], file: &str, date: Date) -> Report;

    /// What the rules say of themselves, for reports.
    fn notes(&self) -> &RuleNotes;

    /// What the framework names.
    fn catalogue(&self) -> &Catalogue;
}

/// What a client asks to have judged, and how.
#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) bytes: bytes::Bytes,
    pub(crate) file: String,
    pub(crate) media_type: Option<String>,
    pub(crate) date: Date,
    pub(crate) level: Option<AgencyLevel>,
}

/// What of a judgement may be counted and logged: nothing of the content.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Judged {
    pub(crate) format: &'static str,
    pub(crate) verdict: &'static str,
}

/// The limits of the configuration, as the reader takes them.
pub(crate) fn limits(config: &Config) -> Limits {
    let whole = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    Limits {
        bytes: whole(config.body_limit),
        xml_bytes: whole(config.body_limit),
        depth: config.nesting_limit as usize,
        records: config.record_limit as usize,
        ..Limits::default()
    }
}

/// Reads and judges, and hands the report with its source to `render`.
pub(crate) fn judge<T>(
    judge: &dyn Judge,
    question: &Question,
    limits: &Limits,
    deadline: Deadline,
    render: impl FnOnce(Checked<'_>) -> T,
) -> Result<(T, Judged), Problem> {
    let hints = Hints {
        file: &question.file,
        media_type: question.media_type.as_deref(),
        catalogue: Some(judge.catalogue()),
        ..Hints::default()
    };
    let read = intake::read(&question.bytes, &hints, limits);
    deadline.check()?;
    let (report, judged, rendered);
    match &read {
        Ok(submission) => {
            report = judge.check(submission, question.date, question.level);
            deadline.check()?;
            judged = Judged {
                format: submission.format.as_str(),
                verdict: verdict_word(report.verdict),
            };
            let source = Source::submission(submission);
            rendered = render(
                Checked::new(&report)
                    .with_source(&source)
                    .with_rules(judge.notes()),
            );
        }
        Err(fault) => {
            if let Some(problem) = refusal(fault, question) {
                return Err(problem);
            }
            report = judge.unusable(fault, &question.bytes, &question.file, question.date);
            judged = Judged {
                format: "none",
                verdict: verdict_word(report.verdict),
            };
            let text = std::str::from_utf8(&question.bytes).ok();
            let source = text.map_or_else(Source::none, Source::text);
            rendered = render(
                Checked::new(&report)
                    .with_source(&source)
                    .with_rules(judge.notes()),
            );
        }
    }
    Ok((rendered, judged))
}

/// Faults of the envelope, as problems.
fn refusal(fault: &Unreadable, question: &Question) -> Option<Problem> {
    let said_workbook = question
        .media_type
        .as_deref()
        .is_some_and(media::is_workbook);
    let (refusal, words) = checker::refusal(fault, &question.bytes, said_workbook)?;
    let kind = match refusal {
        Refusal::TooLarge => Kind::TooLarge,
        Refusal::Unopenable => Kind::Unopenable,
        Refusal::UnsupportedType => Kind::UnsupportedType,
    };
    Some(Problem::new(kind, words.vi, words.en))
}

fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Conforming => "conforming",
        Verdict::ConformingWithRemarks => "conforming-with-remarks",
        Verdict::Nonconforming => "nonconforming",
        Verdict::Unusable => "unusable",
    }
}
