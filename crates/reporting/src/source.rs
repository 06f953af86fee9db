//! The submission beside its report: excerpts with the mark, and the names of its records.

mod line;

use std::{collections::BTreeMap, sync::OnceLock};

use rulebook::{Location, Node, Origin, Submission};

use crate::visible;
use line::{Index, Line};

/// The submission a report is about, as far as it is at hand.
#[derive(Debug, Clone)]
pub struct Source<'s> {
    text: Option<&'s str>,
    /// Found when first asked for: a report as JSON shows no lines.
    lines: OnceLock<Lines>,
    root: Option<&'s Node<'s>>,
}

/// The lines of a text.
#[derive(Debug, Clone, Default)]
struct Lines {
    /// Where each begins.
    starts: Vec<usize>,
    /// Long ones by number.
    long: BTreeMap<u32, Index>,
}

impl Lines {
    fn of(text: &str) -> Self {
        let line_starts = text.match_indices('\n').map(|(at, _)| at + 1);
        let mut lines = Self {
            starts: std::iter::once(0).chain(line_starts).collect(),
            long: BTreeMap::new(),
        };
        for number in 1..=u32::try_from(lines.starts.len()).unwrap_or(u32::MAX) {
            let index = lines.line(text, number).and_then(Index::of);
            lines.long.extend(index.map(|index| (number, index)));
        }
        lines
    }

    /// One line of the text without its end.
    fn line<'s>(&self, text: &'s str, number: u32) -> Option<&'s str> {
        let index = usize::try_from(number.checked_sub(1)?).ok()?;
        let start = *self.starts.get(index)?;
        let end = self
            .starts
            .get(index + 1)
            .map_or(text.len(), |&next| next - 1);
        // The line after the last line feed of a file is no line.
        if start == text.len() && index > 0 {
            return None;
        }
        let line = &text[start..end];
        Some(line.strip_suffix('\r').unwrap_or(line))
    }
}

/// A few lines of the source with the part that is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The lines, in order.
    pub lines: Vec<ExcerptLine>,
}

/// One line of an excerpt, cut into what stands before, in and after the mark, safe to look at.
/// Lines around the place have no mark: all of them stands in `before`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExcerptLine {
    /// Its number, from 1.
    pub number: u32,
    /// Before the mark; begins with `…` where the line is cut.
    pub before: String,
    /// The mark.
    pub mark: String,
    /// After the mark; ends with `…` where the line is cut.
    pub after: String,
}

/// How much of the source an excerpt shows.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// Lines before and after the place.
    pub context: u32,
    /// Lines of the place itself, at most.
    pub marked: u32,
    /// Characters of a line, at most.
    pub width: usize,
    /// Characters of a line around the place, at most.
    pub context_width: usize,
}

impl<'s> Source<'s> {
    /// Nothing at hand: places are given, excerpts are not.
    pub const fn none() -> Self {
        Self {
            text: None,
            lines: OnceLock::new(),
            root: None,
        }
    }

    /// The text alone: of a file that could not be read as a submission, say.
    pub fn text(text: &'s str) -> Self {
        Self {
            text: Some(text),
            ..Self::none()
        }
    }

    /// The submission as it was read.
    pub fn submission(submission: &'s Submission<'s>) -> Self {
        let source = match &submission.origin {
            Origin::Text(text) => Self::text(text),
            Origin::Cells(_) => Self::none(),
        };
        Self {
            root: Some(&submission.root),
            ..source
        }
    }

    /// The tree of values, if it is at hand.
    pub const fn root(&self) -> Option<&'s Node<'s>> {
        self.root
    }

    /// The whole text, if the submission is one.
    pub const fn whole_text(&self) -> Option<&'s str> {
        self.text
    }

    /// The lines around a place of this submission, with the mark.
    pub fn excerpt(&self, location: &Location, window: Window) -> Option<Excerpt> {
        if location.file.is_some() {
            return None;
        }
        let first = location.line?;
        let last = location.end_line.unwrap_or(first).max(first);
        let shown_last = last.min(first.saturating_add(window.marked.saturating_sub(1)));
        self.line(first)?;
        let from = first.saturating_sub(window.context).max(1);
        let lines = (from..=shown_last.saturating_add(window.context))
            .map_while(|number| {
                let line = Line {
                    text: self.line(number)?,
                    index: self.lines().long.get(&number),
                };
                let inside = (first..=shown_last).contains(&number);
                let mark = inside.then(|| mark_of(line, number, location, last));
                let width = if inside {
                    window.width
                } else {
                    window.context_width
                };
                Some(excerpt_line(number, line, mark, width))
            })
            .collect();
        Some(Excerpt { lines })
    }

    /// The number of the line a byte stands in.
    pub(crate) fn line_of_byte(&self, byte: usize) -> u32 {
        let before = self.lines().starts.partition_point(|&start| start <= byte);
        u32::try_from(before).unwrap_or(u32::MAX)
    }

    /// One line without its end.
    pub fn line(&self, number: u32) -> Option<&'s str> {
        self.lines().line(self.text?, number)
    }

    fn lines(&self) -> &Lines {
        self.lines
            .get_or_init(|| self.text.map(Lines::of).unwrap_or_default())
    }
}

/// The characters of a line that are meant: from (inclusive), to (exclusive), counted from 0.
fn mark_of(line: Line<'_, '_>, number: u32, location: &Location, last: u32) -> (usize, usize) {
    let length = line.length();
    let column = |column: Option<u32>| column.map(|column| column.saturating_sub(1) as usize);
    let first = column(location.column).filter(|_| location.line == Some(number));
    let from = first.unwrap_or_else(|| line.indent()).min(length);
    let to = if last == number {
        column(location.end_column).unwrap_or(from + 1)
    } else {
        length
    };
    (from, to.clamp(from, length))
}

fn excerpt_line(
    number: u32,
    line: Line<'_, '_>,
    mark: Option<(usize, usize)>,
    width: usize,
) -> ExcerptLine {
    let length = line.length();
    let (from, to) = mark.unwrap_or((length, length));
    let start = if mark.is_none() || length <= width {
        0
    } else {
        // A third of the window before the mark, but never more room than the line needs.
        from.saturating_sub(width / 3)
            .min(length.saturating_sub(width))
    };
    let end = length.min(start.saturating_add(width));
    let shown = |from: usize, to: usize| visible::line(line.slice(from, to));
    let ellipsis = |cut: bool| if cut { "…" } else { "" };
    let (from, to) = (from.min(end), to.min(end));
    let before = format!("{}{}", ellipsis(start > 0), shown(start, from));
    let after = format!("{}{}", shown(to, end), ellipsis(end < length));
    ExcerptLine {
        number,
        before,
        mark: shown(from, to).into_owned(),
        after,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Window = Window {
        context: 1,
        marked: 3,
        width: 20,
        context_width: 20,
    };

    fn at(line: u32, column: u32, end_line: u32, end_column: u32) -> Location {
        Location {
            line: Some(line),
            column: Some(column),
            end_line: Some(end_line),
            end_column: Some(end_column),
            ..Location::default()
        }
    }

    fn rendered(text: &str, location: &Location) -> Vec<String> {
        let excerpt = Source::text(text).excerpt(location, WINDOW).unwrap();
        let shown = |line: &ExcerptLine| {
            format!(
                "{} {}[{}]{}",
                line.number, line.before, line.mark, line.after
            )
        };
        excerpt.lines.iter().map(shown).collect()
    }

    #[test]
    fn the_mark_counts_characters_not_bytes() {
        let text = "một:\r\n  đề_án: \"Sở Nội vụ\"\nba\n";
        assert_eq!(
            rendered(text, &at(2, 10, 2, 21)),
            ["1 một:[]", "2   đề_án: [\"Sở Nội vụ\"]", "3 ba[]"]
        );
    }

    #[test]
    fn long_lines_are_cut_around_the_mark() {
        let text = format!("{}MARK{}", "a".repeat(100), "b".repeat(100));
        assert_eq!(
            rendered(&text, &at(1, 101, 1, 105)),
            ["1 …aaaaaa[MARK]bbbbbbbbbb…"]
        );
    }

    #[test]
    fn a_mark_over_many_lines_is_shown_at_its_beginning() {
        let text = "a:\n  b: 1\n  c: 2\n  d: 3\n  e: 4\n";
        assert_eq!(
            rendered(text, &at(2, 3, 5, 7)),
            [
                "1 a:[]",
                "2   [b: 1]",
                "3   [c: 2]",
                "4   [d: 3]",
                "5   e: 4[]"
            ]
        );
    }

    #[test]
    fn a_place_outside_the_text_has_no_excerpt() {
        let source = Source::text("a\n");
        assert_eq!(source.excerpt(&at(2, 1, 2, 2), WINDOW), None);
        assert_eq!(source.excerpt(&at(0, 0, 0, 0), WINDOW), None);
        assert_eq!(source.excerpt(&Location::default(), WINDOW), None);
        assert!(source.excerpt(&at(1, 99, 1, 99), WINDOW).is_some());
        assert!(source.excerpt(&at(1, 2, 1, 1), WINDOW).is_some());
    }

    #[test]
    fn a_thousand_places_in_one_line_of_five_megabytes_are_shown_in_time() {
        let text = "{\"đề án\": [1, 2, 3]}, ".repeat(200_000);
        let source = Source::text(&text);
        let length = u32::try_from(text.chars().count()).unwrap();
        let started = std::time::Instant::now();
        for step in 0..1_000 {
            let column = length / 1_000 * step + 1;
            let excerpt = source
                .excerpt(&at(1, column, 1, column + 4), WINDOW)
                .unwrap();
            assert!(!excerpt.lines[0].mark.is_empty());
        }
        assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
    }
}
