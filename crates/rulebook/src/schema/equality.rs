//! When two values are the same: JSON Schema's equality (numbers by value, records in any order).

use std::{cmp::Ordering, collections::HashSet, fmt::Write};

use serde_json::Value;

use crate::{Kind, Member, Node, Number};

/// Up to this many items a list is searched for twins pair by pair.
const ITEMS_COMPARED_PAIR_BY_PAIR: usize = 16;

impl Number {
    /// The nearest double.
    #[expect(
        clippy::cast_precision_loss,
        reason = "comparisons between integers do not come here"
    )]
    pub(crate) fn to_f64(self) -> f64 {
        match self {
            Self::Unsigned(number) => number as f64,
            Self::Signed(number) => number as f64,
            Self::Float(number) => number,
        }
    }

    /// Which is larger; integers exactly.
    pub(crate) fn compare(self, other: Self) -> Ordering {
        let whole = |number| match number {
            Self::Unsigned(number) => Some(i128::from(number)),
            Self::Signed(number) => Some(i128::from(number)),
            Self::Float(_) => None,
        };
        match (whole(self), whole(other)) {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => self.to_f64().total_cmp(&other.to_f64()),
        }
    }

    fn of_value(number: &serde_json::Number) -> Self {
        let unsigned = number.as_u64().map(Self::Unsigned);
        let signed = || number.as_i64().map(Self::Signed);
        let float = || Self::Float(number.as_f64().unwrap_or_default());
        unsigned.or_else(signed).unwrap_or_else(float)
    }
}

/// Whether a value of the tree equals a constant of a schema.
pub(crate) fn equals_value(node: &Node<'_>, expected: &Value) -> bool {
    match (&node.resolved().kind, expected) {
        (Kind::Null, Value::Null) => true,
        (Kind::Bool(left), Value::Bool(right)) => left == right,
        (Kind::Number(left), Value::Number(right)) => {
            left.compare(Number::of_value(right)) == Ordering::Equal
        }
        (Kind::String(left), Value::String(right)) => left == right,
        (Kind::Array(left), Value::Array(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|(left, right)| equals_value(left, right))
        }
        (Kind::Object(_) | Kind::Joined(_), Value::Object(right)) => {
            let left = fields_of(node);
            left.len() == right.len()
                && left.iter().all(|member| {
                    right
                        .get(&*member.key)
                        .is_some_and(|value| equals_value(&member.value, value))
                })
        }
        _ => false,
    }
}

/// Whether two values of the tree are equal.
pub(crate) fn equal(left: &Node<'_>, right: &Node<'_>) -> bool {
    match (&left.resolved().kind, &right.resolved().kind) {
        (Kind::Null, Kind::Null) => true,
        (Kind::Bool(left), Kind::Bool(right)) => left == right,
        (Kind::Number(left), Kind::Number(right)) => left.compare(*right) == Ordering::Equal,
        (Kind::String(left), Kind::String(right)) => left == right,
        (Kind::Array(left), Kind::Array(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|(left, right)| equal(left, right))
        }
        (Kind::Object(_) | Kind::Joined(_), Kind::Object(_) | Kind::Joined(_)) => {
            let (members, others) = (fields_of(left), fields_of(right));
            members.len() == others.len()
                && members.iter().all(|member| {
                    let twin = right.member(member.key.mark(), &member.key);
                    twin.is_some_and(|other| equal(&member.value, &other.value))
                })
        }
        _ => false,
    }
}

/// All fields of a record, also of one that the joined view has added to.
fn fields_of<'n>(node: &'n Node<'_>) -> Vec<&'n Member<'n>> {
    match &node.resolved().kind {
        Kind::Joined(joined) => joined.members().collect(),
        _ => node.members().iter().collect(),
    }
}

/// Whether no item of the list equals another.
pub(crate) fn all_different(items: &[Node<'_>]) -> bool {
    if items.len() <= ITEMS_COMPARED_PAIR_BY_PAIR {
        return items
            .iter()
            .enumerate()
            .all(|(index, item)| items[..index].iter().all(|earlier| !equal(earlier, item)));
    }
    let mut seen = HashSet::with_capacity(items.len());
    items.iter().all(|item| {
        let mut key = String::new();
        write_canonical(item, &mut key);
        seen.insert(key)
    })
}

/// A text that is the same for equal values and different for others.
fn write_canonical(node: &Node<'_>, out: &mut String) {
    match &node.resolved().kind {
        Kind::Null | Kind::Shared(_) => out.push('n'),
        Kind::Bool(value) => out.push(if *value { 't' } else { 'f' }),
        Kind::Number(number) => write_number(*number, out),
        Kind::String(text) => {
            let _ = write!(out, "{}:{text}", text.len());
        }
        Kind::Array(items) => {
            out.push('[');
            for item in items {
                write_canonical(item, out);
            }
            out.push(']');
        }
        Kind::Object(_) | Kind::Joined(_) => {
            let mut in_order = fields_of(node);
            in_order.sort_by(|left, right| left.key.cmp(&right.key));
            out.push('{');
            for member in in_order {
                let _ = write!(out, "{}:{}", member.key.len(), member.key);
                write_canonical(&member.value, out);
            }
            out.push('}');
        }
    }
}

fn write_number(number: Number, out: &mut String) {
    let _ = match number {
        Number::Unsigned(number) => write!(out, "#{number};"),
        Number::Signed(number) => write!(out, "#{number};"),
        Number::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            write!(out, "#{number:.0};")
        }
        Number::Float(number) => write!(out, "#{number:e};"),
    };
}
