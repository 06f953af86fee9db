//! Completion times as pages say them.

use framework::{Component, Date, Deadline, Responsibility};
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
    /// How far away it is from the day the site is built for.
    left: Option<String>,
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
        |date| reporting::words::date(date, lookup.locale),
    );
    Some(Full {
        text: lookup.say(&deadline.text),
        clause: lookup.clause(&deadline.clause),
        reading: lookup.words.fill("deadline.reading", &[("date", &date)]),
        left: deadline.completed_by().map(|date| left(lookup, date)),
        guidance: component
            .responsible
            .iter()
            .any(Responsibility::is_guidance),
        open_ended: deadline.open_ended,
    })
}

/// «còn 38 ngày, tính đến ngày 23/11/2026»: pages are read later than they are made, so the day is said.
fn left(lookup: Lookup<'_>, date: Date) -> String {
    let today = lookup.site.publication.date;
    let days = date.days_since_epoch() - today.days_since_epoch();
    let key = if days < 0 {
        "deadline.past"
    } else {
        "deadline.left"
    };
    lookup.words.fill(
        key,
        &[
            ("n", &days.unsigned_abs().to_string()),
            ("date", &reporting::words::date(today, lookup.locale)),
        ],
    )
}
