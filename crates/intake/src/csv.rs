//! A register of systems as CSV: read as a workbook of one sheet is, with lines for places.

use std::ops::Range;

use framework::Localized;
use rulebook::{Node, SourceFormat};

use crate::{
    Limits, SyntaxFault, Unreadable,
    notes::Notes,
    place,
    workbook::{Context, Ranges, Sheet, read_register},
};

const SEPARATORS: [char; 4] = [';', ',', '\t', '|'];

/// Reads a register.
pub(crate) fn parse(
    text: &str,
    file: &str,
    context: &Context<'_>,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Node<'static>, Unreadable> {
    let (body, given) = separator_line(text);
    let separator = given.unwrap_or_else(|| guessed(&text[body..]));
    let mut parser = Parser {
        text,
        next: body,
        separator,
    };
    let mut sheet = Sheet {
        name: stem(file).to_owned(),
        cells: Vec::new(),
    };
    let mut ranges = Ranges::default();
    let mut row = 0;
    while parser.next < text.len() {
        parser.row(row, limits, &mut sheet, &mut ranges)?;
        row += 1;
    }
    let headers: Vec<String> = sheet.header_texts();
    read_register(&sheet, ranges, context, notes).ok_or(Unreadable::NoKnownColumn { headers })
}

/// The name of a file without its folders and its extension: what its list is called.
fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Excel's own `sep=;` in the first line.
fn separator_line(text: &str) -> (usize, Option<char>) {
    let line = text.lines().next().unwrap_or_default();
    let given = line
        .strip_prefix("sep=")
        .and_then(|rest| rest.chars().next());
    match given {
        Some(separator) if SEPARATORS.contains(&separator) => {
            let end = text.find('\n').map_or(text.len(), |newline| newline + 1);
            (end, Some(separator))
        }
        _ => (0, None),
    }
}

/// The separator that the first lines have most of, outside quotes.
fn guessed(text: &str) -> char {
    let count = |separator: char| {
        let mut quoted = false;
        let head = text.lines().take(5).flat_map(str::chars);
        head.filter(|letter| {
            quoted ^= *letter == '"';
            !quoted && *letter == separator
        })
        .count()
    };
    SEPARATORS
        .into_iter()
        .rev()
        .max_by_key(|separator| count(*separator))
        .unwrap_or(';')
}

struct Parser<'t> {
    text: &'t str,
    next: usize,
    separator: char,
}

impl Parser<'_> {
    fn row(
        &mut self,
        row: u32,
        limits: &Limits,
        sheet: &mut Sheet,
        ranges: &mut Ranges,
    ) -> Result<(), Unreadable> {
        for column in 0.. {
            let (words, range) = self.field()?;
            if !words.trim().is_empty() {
                if sheet.cells.len() >= limits.cells {
                    let place = place::in_text(self.text, range);
                    return Err(Unreadable::TooManyNodes {
                        place,
                        limit: limits.cells,
                    });
                }
                ranges.add(
                    row,
                    column,
                    place::offset(range.start)..place::offset(range.end),
                );
                sheet.add_text(row, column, words);
            }
            if !self.take_separator() {
                break;
            }
        }
        Ok(())
    }

    /// Whether another field of the row follows; takes what ends this one.
    fn take_separator(&mut self) -> bool {
        let rest = &self.text[self.next..];
        if rest.starts_with(self.separator) {
            self.next += self.separator.len_utf8();
            return true;
        }
        if rest.starts_with("\r\n") {
            self.next += 2;
        } else if rest.starts_with(['\n', '\r']) {
            self.next += 1;
        }
        false
    }

    /// A field and where it stands, up to the separator or the end of the line.
    fn field(&mut self) -> Result<(String, Range<usize>), Unreadable> {
        let start = self.next;
        let rest = &self.text[start..];
        if rest.starts_with('"') {
            return self.quoted();
        }
        let ends = [self.separator, '\n', '\r'];
        let end = start + rest.find(ends).unwrap_or(rest.len());
        self.next = end;
        Ok((self.text[start..end].to_owned(), start..end))
    }

    fn quoted(&mut self) -> Result<(String, Range<usize>), Unreadable> {
        let start = self.next;
        let mut words = String::new();
        let mut at = start + 1;
        loop {
            let Some(quote) = self.text[at..].find('"').map(|quote| at + quote) else {
                return Err(unclosed(self.text, start));
            };
            words.push_str(&self.text[at..quote]);
            at = quote + 1;
            if !self.text[at..].starts_with('"') {
                break;
            }
            words.push('"');
            at += 1;
        }
        // What stands between the closing quote and the separator belongs to the field.
        let rest = &self.text[at..];
        let end = at
            + rest
                .find([self.separator, '\n', '\r'])
                .unwrap_or(rest.len());
        words.push_str(&self.text[at..end]);
        self.next = end;
        Ok((words, start..end))
    }
}

fn unclosed(text: &str, at: usize) -> Unreadable {
    Unreadable::Syntax(Box::new(SyntaxFault {
        format: SourceFormat::Csv,
        place: place::in_text(text, at..at + 1),
        message: Localized::text(
            "Dấu nháy kép mở ở đây chưa được đóng.",
            "The double quote opened here is not closed.",
        ),
        hint: Localized::text(
            "Đề nghị thêm dấu nháy đóng; dấu nháy bên trong ghi hai lần (\"\").",
            "Please close it; write a quote inside a field twice (\"\").",
        ),
    }))
}
