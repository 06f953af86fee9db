//! Annotations for GitHub Actions: `::error file=…,line=…::message`.

use framework::{Locale, Severity};
use rulebook::{Finding, FindingStatus};

use crate::{Checked, checked, place, visible, words};

/// A line a finding; justified ones as notices.
pub fn render(checked: &[Checked<'_>], locale: Locale) -> String {
    let mut text = String::new();
    for one in checked {
        for finding in &one.report.findings {
            text.push_str(&annotation(*one, finding, locale));
            text.push('\n');
        }
    }
    text
}

fn annotation(checked: Checked<'_>, finding: &Finding, locale: Locale) -> String {
    let command = match (finding.status, finding.severity) {
        (FindingStatus::Open, Severity::Error) => "error",
        (FindingStatus::Open, Severity::Warning) => "warning",
        (FindingStatus::Open, Severity::Info) | (FindingStatus::Justified, _) => "notice",
    };
    let location = &finding.location;
    let mut properties = vec![(
        "file",
        visible::line(checked.file_of(location)).into_owned(),
    )];
    for (name, number) in [
        ("line", location.line),
        ("endLine", location.end_line),
        ("col", location.column),
        ("endColumn", location.end_column),
    ] {
        // GitHub takes columns only where the mark stays on one line.
        let one_line = location
            .end_line
            .is_none_or(|end| Some(end) == location.line);
        if one_line || name == "line" || name == "endLine" {
            properties.extend(number.map(|number| (name, number.to_string())));
        }
    }
    let title = checked.title(finding, locale);
    properties.push(("title", format!("{} {title}", visible::line(&finding.rule))));
    let properties: Vec<String> = properties
        .iter()
        .map(|(name, value)| format!("{name}={}", property(value)))
        .collect();
    format!(
        "::{command} {}::{}",
        properties.join(","),
        data(&message(finding, locale))
    )
}

fn message(finding: &Finding, locale: Locale) -> String {
    let mut lines = vec![visible::line(finding.message.get(locale)).into_owned()];
    if finding.status == FindingStatus::Justified {
        lines.push(format!("({})", words::status(finding.status).get(locale)));
    }
    if finding.location.line.is_none() {
        lines.extend(place::position_in_words(&finding.location, locale));
    }
    lines.extend(words::basis_note(finding.basis).map(|note| (*note.get(locale)).to_owned()));
    lines.extend(checked::steps(finding, locale));
    lines.join("\n")
}

/// The escapes of the runner's commands (actions/toolkit, `command.ts`).
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
