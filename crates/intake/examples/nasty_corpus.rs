//! Writes the corpus of nasty files for the fuzzers, and says what each answer takes:
//! `cargo run --release -p intake --example nasty_corpus -- fuzz/corpus`.
#![expect(
    clippy::print_stdout,
    reason = "a tool for developers says what it does"
)]

#[path = "../tests/nasty/mod.rs"]
mod nasty;

use std::{env, fs, path::Path, time::Instant};

use intake::{Hints, Limits, Unreadable, read};

fn main() -> std::io::Result<()> {
    let folder = env::args().nth(1);
    for nasty::Nasty {
        name,
        bytes,
        answer,
    } in nasty::corpus()
    {
        let start = Instant::now();
        let result = read(&bytes, &Hints::file(name), &Limits::default());
        let got = result.as_ref().map_or_else(Unreadable::code, |_| "read");
        let took = start.elapsed().as_millis();
        println!(
            "{name:28} {:>9} bytes  {took:>5} ms  {got} ({answer} expected)",
            bytes.len()
        );
        if let Some(folder) = &folder {
            let target = match name.rsplit_once('.') {
                Some((_, "yaml" | "json")) => "text",
                Some((_, "xml")) => "archimate",
                Some((_, "csv")) => "register",
                _ => "workbook",
            };
            let folder = Path::new(folder).join(target);
            fs::create_dir_all(&folder)?;
            // What is large is slow to mutate; the fuzzers find large things by themselves.
            if bytes.len() < 64 << 10 {
                fs::write(folder.join(name), &bytes)?;
            }
        }
    }
    Ok(())
}
