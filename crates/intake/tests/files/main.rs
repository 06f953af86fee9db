//! What is read of files, and what is refused: one program for all of it, because each is linked anew.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod archimate;
mod nasty;
mod nasty_files;
mod project;
mod properties;
mod registers;
mod round_trips;
mod templates;
mod text_formats;
mod workbooks;
