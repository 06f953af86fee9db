//! Who is called what in the file.

use ahash::AHashMap as HashMap;

use super::Collection;
use crate::Node;

/// The lists of the file whose items have an id, with the collection they belong to.
pub(crate) const LISTS_WITH_IDS: [(&str, Collection); 8] = [
    ("business_processes", Collection::Processes),
    ("data_assets", Collection::DataAssets),
    ("applications", Collection::Systems),
    ("platforms", Collection::Systems),
    ("infrastructure", Collection::Systems),
    ("integrations", Collection::Integrations),
    ("justifications", Collection::Justifications),
    ("roadmap", Collection::Roadmap),
];

/// A record of the file that has an id.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Definition<'v> {
    pub(crate) id: &'v str,
    /// The list it stands in.
    pub(crate) list: &'static str,
    pub(crate) collection: Collection,
    /// Its place among the records of its collection.
    pub(crate) position: usize,
    pub(crate) node: &'v Node<'v>,
}

/// All ids of the file.
#[derive(Debug)]
pub(crate) struct Index<'v> {
    /// In the order of the file.
    pub(crate) definitions: Vec<Definition<'v>>,
    first: HashMap<&'v str, usize>,
}

impl<'v> Index<'v> {
    pub(crate) fn new(root: &'v Node<'v>) -> Self {
        let mut definitions = Vec::new();
        let mut positions: HashMap<Collection, usize> = HashMap::default();
        for (list, collection) in LISTS_WITH_IDS {
            let position = positions.entry(collection).or_default();
            for node in records_of(root, list) {
                if let Some(id) = node.get("id").and_then(Node::as_str) {
                    definitions.push(Definition {
                        id,
                        list,
                        collection,
                        position: *position,
                        node,
                    });
                }
                *position += 1;
            }
        }
        let mut first =
            HashMap::with_capacity_and_hasher(definitions.len(), ahash::RandomState::default());
        for (index, definition) in definitions.iter().enumerate() {
            first.entry(definition.id).or_insert(index);
        }
        Self { definitions, first }
    }

    /// The first record of that id.
    pub(crate) fn get(&self, id: &str) -> Option<&Definition<'v>> {
        self.first.get(id).map(|&index| &self.definitions[index])
    }

    /// The record of an id, if it belongs to that collection.
    pub(crate) fn position_in(&self, collection: Collection, id: &str) -> Option<usize> {
        self.get(id)
            .filter(|found| found.collection == collection)
            .map(|found| found.position)
    }

    /// The record that a field refers to.
    pub(crate) fn referred(&self, node: &Node<'v>, field: &str) -> Option<&'v Node<'v>> {
        let id = node.get(field)?.as_str()?;
        self.get(id).map(|definition| definition.node)
    }
}

/// The items of a list of the file that are records; others are the business of the form check.
pub(crate) fn records_of<'v>(
    root: &'v Node<'v>,
    list: &str,
) -> impl Iterator<Item = &'v Node<'v>> + use<'v> {
    let items = root.get(list).map(Node::items).unwrap_or_default();
    items.iter().filter(|item| item.is_record())
}

/// The texts of a list of the record.
pub(crate) fn texts_of<'v>(
    node: &'v Node<'v>,
    list: &str,
) -> impl Iterator<Item = &'v str> + use<'v> {
    node.get(list)
        .map(Node::items)
        .unwrap_or_default()
        .iter()
        .filter_map(Node::as_str)
}

/// The text of a field of the record.
pub(crate) fn text_of<'v>(node: &'v Node<'v>, field: &str) -> Option<&'v str> {
    node.get(field).and_then(Node::as_str)
}
