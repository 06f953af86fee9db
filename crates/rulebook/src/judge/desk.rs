//! Which rules look at which record.

use ahash::AHashMap as HashMap;

use super::Mechanism;
use crate::{Kind, Node, resolve::Collection, rule::Key};

/// The rules that judge one collection, by their place in a list: those that look at every record,
/// and those that a record calls by what it says.
#[derive(Default)]
pub(super) struct Desk<'m> {
    pub(super) always: Vec<usize>,
    gates: Vec<Gates<'m>>,
}

/// The rules behind one field.
struct Gates<'m> {
    field: &'m str,
    by_text: HashMap<&'m str, Vec<usize>>,
    by_truth: [Vec<usize>; 2],
}

impl<'m> Desk<'m> {
    pub(super) fn new(
        mechanisms: impl Iterator<Item = &'m Mechanism>,
        collection: Collection,
    ) -> Self {
        let mut desk = Self::default();
        for (index, mechanism) in mechanisms.enumerate() {
            if !mechanism.collections.contains(&collection) {
                continue;
            }
            let Some(gate) = &mechanism.gate else {
                desk.always.push(index);
                continue;
            };
            let gates = desk.gates_of(&gate.field);
            for key in &gate.keys {
                match key {
                    Key::Text(text) => gates.by_text.entry(text).or_default().push(index),
                    Key::Truth(truth) => gates.by_truth[usize::from(*truth)].push(index),
                }
            }
        }
        desk
    }

    fn gates_of(&mut self, field: &'m str) -> &mut Gates<'m> {
        let known = self.gates.iter().position(|gates| gates.field == field);
        let place = known.unwrap_or_else(|| {
            self.gates.push(Gates {
                field,
                by_text: HashMap::default(),
                by_truth: [Vec::new(), Vec::new()],
            });
            self.gates.len() - 1
        });
        &mut self.gates[place]
    }

    pub(super) fn is_empty(&self) -> bool {
        self.always.is_empty() && self.gates.is_empty()
    }

    /// The rules that a record calls, each once.
    pub(super) fn called(&self, record: &Node<'_>, called: &mut Vec<usize>) {
        called.clear();
        for gates in &self.gates {
            let Some(value) = record.get(gates.field) else {
                continue;
            };
            match &value.resolved().kind {
                Kind::String(text) => gates.call(text, called),
                Kind::Bool(truth) => called.extend(&gates.by_truth[usize::from(*truth)]),
                Kind::Array(items) => {
                    let texts = items.iter().filter_map(Node::as_str);
                    texts.for_each(|text| gates.call(text, called));
                }
                _ => {}
            }
        }
    }
}

impl Gates<'_> {
    fn call(&self, text: &str, called: &mut Vec<usize>) {
        for &index in self.by_text.get(text).into_iter().flatten() {
            if !called.contains(&index) {
                called.push(index);
            }
        }
    }
}
