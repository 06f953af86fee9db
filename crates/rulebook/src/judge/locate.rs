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

/// Finds the way to each of the values in one walk over the file.
pub(crate) fn locate(root: &Node<'_>, wanted: &[&Node<'_>]) -> Vec<Located> {
    let mut places: HashMap<usize, Vec<usize>> = HashMap::new();
    for (index, node) in wanted.iter().enumerate() {
        places
            .entry(std::ptr::from_ref(node.resolved()).addr())
            .or_default()
            .push(index);
    }
    let mut walk = Walk {
        left: places.len(),
        places,
        found: vec![Located::default(); wanted.len()],
        pointer: String::new(),
    };
    walk.node(root, None);
    walk.found
}

struct Walk {
    /// How many values are still to be found.
    left: usize,
    places: HashMap<usize, Vec<usize>>,
    found: Vec<Located>,
    pointer: String,
}

impl Walk {
    fn node(&mut self, node: &Node<'_>, record: Option<&str>) {
        if self.left == 0 {
            return;
        }
        let node = node.resolved();
        let own = ["id", "component_ref", "system_ref"];
        let own = own
            .iter()
            .find_map(|name| node.get(name).and_then(Node::as_str));
        let record = own.or(record);
        if let Some(indices) = self.places.get(&std::ptr::from_ref(node).addr()) {
            self.left -= 1;
            for &index in indices {
                self.found[index] = Located {
                    pointer: self.pointer.clone(),
                    record: record.map(str::to_owned),
                    at: node.at,
                    end: node.end,
                };
            }
        }
        let length = self.pointer.len();
        match &node.kind {
            Kind::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.pointer.push('/');
                    self.pointer.push_str(&index.to_string());
                    self.node(item, record);
                    self.pointer.truncate(length);
                }
            }
            Kind::Object(members) => {
                for member in members {
                    self.pointer.push('/');
                    if member.key.contains(['~', '/']) {
                        let escaped = member.key.replace('~', "~0").replace('/', "~1");
                        self.pointer.push_str(&escaped);
                    } else {
                        self.pointer.push_str(&member.key);
                    }
                    self.node(&member.value, record);
                    self.pointer.truncate(length);
                }
            }
            _ => {}
        }
    }
}
