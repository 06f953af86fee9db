//! What is looked at before a workbook is opened: how many files, how large once unpacked, how encoded.
//!
//! Sizes in a zip's directory are claims of whoever made it. So every part that will be read is
//! unpacked once into nothing, and counted.

use std::io::{Cursor, Read};

use zip::{ZipArchive, read::ZipFile, result::ZipError};

use crate::{Foreign, Limits, Unreadable, WorkbookBound};

/// So many marks of markup may the shared strings hold: each costs memory once opened.
const STRING_MARKS: u64 = 2_000_000;
/// So many may the styles and the workbook's own description hold; each costs more.
const STYLE_MARKS: u64 = 200_000;
/// An XML declaration fits in so many bytes.
const DECLARATION: u64 = 256;
/// Below this size a high ratio says nothing: a sheet of zeros packs well.
const SMALL: u64 = 4 << 20;

/// Refuses a workbook that would take more to open than a workbook should.
pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<(), Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|fault| corrupt(&fault))?;
    let too_big = |bound| Err(Unreadable::WorkbookTooBig { bound });
    if archive.len() > limits.entries {
        return too_big(WorkbookBound::Entries {
            limit: limits.entries,
        });
    }
    let mut total = 0;
    for index in 0..archive.len() {
        let entry = match archive.by_index(index) {
            Ok(entry) => entry,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(Unreadable::Foreign(Foreign::Encrypted));
            }
            Err(fault) => return Err(corrupt(&fault)),
        };
        let name = entry
            .name()
            .map_err(|fault| corrupt(&fault))?
            .to_ascii_lowercase();
        if !is_read(&name) {
            continue;
        }
        total += look_through(&name, entry, total, limits)?;
    }
    Ok(())
}

/// Refuses a part that would take more to open than a workbook's should; how large it is, `before` it others having
/// been looked through.
fn look_through<R: Read>(
    name: &str,
    entry: ZipFile<'_, R>,
    before: u64,
    limits: &Limits,
) -> Result<u64, Unreadable> {
    let packed = entry.compressed_size().max(1);
    let left = limits.unpacked_bytes.saturating_sub(before);
    let Measured {
        size,
        marks,
        longest,
        is_utf8,
    } = measure(entry, left).map_err(|fault| corrupt(&ZipError::Io(fault)))?;
    if !is_utf8 {
        return Err(Unreadable::CorruptWorkbook {
            detail: format!("{name}: not UTF-8"),
        });
    }
    let too_big = |bound| Err(Unreadable::WorkbookTooBig { bound });
    if size > left {
        return too_big(WorkbookBound::Unpacked {
            limit: limits.unpacked_bytes,
        });
    }
    refuse_ratio(size, packed, limits)?;
    // Opened, a text is held several times over; more than all cells may hold would be refused then.
    let limit = limits.cell_text;
    if longest > limit as u64 {
        return too_big(WorkbookBound::Text { limit });
    }
    let most = if name.ends_with("sharedstrings.xml") {
        STRING_MARKS
    } else {
        STYLE_MARKS
    };
    if !name.contains("/worksheets/") && marks > most {
        let name = name.to_owned();
        return too_big(WorkbookBound::Parts { name });
    }
    Ok(size)
}

/// Refuses a part that grows beyond what filled-in sheets do.
pub(super) fn refuse_ratio(size: u64, packed: u64, limits: &Limits) -> Result<(), Unreadable> {
    if size > SMALL && size / packed > limits.ratio {
        return Err(Unreadable::WorkbookTooBig {
            bound: WorkbookBound::Ratio {
                limit: limits.ratio,
            },
        });
    }
    Ok(())
}

/// Pictures, macros and printer settings are never opened, nor what other programs keep for themselves: queries,
/// say, which are in UTF-16.
fn is_read(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    matches!(extension, "xml" | "rels") && !name.starts_with("customxml/")
}

/// What looking through a part has shown.
struct Measured {
    /// Unpacked, up to one byte past what is left.
    size: u64,
    /// The number of `<`.
    marks: u64,
    /// The most bytes between two of them.
    longest: u64,
    is_utf8: bool,
}

fn measure(entry: impl Read, left: u64) -> std::io::Result<Measured> {
    let mut entry = entry.take(left + 1);
    let mut start = Vec::new();
    entry.by_ref().take(DECLARATION).read_to_end(&mut start)?;
    let is_utf8 = is_utf8(&start);
    let mut measured = Measured {
        size: 0,
        marks: 0,
        longest: 0,
        is_utf8,
    };
    let mut last_mark = 0;
    measured.add(&start, &mut last_mark);
    let mut buffer = [0; 16 << 10];
    loop {
        let read = entry.read(&mut buffer)?;
        if read == 0 {
            return Ok(measured);
        }
        measured.add(&buffer[..read], &mut last_mark);
    }
}

impl Measured {
    fn add(&mut self, bytes: &[u8], last_mark: &mut u64) {
        for mark in memchr::memchr_iter(b'<', bytes) {
            self.marks += 1;
            let mark = self.size + mark as u64;
            self.longest = self.longest.max(mark - *last_mark);
            *last_mark = mark;
        }
        self.size += bytes.len() as u64;
        self.longest = self.longest.max(self.size - *last_mark);
    }
}

/// Whether a part that begins so is in UTF-8 as far as it says. The standard allows UTF-16 too; no known
/// program writes the parts that are opened in it, and the checker in the browser carries no decoder for it.
fn is_utf8(start: &[u8]) -> bool {
    if start.contains(&0) || start.starts_with(b"\xFF\xFE") || start.starts_with(b"\xFE\xFF") {
        return false;
    }
    let text = String::from_utf8_lossy(start);
    let declaration = text.trim_start_matches('\u{FEFF}').strip_prefix("<?xml");
    let declaration = declaration.and_then(|rest| rest.split_once("?>"));
    let Some((_, named)) = declaration.and_then(|(inside, _)| inside.split_once("encoding")) else {
        return true;
    };
    let named = named.trim_start().trim_start_matches('=').trim_start();
    let name = named.split(['"', '\'']).nth(1).unwrap_or_default();
    ["utf-8", "utf8", "us-ascii"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

pub(super) fn corrupt(fault: &ZipError) -> Unreadable {
    Unreadable::CorruptWorkbook {
        detail: fault.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn workbook_with(part: &[u8]) -> Vec<u8> {
        archive_with("xl/workbook.xml", part)
    }

    fn archive_with(name: &str, part: &[u8]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        archive
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        archive.write_all(part).unwrap();
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn parts_in_another_encoding_than_utf_8_are_refused_by_name() {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><workbook/>";
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = [b"\xFF\xFE".to_vec(), utf16.clone()].concat();
        let old = b"<?xml version='1.0' encoding = 'windows-1252'?><workbook/>";
        for part in [&utf16[..], &marked, old] {
            let fault = check(&workbook_with(part), &Limits::default()).unwrap_err();
            assert!(
                matches!(&fault, Unreadable::CorruptWorkbook { detail } if detail == "xl/workbook.xml: not UTF-8"),
                "{fault:?}"
            );
        }
    }

    #[test]
    fn what_a_program_keeps_for_itself_in_a_workbook_is_its_own_matter() {
        let query = "\u{FEFF}<?xml version=\"1.0\" encoding=\"utf-16\"?><DataMashup/>";
        let utf16: Vec<u8> = query.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for name in ["customXml/item1.xml", "customXml/itemProps1.xml"] {
            let checked = check(&archive_with(name, &utf16), &Limits::default());
            assert!(checked.is_ok(), "{checked:?}");
        }
    }

    #[test]
    fn a_text_longer_than_all_cells_may_hold_is_refused_unopened() {
        let limits = Limits {
            cell_text: 100_000,
            ..Limits::default()
        };
        for (length, is_taken) in [(99_000, true), (100_000, false)] {
            // Mixed letters: what packs too well is refused for that.
            let text: String = ('a'..='z').cycle().take(length).collect();
            for part in [format!("<t>{text}</t>"), format!("<t/>{text}")] {
                let checked = check(&workbook_with(part.as_bytes()), &limits);
                assert_eq!(checked.is_ok(), is_taken, "{checked:?}");
            }
        }
    }

    #[test]
    fn parts_in_utf_8_are_taken_however_they_say_it() {
        for part in [
            "<workbook/>",
            "\u{FEFF}<?xml version='1.0' encoding='utf-8'?>\n<workbook/>",
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<workbook/>",
            "<?xml version=\"1.0\"?><workbook encoding=\"x\"/>",
            "",
        ] {
            assert!(
                check(&workbook_with(part.as_bytes()), &Limits::default()).is_ok(),
                "{part}"
            );
        }
    }
}
