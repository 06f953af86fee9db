//! The project's own rules, catalogue and clauses, read the short way.

#![allow(dead_code, reason = "each test binary uses a part")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use framework::{Catalogue, Clause, ClauseKind, Clauses, Date, Localized};
use rulebook::{Options, Origin, Report, RuleFile, Rulebook, SourceFormat, Submission, json};
use serde_json::Value;

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub(crate) fn catalogue() -> Catalogue {
    fn part<T: serde::de::DeserializeOwned>(name: &str) -> Vec<T> {
        let path = root().join(format!("content/catalogue/{name}.json"));
        let mut file: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let list = name.rsplit('-').next().unwrap();
        serde_json::from_value(file[list].take()).unwrap()
    }
    Catalogue {
        constituents: part("constituents"),
        layers: part("layers"),
        components: part("components"),
        bodies: part("bodies"),
        referenced_systems: part("referenced-systems"),
        terms: Vec::new(),
    }
}

/// Clause numbers from the comments of the framework's Markdown; the words do not matter here.
pub(crate) fn clauses() -> Clauses {
    let mut files: Vec<PathBuf> = fs::read_dir(root().join("content/vi/framework"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut found: Vec<String> = Vec::new();
    for file in files {
        let text = fs::read_to_string(file).unwrap();
        for comment in text.split("<!--").skip(1) {
            let inside = comment.split("-->").next().unwrap_or_default();
            let id = inside.trim().trim_start_matches("id:").trim();
            if id.parse::<framework::ClauseId>().is_ok() {
                found.push(id.to_owned());
                found.push(format!("{id}.s1"));
            }
        }
    }
    let clause = |id: String| Clause {
        slug: id.to_lowercase(),
        id: id.parse().unwrap(),
        kind: ClauseKind::Item,
        parent: None,
        text: Localized::text(format!("Điểm {id}"), format!("Clause {id}")),
        page: "/framework/all/".to_owned(),
    };
    Clauses::new(found.into_iter().map(clause).collect())
}

pub(crate) fn rule_files() -> Vec<RuleFile> {
    fn walk(folder: &Path, files: &mut Vec<RuleFile>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, files);
            } else if path
                .extension()
                .is_some_and(|extension| extension == "json")
            {
                let text = fs::read_to_string(&path).unwrap().into();
                let path = path
                    .strip_prefix(root())
                    .unwrap()
                    .to_string_lossy()
                    .into_owned();
                files.push(RuleFile { path, text });
            }
        }
    }
    let mut files = Vec::new();
    walk(&root().join("rules"), &mut files);
    files.sort_by(|left, right| left.path.cmp(&right.path));
    files
}

pub(crate) fn rulebook() -> Rulebook {
    compile(&rule_files()).unwrap_or_else(|faults| panic!("{}", faults.join("\n")))
}

pub(crate) fn compile(files: &[RuleFile]) -> Result<Rulebook, Vec<String>> {
    Rulebook::compile(files, &catalogue(), &clauses()).map_err(|faults| {
        faults
            .iter()
            .map(|fault| format!("{fault} [{}] {}", fault.code, fault.message.en))
            .collect()
    })
}

pub(crate) fn submission(text: &str) -> Submission<'_> {
    Submission {
        root: json::parse(text, &json::Limits::default()).unwrap(),
        origin: Origin::Text(text.into()),
        file: "hồ-sơ.json".to_owned(),
        sha256: "0".repeat(64),
        format: SourceFormat::Json,
        notes: Vec::new(),
    }
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn check(rulebook: &Rulebook, text: &str, date: &str) -> Report {
    rulebook.check(&submission(text), day(date), &Options::default())
}
