//! The tree without its places.

use serde_json::Value;

use crate::{Kind, Node, Number};

impl Node<'_> {
    /// The value without its places: a copy, for schemas and patches.
    pub fn to_json(&self) -> Value {
        match &self.resolved().kind {
            Kind::Null | Kind::Shared(_) => Value::Null,
            Kind::Bool(value) => Value::Bool(*value),
            Kind::Number(Number::Unsigned(number)) => Value::from(*number),
            Kind::Number(Number::Signed(number)) => Value::from(*number),
            Kind::Number(Number::Float(number)) => Value::from(*number),
            Kind::String(text) => Value::String(text.to_string()),
            Kind::Array(items) => Value::Array(items.iter().map(Node::to_json).collect()),
            Kind::Object(members) => members
                .iter()
                .map(|member| (member.key.to_string(), member.value.to_json()))
                .collect::<serde_json::Map<_, _>>()
                .into(),
            Kind::Joined(joined) => joined
                .members()
                .map(|member| (member.key.to_string(), member.value.to_json()))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        }
    }
}
