//! What machines read: sitemap, Atom feed of changes, robots.txt.

use framework::{Date, Diagnostic, Locale};
use minijinja::{Value, context};

use super::{Artifact, lookup::Lookup};
use crate::{address::Tail, document::BlockKind, site::Site};

/// Pages that search engines need not list.
const UNLISTED: [Tail; 2] = [Tail::NotFound, Tail::Search];

/// `/sitemap.xml`: every page with its other language.
pub(super) fn sitemap(site: &Site) -> Result<Artifact, Box<Diagnostic>> {
    let tails = site.library.tails();
    let pages: Vec<Value> = tails
        .iter()
        .filter(|tail| !UNLISTED.contains(tail))
        .flat_map(|tail| {
            Locale::ALL.map(|locale| {
                context! { address => format!("/{locale}{tail}"), tail => tail.to_string() }
            })
        })
        .collect();
    xml(site, "sitemap.xml", context! { pages })
}

/// A change as the feed tells it.
struct Change {
    date: Date,
    title: String,
    text: String,
    /// Its place on the page of changes.
    anchor: String,
}

/// `/vi/feed.xml`: what changed in the text and in the rules, latest first.
pub(super) fn feed(site: &Site, locale: Locale) -> Result<Artifact, Box<Diagnostic>> {
    let lookup = Lookup::new(site, locale);
    let mut changes = changes_of_rules(lookup);
    changes.extend(changes_of_text(lookup));
    changes.sort_by(|left, right| (right.date, &right.anchor).cmp(&(left.date, &left.anchor)));
    let updated = changes
        .first()
        .map_or(site.publication.date, |change| change.date);
    let entries: Vec<Value> = changes
        .into_iter()
        .map(|change| {
            context! {
                date => change.date.to_string(),
                title => change.title,
                text => change.text,
                address => format!("{}#{}", lookup.url(&Tail::Changelog), change.anchor),
            }
        })
        .collect();
    let context = context! {
        locale => locale.tag(),
        title => site.library.config.title.get(locale),
        entries,
        updated => updated.to_string(),
    };
    xml(site, "feed.xml", context)
}

/// Where a version of the rule set stands on the page of changes.
pub(super) fn anchor_of_rules(version: &str) -> String {
    format!("rules-{}", version.replace('.', "-"))
}

fn changes_of_rules(lookup: Lookup<'_>) -> Vec<Change> {
    let changes = lookup.library.ruleset["changes"].as_array();
    let changes = changes.into_iter().flatten().filter_map(|change| {
        let version = change["version"].as_str()?;
        let text = change["text"][lookup.locale.tag()].as_str();
        Some(Change {
            date: change["date"].as_str()?.parse().ok()?,
            title: lookup
                .words
                .fill("changelog.rules_version", &[("version", version)]),
            text: text.unwrap_or_default().to_owned(),
            anchor: anchor_of_rules(version),
        })
    });
    changes.collect()
}

/// The headings of the page of changes that end with a day, `(2026-11-24)` or `(24/11/2026)`, and the
/// words below them.
fn changes_of_text(lookup: Lookup<'_>) -> Vec<Change> {
    let page = lookup
        .library
        .document_or_other(lookup.locale, &Tail::Changelog);
    let mut changes: Vec<Change> = Vec::new();
    let mut inside = false;
    for block in page.into_iter().flat_map(|page| page.blocks()) {
        if let BlockKind::Heading(_) = block.kind {
            let dated = dated(&block.text).zip(block.anchor.clone());
            inside = dated.is_some();
            changes.extend(dated.map(|((title, date), anchor)| Change {
                date,
                title: title.to_owned(),
                text: String::new(),
                anchor,
            }));
        } else if inside
            && let Some(change) = changes.last_mut()
            && !block.text.is_empty()
        {
            let space = if change.text.is_empty() { "" } else { " " };
            change.text.push_str(space);
            change.text.push_str(&block.text);
        }
    }
    changes
}

fn dated(heading: &str) -> Option<(&str, Date)> {
    let (title, day) = heading.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    let day: Vec<&str> = day.rsplit('/').collect();
    Some((title.trim_end(), day.join("-").parse().ok()?))
}

/// `/robots.txt`.
pub(super) fn robots(site: &Site) -> Artifact {
    let base_url = &site.publication.base_url;
    let text = format!("User-agent: *\nDisallow: /api/\nSitemap: {base_url}/sitemap.xml\n");
    Artifact {
        media_type: "text/plain; charset=utf-8",
        bytes: text.into_bytes(),
    }
}

fn xml(site: &Site, template: &str, model: Value) -> Result<Artifact, Box<Diagnostic>> {
    let context = context! {
        base_url => site.publication.base_url.clone(),
        model,
    };
    let text = site.theme.render(template, context)?;
    Ok(Artifact {
        media_type: "application/xml; charset=utf-8",
        bytes: text.into_bytes(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_with_a_day_is_a_change() {
        let day = "2026-11-24".parse::<Date>().unwrap();
        for heading in ["2.0 – lần đầu (24/11/2026)", "2.0 – lần đầu (2026-11-24)"] {
            assert_eq!(dated(heading), Some(("2.0 – lần đầu", day)));
        }
        assert_eq!(dated("Toàn văn (Phiên bản 2.0)"), None);
        assert_eq!(dated("Toàn văn"), None);
    }
}
