//! What a file is: by its content first, by its media type and name where content cannot tell.

use rulebook::SourceFormat;

use crate::{Foreign, Hints, Unreadable};

/// What the bytes are before decoding: something binary that is known, or a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Container {
    /// An Excel workbook, or an OpenDocument spreadsheet.
    Workbook,
    /// Some text, to be decoded and looked at.
    Text,
}

const SIGNATURES: [(&[u8], Foreign); 10] = [
    (b"{\\rtf", Foreign::RichText),
    (b"\x89PNG", Foreign::Picture),
    (b"\xFF\xD8\xFF", Foreign::Picture),
    (b"GIF8", Foreign::Picture),
    (b"II*\0", Foreign::Picture),
    (b"Rar!", Foreign::Archive),
    (b"7z\xBC\xAF", Foreign::Archive),
    (b"\x1F\x8B", Foreign::Archive),
    (b"BZh", Foreign::Archive),
    (b"\xFD7zXZ", Foreign::Archive),
];

/// Looks at the first bytes.
pub(crate) fn container(bytes: &[u8]) -> Result<Container, Unreadable> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Unreadable::Empty);
    }
    if bytes[..bytes.len().min(1024)]
        .windows(5)
        .any(|window| window == b"%PDF-")
    {
        return Err(Unreadable::Foreign(Foreign::Pdf));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zip_archive(bytes);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(Unreadable::Foreign(compound_file(bytes)));
    }
    for (signature, foreign) in SIGNATURES {
        if bytes.starts_with(signature) {
            return Err(Unreadable::Foreign(foreign));
        }
    }
    if is_binary(bytes) {
        Err(Unreadable::Binary)
    } else {
        Ok(Container::Text)
    }
}

/// Control characters that no text in any encoding has; zeros are left to UTF-16.
fn is_binary(bytes: &[u8]) -> bool {
    let utf16 = matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..])
        || matches!(bytes, [0, a, 0, b, ..] | [a, 0, b, 0, ..] if *a != 0 && *b != 0);
    let odd = |byte: &&u8| matches!(**byte, 0..=8 | 14..=26 | 28..=31);
    !utf16 && bytes.iter().take(4096).filter(odd).count() > bytes.len().min(4096) / 100
}

/// Whether it is an OpenDocument spreadsheet: its first file says so, unpacked.
pub(crate) fn is_open_document(bytes: &[u8]) -> bool {
    starts_with_type(bytes, b"opendocument.spreadsheet")
}

fn starts_with_type(bytes: &[u8], name: &[u8]) -> bool {
    memchr::memmem::find(&bytes[..bytes.len().min(300)], name).is_some()
}

/// The names of a zip's files stand in plain sight; nothing needs unpacking to tell what it is.
fn zip_archive(bytes: &[u8]) -> Result<Container, Unreadable> {
    let has = |name: &[u8]| memchr::memmem::find(bytes, name).is_some();
    let starts = |name: &[u8]| starts_with_type(bytes, name);
    let foreign = if is_open_document(bytes) {
        return Ok(Container::Workbook);
    } else if starts(b"opendocument.text") {
        Foreign::OpenDocumentText
    } else if starts(b"opendocument.presentation") || has(b"ppt/presentation.xml") {
        Foreign::Presentation
    } else if has(b"xl/workbook.bin") {
        Foreign::BinaryWorkbook
    } else if has(b"xl/workbook.xml") || has(b"xl/worksheets/") {
        return Ok(Container::Workbook);
    } else if has(b"word/document.xml") {
        Foreign::WordDocument
    } else if has(b"model.xml") {
        Foreign::ArchiModel
    } else if has(b"visio/document.xml") {
        Foreign::Drawing
    } else {
        Foreign::Archive
    };
    Err(Unreadable::Foreign(foreign))
}

/// An OLE file of before 2007, or an encrypted one of today: its streams are named in UTF-16.
fn compound_file(bytes: &[u8]) -> Foreign {
    let has = |name: &str| {
        let utf16: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &utf16).is_some()
    };
    if has("EncryptedPackage") {
        Foreign::Encrypted
    } else if has("WordDocument") {
        Foreign::OldWordDocument
    } else if has("PowerPoint Document") {
        Foreign::Presentation
    } else if has("VisioDocument") {
        Foreign::Drawing
    } else {
        Foreign::OldWorkbook
    }
}

/// What a decoded text is.
pub(crate) fn text_format(text: &str, hints: &Hints<'_>) -> Result<SourceFormat, Unreadable> {
    let start = text.trim_start();
    if start.is_empty() {
        return Err(Unreadable::Empty);
    }
    if start.starts_with('<') && !start.starts_with("<<") {
        return markup(start);
    }
    Ok(by_name(hints).unwrap_or_else(|| by_content(start)))
}

fn markup(text: &str) -> Result<SourceFormat, Unreadable> {
    let mut end = text.len().min(4096);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text[..end].to_ascii_lowercase();
    let has = |words: &str| head.contains(words);
    let foreign = if has("http://www.opengroup.org/xsd/archimate") {
        return Ok(SourceFormat::ArchiMate);
    } else if has("http://www.archimatetool.com/archimate") {
        Foreign::ArchiModel
    } else if has("progid=\"excel.sheet\"") || has("urn:schemas-microsoft-com:office:spreadsheet") {
        Foreign::XmlSpreadsheet
    } else if has("<mxfile") || has("<svg") || has("<mxgraphmodel") {
        Foreign::Drawing
    } else if has("<!doctype html") || has("<html") {
        Foreign::WebPage
    } else if has("<model") || has(":model") || has("<!doctype") {
        // A model in another namespace, or with a DOCTYPE: the reader says what is the matter.
        return Ok(SourceFormat::ArchiMate);
    } else {
        Foreign::OtherXml
    };
    Err(Unreadable::Foreign(foreign))
}

fn by_name(hints: &Hints<'_>) -> Option<SourceFormat> {
    let media_type = hints
        .media_type
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default();
    match media_type.trim().to_ascii_lowercase().as_str() {
        "application/yaml" | "application/x-yaml" | "text/yaml" | "text/x-yaml" => {
            return Some(SourceFormat::Yaml);
        }
        "application/json" | "text/json" => return Some(SourceFormat::Json),
        "text/csv" | "text/tab-separated-values" => return Some(SourceFormat::Csv),
        _ => {}
    }
    let (_, extension) = hints.file.rsplit_once('.')?;
    match extension.to_ascii_lowercase().as_str() {
        "yaml" | "yml" => Some(SourceFormat::Yaml),
        "json" => Some(SourceFormat::Json),
        "csv" | "tsv" => Some(SourceFormat::Csv),
        _ => None,
    }
}

fn by_content(start: &str) -> SourceFormat {
    if start.starts_with(['{', '[']) {
        return SourceFormat::Json;
    }
    let first = start.lines().next().unwrap_or_default();
    let separated = [',', ';', '\t']
        .iter()
        .any(|mark| first.matches(*mark).count() >= 2);
    let yaml = first.contains(": ") || first.ends_with(':') || first.starts_with(['#', '%', '-']);
    if separated && !yaml {
        SourceFormat::Csv
    } else {
        SourceFormat::Yaml
    }
}
