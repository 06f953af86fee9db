//! `cargo xtask bench lighthouse`: what Lighthouse says of home, a section and a component page in both
//! languages, as a phone on a slow network meets them. Fails below the goals.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::run::{exists, khung, program, project, run as execute};
use crate::served::Served;

const ADDRESS: &str = "127.0.0.1:8424";

/// The pages, after the language.
const PAGES: [&str; 3] = [
    "/",
    "/framework/ii-3-4/",
    "/components/national-personnel-management-platform/",
];

/// Lighthouse's categories and the least of a hundred points that each has to reach.
const GOALS: [(&str, f64); 4] = [
    ("performance", 95.0),
    ("accessibility", 100.0),
    ("best-practices", 100.0),
    ("seo", 100.0),
];

pub(super) fn run(_arguments: &[String]) -> Result<()> {
    let bench = project().join("bench");
    let lighthouse = bench.join("node_modules/.bin/lighthouse");
    if !lighthouse.exists() {
        if !exists("npm") {
            bail!("missing: npm (Node.js 20 or newer), for Lighthouse");
        }
        let install = "npm ci --no-audit --no-fund --ignore-scripts --silent";
        execute(program(install).current_dir(&bench))?;
    }
    execute(&mut program("cargo build --release --quiet -p khung"))?;
    let _server = Served::start(
        Command::new(khung()).args(["serve", "-q", "--listen", ADDRESS]),
        ADDRESS,
    )?;
    println!("{:<62} {}", "", GOALS.map(|(name, _)| name).join("  "));
    let mut short = Vec::new();
    for language in ["vi", "en"] {
        for page in PAGES {
            let url = format!("http://{ADDRESS}/{language}{page}");
            let report = looked_at(&lighthouse, &url)?;
            let scores = GOALS.map(|(name, _)| points(&report, name));
            let shown = GOALS.iter().zip(scores);
            let shown: Vec<String> = shown
                .map(|((name, _), score)| format!("{score:>width$.0}", width = name.len()))
                .collect();
            println!("{url:<62} {}  {}", shown.join("  "), timings(&report));
            for ((name, least), score) in GOALS.iter().zip(scores) {
                if score < *least {
                    short.push(format!(
                        "{url}: {name} {score:.0}; {}",
                        failing(&report, name)
                    ));
                }
            }
        }
    }
    if !short.is_empty() {
        bail!("below the goals:\n{}", short.join("\n"));
    }
    Ok(())
}

fn looked_at(lighthouse: &Path, url: &str) -> Result<Value> {
    let report = project().join("target/lighthouse.json");
    fs::create_dir_all(project().join("target"))?;
    let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    let categories = GOALS.map(|(name, _)| name).join(",");
    let output = Command::new(lighthouse)
        .arg(url)
        .args(["--quiet", "--output=json"])
        .arg(format!("--output-path={}", report.display()))
        .arg(format!("--only-categories={categories}"))
        .arg("--chrome-flags=--headless=new --no-sandbox --disable-gpu")
        .env("CHROME_PATH", chromium)
        .output()
        .with_context(|| format!("cannot start {}", lighthouse.display()))?;
    if !output.status.success() {
        bail!("{url}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let text = fs::read_to_string(&report)?;
    serde_json::from_str(&text).context("Lighthouse's report is no JSON")
}

fn points(report: &Value, category: &str) -> f64 {
    let score = &report["categories"][category]["score"];
    score.as_f64().unwrap_or(0.0) * 100.0
}

/// What the score for performance is made of.
fn timings(report: &Value) -> String {
    let shown = |audit: &str| {
        let value = &report["audits"][audit]["displayValue"];
        value.as_str().unwrap_or("?").replace('\u{a0}', " ")
    };
    format!(
        "LCP {}, TBT {}, CLS {}, {}",
        shown("largest-contentful-paint"),
        shown("total-blocking-time"),
        shown("cumulative-layout-shift"),
        shown("total-byte-weight"),
    )
}

/// The audits of a category that are not at full marks.
fn failing(report: &Value, category: &str) -> String {
    let audits = report["categories"][category]["auditRefs"].as_array();
    let failing = audits.into_iter().flatten().filter_map(|audit| {
        let id = audit["id"].as_str()?;
        let counts = audit["weight"].as_f64().unwrap_or(0.0) > 0.0;
        let score = report["audits"][id]["score"].as_f64()?;
        (counts && score < 1.0).then(|| format!("{id} {score}"))
    });
    failing.collect::<Vec<_>>().join(", ")
}
