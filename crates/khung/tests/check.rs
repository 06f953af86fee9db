//! `khung check` as it is typed: many files at once, own names, results in a folder.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use framework::Locale;
use intake::{Hints, Limits, OutputFormat};
use serde_json::Value;

fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn khung(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_khung"))
        .arg("--root")
        .arg(project())
        .args(["--lang", "en"])
        .args(arguments)
        .output()
        .unwrap()
}

fn json(output: &Output) -> Value {
    let said = String::from_utf8_lossy(&output.stderr);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|fault| panic!("{fault}: {said}"))
}

fn sample(name: &str) -> String {
    fs::read_to_string(project().join(format!("rules/samples/sample-{name}.yaml"))).unwrap()
}

/// A sample in another format; labels come from codes alone, without the catalogue.
fn converted(yaml: &str, format: OutputFormat) -> Vec<u8> {
    let submission =
        intake::read(yaml.as_bytes(), &Hints::file("a.yaml"), &Limits::default()).unwrap();
    let catalogue = framework::Catalogue::default();
    intake::convert(&submission.root, format, &catalogue, Locale::Vi).unwrap()
}

const MODEL: &str = "<model xmlns=\"http://www.opengroup.org/xsd/archimate/3.0/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" identifier=\"m\"><name>M</name><elements><element identifier=\"a\" xsi:type=\"ApplicationComponent\"><name xml:lang=\"vi\">Một cửa</name></element></elements></model>";
const REGISTER: &str = "Mã;Tên hệ thống;Giai đoạn\napp-1;Một cửa;Đang vận hành\n";

/// Ten files that are no submission, each for another reason.
fn broken() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("cut.yaml", b"agency: {name: [\n".to_vec()),
        ("twice.json", br#"{"agency": 1, "agency": 2}"#.to_vec()),
        ("hỏng.xlsx", b"PK\x03\x04xl/workbook.xml".to_vec()),
        (
            "hỏng.ods",
            b"PK\x03\x04\x14\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet".to_vec(),
        ),
        (
            "doctype.xml",
            MODEL
                .replace("<model", "<!DOCTYPE model []><model")
                .into_bytes(),
        ),
        ("scan.xlsx", b"%PDF-1.7 1 0 obj".to_vec()),
        (
            "font.csv",
            b"M\xB7;T\xAAn h\xD6 th\xE8ng\napp;Qu\xB6n l\xFD v\xA8n b\xB6n".to_vec(),
        ),
        ("empty.yaml", Vec::new()),
        (
            "model.archimate",
            b"<archimate:model xmlns:archimate=\"http://www.archimatetool.com/archimate\"/>"
                .to_vec(),
        ),
        ("old.XLS", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec()),
    ]
}

#[test]
fn among_many_files_each_broken_one_is_told_and_none_stops_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    let yaml = sample("party");
    let (as_json, as_xlsx) = (
        converted(&yaml, OutputFormat::Json),
        converted(&yaml, OutputFormat::Xlsx),
    );
    for number in 0..8 {
        write(&format!("a/{number:02}.yaml"), yaml.as_bytes());
        write(&format!("a/{number:02}.json"), &as_json);
        write(&format!("b/c/{number:02}.xlsx"), &as_xlsx);
        write(&format!("b/{number:02}.xml"), MODEL.as_bytes());
        write(&format!("{number:02}.csv"), REGISTER.as_bytes());
    }
    for (name, bytes) in broken() {
        write(&format!("broken/{name}"), &bytes);
    }
    // Neither hidden files nor those of an open workbook nor attachments are submissions.
    write(".git/x.yaml", b"a: 1");
    write("~$00.xlsx", b"x");
    write("thuyet-minh.docx", b"x");
    let shown = folder.path().to_string_lossy();
    let output = khung(&[
        "check",
        &shown,
        "--summary",
        "--format",
        "json",
        "--date",
        "2026-03-31",
    ]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("1 files of other formats"), "{said}");
    let summary = json(&output);
    assert_eq!(summary["files"], 50);
    assert_eq!(summary["verdicts"]["unusable"], 10);
    let rows = summary["rows"].as_array().unwrap();
    for row in rows {
        let file = row["file"].as_str().unwrap();
        let is_broken = file.contains("/broken/");
        assert_eq!(row["verdict"] == "unusable", is_broken, "{file}");
        assert_eq!(row["reason"].is_object(), is_broken, "{file}");
    }
    let names: Vec<&str> = rows
        .iter()
        .map(|row| row["file"].as_str().unwrap())
        .collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    assert_eq!(names, sorted, "the order is that of the names");
    let text = khung(&["check", &shown, "--summary", "--date", "2026-03-31"]);
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(text.contains("Checked 50 submissions."), "{text}");
    for (name, _) in broken() {
        assert_eq!(text.matches(name).count(), 1, "{name}");
    }
}

#[test]
fn a_folder_without_submissions_is_no_success() {
    let folder = tempfile::tempdir().unwrap();
    let output = khung(&["check", &folder.path().to_string_lossy()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no submission in this folder"));
}

#[test]
fn a_mapping_file_names_the_agencys_own_columns_or_says_what_is_wrong_with_itself() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (register, good, bad) = (path("DS phần mềm.csv"), path("good.yaml"), path("bad.yaml"));
    fs::write(&register, "Ký hiệu;Phần mềm;Tình hình\np1;LGSP;đang chạy\n").unwrap();
    fs::write(&good, "sheets: {DS phần mềm: platforms}\ncolumns: {Ký hiệu: id, Phần mềm: name.vi, Tình hình: lifecycle}\nvalues: {lifecycle: {Đang chạy: operating}}\n").unwrap();
    fs::write(&bad, "columns:\n  Phần mềm: ten\n").unwrap();

    let without = khung(&["check", &register, "--format", "json"]);
    assert_eq!(json(&without)["verdict"], "unusable");
    let converted = path("ho-so.json");
    let with = khung(&["convert", &register, &converted, "--mapping", &good]);
    assert_eq!(with.status.code(), Some(0), "{with:?}");
    let submission: Value = serde_json::from_slice(&fs::read(&converted).unwrap()).unwrap();
    assert_eq!(
        submission["platforms"][0],
        serde_json::json!({"id": "p1", "name": {"vi": "LGSP"}, "lifecycle": "operating"})
    );
    let checked = khung(&["check", &register, "--mapping", &good, "--format", "json"]);
    assert_ne!(json(&checked)["verdict"], "unusable");

    let refused = khung(&["check", &register, "--mapping", &bad]);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8_lossy(&refused.stderr);
    for words in [
        "bad.yaml:2:13: error",
        "no field “ten”",
        "Did you mean",
        "Mẫu hồ sơ không có trường",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    let missing = khung(&["check", &register, "--mapping", "/nowhere.yaml"]);
    assert_eq!(missing.status.code(), Some(2));
}

#[test]
fn results_go_into_a_folder_one_by_one() {
    let folder = tempfile::tempdir().unwrap();
    let results = format!("{}/", folder.path().join("kết quả").display());
    let samples = project().join("rules/samples");
    let samples: Vec<String> = ["ministry", "party"]
        .map(|name| {
            samples
                .join(format!("sample-{name}.yaml"))
                .to_string_lossy()
                .into_owned()
        })
        .into();
    let output = khung(&[
        "check",
        &samples[0],
        &samples[1],
        &samples[1],
        "--format",
        "docx",
        "--output",
        &results,
        "--fail-on",
        "never",
    ]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let mut names: Vec<String> = fs::read_dir(&results)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "sample-ministry.docx",
            "sample-party-2.docx",
            "sample-party.docx"
        ]
    );
    let first = fs::read(Path::new(&results).join("sample-party.docx")).unwrap();
    assert!(first.starts_with(b"PK"));
    let several = khung(&["check", &samples[0], &samples[1], "--format", "docx"]);
    assert_eq!(several.status.code(), Some(2));
}

#[test]
fn a_result_is_never_written_over_a_file_to_be_checked() {
    let folder = tempfile::tempdir().unwrap();
    let sample = project().join("rules/samples/sample-party.yaml");
    let (one, other) = (folder.path().join("a.yaml"), folder.path().join("b.yaml"));
    for file in [&one, &other] {
        fs::copy(&sample, file).unwrap();
    }
    let (one_name, other_name) = (one.to_string_lossy(), other.to_string_lossy());
    let same = folder.path().join(".").join("b.yaml");
    for inputs in [vec![&*other_name], vec![&*one_name, &*other_name]] {
        let format = ["--format", "html", "--output", same.to_str().unwrap()];
        let output = khung(&[&["check"], &*inputs, &format].concat());
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert_eq!(fs::read(&other).unwrap(), fs::read(&sample).unwrap());
    }
}

#[test]
fn many_reports_in_one_document_are_those_of_each_file() {
    let samples = project().join("rules/samples");
    let file = |name: &str| {
        samples
            .join(format!("sample-{name}.yaml"))
            .to_string_lossy()
            .into_owned()
    };
    let (first, second) = (file("ministry"), file("party"));
    let date = ["--date", "2026-03-31", "--format"];
    let of = |files: &[&str], format: &str| {
        let mut arguments = vec!["check"];
        arguments.extend(files);
        arguments.extend(date);
        arguments.push(format);
        String::from_utf8(khung(&arguments).stdout).unwrap()
    };
    let parse = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let both = parse(&of(&[&first, &second], "json"));
    let each = [
        parse(&of(&[&first], "json")),
        parse(&of(&[&second], "json")),
    ];
    assert_eq!(both.as_array().unwrap().as_slice(), each);
    for (format, head) in [("text", 0), ("csv", 1), ("github", 0)] {
        let (one, other) = (of(&[&first], format), of(&[&second], format));
        let between = if format == "text" { "\n" } else { "" };
        let other: String = other.split_inclusive('\n').skip(head).collect();
        assert_eq!(
            of(&[&first, &second], format),
            format!("{one}{between}{other}"),
            "{format}"
        );
    }
}

#[test]
fn a_required_cell_left_empty_is_one_finding_at_that_cell() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ho-so.xlsx");
    let whole = sample("province");
    // The first owner in the file is that of the process bp-doc.
    let owner = whole.split("owner_unit: ").nth(1).unwrap();
    let owner = owner.split_inclusive("\", ").next().unwrap();
    let yaml = whole.replacen(&format!("owner_unit: {owner}"), "", 1);
    assert_ne!(yaml, whole);
    fs::write(&file, converted(&yaml, OutputFormat::Xlsx)).unwrap();
    let output = khung(&[
        "check",
        &file.to_string_lossy(),
        "--format",
        "json",
        "--date",
        "2026-03-31",
    ]);
    let report = json(&output);
    let empty: Vec<&Value> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["rule"] == "form-missing-field")
        .collect();
    let [finding] = empty.as_slice() else {
        panic!("one finding for one empty cell: {empty:#?}")
    };
    let location = &finding["location"];
    assert_eq!(location["record"], "bp-doc");
    assert_eq!(location["sheet"], "2_Nghiep_vu");
    assert_eq!(location["header"], "Đơn vị chủ trì");
    assert_eq!(location["cell"], "D4");
}
