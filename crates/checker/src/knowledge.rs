//! What a checker is compiled from, as one file that site-gen publishes.

use std::borrow::Cow;

use framework::{
    Body, Catalogue, Clause, Clauses, Component, ConstituentFramework, LayerDescription,
    ReferencedSystem, Term,
};
use rulebook::RuleFile;
use serde::{Deserialize, Serialize};

/// Rules, clauses and catalogue: all that judging needs to know.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Knowledge<'a> {
    /// Whether the rules have passed all checks, their examples included, where this was written: then they
    /// are not checked a second time.
    pub accepted: bool,
    /// Every JSON file below `rules/` but the samples, letter by letter: a report names the rule set
    /// by the digest of its files.
    pub rules: Vec<RuleText<'a>>,
    /// All clauses in document order.
    pub clauses: Cow<'a, [Clause]>,
    /// The constituents of the framework.
    pub constituents: Cow<'a, [ConstituentFramework]>,
    /// The five layers.
    pub layers: Cow<'a, [LayerDescription]>,
    /// The shared components.
    pub components: Cow<'a, [Component]>,
    /// Who has tasks.
    pub bodies: Cow<'a, [Body]>,
    /// Systems that the text names and that are no components.
    pub referenced_systems: Cow<'a, [ReferencedSystem]>,
    /// The glossary.
    pub terms: Cow<'a, [Term]>,
}

/// One file of the rule set.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleText<'a> {
    /// Its path in the project: `rules/plt/kkt2-plt-007.json`.
    pub path: Cow<'a, str>,
    /// Its text.
    pub text: Cow<'a, str>,
}

impl<'a> Knowledge<'a> {
    /// What a project knows.
    pub fn of(rules: Vec<RuleText<'a>>, clauses: &'a Clauses, catalogue: &'a Catalogue) -> Self {
        Self {
            accepted: false,
            rules,
            clauses: Cow::Borrowed(clauses.iter().as_slice()),
            constituents: Cow::Borrowed(&catalogue.constituents),
            layers: Cow::Borrowed(&catalogue.layers),
            components: Cow::Borrowed(&catalogue.components),
            bodies: Cow::Borrowed(&catalogue.bodies),
            referenced_systems: Cow::Borrowed(&catalogue.referenced_systems),
            terms: Cow::Borrowed(&catalogue.terms),
        }
    }

    /// The same, as a rule set is compiled from it.
    pub(crate) fn into_parts(self) -> (Vec<RuleFile>, Clauses, Catalogue) {
        let files = self.rules.into_iter().map(|file| RuleFile {
            path: file.path.into_owned(),
            text: file.text.into(),
        });
        let catalogue = Catalogue {
            constituents: self.constituents.into_owned(),
            layers: self.layers.into_owned(),
            components: self.components.into_owned(),
            bodies: self.bodies.into_owned(),
            referenced_systems: self.referenced_systems.into_owned(),
            terms: self.terms.into_owned(),
        };
        (
            files.collect(),
            Clauses::new(self.clauses.into_owned()),
            catalogue,
        )
    }
}
