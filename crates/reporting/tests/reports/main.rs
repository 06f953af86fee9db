//! Every format on every fixture: what people see, what other programs read, and what must never
//! get through.
//!
//! What is shown is compared with files kept under `tests/snapshots/`.
//! `KHUNG_SNAPSHOTS=write cargo test -p reporting` writes them anew; read the difference before
//! you commit it.

mod fixtures;
mod people;
mod programs;
