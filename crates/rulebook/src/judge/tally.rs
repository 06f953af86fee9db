//! Counts and verdict.

use framework::{Basis, Severity};

use crate::{Counts, FindingStatus, Outcome, RuleOutcome, Verdict};

/// Counts open findings by basis and severity, and rules by outcome.
pub(crate) fn count(
    findings: impl Iterator<Item = (Basis, Severity, FindingStatus)>,
    rules: &[RuleOutcome],
) -> Counts {
    let mut counts = Counts::default();
    for (basis, severity, _) in findings.filter(|(_, _, status)| *status == FindingStatus::Open) {
        let of_basis = match basis {
            Basis::Framework => &mut counts.framework,
            Basis::Law => &mut counts.law,
            Basis::Practice => &mut counts.practice,
        };
        match severity {
            Severity::Error => of_basis.error += 1,
            Severity::Warning => of_basis.warning += 1,
            Severity::Info => of_basis.info += 1,
        }
    }
    for rule in rules {
        match rule.outcome {
            Outcome::Passed => counts.passed += 1,
            Outcome::NotApplicable => counts.not_applicable += 1,
            Outcome::NotStated => counts.not_stated += 1,
            Outcome::Justified => counts.justified += 1,
            Outcome::NeedsPerson => counts.needs_person += 1,
            Outcome::Failed => {}
        }
    }
    counts
}

/// The verdict that the counts give.
pub(crate) const fn verdict(counts: &Counts) -> Verdict {
    if counts.framework.error + counts.law.error + counts.practice.error > 0 {
        Verdict::Nonconforming
    } else if counts.framework.warning > 0 {
        Verdict::ConformingWithRemarks
    } else {
        Verdict::Conforming
    }
}
