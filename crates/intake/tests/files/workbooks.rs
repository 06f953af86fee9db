//! Workbooks as agencies fill them in, and as nobody should.

use std::{
    io::{Cursor, Write},
    time::{Duration, Instant},
};

use intake::{Foreign, Hints, Limits, Unreadable, WorkbookBound, read};
use rulebook::{CellPlace, Origin, Submission};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::project;

type Fill = fn(&mut Worksheet) -> Result<(), XlsxError>;

fn workbook(sheets: &[(&str, Fill)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, fill) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).unwrap();
        fill(sheet).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

fn reading(bytes: &[u8]) -> Submission<'static> {
    let catalogue = project::catalogue();
    let hints = Hints {
        catalogue: Some(&catalogue),
        ..Hints::file("a.xlsx")
    };
    let submission = read(bytes, &hints, &Limits::default()).unwrap();
    intake::owned(submission)
}

/// The text at a pointer, with sheet, cell and header.
fn found<'s>(submission: &'s Submission<'_>, pointer: &str) -> (String, &'s CellPlace) {
    let (node, _) = submission
        .root
        .pointer(pointer)
        .unwrap_or_else(|| panic!("nothing at {pointer}"));
    let Origin::Cells(cells) = &submission.origin else {
        panic!()
    };
    let cells = &cells.filled;
    let text = match &node.kind {
        rulebook::Kind::String(text) => text.to_string(),
        rulebook::Kind::Array(items) => items
            .iter()
            .map(|item| item.as_str().unwrap_or("?"))
            .collect::<Vec<_>>()
            .join("|"),
        other => format!("{other:?}"),
    };
    (text, &cells[node.at as usize])
}

fn messy(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let title = Format::new().set_bold();
    sheet.merge_range(0, 0, 0, 5, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", &title)?;
    sheet.merge_range(1, 0, 1, 5, "DANH MỤC HỆ THỐNG CỦA SỞ", &title)?;
    for (column, header) in [
        "STT",
        "Giai đoạn",
        "TÊN HỆ THỐNG *",
        "Ghi chú của Sở",
        "Ma",
        "Public-facing",
        "Start",
        "Ngày kết thúc",
        "Mã chức năng",
        "Cấp độ an toàn",
        "Dùng thành phần dùng chung",
        "Nơi đặt",
    ]
    .iter()
    .enumerate()
    {
        sheet.write_string(4, u16::try_from(column).unwrap(), *header)?;
    }
    let day = Format::new().set_num_format("dd/mm/yyyy");
    // A first record, then two empty rows, then a second one.
    sheet.write_number(5, 0, 1)?;
    sheet.write_string(5, 1, "Đang vận hành\u{A0}")?;
    sheet.write_string(5, 2, "Quản lý văn bản")?;
    sheet.write_string(5, 3, "của nhà cung cấp A")?;
    sheet.write_string(5, 4, " app-qlvb ")?;
    sheet.write_string(5, 5, "x")?;
    sheet.write_datetime_with_format(5, 6, &ExcelDateTime::from_ymd(2026, 1, 15)?, &day)?;
    sheet.write_string(5, 7, "31/12/2026")?;
    sheet.write_string(5, 8, "Quản lý văn bản của cơ quan, sector.moi-truong")?;
    sheet.write_string(5, 9, "3")?;
    sheet.write_string(8, 1, "đang chạy thử")?;
    sheet.write_string(8, 4, "app-hai")?;
    sheet.write_string(8, 5, "không")?;
    sheet.write_number(8, 6, 46_037)?;
    sheet.write_string(8, 7, "cuối năm")?;
    sheet.write_string(8, 9, "cao")?;
    sheet.write_string(8, 10, "NT-4")?;
    sheet.write_string(8, 11, "Do đơn vị cung cấp đặt")?;
    Ok(())
}

#[test]
fn a_list_kept_their_own_way_is_read_with_sheet_cell_and_header() {
    let submission = reading(&workbook(&[("Ứng dụng", messy)]));
    let records = submission.root.get("applications").unwrap().items();
    assert_eq!(records.len(), 2);
    for (pointer, value, cell, header) in [
        ("/applications/0/id", "app-qlvb", "E6", "Ma"),
        (
            "/applications/0/name/vi",
            "Quản lý văn bản",
            "C6",
            "TÊN HỆ THỐNG",
        ),
        ("/applications/0/lifecycle", "operating", "B6", "Giai đoạn"),
        (
            "/applications/0/public_facing",
            "Bool(true)",
            "F6",
            "Public-facing",
        ),
        ("/applications/0/start", "2026-01-15", "G6", "Start"),
        ("/applications/0/end", "2026-12-31", "H6", "Ngày kết thúc"),
        (
            "/applications/0/functions",
            "doc.agency-document-management|sector.moi-truong",
            "I6",
            "Mã chức năng",
        ),
        (
            "/applications/0/security_level",
            "Number(Unsigned(3))",
            "J6",
            "Cấp độ an toàn",
        ),
        (
            "/applications/1/lifecycle",
            "đang chạy thử",
            "B9",
            "Giai đoạn",
        ),
        (
            "/applications/1/public_facing",
            "Bool(false)",
            "F9",
            "Public-facing",
        ),
        ("/applications/1/start", "2026-01-15", "G9", "Start"),
        ("/applications/1/end", "cuối năm", "H9", "Ngày kết thúc"),
        (
            "/applications/1/security_level",
            "cao",
            "J9",
            "Cấp độ an toàn",
        ),
        (
            "/applications/1/component_ref",
            "national-personnel-management-platform",
            "K9",
            "Dùng thành phần dùng chung",
        ),
        ("/applications/1/hosting", "provider", "L9", "Nơi đặt"),
    ] {
        let (text, place) = found(&submission, pointer);
        assert_eq!(
            (text.as_str(), place.cell.as_str(), place.header.as_deref()),
            (value, cell, Some(header)),
            "{pointer}"
        );
        assert_eq!(place.sheet, "Ứng dụng");
    }
    // A wrong cell costs one remark, an unknown column one; the file lives on.
    let Origin::Cells(cells) = &submission.origin else {
        panic!()
    };
    let cells = &cells.filled;
    let mut notes: Vec<_> = submission
        .notes
        .iter()
        .map(|note| (note.code, cells[note.at as usize].cell.as_str()))
        .collect();
    notes.sort_unstable();
    assert_eq!(
        notes,
        [("cell-serial-date", "G9"), ("column-not-read", "D5"),]
    );
}

#[test]
fn a_form_filled_in_without_the_hidden_column_is_read_by_its_labels() {
    let submission = reading(&workbook(&[
        ("Thông tin chung", |sheet| {
            for (row, (label, value)) in [
                ("THÔNG TIN CHUNG", ""),
                ("Tên cơ quan (tiếng Việt) *", "UBND tỉnh Sông Mẫu"),
                ("Cấp cơ quan", "Tỉnh, thành phố"),
                ("Number of communes", "102"),
                ("Phiên bản khung", "2.0"),
                ("Ngày lập", "25/03/2026"),
            ]
            .iter()
            .enumerate()
            {
                let row = u32::try_from(row).unwrap();
                sheet.write_string(row, 0, *label)?;
                sheet.write_string(row, 1, *value)?;
            }
            Ok(())
        }),
        ("Ghi chép riêng", |sheet| {
            sheet.write_string(3, 3, "không liên quan").map(|_| ())
        }),
    ]));
    for (pointer, value, cell) in [
        ("/agency/name/vi", "UBND tỉnh Sông Mẫu", "B2"),
        ("/agency/level", "province", "B3"),
        ("/agency/communes", "Number(Unsigned(102))", "B4"),
        ("/reference/framework_version", "2.0", "B5"),
        ("/submission/created", "2026-03-25", "B6"),
    ] {
        let (text, place) = found(&submission, pointer);
        assert_eq!(
            (text.as_str(), place.cell.as_str()),
            (value, cell),
            "{pointer}"
        );
    }
    let codes: Vec<_> = submission.notes.iter().map(|note| note.code).collect();
    assert_eq!(codes, ["sheet-not-read"]);
}

#[test]
fn copies_of_a_sheet_add_up_and_an_unnamed_list_is_guessed_aloud() {
    fn system(sheet: &mut Worksheet, id: &str) -> Result<(), XlsxError> {
        for (column, (header, value)) in (0_u16..).zip([
            ("Mã", id),
            ("Tên hệ thống", "A"),
            ("Cách có", "Tự xây dựng"),
        ]) {
            sheet.write_string(0, column, header)?;
            sheet.write_string(1, column, value)?;
        }
        Ok(())
    }
    let submission = reading(&workbook(&[
        ("4_Ung_dung", |sheet| system(sheet, "app-1")),
        ("4_Ung_dung (2)", |sheet| system(sheet, "app-2")),
        ("Sheet7", |sheet| system(sheet, "app-3")),
    ]));
    let ids: Vec<_> = submission
        .root
        .get("applications")
        .unwrap()
        .items()
        .iter()
        .map(|r| r.get("id").unwrap().as_str().unwrap())
        .collect();
    assert_eq!(ids, ["app-1", "app-2", "app-3"]);
    assert_eq!(
        submission
            .notes
            .iter()
            .map(|note| note.code)
            .collect::<Vec<_>>(),
        ["sheet-guessed"]
    );
}

#[test]
fn workbooks_of_several_departments_make_one_submission() {
    let part =
        |sheet: &'static str, fill: fn(&mut Worksheet) -> Result<(), XlsxError>, file: &str| {
            let mut submission = reading(&workbook(&[(sheet, fill)]));
            file.clone_into(&mut submission.file);
            submission
        };
    let merged = intake::merge(vec![
        part("Ứng dụng", messy, "so-noi-vu.xlsx"),
        part("Ứng dụng", messy, "so-tai-chinh.xlsx"),
    ])
    .unwrap();
    let records = merged.root.get("applications").unwrap().items();
    assert_eq!(records.len(), 4);
    let (text, place) = found(&merged, "/applications/3/id");
    assert_eq!(
        (text.as_str(), place.sheet.as_str(), place.cell.as_str()),
        ("app-hai", "so-tai-chinh.xlsx › Ứng dụng", "E9")
    );
    assert_eq!(merged.file, "so-noi-vu.xlsx + so-tai-chinh.xlsx");
    assert_eq!(merged.notes.len(), 4);

    let yaml = |text: &'static str, file| {
        read(text.as_bytes(), &Hints::file(file), &Limits::default()).unwrap()
    };
    let merged = intake::merge(vec![
        yaml(
            "agency: {level: province, staff: null}\napplications: [{id: a}]\n",
            "a.yaml",
        ),
        yaml(
            "agency:\n  level: ministry\n  staff: 3\napplications: [{id: b}]\n",
            "b.yaml",
        ),
    ])
    .unwrap();
    assert_eq!(
        merged.root.pointer("/agency/level").unwrap().0.as_str(),
        Some("province")
    );
    let (text, place) = found(&merged, "/agency/staff");
    assert_eq!(
        (text.as_str(), place.sheet.as_str(), place.cell.as_str()),
        ("Number(Unsigned(3))", "b.yaml", "3:10")
    );
    assert_eq!(
        merged
            .notes
            .iter()
            .map(|note| note.code)
            .collect::<Vec<_>>(),
        ["stated-differently"]
    );
}

#[test]
fn a_workbook_without_any_sheet_of_the_form_is_answered_with_its_sheets() {
    let bytes = workbook(&[("Bảng lương", |sheet| {
        sheet.write_string(0, 0, "Họ tên").map(|_| ())
    })]);
    let fault = read(&bytes, &Hints::default(), &Limits::default()).unwrap_err();
    assert!(fault.message().vi.contains("«Bảng lương»"));
    assert!(fault.hint().vi.contains("4_Ung_dung"));
}

// ---- Hostile workbooks -------------------------------------------------------------------------

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>"#;
const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="4_Ung_dung" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const BOOK_RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let usual: [(&str, &[u8]); 4] = [
        ("_rels/.rels", RELS.as_bytes()),
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.as_bytes()),
    ];
    let own = |name: &str| parts.iter().any(|(other, _)| *other == name);
    for (name, bytes) in usual.iter().filter(|(name, _)| !own(name)).chain(parts) {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn sheet_xml(rows: &str) -> Vec<u8> {
    format!(r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#).into_bytes()
}

fn with_sheet(rows: &str) -> Vec<u8> {
    packed(&[("xl/worksheets/sheet1.xml", &sheet_xml(rows))])
}

fn answer(bytes: &[u8]) -> Result<(), Unreadable> {
    let start = Instant::now();
    let answer = read(bytes, &Hints::default(), &Limits::default()).map(|_| ());
    // Unoptimised, on a shared machine: the bound of five seconds with room to spare.
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );
    answer
}

#[test]
fn two_cells_far_apart_cost_two_cells() {
    let far = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Mã</t></is></c><c r="B1" t="inlineStr"><is><t>Tên hệ thống</t></is></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c><c r="A1048576" t="inlineStr"><is><t>app</t></is></c></row>"#;
    let bytes = with_sheet(far);
    let submission = reading(&bytes);
    assert_eq!(found(&submission, "/applications/0/id").1.cell, "A1048576");
}

#[test]
fn bombs_are_refused_by_the_bound_they_pass() {
    let zeros = vec![b' '; 30 << 20];
    let ratio = packed(&[("xl/worksheets/sheet1.xml", &zeros)]);
    assert!(matches!(
        answer(&ratio),
        Err(Unreadable::WorkbookTooBig {
            bound: WorkbookBound::Ratio { .. }
        })
    ));
    let cells = "<c><v>1</v></c>".repeat(200_100);
    assert!(matches!(
        answer(&with_sheet(&format!("<row>{cells}</row>"))),
        Err(Unreadable::WorkbookTooBig {
            bound: WorkbookBound::Cells { limit: 200_000 } | WorkbookBound::Ratio { .. }
        })
    ));
    let limits = Limits {
        cells: 1000,
        ..Limits::default()
    };
    let few = "<c><v>1</v></c>".repeat(1001);
    assert!(matches!(
        read(
            &with_sheet(&format!("<row>{few}</row>")),
            &Hints::default(),
            &limits
        ),
        Err(Unreadable::WorkbookTooBig {
            bound: WorkbookBound::Cells { limit: 1000 }
        })
    ));
    let strings = format!("<sst>{}</sst>", "<si/>".repeat(600_000));
    let limits = Limits {
        unpacked_bytes: 1 << 20,
        ..Limits::default()
    };
    assert!(matches!(
        read(
            &packed(&[("xl/sharedStrings.xml", strings.as_bytes())]),
            &Hints::default(),
            &limits
        ),
        Err(Unreadable::WorkbookTooBig {
            bound: WorkbookBound::Unpacked { .. }
        })
    ));
    let styles = format!(
        "<styleSheet><cellXfs>{}</cellXfs></styleSheet>",
        "<xf/>".repeat(300_000)
    );
    assert!(matches!(
        answer(&packed(&[("xl/styles.xml", styles.as_bytes())])),
        Err(Unreadable::WorkbookTooBig {
            bound: WorkbookBound::Parts { .. }
        })
    ));
    let names: Vec<String> = (0..2100)
        .map(|index| format!("xl/media/{index}.bin"))
        .collect();
    let many: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), b"x".as_slice()))
        .collect();
    assert!(matches!(
        answer(&packed(&many)),
        Err(Unreadable::WorkbookTooBig {
            bound: WorkbookBound::Entries { .. }
        })
    ));
}

#[test]
fn damaged_workbooks_are_refused_not_died_of() {
    let good = workbook(&[("Ứng dụng", messy)]);
    for cut in [30, good.len() / 2, good.len() - 10] {
        assert!(matches!(
            answer(&good[..cut]),
            Err(Unreadable::CorruptWorkbook { .. } | Unreadable::Foreign(Foreign::Archive))
        ));
    }
    for rows in [
        r#"<row r="0"><c r="A0"><v>1</v></c></row>"#,
        r#"<row r="99999999999999999999"><c r="A1"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="ZZZZZZZZ1"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="A4294967295" t="s"><v>99</v></c></row>"#,
        r#"<row r="1"><c r="A1" t="s"><v>-1</v></c></row>"#,
        r#"<row r="1"><c r="A1" s="99999"><v>1e999</v></c></row>"#,
        r#"<row r="1"><c r="A1" t="d"><v>x</v></c></row>"#,
        "<row><c",
        "<row><c r=\"\"><v/></c></row>",
        "&undefined;",
    ] {
        // Refused, or read as holding nothing of ours: either way, answered.
        assert!(answer(&with_sheet(rows)).is_err(), "{rows}");
    }
    let doctype = br#"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>"#;
    assert!(answer(&packed(&[("xl/worksheets/sheet1.xml", doctype)])).is_err());
}

fn open_document(rows: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:automatic-styles/><office:body><office:spreadsheet><table:calculation-settings/><table:table table:name=\"4_Ung_dung\"><table:table-column/>{rows}<table:table-row table:number-rows-repeated=\"1048500\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    );
    zipped_open_document(&[("content.xml", &content)])
}

fn zipped_open_document(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("mimetype", stored).unwrap();
    zip.write_all(b"application/vnd.oasis.opendocument.spreadsheet")
        .unwrap();
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn row(cells: &str) -> String {
    format!("<table:table-row>{cells}</table:table-row>")
}

fn words(text: &str) -> String {
    format!(
        "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
    )
}

#[test]
fn an_open_document_spreadsheet_is_read_like_a_workbook() {
    let headers = [
        "Mã",
        "Tên hệ thống",
        "Giai đoạn",
        "Ngày bắt đầu",
        "Mã chức năng",
        "Phục vụ người dân",
    ];
    let title = "<table:table-cell table:number-columns-spanned=\"6\" office:value-type=\"string\"><text:p>DANH MỤC</text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated=\"5\"/>";
    let headers = format!(
        "<table:table-header-rows>{}</table:table-header-rows>",
        row(&headers.map(words).concat())
    );
    let first = [
        words("app<text:s text:c=\"2\"/>1"),
        words("Một &amp; <text:span>cửa</text:span></text:p><text:p>dòng hai")
            .replace("<text:p>Một", "<office:annotation><text:p>ghi chú</text:p></office:annotation><text:p>Một"),
        words("Đang vận hành"),
        "<table:table-cell office:value-type=\"date\" office:date-value=\"2026-01-15T00:00:00\"><text:p>15/01/2026</text:p></table:table-cell>".to_owned(),
        words("Họp trực tuyến"),
        "<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"><text:p>TRUE</text:p></table:table-cell>".to_owned(),
    ];
    let second = [
        "<table:table-cell office:value-type=\"float\" office:value=\"2\"><text:p>2</text:p></table:table-cell>".to_owned(),
        "<table:table-cell table:number-columns-repeated=\"2\"/>".to_owned(),
        "<table:table-cell office:value-type=\"string\" calcext:value-type=\"error\"><text:p>#REF!</text:p></table:table-cell>".to_owned(),
    ];
    let empty =
        "<table:table-row table:number-rows-repeated=\"3\"><table:table-cell/></table:table-row>";
    let bytes = open_document(
        &[
            row(title),
            headers,
            row(&first.concat()),
            empty.to_owned(),
            row(&second.concat()),
        ]
        .concat(),
    );
    let submission = reading(&bytes);
    for (pointer, text, cell, header) in [
        ("/applications/0/id", "app  1", "A3", "Mã"),
        (
            "/applications/0/name/vi",
            "Một & cửa\ndòng hai",
            "B3",
            "Tên hệ thống",
        ),
        ("/applications/0/lifecycle", "operating", "C3", "Giai đoạn"),
        ("/applications/0/start", "2026-01-15", "D3", "Ngày bắt đầu"),
        (
            "/applications/0/functions",
            "mtg.video-conferencing",
            "E3",
            "Mã chức năng",
        ),
        (
            "/applications/0/public_facing",
            "Bool(true)",
            "F3",
            "Phục vụ người dân",
        ),
        ("/applications/1/id", "2", "A7", "Mã"),
        ("/applications/1/start", "#REF!", "D7", "Ngày bắt đầu"),
    ] {
        let (found, place) = found(&submission, pointer);
        assert_eq!(
            (found.as_str(), place.cell.as_str()),
            (text, cell),
            "{pointer}"
        );
        assert_eq!(place.header.as_deref(), Some(header));
    }
    let notes: Vec<_> = submission.notes.iter().map(|note| note.code).collect();
    assert!(notes.contains(&"cell-formula-error"), "{notes:?}");
    let locked = zipped_open_document(&[
        ("META-INF/manifest.xml", "<manifest:encryption-data/>"),
        ("content.xml", "?"),
    ]);
    let locked = read(&locked, &Hints::file("a.ods"), &Limits::default());
    assert_eq!(locked.unwrap_err(), Unreadable::Foreign(Foreign::Encrypted));
}

#[test]
fn numbering_totals_and_names_of_lists_are_understood() {
    fn fill(sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.merge_range(0, 0, 0, 3, "SỞ KHOA HỌC VÀ CÔNG NGHỆ", &Format::new())?;
        for (column, header) in [(0, "STT"), (1, "Tên hệ thống"), (2, "Lifecycle"), (3, "Mã")]
        {
            sheet.write(2, column, header)?;
        }
        sheet.write(3, 0, 1)?;
        sheet.write(3, 1, "Tổng đài 1022")?;
        sheet.write(3, 2, "Đang vận hành")?;
        sheet.write(4, 0, "Tổng cộng")?;
        sheet.write(4, 1, 1)?;
        Ok(())
    }
    let submission = reading(&workbook(&[("Danh mục nền tảng số 2026", fill)]));
    let platforms = submission.root.get("platforms").unwrap().items();
    assert_eq!(platforms.len(), 1, "a total is no record");
    assert_eq!(
        found(&submission, "/platforms/0/name/vi").0,
        "Tổng đài 1022"
    );
    let notes: Vec<_> = submission.notes.iter().map(|note| note.code).collect();
    assert_eq!(notes, ["total-not-read"]);
}
