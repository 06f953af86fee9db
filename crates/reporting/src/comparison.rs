//! This report beside an earlier one of the same agency: what is new, still open, mended.

use std::collections::BTreeMap;

use framework::{Basis, Locale};
use rulebook::{Finding, FindingStatus, Report, Verdict};

use crate::words;

/// An earlier report compared with this one, by the fingerprints of their open findings.
#[derive(Debug, Clone)]
pub struct Comparison<'a> {
    /// The earlier report.
    pub earlier: &'a Report,
    /// Open now and not open then, with the cause as far as it can be told.
    pub new: Vec<(&'a Finding, Cause)>,
    /// Open then and now.
    pub still: Vec<&'a Finding>,
    /// Open then and no longer.
    pub mended: Vec<(&'a Finding, Mended)>,
    /// What makes the two hard to compare.
    pub doubts: Vec<Doubt>,
}

/// Why a finding is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The rules and the date are the same: the submission changed.
    Submission,
    /// The earlier rule set did not have the rule.
    NewRule,
    /// The submission is the same, byte for byte: the rule set changed.
    ChangedRules,
    /// Submission and rule set are the same: the date of evaluation moved on.
    Date,
    /// Both the submission and the rules or the date changed; the two reports cannot tell.
    Unknown,
}

/// How a finding went away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mended {
    /// It is no longer found.
    Gone,
    /// It is still found, and a complete justification answers it.
    Justified,
    /// Its rule is no longer in the rule set: nobody mended it.
    RuleGone,
}

/// What makes two reports hard to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// They name different agencies or submissions.
    OtherSubmission,
    /// One of the files could not be read: what it lacks is not mended.
    Unusable,
    /// One of them does not list all it found.
    Truncated,
    /// Rules of another basis judged then: only what both looked at is compared.
    OtherBases,
}

impl<'a> Comparison<'a> {
    /// Compares two reports.
    pub fn between(earlier: &'a Report, now: &'a Report) -> Self {
        let doubts = doubts(earlier, now);
        let in_both = |finding: &&Finding| {
            let basis = &finding.basis;
            earlier.bases.contains(basis) && now.bases.contains(basis)
        };
        let mut before: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
        for finding in open(earlier).filter(in_both) {
            before
                .entry(&finding.fingerprint)
                .or_default()
                .push(finding);
        }
        let mut comparison = Self {
            earlier,
            new: Vec::new(),
            still: Vec::new(),
            mended: Vec::new(),
            doubts,
        };
        for finding in open(now).filter(in_both) {
            match before
                .get_mut(finding.fingerprint.as_str())
                .and_then(Vec::pop)
            {
                Some(_) => comparison.still.push(finding),
                None => comparison.new.push((finding, cause(finding, earlier, now))),
            }
        }
        if !comparison.doubts.contains(&Doubt::Unusable) {
            // What is left was not found open again; told in the order of the earlier report.
            comparison.mended = open(earlier)
                .filter(in_both)
                .filter(|finding| {
                    let left = before.get_mut(finding.fingerprint.as_str());
                    left.is_some_and(|left| left.pop().is_some())
                })
                .map(|finding| (finding, how_mended(finding, earlier, now)))
                .collect();
        }
        comparison
    }

    /// Whether a finding of this report is new, and why; none for what was open before.
    pub fn cause_of(&self, finding: &Finding) -> Option<Cause> {
        self.new
            .iter()
            .find(|(new, _)| std::ptr::eq(*new, finding))
            .map(|(_, cause)| *cause)
    }

    /// One sentence: «2 điểm mới, 7 điểm còn lại, 3 điểm đã khắc phục».
    pub fn sentence(&self, locale: Locale) -> String {
        let (new, still, mended) = (self.new.len(), self.still.len(), self.mended.len());
        let points = |count| words::points(count, locale);
        match locale {
            Locale::Vi => format!(
                "{} mới, {} còn từ lần trước, {} không còn.",
                points(new),
                points(still),
                points(mended)
            ),
            Locale::En => format!(
                "{} new, {} still open, {} no longer open.",
                points(new),
                points(still),
                points(mended)
            ),
        }
    }
}

impl Cause {
    /// «do hồ sơ thay đổi».
    pub const fn words(self) -> words::Word {
        let (vi, en) = match self {
            Self::Submission => ("do hồ sơ thay đổi", "from a change in the submission"),
            Self::NewRule => ("do quy tắc mới", "from a new rule"),
            Self::ChangedRules => ("do bộ quy tắc thay đổi", "from a changed rule set"),
            Self::Date => ("do ngày đánh giá thay đổi", "from the later date"),
            Self::Unknown => (
                "do hồ sơ hoặc quy tắc, ngày đánh giá thay đổi",
                "from a change in the submission, the rules or the date",
            ),
        };
        words::Word::new(vi, en)
    }
}

impl Mended {
    /// «đã khắc phục».
    pub const fn words(self) -> words::Word {
        let (vi, en) = match self {
            Self::Gone => ("đã khắc phục", "mended"),
            Self::Justified => ("nay đã giải trình", "now justified"),
            Self::RuleGone => (
                "quy tắc không còn trong bộ quy tắc",
                "its rule is no longer in the rule set",
            ),
        };
        words::Word::new(vi, en)
    }
}

impl Doubt {
    /// What to tell the reader.
    pub const fn words(self) -> words::Word {
        let (vi, en) = match self {
            Self::OtherSubmission => (
                "Báo cáo trước ghi cơ quan hoặc mã hồ sơ khác; đề nghị kiểm tra lại tệp đã chọn.",
                "The earlier report names another agency or submission; please check the chosen file.",
            ),
            Self::Unusable => (
                "Một trong hai lần chưa đọc được hồ sơ nên không tính điểm đã khắc phục.",
                "One of the two files could not be read, so nothing is counted as mended.",
            ),
            Self::OtherBases => (
                "Hai lần không xét cùng các loại căn cứ; chỉ so sánh phần cả hai lần cùng xét.",
                "The two did not judge by the same bases; only what both looked at is compared.",
            ),
            Self::Truncated => (
                "Một trong hai báo cáo không liệt kê đủ phát hiện; so sánh chỉ tính phần được liệt kê.",
                "One of the reports does not list all findings; only what is listed is compared.",
            ),
        };
        words::Word::new(vi, en)
    }
}

fn open(report: &Report) -> impl Iterator<Item = &Finding> {
    report
        .findings
        .iter()
        .filter(|finding| finding.status == FindingStatus::Open)
}

/// Whether the rule itself changed is known from its revision; only if it did not can the edit be
/// the cause for certain, however much else of the rule set changed. Faults of form and notes of the
/// reader are no rules and have no revision: for them the rule set as a whole has to be the same.
fn cause(finding: &Finding, earlier: &Report, now: &Report) -> Cause {
    let revision = |report: &Report| {
        report
            .rules
            .iter()
            .find(|rule| rule.id == finding.rule)
            .map(|rule| rule.revision)
    };
    let (before, after) = (revision(earlier), revision(now));
    if before.is_none() && after.is_some() && !earlier.rules.is_empty() {
        return Cause::NewRule;
    }
    let same_file = earlier.submission.sha256 == now.submission.sha256;
    let same_ruleset = earlier.ruleset.sha256 == now.ruleset.sha256;
    let same_rule = before == after && (after.is_some() || same_ruleset);
    let same_date = earlier.evaluated_on == now.evaluated_on;
    match (same_file, same_rule, same_date) {
        (false, true, true) => Cause::Submission,
        // An unchanged file on the same day can only differ by its rules.
        (true, _, true) => Cause::ChangedRules,
        (true, true, false) => Cause::Date,
        (true, false, false) | (false, _, _) => Cause::Unknown,
    }
}

fn how_mended(finding: &Finding, earlier: &Report, now: &Report) -> Mended {
    let justified = now.findings.iter().any(|other| {
        other.status == FindingStatus::Justified && other.fingerprint == finding.fingerprint
    });
    let is_rule_of = |report: &Report| report.rules.iter().any(|rule| rule.id == finding.rule);
    if justified {
        Mended::Justified
    } else if is_rule_of(earlier) && !is_rule_of(now) {
        Mended::RuleGone
    } else {
        Mended::Gone
    }
}

fn doubts(earlier: &Report, now: &Report) -> Vec<Doubt> {
    let (before, after) = (&earlier.submission, &now.submission);
    let mut doubts = Vec::new();
    let any_unusable = [earlier.verdict, now.verdict].contains(&Verdict::Unusable);
    if !any_unusable && (before.agency != after.agency || before.level != after.level) {
        doubts.push(Doubt::OtherSubmission);
    }
    if any_unusable {
        doubts.push(Doubt::Unusable);
    }
    if earlier.counts.truncated > 0 || now.counts.truncated > 0 {
        doubts.push(Doubt::Truncated);
    }
    let judged = |report: &Report, basis| report.bases.contains(basis);
    if Basis::ALL
        .iter()
        .any(|basis| judged(earlier, basis) != judged(now, basis))
    {
        doubts.push(Doubt::OtherBases);
    }
    doubts
}
