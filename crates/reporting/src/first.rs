//! «Nên làm trước»: which open findings to take first, by an order that can be read off the report.
//!
//! 1. What must be fixed before what is to be reviewed; hints are never urgent.
//! 2. Faults of the submission's own data first: rules that join records rest on them, so mending
//!    one may let other rules decide.
//! 3. Findings that come with a ready edit, since they take least effort.
//! 4. Records with most open findings, since one visit to the record closes several.
//! 5. The order of the report.
//!
//! One entry stands for all findings of one record. Nothing is estimated that the report does not
//! say: no minutes, no money.

use std::{cmp::Reverse, collections::BTreeMap};

use framework::{Basis, Locale, Severity};
use rulebook::Finding;

use crate::Checked;

/// One thing to do, with the reason for its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct First<'a> {
    /// The worst finding of the record; its place in `findings` of the report.
    pub index: usize,
    /// The finding itself.
    pub finding: &'a Finding,
    /// Whether rules that join records rest on what is wrong here.
    pub unlocks: bool,
    /// Whether a ready edit comes with it.
    pub ready: bool,
    /// Other open findings of the same record.
    pub others: usize,
}

/// How many are shown.
const MOST: usize = 5;

/// What to do first, at most five entries.
pub fn of(checked: Checked<'_>) -> Vec<First<'_>> {
    let mut by_record: BTreeMap<&str, Vec<(usize, &Finding)>> = BTreeMap::new();
    for (index, finding) in checked.report.findings.iter().enumerate() {
        let urgent =
            finding.severity > Severity::Info && finding.status == rulebook::FindingStatus::Open;
        if urgent {
            by_record
                .entry(record_of(&finding.location.pointer))
                .or_default()
                .push((index, finding));
        }
    }
    let mut entries: Vec<First<'_>> = by_record
        .values()
        .filter_map(|findings| entry(findings))
        .collect();
    entries.sort_by_key(|entry| {
        let severity = Reverse(entry.finding.severity);
        (
            severity,
            !entry.unlocks,
            !entry.ready,
            Reverse(entry.others),
            entry.index,
        )
    });
    entries.truncate(MOST);
    entries
}

/// Findings of one record, in the order of the report: the worst comes first.
fn entry<'a>(findings: &[(usize, &'a Finding)]) -> Option<First<'a>> {
    let &(index, finding) = findings.first()?;
    Some(First {
        index,
        finding,
        unlocks: finding.basis == Basis::Practice && finding.severity == Severity::Error,
        ready: finding.patch.is_some(),
        others: findings.len() - 1,
    })
}

impl First<'_> {
    /// The reasons in words; empty where severity alone decides.
    pub fn reasons(&self, locale: Locale) -> Vec<String> {
        let t = |vi: &str, en: &str| {
            if locale == Locale::Vi {
                vi.to_owned()
            } else {
                en.to_owned()
            }
        };
        let mut reasons = Vec::new();
        if self.unlocks {
            reasons.push(t(
                "quy tắc khác dựa vào dữ liệu này",
                "other rules rest on these data",
            ));
        }
        if self.ready {
            reasons.push(t("có sẵn đoạn sửa", "a ready edit comes with it"));
        }
        if self.others > 0 {
            let count = self.others;
            reasons.push(match (locale, count) {
                (Locale::Vi, _) => format!("cùng chỗ còn {count} điểm khác"),
                (Locale::En, 1) => "1 more point at the same place".to_owned(),
                (Locale::En, _) => format!("{count} more points at the same place"),
            });
        }
        reasons
    }
}

/// The record a pointer leads into: `/platforms/2` for `/platforms/2/lifecycle`.
fn record_of(pointer: &str) -> &str {
    pointer
        .match_indices('/')
        .nth(2)
        .map_or(pointer, |(end, _)| &pointer[..end])
}
