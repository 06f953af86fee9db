//! `cargo xtask bench server [--seconds 10] [--ports 8421] [--built]`: validations of 8 kB and 200 kB, static
//! pages and search under wrk, beside fastify + ajv and a bare warp echo; then static pages while the
//! validation pool is full. All on the loopback, bounded in time.
//!
//! wrk needs a processor too, and on a small machine takes it from the servers. It runs at a higher
//! priority where the system allows that, so that it measures their waiting and not its own; all rivals
//! meet it alike. Processor time per request is printed beside the latencies: it is the figure that
//! does not depend on who else runs.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail, ensure};

use super::option;
use crate::{
    corpus,
    measure::{processor_ms, status_kb},
    run::{exists, program, project, run as execute},
    served::Served,
};

/// A server under measurement.
struct Rival {
    name: &'static str,
    address: String,
    path: &'static str,
    server: Served,
}

pub(super) fn run(arguments: &[String]) -> Result<()> {
    let seconds: u64 = option(arguments, "--seconds").unwrap_or("10").parse()?;
    let first: u16 = option(arguments, "--ports").unwrap_or("8421").parse()?;
    prepare(arguments.iter().any(|argument| argument == "--built"))?;
    let home = project().join("target/bench");
    fs::create_dir_all(&home)?;
    let rivals = rivals(&home, first)?;
    let ours = &rivals[0];
    for (name, systems) in [("8 kB", 4), ("200 kB", 165)] {
        let script = post_script(&home, systems)?;
        println!("\n{name} submission, 32 connections");
        let mut speeds = Vec::new();
        for rival in &rivals {
            let url = format!("http://{}{}", rival.address, rival.path);
            let row = wrk(rival.server.id(), &url, Some(&script), 32, seconds)?;
            println!("  {:<32} {row}", rival.name);
            speeds.push(row.per_second);
        }
        println!(
            "  khung answers {:.2} × as many as fastify + ajv",
            speeds[0] / speeds[1]
        );
    }
    println!("\nreading, 32 connections");
    let url = |path: &str| format!("http://{}{path}", ours.address);
    for (name, path) in [
        ("khung, a framework page", "/vi/framework/ii-3-4/"),
        ("khung, search", "/api/v1/search?q=khung+kien+truc&lang=vi"),
    ] {
        let row = wrk(ours.server.id(), &url(path), None, 32, seconds)?;
        println!("  {name:<32} {row}");
    }
    crowded(ours, &home, seconds)?;
    println!("\npeak memory");
    for rival in &rivals {
        let peak = status_kb(rival.server.id(), "VmHWM") / 1024;
        println!("  {:<32} {peak:>5} MiB", rival.name);
    }
    Ok(())
}

/// Sees that all programs are there; `--built` measures what was built before, so that a machine can
/// be kept quiet.
fn prepare(built: bool) -> Result<()> {
    let wrk = Command::new("wrk").arg("-v").output();
    ensure!(
        wrk.is_ok_and(|output| !output.stdout.is_empty()),
        "missing: wrk (apt-get install wrk)"
    );
    ensure!(
        exists("npm"),
        "missing: npm (Node.js 20 or newer), for fastify + ajv"
    );
    let bench = project().join("bench");
    if !bench.join("node_modules/fastify").exists() {
        execute(
            program("npm ci --no-audit --no-fund --ignore-scripts --silent").current_dir(&bench),
        )?;
    }
    if built {
        return Ok(());
    }
    execute(&mut program(
        "cargo build --release --quiet --workspace --bins --example echo",
    ))
}

fn rivals(home: &Path, first: u16) -> Result<Vec<Rival>> {
    let address = |offset: u16| format!("127.0.0.1:{}", first + offset);
    let release = project().join("target/release");
    let khung = Served::khung(&address(0), &home.join("server.log"))?;
    let fastify = Served::start(
        Command::new("node")
            .arg(project().join("bench/fastify.mjs"))
            .arg(project().join("rules/submission.schema.json"))
            .arg((first + 1).to_string()),
        &address(1),
    )?;
    let echo = Served::start(
        Command::new(release.join("examples/echo")).arg(address(2)),
        &address(2),
    )?;
    Ok(vec![
        Rival {
            name: "khung, full bilingual report",
            address: address(0),
            path: "/api/v1/validate",
            server: khung,
        },
        Rival {
            name: "fastify + ajv, all errors",
            address: address(1),
            path: "/validate",
            server: fastify,
        },
        Rival {
            name: "bare warp echo",
            address: address(2),
            path: "/",
            server: echo,
        },
    ])
}

/// Static pages while more submissions arrive than can be judged.
fn crowded(ours: &Rival, home: &Path, seconds: u64) -> Result<()> {
    println!("\nreading, 8 connections, while 128 connections send 200 kB submissions");
    let script = post_script(home, 165)?;
    let url = format!("http://{}{}", ours.address, ours.path);
    let crowd = wrk_command(&url, Some(&script), 128, seconds + 2).spawn()?;
    thread::sleep(Duration::from_secs(1));
    let page = format!("http://{}/vi/framework/ii-3-4/", ours.address);
    let row = wrk(ours.server.id(), &page, None, 8, seconds)?;
    println!("  {:<32} {row}", "khung, a framework page");
    println!("  {:<32} {}", "meanwhile, submissions", finished(crowd)?);
    Ok(())
}

/// A script with which wrk posts a submission of so many systems.
fn post_script(home: &Path, systems: usize) -> Result<PathBuf> {
    let body = serde_json::to_string(&corpus::submission::with_systems(systems))?;
    let script = home.join(format!("post-{systems}.lua"));
    // Lua takes JSON's escapes but \/ and \u; the body is pure UTF-8 without control characters.
    let quoted = serde_json::to_string(&body)?;
    fs::write(
        &script,
        format!(
            "wrk.method = \"POST\"\nwrk.headers[\"Content-Type\"] = \"application/json\"\nwrk.body = {quoted}\n"
        ),
    )?;
    Ok(script)
}

/// What wrk saw.
struct Row {
    per_second: f64,
    median: String,
    p99: String,
    refused: String,
    processor_ms: Option<f64>,
}

impl std::fmt::Display for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{:>9.1} requests/s, p50 {:>8}, p99 {:>8}",
            self.per_second, self.median, self.p99
        )?;
        if let Some(time) = self.processor_ms {
            write!(f, ", {time:>6.3} ms of processor each")?;
        }
        write!(f, " {}", self.refused)
    }
}

/// A small count as a number to divide by.
fn exact(count: u64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Runs wrk and takes the processor time of the server beside it.
fn wrk(
    process: u32,
    url: &str,
    script: Option<&Path>,
    connections: u32,
    seconds: u64,
) -> Result<Row> {
    let before = processor_ms(process);
    let mut row = finished(wrk_command(url, script, connections, seconds).spawn()?)?;
    let used = processor_ms(process) - before;
    row.processor_ms = Some(exact(used) / (row.per_second * exact(seconds)));
    Ok(row)
}

fn wrk_command(url: &str, script: Option<&Path>, connections: u32, seconds: u64) -> Command {
    // Where the system does not allow it, nice says so and runs the program all the same.
    let mut command = Command::new("nice");
    command.args(["-n", "-5", "wrk", "-t1", "--latency"]);
    command.arg(format!("-c{connections}"));
    command.arg(format!("-d{seconds}s"));
    if let Some(script) = script {
        command.arg("-s").arg(script);
    }
    command
        .arg(url)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

fn finished(wrk: Child) -> Result<Row> {
    let output = wrk.wait_with_output().context("wrk")?;
    let said = String::from_utf8_lossy(&output.stdout);
    let find = |label: &str| {
        said.lines()
            .find_map(|line| line.trim().strip_prefix(label))
            .map(|rest| rest.trim().to_owned())
    };
    let Some(per_second) = find("Requests/sec:").and_then(|text| text.parse().ok()) else {
        bail!("wrk said: {said}");
    };
    Ok(Row {
        per_second,
        median: find("50%").unwrap_or_default(),
        p99: find("99%").unwrap_or_default(),
        refused: find("Non-2xx or 3xx responses:")
            .map_or_else(String::new, |count| format!("({count} told to come back)")),
        processor_ms: None,
    })
}
