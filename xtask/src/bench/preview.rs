//! `cargo xtask bench preview --pages N`: from the write of a file to the changed bytes being served and
//! to the message in the browser, beside a program that does nothing but watch, parse, render and answer.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};

use super::{
    option,
    site::{home, prepare_ours},
};
use crate::{
    http::{Client, lines_of_events},
    measure,
    run::{khung, program, project, run as execute},
};

/// Longer than the slowest answer ever seen; then something is wrong.
const PATIENCE: Duration = Duration::from_secs(20);

/// Between two looks at the page.
const STEP: Duration = Duration::from_micros(250);

/// Between two edits: long enough for the look at the whole project to begin, and often to be in the way.
const BETWEEN: Duration = Duration::from_millis(350);

pub(super) fn run(arguments: &[String]) -> Result<()> {
    let pairs: usize = option(arguments, "--pages").unwrap_or("1000").parse()?;
    let edits: usize = option(arguments, "--edits").unwrap_or("50").parse()?;
    let port: u16 = option(arguments, "--port").unwrap_or("9400").parse()?;
    let home = home(arguments).join(format!("preview-{pairs}"));
    if home.exists() {
        fs::remove_dir_all(&home)?;
    }
    if !arguments.iter().any(|argument| argument == "--built") {
        execute(&mut program("cargo build --release --quiet -p khung"))?;
        execute(&mut program(
            "cargo build --release --quiet -p site-gen --example preview_floor",
        ))?;
    }
    prepare_ours(&home, pairs)?;
    println!("{pairs} page pairs, {edits} edits of one page each; times in ms");
    let floor = floor(&home, pairs, edits, port + 1)?;
    ours(&home, pairs, edits, port, &floor)?;
    Ok(fs::remove_dir_all(&home)?)
}

/// A page of the corpus: its file and its address.
struct Page {
    file: PathBuf,
    address: String,
}

fn page(home: &Path, pairs: usize, edit: usize) -> Page {
    // Spread over the whole corpus, both languages in turn.
    let index = (edit * 7919) % pairs;
    let language = if edit.is_multiple_of(2) { "vi" } else { "en" };
    let place = format!("corpus/{:03}/page-{index:05}", index / 100);
    Page {
        file: home.join(format!("content/{language}/{place}.md")),
        address: format!("/{language}/{place}/"),
    }
}

/// A program under measurement; ended when dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts a program and waits for its first page.
fn started(command: &mut Command, port: u16, address: &str) -> Result<(Running, Client, Duration)> {
    let start = Instant::now();
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let running = Running(child.with_context(|| format!("{command:?}"))?);
    while start.elapsed() < PATIENCE {
        if let Ok(mut client) = Client::connect(port)
            && client.get(address).is_ok_and(|answer| answer.status == 200)
        {
            return Ok((running, client, start.elapsed()));
        }
        thread::sleep(Duration::from_millis(1));
    }
    bail!("no answer from {command:?}")
}

/// Asks for a page until it holds some words; how long after `start` that was.
fn until_served(
    client: &mut Client,
    address: &str,
    words: &str,
    start: Instant,
) -> Result<Duration> {
    while start.elapsed() < PATIENCE {
        let answer = client.get(address)?;
        if answer.holds(words) {
            return Ok(start.elapsed());
        }
        thread::sleep(STEP);
    }
    bail!("{address} never held {words:?}")
}

/// Appends a paragraph; answers with its words and when the writing began.
fn edit(page: &Page, number: usize) -> Result<(String, Instant)> {
    let words = format!("Đoạn sửa lần thứ {number}.");
    let text = fs::read_to_string(&page.file)?;
    let start = Instant::now();
    fs::write(&page.file, format!("{text}\n{words}\n"))?;
    Ok((words, start))
}

fn floor(home: &Path, pairs: usize, edits: usize, port: u16) -> Result<Vec<Duration>> {
    let mut command = Command::new(project().join("target/release/examples/preview_floor"));
    command.arg(home.join("content")).arg(port.to_string());
    let first = page(home, pairs, 0);
    let (running, mut client, start) = started(&mut command, port, &first.address)?;
    let mut times = Vec::new();
    for number in 0..edits {
        thread::sleep(BETWEEN / 4);
        let page = page(home, pairs, number);
        let (words, start) = edit(&page, number)?;
        times.push(until_served(&mut client, &page.address, &words, start)?);
    }
    row("floor: watch, parse, render, answer", &mut times);
    note(
        "floor: start",
        start,
        measure::status_kb(running.0.id(), "VmHWM"),
    );
    Ok(times)
}

fn ours(home: &Path, pairs: usize, edits: usize, port: u16, floor: &[Duration]) -> Result<()> {
    let mut command = Command::new(khung());
    command.args([
        "preview",
        "-q",
        "--listen",
        &format!("127.0.0.1:{port}"),
        "--root",
    ]);
    command.arg(home);
    let first = page(home, pairs, 0);
    let (running, mut client, start) = started(&mut command, port, &first.address)?;
    let news = news(port)?;
    // The first look at the whole project is made beside the first pages.
    thread::sleep(Duration::from_secs(2));
    while news.try_recv().is_ok() {}
    let (mut served, mut told) = (Vec::new(), Vec::new());
    for number in 0..edits {
        thread::sleep(BETWEEN);
        while news.try_recv().is_ok() {}
        let page = page(home, pairs, number);
        let (words, start) = edit(&page, edits + number)?;
        served.push(until_served(&mut client, &page.address, &words, start)?);
        told.push(until_told(&news, &page.address, start)?);
    }
    row("page edit → changed bytes served", &mut served);
    row("page edit → message in the browser", &mut told);
    let times = median(&mut served).as_secs_f64() / floor[floor.len() / 2].as_secs_f64();
    println!("    = {times:.1} × the floor's median");
    check_elsewhere(home, pairs, &mut client)?;
    other_edits(home, &mut client)?;
    note(
        "start to the first page",
        start,
        measure::status_kb(running.0.id(), "VmHWM"),
    );
    Ok(())
}

/// The edit of a title shows on the page, in the lists of its neighbours and in the other language.
fn check_elsewhere(home: &Path, pairs: usize, client: &mut Client) -> Result<()> {
    let index = pairs / 2 + 3;
    let place = |index: usize| format!("corpus/{:03}/page-{index:05}", index / 100);
    let file = home.join(format!("content/en/{}.md", place(index)));
    let text = fs::read_to_string(&file)?;
    let start = Instant::now();
    let title = format!("Renamed document {index}");
    fs::write(
        &file,
        text.replacen(&format!("Guidance document no. {index}"), &title, 1),
    )?;
    let renamed = format!("/en/{}/", place(index));
    until_served(client, &renamed, &format!("<title>{title}"), start)?;
    for neighbour in [index - 1, index + 1] {
        let answer = client.get(&format!("/en/{}/", place(neighbour)))?;
        ensure!(
            answer.holds(&title),
            "the list on page {neighbour} is stale"
        );
    }
    let other = client.get(&format!("/vi/{}/", place(index)))?;
    ensure!(
        other.holds(&format!("Tài liệu hướng dẫn số {index}")),
        "the other language is lost"
    );
    ensure!(
        other.holds(&renamed),
        "the other language no longer leads back"
    );
    println!("    navigation, lists and the other language are correct after a title edit");
    Ok(())
}

/// Edits of what is no page: template, style, words, clause, catalogue, rule.
fn other_edits(home: &Path, client: &mut Client) -> Result<()> {
    const TIMES: usize = 10;
    let kinds: [(&str, &str, &str, &str); 4] = [
        (
            "template edit",
            "themes/default/templates/base.html",
            "</body>",
            "/vi/guide/",
        ),
        (
            "edit of an interface word",
            "themes/default/words.vi.json",
            "\"skip\": \"",
            "/vi/guide/",
        ),
        (
            "edit of a clause",
            "content/vi/framework/ii-3-4.md",
            "riêng rẽ",
            "/vi/framework/ii-3-4/",
        ),
        (
            "edit of a rule",
            "rules/plt/kkt2-plt-007.json",
            "Không xây dựng",
            "/vi/rules/kkt2-plt-007/",
        ),
    ];
    for (what, file, words, address) in kinds {
        let file = home.join(file);
        let text = fs::read_to_string(&file)?;
        ensure!(text.contains(words), "{} has no {words:?}", file.display());
        let mut times = Vec::new();
        for number in 0..TIMES {
            thread::sleep(BETWEEN);
            let marked = format!("L{number}M");
            let changed = match words {
                "</body>" => text.replacen(words, &format!("<!-- {marked} --></body>"), 1),
                // Into the word itself.
                words => text.replacen(words, &format!("{words}{marked} "), 1),
            };
            let start = Instant::now();
            fs::write(&file, changed)?;
            times.push(until_served(client, address, &marked, start)?);
        }
        fs::write(&file, &text)?;
        row(what, &mut times);
    }
    Ok(())
}

/// What the browser would be told, with the time it came.
fn news(port: u16) -> Result<Receiver<(Instant, String)>> {
    let events = lines_of_events(port, "/_preview/events")?;
    let (sender, news) = mpsc::channel();
    thread::spawn(move || {
        for line in events {
            if sender.send((Instant::now(), line)).is_err() {
                return;
            }
        }
    });
    Ok(news)
}

fn until_told(
    news: &Receiver<(Instant, String)>,
    address: &str,
    start: Instant,
) -> Result<Duration> {
    let wanted = format!("\"address\":\"{address}\"");
    loop {
        let (came, line) = news
            .recv_timeout(PATIENCE)
            .with_context(|| format!("no message about {address}"))?;
        if line.contains(&wanted) {
            return Ok(came.duration_since(start));
        }
    }
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn row(name: &str, times: &mut [Duration]) {
    let median = median(times).as_secs_f64() * 1e3;
    let worst = times.last().map_or(0.0, |worst| worst.as_secs_f64() * 1e3);
    println!(
        "{name:<44} median {median:>7.2}  worst of {:<3} {worst:>7.2}",
        times.len()
    );
}

fn note(name: &str, time: Duration, peak_kb: u64) {
    let milliseconds = time.as_secs_f64() * 1e3;
    println!(
        "{name:<44} {milliseconds:>14.1}  peak memory {} MiB",
        peak_kb / 1024
    );
}
