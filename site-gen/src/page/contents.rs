//! The contents of the text, as a tree.

use serde::Serialize;

use super::lookup::{Link, Lookup};
use crate::address::Tail;

/// An entry with those below it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Entry {
    pub(super) title: String,
    pub(super) url: String,
    /// The reader is here or below.
    pub(super) current: bool,
    /// The reader is just here.
    pub(super) here: bool,
    pub(super) children: Vec<Entry>,
}

/// The whole contents; `here` is the section the reader is in, if any.
pub(super) fn tree(lookup: Lookup<'_>, here: Option<&Tail>) -> Vec<Entry> {
    let flat: Vec<(usize, Entry)> = lookup
        .library
        .sections
        .iter()
        .filter_map(|tail| {
            let (depth, Link { title, url }) = section(lookup, tail)?;
            let here = here == Some(tail);
            Some((
                depth,
                Entry {
                    title,
                    url,
                    current: here,
                    here,
                    children: Vec::new(),
                },
            ))
        })
        .collect();
    nest(&mut flat.into_iter().peekable(), 0)
}

/// The sections that lie directly below one.
pub(super) fn below(lookup: Lookup<'_>, tail: &Tail) -> Vec<Link> {
    let sections = &lookup.library.sections;
    let Some(position) = sections.iter().position(|section| section == tail) else {
        return Vec::new();
    };
    let Some((own, _)) = section(lookup, tail) else {
        return Vec::new();
    };
    sections[position + 1..]
        .iter()
        .filter_map(|tail| section(lookup, tail))
        .take_while(|(depth, _)| *depth > own)
        .filter(|(depth, _)| *depth == own + 1)
        .map(|(_, link)| link)
        .collect()
}

/// A section's depth in the numbering, its title and address.
pub(super) fn section(lookup: Lookup<'_>, tail: &Tail) -> Option<(usize, Link)> {
    let document = lookup.library.document_or_other(lookup.locale, tail)?;
    let depth = document
        .front_matter
        .clause
        .as_ref()?
        .as_str()
        .split('.')
        .count();
    Some((
        depth,
        Link {
            title: document.title.clone(),
            url: lookup.url(tail),
        },
    ))
}

fn nest(
    entries: &mut std::iter::Peekable<std::vec::IntoIter<(usize, Entry)>>,
    above: usize,
) -> Vec<Entry> {
    let mut level = Vec::new();
    while let Some((depth, mut entry)) = entries.next_if(|(depth, _)| *depth > above) {
        entry.children = nest(entries, depth);
        entry.current = entry.here || entry.children.iter().any(|child| child.current);
        level.push(entry);
    }
    level
}
