//! JSON (RFC 8259) into the tree; the parser with places is the rulebook's.

use framework::Localized;
use rulebook::{
    Kind, Node, Place, SourceFormat,
    json::{self, FaultKind},
};

use crate::{DuplicateKey, Limits, SyntaxFault, Unreadable, place};

/// So many pairs of duplicate keys are listed; then reading stops.
const DUPLICATES_LISTED: u32 = 50;

/// Reads one JSON record.
pub(crate) fn parse<'s>(text: &'s str, limits: &Limits) -> Result<Node<'s>, Unreadable> {
    let bounds = json::Limits {
        depth: u32::try_from(limits.depth).unwrap_or(u32::MAX),
        nodes: u32::try_from(limits.nodes).unwrap_or(u32::MAX),
        duplicate_keys: DUPLICATES_LISTED,
    };
    let root = json::parse(text, &bounds).map_err(|faults| unreadable(text, &faults, limits))?;
    match root.kind {
        Kind::Object(_) => Ok(root),
        Kind::Null => Err(Unreadable::Empty),
        _ => Err(Unreadable::NotARecord {
            place: place::in_text(text, root.at as usize..root.at as usize),
        }),
    }
}

/// Any JSON value, within the same bounds; `None` if it is none.
pub(crate) fn value<'s>(text: &'s str, limits: &Limits) -> Option<Node<'s>> {
    let bounds = json::Limits {
        depth: u32::try_from(limits.depth).unwrap_or(u32::MAX),
        nodes: u32::try_from(limits.nodes).unwrap_or(u32::MAX),
        duplicate_keys: 1,
    };
    json::parse(text, &bounds).ok()
}

fn unreadable(text: &str, faults: &[json::Fault], limits: &Limits) -> Unreadable {
    let at = |at: u32, end: u32| place::in_text(text, at as usize..end as usize);
    let keys: Vec<_> = faults
        .iter()
        .filter_map(|fault| duplicate(fault, &at))
        .collect();
    let other = faults
        .iter()
        .find(|fault| !matches!(fault.kind, FaultKind::DuplicateKey { .. }));
    let Some(fault) = other else {
        return Unreadable::DuplicateKeys { keys };
    };
    let place = at(fault.at, fault.end);
    match fault.kind {
        FaultKind::Empty => Unreadable::Empty,
        FaultKind::TooDeep(_) => Unreadable::TooDeep {
            place,
            limit: limits.depth,
        },
        FaultKind::TooManyNodes(_) => Unreadable::TooManyNodes {
            place,
            limit: limits.nodes,
        },
        _ => Unreadable::Syntax(Box::new(SyntaxFault {
            format: SourceFormat::Json,
            place,
            message: fault.kind.message(),
            hint: Localized::from(fault.kind.hint()),
        })),
    }
}

fn duplicate(fault: &json::Fault, at: &impl Fn(u32, u32) -> Place) -> Option<DuplicateKey> {
    let FaultKind::DuplicateKey { key, first } = &fault.kind else {
        return None;
    };
    Some(DuplicateKey {
        key: key.clone(),
        first: at(first.0, first.1),
        second: at(fault.at, fault.end),
    })
}
