//! JSON text → the tree with places.
//!
//! A parser of our own, because a report has to say where: every value knows its bytes, strings are
//! borrowed from the text where they hold no escape, and whatever other parsers pass over in
//! silence (duplicate keys, integers that would be rounded, lone surrogates) is refused with its
//! place. It reads RFC 8259 and nothing else.

mod fault;
mod parser;
mod value;

pub use fault::{Fault, FaultKind};

use crate::Node;

/// How much a text may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How deep lists and records may lie inside each other.
    pub depth: u32,
    /// How many values the text may hold.
    pub nodes: u32,
    /// After how many duplicate keys to stop looking for more.
    pub duplicate_keys: u32,
}

impl Default for Limits {
    /// 128 deep (INTERFACE.md), two million values: several times the largest submission allowed.
    fn default() -> Self {
        Self {
            depth: 128,
            nodes: 2_000_000,
            duplicate_keys: 100,
        }
    }
}

/// Reads a JSON text. All duplicate keys are told at once; any other fault is the first one met.
pub fn parse<'s>(text: &'s str, limits: &Limits) -> Result<Node<'s>, Vec<Fault>> {
    parser::Parser::new(text, *limits).parse()
}
