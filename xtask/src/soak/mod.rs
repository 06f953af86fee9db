//! `cargo xtask soak [--minutes 10] [--listen ADDRESS] [--built]`: the released server under valid uploads,
//! readers and everything hostile we know, for a bounded time.
//!
//! It fails when the server ends or panics, when a valid upload gets anything but its report or the
//! advice to come back, when a hostile request gets an unplanned 5xx, or when memory or descriptors
//! grow. It prints what it saw either way.

mod hostile;
mod listing;
/// The files that `intake` is tested with.
#[path = "../../../crates/intake/tests/files/nasty/mod.rs"]
mod nasty;
mod resources;
mod traffic;
mod valid;

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Result, bail, ensure};

use crate::{
    bench::option,
    run::{program, project, run as execute},
    served::Served,
};
use listing::Listing;
use resources::{Resources, Seen};

/// Between two looks at memory and descriptors.
const LOOK: Duration = Duration::from_secs(5);

/// Between two printed rows.
const ROW: Duration = Duration::from_secs(30);

/// What all threads share.
pub(crate) struct Field {
    address: SocketAddr,
    listing: Listing,
    over: AtomicBool,
}

impl Field {
    fn goes_on(&self) -> bool {
        !self.over.load(Ordering::Relaxed)
    }

    /// Waits, but not beyond the end.
    fn pause(&self, duration: Duration) {
        let end = Instant::now() + duration;
        while self.goes_on() && Instant::now() < end {
            thread::sleep(Duration::from_millis(20).min(duration));
        }
    }
}

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let minutes: f64 = option(arguments, "--minutes").unwrap_or("10").parse()?;
    let listen = option(arguments, "--listen").unwrap_or("127.0.0.1:8431");
    if !arguments.iter().any(|argument| argument == "--built") {
        execute(&mut program(
            "cargo build --release --quiet --workspace --bins",
        ))?;
    }
    let home = project().join("target/soak");
    fs::create_dir_all(&home)?;
    let log = home.join("server.log");
    let uploads = valid::uploads(&home)?;
    let server = Served::khung(listen, &log)?;
    let field = Arc::new(Field {
        address: listen.parse()?,
        listing: Listing::default(),
        over: AtomicBool::new(false),
    });
    let before = Seen::of(server.id());
    println!(
        "{minutes} minutes at {listen}; process {}, {before}",
        server.id()
    );
    let mut threads = valid::begin(&field, &uploads);
    threads.extend(hostile::begin(&field));
    let resources = watch(server.id(), Duration::from_secs_f64(minutes * 60.0));
    field.over.store(true, Ordering::Relaxed);
    for thread in threads {
        // A thread that panicked is a fault of this program: say it.
        thread
            .join()
            .map_err(|_| anyhow::anyhow!("a client of the soak panicked"))?;
    }
    conclude(server, &field, &resources, &log)
}

/// Looks at the server until the time is over or it has ended.
fn watch(process: u32, length: Duration) -> Resources {
    let begun = Instant::now();
    let mut resources = Resources::default();
    let mut next_row = ROW;
    while begun.elapsed() < length && Path::new(&format!("/proc/{process}/stat")).exists() {
        thread::sleep(LOOK.min(length));
        let seen = Seen::of(process);
        resources.add(begun.elapsed(), seen);
        if begun.elapsed() >= next_row {
            println!("  {:>4} s  {seen}", begun.elapsed().as_secs());
            next_row += ROW;
        }
    }
    resources
}

/// Lets the server come to rest, stops it, and says what was seen.
fn conclude(server: Served, field: &Field, resources: &Resources, log: &PathBuf) -> Result<()> {
    // Heads have 10 s, bodies 30 s: by then nothing of the hostile connections is left.
    thread::sleep(Duration::from_secs(35));
    let rest = Seen::of(server.id());
    let alive = server.is_alive();
    let stop = server.stop()?;
    println!("\n{}", field.listing);
    println!("at rest after the clients left: {rest}");
    println!("peak {} MiB; {}", resources.peak_kb() / 1024, resources);
    println!(
        "stopped in {:.1} s: {}",
        stop.took.as_secs_f64(),
        stop.status
    );
    let said = fs::read_to_string(log)?;
    let panics = said.matches("\"event\":\"panic").count();
    println!(
        "restarts: {}; panics in the log: {panics}",
        u8::from(!alive)
    );
    let mut faults = field.listing.faults();
    faults.extend(resources.faults(rest));
    ensure!(alive, "the server ended by itself, see {}", log.display());
    ensure!(
        stop.status.success(),
        "the server ended with {}",
        stop.status
    );
    if stop.took > Duration::from_secs(15) {
        faults.push(format!("it took {:?} to stop", stop.took));
    }
    if panics > 0 {
        faults.push(format!("{panics} panics, see {}", log.display()));
    }
    if !faults.is_empty() {
        bail!("not as it should be:\n  {}", faults.join("\n  "));
    }
    println!("all as it should be");
    Ok(())
}
