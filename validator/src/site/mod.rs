//! The built site: read whole, checked against its manifest, served from memory.

mod conditional;
mod manifest;
mod range;
mod respond;
mod snapshot;

pub(crate) use respond::{file, not_found_page, serve};
pub(crate) use snapshot::{MANIFEST, Snapshot};
