//! What machines read: sitemap, Atom feed of changes, robots.txt.

use framework::{Diagnostic, Locale};
use minijinja::{Value, context};

use super::Artifact;
use crate::{address::Tail, site::Site};

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

/// `/vi/feed.xml`: what changed in the rules, latest first.
pub(super) fn feed(site: &Site, locale: Locale) -> Result<Artifact, Box<Diagnostic>> {
    let library = &*site.library;
    let empty = Vec::new();
    let changes = library.ruleset["changes"].as_array().unwrap_or(&empty);
    let mut entries: Vec<(&str, Value)> = changes
        .iter()
        .map(|change| {
            let text = |key: &str| change[key].as_str().unwrap_or_default();
            let words = change["text"][locale.tag()].as_str().unwrap_or_default();
            (
                text("date"),
                context! {
                    version => text("version"),
                    date => text("date"),
                    text => words,
                    address => format!("/{locale}{}", Tail::Changelog),
                },
            )
        })
        .collect();
    entries.sort_by(|(left, _), (right, _)| right.cmp(left));
    let updated = entries.first().map_or_else(
        || site.publication.date.to_string(),
        |(date, _)| (*date).to_owned(),
    );
    let entries: Vec<Value> = entries.into_iter().map(|(_, entry)| entry).collect();
    let context = context! {
        locale => locale.tag(),
        title => library.config.title.get(locale),
        entries,
        updated,
    };
    xml(site, "feed.xml", context)
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
