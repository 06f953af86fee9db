//! A part of an index, found in the site that is published or made.

use std::{borrow::Cow, ops::Range};

use search::{
    Entry,
    index::{self, Effort, IndexError, Part},
};

use super::{Digests, Thing};
use crate::library::Library;

/// A part of an index, made or found.
pub(super) struct PartMade {
    pub(super) name: String,
    pub(super) part: Part,
    /// The digests of pages' entries that were made.
    pub(super) digests: Digests,
    pub(super) quotes: bool,
    /// What was there before, if this part was made of it.
    pub(super) before: Option<(String, Part)>,
    /// Whether it is one of the site that is published.
    pub(super) is_found: bool,
}

/// How parts are made.
#[derive(Clone, Copy)]
pub(super) struct Recipe<'a> {
    /// The program that makes them.
    pub(super) program: &'a str,
    /// How their cards are packed. It is in no name: what is published otherwise packed is not built upon.
    pub(super) effort: Effort,
}

impl PartMade {
    /// The part of some things; `published` finds one by its name.
    pub(super) fn of(
        library: &Library,
        things: &[Thing<'_>],
        recipe: Recipe<'_>,
        published: impl Fn(&str) -> Option<Part>,
    ) -> Result<Self, IndexError> {
        let known: Option<Vec<_>> = things.iter().map(Thing::digests_before).collect();
        if let Some(known) = known {
            let name = index::name(recipe.program, &known.concat());
            if let Some(part) = published(&name) {
                return Self::from_before(library, things, recipe, (name, part), &known);
            }
        }
        // One after the other: a thread that waited here for its share would begin another part meanwhile.
        let mut made = Made::default();
        let mut all = Vec::new();
        let mut entries: Vec<Cow<'_, Entry>> = Vec::new();
        for thing in things {
            let (own, own_digests) = made.entries(library, thing);
            all.extend(own_digests);
            entries.extend(own);
        }
        let name = index::name(recipe.program, &all);
        if let Some(part) = published(&name) {
            return Ok(made.found(name, part));
        }
        let part = Part::build(&entries, recipe.effort)?;
        Ok(made.into_part(name, part, None))
    }

    /// The part from the one that was there, only the entries of changed things being made.
    fn from_before(
        library: &Library,
        things: &[Thing<'_>],
        recipe: Recipe<'_>,
        before: (String, Part),
        known: &[Vec<[u8; 16]>],
    ) -> Result<Self, IndexError> {
        let mut made = Made::default();
        let mut all = Vec::new();
        let mut changes: Vec<(Range<usize>, Vec<Cow<'_, Entry>>)> = Vec::new();
        let mut place = 0;
        for (thing, known) in things.iter().zip(known) {
            let places = place..place + known.len();
            place = places.end;
            if thing.is_known() {
                all.extend_from_slice(known);
                continue;
            }
            let (entries, digests) = made.entries(library, thing);
            if digests != *known {
                changes.push((places, entries));
            }
            all.extend(digests);
        }
        if changes.is_empty() {
            return Ok(made.found(before.0, before.1));
        }
        let name = index::name(recipe.program, &all);
        let part = before.1.renewed(&changes, recipe.effort)?;
        Ok(made.into_part(name, part, Some(before)))
    }

    pub(super) fn without_segment(self) -> Self {
        let part = self.part.without_segment();
        Self { part, ..self }
    }
}

/// What is noted while entries are made.
#[derive(Default)]
struct Made {
    digests: Digests,
    quotes: bool,
}

impl Made {
    /// The entries of a thing, and their digests.
    fn entries<'a>(
        &mut self,
        library: &Library,
        thing: &'a Thing<'_>,
    ) -> (Vec<Cow<'a, Entry>>, Vec<[u8; 16]>) {
        let (entries, quotes) = thing.entries(library);
        self.quotes |= quotes;
        let digests: Vec<_> = entries.iter().map(|entry| index::digest(entry)).collect();
        if let Thing::Page(page, _) = thing {
            let file = page.file.to_string_lossy().into_owned();
            self.digests.insert(file, digests.clone());
        }
        (entries, digests)
    }

    fn into_part(self, name: String, part: Part, before: Option<(String, Part)>) -> PartMade {
        PartMade {
            name,
            part,
            digests: self.digests,
            quotes: self.quotes,
            before,
            is_found: false,
        }
    }

    fn found(self, name: String, part: Part) -> PartMade {
        PartMade {
            is_found: true,
            ..self.into_part(name, part, None)
        }
    }
}
