//! The report as JSON: exactly the public contract, with a line feed at the end.

use rulebook::Report;

use crate::Checked;

/// The JSON Schema of a report, published as `/schema/report.json`.
pub const SCHEMA: &str = include_str!("../schema/report.schema.json");

/// One report.
pub fn one(report: &Report) -> String {
    with_line_feed(serde_json::to_string_pretty(report))
}

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
