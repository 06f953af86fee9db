//! Search: index and query, with one core for every face.
//!
//! The query core ([`answer`], [`snippet`]) reads an abstract [`Source`] and is `no_std`: it runs
//! over the tantivy index on the server and in the terminal, and over static [`Shards`] in the
//! browser, with the same integers and therefore the same hits in the same order.
//!
//! With the feature `index` come the parts that need files: what site-gen hands over ([`Entry`],
//! [`Glossary`]), the tantivy index ([`index`]), the export of the shards, and [`Results`] as data
//! and as HTML.

#![cfg_attr(not(any(test, feature = "index")), no_std)]

extern crate alloc;

mod answer;
mod bytes;
mod card;
mod clause_number;
mod code;
mod facets;
mod guess;
mod impact;
mod pieces;
mod rank;
mod reading;
mod record;
mod shards;
mod snippet;
mod source;

#[cfg(feature = "index")]
mod entry;
#[cfg(feature = "index")]
mod export;
#[cfg(feature = "index")]
mod glossary;
#[cfg(feature = "index")]
mod html;
#[cfg(feature = "index")]
pub mod index;
#[cfg(feature = "index")]
mod pack;
#[cfg(feature = "index")]
mod results;

pub use answer::{Answer, Found, answer};
pub use bytes::push_text;
pub use card::{Card, Stacking};
pub use facets::{Facets, Filter, Kind};
pub use record::Record;
pub use shards::Shards;
pub use snippet::{MARK, Marks, Snippet, UNMARK, snippet};
pub use source::Source;

#[cfg(feature = "index")]
pub use entry::{Entry, Section};
#[cfg(feature = "index")]
pub use export::StaticFile;
#[cfg(feature = "index")]
pub use glossary::Glossary;
#[cfg(feature = "index")]
pub use html::results_html;
#[cfg(feature = "index")]
pub use record::Meaning;
#[cfg(feature = "index")]
pub use results::{Hit, Query, Results};
