//! YAML and JSON as agencies send them: what is accepted, noted and refused, and where.

use intake::{Foreign, Hints, Limits, Unreadable, read};
use rulebook::{Kind, Number, Origin, SourceFormat, Submission};

fn yaml(text: &str) -> Result<Submission<'_>, Unreadable> {
    read(
        text.as_bytes(),
        &Hints::file("hồ-sơ.yaml"),
        &Limits::default(),
    )
}

fn at(place: &rulebook::Place) -> (u32, u32) {
    (place.line.unwrap_or(0), place.column.unwrap_or(0))
}

#[test]
fn every_value_points_into_the_file() {
    let text = "agency:\n  name: {vi: \"Sở Nội vụ\", en: null}\n  units: 16\n";
    let submission = yaml(text).unwrap();
    let Origin::Text(origin) = &submission.origin else {
        panic!()
    };
    let words = |pointer: &str| {
        let (node, key_at) = submission.root.pointer(pointer).unwrap();
        (
            &origin[node.at as usize..node.end as usize],
            key_at.unwrap(),
        )
    };
    assert_eq!(words("/agency/units").0, "16");
    assert_eq!(words("/agency/name/vi").0, "\"Sở Nội vụ\"");
    assert_eq!(words("/agency/name").0, "{vi: \"Sở Nội vụ\", en: null}");
    assert_eq!(words("/agency").0, &text[10..text.len() - 1]);
    assert_eq!(
        words("/agency/units").1 as usize,
        text.find("units").unwrap()
    );
    assert_eq!(submission.format, SourceFormat::Yaml);
    assert_eq!(submission.sha256.len(), 64);
}

#[test]
fn duplicate_keys_are_refused_with_both_places_of_each() {
    let fault = yaml("a:\n  x: 1\n  y: 2\n  x: 3\nb: 1\na: 2\n").unwrap_err();
    let faults = fault.faults();
    assert_eq!(faults.len(), 2);
    assert_eq!(at(&faults[0].place), (4, 3));
    assert_eq!(at(&faults[0].related[0].0), (2, 3));
    assert!(faults[1].message.vi.contains("«a»") && faults[1].message.vi.contains("dòng 6"));
}

#[test]
fn keys_that_differ_only_in_unicode_form_are_duplicates() {
    let nfd: String = unicode_normalization::UnicodeNormalization::nfd("tên").collect();
    let text = format!("tên: 1\n{nfd}: 2\n");
    assert_eq!(yaml(&text).unwrap_err().code(), "duplicate-key");
}

#[test]
fn aliases_merge_keys_tags_and_second_documents_are_refused_by_name() {
    for (text, code, place) in [
        ("a: &x 1\nb: *x\n", "yaml-alias", (2, 4)),
        ("a: 1\nb: *nowhere\n", "yaml-alias", (2, 4)),
        ("b:\n  <<: {a: 1}\n", "yaml-merge-key", (2, 3)),
        ("a: !!binary aGk=\n", "yaml-tag", (1, 13)),
        ("a: !env SECRET\n", "yaml-tag", (1, 9)),
        ("? [a, b]\n: 1\n", "yaml-complex-key", (1, 3)),
        ("a: 1\n---\nb: 2\n", "yaml-second-document", (2, 1)),
        ("- a\n", "not-a-record", (1, 1)),
        ("just words\n", "not-a-record", (1, 1)),
        ("a: [1, 2\nb: 3\n", "syntax", (2, 2)),
        ("a:\n\tb: 1\n", "syntax", (2, 2)),
        ("a: \"b\n", "syntax", (1, 4)),
    ] {
        let fault = yaml(text).unwrap_err();
        assert_eq!(fault.code(), code, "{text}");
        assert_eq!(at(&fault.place()), place, "{text}");
        assert!(!fault.hint().vi.is_empty() && !fault.hint().en.is_empty());
    }
    assert!(yaml("\"<<\": 1\n").is_ok());
    assert!(yaml("--- # one\na: !!str 1\n...\n").is_ok());
}

#[test]
fn depth_nodes_records_and_bytes_are_bounded() {
    let limits = Limits {
        nodes: 50,
        records: 3,
        bytes: 10_000,
        ..Limits::default()
    };
    let code = |text: &str| {
        read(text.as_bytes(), &Hints::file("a.yaml"), &limits)
            .map(|_| ())
            .map_err(|fault| fault.code())
    };
    let nested = |depth: usize| format!("a: {}{}", "[".repeat(depth), "]".repeat(depth));
    let generous = Limits::default();
    let read_nested = |depth| {
        read(nested(depth).as_bytes(), &Hints::file("a.yaml"), &generous)
            .map(|_| ())
            .map_err(|fault| fault.code())
    };
    assert_eq!(read_nested(127), Ok(()));
    assert_eq!(read_nested(128), Err("nesting-too-deep"));
    assert_eq!(read_nested(4000), Err("nesting-too-deep"));
    assert_eq!(
        code(&format!("a: [{}]", "1,".repeat(60))).unwrap_err(),
        "too-many-values"
    );
    assert_eq!(
        code("a: [{b: 1}, {b: 1}, {b: 1}, {b: 1}]").unwrap_err(),
        "too-many-records"
    );
    assert_eq!(code(&"#".repeat(20_000)).unwrap_err(), "file-too-large");
}

#[test]
fn decomposed_text_is_composed_with_one_note_and_true_places() {
    let nfd: String = unicode_normalization::UnicodeNormalization::nfd("Sở Nội vụ").collect();
    let text = format!("agency: {{name: \"{nfd}\", units: 3}}\n");
    let submission = yaml(&text).unwrap();
    let name = submission.root.pointer("/agency/name").unwrap().0;
    assert_eq!(name.as_str(), Some("Sở Nội vụ"));
    let units = submission.root.pointer("/agency/units").unwrap().0;
    assert_eq!(&text[units.at as usize..units.end as usize], "3");
    assert_eq!(submission.notes.len(), 1);
    assert_eq!(submission.notes[0].code, "nfd-normalised");
}

#[test]
fn surprises_are_notes_with_their_place_and_nothing_is_rounded() {
    let text = "a: no\nb: 1.10\nc: 0123\nd: 99999999999999999999\n";
    let submission = yaml(text).unwrap();
    let codes: Vec<_> = submission
        .notes
        .iter()
        .map(|note| (note.code, note.at))
        .collect();
    assert_eq!(
        codes,
        [
            ("yaml-text-not-boolean", 3),
            ("yaml-trailing-zero", 9),
            ("yaml-leading-zero", 17),
            ("number-kept-as-text", 25)
        ]
    );
    assert_eq!(submission.root.get("c").unwrap().as_str(), Some("0123"));
    assert_eq!(
        submission.root.get("d").unwrap().as_str(),
        Some("99999999999999999999")
    );
    assert_eq!(
        submission.root.get("b").unwrap().kind,
        Kind::Number(Number::Float(1.1))
    );
}

#[test]
fn files_of_other_kinds_are_named_and_answered_with_what_to_do() {
    let ole = |name: &str| {
        let utf16 = name.encode_utf16().flat_map(u16::to_le_bytes);
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
            .iter()
            .copied()
            .chain(utf16)
            .collect::<Vec<u8>>()
    };
    let zip = |inside: &str| [b"PK\x03\x04\x14\0\0\0\0\0".as_slice(), inside.as_bytes()].concat();
    for (bytes, foreign, says) in [
        (b"%PDF-1.7\n%\xE2\xE3".to_vec(), Foreign::Pdf, "mẫu Excel"),
        (zip("word/document.xml"), Foreign::WordDocument, "mẫu Excel"),
        (zip("xl/workbook.bin"), Foreign::BinaryWorkbook, ".xlsx"),
        (zip("something"), Foreign::Archive, "giải nén"),
        (ole("Workbook"), Foreign::OldWorkbook, ".xlsx"),
        (ole("WordDocument"), Foreign::OldWordDocument, "mẫu Excel"),
        (ole("EncryptedPackage"), Foreign::Encrypted, "mật khẩu"),
        (
            b"<?xml version=\"1.0\"?><archimate:model xmlns:archimate=\"http://www.archimatetool.com/archimate\">".to_vec(),
            Foreign::ArchiModel,
            "Open Exchange",
        ),
        (b"<html><body>".to_vec(), Foreign::WebPage, "mẫu Excel"),
        (b"\x89PNG\r\n\x1a\n\0\0".to_vec(), Foreign::Picture, "mẫu Excel"),
    ] {
        // Whatever the name says, the content is believed.
        let fault = read(&bytes, &Hints::file("ho-so.yaml"), &Limits::default()).unwrap_err();
        assert_eq!(fault, Unreadable::Foreign(foreign));
        assert!(fault.hint().vi.contains(says), "{foreign:?}");
    }
    for (bytes, code) in [
        (b"".as_slice(), "empty-file"),
        (b" \n\t ", "empty-file"),
        (b"\xEF\xBB\xBF\n", "empty-file"),
        (b"# only a comment\n", "empty-file"),
        (b"\x00\x01\x02\x03\x04\x05\x06\x07\x08", "binary-file"),
    ] {
        assert_eq!(
            read(bytes, &Hints::default(), &Limits::default())
                .unwrap_err()
                .code(),
            code
        );
    }
}

#[test]
fn json_is_held_to_the_same_bounds_with_the_same_words() {
    let json = |text: &str| {
        read(text.as_bytes(), &Hints::file("a.json"), &Limits::default())
            .map(|submission| submission.format)
            .map_err(|fault| (fault.code(), at(&fault.place())))
    };
    let deep = format!("{{\"a\": {}}}", "[".repeat(4000));
    assert_eq!(
        json("{\"a\": 1, \"b\": [1.5, \"x\"]}"),
        Ok(SourceFormat::Json)
    );
    assert_eq!(
        json("{\"a\": 1,\n \"a\": 2}"),
        Err(("duplicate-key", (2, 2)))
    );
    assert_eq!(json("{\"a\": 1,}"), Err(("syntax", (1, 8))));
    assert_eq!(json("[1]"), Err(("not-a-record", (1, 1))));
    assert_eq!(
        json("{\"a\": 123456789012345678901234567890}"),
        Err(("syntax", (1, 7)))
    );
    assert_eq!(json(&deep).unwrap_err().0, "nesting-too-deep");
    let utf16: Vec<u8> = "\u{FEFF}{\"tên\": \"đ\"}"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let submission = read(&utf16, &Hints::default(), &Limits::default()).unwrap();
    assert_eq!(submission.root.get("tên").unwrap().as_str(), Some("đ"));
    assert_eq!(submission.notes[0].code, "decoded-utf-16");
}

#[test]
fn json_keys_that_differ_only_in_unicode_form_are_duplicates() {
    let nfd: String = unicode_normalization::UnicodeNormalization::nfd("tên").collect();
    let text = format!("{{\"tên\": 1, \"{nfd}\": 2}}");
    let fault = read(text.as_bytes(), &Hints::default(), &Limits::default()).unwrap_err();
    assert_eq!(fault.code(), "duplicate-key");
}
