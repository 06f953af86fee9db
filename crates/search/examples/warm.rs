//! How long a warm query takes over an index in a folder, as the server and the terminal ask it.
//!
//! `cargo run --release -p search --example warm -- public/.khung/index judged.json …`, part of
//! `cargo xtask bench search`. A query is asked once to warm up, then fifty times; hits, cards and
//! marked snippets are part of the answer.

#![expect(
    clippy::print_stdout,
    reason = "a measuring program says what it measured"
)]
#![expect(
    clippy::unwrap_used,
    reason = "a measuring program that cannot go on stops"
)]

use std::{env, fs, hint::black_box, path::Path, time::Instant};

use framework::Locale;
use search::{Query, index};
use serde::Deserialize;

#[derive(Deserialize)]
struct Judged {
    ui: Locale,
    q: String,
}

const ROUNDS: u32 = 50;

fn main() {
    let mut arguments = env::args().skip(1);
    let folder = arguments.next().expect("the folder of an index");
    let started = Instant::now();
    let index = index::open(Path::new(&folder)).unwrap();
    println!("index opened in {:.0?}", started.elapsed());
    let mut times: Vec<f64> = Vec::new();
    for file in arguments {
        let text = fs::read_to_string(&file).unwrap();
        let judged: Vec<Judged> = serde_json::from_str(&text).unwrap();
        for Judged { ui, q } in judged {
            let query = Query::new(q, ui);
            black_box(index.search(&query));
            let started = Instant::now();
            for _ in 0..ROUNDS {
                black_box(index.search(&query));
            }
            times.push(started.elapsed().as_secs_f64() * 1000.0 / f64::from(ROUNDS));
        }
    }
    times.sort_by(f64::total_cmp);
    let at = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)];
    println!(
        "warm query in the server: median {:.3} ms, p90 {:.3} ms, most {:.3} ms ({} queries)",
        at(50),
        at(90),
        at(100),
        times.len()
    );
}
