//! What a record has to say before a rule needs to look at it.
//!
//! Most rules concern few records: the systems of one function, the integrations with one platform.
//! That much of `when` is read once, when the rule is compiled, so that a judgement asks each record
//! for the field once instead of trying every rule's schema on it. A gate never decides: whatever
//! it lets in is still tried by `when`.

use serde_json::Value;

/// A value that a gate looks for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Key {
    Text(Box<str>),
    Truth(bool),
}

/// A field that has to be one of these values, or a list that has to hold one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gate {
    pub(crate) field: String,
    pub(crate) keys: Vec<Key>,
}

impl Gate {
    /// The gate of a `when`, if it asks for such a field.
    pub(crate) fn of(when: &Value) -> Option<Self> {
        let parts = when.get("allOf").and_then(Value::as_array);
        let required = when.get("required").and_then(Value::as_array);
        let properties = when.get("properties").and_then(Value::as_object);
        let own = required.into_iter().flatten().find_map(|name| {
            let field = name.as_str()?;
            let keys = keys_of(properties?.get(field)?)?;
            let field = field.to_owned();
            Some(Self { field, keys })
        });
        own.or_else(|| parts.into_iter().flatten().find_map(Self::of))
    }
}

/// The values that a schema allows, or one of which a list has to hold.
fn keys_of(schema: &Value) -> Option<Vec<Key>> {
    let is_list = schema.get("type").is_some_and(|kind| kind == "array");
    let asked = match (is_list, schema.get("contains")) {
        // `contains` holds for whatever is no list, and with `minContains: 0` for any list.
        (true, Some(contains)) if schema.get("minContains").is_none() => contains,
        _ => schema,
    };
    let one = asked.get("const").map(std::slice::from_ref);
    let several = asked.get("enum").and_then(Value::as_array);
    let values = one.or(several.map(Vec::as_slice))?;
    values.iter().map(key_of).collect()
}

fn key_of(value: &Value) -> Option<Key> {
    match value {
        Value::String(text) => Some(Key::Text(text.as_str().into())),
        Value::Bool(truth) => Some(Key::Truth(*truth)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn gate(when: &Value) -> Option<(String, Vec<Key>)> {
        Gate::of(when).map(|gate| (gate.field, gate.keys))
    }

    fn text(text: &str) -> Key {
        Key::Text(text.into())
    }

    #[test]
    fn a_field_that_has_to_be_a_value_is_a_gate() {
        let when = json!({"required": ["to"], "properties": {"to": {"const": "x"}}});
        assert_eq!(gate(&when), Some(("to".to_owned(), vec![text("x")])));
        let when = json!({"allOf": [{"not": true}, {"required": ["a"], "properties": {"a": {"enum": ["x", true]}}}]});
        assert_eq!(
            gate(&when),
            Some(("a".to_owned(), vec![text("x"), Key::Truth(true)]))
        );
        let when = json!({"required": ["f"], "properties": {"f": {"type": "array", "contains": {"const": "x"}}}});
        assert_eq!(gate(&when), Some(("f".to_owned(), vec![text("x")])));
    }

    #[test]
    fn what_another_value_could_satisfy_is_no_gate() {
        for when in [
            json!(true),
            json!({"properties": {"to": {"const": "x"}}}),
            json!({"required": ["to"], "properties": {"to": {"not": {"const": "x"}}}}),
            json!({"required": ["to"], "properties": {"to": {"enum": ["x", null]}}}),
            json!({"required": ["to"], "properties": {"to": {"const": 1}}}),
            json!({"required": ["f"], "properties": {"f": {"contains": {"const": "x"}}}}),
            json!({"required": ["f"], "properties": {"f": {"type": "array", "contains": {"const": "x"}, "minContains": 0}}}),
            json!({"anyOf": [{"required": ["to"], "properties": {"to": {"const": "x"}}}, true]}),
            json!({"not": {"required": ["to"], "properties": {"to": {"const": "x"}}}}),
        ] {
            assert_eq!(gate(&when), None, "{when}");
        }
    }
}
