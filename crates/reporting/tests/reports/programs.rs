//! What other programs read: each format against the rules of that format, on every fixture.

use crate::fixtures::{self, Fixture, snapshot};
use framework::{Locale, Severity};
use reporting::{Series, csv, github, json, junit, sarif, series::SeriesForm};
use serde_json::Value;

/// The official schema, out of the package of a crate that carries it (see Cargo.toml).
fn sarif_schema() -> jsonschema::Validator {
    let cargo = std::process::Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&cargo.stderr);
    assert!(cargo.status.success(), "{said}");
    let metadata: Value = serde_json::from_slice(&cargo.stdout).unwrap();
    let mut packages = metadata["packages"].as_array().unwrap().iter();
    let package = packages
        .find(|package| package["name"] == "serde-sarif")
        .unwrap();
    let manifest = std::path::Path::new(package["manifest_path"].as_str().unwrap());
    let text = std::fs::read_to_string(manifest.with_file_name("src/schema.json")).unwrap();
    // It holds a bracket that only ECMAScript's lenient mode reads.
    let text = text.replace("{2}]?$", "{2}\\\\]?$");
    jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
}

fn each(mut look: impl FnMut(Fixture, Locale, &reporting::Checked<'_>)) {
    for fixture in Fixture::ALL {
        let (report, source) = (fixture.report(), fixture.source());
        for locale in Locale::ALL {
            look(fixture, locale, &fixtures::checked(&report, &source));
        }
    }
}

#[test]
fn reports_are_valid_against_the_published_schema() {
    let schema: Value = serde_json::from_str(json::SCHEMA).unwrap();
    let schema = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    each(|fixture, _, checked| {
        let report: Value = serde_json::from_str(&json::one(checked.report)).unwrap();
        let faults: Vec<String> = schema
            .iter_errors(&report)
            .map(|fault| fault.to_string())
            .collect();
        assert!(faults.is_empty(), "{fixture:?} {faults:#?}");
    });
    // The schema refuses what is not a report, so that it says something.
    let good = serde_json::to_value(Fixture::Province.report()).unwrap();
    for (pointer, wrong) in [
        ("/verdict", "fine"),
        ("/evaluated_on", "31/03/2026"),
        ("/findings/0/severity", "fatal"),
        ("/findings/0/location/line", "61"),
        ("/submission/sha256", "abc"),
        ("/counts/framework", "none"),
    ] {
        let mut report = good.clone();
        *report.pointer_mut(pointer).unwrap() = Value::from(wrong);
        assert!(!schema.is_valid(&report), "{pointer}");
    }
}

#[test]
fn sarif_is_valid_against_its_schema() {
    let schema = sarif_schema();
    each(|fixture, locale, checked| {
        let text = sarif::render(&[*checked], locale, Some("https://khung.example"));
        let log: Value = serde_json::from_str(&text).unwrap();
        let faults: Vec<String> = schema
            .iter_errors(&log)
            .map(|fault| fault.to_string())
            .collect();
        assert!(faults.is_empty(), "{fixture:?} {faults:#?}");
        let results = log["runs"][0]["results"].as_array().unwrap();
        assert_eq!(results.len(), checked.report.findings.len());
        for (result, finding) in results.iter().zip(&checked.report.findings) {
            let rule = &log["runs"][0]["tool"]["driver"]["rules"]
                [usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
            assert_eq!(rule["id"], finding.rule.as_str());
            let justified = finding.status == rulebook::FindingStatus::Justified;
            assert_eq!(result.get("suppressions").is_some(), justified);
        }
        if fixture.is_kept(locale) {
            snapshot(&format!("{}.{locale}.sarif.json", fixture.name()), &text);
        }
    });
}

#[test]
fn sarif_holds_several_files_in_one_run() {
    let (province, party) = (Fixture::Province.report(), Fixture::Party.report());
    let source = reporting::Source::none();
    let both = [
        fixtures::checked(&province, &source),
        fixtures::checked(&party, &source),
    ];
    let log: Value = serde_json::from_str(&sarif::render(&both, Locale::En, None)).unwrap();
    assert!(sarif_schema().is_valid(&log));
    assert_eq!(log["runs"].as_array().unwrap().len(), 1);
    let last = &log["runs"][0]["results"].as_array().unwrap()[9];
    assert_eq!(
        last["locations"][0]["physicalLocation"]["artifactLocation"]["index"],
        1
    );
}

/// Files that could not be opened have no report; what is left is valid, and each result finds its file.
#[test]
fn sarif_is_valid_where_reports_are_missing() {
    let report = Fixture::Province.report();
    let checked = reporting::Checked::new(&report);
    let (form, locale) = (SeriesForm::Sarif, Locale::Vi);
    let mut series = Series::new(form, locale);
    let mut text = series.before();
    text.push_str(&series.add(2, checked, form.piece(locale, 2, checked)));
    text.push_str(&series.after());
    let log: Value = serde_json::from_str(&text).unwrap();
    assert!(sarif_schema().is_valid(&log), "{log:#}");
    let run = &log["runs"][0];
    let file = &run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!(file["index"], 2);
    assert_eq!(run["artifacts"][2]["location"]["uri"], file["uri"]);
}

#[test]
fn junit_has_a_test_case_a_rule() {
    each(|fixture, locale, checked| {
        let text = junit::render(&[*checked], locale, Some(Severity::Error));
        let cases = text.matches("<testcase ").count();
        assert_eq!(cases, checked.report.rules.len().max(1), "{fixture:?}");
        if fixture.is_kept(locale) {
            snapshot(&format!("{}.{locale}.junit.xml", fixture.name()), &text);
        }
    });
}

#[test]
fn junit_fails_what_the_command_fails() {
    let (report, source) = (Fixture::Province.report(), Fixture::Province.source());
    let failures = |fail_on| {
        let text = junit::render(&[fixtures::checked(&report, &source)], Locale::Vi, fail_on);
        text.matches("<failure ").count()
    };
    assert_eq!(failures(None), 0);
    assert_eq!(failures(Some(Severity::Error)), 1);
    assert_eq!(failures(Some(Severity::Warning)), 7);
    assert_eq!(failures(Some(Severity::Info)), 9);
}

/// RFC 4180 as a reader of its own, so that the writer is not judged by itself.
fn read_csv(text: &str, separator: char) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut characters = text.strip_prefix('\u{feff}').unwrap().chars().peekable();
    while let Some(character) = characters.next() {
        let row = rows.last_mut().unwrap();
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                row.last_mut().unwrap().push('"');
            }
            '"' => quoted = !quoted,
            '\r' if !quoted && characters.peek() == Some(&'\n') => {
                characters.next();
                rows.push(vec![String::new()]);
            }
            other if other == separator && !quoted => row.push(String::new()),
            other => row.last_mut().unwrap().push(other),
        }
    }
    assert!(!quoted, "a quote stays open");
    assert_eq!(rows.pop().unwrap(), [""]);
    rows
}

#[test]
fn csv_has_a_row_a_finding_and_no_formula() {
    each(|fixture, locale, checked| {
        for (separator, character) in [
            (csv::Separator::Comma, ','),
            (csv::Separator::Semicolon, ';'),
        ] {
            let text = csv::render(&[*checked], locale, separator);
            let rows = read_csv(&text, character);
            assert_eq!(rows.len(), checked.report.findings.len() + 1);
            for row in &rows {
                assert_eq!(row.len(), rows[0].len());
                for cell in row {
                    assert!(
                        !cell.trim_start().starts_with(['=', '+', '-', '@']),
                        "{cell}"
                    );
                }
            }
        }
        let text = csv::render(&[*checked], locale, csv::Separator::Comma);
        if fixture.is_kept(locale) {
            snapshot(&format!("{}.{locale}.csv", fixture.name()), &text);
        }
    });
}

#[test]
fn github_annotations_are_one_command_a_finding() {
    each(|fixture, locale, checked| {
        let text = github::render(&[*checked], locale);
        let commands: Vec<&str> = text.lines().collect();
        assert_eq!(commands.len(), checked.report.findings.len());
        for command in commands {
            let (head, _) = command[2..].split_once("::").unwrap();
            assert!(
                ["error ", "warning ", "notice "]
                    .iter()
                    .any(|name| head.starts_with(name))
            );
        }
        if fixture.is_kept(locale) {
            snapshot(&format!("{}.{locale}.github.txt", fixture.name()), &text);
        }
    });
}
