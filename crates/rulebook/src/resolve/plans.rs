//! Dispositions, deployments, roadmap items and tasks with the components they speak of.

use super::{
    index::{records_of, text_of, texts_of},
    record::{Record, count, field, null, share, share_all, share_or_null, text},
    systems::Joined,
};
use crate::{Kind, Member, Node, Number};

fn component<'v>(joined: &Joined<'v>, home: &Node<'_>) -> Member<'v> {
    field(
        "component",
        share_or_null(joined.components.referred(home, "component_ref")),
    )
}

/// What the agency does about each shared component.
pub(crate) fn dispositions<'v>(joined: &Joined<'v>) -> Vec<Record<'v>> {
    records_of(joined.root, "component_dispositions")
        .map(|home| {
            let component_record = joined.components.referred(home, "component_ref");
            let items = component_record.and_then(|record| record.get("roadmap"));
            let mut gained = joined.frame.fields(3);
            gained.push(field("component", share_or_null(component_record)));
            gained.push(field(
                "justification",
                share_or_null(joined.answers.to(home)),
            ));
            gained.push(field(
                "roadmap",
                share_all(items.map(Node::items).unwrap_or_default()),
            ));
            Record::joined(home, gained)
        })
        .collect()
}

/// How far components are deployed.
pub(crate) fn deployments<'v>(joined: &Joined<'v>) -> Vec<Record<'v>> {
    let number = |home: &Node<'_>, name| match home.get(name)?.resolved().kind {
        Kind::Number(Number::Unsigned(number)) => Some(number),
        _ => None,
    };
    records_of(joined.root, "deployments")
        .map(|home| {
            let missing = number(home, "total")
                .zip(number(home, "covered"))
                .and_then(|(total, covered)| total.checked_sub(covered));
            let mut gained = joined.frame.fields(2);
            gained.push(component(joined, home));
            let missing = missing.and_then(|missing| usize::try_from(missing).ok());
            gained.push(field("missing", missing.map_or_else(null, count)));
            Record::joined(home, gained)
        })
        .collect()
}

/// Items of the roadmap.
pub(crate) fn roadmap<'v>(joined: &Joined<'v>) -> Vec<Record<'v>> {
    records_of(joined.root, "roadmap")
        .map(|home| {
            let named = texts_of(home, "component_refs").filter_map(|id| joined.components.get(id));
            let mut gained = joined.frame.fields(1);
            gained.push(field("components", share_all(named)));
            Record::joined(home, gained)
        })
        .collect()
}

/// Each item of the roadmap with each of its components.
pub(crate) fn roadmap_components<'v>(joined: &Joined<'v>) -> Vec<Record<'v>> {
    let pairs = |home| {
        let named = texts_of(home, "component_refs").filter_map(|id| joined.components.get(id));
        named.map(move |component| (home, component))
    };
    records_of(joined.root, "roadmap")
        .flat_map(pairs)
        .map(|(home, component)| {
            let mut gained = joined.frame.fields(1);
            gained.push(field("component", share(component)));
            Record::joined(home, gained)
        })
        .collect()
}

/// Tasks of Part III as the agency declares them.
pub(crate) fn owner_tasks<'v>(joined: &Joined<'v>) -> Vec<Record<'v>> {
    records_of(joined.root, "owner_tasks")
        .map(|home| {
            let mut gained = joined.frame.fields(1);
            gained.push(component(joined, home));
            Record::joined(home, gained)
        })
        .collect()
}

/// Tasks that Part III gives to this agency, declared or not.
pub(crate) fn duties<'v>(joined: &Joined<'v>) -> Vec<Record<'v>> {
    let agency = joined.root.get("agency");
    let Some(body) = agency.and_then(|agency| text_of(agency, "body_id")) else {
        return Vec::new();
    };
    let of_body = joined.facts.duties.iter().filter(|duty| duty.body == body);
    of_body
        .map(|duty| {
            let id = duty
                .component
                .map(|position| joined.facts.components[position].id.as_str());
            let clause = duty.clause.as_str();
            let declared = records_of(joined.root, "owner_tasks").find(|task| match id {
                Some(id) => text_of(task, "component_ref") == Some(id),
                None => text_of(task, "clause").is_some_and(|cited| is_within(cited, clause)),
            });
            let component = id.and_then(|id| joined.components.get(id));
            let mut fields = joined.frame.fields(4);
            fields.push(field("body", text(body)));
            fields.push(field("clause", text(clause)));
            fields.push(field("component", share_or_null(component)));
            fields.push(field("task", share_or_null(declared)));
            Record::made(fields, declared)
        })
        .collect()
}

fn is_within(cited: &str, clause: &str) -> bool {
    cited
        .strip_prefix(clause)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
