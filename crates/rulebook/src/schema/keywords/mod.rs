//! What rules may say beyond JSON Schema: `rules/vocabulary.json`, one file a keyword.

mod ascending;
mod day_bounds;
mod member_of;
mod same_value;

use jsonschema::{Keyword, ValidationError, ValidationOptions};
use serde_json::Value;

use super::Tree;
use crate::Node;

/// What a factory of a keyword gives back.
type Compiled<'a> = Result<Box<dyn for<'i> Keyword<'i, Tree>>, ValidationError<'a>>;

/// Makes our keywords known to a compiler of schemas.
pub(super) fn register<R>(
    options: ValidationOptions<'_, R, Tree>,
) -> ValidationOptions<'_, R, Tree> {
    options
        .with_keyword("ascending", |_, value, _| ascending::compile(value))
        .with_keyword("same_value", |_, value, _| same_value::compile(value))
        .with_keyword("member_of", |_, value, _| member_of::compile(value))
        .with_keyword("on_or_before", |_, value, _| {
            day_bounds::compile_on_or_before(value)
        })
        .with_keyword("on_or_after", |_, value, _| {
            day_bounds::compile_on_or_after(value)
        })
}

/// A keyword that holds or does not: all of ours.
trait Predicate: Send + Sync + 'static {
    /// What to say to whoever writes rules.
    const MESSAGE: &'static str;

    /// Whether it holds for the value.
    fn holds(&self, node: &Node<'_>) -> bool;
}

/// A predicate as `jsonschema` calls it.
struct Checked<P>(P);

impl<'i, P: Predicate> Keyword<'i, Tree> for Checked<P> {
    fn validate(&self, node: &'i Node<'i>) -> Result<(), ValidationError<'i>> {
        if self.0.holds(node) {
            Ok(())
        } else {
            Err(ValidationError::custom(P::MESSAGE))
        }
    }

    fn is_valid(&self, node: &'i Node<'i>) -> bool {
        self.0.holds(node)
    }
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "what a factory of a keyword gives back"
)]
fn checked<'a, P: Predicate>(predicate: P) -> Compiled<'a> {
    Ok(Box::new(Checked(predicate)))
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
