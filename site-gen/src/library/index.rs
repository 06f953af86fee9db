//! What names what.

use std::collections::{BTreeMap, BTreeSet};

use framework::ClauseId;

use super::RuleEntry;
use crate::project::Project;

/// What names what; positions in the library's lists. A clause is known by its number without sentence.
#[derive(Debug, Default)]
pub struct Index {
    /// Rules that rest on a clause: positions in [`Library::rules`](super::Library::rules).
    pub rules_by_clause: BTreeMap<ClauseId, Vec<usize>>,
    /// Components a clause speaks of: positions in `catalogue.components`.
    pub components_by_clause: BTreeMap<ClauseId, Vec<usize>>,
    /// Bodies a clause names: positions in `catalogue.bodies`.
    pub bodies_by_clause: BTreeMap<ClauseId, Vec<usize>>,
    /// Terms a clause uses: positions in `catalogue.terms`.
    pub terms_by_clause: BTreeMap<ClauseId, Vec<usize>>,
}

impl Index {
    pub(super) fn new(project: &Project, rules: &[RuleEntry]) -> Self {
        let catalogue = &project.catalogue;
        Self {
            rules_by_clause: by_clause(rules.iter().map(|rule| &rule.clauses)),
            components_by_clause: by_clause(
                catalogue.components.iter().map(|entry| &entry.clauses),
            ),
            bodies_by_clause: by_clause(catalogue.bodies.iter().map(|entry| &entry.clauses)),
            terms_by_clause: by_clause(catalogue.terms.iter().map(|entry| &entry.clauses)),
        }
    }
}

fn by_clause<'a>(
    entries: impl Iterator<Item = &'a Vec<ClauseId>>,
) -> BTreeMap<ClauseId, Vec<usize>> {
    let mut index: BTreeMap<ClauseId, Vec<usize>> = BTreeMap::new();
    for (position, clauses) in entries.enumerate() {
        let numbered: BTreeSet<ClauseId> = clauses.iter().map(ClauseId::without_sentence).collect();
        for clause in numbered {
            index.entry(clause).or_default().push(position);
        }
    }
    index
}
