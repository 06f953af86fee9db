//! Ids, and every reference to one.

use super::{
    index::records_of,
    passing::Passing,
    record::{field, share, share_or_null, text},
    systems::Joined,
};
use crate::Node;

/// What a reference may lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expects {
    /// A shared component of the catalogue.
    Component,
    /// A record of the file.
    Record,
    /// Either.
    Either,
    /// Either, or one of these words.
    EitherOr(&'static [&'static str]),
}

impl Expects {
    const fn word(self) -> &'static str {
        match self {
            Self::Component => "component",
            Self::Record => "record",
            Self::Either | Self::EitherOr(_) => "either",
        }
    }
}

/// Ways of integration that are no component.
const DIRECT_WAYS: &[&str] = &["local-sharing", "direct", "file"];
/// Hosting by somebody who is not named.
const PROVIDER: &[&str] = &["provider"];

/// Fields that refer to something: list or record of the file, field, what it may lead to.
const REFERENCES: [(&str, &str, Expects); 35] = [
    ("business_processes", "component_ref", Expects::Component),
    ("business_processes", "application_refs", Expects::Record),
    ("data_assets", "synced_from", Expects::Either),
    ("data_assets", "justification_ref", Expects::Record),
    ("applications", "component_ref", Expects::Component),
    ("applications", "hosting", Expects::EitherOr(PROVIDER)),
    ("applications", "replaces", Expects::Record),
    ("applications", "justification_ref", Expects::Record),
    ("platforms", "component_ref", Expects::Component),
    ("platforms", "hosting", Expects::EitherOr(PROVIDER)),
    ("platforms", "replaces", Expects::Record),
    ("platforms", "justification_ref", Expects::Record),
    ("infrastructure", "component_ref", Expects::Component),
    ("infrastructure", "hosting", Expects::EitherOr(PROVIDER)),
    ("infrastructure", "replaces", Expects::Record),
    ("infrastructure", "justification_ref", Expects::Record),
    (
        "component_dispositions",
        "component_ref",
        Expects::Component,
    ),
    (
        "component_dispositions",
        "justification_ref",
        Expects::Record,
    ),
    ("component_dispositions", "roadmap_ref", Expects::Record),
    ("integrations", "from", Expects::Either),
    ("integrations", "to", Expects::Either),
    ("integrations", "data_refs", Expects::Record),
    ("integrations", "via", Expects::EitherOr(DIRECT_WAYS)),
    ("integrations", "justification_ref", Expects::Record),
    ("digital_identity", "systems", Expects::Record),
    ("deployments", "component_ref", Expects::Component),
    ("justifications", "about", Expects::Record),
    ("justifications", "component_ref", Expects::Component),
    ("justifications", "migration_roadmap_ref", Expects::Record),
    ("roadmap", "component_refs", Expects::Component),
    ("roadmap", "system_refs", Expects::Record),
    ("owner_tasks", "component_ref", Expects::Component),
    ("security", "system_ref", Expects::Record),
    ("digital_signature/public", "gateway", Expects::Component),
    ("digital_signature/public", "systems", Expects::Record),
];

/// Every id, with the earlier record of the same id if there is one.
pub(crate) fn ids<'v>(joined: &'v Joined<'v>, passing: &mut Passing<'_, '_, 'v>) {
    for definition in &joined.index.definitions {
        let first = joined.index.get(definition.id).map(|first| first.node);
        let first = first.filter(|first| !std::ptr::eq(*first, definition.node));
        // A definition has an id.
        let Some(home) = definition.node.get("id") else {
            continue;
        };
        passing.next(home).extend([
            field("id", share(home)),
            field("collection", text(definition.list)),
            field("name", share_or_null(definition.node.get("name"))),
            field("first", share_or_null(first)),
        ]);
    }
}

/// Every reference with what it leads to.
pub(crate) fn references<'v>(joined: &'v Joined<'v>, passing: &mut Passing<'_, '_, 'v>) {
    for referring in REFERENCES {
        for holder in holders(joined.root, referring.0) {
            let value = holder.get(referring.1);
            let several = value.map(Node::items).unwrap_or_default();
            let one = value.filter(|value| !value.is_list());
            for value in several.iter().chain(one) {
                reference(joined, holder, referring, value, passing);
            }
        }
    }
}

fn holders<'v>(root: &'v Node<'v>, place: &'static str) -> impl Iterator<Item = &'v Node<'v>> {
    let value = root.pointer(&format!("/{place}")).map(|(node, _)| node);
    let list = value.filter(|node| node.is_list());
    let several = list.into_iter().flat_map(move |_| records_of(root, place));
    several.chain(value.filter(|node| node.is_record()))
}

fn reference<'v>(
    joined: &Joined<'v>,
    holder: &'v Node<'v>,
    (place, name, expects): (&'static str, &'static str, Expects),
    value: &'v Node<'v>,
    passing: &mut Passing<'_, '_, 'v>,
) {
    let Some(id) = value.as_str() else { return };
    if let Expects::EitherOr(words) = expects
        && words.contains(&id)
    {
        return;
    }
    let component = || joined.components.get(id);
    let record = || joined.index.get(id).map(|definition| definition.node);
    let target = match expects {
        Expects::Component => component(),
        Expects::Record => record(),
        Expects::Either | Expects::EitherOr(_) => record().or_else(component),
    };
    passing.next(value).extend([
        field("value", share(value)),
        field("list", text(place)),
        field("field", text(name)),
        field("expects", text(expects.word())),
        field("holder", share(holder)),
        field("target", share_or_null(target)),
    ]);
}

/// What a reference of that kind could have meant.
pub(crate) fn candidates<'v>(joined: &Joined<'v>, expects: &str) -> Vec<&'v str> {
    let components = joined
        .facts
        .components
        .iter()
        .map(|component| component.id.as_str());
    let records = joined
        .index
        .definitions
        .iter()
        .map(|definition| definition.id);
    match expects {
        "component" => components.collect(),
        "record" => records.collect(),
        _ => records.chain(components).collect(),
    }
}
