//! What is looked at before a workbook is opened: how many files, how large once unpacked.
//!
//! Sizes in a zip's directory are claims of whoever made it. So every part that will be read is
//! unpacked once into nothing, and counted.

use std::io::{Cursor, Read};

use zip::{ZipArchive, result::ZipError};

use crate::{Foreign, Limits, Unreadable, WorkbookBound};

/// So many marks of markup may the shared strings hold: each costs memory once opened.
const STRING_MARKS: u64 = 2_000_000;
/// So many may the styles and the workbook's own description hold; each costs more.
const STYLE_MARKS: u64 = 200_000;
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
        let packed = entry.compressed_size().max(1);
        let left = limits.unpacked_bytes.saturating_sub(total);
        let (size, marks) = measure(entry, left).map_err(|fault| corrupt(&ZipError::Io(fault)))?;
        total += size;
        if total > limits.unpacked_bytes {
            return too_big(WorkbookBound::Unpacked {
                limit: limits.unpacked_bytes,
            });
        }
        refuse_ratio(size, packed, limits)?;
        let most = if name.ends_with("sharedstrings.xml") {
            STRING_MARKS
        } else {
            STYLE_MARKS
        };
        if !name.contains("/worksheets/") && marks > most {
            return too_big(WorkbookBound::Parts { name });
        }
    }
    Ok(())
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

/// Pictures, macros and printer settings are never opened.
fn is_read(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    matches!(extension, "xml" | "rels")
}

/// The unpacked size and the number of `<`, up to one byte past what is left.
fn measure(entry: impl Read, left: u64) -> std::io::Result<(u64, u64)> {
    let mut entry = entry.take(left + 1);
    let mut buffer = [0; 16 << 10];
    let (mut size, mut marks) = (0, 0);
    loop {
        let read = entry.read(&mut buffer)?;
        if read == 0 {
            return Ok((size, marks));
        }
        size += read as u64;
        marks += memchr::memchr_iter(b'<', &buffer[..read]).count() as u64;
    }
}

pub(super) fn corrupt(fault: &ZipError) -> Unreadable {
    Unreadable::CorruptWorkbook {
        detail: fault.to_string(),
    }
}
