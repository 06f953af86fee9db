//! Writes the corpus of nasty files for the fuzzers, and says what each answer takes:
//! `cargo run --release -p intake --example nasty_corpus -- fuzz/corpus`.
#![expect(
    clippy::print_stdout,
    reason = "a tool for developers says what it does"
)]

#[path = "../tests/files/nasty/mod.rs"]
mod nasty;

use std::{env, fs, path::Path, time::Instant};

use intake::{Hints, Limits, Unreadable, read};

fn main() -> std::io::Result<()> {
    let folder = env::args().nth(1);
    for nasty::Nasty {
        name,
        bytes,
        answer,
    } in nasty::corpus()
    {
        let start = Instant::now();
        let result = read(&bytes, &Hints::file(name), &Limits::default());
        let got = result.as_ref().map_or_else(Unreadable::code, |_| "read");
        let took = start.elapsed().as_millis();
        println!(
            "{name:28} {:>9} bytes  {took:>5} ms  {got} ({answer} expected)",
            bytes.len()
        );
        if let Some(folder) = &folder {
            let target = match name.rsplit_once('.') {
                Some((_, "yaml" | "json")) => "text",
                Some((_, "xml")) => "archimate",
                Some((_, "csv")) => "register",
                _ => "workbook",
            };
            let folder = Path::new(folder).join(target);
            fs::create_dir_all(&folder)?;
            // What is large is slow to mutate; the fuzzers find large things by themselves.
            if bytes.len() < 64 << 10 {
                fs::write(folder.join(name), &bytes)?;
            }
        }
    }
    for (target, name, text) in ORDINARY {
        if let Some(folder) = &folder {
            let folder = Path::new(folder).join(target);
            fs::create_dir_all(&folder)?;
            fs::write(folder.join(name), text)?;
        }
    }
    Ok(())
}

/// What a fuzzer would take long to come upon: a little of everything that is read, in order.
const ORDINARY: [(&str, &str, &str); 6] = [
    (
        "sheet",
        "rows",
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\"><is><t>Tên hệ thống</t></is></c><c r=\"C1\" t=\"str\"><v>Ngày bắt đầu</v></c></row><row r=\"3\"><c r=\"A3\" t=\"s\"><v>1</v></c><c r=\"B3\"><f>1+1</f><v>46387</v></c><c r=\"C3\" t=\"e\"><v>#REF!</v></c><c r=\"D3\" t=\"b\"><v>1</v></c><c r=\"E3\" t=\"d\"><v>2026-12-31</v></c></row>\0<si><t>Mã</t></si><si><r><t>app</t></r><r><t xml:space=\"preserve\"> 1</t></r></si>",
    ),
    (
        "sheet",
        "paths",
        "<row r=\"1\"><c t=\"inlineStr\"><is><t>applications[].id</t></is></c><c t=\"inlineStr\"><is><t>applications[].functions</t></is></c></row><row><c t=\"inlineStr\"><is><t>a</t></is></c><c t=\"inlineStr\"><is><t>a; b\n-</t></is></c></row>",
    ),
    (
        "open_document",
        "rows",
        "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>Mã</text:p></table:table-cell><table:table-cell office:value-type=\"string\"><text:p>Tên<text:s text:c=\"2\"/>hệ thống</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated=\"2\"><table:table-cell office:value-type=\"float\" office:value=\"1\"/><table:table-cell table:number-columns-repeated=\"3\" office:value-type=\"date\" office:date-value=\"2026-12-31\"/><table:covered-table-cell/></table:table-row>",
    ),
    (
        "archimate",
        "model",
        "<properties><property propertyDefinitionRef=\"p\"><value>province</value></property></properties><elements><element identifier=\"a\" xsi:type=\"ApplicationComponent\"><name xml:lang=\"vi\">A</name><properties><property propertyDefinitionRef=\"q\"><value xml:lang=\"vi\">x</value></property></properties></element><element identifier=\"b\" xsi:type=\"Node\"><name>B</name></element></elements><relationships><relationship identifier=\"r\" source=\"b\" target=\"a\" xsi:type=\"Serving\"/><relationship identifier=\"f\" source=\"a\" target=\"b\" xsi:type=\"Flow\"/></relationships><propertyDefinitions><propertyDefinition identifier=\"p\" type=\"string\"><name>agency.level</name></propertyDefinition><propertyDefinition identifier=\"q\"><name>lifecycle</name></propertyDefinition></propertyDefinitions><views/>",
    ),
    (
        "register",
        "mapping",
        "section: applications\nsheets: {a: platforms}\ncolumns: {A: name.vi, B: null}\nelements: {Node: null}\nvalues: {lifecycle: {x: operating}}\n",
    ),
    (
        "text",
        "submission.yaml",
        "agency: {name: {vi: \"A\"}, level: province, staff: 1_000, code: no}\napplications:\n  - id: a\n    start: 2026-12-31\n    functions: [x, 0o17, 1.10, ~]\n    name: |\n      hai\n      dòng\n",
    ),
];
