//! The server that an agency can trust with a file: site, search and validator over HTTP/1.1.
//!
//! The way of a request: [`server`] takes the connection and times it, [`exchange`] gives it an id
//! and sees it through to a logged answer, [`routing`] finds its line in [`routes`], a handler of a
//! dozen lines asks the crates that know (`intake`, `rulebook`, `reporting`, `search`) and says what
//! they said. What is swapped while the server runs lives in [`state`].
//!
//! What is absent: nothing that was uploaded is written anywhere; no path from a request ever
//! reaches the file system; no handler knows hyper, and warp is named in `routing`, `exchange` and
//! `reply` alone.

mod body;
mod call;
mod client;
mod clock;
mod condition;
pub mod config;
mod connection;
mod exchange;
mod form;
mod handlers;
mod headers;
mod journal;
mod judgement;
mod language;
mod media;
mod metrics;
mod openapi;
mod page;
mod pool;
mod problem;
mod rate;
mod reload;
mod rendering;
mod reply;
mod routes;
mod routing;
mod running;
mod server;
mod site;
mod state;
mod status;

pub use judgement::Judge;
pub use running::{Running, serve, start};
pub use server::ServeError;
pub use state::{LoadRules, Parts};
