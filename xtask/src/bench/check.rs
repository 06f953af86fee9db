//! `cargo xtask bench check`: a whole judgement beside ajv collecting all errors of the plain schema
//! over the same bytes.

use std::{fs, process::Command};

use anyhow::{Context, Result};

use crate::{
    corpus,
    run::{program, project, run as execute},
};

pub(super) fn run(arguments: &[String]) -> Result<()> {
    let _ = arguments;
    let bench = project().join("bench");
    execute(program("npm ci --no-audit --no-fund --ignore-scripts --silent").current_dir(&bench))?;
    execute(&mut program(
        "cargo build --release --quiet -p khung --example judge",
    ))?;
    let home = project().join("target/bench");
    fs::create_dir_all(&home)?;
    for systems in [10, 1_000, 10_000, 20_000] {
        let file = home.join(format!("submission-{systems}.json"));
        let bytes = serde_json::to_vec_pretty(&corpus::submission::with_systems(systems))?;
        fs::write(&file, &bytes)?;
        println!("\n{systems} systems, {} kB", bytes.len() / 1000);
        let ours = answer(
            Command::new(project().join("target/release/examples/judge"))
                .arg(project())
                .arg(&file),
        )?;
        println!("  khung: read, resolve, judge, report  {}", figures(&ours));
        if systems <= 1_000 {
            let schema = project().join("rules/submission.schema.json");
            let ajv = answer(
                Command::new("node")
                    .arg(bench.join("ajv.mjs"))
                    .arg(schema)
                    .arg(&file),
            )?;
            println!("  ajv: parse and validate              {}", figures(&ajv));
            let times = ajv["median_ms"].as_f64().unwrap_or_default()
                / ours["median_ms"].as_f64().unwrap_or(f64::NAN);
            println!("  ajv takes {times:.2} × our time");
        }
    }
    Ok(())
}

fn answer(command: &mut Command) -> Result<serde_json::Value> {
    let output = command
        .output()
        .context("cannot start the measuring program")?;
    let line = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(line.trim())
        .with_context(|| format!("{line}{}", String::from_utf8_lossy(&output.stderr)))
}

fn figures(answer: &serde_json::Value) -> String {
    let shown: Vec<String> = answer
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| match value.as_f64() {
            Some(number) if value.is_f64() => format!("{name} {number:.3}"),
            _ => format!("{name} {value}"),
        })
        .collect();
    shown.join(", ")
}
