//! The report on a file that could not be read as a submission.

use framework::{Basis, Date, Localized, Severity};

use crate::{
    Counts, Finding, FindingStatus, Place, Related, Report, Rulebook, SubmissionIdentity, Verdict,
    judge::{Fingerprints, of_place},
};

/// Why a file could not be read, as the reader of the file says it.
#[derive(Debug, Clone, PartialEq)]
pub struct Obstacle {
    /// A short stable name, `duplicate-key`.
    pub code: String,
    /// What is the matter.
    pub message: Localized,
    /// What to do about it.
    pub hint: Localized,
    /// Where.
    pub place: Place,
    /// Other places that belong to it.
    pub related: Vec<(Place, Localized)>,
}

impl Rulebook {
    /// The report on a file that could not be read: verdict `unusable`, no rule judged.
    pub fn unusable(
        &self,
        submission: SubmissionIdentity,
        obstacles: Vec<Obstacle>,
        date: Date,
    ) -> Report {
        let mut fingerprints = Fingerprints::default();
        let findings: Vec<Finding> = obstacles
            .into_iter()
            .map(|obstacle| finding(obstacle, &mut fingerprints))
            .collect();
        let mut counts = Counts::default();
        counts.practice.error = u32::try_from(findings.len()).unwrap_or(u32::MAX);
        Report {
            schema_version: "1".to_owned(),
            ruleset: self.identity().clone(),
            framework_version: self.framework_version.clone(),
            evaluated_on: date,
            bases: Basis::ALL.to_vec(),
            submission,
            verdict: Verdict::Unusable,
            counts,
            findings,
            rules: Vec::new(),
        }
    }
}

fn finding(obstacle: Obstacle, fingerprints: &mut Fingerprints) -> Finding {
    let related = obstacle
        .related
        .into_iter()
        .map(|(place, message)| Related {
            location: of_place(place, String::new(), None),
            message,
        });
    Finding {
        fingerprint: fingerprints.next(&obstacle.code, "", &obstacle.message.vi),
        rule: obstacle.code,
        severity: Severity::Error,
        basis: Basis::Practice,
        status: FindingStatus::Open,
        title: Localized::text(
            "Chưa đọc được tệp như một hồ sơ",
            "The file could not be read as a submission",
        ),
        message: obstacle.message,
        why: Localized::text(
            "Chưa đọc được tệp thì chưa quy tắc nào xem xét được. Đây là lỗi hình thức, không phải nhận xét về nội dung kiến trúc.",
            "As long as the file cannot be read no rule can judge. This is a matter of form and says nothing about the architecture.",
        ),
        fix: obstacle.hint,
        patch: None,
        clauses: Vec::new(),
        location: of_place(obstacle.place, String::new(), None),
        related: related.collect(),
        layer: None,
    }
}
