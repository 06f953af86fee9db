//! Data assets, systems and processes with what they are connected to.

use ahash::AHashMap as HashMap;
use framework::Layer;

use super::{
    Collection, Facts, Frame,
    components::Components,
    index::{Index, records_of, text_of, texts_of},
    links::Answers,
    record::{Record, field, list, share_all, share_or_null, text},
};
use crate::Node;

/// The three lists of systems, each a layer of the model.
const LISTS_OF_SYSTEMS: [(&str, Layer); 3] = [
    ("applications", Layer::Application),
    ("platforms", Layer::Platform),
    ("infrastructure", Layer::Infrastructure),
];

/// What later stages need of earlier ones.
pub(crate) struct Joined<'v> {
    pub(crate) root: &'v Node<'v>,
    pub(crate) facts: &'v Facts,
    pub(crate) index: &'v Index<'v>,
    pub(crate) components: &'v Components<'v>,
    pub(crate) answers: &'v Answers<'v>,
    pub(crate) integrations: &'v [Record<'v>],
    pub(crate) frame: Frame<'v>,
}

type Groups<'v> = HashMap<&'v str, Vec<&'v Node<'v>>>;

fn group<'v>(groups: &mut Groups<'v>, key: Option<&'v str>, node: &'v Node<'v>) {
    if let Some(key) = key {
        groups.entry(key).or_default().push(node);
    }
}

/// Data assets with the integrations that carry them.
pub(crate) fn data_assets<'v>(joined: &Joined<'v>) -> Vec<Record<'v>> {
    let mut carriers = Groups::default();
    for integration in joined.integrations {
        for id in texts_of(&integration.node, "data_refs") {
            group(&mut carriers, Some(id), &integration.node);
        }
    }
    records_of(joined.root, "data_assets")
        .map(|home| {
            let carried = text_of(home, "id").and_then(|id| carriers.get(id));
            let sources = texts_of(home, "sources").filter_map(|id| joined.components.get(id));
            let mut gained = joined.frame.fields(3);
            gained.push(field(
                "integrations",
                share_all(carried.into_iter().flatten().copied()),
            ));
            gained.push(field("component_sources", share_all(sources)));
            gained.push(field(
                "justification",
                share_or_null(joined.answers.to(home)),
            ));
            Record::joined(home, gained)
        })
        .collect()
}

/// Systems of the three layers with the component they refer to and their integrations.
pub(crate) fn systems<'v>(joined: &Joined<'v>) -> Vec<Record<'v>> {
    let mut connections = Groups::default();
    for integration in joined.integrations {
        let from = text_of(&integration.node, "from");
        let to = text_of(&integration.node, "to");
        group(&mut connections, from, &integration.node);
        if to != from {
            group(&mut connections, to, &integration.node);
        }
    }
    let mut items = Groups::default();
    for item in records_of(joined.root, "roadmap") {
        for id in texts_of(item, "system_refs") {
            group(&mut items, Some(id), item);
        }
    }
    let of_list = |(name, layer): (&'static str, Layer)| {
        records_of(joined.root, name).map(move |home| (name, layer, home))
    };
    LISTS_OF_SYSTEMS
        .into_iter()
        .flat_map(of_list)
        .map(|(name, layer, home)| {
            let id = text_of(home, "id");
            let connected = id
                .and_then(|id| connections.get(id))
                .map(Vec::as_slice)
                .unwrap_or_default();
            let planned = id
                .and_then(|id| items.get(id))
                .map(Vec::as_slice)
                .unwrap_or_default();
            let mut gained = joined.frame.fields(8);
            gained.push(field("collection", text(name)));
            gained.push(field("layer", text(layer.as_str())));
            gained.push(field(
                "component",
                share_or_null(joined.components.referred(home, "component_ref")),
            ));
            gained.push(field("integrations", share_all(connected.iter().copied())));
            gained.push(field("reaches", list(reached(home, connected, joined))));
            gained.push(field("duplicates", share_all(duplicated(home, joined))));
            gained.push(field(
                "justification",
                share_or_null(joined.answers.to(home)),
            ));
            gained.push(field("roadmap", share_all(planned.iter().copied())));
            Record::joined(home, gained)
        })
        .collect()
}

/// Ids of the components a system uses, or is connected to or through.
fn reached<'v>(
    home: &'v Node<'v>,
    connected: &[&'v Node<'v>],
    joined: &Joined<'v>,
) -> Vec<Node<'v>> {
    let live = connected
        .iter()
        .filter(|link| text_of(link, "status") != Some("stopping"));
    let ends = live.flat_map(|link| ["from", "to", "via"].map(|name| text_of(link, name)));
    let mut ids: Vec<&str> = Vec::new();
    for id in std::iter::once(text_of(home, "component_ref"))
        .chain(ends)
        .flatten()
    {
        if !ids.contains(&id) && joined.components.get(id).is_some() {
            ids.push(id);
        }
    }
    ids.into_iter().map(text).collect()
}

fn duplicated<'v>(home: &'v Node<'v>, joined: &Joined<'v>) -> Vec<&'v Node<'v>> {
    let codes: Vec<&str> = texts_of(home, "functions").collect();
    let facts = joined.facts.components.iter();
    facts
        .zip(&joined.components.records)
        .filter(|(facts, _)| {
            facts
                .function_codes
                .iter()
                .any(|code| codes.contains(&code.as_str()))
        })
        .map(|(_, record)| &record.node)
        .collect()
}

/// Processes with the systems that serve them.
pub(crate) fn processes<'v>(joined: &Joined<'v>, systems: &'v [Record<'v>]) -> Vec<Record<'v>> {
    records_of(joined.root, "business_processes")
        .map(|home| {
            let served: Vec<&Node<'_>> = texts_of(home, "application_refs")
                .filter_map(|id| joined.index.position_in(Collection::Systems, id))
                .map(|position| &systems[position].node)
                .collect();
            let mut reaches: Vec<&str> = Vec::new();
            for id in served.iter().flat_map(|system| texts_of(system, "reaches")) {
                if !reaches.contains(&id) {
                    reaches.push(id);
                }
            }
            let mut gained = joined.frame.fields(3);
            gained.push(field(
                "component",
                share_or_null(joined.components.referred(home, "component_ref")),
            ));
            gained.push(field("applications", share_all(served)));
            gained.push(field(
                "reaches",
                list(reaches.into_iter().map(text).collect()),
            ));
            Record::joined(home, gained)
        })
        .collect()
}
