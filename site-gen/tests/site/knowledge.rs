//! The file that the checker in a browser is compiled from: what it says is what the project says,
//! and a report made from it is the report of terminal and server, letter by letter.

use std::{fs, io::Read as _, path::Path};

use checker::{Checker, Face};
use flate2::read::DeflateDecoder;
use framework::Date;
use intake::{Hints, Limits};
use reporting::json;
use rulebook::Options;
use site_gen::{library, project, read};

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn knowledge() -> Vec<u8> {
    let (sources, _) = read::sources(top(), &read::FOLDERS, read::Limits::default());
    let (library, _) = library::assemble(&sources);
    let mut json = Vec::new();
    DeflateDecoder::new(library.knowledge.packed())
        .read_to_end(&mut json)
        .unwrap();
    json
}

/// As a build writes it once all rules have passed.
fn accepted() -> Vec<u8> {
    let mut knowledge: serde_json::Value = serde_json::from_slice(&knowledge()).unwrap();
    assert_eq!(knowledge["accepted"], false);
    knowledge["accepted"] = true.into();
    knowledge.to_string().into_bytes()
}

fn checker() -> Checker {
    let project = project::load(top()).project.unwrap();
    Checker::compile(&project.rule_files, &project.clauses, project.catalogue).unwrap()
}

fn samples() -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(top().join("rules/samples")).unwrap();
    let mut samples: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read(path).unwrap())
        })
        .collect();
    samples.sort();
    assert!(samples.len() >= 3);
    samples
}

fn question(file: &str, date: &str, lang: &str) -> Vec<u8> {
    serde_json::json!({
        "file": file, "media_type": null, "date": date, "level": null, "lang": lang, "links": true
    })
    .to_string()
    .into_bytes()
}

#[test]
fn a_report_made_from_it_is_the_report_of_terminal_and_server() {
    let checker = checker();
    for knowledge in [knowledge(), accepted()] {
        let mut face = Face::default();
        let opened = String::from_utf8(face.open(&knowledge)).unwrap();
        assert!(opened.starts_with("{\"ruleset\":"), "{opened}");
        assert_same_reports(&mut face, &checker);
    }
}

fn assert_same_reports(face: &mut Face, checker: &Checker) {
    for (name, bytes) in samples() {
        for day in ["2026-03-31", "2026-12-31", "2030-01-01"] {
            let hints = Hints {
                catalogue: Some(&checker.catalogue),
                ..Hints::file(&name)
            };
            let submission = intake::read(&bytes, &hints, &Limits::default()).unwrap();
            let date: Date = day.parse().unwrap();
            let report = checker
                .rulebook
                .check(&submission, date, &Options::default());
            face.check(&question(&name, day, "vi"), &bytes);
            let exported = String::from_utf8(face.export("json")).unwrap();
            assert_eq!(exported, json::one(&report), "{name} on {day}");
        }
    }
}

#[test]
fn rules_that_nobody_has_passed_are_checked_before_they_judge() {
    let mut knowledge: serde_json::Value = serde_json::from_slice(&knowledge()).unwrap();
    let rules = knowledge["rules"].as_array_mut().unwrap();
    let rule = rules
        .iter_mut()
        .find(|rule| rule["path"] == "rules/own/kkt2-own-001.json")
        .unwrap();
    let text = rule["text"].as_str().unwrap();
    let mut source: serde_json::Value = serde_json::from_str(text).unwrap();
    source["require"] = serde_json::json!({});
    rule["text"] = source.to_string().into();
    let mut face = Face::default();
    let told = String::from_utf8(face.open(knowledge.to_string().as_bytes())).unwrap();
    assert!(told.starts_with("{\"faults\":["), "{told}");
}

#[test]
fn what_is_no_knowledge_is_told_and_nothing_is_judged() {
    let mut face = Face::default();
    for hostile in ["", "{}", "[]", "{\"rules\": 1}", "\u{0}"] {
        let told = String::from_utf8(face.open(hostile.as_bytes())).unwrap();
        assert!(told.starts_with("{\"faults\":["), "{told}");
    }
    let told = face.check(&question("a.yaml", "2026-03-31", "vi"), b"a: 1");
    assert!(
        String::from_utf8(told)
            .unwrap()
            .starts_with("{\"refused\":")
    );
    assert!(face.page().is_empty() && face.export("json").is_empty() && face.mend(0).is_empty());
}

#[test]
fn questions_and_bytes_that_nobody_means_are_answered() {
    let mut face = Face::default();
    face.open(&knowledge());
    for broken in ["", "{", "{\"file\": 1}", "null"] {
        let told = String::from_utf8(face.check(broken.as_bytes(), b"a: 1")).unwrap();
        assert!(told.starts_with("{\"refused\":"), "{told}");
    }
    let answers = [
        (&b""[..], "unusable"),
        (b"a: [1, 2", "unusable"),
        (b"a: 1", "nonconforming"),
    ];
    for (bytes, verdict) in answers {
        let told = face.check(&question("a.yaml", "2026-03-31", "en"), bytes);
        let told: serde_json::Value = serde_json::from_slice(&told).unwrap();
        assert_eq!(told["judged"]["verdict"], verdict, "{told}");
        assert!(!face.page().is_empty());
        for form in ["json", "sarif", "csv", "html", "docx"] {
            assert!(!face.export(form).is_empty());
        }
        assert!(face.export("exe").is_empty());
        assert!(face.mend(usize::MAX).is_empty());
    }
    let refused = face.check(
        &question("a.png", "2026-03-31", "en"),
        b"\x89PNG\r\n\x1a\n\0\0",
    );
    assert!(
        String::from_utf8(refused)
            .unwrap()
            .starts_with("{\"refused\":")
    );
    assert!(face.page().is_empty());
}

#[test]
fn a_misspelt_code_is_mended_in_place() {
    let mut face = Face::default();
    face.open(&knowledge());
    let (_, bytes) = samples()
        .into_iter()
        .find(|(name, _)| name.contains("province"))
        .unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let slip = text.replacen("lifecycle: operating", "lifecycle: operatting", 1);
    assert_ne!(slip, text);
    let told = face.check(&question("a.yaml", "2026-03-31", "vi"), slip.as_bytes());
    let told: serde_json::Value = serde_json::from_slice(&told).unwrap();
    let marks = told["judged"]["marks"].as_array().unwrap();
    let mark = marks
        .iter()
        .find(|mark| mark["message"].as_str().unwrap().contains("operatting"))
        .unwrap();
    assert_eq!(mark["mendable"], true);
    let index = usize::try_from(mark["finding"].as_u64().unwrap()).unwrap();
    let mended = String::from_utf8(face.mend(index)).unwrap();
    assert_eq!(mended, slip.replace("operatting", "operating"));
}
