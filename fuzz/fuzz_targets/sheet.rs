//! What stands on a sheet of an Excel workbook, in a zip that is in order: a fuzzer that has to get
//! check sums right never comes so far.
#![no_main]

use std::io::{Cursor, Write};

use framework::Catalogue;
use intake::{Hints, Limits, OutputFormat, convert, read};
use libfuzzer_sys::fuzz_target;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const RELS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="4_Ung_dung" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const BOOK_RELS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

// The workbook library may panic: its reader answers for that, so only what comes out of the reader counts.
fuzz_target!(init: std::panic::set_hook(Box::new(|_| {})), |bytes: &[u8]| {
    // Up to a zero: the sheet; after it: the shared strings.
    let cut = bytes.iter().position(|byte| *byte == 0);
    let (sheet, strings) = bytes.split_at(cut.unwrap_or(bytes.len()));
    let sheet = [
        b"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>",
        sheet,
        b"</sheetData></worksheet>",
    ]
    .concat();
    let strings = [b"<sst>", strings.get(1..).unwrap_or_default(), b"</sst>"].concat();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, part) in [
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.as_bytes()),
        ("xl/worksheets/sheet1.xml", &sheet),
        ("xl/sharedStrings.xml", &strings),
    ] {
        zip.start_file(name, stored).expect("a name of ours");
        zip.write_all(part).expect("memory takes all");
    }
    let workbook = zip.finish().expect("memory takes all").into_inner();
    let limits = Limits::default();
    let Ok(first) = read(&workbook, &Hints::file("a.xlsx"), &limits) else {
        return;
    };
    let yaml = convert(
        &first.root,
        OutputFormat::Yaml,
        &Catalogue::default(),
        framework::Locale::Vi,
    )
    .expect("YAML is only text");
    read(&yaml, &Hints::file("b.yaml"), &limits).expect("what was written can be read");
});
