//! Judgement: every rule over every record it concerns.

mod desk;
mod finding;
mod fingerprint;
mod locate;
mod outcome;
mod tally;

use framework::{Clauses, Locale, Localized, Severity};

pub(crate) use desk::Desks;
pub(crate) use finding::{Detail, Placed, of_place, place, render, weight};
pub(crate) use fingerprint::{Fingerprints, hex};
pub(crate) use outcome::{Failure, Judgement, Scope, judge, outcomes};
pub(crate) use tally::{count, verdict};

use crate::{
    CitedClause,
    resolve::Collection,
    rule::{Gate, Rule, Variant},
    schema::Schema,
    template::Template,
};

/// A rule ready to judge.
#[derive(Debug)]
pub(crate) struct CompiledRule {
    pub(crate) rule: Rule,
    pub(crate) mechanism: Option<Mechanism>,
    pub(crate) cited: Vec<CitedClause>,
}

/// How a rule judges.
#[derive(Debug)]
pub(crate) struct Mechanism {
    pub(crate) collections: Vec<Collection>,
    /// What a record has to say before `when` is worth trying.
    pub(crate) gate: Option<Gate>,
    pub(crate) when: Option<Schema>,
    pub(crate) require: Schema,
    pub(crate) variants: Vec<CompiledVariant>,
    pub(crate) message: Localized<Template>,
    pub(crate) fix: Localized<Vec<Template>>,
    /// The fields that `require` speaks of.
    pub(crate) fields: std::collections::BTreeSet<String>,
}

/// Other words or weights for some records.
#[derive(Debug)]
pub(crate) struct CompiledVariant {
    pub(crate) when: Schema,
    pub(crate) severity: Option<Severity>,
    pub(crate) title: Option<Localized>,
    pub(crate) message: Option<Localized<Template>>,
    pub(crate) fix: Option<Localized<Vec<Template>>>,
    pub(crate) at: Vec<String>,
    pub(crate) patch: Option<serde_json::Value>,
}

impl CompiledVariant {
    pub(crate) fn new(when: Schema, variant: &Variant) -> Self {
        let message = variant.message.as_ref();
        let fix = variant.fix.as_ref();
        Self {
            when,
            severity: variant.severity,
            title: variant.title.clone(),
            message: message.map(|words| words.as_ref().map(|words| Template::new(words))),
            fix: fix.map(|steps| {
                steps
                    .as_ref()
                    .map(|steps| steps.iter().map(|step| Template::new(step)).collect())
            }),
            at: variant.at.clone(),
            patch: variant.patch.clone(),
        }
    }
}

impl CompiledRule {
    pub(crate) fn new(rule: Rule, mechanism: Option<Mechanism>, clauses: &Clauses) -> Self {
        let cited = rule
            .clauses
            .iter()
            .filter_map(|id| clauses.get(id.as_str()));
        let cited = cited
            .map(|clause| CitedClause {
                id: clause.id.clone(),
                url: clause.url(Locale::Vi),
                quote: clause.text.clone(),
            })
            .collect();
        Self {
            rule,
            mechanism,
            cited,
        }
    }
}
