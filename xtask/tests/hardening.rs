//! Holds `docs/hardening.md` true: every test it names exists, and every row names one.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops where its ground is missing"
)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "target" && name != "node_modules" {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs")
            || name.ends_with(".spec.js")
        {
            found.push(path);
        }
    }
}

/// The names of all tests: functions after `#[test]`, and what Playwright's `test(` is given.
fn tests() -> BTreeSet<String> {
    let mut files = Vec::new();
    for folder in ["crates", "validator", "site-gen", "xtask", "e2e"] {
        sources(&top().join(folder), &mut files);
    }
    let mut names = BTreeSet::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        if file.extension().is_some_and(|extension| extension == "js") {
            let given = text.split("test(\"").skip(1);
            names.extend(given.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
        } else {
            let marked = text.split("#[test]").skip(1);
            names.extend(marked.filter_map(|rest| {
                let (_, name) = rest.split_once("fn ")?;
                Some(name.split_once('(')?.0.to_owned())
            }));
        }
    }
    names
}

#[test]
fn every_fault_has_a_test_that_exists() {
    let page = fs::read_to_string(top().join("docs/hardening.md")).unwrap();
    let known = tests();
    assert!(known.len() > 300, "only {} tests found", known.len());
    let mut faults = Vec::new();
    let mut rows = 0;
    for row in page.lines().filter(|line| line.starts_with("| ")).skip(1) {
        rows += 1;
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").collect();
        let [fault, _, _, named] = cells[..] else {
            faults.push(format!("not four cells: {row}"));
            continue;
        };
        let named: Vec<&str> = named.split('`').skip(1).step_by(2).collect();
        if named.is_empty() {
            faults.push(format!("without a test: {fault}"));
        }
        for name in named.into_iter().filter(|&name| !known.contains(name)) {
            faults.push(format!("{fault}: there is no test {name:?}"));
        }
    }
    assert!(rows > 30, "only {rows} rows");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Where the server measures time for a limit it may only use the clock that never jumps.
#[test]
fn no_time_limit_depends_on_the_time_of_day() {
    let mut files = Vec::new();
    sources(&top().join("validator/src"), &mut files);
    // The log's time stamps, the start of request ids, today's date, the age of a file.
    let may = [
        "journal.rs",
        "exchange.rs",
        "clock.rs",
        "snapshot.rs",
        "conditional.rs",
        "respond.rs",
    ];
    let mut seen = 0;
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&file).unwrap();
        seen += usize::from(text.contains("Instant"));
        let uses = text.contains("SystemTime") || text.contains("httpdate");
        assert!(!uses || may.contains(&name.as_str()), "{}", file.display());
    }
    assert!(seen >= 5, "the limits are measured somewhere");
}
