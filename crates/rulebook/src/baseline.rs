//! What changed between two reports on the same submission.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{Finding, FindingStatus, Report};

/// Where a new finding comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cause {
    /// The submission was edited.
    Edit,
    /// The rule is new, or checks differently than before.
    Rule,
    /// Neither: a day has passed that the rule looks at.
    Time,
}

/// A finding that the earlier report did not have open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewFinding {
    /// The finding's fingerprint in the later report.
    pub fingerprint: String,
    /// The rule.
    pub rule: String,
    /// Where it comes from.
    pub cause: Cause,
}

/// The difference between two reports.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// Open now and not before, in the order of the later report.
    pub new: Vec<NewFinding>,
    /// Open in both: fingerprints, in the order of the later report.
    pub still_open: Vec<String>,
    /// Open before and not now, as the earlier report said them.
    pub mended: Vec<Finding>,
    /// Whether one of the reports showed only part of its findings: then some of the above may be
    /// wrong.
    pub partial: bool,
}

/// Compares an earlier report with a later one.
pub fn compare(earlier: &Report, later: &Report) -> Comparison {
    let before: BTreeSet<&str> = open(earlier)
        .map(|finding| finding.fingerprint.as_str())
        .collect();
    let now: BTreeSet<&str> = open(later)
        .map(|finding| finding.fingerprint.as_str())
        .collect();
    let causes = Causes::new(earlier, later);
    let is_known = |finding: &&Finding| before.contains(finding.fingerprint.as_str());
    let new = open(later)
        .filter(|finding| !is_known(finding))
        .map(|finding| NewFinding {
            fingerprint: finding.fingerprint.clone(),
            rule: finding.rule.clone(),
            cause: causes.of(&finding.rule),
        });
    let mended = open(earlier).filter(|finding| !now.contains(finding.fingerprint.as_str()));
    Comparison {
        new: new.collect(),
        still_open: open(later)
            .filter(is_known)
            .map(|finding| finding.fingerprint.clone())
            .collect(),
        mended: mended.cloned().collect(),
        partial: earlier.counts.truncated > 0 || later.counts.truncated > 0,
    }
}

fn open(report: &Report) -> impl Iterator<Item = &Finding> {
    report
        .findings
        .iter()
        .filter(|finding| finding.status == FindingStatus::Open)
}

/// What differs between two reports besides their findings.
struct Causes<'r> {
    revisions_before: BTreeMap<&'r str, u32>,
    revisions_now: BTreeMap<&'r str, u32>,
    is_edited: bool,
    is_same_day: bool,
}

impl<'r> Causes<'r> {
    fn new(earlier: &'r Report, later: &'r Report) -> Self {
        let revisions = |report: &'r Report| {
            report
                .rules
                .iter()
                .map(|rule| (rule.id.as_str(), rule.revision))
                .collect()
        };
        Self {
            revisions_before: revisions(earlier),
            revisions_now: revisions(later),
            is_edited: earlier.submission.sha256 != later.submission.sha256,
            is_same_day: earlier.evaluated_on == later.evaluated_on,
        }
    }

    /// A changed rule comes first: had it not changed, nobody knows what it would have said. An
    /// unchanged file on the same day can only differ by its rules.
    fn of(&self, rule: &str) -> Cause {
        let is_changed = self.revisions_before.get(rule) != self.revisions_now.get(rule);
        match (is_changed, self.is_edited, self.is_same_day) {
            (true, ..) | (false, false, true) => Cause::Rule,
            (false, true, _) => Cause::Edit,
            (false, false, false) => Cause::Time,
        }
    }
}
