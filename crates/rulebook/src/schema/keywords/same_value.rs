//! `same_value`: the values at the paths are equal.

use serde_json::Value;

use super::{Compiled, Predicate, paths, stated};
use crate::{Node, schema::equality};

pub(super) fn compile(value: &Value) -> Compiled<'_> {
    Ok(Box::new(SameValue(paths(value)?)))
}

#[derive(Debug)]
struct SameValue(Vec<String>);

impl Predicate for SameValue {
    fn message(&self) -> &'static str {
        "the values differ"
    }

    fn holds(&self, node: &Node<'_>) -> bool {
        let mut values = self.0.iter().filter_map(|path| stated(node, path));
        let Some(first) = values.next() else {
            return true;
        };
        values.all(|value| equality::equal(first, value))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::holds;

    #[test]
    fn stated_values_are_equal() {
        let schema = json!({"same_value": ["/layer", "/component/layer"]});
        for (instance, expected) in [
            (
                r#"{"layer": "platform", "component": {"layer": "platform"}}"#,
                true,
            ),
            (
                r#"{"layer": "platform", "component": {"layer": "infrastructure"}}"#,
                false,
            ),
            (r#"{"layer": "platform", "component": null}"#, true),
            ("{}", true),
        ] {
            assert_eq!(holds(&schema, instance), expected, "{instance}");
        }
        assert!(holds(
            &json!({"same_value": ["/a", "/b"]}),
            r#"{"a": 1, "b": 1.0}"#
        ));
    }
}
