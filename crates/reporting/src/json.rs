//! The report as JSON: exactly the public contract, with a line feed at the end.

use rulebook::Report;

use crate::Checked;

/// The JSON Schema of a report, published as `/schema/report.json`.
pub const SCHEMA: &str = include_str!("../schema/report.schema.json");

/// One report.
pub fn one(report: &Report) -> String {
    with_line_feed(serde_json::to_string_pretty(report))
}

/// One of several reports, as [`render`] has it within the list.
pub(crate) fn item(report: &Report) -> String {
    let text = serde_json::to_string_pretty(report)
        .expect("a report has text keys and no value that JSON cannot hold");
    // JSON has no line feed within a text: every one begins a line of its own.
    let mut indented = String::with_capacity(text.len() + text.len() / 8);
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            indented.push('\n');
        }
        indented.push_str("  ");
        indented.push_str(line);
    }
    indented
}

/// What stands before a list of [`item`]s, between two and after the last.
pub(crate) const AROUND_ITEMS: [&str; 3] = ["[\n", ",\n", "\n]\n"];

/// One report as it is; several as a list.
pub fn render(checked: &[Checked<'_>]) -> String {
    match checked {
        [only] => one(only.report),
        several => {
            let reports: Vec<&Report> = several.iter().map(|checked| checked.report).collect();
            with_line_feed(serde_json::to_string_pretty(&reports))
        }
    }
}

fn with_line_feed(written: serde_json::Result<String>) -> String {
    let mut text = written.expect("a report has text keys and no value that JSON cannot hold");
    text.push('\n');
    text
}
