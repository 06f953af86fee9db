//! Every format on every fixture: what people see, what other programs read, and what must never
//! get through.
//!
//! What is shown is compared with files kept under `tests/snapshots/`.
//! `KHUNG_SNAPSHOTS=write cargo test -p reporting` writes them anew; read the difference before
//! you commit it.

#![expect(clippy::unwrap_used, reason = "what cannot be read fails the test")]

mod fixtures;
mod hostile;
mod meaning;
mod paper;
mod people;
mod programs;
