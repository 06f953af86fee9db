//! Where a finding stands in the file: nodes of the tree → pointers.

use std::collections::HashMap;

use crate::{
    Kind, Node,
    resolve::{Record, View},
};

/// A value of the file with the way to it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Located {
    /// RFC 6901.
    pub(crate) pointer: String,
    /// The id of the innermost record around it.
    pub(crate) record: Option<String>,
    pub(crate) at: u32,
    pub(crate) end: u32,
}

/// Which value of the file a path of a rule leads to, if any.
pub(crate) fn target<'r, 'v: 'r>(
    record: &'r Record<'v>,
    path: &str,
    view: &'r View<'v>,
) -> Option<&'r Node<'r>> {
    if path.is_empty() {
        return record.home;
    }
    if let Some(from_root) = path.strip_prefix('#') {
        return view
            .root()
            .pointer(from_root)
            .map(|(node, _)| node.resolved());
    }
    let (node, _) = record.node.pointer(path)?;
    let node = node.resolved();
    view.home_of(node)
        .or_else(|| node.is_in_file().then_some(node))
}

/// Finds the way to each of the values in one walk over the file. The walk looks into what can hold
/// one of them by its bytes; where places are not nested (cells of a workbook) it looks everywhere.
pub(crate) fn locate(root: &Node<'_>, wanted: &[&Node<'_>]) -> Vec<Located> {
    let mut places: HashMap<usize, Vec<usize>> = HashMap::new();
    for (index, node) in wanted.iter().enumerate() {
        places.entry(address(node)).or_default().push(index);
    }
    let mut offsets: Vec<u32> = wanted.iter().map(|node| node.resolved().at).collect();
    offsets.sort_unstable();
    let mut walk = Walk {
        left: places.len(),
        places,
        offsets: Some(offsets),
        found: vec![Located::default(); wanted.len()],
        way: Vec::new(),
    };
    walk.node(root);
    if walk.left > 0 {
        walk.offsets = None;
        walk.node(root);
    }
    walk.found
}

fn address(node: &Node<'_>) -> usize {
    std::ptr::from_ref(node.resolved()).addr()
}

/// One step from a value to a value inside it, with the value it leads to.
struct Step<'n, 's> {
    name: Name<'n>,
    node: &'n Node<'s>,
}

enum Name<'n> {
    Item(usize),
    Field(&'n str),
}

struct Walk<'n, 's> {
    /// How many values are still to be found.
    left: usize,
    places: HashMap<usize, Vec<usize>>,
    /// Where the wanted values begin, in order.
    offsets: Option<Vec<u32>>,
    found: Vec<Located>,
    way: Vec<Step<'n, 's>>,
}

impl<'n, 's> Walk<'n, 's> {
    fn node(&mut self, node: &'n Node<'s>) {
        let node = node.resolved();
        if self.left == 0 || !self.may_hold(node) {
            return;
        }
        if let Some(indices) = self.places.remove(&address(node)) {
            self.left -= 1;
            let located = self.located(node);
            for index in indices {
                self.found[index] = located.clone();
            }
        }
        match &node.kind {
            Kind::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.step(Name::Item(index), item);
                }
            }
            Kind::Object(members) => {
                for member in members {
                    self.step(Name::Field(&member.key), &member.value);
                }
            }
            _ => {}
        }
    }

    fn step(&mut self, name: Name<'n>, node: &'n Node<'s>) {
        self.way.push(Step { name, node });
        self.node(node);
        self.way.pop();
    }

    fn may_hold(&self, node: &Node<'_>) -> bool {
        let Some(offsets) = &self.offsets else {
            return true;
        };
        let next = offsets.partition_point(|&offset| offset < node.at);
        offsets.get(next).is_some_and(|&offset| offset <= node.end)
    }

    fn located(&self, node: &Node<'_>) -> Located {
        let mut pointer = String::new();
        for step in &self.way {
            pointer.push('/');
            match step.name {
                Name::Item(index) => pointer.push_str(&index.to_string()),
                Name::Field(name) if name.contains(['~', '/']) => {
                    pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
                }
                Name::Field(name) => pointer.push_str(name),
            }
        }
        let id_of = |node: &'n Node<'s>| {
            let names = ["id", "component_ref", "system_ref"];
            names
                .iter()
                .find_map(|name| node.get(name).and_then(Node::as_str))
        };
        let record = self.way.iter().rev().find_map(|step| id_of(step.node));
        Located {
            pointer,
            record: record.map(str::to_owned),
            at: node.at,
            end: node.end,
        }
    }
}
