//! The cells of an OpenDocument spreadsheet, read as a stream and bounded like those of Excel.
//!
//! calamine reads this format too, but not so that a stranger's file may be given to it: it never
//! comes back from a table that is cut short, and unrolls what is said to be repeated into a dense
//! range first (`tests/files/nasty` holds files of both kinds). What has to be walked through to find that
//! out is all there is to read, so it is read here.

use std::io::{Cursor, Read};

use framework::Date;
use zip::{ZipArchive, result::ZipError};

use super::{
    cells::{Budget, Filled, Sheet},
    guard,
    value::Cell,
};
use crate::{
    Foreign, Limits, Unreadable, WorkbookBound,
    xml::{Source, Tag, Token},
};

/// Spreadsheets are no wider: what is said to be repeated beyond is not looked at.
const WIDEST: u32 = 16_384;
/// So many spaces does one mark for several stand for.
const MOST_SPACES: usize = 100;

/// Reads all sheets but those that hold no part of the submission.
pub(super) fn sheets(
    bytes: &[u8],
    limits: &Limits,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<Sheet>, Unreadable> {
    let content = content(bytes, limits)?;
    let mut reading = Reading {
        source: Source::new(&content, limits),
        budget: Budget::new(limits),
    };
    // A fault of XML inside is a damaged workbook to whoever filled it in.
    reading.spreadsheet(wanted).map_err(|fault| match fault {
        Unreadable::WorkbookTooBig { .. } => fault,
        fault => Unreadable::CorruptWorkbook {
            detail: format!("content.xml: {fault}"),
        },
    })
}

/// The one part that holds the cells, unpacked; never more than an XML file may have.
fn content(bytes: &[u8], limits: &Limits) -> Result<String, Unreadable> {
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|fault| guard::corrupt(&fault))?;
    if archive.len() > limits.entries {
        return Err(Unreadable::WorkbookTooBig {
            bound: WorkbookBound::Entries {
                limit: limits.entries,
            },
        });
    }
    let manifest = part(&mut archive, "META-INF/manifest.xml", 1 << 20, limits);
    if manifest.is_ok_and(|manifest| manifest.contains("encryption-data")) {
        return Err(Unreadable::Foreign(Foreign::Encrypted));
    }
    part(&mut archive, "content.xml", limits.xml_bytes, limits)
}

fn part(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
    most: usize,
    limits: &Limits,
) -> Result<String, Unreadable> {
    let entry = match archive.by_name(name) {
        Ok(entry) => entry,
        Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
            return Err(Unreadable::Foreign(Foreign::Encrypted));
        }
        Err(fault) => return Err(guard::corrupt(&fault)),
    };
    let packed = entry.compressed_size().max(1);
    let most = most as u64;
    let mut text = Vec::new();
    entry
        .take(most + 1)
        .read_to_end(&mut text)
        .map_err(|fault| guard::corrupt(&ZipError::Io(fault)))?;
    let size = text.len() as u64;
    if size > most {
        return Err(Unreadable::WorkbookTooBig {
            bound: WorkbookBound::Unpacked { limit: most },
        });
    }
    guard::refuse_ratio(size, packed, limits)?;
    String::from_utf8(text).map_err(|_| Unreadable::CorruptWorkbook {
        detail: format!("{name}: not UTF-8"),
    })
}

struct Reading<'t> {
    source: Source<'t>,
    budget: Budget,
}

/// A row in the making: how often it is repeated, and what its cells hold.
struct Row {
    times: u32,
    cells: Vec<(u32, Cell, bool)>,
}

impl<'t> Reading<'t> {
    fn spreadsheet(&mut self, wanted: impl Fn(&str) -> bool) -> Result<Vec<Sheet>, Unreadable> {
        let mut sheets = Vec::new();
        loop {
            let tag = match self.source.next()? {
                Token::Start(tag) => tag,
                Token::Eof => return self.ended(sheets),
                Token::Text(_) | Token::End => continue,
            };
            match tag.name() {
                // What stands around the tables, down to them.
                "document-content" | "body" | "spreadsheet" => {}
                "table" => {
                    let name = tag.attribute("table:name").unwrap_or_default();
                    if wanted(&name) {
                        let cells = self.table()?;
                        sheets.push(Sheet { name, cells });
                    } else {
                        self.source.skip()?;
                    }
                }
                _ => self.source.skip()?,
            }
        }
    }

    /// Where the file ends; an element that is not closed by then was cut off.
    fn ended(&self, sheets: Vec<Sheet>) -> Result<Vec<Sheet>, Unreadable> {
        if self.source.is_closed() {
            Ok(sheets)
        } else {
            Err(Unreadable::CorruptWorkbook {
                detail: "cut short".to_owned(),
            })
        }
    }

    fn table(&mut self) -> Result<Vec<Filled>, Unreadable> {
        let mut cells = Vec::new();
        let (mut row, mut groups) = (0_u32, 0_usize);
        loop {
            match self.source.next()? {
                Token::Start(tag) => match tag.name() {
                    "table-row" => {
                        let Row { times, cells: held } = self.row(&tag)?;
                        if !held.is_empty() {
                            self.unroll(&mut cells, row, times, &held)?;
                        }
                        row = row.saturating_add(times);
                    }
                    "table-row-group" | "table-header-rows" | "table-rows" => groups += 1,
                    _ => self.source.skip()?,
                },
                Token::End if groups > 0 => groups -= 1,
                Token::End | Token::Eof => return Ok(cells),
                Token::Text(_) => {}
            }
        }
    }

    fn unroll(
        &mut self,
        cells: &mut Vec<Filled>,
        row: u32,
        times: u32,
        held: &[(u32, Cell, bool)],
    ) -> Result<(), Unreadable> {
        for row in (row..).take(times as usize) {
            for (column, cell, is_error) in held {
                self.spend(cell)?;
                cells.push(Filled {
                    row,
                    column: *column,
                    cell: cell.clone(),
                    is_error: *is_error,
                });
            }
        }
        Ok(())
    }

    fn row(&mut self, tag: &Tag<'t>) -> Result<Row, Unreadable> {
        let mut row = Row {
            times: repeated(tag, "table:number-rows-repeated"),
            cells: Vec::new(),
        };
        let mut column = 0_u32;
        loop {
            match self.source.next()? {
                Token::Start(tag) if tag.name() == "table-cell" => {
                    let times = repeated(&tag, "table:number-columns-repeated");
                    let held = self.cell(&tag)?;
                    self.budget.spend(false)?;
                    if let Some((cell, is_error)) = held {
                        let end = column.saturating_add(times).min(WIDEST);
                        for column in column..end {
                            self.spend(&cell)?;
                            row.cells.push((column, cell.clone(), is_error));
                        }
                    }
                    column = column.saturating_add(times);
                }
                // What lies under a merged cell nobody sees.
                Token::Start(tag) if tag.name() == "covered-table-cell" => {
                    column = column.saturating_add(repeated(&tag, "table:number-columns-repeated"));
                    self.source.skip()?;
                }
                Token::Start(_) => self.source.skip()?,
                Token::End | Token::Eof => return Ok(row),
                Token::Text(_) => {}
            }
        }
    }

    fn spend(&mut self, cell: &Cell) -> Result<(), Unreadable> {
        if let Cell::Text(text) = cell {
            self.budget.read(text)?;
        }
        self.budget.spend(true)
    }

    fn cell(&mut self, tag: &Tag<'t>) -> Result<Option<(Cell, bool)>, Unreadable> {
        let text = self.paragraphs()?;
        let is_error = tag.attribute("calcext:value-type").as_deref() == Some("error");
        let stated = match tag.attribute("office:value-type").as_deref() {
            Some("float" | "percentage" | "currency") => tag
                .attribute("office:value")
                .and_then(|number| number.parse::<f64>().ok())
                .filter(|number| number.is_finite())
                .map(Cell::Number),
            Some("boolean") => tag
                .attribute("office:boolean-value")
                .map(|value| Cell::Bool(value == "true")),
            Some("date") => tag
                .attribute("office:date-value")
                .and_then(|value| day(&value))
                .map(Cell::Date),
            _ if text.is_empty() => tag.attribute("office:string-value").map(Cell::Text),
            _ => None,
        };
        let cell = match stated {
            Some(cell) if !is_error => cell,
            _ => Cell::Text(text),
        };
        let is_filled = !matches!(&cell, Cell::Text(text) if text.trim().is_empty());
        Ok(is_filled.then_some((cell, is_error)))
    }

    /// The text of a cell as people see it; not that of its note, or of a drawing that hangs on it.
    fn paragraphs(&mut self) -> Result<String, Unreadable> {
        let mut text = String::new();
        // Names of the elements that have begun: whether text counts depends on them.
        let (mut inside, mut paragraphs) = (Vec::new(), 0_usize);
        loop {
            match self.source.next()? {
                Token::Start(tag) => {
                    match tag.name() {
                        "annotation" | "frame" | "custom-shape" | "control" | "detective" | "g"
                        | "line" | "rect" | "image" | "object" => {
                            self.source.skip()?;
                            continue;
                        }
                        "s" => {
                            let count = repeated(&tag, "text:c") as usize;
                            text.extend(std::iter::repeat_n(' ', count.min(MOST_SPACES)));
                        }
                        "tab" => text.push('\t'),
                        "line-break" => text.push('\n'),
                        "p" if paragraphs > 0 => text.push('\n'),
                        _ => {}
                    }
                    let is_paragraph = tag.name() == "p";
                    paragraphs += usize::from(is_paragraph);
                    inside.push(is_paragraph);
                }
                Token::Text(words) if inside.contains(&true) => text.push_str(&words),
                Token::Text(_) => {}
                Token::End if inside.pop().is_some() => {}
                Token::End | Token::Eof => return Ok(text),
            }
        }
    }
}

/// How often something is said to stand there; once if it does not say.
fn repeated(tag: &Tag<'_>, attribute: &str) -> u32 {
    let times = tag.attribute(attribute);
    times.and_then(|times| times.parse().ok()).unwrap_or(1)
}

/// `2026-12-31`, with a time of day or without.
fn day(value: &str) -> Option<Date> {
    value.split('T').next()?.parse().ok()
}
