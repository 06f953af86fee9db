//! JSON Schema 2020-12 over the tree with places.

pub(crate) mod equality;
mod keywords;
#[cfg(test)]
mod official;
#[cfg(test)]
mod suite;
mod tree;

use jsonschema::{Draft, PatternOptions, ValidationError, Validator};
use serde_json::Value;

pub(crate) use tree::Tree;

/// A compiled schema.
#[derive(Debug)]
pub(crate) struct Schema(Validator<Tree>);

impl Schema {
    /// Compiles a schema: formats assert, patterns run in linear time (look-around and back
    /// references are refused), nothing is fetched, our own keywords are known.
    pub(crate) fn compile(schema: &Value) -> Result<Self, Box<ValidationError<'static>>> {
        let options = jsonschema::options_for::<Tree>()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .should_ignore_unknown_formats(false)
            .with_pattern_options(PatternOptions::regex())
            .offline();
        keywords::register(options)
            .build(schema)
            .map(Self)
            .map_err(Box::new)
    }

    /// Whether the value satisfies the schema.
    pub(crate) fn holds_for(&self, node: &crate::Node<'_>) -> bool {
        self.0.is_valid(node)
    }

    /// Every way in which the value does not satisfy the schema.
    pub(crate) fn errors<'i>(
        &'i self,
        node: &'i crate::Node<'i>,
    ) -> impl Iterator<Item = ValidationError<'i>> {
        self.0.iter_errors(node)
    }
}
