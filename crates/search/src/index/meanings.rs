//! What acronyms stand for, as the file beside the parts has it.

use std::collections::BTreeMap;

use crate::Meaning;

pub(super) fn lines(meanings: &BTreeMap<String, Vec<Meaning>>) -> String {
    let mut lines = String::new();
    for (key, meanings) in meanings {
        for meaning in meanings {
            lines.extend([key, "\t", &meaning.rest, "\t", &meaning.stands_for, "\n"]);
        }
    }
    lines
}

/// Reads what [`lines`] wrote.
pub(super) fn read(lines: &str) -> BTreeMap<String, Vec<Meaning>> {
    let mut meanings: BTreeMap<String, Vec<Meaning>> = BTreeMap::new();
    for line in lines.lines() {
        let mut columns = line.split('\t').map(str::to_owned);
        if let (Some(key), Some(rest), Some(stands_for)) =
            (columns.next(), columns.next(), columns.next())
        {
            meanings
                .entry(key)
                .or_default()
                .push(Meaning { rest, stands_for });
        }
    }
    meanings
}
