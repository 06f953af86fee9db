//! Content, rules and theme to a site.
//!
//! The way of a page, each step with a type of its own:
//!
//! 1. [`read`] (the only reader of files) → [`source::Sources`]
//! 2. [`markdown`] and [`front_matter`], per file, in parallel → [`document::Document`]
//! 3. [`library::assemble`] → [`library::Library`], immutable: documents, catalogue, clauses, rules
//! 4. [`site::Site`]: the library dressed in a [`theme::Theme`]
//! 5. [`page::render`]: one address → one [`page::Artifact`], a pure function
//!
//! Faults are values beside the result ([`framework::Diagnostic`]), all of them in one run.

pub mod address;
mod browser_module;
pub mod build;
pub mod catalogue;
mod check;
mod compress;
pub mod config;
pub mod content_file;
mod digest;
pub mod document;
pub mod findable;
pub mod front_matter;
mod input;
mod interned;
mod json;
pub mod knowledge;
mod last;
mod late;
pub mod library;
mod link;
pub mod manifest;
pub mod markdown;
pub mod page;
pub mod picture;
pub mod preview;
mod progress;
pub mod project;
pub mod publish;
pub mod read;
mod reads;
pub mod redirects;
mod rendered;
mod runs;
mod share;
pub mod site;
mod slug;
pub mod source;
mod stages;
mod templates;
pub mod theme;
pub mod translations;
mod tree;
mod update;
mod wording;

pub use build::{BuildOptions, BuildReport, build, build_watched};
pub use progress::Progress;
