//! What the counting program does: what the shipped one will spend its time on.

use std::{
    fmt::Write as _,
    fs,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::{
    corpus,
    http::Client,
    run::{project, run as execute},
    served::Served,
};

/// Page pairs beside the project's own: enough for an index of many parts.
const PAIRS: usize = 200;

/// How often each submission is sent.
const UPLOADS: usize = 200;

const PORT: u16 = 8441;

/// Builds, checks and serves.
pub(super) fn run(khung: &Path, home: &Path) -> Result<()> {
    println!("» the counting program builds, checks and serves");
    let root = home.join("project");
    builds(khung, &root)?;
    checks(khung, home)?;
    serves(khung, &root)
}

/// A full build, one with one page changed, one of everything packed.
fn builds(khung: &Path, root: &Path) -> Result<()> {
    fs::create_dir_all(root)?;
    for folder in ["content", "rules", "themes"] {
        let mut copy = Command::new("cp");
        execute(copy.arg("-r").arg(project().join(folder)).arg(root))?;
    }
    corpus::site::write(&root.join("content"), PAIRS)?;
    let build = |more: &[&str]| {
        let mut command = Command::new(khung);
        command.args(["build", "-q", "--root"]).arg(root).args(more);
        ended(&mut command, &[0])
    };
    build(&["--no-compress"])?;
    let page = root.join("content/vi/corpus/000/page-00000.md");
    let text = fs::read_to_string(&page).with_context(|| page.display().to_string())?;
    fs::write(&page, text + "\nThêm một đoạn.\n")?;
    build(&["--no-compress"])?;
    build(&[])
}

/// Every sample as it is and in the formats that agencies bring, in every form of report.
fn checks(khung: &Path, home: &Path) -> Result<()> {
    let samples = project().join("rules/samples");
    let mut files = Vec::new();
    for name in ["ministry", "party", "province"] {
        let sample = samples.join(format!("sample-{name}.yaml"));
        for format in ["xlsx", "json"] {
            let file = home.join(format!("{name}.{format}"));
            ended(
                Command::new(khung).arg("convert").arg(&sample).arg(&file),
                &[0],
            )?;
            files.push(file);
        }
        files.push(sample);
    }
    for format in ["text", "json", "sarif", "junit", "html", "csv", "docx"] {
        let reports = home.join("reports").join(format);
        fs::create_dir_all(&reports)?;
        let mut check = Command::new(khung);
        check.args(["check", "-q", "--format", format, "--output"]);
        // 1: there are findings.
        ended(check.arg(reports).args(&files), &[0, 1])?;
    }
    Ok(())
}

/// Small and large uploads, pages, and every query that search is judged by.
fn serves(khung: &Path, root: &Path) -> Result<()> {
    let listen = format!("127.0.0.1:{PORT}");
    let mut command = Command::new(khung);
    command.args(["serve", "-q", "--listen", &listen, "--root"]);
    command.arg(root).stderr(Stdio::null());
    let served = Served::start(&mut command, &listen)?;
    let mut client = Client::connect(PORT)?;
    for systems in [4, 165] {
        let body = serde_json::to_vec(&corpus::submission::with_systems(systems))?;
        for _ in 0..UPLOADS {
            let answer = client.post("/api/v1/validate", "application/json", &body)?;
            ensure!(answer.status == 200, "an upload: {}", answer.status);
        }
    }
    for address in addresses()? {
        let answer = client.get(&address)?;
        ensure!(answer.status == 200, "{address}: {}", answer.status);
    }
    drop(client);
    // One that was ended otherwise has not written its counts.
    let stopped = served.stop()?;
    ensure!(stopped.status.success(), "the server: {}", stopped.status);
    Ok(())
}

fn addresses() -> Result<Vec<String>> {
    let judged = project().join("site-gen/tests/search/judged.json");
    let judged: Value = serde_json::from_slice(&fs::read(judged)?)?;
    let queries = judged.as_array().context("a list of queries")?;
    let searches = queries.iter().filter_map(|query| {
        let language = query["ui"].as_str()?;
        let words = encoded(query["q"].as_str()?);
        Some(format!("/api/v1/search?lang={language}&q={words}"))
    });
    let pages = ["/vi/", "/en/", "/vi/framework/ii-3-4/", "/vi/rules/"];
    let pages = pages.iter().map(|&page| page.to_owned());
    Ok(pages.chain(searches).collect())
}

/// Percent-encoded, each byte of it.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        // Writing into a String cannot fail.
        let _ = write!(encoded, "%{byte:02X}");
        encoded
    })
}

/// Runs a command silently to an end that is expected of it.
fn ended(command: &mut Command, expected: &[i32]) -> Result<()> {
    let status = command
        .current_dir(project())
        .stdout(Stdio::null())
        .status()
        .with_context(|| format!("{command:?}"))?;
    let is_expected = status.code().is_some_and(|code| expected.contains(&code));
    ensure!(is_expected, "{status}: {command:?}");
    Ok(())
}
