//! `on_or_before`, `on_or_after`: a text is a date and lies there.

use framework::Date;
use jsonschema::ValidationError;
use serde_json::Value;

use super::{Compiled, Predicate};
use crate::Node;

pub(super) fn compile_on_or_before(value: &Value) -> Compiled<'_> {
    Ok(Box::new(OnOrBefore(day(value)?)))
}

pub(super) fn compile_on_or_after(value: &Value) -> Compiled<'_> {
    Ok(Box::new(OnOrAfter(day(value)?)))
}

fn day(value: &Value) -> Result<Date, ValidationError<'_>> {
    let day = value.as_str().and_then(|text| text.parse().ok());
    day.ok_or_else(|| ValidationError::custom("expected a date, 2026-12-31"))
}

fn day_of(node: &Node<'_>) -> Option<Date> {
    node.as_str().and_then(|text| text.parse().ok())
}

#[derive(Debug)]
struct OnOrBefore(Date);

impl Predicate for OnOrBefore {
    fn message(&self) -> &'static str {
        "not a date, or too late"
    }

    fn holds(&self, node: &Node<'_>) -> bool {
        day_of(node).is_some_and(|day| day <= self.0)
    }
}

#[derive(Debug)]
struct OnOrAfter(Date);

impl Predicate for OnOrAfter {
    fn message(&self) -> &'static str {
        "not a date, or too early"
    }

    fn holds(&self, node: &Node<'_>) -> bool {
        day_of(node).is_some_and(|day| day >= self.0)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::holds;

    #[test]
    fn the_day_itself_counts() {
        for (keyword, instance, expected) in [
            ("on_or_before", "\"2026-12-31\"", true),
            ("on_or_before", "\"2027-01-01\"", false),
            ("on_or_before", "\"31/12/2025\"", false),
            ("on_or_before", "null", false),
            ("on_or_after", "\"2025-03-25\"", true),
            ("on_or_after", "\"2025-03-24\"", false),
        ] {
            let bound = if keyword == "on_or_before" {
                "2026-12-31"
            } else {
                "2025-03-25"
            };
            assert_eq!(
                holds(&json!({keyword: bound}), instance),
                expected,
                "{keyword} {instance}"
            );
        }
    }
}
