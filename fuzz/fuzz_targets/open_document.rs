//! What stands in an OpenDocument spreadsheet, in a zip that is in order.
#![no_main]

use std::io::{Cursor, Write};

use intake::{Hints, Limits, read};
use libfuzzer_sys::fuzz_target;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

fuzz_target!(|bytes: &[u8]| {
    let content = [
        b"<office:document-content><office:body><office:spreadsheet><table:table table:name=\"4_Ung_dung\">",
        bytes,
        b"</table:table></office:spreadsheet></office:body></office:document-content>",
    ]
    .concat();
    for part in [content.as_slice(), bytes] {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for (name, bytes) in [
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".as_slice()),
            ("content.xml", part),
        ] {
            zip.start_file(name, stored).expect("a name of ours");
            zip.write_all(bytes).expect("memory takes all");
        }
        let document = zip.finish().expect("memory takes all").into_inner();
        let _ = read(&document, &Hints::file("a.ods"), &Limits::default());
    }
});
