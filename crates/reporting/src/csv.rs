//! The findings as a table for Excel: UTF-8 with byte order mark, CRLF (RFC 4180).
//!
//! No cell can act as a formula: what begins like one gets an apostrophe before it.

use framework::{Locale, Localized};
use rulebook::Finding;

use crate::{Checked, checked, citation, place, visible, words};

/// What stands between cells. Excel takes the list separator of the reader's region: a comma with
/// English settings, a semicolon with Vietnamese ones.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Separator {
    /// RFC 4180.
    #[default]
    Comma,
    /// For regional settings with a decimal comma.
    Semicolon,
}

const HEADERS: [words::Word; 21] = [
    Localized::new("Tệp", "File"),
    Localized::new("Cơ quan", "Agency"),
    Localized::new("Quy tắc", "Rule"),
    Localized::new("Mức độ", "Severity"),
    Localized::new("Căn cứ", "Basis"),
    Localized::new("Tình trạng", "Status"),
    Localized::new("Lớp", "Layer"),
    Localized::new("Tiêu đề", "Title"),
    Localized::new("Vấn đề", "Problem"),
    Localized::new("Ở đâu", "Where"),
    Localized::new("Bản ghi", "Record"),
    Localized::new("Dòng", "Line"),
    Localized::new("Cột", "Column"),
    Localized::new("Trang tính", "Sheet"),
    Localized::new("Ô", "Cell"),
    Localized::new("Tiêu đề của ô", "Header over the cell"),
    Localized::new("Con trỏ", "Pointer"),
    Localized::new("Mục trong Khung kiến trúc", "Clause of the framework"),
    Localized::new("Trích dẫn", "Quote"),
    Localized::new("Cách sửa", "How to fix"),
    Localized::new("Dấu nhận dạng", "Fingerprint"),
];

/// One table over all reports; a row a finding, justified ones included.
pub fn render(checked: &[Checked<'_>], locale: Locale, separator: Separator) -> String {
    head(locale, separator) + &rows(checked, locale, separator)
}

/// What the table begins with: the byte order mark and the headers.
pub fn head(locale: Locale, separator: Separator) -> String {
    let mut text = String::from("\u{feff}");
    let headers = HEADERS.map(|header| (*header.get(locale)).to_owned());
    push_row(&mut text, &headers, separator);
    text
}

/// The rows alone, for a writer that adds one report after another.
pub fn rows(checked: &[Checked<'_>], locale: Locale, separator: Separator) -> String {
    let mut text = String::new();
    for one in checked {
        for finding in &one.report.findings {
            push_row(&mut text, &cells(*one, finding, locale), separator);
        }
    }
    text
}

fn cells(checked: Checked<'_>, finding: &Finding, locale: Locale) -> [String; HEADERS.len()] {
    let submission = &checked.report.submission;
    let location = &finding.location;
    let shown = |text: &str| visible::line(text).into_owned();
    let optional = |text: &Option<String>| text.as_deref().map(shown).unwrap_or_default();
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let clauses: Vec<String> = finding
        .clauses
        .iter()
        .map(|clause| format!("{} ({})", citation::heading(&clause.id, locale), clause.id))
        .collect();
    // Only the framework is quoted as the ground of a finding.
    let quotes: Vec<String> = match words::basis_note(finding.basis) {
        Some(note) => vec![(*note.get(locale)).to_owned()],
        None => finding
            .clauses
            .iter()
            .map(|clause| shown(clause.quote.get(locale)))
            .collect(),
    };
    [
        shown(checked.file_of(location)),
        place::agency(submission, locale).unwrap_or_default(),
        shown(&finding.rule),
        (*words::severity(finding.severity).get(locale)).to_owned(),
        (*words::basis(finding.basis).get(locale)).to_owned(),
        (*words::status(finding.status).get(locale)).to_owned(),
        (*words::layer(finding.layer).get(locale)).to_owned(),
        shown(&checked.title(finding, locale)),
        shown(finding.message.get(locale)),
        place::path(checked.source, location, locale),
        optional(&location.record),
        number(location.line),
        number(location.column),
        optional(&location.sheet),
        optional(&location.cell),
        optional(&location.header),
        shown(&location.pointer),
        clauses.join("\n"),
        quotes.join("\n"),
        checked::steps(finding, locale).join("\n"),
        shown(&finding.fingerprint),
    ]
}

fn push_row(text: &mut String, cells: &[String], separator: Separator) {
    let separator = match separator {
        Separator::Comma => ",",
        Separator::Semicolon => ";",
    };
    let row: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    text.push_str(&row.join(separator));
    text.push_str("\r\n");
}

fn quoted(cell: &str) -> String {
    let acts = cell
        .trim_start()
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '|', '%']);
    let cell = if acts {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    if cell.contains(['"', ',', ';', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_acts_as_a_formula() {
        for (cell, safe) in [
            ("=1+1", "'=1+1"),
            ("  @SUM(1)", "'  @SUM(1)"),
            ("-2", "'-2"),
            ("a=b", "a=b"),
            ("nói \"a\", rồi", "\"nói \"\"a\"\", rồi\""),
            ("+1;2", "\"'+1;2\""),
        ] {
            assert_eq!(quoted(cell), safe);
        }
    }
}
