//! The verdict in words: one heading, one sentence, and what must be said with it.

use framework::{Basis, Locale, Localized, Severity};
use rulebook::{BasisCounts, Counts, Report, Verdict};

use crate::words;

/// The verdict in two or three words.
pub const fn heading(verdict: Verdict) -> words::Word {
    match verdict {
        Verdict::Conforming => Localized::new("Phù hợp", "Conforms"),
        Verdict::ConformingWithRemarks => {
            Localized::new("Phù hợp, còn điểm nên xem lại", "Conforms, with remarks")
        }
        Verdict::Nonconforming => Localized::new("Chưa phù hợp", "Does not yet conform"),
        Verdict::Unusable => Localized::new("Chưa đọc được hồ sơ", "The submission cannot be read"),
    }
}

/// The verdict with what was judged, where that is not everything: a heading is read alone.
pub fn heading_of(verdict: Verdict, bases: &[Basis], locale: Locale) -> String {
    let heading = *heading(verdict).get(locale);
    if verdict == Verdict::Unusable || Basis::ALL.iter().all(|basis| bases.contains(basis)) {
        return heading.to_owned();
    }
    let judged: Vec<String> = Basis::ALL
        .into_iter()
        .filter(|basis| bases.contains(basis))
        .map(|basis| words::by_basis(basis).get(locale).to_string())
        .collect();
    let judged = crate::wrap::joined(&judged, locale);
    match locale {
        Locale::Vi => format!("{heading} (chỉ xét quy tắc {judged})"),
        Locale::En => format!("{heading} (rules {judged} only)"),
    }
}

/// The reason in one sentence, each basis on its own: they are never added up.
pub fn sentence(report: &Report, locale: Locale) -> String {
    let counts = &report.counts;
    match (report.verdict, locale) {
        (Verdict::Unusable, Locale::Vi) => {
            "Chưa kiểm tra được quy tắc nào; chỗ cần sửa để đọc được hồ sơ nêu dưới đây.".to_owned()
        }
        (Verdict::Unusable, Locale::En) => {
            "No rule could be checked; what has to be mended first is listed below.".to_owned()
        }
        (Verdict::Nonconforming, Locale::Vi) => {
            format!("Còn {}.", listed(counts, Severity::Error, locale))
        }
        (Verdict::Nonconforming, Locale::En) => {
            format!("{}.", listed(counts, Severity::Error, locale))
        }
        (Verdict::ConformingWithRemarks, Locale::Vi) => {
            format!(
                "Không có điểm phải sửa; còn {}.",
                listed(counts, Severity::Warning, locale)
            )
        }
        (Verdict::ConformingWithRemarks, Locale::En) => {
            format!(
                "Nothing must be fixed; {}.",
                listed(counts, Severity::Warning, locale)
            )
        }
        (Verdict::Conforming, Locale::Vi) if !is_by_framework(report) => {
            "Không có điểm phải sửa trong phần đã xét.".to_owned()
        }
        (Verdict::Conforming, Locale::En) if !is_by_framework(report) => {
            "Nothing must be fixed in what was judged.".to_owned()
        }
        (Verdict::Conforming, Locale::Vi) => {
            "Không có điểm phải sửa và không có điểm nên xem lại theo Khung kiến trúc.".to_owned()
        }
        (Verdict::Conforming, Locale::En) => {
            "Nothing must be fixed and nothing is to be reviewed under the framework.".to_owned()
        }
    }
}

/// Whether rules that rest on the framework judged one submission by itself.
fn is_by_framework(report: &Report) -> bool {
    report.bases.contains(&Basis::Framework) && report.submission.format != PORTFOLIO
}

/// The format of many submissions together.
const PORTFOLIO: &str = "portfolio";

/// What must be read with the verdict: what was not looked at, what the machine did not decide, and
/// for whom it is a reference only.
pub fn remarks(report: &Report, locale: Locale) -> Vec<String> {
    let counts = &report.counts;
    let mut remarks = Vec::new();
    remarks.extend(left_out(report, locale));
    if report.submission.format == PORTFOLIO {
        remarks.push(match locale {
            Locale::Vi => "Chỉ xét các quy tắc liên cơ quan, giữa các hồ sơ với nhau; mỗi hồ sơ cần được kiểm tra riêng.".to_owned(),
            Locale::En => "Only the rules between agencies judged, over all submissions together; each submission is to be checked by itself.".to_owned(),
        });
    }
    if report.verdict == Verdict::Nonconforming && open(counts, Severity::Warning) > 0 {
        let listed = listed(counts, Severity::Warning, locale);
        remarks.push(match locale {
            Locale::Vi => format!("Ngoài ra có {listed}; không làm thay đổi kết luận."),
            Locale::En => format!("Besides, {listed}; this does not change the verdict."),
        });
    }
    if counts.not_stated > 0 || counts.needs_person > 0 {
        remarks.push(undecided(counts, locale));
    }
    if report.submission.level.as_deref() == Some("other") {
        remarks.push(match locale {
            Locale::Vi => "Kết quả dùng để tham khảo (đoạn 2 mục I.2).".to_owned(),
            Locale::En => "The result is for reference (paragraph 2 of section I.2).".to_owned(),
        });
    }
    if counts.truncated > 0 {
        let count = counts.truncated;
        remarks.push(match locale {
            Locale::Vi => format!("Còn {count} phát hiện không liệt kê vì quá nhiều."),
            Locale::En => {
                format!("{count} more findings are not listed because there are too many.")
            }
        });
    }
    remarks
}

/// The counts of one basis.
pub const fn of_basis(counts: &Counts, basis: Basis) -> BasisCounts {
    match basis {
        Basis::Framework => counts.framework,
        Basis::Law => counts.law,
        Basis::Practice => counts.practice,
    }
}

/// One number of a row of counts.
pub const fn of_severity(counts: BasisCounts, severity: Severity) -> u32 {
    match severity {
        Severity::Error => counts.error,
        Severity::Warning => counts.warning,
        Severity::Info => counts.info,
    }
}

fn open(counts: &Counts, severity: Severity) -> u32 {
    Basis::ALL
        .into_iter()
        .map(|basis| of_severity(of_basis(counts, basis), severity))
        .max()
        .unwrap_or(0)
}

/// «1 điểm phải sửa theo Khung kiến trúc và 2 điểm phải sửa về dữ liệu của hồ sơ».
pub(crate) fn listed(counts: &Counts, severity: Severity, locale: Locale) -> String {
    let parts: Vec<String> = Basis::ALL
        .into_iter()
        .filter_map(|basis| {
            let count = of_severity(of_basis(counts, basis), severity);
            (count > 0).then(|| one_basis(count, severity, basis, locale))
        })
        .collect();
    crate::wrap::joined(&parts, locale)
}

fn one_basis(count: u32, severity: Severity, basis: Basis, locale: Locale) -> String {
    let by = words::by_basis(basis).get(locale).to_owned();
    let points = words::points(count as usize, locale);
    let what = match (locale, severity, count) {
        (Locale::Vi, Severity::Error, _) => "phải sửa",
        (Locale::Vi, Severity::Warning, _) => "nên xem lại",
        (Locale::Vi, Severity::Info, _) => "gợi ý",
        (Locale::En, Severity::Error, _) => "must be fixed",
        (Locale::En, Severity::Warning, 1) => "is to be reviewed",
        (Locale::En, Severity::Warning, _) => "are to be reviewed",
        (Locale::En, Severity::Info, 1) => "is a hint",
        (Locale::En, Severity::Info, _) => "are hints",
    };
    format!("{points} {what} {by}")
}

/// Which rules did not judge at all.
fn left_out(report: &Report, locale: Locale) -> Option<String> {
    let bases = Basis::ALL.into_iter();
    let missing: Vec<String> = bases
        .filter(|basis| !report.bases.contains(basis))
        .map(|basis| words::by_basis(basis).get(locale).to_string())
        .collect();
    let missing = Some(missing).filter(|missing| !missing.is_empty())?;
    let missing = crate::wrap::joined(&missing, locale);
    Some(match locale {
        Locale::Vi => format!("Chưa xét quy tắc {missing}; kết luận không nói gì về phần đó."),
        Locale::En => {
            format!("Rules {missing} did not judge; the verdict says nothing about them.")
        }
    })
}

fn undecided(counts: &Counts, locale: Locale) -> String {
    let (not_stated, person) = (counts.not_stated, counts.needs_person);
    match locale {
        Locale::Vi => {
            let mut parts = Vec::new();
            if not_stated > 0 {
                parts.push(format!(
                    "{not_stated} quy tắc chưa kết luận được vì hồ sơ chưa nêu"
                ));
            }
            if person > 0 {
                parts.push(format!("{person} quy tắc cần người xem"));
            }
            format!("Chưa tính vào kết luận: {}.", parts.join("; "))
        }
        Locale::En => {
            let mut parts = Vec::new();
            let rules = |count: u32| {
                if count == 1 {
                    "1 rule".to_owned()
                } else {
                    format!("{count} rules")
                }
            };
            if not_stated > 0 {
                parts.push(format!(
                    "{} undecided because the submission does not state the facts",
                    rules(not_stated)
                ));
            }
            if person > 0 {
                parts.push(format!("{} for a person to judge", rules(person)));
            }
            format!("Not part of the verdict: {}.", parts.join("; "))
        }
    }
}
