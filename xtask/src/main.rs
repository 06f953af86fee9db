//! What a developer types: `cargo xtask test`, `cargo xtask bench`, `cargo xtask dist` and the others below.
//!
//! Runs other programs and says which one failed; holds no logic of the product.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a developer's command line"
)]

mod bench;
mod corpus;
mod dist;
mod fuzz;
mod http;
mod measure;
mod run;
mod served;
mod soak;
mod test;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask test [STAGE…]   every check, or only the named stages:
                            format clippy docs unit site browser
cargo xtask bench NAME …    measure: check, site, preview, search, server, lighthouse
                            KHUNG=PROGRAM measures that one, --built what was built before
cargo xtask dist            the program to put on a server, at target/dist/khung: optimised as a whole and for what
                            it spends its time on (two compilations)
cargo xtask soak [--minutes 10] [--listen 127.0.0.1:8431]
                            the server under valid and hostile traffic; fails if anything is lost
cargo xtask fuzz [SECONDS] [TARGET…]
                            fuzz every reader of uploads, or the named ones, for a bounded time each";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", &[][..]),
    };
    let outcome = match command {
        "test" => test::run(rest),
        "bench" => bench::run(rest),
        "dist" => dist::run(rest),
        "soak" => soak::run(rest),
        "fuzz" => fuzz::run(rest),
        "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(())
        }
        other => Err(anyhow::anyhow!("unknown command {other:?}\n\n{HELP}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
