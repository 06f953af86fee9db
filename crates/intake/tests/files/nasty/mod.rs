//! Nasty files, made by this script and nothing else: what readers of uploads must answer.
//!
//! Each has a name with the extension it would come with, and the code of the answer it must get:
//! a refusal's, or `read` where it is to be read.

use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

/// A file, and what must come of it.
pub(crate) struct Nasty {
    pub(crate) name: &'static str,
    pub(crate) bytes: Vec<u8>,
    pub(crate) answer: &'static str,
}

/// All of them.
pub(crate) fn corpus() -> Vec<Nasty> {
    let mut corpus = Vec::new();
    let mut add = |name: &'static str, bytes: Vec<u8>, answer: &'static str| {
        corpus.push(Nasty {
            name,
            bytes,
            answer,
        });
    };
    yaml(&mut add);
    json(&mut add);
    xml(&mut add);
    csv(&mut add);
    binary(&mut add);
    workbooks(&mut add);
    open_documents(&mut add);
    corpus
}

type Add<'a> = &'a mut dyn FnMut(&'static str, Vec<u8>, &'static str);

fn yaml(add: Add<'_>) {
    let levels = (0..30).fold("a0: &a0 [x, x]\n".to_owned(), |text, level| {
        format!(
            "{text}a{}: &a{} [*a{level}, *a{level}]\n",
            level + 1,
            level + 1
        )
    });
    add("billion-laughs.yaml", levels.into_bytes(), "yaml-alias");
    add(
        "self-reference.yaml",
        b"a: &a [*a]\n".to_vec(),
        "yaml-alias",
    );
    add(
        "merge.yaml",
        b"b:\n  <<: {c: 1}\n".to_vec(),
        "yaml-merge-key",
    );
    add(
        "python-object.yaml",
        b"a: !!python/object/apply:os.system [ls]\n".to_vec(),
        "yaml-tag",
    );
    add(
        "deep-flow.yaml",
        format!("a: {}", "[".repeat(100_000)).into_bytes(),
        "nesting-too-deep",
    );
    add(
        "deep-map.yaml",
        format!("a: {}", "{a: ".repeat(50_000)).into_bytes(),
        "nesting-too-deep",
    );
    let steps = (0..3000).fold(String::new(), |text, level| {
        format!("{text}{}a:\n", " ".repeat(level))
    });
    add("deep-block.yaml", steps.into_bytes(), "nesting-too-deep");
    add(
        "many-values.yaml",
        format!("a: [{}]", "1,".repeat(400_000)).into_bytes(),
        "too-many-values",
    );
    add(
        "many-keys.yaml",
        (0..120_000)
            .fold(String::new(), |mut text, key| {
                text.push_str(&key.to_string());
                text.push_str(": 1\n");
                text
            })
            .into_bytes(),
        "read",
    );
    add(
        "same-key.yaml",
        "a: 1\n".repeat(50_000).into_bytes(),
        "duplicate-key",
    );
    add(
        "many-records.yaml",
        format!("a: [{}]", "{b: 1},".repeat(20_001)).into_bytes(),
        "too-many-records",
    );
    add(
        "documents.yaml",
        "---\na: 1\n".repeat(10_000).into_bytes(),
        "yaml-second-document",
    );
    add(
        "long-key.yaml",
        format!("{}: 1\n", "k".repeat(100_000)).into_bytes(),
        "syntax",
    );
    add(
        "long-text.yaml",
        format!("a: \"{}\"\n", "đ".repeat(2_000_000)).into_bytes(),
        "read",
    );
    add(
        "unclosed-quote.yaml",
        format!("a: \"{}", "x\n".repeat(100_000)).into_bytes(),
        "syntax",
    );
    add(
        "comments.yaml",
        "#\n".repeat(1_000_000).into_bytes(),
        "empty-file",
    );
    add(
        "anchors.yaml",
        (0..50_000)
            .fold("a:\n".to_owned(), |text, anchor| {
                text + &format!(" - &x{anchor} 1\n")
            })
            .into_bytes(),
        "read",
    );
    add(
        "directives.yaml",
        "%YAML 1.2\n".repeat(10_000).into_bytes(),
        "syntax",
    );
    add(
        "norway.yaml",
        b"a: no\nb: 1.10\nc: 0777\nd: 1e999\ne: .nan\n".to_vec(),
        "read",
    );
}

fn json(add: Add<'_>) {
    add(
        "deep.json",
        format!("{{\"a\":{}", "[".repeat(200_000)).into_bytes(),
        "nesting-too-deep",
    );
    add(
        "same-key.json",
        b"{\"a\":1,\"a\":2}".to_vec(),
        "duplicate-key",
    );
    add(
        "rounded.json",
        b"{\"a\":123456789012345678901234567890}".to_vec(),
        "syntax",
    );
    add("infinite.json", b"{\"a\":1e999}".to_vec(), "syntax");
    add(
        "lone-surrogate.json",
        b"{\"a\":\"\\ud800\"}".to_vec(),
        "syntax",
    );
    add("comment.json", b"{\"a\":1 // no\n}".to_vec(), "syntax");
    add("trailing.json", b"{\"a\":1}}".to_vec(), "syntax");
    add("list.json", b"[]".to_vec(), "not-a-record");
    add(
        "many-values.json",
        format!("{{\"a\":[{}1]}}", "1,".repeat(400_000)).into_bytes(),
        "too-many-values",
    );
    let utf16 = "{\"tên\": 1}"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    add("utf-16-without-mark.json", utf16, "read");
}

const MODEL: &str = "<model xmlns=\"http://www.opengroup.org/xsd/archimate/3.0/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">";

fn xml(add: Add<'_>) {
    let laughs = (1..30).fold("<!ENTITY a0 \"ha\">".to_owned(), |text, level| {
        format!(
            "{text}<!ENTITY a{level} \"&a{};&a{};\">",
            level - 1,
            level - 1
        )
    });
    add(
        "billion-laughs.xml",
        format!("<!DOCTYPE model [{laughs}]>{MODEL}&a29;</model>").into_bytes(),
        "xml-doctype",
    );
    add(
        "external-entity.xml",
        format!("<!DOCTYPE model SYSTEM \"file:///etc/passwd\">{MODEL}</model>").into_bytes(),
        "xml-doctype",
    );
    add(
        "entity.xml",
        format!("{MODEL}<elements><element><name>&x;</name></element></elements></model>")
            .into_bytes(),
        "syntax",
    );
    add(
        "deep.xml",
        format!("{MODEL}{}", "<a>".repeat(500_000)).into_bytes(),
        "nesting-too-deep",
    );
    add(
        "wide.xml",
        format!("{MODEL}<views>{}</views></model>", "<a/>".repeat(500_000)).into_bytes(),
        "read",
    );
    let attributes = (0..100_000).fold(String::new(), |mut text, index| {
        text.extend([" a", &index.to_string(), "=''"]);
        text
    });
    add(
        "attributes.xml",
        format!("{MODEL}<elements><element{attributes}/></elements></model>").into_bytes(),
        "read",
    );
    add(
        "unclosed.xml",
        format!("{MODEL}<elements>").into_bytes(),
        "syntax",
    );
    add(
        "unclosed-comment.xml",
        format!("{MODEL}<!-- {}", "-".repeat(100_000)).into_bytes(),
        "syntax",
    );
    add(
        "long-text.xml",
        format!(
            "{MODEL}<elements><element identifier=\"a\"><name>{}</name></element></elements></model>",
            "đ".repeat(20 << 20)
        )
        .into_bytes(),
        "text-too-long",
    );
    add(
        "long-attribute.xml",
        format!(
            "{MODEL}<elements><element identifier=\"{}\"/></elements></model>",
            "a".repeat(60 << 20)
        )
        .into_bytes(),
        "text-too-long",
    );
    add(
        "old-namespace.xml",
        b"<model xmlns=\"http://www.opengroup.org/xsd/archimate\"/>".to_vec(),
        "xml-namespace",
    );
    add(
        "svg.xml",
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".to_vec(),
        "foreign-format",
    );
    add(
        "page.xml",
        b"<!DOCTYPE html><html><body>x</body></html>".to_vec(),
        "foreign-format",
    );
}

fn csv(add: Add<'_>) {
    add(
        "unclosed.csv",
        "Mã;Tên hệ thống\n\"app;1\n".as_bytes().to_vec(),
        "syntax",
    );
    add(
        "strangers.csv",
        b"a;b;c\n1;2;3\n".to_vec(),
        "no-known-column",
    );
    add(
        "many-cells.csv",
        "a;b;c;d\n".repeat(60_000).into_bytes(),
        "too-many-values",
    );
    add(
        "wide.csv",
        format!("Mã;Tên hệ thống{}\napp;A\n", ";".repeat(1_000_000)).into_bytes(),
        "read",
    );
    add("quotes.csv", "\"".repeat(1_000_001).into_bytes(), "syntax");
    add(
        "lines.csv",
        format!("Mã;Tên hệ thống;Cách có\n{}", "\r".repeat(1_000_000)).into_bytes(),
        "read",
    );
    add(
        "formula.csv",
        "Mã;Tên hệ thống\napp;=cmd|'/c calc'!A1\n"
            .as_bytes()
            .to_vec(),
        "read",
    );
}

fn binary(add: Add<'_>) {
    add("empty.yaml", Vec::new(), "empty-file");
    add("zeros.yaml", vec![0; 4096], "binary-file");
    add(
        "noise.json",
        (0..4096_u32)
            .map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[1])
            .collect(),
        "binary-file",
    );
    add("scan.yaml", b"%PDF-1.7\n1 0 obj".to_vec(), "foreign-format");
    add(
        "large.yaml",
        vec![b' '; (10 << 20) + 1]
            .into_iter()
            .chain(*b"a: 1")
            .collect(),
        "file-too-large",
    );
    add(
        "latin-1.yaml",
        b"a: caf\xE9 na\xEFve \xFC\xFD\xFE\xFF\x80\x81\n".to_vec(),
        "unknown-encoding",
    );
    add(
        "tcvn3.csv",
        b"M\xB7;T\xAAn h\xD6 th\xE8ng\napp;Qu\xB6n l\xFD v\xA8n b\xB6n".to_vec(),
        "legacy-font",
    );
    add(
        "half-utf-16.json",
        vec![0xFF, 0xFE, b'{', 0, 0x00, 0xD8, b'}', 0],
        "unknown-encoding",
    );
}

const RELS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="4_Ung_dung" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const BOOK_RELS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

fn workbook(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let usual: [(&str, &[u8]); 3] = [
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.as_bytes()),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in usual.iter().chain(parts) {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("a name of ours");
        zip.write_all(bytes).expect("memory takes all");
    }
    zip.finish().expect("memory takes all").into_inner()
}

fn sheet(rows: &str) -> Vec<u8> {
    let sheet = format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    );
    workbook(&[("xl/worksheets/sheet1.xml", sheet.as_bytes())])
}

fn workbooks(add: Add<'_>) {
    let far = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    add("far-cells.xlsx", sheet(far), "no-known-sheet");
    add(
        "zip-bomb.xlsx",
        workbook(&[("xl/worksheets/sheet1.xml", &vec![b' '; 60 << 20])]),
        "workbook-too-big",
    );
    add(
        "strings-bomb.xlsx",
        workbook(&[(
            "xl/sharedStrings.xml",
            format!("<sst>{}</sst>", "<si/>".repeat(2_100_000)).as_bytes(),
        )]),
        "workbook-too-big",
    );
    add(
        "styles-bomb.xlsx",
        workbook(&[(
            "xl/styles.xml",
            format!(
                "<styleSheet><cellXfs>{}</cellXfs></styleSheet>",
                "<xf/>".repeat(250_000)
            )
            .as_bytes(),
        )]),
        "workbook-too-big",
    );
    // Numbers that pack badly, so that it is the number of cells that counts.
    let cells = (0..210_000_u32).fold(String::new(), |mut text, n| {
        text.extend([
            "<c><v>",
            &n.wrapping_mul(2_654_435_761).to_string(),
            "</v></c>",
        ]);
        text
    });
    add(
        "many-cells.xlsx",
        sheet(&format!("<row>{cells}</row>")),
        "workbook-too-big",
    );
    let word = |n: u32| {
        format!(
            "<c t=\"inlineStr\"><is><t>Cột lạ {}</t></is></c>",
            n.wrapping_mul(2_654_435_761)
        )
    };
    let rows = |cell: &dyn Fn(u32) -> String| {
        let row = |row: u32| {
            format!(
                "<row>{}</row>",
                (0..900).map(|n| cell(row * 900 + n)).collect::<String>()
            )
        };
        (0..200).map(row).collect::<String>()
    };
    add("strangers.xlsx", sheet(&rows(&word)), "no-known-sheet");
    let path = |n: u32| {
        format!(
            "<c t=\"inlineStr\"><is><t>applications[].name.{}</t></is></c>",
            if n.is_multiple_of(7) { "vi" } else { "en" }
        )
    };
    add("paths.xlsx", sheet(&rows(&path)), "read");
    add(
        "odd-references.xlsx",
        sheet(r#"<row r="0"><c r="A0"><v>1</v></c><c r="ZZZZZZZZ9"><v>1</v></c></row>"#),
        "corrupt-workbook",
    );
    add(
        "string-index.xlsx",
        sheet(r#"<row r="1"><c r="A1" t="s"><v>4294967295</v></c></row>"#),
        "corrupt-workbook",
    );
    add(
        "doctype.xlsx",
        workbook(&[(
            "xl/worksheets/sheet1.xml",
            br#"<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData/></worksheet>"#,
        )]),
        "no-known-sheet",
    );
    // One long text that any number of cells refer to.
    let refer = "<c t=\"s\"><v>0</v></c>".repeat(10_000);
    let same = format!("<sst><si><t>{}</t></si></sst>", noise(1 << 20));
    let rows = format!("<worksheet><sheetData><row>{refer}</row></sheetData></worksheet>");
    add(
        "same-text.xlsx",
        workbook(&[
            ("xl/sharedStrings.xml", same.as_bytes()),
            ("xl/worksheets/sheet1.xml", rows.as_bytes()),
        ]),
        "workbook-too-big",
    );
    let inline = format!(
        "<row><c t=\"inlineStr\"><is><t>{}</t></is></c></row>",
        "Một văn bản dài. ".repeat(2 << 20)
    );
    add("long-inline.xlsx", sheet(&inline), "workbook-too-big");
    add("no-sheet.xlsx", workbook(&[]), "corrupt-workbook");
    let mut cut = sheet(far);
    cut.truncate(cut.len() / 2);
    add("cut.xlsx", cut, "corrupt-workbook");
    add(
        "word.xlsx",
        workbook(&[])
            .into_iter()
            .take(40)
            .chain(*b"word/document.xml")
            .collect(),
        "foreign-format",
    );
}

/// Letters that pack badly.
fn noise(length: u32) -> String {
    (0..length)
        .map(|n| char::from(b'a' + (n.wrapping_mul(2_654_435_761) >> 24) as u8 % 26))
        .collect()
}

fn open_document(table: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet><table:table table:name=\"4_Ung_dung\">{table}"
    );
    packed_open_document(content.as_bytes())
}

fn packed_open_document(content: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("mimetype", stored).expect("a name of ours");
    zip.write_all(b"application/vnd.oasis.opendocument.spreadsheet")
        .expect("memory takes all");
    for (name, bytes) in [
        ("META-INF/manifest.xml", b"<manifest:manifest/>".as_slice()),
        ("content.xml", content),
    ] {
        zip.start_file(name, SimpleFileOptions::default())
            .expect("a name of ours");
        zip.write_all(bytes).expect("memory takes all");
    }
    zip.finish().expect("memory takes all").into_inner()
}

const END: &str = "</table:table></office:spreadsheet></office:body></office:document-content>";

fn open_documents(add: Add<'_>) {
    let number = "office:value-type=\"float\" office:value=\"1\"";
    // A library that waits for the end of the table waits for ever.
    add(
        "cut-short.ods",
        open_document("<table:table-row><table:table-cell/>"),
        "corrupt-workbook",
    );
    add(
        "repeated.ods",
        open_document(&format!(
            "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\" {number}/></table:table-row>{END}"
        )),
        "workbook-too-big",
    );
    add(
        "far-cells.ods",
        open_document(&format!(
            "<table:table-row><table:table-cell {number}/></table:table-row><table:table-row table:number-rows-repeated=\"1048574\"><table:table-cell/></table:table-row><table:table-row><table:table-cell table:number-columns-repeated=\"16383\"/><table:table-cell {number}/></table:table-row>{END}"
        )),
        "no-known-sheet",
    );
    let text = noise(200_000);
    add(
        "same-text.ods",
        open_document(&format!(
            "<table:table-row table:number-rows-repeated=\"9999\"><table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell></table:table-row>{END}"
        )),
        "workbook-too-big",
    );
    add(
        "spaces.ods",
        open_document(&format!(
            "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>a{}b</text:p></table:table-cell></table:table-row>{END}",
            "<text:s text:c=\"4000000000\"/>".repeat(1000)
        )),
        "no-known-sheet",
    );
    add(
        "deep.ods",
        open_document(&"<table:table-row-group>".repeat(100_000)),
        "corrupt-workbook",
    );
    add(
        "doctype.ods",
        packed_open_document(b"<!DOCTYPE x [<!ENTITY a 'b'>]><office:document-content/>"),
        "corrupt-workbook",
    );
    add(
        "bomb.ods",
        packed_open_document(&vec![b' '; 70 << 20]),
        "workbook-too-big",
    );
    add(
        "not-utf-8.ods",
        packed_open_document(b"<office:document-content>\xFF</office:document-content>"),
        "corrupt-workbook",
    );
}
