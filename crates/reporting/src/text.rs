//! The report for a terminal: the verdict first, then what to do about it.

use framework::{Basis, Locale, Severity};
use rulebook::{Finding, Outcome, Report, Verdict};

use crate::{Checked, comparison::Comparison, place, verdict, visible, words, wrap};

mod change;
mod finding;

/// How a terminal shows the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether ANSI colours are used. What they say is said in words and signs as well.
    pub colour: bool,
    /// Columns of the terminal.
    pub columns: usize,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            colour: false,
            columns: 100,
        }
    }
}

/// The reports one after another, a blank line between.
pub fn render(checked: &[Checked<'_>], locale: Locale, style: Style) -> String {
    let shown: Vec<String> = checked
        .iter()
        .map(|one| one_report(*one, locale, style))
        .collect();
    shown.join("\n")
}

/// What changed since an earlier report: what is new and why, and what is no longer open.
pub fn comparison(comparison: &Comparison<'_>, locale: Locale, style: Style) -> String {
    let mut page = Page {
        text: String::new(),
        locale,
        style,
    };
    page.comparison(comparison);
    page.text
}

fn one_report(checked: Checked<'_>, locale: Locale, style: Style) -> String {
    let mut page = Page {
        text: String::new(),
        locale,
        style,
    };
    page.verdict(checked.report);
    page.identity(checked.report);
    if checked.report.verdict != Verdict::Unusable {
        page.counts(checked.report);
    }
    for severity in Severity::WORST_FIRST {
        let findings: Vec<&Finding> = checked
            .open()
            .filter(|finding| finding.severity == severity)
            .collect();
        page.findings(checked, severity, &findings);
    }
    page.justified(checked);
    page.outcomes(checked);
    page.text
}

/// ANSI attributes by what they stand for.
#[derive(Clone, Copy)]
enum Ink {
    Error,
    Warning,
    Info,
    Good,
    Strong,
    Faint,
}

impl Ink {
    const fn code(self) -> &'static str {
        match self {
            Self::Error => "1;31",
            Self::Warning => "1;33",
            Self::Info => "1;34",
            Self::Good => "1;32",
            Self::Strong => "1",
            Self::Faint => "2",
        }
    }

    const fn of(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Info => Self::Info,
        }
    }
}

struct Page {
    text: String,
    locale: Locale,
    style: Style,
}

impl Page {
    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn inked(&self, ink: Ink, text: &str) -> String {
        if self.style.colour && !text.is_empty() {
            format!("\x1b[{}m{text}\x1b[0m", ink.code())
        } else {
            text.to_owned()
        }
    }

    fn say<'w>(&self, word: &words::Word) -> &'w str {
        word.get(self.locale)
    }

    fn t<'w>(&self, vi: &'w str, en: &'w str) -> &'w str {
        match self.locale {
            Locale::Vi => vi,
            Locale::En => en,
        }
    }

    /// A label in the margin, and wrapped text beside it.
    fn labelled(&mut self, label: &str, text: &str) {
        const MARGIN: usize = 11;
        let room = self.style.columns.saturating_sub(MARGIN + 2).max(20);
        for (index, line) in wrap::wrap(text, room).iter().enumerate() {
            let label = if index == 0 { label } else { "" };
            let padding = " ".repeat(MARGIN.saturating_sub(wrap::width(label)));
            let label = self.inked(Ink::Faint, label);
            self.line(&format!("  {label}{padding}{line}"));
        }
    }

    fn verdict(&mut self, report: &Report) {
        let (sign, ink) = match report.verdict {
            Verdict::Conforming => ("✔", Ink::Good),
            Verdict::ConformingWithRemarks => ("▲", Ink::Warning),
            Verdict::Nonconforming | Verdict::Unusable => ("✖", Ink::Error),
        };
        let heading = verdict::heading_of(report.verdict, &report.bases, self.locale);
        let text = format!(
            "{sign} {heading}. {}",
            verdict::sentence(report, self.locale)
        );
        let lines = wrap::wrap(&text, self.style.columns);
        for line in &lines {
            let line = self.inked(ink, line);
            self.line(&line);
        }
        for remark in verdict::remarks(report, self.locale) {
            for line in wrap::wrap(&remark, self.style.columns.saturating_sub(2).max(20)) {
                self.line(&format!("  {line}"));
            }
        }
        self.line("");
    }

    fn identity(&mut self, report: &Report) {
        let submission = &report.submission;
        let level = submission
            .level
            .as_deref()
            .map(|level| words::level(level, self.locale));
        let agency = place::agency(submission, self.locale);
        let who: Vec<String> = agency
            .into_iter()
            .chain(level.map(|level| visible::line(level).into_owned()))
            .collect();
        if !who.is_empty() {
            self.labelled(self.t("Cơ quan", "Agency"), &who.join(" · "));
        }
        let format = words::format(&submission.format);
        let file = visible::line(&submission.file).into_owned();
        self.labelled(self.t("Hồ sơ", "File"), &format!("{file} · {format}"));
        self.labelled("SHA-256", &submission.sha256);
        let (framework, ruleset) = (&report.framework_version, &report.ruleset);
        let date = words::date(report.evaluated_on, self.locale);
        let versions = match self.locale {
            Locale::Vi => format!(
                "Khung kiến trúc {framework} · bộ quy tắc {} {} · ngày đánh giá {date}",
                ruleset.id, ruleset.version
            ),
            Locale::En => format!(
                "framework {framework} · rule set {} {} · evaluated for {date}",
                ruleset.id, ruleset.version
            ),
        };
        self.labelled(self.t("Đối chiếu", "Against"), &versions);
    }

    /// A table: a basis a row, a severity a column.
    fn counts(&mut self, report: &Report) {
        let names = Basis::ALL.map(|basis| self.say(&words::basis(basis)));
        let first = names
            .iter()
            .map(|name| wrap::width(name))
            .max()
            .unwrap_or(0);
        let heads = Severity::WORST_FIRST.map(|severity| self.say(&words::severity(severity)));
        let mut head = format!("  {}", " ".repeat(first));
        for name in heads {
            head.push_str("  ");
            head.push_str(name);
        }
        self.line("");
        let head = self.inked(Ink::Faint, &head);
        self.line(&head);
        for (basis, name) in Basis::ALL.into_iter().zip(names) {
            let mut row = format!("  {name}{}", " ".repeat(first - wrap::width(name)));
            for (severity, head) in Severity::WORST_FIRST.into_iter().zip(heads) {
                let count =
                    verdict::of_severity(verdict::of_basis(&report.counts, basis), severity);
                let number = format!("{count:>width$}", width = wrap::width(head));
                let number = if count > 0 {
                    self.inked(Ink::of(severity), &number)
                } else {
                    number
                };
                row.push_str("  ");
                row.push_str(&number);
            }
            self.line(&row);
        }
    }

    fn findings(&mut self, checked: Checked<'_>, severity: Severity, findings: &[&Finding]) {
        if findings.is_empty() {
            return;
        }
        let by_basis: Vec<String> = Basis::ALL
            .into_iter()
            .map(|basis| {
                (
                    findings
                        .iter()
                        .filter(|finding| finding.basis == basis)
                        .count(),
                    basis,
                )
            })
            .filter(|(count, _)| *count > 0)
            .map(|(count, basis)| format!("{count} {}", self.say(&words::by_basis(basis))))
            .collect();
        let name = self.say(&words::severity(severity));
        self.section(
            &format!("{name}: {}", by_basis.join(" · ")),
            Ink::of(severity),
        );
        for finding in findings {
            self.finding(checked, finding);
        }
    }

    fn section(&mut self, name: &str, ink: Ink) {
        self.line("");
        let rule = "─".repeat(self.style.columns.saturating_sub(wrap::width(name) + 1));
        let heading = self.inked(ink, name);
        let rule = self.inked(Ink::Faint, &rule);
        self.line(&format!("{heading} {rule}"));
    }

    fn justified(&mut self, checked: Checked<'_>) {
        let findings: Vec<&Finding> = checked.justified().collect();
        if findings.is_empty() {
            return;
        }
        let name = format!(
            "{}: {}",
            self.t("Đã giải trình", "Justified"),
            findings.len()
        );
        self.section(&name, Ink::Good);
        for finding in findings {
            self.finding(checked, finding);
        }
    }

    /// What became of the rules: numbers, and by name what a person has to look at.
    fn outcomes(&mut self, checked: Checked<'_>) {
        if checked.report.rules.is_empty() {
            return;
        }
        self.line("");
        let counts: Vec<String> = words::OUTCOMES
            .into_iter()
            .map(|outcome| (checked.rules_with(outcome).count(), outcome))
            .filter(|(count, _)| *count > 0)
            .map(|(count, outcome)| format!("{count} {}", self.say(&words::outcome(outcome))))
            .collect();
        self.labelled(self.t("Quy tắc", "Rules"), &counts.join(" · "));
        self.named(
            checked,
            Outcome::NeedsPerson,
            self.t("Cần người", "A person"),
        );
        self.named(
            checked,
            Outcome::NotStated,
            self.t("Chưa nêu", "Not stated"),
        );
        self.named(checked, Outcome::Passed, self.t("Đạt", "Passed"));
    }

    /// Rules by title, one a line; by id alone where titles are not at hand or would be a flood.
    fn named(&mut self, checked: Checked<'_>, outcome: Outcome, label: &str) {
        let ids: Vec<&str> = checked.rules_with(outcome).collect();
        let titled =
            outcome != Outcome::Passed && ids.iter().any(|id| checked.rules.contains_key(*id));
        if !titled {
            if !ids.is_empty() {
                self.labelled(label, &ids.join(" "));
            }
            return;
        }
        let mut label = label;
        for id in ids {
            let title = checked
                .rules
                .get(id)
                .map(|note| note.title.get(self.locale).as_str());
            self.labelled(label, &format!("{id} {}", title.unwrap_or_default()));
            label = "";
        }
    }
}
