//! `ascending`: the values at the paths do not decrease.

use std::cmp::Ordering;

use framework::Date;
use serde_json::Value;

use super::{Compiled, Predicate, paths, stated};
use crate::{Kind, Node, Number};

pub(super) fn compile(value: &Value) -> Compiled<'_> {
    Ok(Box::new(Ascending(paths(value)?)))
}

#[derive(Debug)]
struct Ascending(Vec<String>);

impl Predicate for Ascending {
    fn message(&self) -> &'static str {
        "the values decrease"
    }

    fn holds(&self, node: &Node<'_>) -> bool {
        let mut before: Option<Measure> = None;
        for path in &self.0 {
            let Some(measure) = stated(node, path).and_then(Measure::of) else {
                continue;
            };
            if before.is_some_and(|before| before.compare(measure) == Ordering::Greater) {
                return false;
            }
            before = Some(measure);
        }
        true
    }
}

/// What can be compared.
#[derive(Clone, Copy)]
enum Measure {
    Number(Number),
    Day(Date),
}

impl Measure {
    fn of(node: &Node<'_>) -> Option<Self> {
        match &node.kind {
            Kind::Number(number) => Some(Self::Number(*number)),
            Kind::String(text) => text.parse().ok().map(Self::Day),
            _ => None,
        }
    }

    /// A day and a number compare by the year.
    fn compare(self, other: Self) -> Ordering {
        let year = |day: Date| Number::Unsigned(u64::from(day.year()));
        match (self, other) {
            (Self::Number(left), Self::Number(right)) => left.compare(right),
            (Self::Day(left), Self::Day(right)) => left.cmp(&right),
            (Self::Day(left), Self::Number(right)) => year(left).compare(right),
            (Self::Number(left), Self::Day(right)) => left.compare(year(right)),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::holds;

    #[test]
    fn numbers_days_and_years_do_not_decrease() {
        let schema = json!({"ascending": ["/a", "/b"]});
        for (instance, expected) in [
            (r#"{"a": 96, "b": 102}"#, true),
            (r#"{"a": 102, "b": 102}"#, true),
            (r#"{"a": 118, "b": 102}"#, false),
            (r#"{"a": "2026-04-01", "b": "2026-12-15"}"#, true),
            (r#"{"a": "2026-12-16", "b": "2026-12-15"}"#, false),
            (r#"{"a": "2026-02-28", "b": 2026}"#, true),
            (r#"{"a": "2026-02-28", "b": 2025}"#, false),
            (r#"{"a": 9007199254740993, "b": 9007199254740992}"#, false),
        ] {
            assert_eq!(holds(&schema, instance), expected, "{instance}");
        }
    }

    #[test]
    fn what_is_absent_null_or_no_measure_is_skipped() {
        let schema = json!({"ascending": ["/a", "/b", "/c"]});
        for (instance, expected) in [
            (r#"{"b": 1}"#, true),
            (r#"{"a": 3, "b": null, "c": 2}"#, false),
            (r#"{"a": "31/12/2026", "b": "2025-01-01"}"#, true),
            ("[1]", true),
        ] {
            assert_eq!(holds(&schema, instance), expected, "{instance}");
        }
    }
}
