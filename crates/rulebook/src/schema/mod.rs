//! JSON Schema 2020-12 over the tree with places.

mod check;
pub(crate) mod equality;
mod keywords;
mod needles;
#[cfg(test)]
mod official;
#[cfg(test)]
mod suite;
mod tree;

use jsonschema::{Draft, PatternOptions, ValidationError, Validator};
use serde_json::Value;

pub(crate) use tree::Tree;

use self::check::Check;

/// A compiled schema.
#[derive(Debug)]
pub(crate) struct Schema {
    library: Library,
    /// The same as a question.
    check: Option<Check>,
}

/// A schema as the library asks it.
#[derive(Debug)]
struct Library(Validator<Tree>);

/// Compiles a schema: formats assert, patterns run in linear time (look-around and back references are
/// refused), nothing is fetched, our own keywords are known.
fn validator(schema: &Value) -> Result<Validator<Tree>, ValidationError<'_>> {
    let options = jsonschema::options_for::<Tree>()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .should_ignore_unknown_formats(false)
        .with_pattern_options(PatternOptions::regex())
        .offline();
    keywords::register(options).build(schema)
}

impl Schema {
    /// Compiles a schema whose faults are listed.
    pub(crate) fn compile(schema: &Value) -> Result<Self, Box<ValidationError<'static>>> {
        let library = Library(validator(schema).map_err(|error| Box::new(error.to_owned()))?);
        Ok(Self {
            library,
            check: None,
        })
    }

    /// Compiles a schema that is asked often and answers by yes or no.
    pub(crate) fn question(schema: &Value) -> Result<Self, Box<ValidationError<'static>>> {
        let check = Check::of_whole(schema);
        Ok(Self {
            check,
            ..Self::compile(schema)?
        })
    }

    /// Whether the value satisfies the schema.
    pub(crate) fn holds_for(&self, node: &crate::Node<'_>) -> bool {
        let Some(check) = &self.check else {
            return self.library.0.is_valid(node);
        };
        let holds = check.holds(node);
        debug_assert_eq!(holds, self.library.0.is_valid(node), "{check:?} {node:?}");
        holds
    }

    /// Every way in which the value does not satisfy the schema.
    pub(crate) fn errors<'i>(
        &'i self,
        node: &'i crate::Node<'i>,
    ) -> impl Iterator<Item = ValidationError<'i>> {
        self.library.0.iter_errors(node)
    }
}
