//! `cargo xtask bench check`: a whole judgement beside ajv collecting all errors of the plain schema,
//! over the same bytes, in turns, in one run. `--built` measures what was built before, so that a machine
//! can be kept quiet.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{
    corpus,
    run::{program, project, run as execute},
};

/// What each side does; printed above the figures.
const SIDES: &str = "\
khung: decode UTF-8, check NFC and duplicate keys, read into a tree with places, form of the submission, joined view,
       all rules that one submission decides, suggestions, lines and columns, messages in two languages, report as JSON
ajv:   Buffer to string, JSON.parse, the plain schema of the form (rules/submission.schema.json) compiled before, all
       errors collected with pointers; no rule, no place, no message in Vietnamese
Both: one thread, warmed up, median of the rounds; the sides take turns and the median of the turns is shown.";

/// How often the sides take turns.
const TURNS: usize = 3;

pub(super) fn run(arguments: &[String]) -> Result<()> {
    if !arguments.iter().any(|argument| argument == "--built") {
        let bench = project().join("bench");
        execute(
            program("npm ci --no-audit --no-fund --ignore-scripts --silent").current_dir(&bench),
        )?;
        execute(&mut program(
            "cargo build --release --quiet --workspace --example stages",
        ))?;
    }
    println!("\n{SIDES}");
    let mut of_thousand = None;
    for systems in [10, 1_000, 10_000, 20_000] {
        let file = written(systems)?;
        let size = fs::metadata(&file)?.len();
        println!("\n{systems} systems, {} kB", size / 1000);
        let beside_ajv = systems <= 1_000;
        let turns = if beside_ajv { TURNS } else { 1 };
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..turns {
            ours.push(khung(&file, if beside_ajv { 30 } else { 5 })?);
            if beside_ajv {
                theirs.push(ajv(&file)?);
            }
        }
        let ours = middle(ours);
        println!("  khung  {}", figures(&ours));
        let time = milliseconds(&ours);
        #[expect(clippy::cast_precision_loss, reason = "sizes of files")]
        let times_the_file = ours["peak_kB"].as_f64().unwrap_or(f64::NAN) * 1024.0 / size as f64;
        println!("  khung  peak memory of the process {times_the_file:.1} × the file");
        if beside_ajv {
            let theirs = middle(theirs);
            println!("  ajv    {}", figures(&theirs));
            println!("  ajv takes {:.2} × our time", milliseconds(&theirs) / time);
        }
        #[expect(clippy::cast_precision_loss, reason = "at most 20,000")]
        let of_one = time / systems as f64;
        match of_thousand {
            None if systems == 1_000 => of_thousand = Some(of_one),
            Some(before) => println!(
                "  a system takes {:.2} × what it takes among 1,000",
                of_one / before
            ),
            None => {}
        }
    }
    Ok(())
}

/// A submission of so many systems, as a program would write it.
fn written(systems: usize) -> Result<PathBuf> {
    let home = project().join("target/bench");
    fs::create_dir_all(&home)?;
    let file = home.join(format!("submission-{systems}.json"));
    fs::write(
        &file,
        serde_json::to_vec(&corpus::submission::with_systems(systems))?,
    )?;
    Ok(file)
}

fn khung(file: &Path, rounds: usize) -> Result<Value> {
    let program = project().join("target/release/examples/stages");
    answer(Command::new(program).arg(file).arg(rounds.to_string()))
}

fn ajv(file: &Path) -> Result<Value> {
    let schema = project().join("rules/submission.schema.json");
    let script = project().join("bench/ajv.mjs");
    answer(Command::new("node").arg(script).arg(schema).arg(file))
}

fn milliseconds(answer: &Value) -> f64 {
    answer["median_ms"].as_f64().unwrap_or(f64::NAN)
}

/// The answer whose time is the median.
fn middle(mut answers: Vec<Value>) -> Value {
    answers.sort_by(|left, right| milliseconds(left).total_cmp(&milliseconds(right)));
    answers.swap_remove(answers.len() / 2)
}

fn answer(command: &mut Command) -> Result<Value> {
    let output = command
        .output()
        .context("cannot start the measuring program")?;
    let line = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(line.trim())
        .with_context(|| format!("{line}{}", String::from_utf8_lossy(&output.stderr)))
}

fn figures(answer: &Value) -> String {
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
