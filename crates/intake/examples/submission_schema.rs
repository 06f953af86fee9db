//! Prints `rules/submission.schema.json` as the model describes it:
//!
//! `cargo run -p intake --example submission_schema > rules/submission.schema.json`
#![allow(clippy::print_stdout, reason = "it prints the schema")]

fn main() {
    println!("{:#}", intake::model::submission_schema());
}
