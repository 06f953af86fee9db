//! What stands between the `---` lines at the top of a Markdown file.
//!
//! A small subset of YAML: `key: value` lines, values plain or in quotes. Every key is known; an
//! unknown one is a fault with the nearest known key as a hint.

use std::path::Path;

use framework::{ClauseId, Diagnostic, Localized};

use crate::wording;

/// The keys of a Markdown file's front matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// The title; the first heading if missing.
    pub title: Option<String>,
    /// A short title for menus and breadcrumbs.
    pub short_title: Option<String>,
    /// One sentence for search results and link previews.
    pub description: Option<String>,
    /// The clause that the page holds.
    pub clause: Option<ClauseId>,
    /// Its place among its neighbours; smaller comes first.
    pub order: i64,
}

/// The keys, for hints.
const KEYS: [&str; 5] = ["title", "short_title", "description", "clause", "order"];

/// Splits a file into front matter and body; the second value is where the body begins, in bytes.
pub fn parse(file: &Path, source: &str, faults: &mut Vec<Diagnostic>) -> (FrontMatter, usize) {
    let mut front_matter = FrontMatter::default();
    let Some((start, end, body)) = block(source) else {
        return (front_matter, 0);
    };
    let mut offset = start;
    for line in source[start..end].split_inclusive('\n') {
        let at = offset;
        offset += line.len();
        let line = line.trim_end();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Err(fault) = read_line(&mut front_matter, line) {
            faults.push(fault.diagnostic(file).at_bytes(source, at..at + line.len()));
        }
    }
    (front_matter, body)
}

/// Where the block's lines start and end, and where the body begins.
fn block(source: &str) -> Option<(usize, usize, usize)> {
    let mut lines = source.split_inclusive('\n');
    let first = lines.next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut end = first.len();
    for line in lines {
        if line.trim_end() == "---" {
            return Some((first.len(), end, end + line.len()));
        }
        end += line.len();
    }
    None
}

enum Fault<'a> {
    NoColon,
    UnknownKey(&'a str),
    NotAClause(&'a str),
    NotANumber(&'a str),
}

fn read_line<'a>(front_matter: &mut FrontMatter, line: &'a str) -> Result<(), Fault<'a>> {
    let (key, value) = line.split_once(':').ok_or(Fault::NoColon)?;
    let value = unquote(value.trim());
    let text = || Some(value.to_owned());
    match key.trim() {
        "title" => front_matter.title = text(),
        "short_title" => front_matter.short_title = text(),
        "description" => front_matter.description = text(),
        "clause" => {
            front_matter.clause = Some(value.parse().map_err(|_| Fault::NotAClause(value))?);
        }
        "order" => front_matter.order = value.parse().map_err(|_| Fault::NotANumber(value))?,
        key => return Err(Fault::UnknownKey(key)),
    }
    Ok(())
}

fn unquote(value: &str) -> &str {
    ['"', '\'']
        .into_iter()
        .find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote))
        .unwrap_or(value)
}

impl Fault<'_> {
    fn diagnostic(&self, file: &Path) -> Diagnostic {
        match self {
            Self::NoColon => Diagnostic::error(
                "front-matter-line",
                file,
                Localized::text(
                    "Dòng này của phần đầu tệp không có dạng «khóa: giá trị»",
                    "This line of the front matter is not of the form “key: value”",
                ),
            ),
            Self::UnknownKey(key) => Diagnostic::error(
                "unknown-front-matter-key",
                file,
                Localized::text(
                    format!("Không có khóa «{key}» trong phần đầu tệp"),
                    format!("There is no front-matter key “{key}”"),
                ),
            )
            .hint(wording::did_you_mean(key, KEYS)),
            Self::NotAClause(value) => Diagnostic::error(
                "not-a-clause",
                file,
                Localized::text(
                    format!("«{value}» không phải là số mục"),
                    format!("“{value}” is not a clause number"),
                ),
            )
            .hint(Localized::text("Viết như II.3.4", "Write it like II.3.4")),
            Self::NotANumber(value) => Diagnostic::error(
                "not-a-number",
                file,
                Localized::text(
                    format!("«{value}» không phải là số nguyên"),
                    format!("“{value}” is not a whole number"),
                ),
            ),
        }
    }
}
