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

use std::sync::OnceLock;

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

/// A schema as the library asks it: compiled at once where it has to be learnt whether it can be, else when
/// it is first asked. In a browser each compilation takes the library some milliseconds, and most schemas
/// are never asked there.
#[derive(Debug)]
struct Library {
    schema: Value,
    compiled: OnceLock<Validator<Tree>>,
}

impl Library {
    /// Compiles a schema now.
    fn compile(schema: &Value) -> Result<Self, Box<ValidationError<'static>>> {
        let compiled = validator(schema).map_err(|error| Box::new(error.to_owned()))?;
        Ok(Self {
            schema: Value::Null,
            compiled: compiled.into(),
        })
    }

    /// A schema that was compiled before, or a part of one.
    const fn accepted(schema: Value) -> Self {
        Self {
            schema,
            compiled: OnceLock::new(),
        }
    }

    fn validator(&self) -> &Validator<Tree> {
        let compile = || validator(&self.schema).expect("it is compiled a second time");
        self.compiled.get_or_init(compile)
    }

    fn holds_for(&self, node: &crate::Node<'_>) -> bool {
        self.validator().is_valid(node)
    }
}

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
        Ok(Self {
            library: Library::compile(schema)?,
            check: None,
        })
    }

    /// Compiles a schema that is asked often and answers by yes or no.
    pub(crate) fn question(schema: &Value) -> Result<Self, Box<ValidationError<'static>>> {
        let compiled = Self::compile(schema)?;
        Ok(Self {
            check: Check::of_whole(schema),
            ..compiled
        })
    }

    /// The same for a schema that has been compiled before, on this machine or where the rules come from.
    pub(crate) fn accepted(schema: &Value) -> Self {
        Self {
            library: Library::accepted(schema.clone()),
            check: Check::of_whole(schema),
        }
    }

    /// Whether the value satisfies the schema.
    pub(crate) fn holds_for(&self, node: &crate::Node<'_>) -> bool {
        let Some(check) = &self.check else {
            return self.library.holds_for(node);
        };
        let holds = check.holds(node);
        debug_assert_eq!(holds, self.library.holds_for(node), "{check:?} {node:?}");
        holds
    }

    /// Every way in which the value does not satisfy the schema.
    pub(crate) fn errors<'i>(
        &'i self,
        node: &'i crate::Node<'i>,
    ) -> impl Iterator<Item = ValidationError<'i>> {
        self.library.validator().iter_errors(node)
    }
}
