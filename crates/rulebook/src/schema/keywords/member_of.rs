//! `member_of`: a list of the record holds a value of the record.

use jsonschema::ValidationError;
use serde_json::Value;

use super::{Compiled, Predicate, pointer, stated};
use crate::{Node, schema::equality};

pub(super) fn compile(value: &Value) -> Compiled<'_> {
    let path = |name| value.get(name).and_then(Value::as_str).and_then(pointer);
    match (path("value"), path("list")) {
        (Some(value), Some(list)) => Ok(Box::new(MemberOf { value, list })),
        _ => Err(ValidationError::custom(
            "expected {\"value\": pointer, \"list\": pointer}",
        )),
    }
}

#[derive(Debug)]
struct MemberOf {
    value: String,
    list: String,
}

impl Predicate for MemberOf {
    fn message(&self) -> &'static str {
        "the list does not hold the value"
    }

    fn holds(&self, node: &Node<'_>) -> bool {
        let Some(value) = stated(node, &self.value) else {
            return true;
        };
        stated(node, &self.list)
            .is_some_and(|list| list.items().iter().any(|item| equality::equal(item, value)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::holds;

    #[test]
    fn the_list_holds_the_value() {
        let schema = json!({"member_of": {"value": "/component/to", "list": "/levels"}});
        for (instance, expected) in [
            (
                r#"{"component": {"to": "commune"}, "levels": ["province", "commune"]}"#,
                true,
            ),
            (
                r#"{"component": {"to": "commune"}, "levels": ["province"]}"#,
                false,
            ),
            (r#"{"component": {"to": "commune"}}"#, false),
            (
                r#"{"component": {"to": null}, "levels": ["province"]}"#,
                true,
            ),
            (r#"{"component": null}"#, true),
        ] {
            assert_eq!(holds(&schema, instance), expected, "{instance}");
        }
    }
}
