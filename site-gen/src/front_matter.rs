//! What stands between the `---` lines at the top of a Markdown file.
//!
//! A small subset of YAML: `key: value` lines, values plain or in quotes. Every key is known; an
//! unknown one is a fault with the nearest known key as a hint.

use std::path::Path;

use framework::{ClauseId, Diagnostic, Localized};

use crate::wording;

/// The keys of a Markdown file's front matter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
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

/// What other generators call our keys.
const FOREIGN: [(&str, &str); 8] = [
    ("weight", "order"),
    ("position", "order"),
    ("sidebar_position", "order"),
    ("nav_order", "order"),
    ("linktitle", "short_title"),
    ("sidebar_label", "short_title"),
    ("summary", "description"),
    ("excerpt", "description"),
];

/// Splits a file into front matter and body; the second value is where the body begins, in bytes.
pub fn parse(file: &Path, source: &str, faults: &mut Vec<Diagnostic>) -> (FrontMatter, usize) {
    let mut front_matter = FrontMatter::default();
    let Some(block) = Block::find(source) else {
        return (front_matter, 0);
    };
    let mut offset = block.start;
    for line in source[block.start..block.end].split_inclusive('\n') {
        let at = offset;
        offset += line.len();
        // An indented line, a list or a table goes on with the key above, which has been judged.
        if line.trim().is_empty() || line.starts_with([' ', '\t', '#', '-', ']', '}', '[']) {
            continue;
        }
        let line = line.trim_end();
        if let Err(fault) = read_line(&mut front_matter, line, block.separator) {
            faults.push(fault.diagnostic(file).at_bytes(source, at..at + line.len()));
        }
    }
    (front_matter, block.body)
}

/// Where the front matter stands. Other generators fence TOML with `+++`; its plain lines are read too.
struct Block {
    start: usize,
    end: usize,
    body: usize,
    separator: char,
}

impl Block {
    fn find(source: &str) -> Option<Self> {
        let mut lines = source.split_inclusive('\n');
        let first = lines.next()?;
        let (fence, separator) = match first.trim_end() {
            "---" => ("---", ':'),
            "+++" => ("+++", '='),
            _ => return None,
        };
        let mut end = first.len();
        for line in lines {
            if line.trim_end() == fence {
                return Some(Self {
                    start: first.len(),
                    end,
                    body: end + line.len(),
                    separator,
                });
            }
            end += line.len();
        }
        None
    }
}

enum Fault<'a> {
    NoColon,
    UnknownKey(&'a str),
    NotAClause(&'a str),
    NotANumber(&'a str),
}

fn read_line<'a>(
    front_matter: &mut FrontMatter,
    line: &'a str,
    separator: char,
) -> Result<(), Fault<'a>> {
    let (key, value) = line.split_once(separator).ok_or(Fault::NoColon)?;
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
            .hint(wording::did_you_mean(ours(key), KEYS)),
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

/// Our name for a key, where another generator's is known.
fn ours(key: &str) -> &str {
    let lower = key.to_ascii_lowercase();
    FOREIGN
        .iter()
        .find(|(foreign, _)| *foreign == lower)
        .map_or(key, |(_, ours)| ours)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> (FrontMatter, usize, Vec<String>) {
        let mut faults = Vec::new();
        let (front_matter, body) = parse(Path::new("a.md"), source, &mut faults);
        let faults = faults.iter().map(|fault| {
            let hint = fault
                .hint
                .as_ref()
                .map(|hint| hint.en.clone())
                .unwrap_or_default();
            format!("{fault} {} {hint}", fault.code)
        });
        (front_matter, body, faults.collect())
    }

    #[test]
    fn the_keys_of_a_page_are_read() {
        let (front_matter, body, faults) =
            read("---\ntitle: \"Mục: đích\"\nclause: II.1.đ\norder: -3\n---\n# A\n");
        assert_eq!(front_matter.title.as_deref(), Some("Mục: đích"));
        assert_eq!(front_matter.clause.unwrap().as_str(), "II.1.đ");
        assert_eq!(front_matter.order, -3);
        assert_eq!(
            &"---\ntitle: \"Mục: đích\"\nclause: II.1.đ\norder: -3\n---\n# A\n"[body..],
            "# A\n"
        );
        assert!(faults.is_empty());
    }

    #[test]
    fn an_unknown_key_is_named_with_its_place_and_the_nearest_one() {
        let (_, _, faults) = read("---\ntitel: A\nweight: 3\norder: x\nclause: 7\nchữ\n---\n");
        assert_eq!(
            faults,
            [
                "a.md:2:1 unknown-front-matter-key Did you mean “title”?",
                "a.md:3:1 unknown-front-matter-key Did you mean “order”?",
                "a.md:4:1 not-a-number ",
                "a.md:5:1 not-a-clause Write it like II.3.4",
                "a.md:6:1 front-matter-line ",
            ]
        );
    }

    #[test]
    fn front_matter_of_other_generators_is_read_as_far_as_it_is_ours() {
        let (front_matter, _, faults) =
            read("+++\ntitle = 'A'\ntags = [\n  'x',\n]\n[params]\n+++\n");
        assert_eq!(front_matter.title.as_deref(), Some("A"));
        assert_eq!(faults.len(), 1, "tags alone: {faults:?}");
        assert_eq!(read("---\nno end\n").1, 0);
        assert_eq!(read("").1, 0);
    }
}
