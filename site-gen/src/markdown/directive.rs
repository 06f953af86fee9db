//! Directive comments: `<!-- id: II.3.4.3 -->`, `<!-- editorial:start -->`, `<!-- editorial:end -->`,
//! `<!-- note: … -->`, each on a line of its own.
//!
//! They are taken out before the Markdown is parsed (blanked, so that every offset stays true): a
//! comment between two items would otherwise cut the list in two.

use std::{borrow::Cow, ops::Range, path::Path};

use framework::{ClauseId, Diagnostic, Localized};

use crate::wording;

/// A directive that speaks about the blocks after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Directive {
    /// The next block is this clause.
    Id(ClauseId),
    /// What follows is the editors'.
    EditorialStart,
    /// What follows is the text's own again.
    EditorialEnd,
}

/// A directive with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) directive: Directive,
    pub(super) span: Range<usize>,
}

/// The words that may follow `<!--`.
const KNOWN: [&str; 4] = ["id:", "editorial:start", "editorial:end", "note:"];

/// Takes front matter (all before `body`) and directive lines out of a file's text.
pub(super) fn extract<'s>(
    file: &Path,
    source: &'s str,
    body: usize,
    faults: &mut Vec<Diagnostic>,
) -> (Cow<'s, str>, Vec<Placed>) {
    let mut placed = Vec::new();
    let mut blanked: Vec<Range<usize>> = Vec::new();
    if body > 0 {
        blanked.push(0..body);
    }
    // Most foreign files hold no comment at all and are parsed as they lie.
    if source[body..].contains("<!--") {
        let mut fence: Option<(u8, usize)> = None;
        let mut offset = body;
        for line in source[body..].split_inclusive('\n') {
            let start = offset;
            offset += line.len();
            if follow_fence(line, &mut fence) || fence.is_some() {
                continue;
            }
            let Some(comment) = whole_line_comment(line) else {
                continue;
            };
            let span = start..start + line.trim_end().len();
            match read(comment) {
                Ok(directive) => {
                    placed.extend(directive.map(|directive| Placed {
                        directive,
                        span: span.clone(),
                    }));
                }
                Err(fault) => faults.push(fault.diagnostic(file).at_bytes(source, span.clone())),
            }
            blanked.push(span);
        }
    }
    (blank(source, &blanked), placed)
}

/// Follows fenced code; true for the fence lines themselves.
fn follow_fence(line: &str, fence: &mut Option<(u8, usize)>) -> bool {
    let trimmed = line.trim_start_matches([' ', '>']).trim_end();
    let Some(&mark @ (b'`' | b'~')) = trimmed.as_bytes().first() else {
        return false;
    };
    let length = trimmed.bytes().take_while(|&byte| byte == mark).count();
    if length < 3 {
        return false;
    }
    match *fence {
        None => *fence = Some((mark, length)),
        Some((open, least)) if open == mark && length >= least && trimmed.len() == length => {
            *fence = None;
        }
        Some(_) => return false,
    }
    true
}

/// The inside of a comment that fills a line at the margin. Sentence marks stand inside text and
/// are none of these.
fn whole_line_comment(line: &str) -> Option<&str> {
    let inside = line.trim_end().strip_prefix("<!--")?.strip_suffix("-->")?;
    (!inside.contains("-->")).then(|| inside.trim())
}

enum Fault<'a> {
    Unknown(&'a str),
    NotAClause(&'a str),
}

fn read(comment: &str) -> Result<Option<Directive>, Fault<'_>> {
    match comment {
        "editorial:start" => return Ok(Some(Directive::EditorialStart)),
        "editorial:end" => return Ok(Some(Directive::EditorialEnd)),
        _ => {}
    }
    if let Some(id) = comment.strip_prefix("id:") {
        let id = id.trim();
        return id
            .parse()
            .map(|id| Some(Directive::Id(id)))
            .map_err(|_| Fault::NotAClause(id));
    }
    if comment.starts_with("note:") {
        return Ok(None);
    }
    Err(Fault::Unknown(comment))
}

impl Fault<'_> {
    fn diagnostic(&self, file: &Path) -> Diagnostic {
        match self {
            Self::Unknown(comment) => {
                let word = comment.split_whitespace().next().unwrap_or_default();
                Diagnostic::error(
                    "unknown-directive",
                    file,
                    Localized::text(
                        format!("Không hiểu chỉ dẫn «{word}»"),
                        format!("Unknown directive “{word}”"),
                    ),
                )
                .hint(match wording::nearest(word, KNOWN) {
                    Some(name) => Localized::text(
                        format!("Có phải ý là «{name}»?"),
                        format!("Did you mean “{name}”?"),
                    ),
                    None => Localized::text(
                        "Ghi chú cho người biên tập viết là <!-- note: … -->",
                        "A remark for other editors is written <!-- note: … -->",
                    ),
                })
            }
            Self::NotAClause(id) => Diagnostic::error(
                "not-a-clause",
                file,
                Localized::text(
                    format!("«{id}» không phải là số mục"),
                    format!("“{id}” is not a clause number"),
                ),
            )
            .hint(Localized::text(
                "Viết như II.3.4.3",
                "Write it like II.3.4.3",
            )),
        }
    }
}

/// The text with some ranges turned to spaces; line ends stay.
fn blank<'s>(source: &'s str, ranges: &[Range<usize>]) -> Cow<'s, str> {
    if ranges.is_empty() {
        return Cow::Borrowed(source);
    }
    let mut text = String::with_capacity(source.len());
    let mut last = 0;
    for range in ranges {
        text.push_str(&source[last..range.start]);
        text.extend(
            source[range.clone()]
                .bytes()
                .map(|byte| if byte == b'\n' { '\n' } else { ' ' }),
        );
        last = range.end;
    }
    text.push_str(&source[last..]);
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives_are_taken_out_without_moving_anything() {
        let source = "---\nđ: 1\n---\n<!-- id: II.1.đ -->\n- chữ <!-- II.1.đ.s2 -->nữa\n```\n<!-- id: I -->\n```\n";
        let mut faults = Vec::new();
        let (text, placed) = extract(Path::new("a.md"), source, 14, &mut faults);
        assert_eq!(text.len(), source.len());
        assert_eq!(placed.len(), 1);
        assert_eq!(&source[placed[0].span.clone()], "<!-- id: II.1.đ -->");
        assert_eq!(text.find("chữ"), source.find("chữ"));
        assert!(
            text.contains("```\n<!-- id: I -->\n```"),
            "code is left alone"
        );
        assert!(faults.is_empty());
    }

    #[test]
    fn a_misspelt_directive_is_named_with_what_was_meant() {
        let mut faults = Vec::new();
        extract(
            Path::new("a.md"),
            "<!-- editorial:stat -->\n",
            0,
            &mut faults,
        );
        assert_eq!(faults[0].code, "unknown-directive");
        assert!(
            faults[0]
                .hint
                .as_ref()
                .unwrap()
                .en
                .contains("editorial:start")
        );
    }
}
