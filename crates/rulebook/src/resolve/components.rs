//! Shared components with all that the file says about them.

use super::{
    Facts,
    index::{records_of, text_of, texts_of},
    record::{Record, field, share_all, share_or_null},
};
use crate::Node;
use ahash::AHashMap as HashMap;

/// The 22 components as records, by id.
#[derive(Debug)]
pub(crate) struct Components<'v> {
    pub(crate) records: Vec<Record<'v>>,
    positions: HashMap<&'v str, usize>,
}

impl<'v> Components<'v> {
    pub(crate) fn new(root: &'v Node<'v>, facts: &'v Facts, frame: &super::Frame<'v>) -> Self {
        let said = Said::new(root);
        let records = facts
            .components
            .iter()
            .map(|component| {
                let id = component.id.as_str();
                let dispositions = said
                    .dispositions
                    .get(id)
                    .map(Vec::as_slice)
                    .unwrap_or_default();
                let mut fields = frame.fields(6);
                fields.push(field(
                    "disposition",
                    share_or_null(dispositions.first().copied()),
                ));
                fields.push(field(
                    "dispositions",
                    share_all(dispositions.iter().copied()),
                ));
                for (name, groups) in [
                    ("systems", &said.systems),
                    ("deployments", &said.deployments),
                    ("roadmap", &said.roadmap),
                    ("processes", &said.processes),
                ] {
                    let records = groups.get(id).into_iter().flatten().copied();
                    fields.push(field(name, share_all(records)));
                }
                Record {
                    home: dispositions.first().copied(),
                    ..Record::joined(&component.node, fields)
                }
            })
            .collect();
        let ids = facts.components.iter().enumerate();
        let positions = ids
            .map(|(position, component)| (component.id.as_str(), position))
            .collect();
        Self { records, positions }
    }

    /// The component of that id.
    pub(crate) fn get(&self, id: &str) -> Option<&Node<'v>> {
        self.positions
            .get(id)
            .map(|&position| &self.records[position].node)
    }

    /// The component that a field refers to.
    pub(crate) fn referred<'s>(&'s self, node: &Node<'_>, name: &str) -> Option<&'s Node<'v>> {
        self.get(node.get(name)?.as_str()?)
    }
}

type ByComponent<'v> = HashMap<&'v str, Vec<&'v Node<'v>>>;

/// The records of the file by the component they speak of.
struct Said<'v> {
    dispositions: ByComponent<'v>,
    systems: ByComponent<'v>,
    deployments: ByComponent<'v>,
    roadmap: ByComponent<'v>,
    processes: ByComponent<'v>,
}

impl<'v> Said<'v> {
    fn new(root: &'v Node<'v>) -> Self {
        let one = |lists: &[&str]| {
            let mut groups = ByComponent::default();
            for node in lists.iter().flat_map(|list| records_of(root, list)) {
                if let Some(id) = text_of(node, "component_ref") {
                    groups.entry(id).or_default().push(node);
                }
            }
            groups
        };
        let mut roadmap = ByComponent::default();
        for node in records_of(root, "roadmap") {
            for id in texts_of(node, "component_refs") {
                roadmap.entry(id).or_default().push(node);
            }
        }
        Self {
            dispositions: one(&["component_dispositions"]),
            systems: one(&["applications", "platforms", "infrastructure"]),
            deployments: one(&["deployments"]),
            roadmap,
            processes: one(&["business_processes"]),
        }
    }
}
