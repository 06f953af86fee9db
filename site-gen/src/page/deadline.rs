//! Completion times as pages say them.

use framework::{Component, Deadline, Locale, Responsibility};
use serde::Serialize;

use super::lookup::{ClauseLink, Lookup};

/// A deadline in full.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Full {
    /// The words of the text.
    text: String,
    clause: ClauseLink,
    /// How this site reads years.
    reading: String,
    /// Whether it binds guidance and not building.
    guidance: bool,
    open_ended: bool,
}

/// `2025–2026`.
pub(super) fn years(deadline: &Deadline) -> String {
    if deadline.from_year == deadline.to_year {
        return deadline.to_year.to_string();
    }
    format!("{}–{}", deadline.from_year, deadline.to_year)
}

/// `2025–2026`, if the text states any years.
pub(super) fn short(component: &Component) -> Option<String> {
    component.deadline.as_ref().map(years)
}

/// A component's deadline with its reading.
pub(super) fn full(lookup: Lookup<'_>, component: &Component) -> Option<Full> {
    let deadline = component.deadline.as_ref()?;
    let date = deadline.completed_by().map_or_else(
        || deadline.to_year.to_string(),
        |date| match lookup.locale {
            Locale::Vi => date.to_vietnamese(),
            Locale::En => format!("{} December {}", date.day(), date.year()),
        },
    );
    Some(Full {
        text: lookup.say(&deadline.text),
        clause: lookup.clause(&deadline.clause),
        reading: lookup.words.fill("deadline.reading", &[("date", &date)]),
        guidance: component
            .responsible
            .iter()
            .any(Responsibility::is_guidance),
        open_ended: deadline.open_ended,
    })
}
