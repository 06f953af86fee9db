//! Short citations: `/c/ii-3-4-3/`, and where each leads.

use std::collections::BTreeMap;

use super::{Library, RuleEntry};
use crate::address::Tail;

impl Library {
    /// Short citations: code → address after the language (`/framework/ii-3-4/#ii-3-4-3`); those of
    /// what moved or was removed included.
    pub fn citations(&self) -> BTreeMap<String, String> {
        let gone = self.redirects.citations();
        gone.chain(self.citations_in_use()).collect()
    }

    /// Those of what is there.
    pub(super) fn citations_in_use(&self) -> impl Iterator<Item = (String, String)> {
        let clauses = self.project.clauses.iter().map(|clause| {
            (
                clause.slug.clone(),
                format!("{}#{}", clause.page, clause.slug),
            )
        });
        let components = self.project.catalogue.components.iter().map(|component| {
            (
                component.code.to_lowercase(),
                Tail::Component(component.id.clone()).to_string(),
            )
        });
        let rules = self
            .rules
            .iter()
            .map(|rule| (rule.slug(), Tail::Rule(rule.slug()).to_string()));
        clauses.chain(components).chain(rules)
    }

    /// Where a short citation leads, if there is one of that code: one entry of [`Self::citations`].
    pub fn citation(&self, code: &str) -> Option<String> {
        let clause = self.project.clauses.iter();
        let clause = clause
            .filter(|clause| clause.slug == code)
            .map(|clause| format!("{}#{}", clause.page, clause.slug));
        let components = self.project.catalogue.components.iter();
        let component = components
            .filter(|component| component.code.to_lowercase() == code)
            .map(|component| Tail::Component(component.id.clone()).to_string());
        let rules = self.rules.iter().map(RuleEntry::slug);
        let rule = rules
            .filter(|slug| slug == code)
            .map(|slug| Tail::Rule(slug).to_string());
        let in_use = clause.chain(component).chain(rule).last();
        in_use.or_else(|| {
            let mut gone = self.redirects.citations();
            Some(gone.find(|(known, _)| known == code)?.1)
        })
    }
}
