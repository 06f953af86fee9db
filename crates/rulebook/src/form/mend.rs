//! What was meant by a value of the wrong form, where that is plain: a number typed as a text, a date
//! in the country's order, one value where a list is asked for.

use serde_json::{Value, json};

use crate::{
    Kind, Node,
    json::{self, Limits},
    schema::Schema,
};

/// The value that was meant, if the form allows it there.
pub(super) fn meant(value: &Node<'_>, schema: &Value) -> Option<Value> {
    readings(value).into_iter().find(|one| allows(schema, one))
}

/// Whether the form allows the value there.
pub(super) fn allows(schema: &Value, value: &Value) -> bool {
    let text = value.to_string();
    let node = json::parse(&text, &Limits::default());
    let schema = Schema::compile(schema);
    matches!((node, schema), (Ok(node), Ok(schema)) if schema.holds_for(&node))
}

/// Other ways to read a value, the likeliest first.
fn readings(value: &Node<'_>) -> Vec<Value> {
    match &value.resolved().kind {
        Kind::String(text) => {
            let number = text.trim().parse::<i64>().ok().map(Value::from);
            let readings = [number, truth(text), date(text), Some(json!([&**text]))];
            readings.into_iter().flatten().collect()
        }
        Kind::Number(_) => {
            let number = value.to_json();
            vec![json!(number.to_string()), json!([number])]
        }
        Kind::Array(items) => match items.as_slice() {
            [only] if !only.is_list() && !only.is_record() => vec![only.to_json()],
            _ => Vec::new(),
        },
        Kind::Bool(_) | Kind::Null | Kind::Object(_) | Kind::Shared(_) | Kind::Joined(_) => {
            Vec::new()
        }
    }
}

fn truth(text: &str) -> Option<Value> {
    match text.trim().to_lowercase().as_str() {
        "true" | "yes" | "có" => Some(json!(true)),
        "false" | "no" | "không" => Some(json!(false)),
        _ => None,
    }
}

/// A date in the order day, month, year. One that would be another day in the order month, day is
/// left to whoever wrote it.
fn date(text: &str) -> Option<Value> {
    let parts: Vec<&str> = text.trim().split(['/', '.', '-']).collect();
    let [day, month, year] = parts[..] else {
        return None;
    };
    let (day, month) = (day.parse::<u8>().ok()?, month.parse::<u8>().ok()?);
    let year = year.parse::<u16>().ok()?;
    let is_plain = year >= 1000 && (day > 12 || day == month);
    let date = framework::Date::new(year, month, day).filter(|_| is_plain)?;
    Some(json!(date.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_plain_is_read_another_way() {
        let day =
            json!({"type": ["string", "null"], "anyOf": [{"format": "date"}, {"type": "null"}]});
        let number = json!({"type": ["integer", "null"], "minimum": 0});
        let list = json!({"type": "array", "items": {"type": "string"}});
        let truth = json!({"type": "boolean"});
        let text = json!({"type": "string"});
        for (schema, typed, expected) in [
            (&day, r#""31/12/2026""#, json!("2026-12-31")),
            (&day, r#""3.3.2026""#, json!("2026-03-03")),
            (&day, r#""03/04/2026""#, Value::Null),
            (&day, r#""31/02/2026""#, Value::Null),
            (&day, r#""31/12/26""#, Value::Null),
            (&number, r#"" 96 ""#, json!(96)),
            (&number, r#""-1""#, Value::Null),
            (&number, r#""chín sáu""#, Value::Null),
            (&number, "[7]", json!(7)),
            (&list, r#""a""#, json!(["a"])),
            (&list, "7", Value::Null),
            (&truth, r#""Có""#, json!(true)),
            (&truth, r#""có thể""#, Value::Null),
            (&text, "2.5", json!("2.5")),
            (&text, r#"["a", "b"]"#, Value::Null),
            (&text, r#"{"a": 1}"#, Value::Null),
        ] {
            let node = json::parse(typed, &Limits::default()).expect(typed);
            assert_eq!(
                meant(&node, schema).unwrap_or_default(),
                expected,
                "{typed}"
            );
        }
    }
}
