//! What stays the same when records are reordered and other things are edited.

use std::{collections::HashMap, fmt::Write};

use sha2::{Digest, Sha256};

use crate::Node;

/// Fields that say which record it is, where it has no id.
const NAMES: [&str; 12] = [
    "component_ref",
    "clause",
    "function",
    "owner_unit",
    "layer",
    "list",
    "field",
    "value",
    "system_ref",
    "file",
    "role",
    "text",
];

/// Gives fingerprints, telling apart records that look the same.
#[derive(Default)]
pub(crate) struct Fingerprints(HashMap<String, u32>);

impl Fingerprints {
    /// The fingerprint of a fault in a record: rule, record, and what in the record.
    pub(crate) fn next(&mut self, rule: &str, record: &str, what: &str) -> String {
        let fault = format!("{rule}\u{0}{record}\u{0}{what}");
        let seen = self.0.entry(fault.clone()).or_default();
        *seen += 1;
        let nth = if *seen > 1 {
            format!("\u{0}{seen}")
        } else {
            String::new()
        };
        hex(&Sha256::digest(format!("{fault}{nth}")))[..32].to_owned()
    }
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(
        String::with_capacity(bytes.len() * 2),
        |mut digits, byte| {
            let _ = write!(digits, "{byte:02x}");
            digits
        },
    )
}

/// What a record is called: its id, else what tells it apart, whatever its place in the list.
pub(crate) fn key_of(record: &Node<'_>) -> String {
    let text = |name: &str| record.get(name).and_then(Node::as_str);
    if let Some(id) = text("id") {
        // In a portfolio the same id may stand in several submissions.
        return text("filed_by").map_or_else(|| id.to_owned(), |file| format!("{id}\u{1f}{file}"));
    }
    let holder = record.get("holder").map(key_of);
    let own = NAMES
        .iter()
        .filter_map(|name| text(name))
        .map(str::to_owned);
    holder
        .into_iter()
        .chain(own)
        .collect::<Vec<_>>()
        .join("\u{1f}")
}
