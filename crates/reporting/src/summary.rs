//! Totals over many reports, for `khung check dir/ --summary`.

use std::{cmp::Reverse, collections::BTreeMap};

use framework::{Basis, Locale, Localized, Severity};
use rulebook::{BasisCounts, Report, Verdict};
use serde::Serialize;

use crate::{Checked, RuleNotes, place, verdict, visible, words, wrap};

/// Verdicts in the order in which they are told: the worst first.
const VERDICTS: [Verdict; 4] = [
    Verdict::Unusable,
    Verdict::Nonconforming,
    Verdict::ConformingWithRemarks,
    Verdict::Conforming,
];

/// What many reports come to. It is filled one report at a time, so that no report has to be kept.
/// There is no order of merit: the rows stand as the files were given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// How many files.
    pub files: usize,
    /// Rules of which basis judged; left out where all of them did.
    #[serde(skip_serializing_if = "is_every_basis")]
    pub bases: Vec<Basis>,
    /// How many with each verdict.
    pub verdicts: BTreeMap<Verdict, usize>,
    /// Open findings of basis `framework` over all files.
    pub framework: BasisCounts,
    /// Open findings of basis `law`.
    pub law: BasisCounts,
    /// Open findings of basis `practice`.
    pub practice: BasisCounts,
    /// Rules with open findings, by id.
    pub rules: BTreeMap<String, RuleTotal>,
    /// A row a file.
    pub rows: Vec<Row>,
}

fn is_every_basis(bases: &[Basis]) -> bool {
    bases.is_empty() || Basis::ALL.iter().all(|basis| bases.contains(basis))
}

/// One rule over all files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct RuleTotal {
    /// In how many files it has open findings.
    pub files: usize,
    /// How many open findings.
    pub findings: usize,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Its name as given.
    pub file: String,
    /// The agency, if it could be read.
    pub agency: Option<Localized<Option<String>>>,
    /// The verdict.
    pub verdict: Verdict,
    /// Why it could not be read, if it could not.
    pub reason: Option<Localized>,
    /// Open findings of basis `framework`.
    pub framework: BasisCounts,
    /// Open findings of basis `law`.
    pub law: BasisCounts,
    /// Open findings of basis `practice`.
    pub practice: BasisCounts,
}

impl Summary {
    /// Adds one report, each basis for itself.
    pub fn add(&mut self, report: &Report) {
        self.files += 1;
        // A file that could not be read was judged by no rule at all.
        if report.verdict != Verdict::Unusable {
            self.bases.clone_from(&report.bases);
        }
        *self.verdicts.entry(report.verdict).or_default() += 1;
        let counts = &report.counts;
        for (sum, one) in [
            (&mut self.framework, counts.framework),
            (&mut self.law, counts.law),
            (&mut self.practice, counts.practice),
        ] {
            sum.error = sum.error.saturating_add(one.error);
            sum.warning = sum.warning.saturating_add(one.warning);
            sum.info = sum.info.saturating_add(one.info);
        }
        let mut here: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in Checked::new(report).open() {
            *here.entry(&finding.rule).or_default() += 1;
        }
        for (rule, findings) in here {
            let total = self.rules.entry(rule.to_owned()).or_default();
            total.files += 1;
            total.findings += findings;
        }
        self.rows.push(Row {
            file: report.submission.file.clone(),
            agency: report.submission.agency.clone(),
            verdict: report.verdict,
            reason: report
                .findings
                .first()
                .filter(|_| report.verdict == Verdict::Unusable)
                .map(|finding| finding.message.clone()),
            framework: counts.framework,
            law: counts.law,
            practice: counts.practice,
        });
    }

    /// Rules by how many files have open findings of them, most first.
    fn most_common(&self) -> Vec<(&str, RuleTotal)> {
        let mut totals: Vec<(&str, RuleTotal)> = self
            .rules
            .iter()
            .map(|(rule, total)| (rule.as_str(), *total))
            .collect();
        totals.sort_by_key(|(rule, total)| (Reverse(total.files), *rule));
        totals
    }
}

/// The summary for a terminal: totals, then a line a file, then the rules that come most often.
pub fn text(summary: &Summary, rules: &RuleNotes, locale: Locale, columns: usize) -> String {
    let mut lines = vec![headline(summary, locale), String::new()];
    for verdict in VERDICTS {
        let count = summary.verdicts.get(&verdict).copied().unwrap_or(0);
        if count > 0 {
            lines.push(format!(
                "  {count:>6}  {}",
                verdict::heading_of(verdict, &summary.bases, locale)
            ));
        }
    }
    lines.push(String::new());
    lines.extend(counts(summary, locale));
    lines.push(String::new());
    lines.extend(
        summary
            .rows
            .iter()
            .map(|row| file_line(row, &summary.bases, locale, columns)),
    );
    lines.push(String::new());
    lines.extend(common_rules(summary, rules, locale, columns));
    let trimmed: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    format!("{}\n", trimmed.join("\n").trim_end())
}

/// The summary as JSON, with a line feed at the end.
pub fn json(summary: &Summary) -> String {
    let mut text = serde_json::to_string_pretty(summary)
        .expect("a summary has text keys and no value that JSON cannot hold");
    text.push('\n');
    text
}

fn headline(summary: &Summary, locale: Locale) -> String {
    let files = summary.files;
    match locale {
        Locale::Vi => format!("Đã kiểm tra {files} hồ sơ."),
        Locale::En if files == 1 => "Checked 1 submission.".to_owned(),
        Locale::En => format!("Checked {files} submissions."),
    }
}

fn counts(summary: &Summary, locale: Locale) -> Vec<String> {
    let all = [
        (Basis::Framework, summary.framework),
        (Basis::Law, summary.law),
        (Basis::Practice, summary.practice),
    ];
    all.into_iter()
        .map(|(basis, counts)| {
            let parts = Severity::WORST_FIRST.map(|severity| {
                let name = words::severity(severity).get(locale).to_lowercase();
                format!("{} {name}", verdict::of_severity(counts, severity))
            });
            format!(
                "  {}: {}",
                words::basis(basis).get(locale),
                parts.join(", ")
            )
        })
        .collect()
}

fn file_line(row: &Row, bases: &[Basis], locale: Locale, columns: usize) -> String {
    let sign = match row.verdict {
        Verdict::Conforming => "✔",
        Verdict::ConformingWithRemarks => "▲",
        Verdict::Nonconforming => "✖",
        Verdict::Unusable => "?",
    };
    let file = visible::line(&row.file);
    let heading = verdict::heading_of(row.verdict, bases, locale);
    let agency = place::agency_name(row.agency.as_ref(), locale);
    let who = agency
        .map(|agency| format!(" · {agency}"))
        .unwrap_or_default();
    let reason = row.reason.as_ref();
    let reason = reason.map(|reason| format!(" · {}", visible::line(reason.get(locale))));
    let points = match reason {
        None => points(row, locale),
        Some(_) => String::new(),
    };
    let line = format!(
        "{sign} {file}: {heading}{points}{who}{}",
        reason.unwrap_or_default()
    );
    wrap::wrap(&line, columns.saturating_sub(4).max(20)).join("\n    ")
}

/// How many points are open, each basis for itself.
fn points(row: &Row, locale: Locale) -> String {
    let all = [
        (Basis::Framework, row.framework),
        (Basis::Law, row.law),
        (Basis::Practice, row.practice),
    ];
    let counts = all.into_iter().filter_map(|(basis, counts)| {
        let worst = [Severity::Error, Severity::Warning];
        let parts = worst.into_iter().filter_map(|severity| {
            let count = verdict::of_severity(counts, severity);
            let name = words::severity(severity).get(locale).to_lowercase();
            (count > 0).then(|| format!("{count} {name}"))
        });
        let parts: Vec<String> = parts.collect();
        let basis = *words::basis(basis).get(locale);
        (!parts.is_empty()).then(|| format!("{basis}: {}", parts.join(", ")))
    });
    let counts: Vec<String> = counts.collect();
    if counts.is_empty() {
        String::new()
    } else {
        format!(" ({})", counts.join("; "))
    }
}

fn common_rules(
    summary: &Summary,
    rules: &RuleNotes,
    locale: Locale,
    columns: usize,
) -> Vec<String> {
    const SHOWN: usize = 10;
    if summary.rules.is_empty() {
        return Vec::new();
    }
    let lead = match locale {
        Locale::Vi => "Quy tắc có điểm chưa xử lý ở nhiều hồ sơ nhất:",
        Locale::En => "Rules with open points in most submissions:",
    };
    let mut lines = vec![lead.to_owned()];
    for (rule, RuleTotal { files, findings }) in summary.most_common().into_iter().take(SHOWN) {
        let note = rules.get(rule);
        let title = note
            .map(|note| format!(" {}", note.title.get(locale)))
            .unwrap_or_default();
        let numbers = match locale {
            Locale::Vi => format!("{files} hồ sơ, {findings} điểm"),
            Locale::En => format!("{files} files, {findings} points"),
        };
        let line = format!("{} ({numbers}){title}", visible::line(rule));
        let wrapped = wrap::wrap(&line, columns.saturating_sub(6).max(20));
        lines.push(format!("  {}", wrapped.join("\n      ")));
    }
    let more = summary.rules.len().saturating_sub(SHOWN);
    if more > 0 {
        lines.push(match locale {
            Locale::Vi => format!("  và {more} quy tắc khác"),
            Locale::En => format!("  and {more} more rules"),
        });
    }
    lines
}
