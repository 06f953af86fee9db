//! Content to a site, and what is found in it: one program for all of it, because each is linked anew.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod authoring;
mod building;
mod content;
mod incremental;
mod knowledge;
mod pages;
mod reading;
mod search_quality;
