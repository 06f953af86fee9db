//! Which rules look at which record.

use ahash::AHashMap as HashMap;

use super::{CompiledRule, Mechanism};
use crate::{Kind, Node, resolve::Collection, rule::Key, spot::Spot};

/// The desks of the rules of one wave: the same for every submission, so they are set up once.
#[derive(Debug)]
pub(crate) struct Desks(Vec<(Collection, Desk)>);

/// The rules that judge one collection, by their place in the wave: those that look at every record,
/// and those that a record calls by what it says.
#[derive(Debug, Default)]
pub(super) struct Desk {
    pub(super) always: Vec<usize>,
    gates: Vec<Gates>,
    /// All of them.
    pub(super) rules: Vec<usize>,
}

/// The rules behind one field.
#[derive(Debug)]
struct Gates {
    field: crate::Key<'static>,
    spot: Spot,
    by_text: HashMap<Box<str>, Vec<usize>>,
    by_truth: [Vec<usize>; 2],
}

impl Desks {
    /// Of a wave of rules.
    pub(crate) fn of(wave: &[&CompiledRule]) -> Self {
        let desks = Collection::all().map(|collection| {
            let mechanisms = wave.iter().map(|compiled| compiled.mechanism.as_ref());
            (collection, Desk::new(mechanisms, collection))
        });
        Self(desks.filter(|(_, desk)| !desk.rules.is_empty()).collect())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &(Collection, Desk)> {
        self.0.iter()
    }
}

impl Desk {
    fn new<'m>(
        mechanisms: impl Iterator<Item = Option<&'m Mechanism>>,
        collection: Collection,
    ) -> Self {
        let mut desk = Self::default();
        let placed = mechanisms.enumerate();
        let placed = placed.filter_map(|(index, mechanism)| Some((index, mechanism?)));
        for (index, mechanism) in placed.filter(|(_, one)| one.collections.contains(&collection)) {
            desk.rules.push(index);
            let Some(gate) = &mechanism.gate else {
                desk.always.push(index);
                continue;
            };
            let gates = desk.gates_of(&gate.field);
            for key in &gate.keys {
                match key {
                    Key::Text(text) => gates.by_text.entry(text.clone()).or_default().push(index),
                    Key::Truth(truth) => gates.by_truth[usize::from(*truth)].push(index),
                }
            }
        }
        desk
    }

    fn gates_of(&mut self, field: &str) -> &mut Gates {
        let known = self.gates.iter().position(|gates| gates.field == *field);
        let place = known.unwrap_or_else(|| {
            self.gates.push(Gates {
                field: field.to_owned().into(),
                spot: Spot::default(),
                by_text: HashMap::default(),
                by_truth: [Vec::new(), Vec::new()],
            });
            self.gates.len() - 1
        });
        &mut self.gates[place]
    }

    /// The rules that a record calls, each once.
    pub(super) fn called(&self, record: &Node<'_>, called: &mut Vec<usize>) {
        called.clear();
        for gates in &self.gates {
            let Some(member) = record.member_at(&gates.spot, &gates.field) else {
                continue;
            };
            match &member.value.resolved().kind {
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

impl Gates {
    fn call(&self, text: &str, called: &mut Vec<usize>) {
        for &index in self.by_text.get(text).into_iter().flatten() {
            if !called.contains(&index) {
                called.push(index);
            }
        }
    }
}
