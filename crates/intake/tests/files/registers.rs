//! Registers kept as CSV, with and without a mapping of the agency's own column names.

use intake::{Hints, Limits, Mapping, Unreadable, read};
use rulebook::{Origin, Submission};

use crate::project;

const REGISTER: &str = "\
DANH MỤC HỆ THỐNG;;;;\r
Mã;Tên hệ thống;Giai đoạn;Ngày bắt đầu;Ghi chú\r
app-1;\"Quản lý; văn bản \"\"mới\"\"\";Đang vận hành;15/01/2026;x\r
;;;;\r
app-2;Một cửa;đang chạy;hôm qua;\r
";

fn read_csv<'b>(bytes: &'b [u8], mapping: Option<&Mapping>) -> Result<Submission<'b>, Unreadable> {
    let catalogue = project::catalogue();
    let hints = Hints {
        catalogue: Some(&catalogue),
        mapping,
        ..Hints::file("danh-muc.csv")
    };
    read(bytes, &hints, &Limits::default())
}

fn place(submission: &Submission<'_>, pointer: &str) -> (String, Option<u32>, Option<u32>) {
    let (node, _) = submission.root.pointer(pointer).unwrap();
    let place = submission.place(node);
    (
        node.as_str().unwrap_or("?").to_owned(),
        place.line,
        place.column,
    )
}

#[test]
fn a_register_is_read_with_line_and_column() {
    let submission = read_csv(REGISTER.as_bytes(), None).unwrap();
    assert_eq!(
        submission.root.get("applications").unwrap().items().len(),
        2
    );
    for (pointer, text, line, column) in [
        ("/applications/0/id", "app-1", 3, 1),
        ("/applications/0/name/vi", "Quản lý; văn bản \"mới\"", 3, 7),
        ("/applications/0/lifecycle", "operating", 3, 34),
        ("/applications/0/start", "2026-01-15", 3, 48),
        ("/applications/1/name/vi", "Một cửa", 5, 7),
        ("/applications/1/start", "hôm qua", 5, 25),
    ] {
        assert_eq!(
            place(&submission, pointer),
            (text.into(), Some(line), Some(column)),
            "{pointer}"
        );
    }
    let mut notes: Vec<_> = submission.notes.iter().map(|note| note.code).collect();
    notes.sort_unstable();
    // Without a sheet name the list of systems is a guess, and said to be one.
    assert_eq!(notes, ["column-not-read", "sheet-guessed"]);
}

#[test]
fn a_mapping_says_what_own_columns_and_words_mean() {
    let mapping = Mapping::parse(
        "section: platforms\ncolumns:\n  \"Tên phần mềm\": name.vi\n  \"Ghi chú\": null\n  Ky hieu: id\nvalues:\n  lifecycle: {\"Đang chạy\": operating}\n".as_bytes(),
        "mapping.yaml",
    )
    .unwrap();
    let register = "Ký hiệu,Tên phần mềm,Giai đoạn,Ghi chú\np1,LGSP,đang  chạy,ok\n";
    let submission = read_csv(register.as_bytes(), Some(&mapping)).unwrap();
    assert_eq!(place(&submission, "/platforms/0/id").0, "p1");
    assert_eq!(place(&submission, "/platforms/0/name/vi").0, "LGSP");
    assert_eq!(place(&submission, "/platforms/0/lifecycle").0, "operating");
    assert_eq!(submission.notes, []);
}

#[test]
fn a_mapping_names_sheets_single_lists_and_the_words_of_cells_with_several() {
    let mapping = Mapping::parse(
        "sheets: {danh-muc: infrastructure, nhap: null}\ncolumns:\n  Nơi: infrastructure[].owner_unit\n  Mã CN: functions\nvalues:\n  infrastructure[].functions: {Máy chủ: dc.agency-server-room, Mạng: net.agency-lan}\n".as_bytes(),
        "mapping.yaml",
    )
    .unwrap();
    let register = "Mã,Nơi,Mã CN\ni1,Sở A,máy chủ; MẠNG; khác\n";
    let submission = read_csv(register.as_bytes(), Some(&mapping)).unwrap();
    assert_eq!(place(&submission, "/infrastructure/0/owner_unit").0, "Sở A");
    for (index, word) in ["dc.agency-server-room", "net.agency-lan", "khác"]
        .iter()
        .enumerate()
    {
        let pointer = format!("/infrastructure/0/functions/{index}");
        assert_eq!(place(&submission, &pointer).0, *word);
    }
    let left_out = Mapping::parse(b"sheets: {danh-muc: null}", "mapping.yaml").unwrap();
    let nothing = read_csv(register.as_bytes(), Some(&left_out)).unwrap_err();
    assert_eq!(nothing.code(), "no-known-column");
}

#[test]
fn a_mapping_that_says_nothing_clear_is_refused_with_what_would_be_right() {
    for (text, code, place, hint) in [
        ("columns: [a]", "mapping-wrong-type", "1:10", "columns:"),
        ("columns: {A: 3}", "mapping-wrong-type", "1:14", "null"),
        ("- a", "mapping-wrong-type", "1:1", "columns:"),
        (
            "columns: {Tên: name.vi, ten: id}",
            "mapping-said-twice",
            "1:30",
            "keep one",
        ),
        (
            "columns: {A: ten he thong}",
            "mapping-unknown-field",
            "1:14",
            "name.vi",
        ),
        (
            "columns: {A: qqq}",
            "mapping-unknown-field",
            "1:14",
            "/schema/submission.json",
        ),
        (
            "values: {lifecycle: {A: run}}",
            "mapping-unknown-value",
            "1:25",
            "operating",
        ),
        (
            "values: {tuổi: {A: run}}",
            "mapping-unknown-field",
            "1:16",
            "schema",
        ),
        ("section: [a", "mapping-unreadable", "1:", ""),
        ("a: 1\na: 2", "mapping-unreadable", "2:1", "keep one"),
    ] {
        let faults = Mapping::parse(text.as_bytes(), "m.yaml").unwrap_err();
        let fault = &faults[0];
        assert_eq!(fault.code, code, "{text}");
        assert!(
            fault.to_string().starts_with(&format!("m.yaml:{place}")),
            "{text}: {fault}"
        );
        let said = fault.hint.as_ref().unwrap();
        assert!(
            said.en.contains(hint) && !said.vi.is_empty(),
            "{text}: {}",
            said.en
        );
    }
    for text in [
        "",
        "columns:\n",
        "values: {lifecycle: {A: Đang vận hành}, public_facing: {Có: true, K: false}}",
    ] {
        let parsed = Mapping::parse(text.as_bytes(), "m.yaml");
        assert_eq!(parsed.is_ok(), !text.is_empty(), "{text}: {parsed:?}");
    }
}

#[test]
fn faults_of_a_mapping_are_told_all_at_once_with_their_places() {
    let faults = Mapping::parse(
        "section: systems\ncolumns: {A: name.vi, B: ten}\nelements: {Node: hạ tầng}\nmore: 1\n"
            .as_bytes(),
        "mapping.yaml",
    )
    .unwrap_err();
    let found: Vec<_> = faults
        .iter()
        .map(|fault| (fault.code, fault.to_string()))
        .collect();
    assert_eq!(
        found,
        [
            ("mapping-unknown-section", "mapping.yaml:1:10".to_owned()),
            ("mapping-unknown-field", "mapping.yaml:2:26".to_owned()),
            ("mapping-unknown-section", "mapping.yaml:3:18".to_owned()),
            ("mapping-unknown-key", "mapping.yaml:4:7".to_owned()),
        ]
    );
}

#[test]
fn encodings_separators_and_faults_of_registers() {
    let utf16: Vec<u8> = std::iter::once(0xFEFF)
        .chain("Mã\tTên hệ thống\tCách có\napp\tMột cửa\tThuê dịch vụ\n".encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let submission = read_csv(&utf16, None).unwrap();
    assert_eq!(
        place(&submission, "/applications/0/sourcing"),
        ("rented".into(), Some(2), Some(13))
    );
    assert!(
        submission
            .notes
            .iter()
            .any(|note| note.code == "decoded-utf-16")
    );

    let windows_1258 = b"sep=;\nMa\xDE;T\xEAn h\xEA\xF2 th\xF4\xECng;Ca\xECch co\xEC\napp;M\xF4\xF2t c\xFD\xD2a;Thu\xEA di\xF2ch vu\xF2\n";
    let submission = read_csv(windows_1258, None).unwrap();
    assert_eq!(place(&submission, "/applications/0/name/vi").0, "Một cửa");
    assert_eq!(place(&submission, "/applications/0/sourcing").0, "rented");

    let unknown = read_csv("Họ tên,Lương\nA,1\n".as_bytes(), None).unwrap_err();
    assert_eq!(unknown.code(), "no-known-column");
    assert!(unknown.message().vi.contains("«Họ tên», «Lương»"));
    let unclosed = read_csv("Mã,Tên hệ thống\n\"app,1\n".as_bytes(), None).unwrap_err();
    assert_eq!(
        (unclosed.code(), unclosed.place().line),
        ("syntax", Some(2))
    );
    let limits = Limits {
        cells: 5,
        ..Limits::default()
    };
    let many = read(b"a,b\nc,d\ne,f\n", &Hints::file("a.csv"), &limits).unwrap_err();
    assert_eq!(many.code(), "too-many-values");
    let Origin::Text(_) = submission.origin else {
        panic!()
    };
}
