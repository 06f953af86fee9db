//! What `khung check` adds to the reports: a comparison, totals over many files.

use std::{collections::BTreeMap, fmt::Write as _};

use framework::Locale;
use reporting::{comparison::Comparison, text, verdict};
use rulebook::Verdict;

use super::Judged;
use crate::context::{self, Context};

/// What is new, still open and mended, under the report.
pub(super) fn compared(comparison: &Comparison<'_>, locale: Locale) -> String {
    let mut text = format!("{}\n", comparison.sentence(locale));
    for doubt in &comparison.doubts {
        let _ = writeln!(text, "  {}", doubt.words().get(locale));
    }
    for (finding, cause) in &comparison.new {
        let (title, cause) = (finding.title.get(locale), cause.words());
        let _ = writeln!(text, "  + {} {title} ({})", finding.rule, cause.get(locale));
    }
    for (finding, how) in &comparison.mended {
        let (title, how) = (finding.title.get(locale), how.words());
        let _ = writeln!(text, "  − {} {title} ({})", finding.rule, how.get(locale));
    }
    text
}

/// One line a file and the totals.
pub(super) fn summary(judged: &[Judged], context: &Context) -> String {
    let locale = context.locale;
    let mut text = String::new();
    let mut by_verdict: BTreeMap<Verdict, usize> = BTreeMap::new();
    for one in judged {
        let report = &one.report;
        *by_verdict.entry(report.verdict).or_default() += 1;
        let heading = verdict::heading(report.verdict);
        let counts = [
            report.counts.framework,
            report.counts.law,
            report.counts.practice,
        ]
        .map(|basis| format!("{}/{}/{}", basis.error, basis.warning, basis.info));
        let [framework, law, practice] = counts;
        let _ = writeln!(
            text,
            "{:<28} {framework:>9} {law:>9} {practice:>9}  {}",
            heading.get(locale),
            report.submission.file
        );
    }
    text.push_str(context.pick(
        "(phải sửa/nên xem lại/gợi ý theo Khung kiến trúc, văn bản pháp luật khác, yêu cầu về hồ sơ)\n",
        "(errors/warnings/infos by framework, law, practice)\n",
    ));
    for (one, count) in by_verdict {
        let _ = writeln!(text, "{count:>6}  {}", verdict::heading(one).get(locale));
    }
    let _ = writeln!(
        text,
        "{:>6}  {}",
        judged.len(),
        context.pick("tổng số tệp", "files in all")
    );
    text
}

pub(super) fn style() -> text::Style {
    let columns = std::env::var("COLUMNS")
        .ok()
        .and_then(|columns| columns.parse().ok());
    text::Style {
        colour: context::is_coloured(),
        columns: columns.unwrap_or(100).clamp(40, 160),
    }
}
