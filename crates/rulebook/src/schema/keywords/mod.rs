//! What rules may say beyond JSON Schema: `rules/vocabulary.json`, one file a keyword.

mod ascending;
mod day_bounds;
mod member_of;
mod same_value;

use std::fmt::Debug;

use jsonschema::{Keyword, ValidationError, ValidationOptions};
use serde_json::Value;

use super::Tree;
use crate::Node;

/// A keyword with its value.
pub(super) type Compiled<'a> = Result<Box<dyn Predicate>, ValidationError<'a>>;

/// Compiles the value of a keyword.
type Factory = fn(&Value) -> Compiled<'_>;

/// All keywords of ours.
const ALL: [(&str, Factory); 5] = [
    ("ascending", ascending::compile),
    ("same_value", same_value::compile),
    ("member_of", member_of::compile),
    ("on_or_before", day_bounds::compile_on_or_before),
    ("on_or_after", day_bounds::compile_on_or_after),
];

/// The keyword of that name; nothing, if it is not one of ours.
pub(super) fn compile<'a>(name: &str, value: &'a Value) -> Option<Compiled<'a>> {
    let (_, factory) = ALL.iter().find(|(own, _)| *own == name)?;
    Some(factory(value))
}

/// Makes our keywords known to a compiler of schemas.
pub(super) fn register<R>(
    options: ValidationOptions<'_, R, Tree>,
) -> ValidationOptions<'_, R, Tree> {
    ALL.into_iter().fold(options, |options, (name, factory)| {
        options.with_keyword(name, move |_, value, _| -> Registered<'_> {
            Ok(Box::new(Checked(factory(value)?)))
        })
    })
}

/// What the library wants of a factory.
type Registered<'a> = Result<Box<dyn for<'i> Keyword<'i, Tree>>, ValidationError<'a>>;

/// A keyword that holds or does not: all of ours.
pub(super) trait Predicate: Debug + Send + Sync {
    /// What to say to whoever writes rules.
    fn message(&self) -> &'static str;

    /// Whether it holds for the value.
    fn holds(&self, node: &Node<'_>) -> bool;
}

/// A predicate as `jsonschema` calls it.
struct Checked(Box<dyn Predicate>);

impl<'i> Keyword<'i, Tree> for Checked {
    fn validate(&self, node: &'i Node<'i>) -> Result<(), ValidationError<'i>> {
        if self.0.holds(node) {
            Ok(())
        } else {
            Err(ValidationError::custom(self.0.message()))
        }
    }

    fn is_valid(&self, node: &'i Node<'i>) -> bool {
        self.0.holds(node)
    }
}

/// The list of two or more paths that a keyword compares.
fn paths(value: &Value) -> Result<Vec<String>, ValidationError<'_>> {
    let paths: Option<Vec<String>> = value.as_array().and_then(|paths| {
        paths
            .iter()
            .map(|path| path.as_str().and_then(pointer))
            .collect()
    });
    paths
        .filter(|paths| paths.len() >= 2)
        .ok_or_else(|| ValidationError::custom("expected a list of two or more JSON pointers"))
}

fn pointer(text: &str) -> Option<String> {
    (text.is_empty() || text.starts_with('/')).then(|| text.to_owned())
}

/// The value at a path; nothing if it is absent or null.
fn stated<'n>(node: &'n Node<'n>, path: &str) -> Option<&'n Node<'n>> {
    node.pointer(path)
        .map(|(node, _)| node.resolved())
        .filter(|node| !node.is_null())
}

#[cfg(test)]
pub(in crate::schema) mod testing {
    use serde_json::Value;

    use crate::{json, schema::Schema};

    /// Whether an instance, as JSON text, satisfies a schema.
    pub(in crate::schema) fn holds(schema: &Value, instance: &str) -> bool {
        let node = json::parse(instance, &json::Limits::default()).unwrap();
        Schema::question(schema).unwrap().holds_for(&node)
    }
}
