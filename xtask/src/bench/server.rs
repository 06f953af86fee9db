//! `cargo xtask bench server`: validations of 8 kB and 200 kB, static pages and search under wrk,
//! beside fastify + ajv and a bare warp echo. All on the loopback, bounded in time.

use std::{
    fs,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};

use crate::{
    corpus,
    run::{exists, program, project, run as execute},
};

const OURS: &str = "127.0.0.1:8421";
const FASTIFY: &str = "127.0.0.1:8422";
const ECHO: &str = "127.0.0.1:8423";

pub(super) fn run(_arguments: &[String]) -> Result<()> {
    if !Command::new("wrk")
        .arg("-v")
        .output()
        .is_ok_and(|output| !output.stdout.is_empty())
    {
        bail!("missing: wrk (apt-get install wrk)");
    }
    let bench = project().join("bench");
    if !exists("npm") {
        bail!("missing: npm (Node.js 20 or newer), for fastify + ajv");
    }
    execute(program("npm ci --no-audit --no-fund --ignore-scripts --silent").current_dir(&bench))?;
    execute(&mut program("cargo build --release --quiet -p khung"))?;
    execute(&mut program(
        "cargo build --release --quiet -p validator --example echo",
    ))?;
    let release = project().join("target/release");
    let _ours = started(
        Command::new(release.join("khung")).args(["serve", "-q", "--listen", OURS]),
        OURS,
    )?;
    let _echo = started(Command::new(release.join("examples/echo")).arg(ECHO), ECHO)?;
    let _fastify = started(
        Command::new("node")
            .arg(bench.join("fastify.mjs"))
            .arg(project().join("rules/submission.schema.json"))
            .arg("8422"),
        FASTIFY,
    )?;
    let home = project().join("target/bench");
    fs::create_dir_all(&home)?;
    for (name, systems) in [("8 kB", 4), ("200 kB", 165)] {
        let body = serde_json::to_string(&corpus::submission::with_systems(systems))?;
        let script = home.join(format!("post-{systems}.lua"));
        fs::write(&script, lua(&body))?;
        println!(
            "\n{name} submission ({} kB), 32 connections",
            body.len() / 1000
        );
        wrk(
            "khung, full bilingual report",
            &format!("http://{OURS}/api/v1/validate"),
            Some(&script),
        )?;
        wrk(
            "fastify + ajv, all errors",
            &format!("http://{FASTIFY}/validate"),
            Some(&script),
        )?;
        wrk("bare warp echo", &format!("http://{ECHO}/"), Some(&script))?;
    }
    println!("\nreading, 32 connections");
    wrk(
        "khung, a framework page",
        &format!("http://{OURS}/vi/framework/ii-3-4/"),
        None,
    )?;
    wrk(
        "khung, search",
        &format!("http://{OURS}/api/v1/search?q=khung+kien+truc&lang=vi"),
        None,
    )
}

/// A server that ends with the measurement.
pub(super) struct Started(Child);

impl Drop for Started {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing to do about it then.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub(super) fn started(command: &mut Command, address: &str) -> Result<Started> {
    let child = command
        .current_dir(project())
        .stdout(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start {}", command.get_program().display()))?;
    let started = Started(child);
    for _ in 0..600 {
        if std::net::TcpStream::connect(address).is_ok() {
            return Ok(started);
        }
        thread::sleep(Duration::from_millis(100));
    }
    bail!(
        "{} does not answer at {address}",
        command.get_program().display()
    )
}

fn lua(body: &str) -> String {
    let quoted = serde_json::to_string(body).expect("a string is JSON");
    // Lua takes JSON's escapes but \/ and \u; the body is pure UTF-8 without control characters.
    format!(
        "wrk.method = \"POST\"\nwrk.headers[\"Content-Type\"] = \"application/json\"\nwrk.body = {quoted}\n"
    )
}

fn wrk(name: &str, url: &str, script: Option<&Path>) -> Result<()> {
    let mut command = Command::new("wrk");
    command.args(["-t1", "-c32", "-d10s", "--latency"]);
    if let Some(script) = script {
        command.arg("-s").arg(script);
    }
    let output = command.arg(url).output().context("cannot start wrk")?;
    let said = String::from_utf8_lossy(&output.stdout);
    let find = |label: &str| {
        said.lines()
            .find_map(|line| line.trim().strip_prefix(label))
            .map_or("?", str::trim)
            .to_owned()
    };
    let failed = said
        .lines()
        .find(|line| line.contains("Non-2xx"))
        .unwrap_or_default()
        .trim();
    println!(
        "  {name:<32} {:>10} requests/s, p50 {:>8}, p99 {:>8} {failed}",
        find("Requests/sec:"),
        find("50%"),
        find("99%")
    );
    Ok(())
}
