//! Those who use the server as it is meant: every upload is to be answered with the same report each
//! time, or told to come back; every page is to be there.

use std::{
    fs,
    path::Path,
    process::Command,
    sync::Arc,
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::{
    Field,
    listing::Outcome,
    traffic::{self, Answer},
};
use crate::{
    corpus,
    run::{khung, project, run as execute},
};

/// How many clients upload at the same time.
const UPLOADERS: usize = 4;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// One valid submission.
#[derive(Clone)]
pub(super) struct Upload {
    name: &'static str,
    media_type: &'static str,
    bytes: Vec<u8>,
}

/// The samples, one of them as a workbook and as JSON, and two larger ones.
pub(super) fn uploads(home: &Path) -> Result<Vec<Upload>> {
    let samples = project().join("rules/samples");
    let ministry = samples.join("sample-ministry.yaml");
    let read = |name, media_type, path: &Path| -> Result<Upload> {
        let bytes = fs::read(path).with_context(|| path.display().to_string())?;
        Ok(Upload {
            name,
            media_type,
            bytes,
        })
    };
    let made = |name, systems| -> Result<Upload> {
        let bytes = serde_json::to_vec(&corpus::submission::with_systems(systems))?;
        Ok(Upload {
            name,
            media_type: "application/json",
            bytes,
        })
    };
    let workbook = home.join("ministry.xlsx");
    if workbook.exists() {
        fs::remove_file(&workbook)?;
    }
    execute(
        Command::new(khung())
            .arg("convert")
            .arg(&ministry)
            .arg(&workbook),
    )?;
    Ok(vec![
        read("upload: YAML", "application/yaml", &ministry)?,
        read(
            "upload: YAML, province",
            "application/yaml",
            &samples.join("sample-province.yaml"),
        )?,
        read("upload: workbook", XLSX, &workbook)?,
        made("upload: JSON, 7 kB", 4)?,
        made("upload: JSON, 200 kB", 165)?,
    ])
}

/// Starts the clients.
pub(super) fn begin(field: &Arc<Field>, uploads: &[Upload]) -> Vec<JoinHandle<()>> {
    let mut threads: Vec<JoinHandle<()>> = (0..UPLOADERS)
        .map(|number| {
            let (field, uploads) = (Arc::clone(field), uploads.to_vec());
            thread::spawn(move || upload_all(&field, &uploads, number))
        })
        .collect();
    let reader = Arc::clone(field);
    threads.push(thread::spawn(move || read_pages(&reader)));
    threads
}

fn upload_all(field: &Field, uploads: &[Upload], first: usize) {
    let mut verdicts: Vec<Option<String>> = vec![None; uploads.len()];
    for turn in first.. {
        if !field.goes_on() {
            return;
        }
        let (upload, verdict) = {
            let at = turn % uploads.len();
            (&uploads[at], &mut verdicts[at])
        };
        let begun = Instant::now();
        let outcome = match traffic::post(field.address, upload.media_type, &upload.bytes) {
            Err(error) => Outcome::Fault(format!("not answered: {}", error.kind())),
            Ok(answer) => judged(&answer, verdict),
        };
        let told_to_wait = outcome == Outcome::Status(503);
        field
            .listing
            .add(upload.name, outcome, Some(begun.elapsed()));
        // One who is told to come back in 5 s comes a little early here: more work in the time.
        field.pause(Duration::from_millis(if told_to_wait { 1000 } else { 50 }));
    }
}

/// A report with the verdict of the first time, or advice to come back.
fn judged(answer: &Answer, verdict: &mut Option<String>) -> Outcome {
    if answer.status == 503 {
        if answer.head.contains("\r\nretry-after: ") {
            return Outcome::Status(503);
        }
        return Outcome::Fault("503 without Retry-After".to_owned());
    }
    if answer.status != 200 {
        return Outcome::Fault(format!("status {}", answer.status));
    }
    let report: Value = match serde_json::from_slice(&answer.body) {
        Ok(report) => report,
        Err(_) => return Outcome::Fault("half a report".to_owned()),
    };
    let said = format!("{} {}", report["verdict"], report["counts"]);
    let first = verdict.get_or_insert_with(|| said.clone());
    if *first == said && report["verdict"] != "unusable" {
        Outcome::Status(200)
    } else {
        Outcome::Fault(format!("{said} after {first}"))
    }
}

const PAGES: [&str; 6] = [
    "/vi/",
    "/en/framework/ii-3-4/",
    "/vi/search/?q=nen+tang",
    "/api/v1/rules",
    "/vi/validate/",
    "/readyz",
];

fn read_pages(field: &Field) {
    for path in PAGES.iter().cycle() {
        if !field.goes_on() {
            return;
        }
        let begun = Instant::now();
        let outcome = match traffic::get(field.address, path) {
            Ok(answer) if answer.status == 200 => Outcome::Status(200),
            // The search has a queue of its own, which may be full as well.
            Ok(answer) if answer.status == 503 && path.contains("search") => Outcome::Status(503),
            Ok(answer) => Outcome::Fault(format!("{path}: status {}", answer.status)),
            Err(error) => Outcome::Fault(format!("{path}: {}", error.kind())),
        };
        field.listing.add("pages", outcome, Some(begun.elapsed()));
        field.pause(Duration::from_millis(50));
    }
}
