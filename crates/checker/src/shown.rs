//! What an editor shows beside the text: the verdict in a sentence, and a mark for each finding.

use framework::{Locale, Severity};
use reporting::{Checked, checked::rule_page, place, verdict, visible};
use rulebook::{Finding, FindingStatus, Verdict};
use serde::Serialize;

use crate::face::Judged;

/// A report, as short as it can be said.
#[derive(Debug, Serialize)]
pub(crate) struct Summary {
    verdict: Verdict,
    /// The verdict in two or three words.
    heading: String,
    /// The reason in a sentence.
    sentence: String,
    /// The format that was read.
    format: String,
    /// Whether the text can be opened in an editor.
    is_text: bool,
    marks: Vec<Mark>,
}

/// One open finding at its place.
#[derive(Debug, Serialize)]
struct Mark {
    /// Its number in the report, from 0.
    finding: usize,
    severity: Severity,
    rule: String,
    /// The address of the rule's page after the language.
    page: Option<String>,
    title: String,
    message: String,
    /// Line and column, or sheet and cell, in words.
    place: Option<String>,
    /// Lines and columns count from 1, columns in Unicode scalar values.
    line: Option<u32>,
    column: Option<u32>,
    end_line: Option<u32>,
    end_column: Option<u32>,
    /// Whether it can be mended at a press.
    mendable: bool,
}

/// The report on a submission for the editor.
pub(crate) fn summary(checked: Checked<'_>, judged: &Judged) -> Summary {
    let report = checked.report;
    let (submission, locale) = judged.parts();
    let mendable = |finding: &Finding| {
        let (Some(submission), Some(patch)) = (submission, &finding.patch) else {
            return false;
        };
        intake::can_amend(submission, patch)
    };
    let marks = report
        .findings
        .iter()
        .enumerate()
        .filter(|(_, finding)| finding.status == FindingStatus::Open)
        .map(|(index, finding)| Mark {
            mendable: mendable(finding),
            ..mark(checked, index, finding, locale)
        })
        .collect();
    Summary {
        verdict: report.verdict,
        heading: verdict::heading_of(report.verdict, &report.bases, locale),
        sentence: verdict::sentence(report, locale),
        format: report.submission.format.clone(),
        is_text: checked.source.whole_text().is_some(),
        marks,
    }
}

fn mark(checked: Checked<'_>, index: usize, finding: &Finding, locale: Locale) -> Mark {
    let location = &finding.location;
    Mark {
        finding: index,
        severity: finding.severity,
        rule: visible::line(&finding.rule).into_owned(),
        page: rule_page(&finding.rule),
        title: checked.title(finding, locale),
        message: visible::line(finding.message.get(locale)).into_owned(),
        place: place::position_in_words(location, locale),
        line: location.line,
        column: location.column,
        end_line: location.end_line,
        end_column: location.end_column,
        mendable: false,
    }
}
