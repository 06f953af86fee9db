//! Justifications, and integrations with both their ends.

use ahash::AHashMap as HashMap;
use framework::Date;

use super::{
    Frame,
    components::Components,
    index::{Index, records_of, text_of, texts_of},
    record::{Record, field, is_unstated, share_all, share_or_null, truth},
};
use crate::Node;

/// A justification says why in this many characters or more (KKT2-DUP-002).
const REASON_LENGTH: usize = 50;

/// Justifications with whether they answer anything.
pub(crate) fn justifications<'v>(
    root: &'v Node<'v>,
    components: &'v Components<'v>,
    frame: &Frame<'v>,
) -> Vec<Record<'v>> {
    records_of(root, "justifications")
        .map(|home| {
            let mut gained = frame.fields(3);
            gained.push(field("complete", truth(is_complete(home))));
            gained.push(field("expired", truth(is_expired(home, frame.date))));
            gained.push(field(
                "component",
                share_or_null(components.referred(home, "component_ref")),
            ));
            Record::joined(home, gained)
        })
        .collect()
}

fn is_complete(home: &Node<'_>) -> bool {
    let reason =
        text_of_any(home, "reason").is_some_and(|text| text.chars().count() >= REASON_LENGTH);
    let stated = ["basis", "approved_by"]
        .iter()
        .all(|name| text_of_any(home, name).is_some());
    reason && stated && valid_until(home).is_some()
}

fn is_expired(home: &Node<'_>, date: Date) -> bool {
    valid_until(home).is_some_and(|until| until < date)
}

fn valid_until(home: &Node<'_>) -> Option<Date> {
    home.get("valid_until")?.as_str()?.parse().ok()
}

fn text_of_any<'n>(home: &'n Node<'_>, name: &str) -> Option<&'n str> {
    home.get(name)?
        .as_str()
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

/// The justification of a record: the one it names, else the first that is about it.
pub(crate) struct Answers<'v> {
    justifications: &'v [Record<'v>],
    by_id: HashMap<&'v str, usize>,
    by_subject: HashMap<&'v str, usize>,
}

impl<'v> Answers<'v> {
    pub(crate) fn new(justifications: &'v [Record<'v>]) -> Self {
        let mut by_id = HashMap::default();
        let mut by_subject = HashMap::default();
        for (position, record) in justifications.iter().enumerate() {
            if let Some(id) = text_of(&record.node, "id") {
                by_id.entry(id).or_insert(position);
            }
            for subject in texts_of(&record.node, "about") {
                by_subject.entry(subject).or_insert(position);
            }
        }
        Self {
            justifications,
            by_id,
            by_subject,
        }
    }

    pub(crate) fn to(&self, home: &Node<'_>) -> Option<&'v Node<'v>> {
        let named = home
            .get("justification_ref")
            .filter(|name| !is_unstated(Some(name)));
        let position = match named {
            Some(name) => self.by_id.get(name.as_str()?),
            None => self.by_subject.get(home.get("id")?.as_str()?),
        };
        position.map(|&position| &self.justifications[position].node)
    }
}

/// Integrations with both their ends, the channel and the data.
pub(crate) fn integrations<'v>(
    root: &'v Node<'v>,
    index: &Index<'v>,
    components: &'v Components<'v>,
    answers: &Answers<'v>,
    frame: &Frame<'v>,
) -> Vec<Record<'v>> {
    records_of(root, "integrations")
        .map(|home| {
            let end = |name| {
                index
                    .referred(home, name)
                    .or_else(|| components.referred(home, name))
            };
            let data = texts_of(home, "data_refs").filter_map(|id| index.get(id));
            let mut gained = frame.fields(5);
            gained.push(field("source", share_or_null(end("from"))));
            gained.push(field("target", share_or_null(end("to"))));
            gained.push(field(
                "channel",
                share_or_null(components.referred(home, "via")),
            ));
            gained.push(field(
                "data",
                share_all(data.map(|definition| definition.node)),
            ));
            gained.push(field("justification", share_or_null(answers.to(home))));
            Record::joined(home, gained)
        })
        .collect()
}
