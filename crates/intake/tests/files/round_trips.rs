//! Whatever is written can be read again, and says the same.

use framework::{AgencyLevel, Locale};
use intake::{Hints, Limits, OutputFormat, convert, read, template};
use rulebook::{Kind, Node, Origin};

use crate::project;

/// Whether two trees say the same, in whatever order their fields are.
fn same(left: &Node<'_>, right: &Node<'_>, path: &str) {
    match (&left.kind, &right.kind) {
        (Kind::Array(left), Kind::Array(right)) => {
            assert_eq!(left.len(), right.len(), "{path}");
            for (index, (left, right)) in left.iter().zip(right).enumerate() {
                same(left, right, &format!("{path}/{index}"));
            }
        }
        (Kind::Object(left), Kind::Object(right)) => {
            let keys = |members: &[rulebook::Member<'_>]| {
                let mut keys: Vec<String> = members.iter().map(|m| m.key.to_string()).collect();
                keys.sort();
                keys
            };
            assert_eq!(keys(left), keys(right), "{path}");
            for member in left {
                let other = right.iter().find(|other| other.key == member.key).unwrap();
                same(
                    &member.value,
                    &other.value,
                    &format!("{path}/{}", member.key),
                );
            }
        }
        (left, right) => assert_eq!(left, right, "{path}"),
    }
}

fn goes_round(file: &str, bytes: &[u8]) {
    let catalogue = project::catalogue();
    let hints = |file| Hints {
        file,
        catalogue: Some(&catalogue),
        ..Hints::default()
    };
    let original = read(bytes, &hints(file), &Limits::default()).unwrap();
    for locale in Locale::ALL {
        for format in [OutputFormat::Yaml, OutputFormat::Json, OutputFormat::Xlsx] {
            let written = convert(&original.root, format, &catalogue, locale).unwrap();
            let again = read(&written, &hints(""), &Limits::default()).unwrap();
            same(
                &original.root,
                &again.root,
                &format!("{file} as {format:?}: "),
            );
            assert_eq!(
                written,
                convert(&original.root, format, &catalogue, locale).unwrap()
            );
        }
    }
}

#[test]
fn the_samples_go_through_yaml_json_and_xlsx_without_loss() {
    for (file, bytes) in project::samples() {
        goes_round(&file, &bytes);
    }
}

#[test]
fn what_the_form_has_no_place_for_is_kept_too() {
    goes_round(
        "odd.yaml",
        r#"
agency: {name: {vi: "Sở «A»", zh: "X"}, level: "tỉnh", units: "16", staff: 1.5, code: null, empty: {}}
scope: null
layer_notes: {}
extra: [1, {a: [null, true, "no"]}]
"we/ird~key": "line\nbreak"
data_assets:
  - {id: a, sources: ["x, y", "z; t"], sharing: {with: null}, used_for: [direction, "Chỉ đạo, điều hành"]}
  - {id: "-", name: {vi: " có dấu cách "}, personal_data: unknown, role: "Chủ quản"}
  - {id: null, subject: [a], levels: []}
applications: []
platforms:
  - {}
  - {id: b}
infrastructure:
  - {id: c, start: 2026-02-30, end: 31/12/2026, security_level: "3", languages: [vi, vi], levels: ["-"]}
roadmap: {not: a list}
justifications: [text, 3]
integrations:
  - {id: 007, from: "1.480", to: no, data_refs: "not a list", by: 2026-12-31, mandatory: "true", sync_delay_working_days: 12345678901234567890}
"#
        .as_bytes(),
    );
}

/// Found by fuzzing: JSON holds characters that YAML can only hold escaped.
#[test]
fn characters_that_a_format_cannot_hold_are_escaped() {
    let odd = r#"{"a\uffff": "\ufffe\ufeff\u2028\u0085\u007f\u0000", "agency": {"code": "Y\uffff\u0001"}}"#;
    let catalogue = project::catalogue();
    let original = read(odd.as_bytes(), &Hints::default(), &Limits::default()).unwrap();
    for format in [OutputFormat::Yaml, OutputFormat::Json, OutputFormat::Xlsx] {
        let written = convert(&original.root, format, &catalogue, Locale::Vi).unwrap();
        let again = read(&written, &Hints::default(), &Limits::default()).unwrap();
        same(&original.root, &again.root, &format!("{format:?}: "));
    }
}

#[test]
fn a_template_read_back_lists_the_18_components_each_with_its_cell() {
    let catalogue = project::catalogue();
    for locale in Locale::ALL {
        let bytes = template(
            AgencyLevel::Province,
            OutputFormat::Xlsx,
            &catalogue,
            locale,
        )
        .unwrap();
        let hints = Hints {
            catalogue: Some(&catalogue),
            ..Hints::default()
        };
        let submission = read(&bytes, &hints, &Limits::default()).unwrap();
        assert_eq!(submission.notes, []);
        let level = submission.root.pointer("/agency/level").unwrap().0;
        assert_eq!(level.as_str(), Some("province"));
        let rows = submission
            .root
            .get("component_dispositions")
            .unwrap()
            .items();
        let ids: Vec<_> = rows
            .iter()
            .map(|row| row.get("component_ref").unwrap().as_str().unwrap())
            .collect();
        let expected: Vec<_> = catalogue
            .disposable_components()
            .map(|c| c.id.as_str())
            .collect();
        assert_eq!(ids, expected);
        let Origin::Cells(cells) = &submission.origin else {
            panic!()
        };
        let cells = &cells.filled;
        let place = &cells[rows[17].get("component_ref").unwrap().at as usize];
        assert_eq!(
            (place.sheet.as_str(), place.cell.as_str()),
            ("7_Phuong_an_TPDC", "A21")
        );
        assert_eq!(place.header.as_deref(), Some("Thành phần dùng chung"));
        assert!(
            submission
                .root
                .get("applications")
                .unwrap()
                .items()
                .is_empty()
        );
    }
}
