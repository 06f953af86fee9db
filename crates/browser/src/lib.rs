//! Search in the reader's browser.
//!
//! The query core of [`search`] over static shards, compiled to a WebAssembly module of some
//! 19 kB. The script that loads it (`themes/default/scripts/search-panel.js`) fetches what the
//! module wants and shows what it answers; it decides nothing.
//!
//! The module keeps one [`Face`]: head, shards and cards go in as bytes, answers come out as
//! lines of text. There is no wasm-bindgen: a handful of functions over linear memory (`abi`) is all.

#![cfg_attr(target_arch = "wasm32", no_std)]

extern crate alloc;

#[cfg(target_arch = "wasm32")]
mod abi;
mod face;

pub use face::{Face, Reply};
