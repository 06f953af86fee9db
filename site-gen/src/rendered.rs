//! A last look at finished pages: what templates link to has to exist as well.

use std::collections::{BTreeMap, BTreeSet};

use framework::{Diagnostic, Localized};

use crate::{address::Address, document::fitted};

/// The anchors of a finished page and the places in other pages that it points at.
#[derive(Debug, Default)]
pub(crate) struct Rendered {
    /// The page's path in the output folder.
    path: String,
    ids: Vec<Box<str>>,
    /// Targets with a fragment, as written; those without are checked at once.
    places: Vec<Box<str>>,
    /// Targets without a fragment that do not exist.
    dead: Vec<Box<str>>,
    /// Ids that come twice.
    faults: Vec<Diagnostic>,
}

impl Rendered {
    /// The files of the other pages that it points into.
    pub(crate) fn points_into(&self) -> impl Iterator<Item = String> {
        self.places.iter().filter_map(|place| {
            let target = place.split(['#', '?']).next().unwrap_or_default();
            Some(Address::parse(target)?.file())
        })
    }

    /// Whether it has every place that a page had.
    pub(crate) fn has_places_of(&self, before: &Self) -> bool {
        before
            .ids
            .iter()
            .all(|id| self.ids.binary_search(id).is_ok())
    }
}

/// Reads a finished page. `exists` says whether an address without fragment is there.
pub(crate) fn read(path: &str, html: &[u8], exists: impl Fn(&str) -> bool) -> Rendered {
    let mut page = Rendered {
        path: path.to_owned(),
        ..Rendered::default()
    };
    let (mut places, mut dead) = (BTreeSet::new(), BTreeSet::new());
    for (name, value) in attributes(html) {
        match name {
            b"id" => page.ids.push(value.into()),
            _ if value.starts_with('#') && value.len() > 1 => {
                places.insert(value);
            }
            _ if value.starts_with('/') && !value.starts_with("//") => {
                let target = value.split(['#', '?']).next().unwrap_or_default();
                if !exists(target) {
                    dead.insert(value);
                } else if value.contains('#') {
                    places.insert(value);
                }
            }
            _ => {}
        }
    }
    page.places = places.into_iter().map(Into::into).collect();
    page.dead = dead.into_iter().map(Into::into).collect();
    page.ids = fitted(page.ids);
    page.ids.sort_unstable();
    let twice: BTreeSet<&str> = page
        .ids
        .windows(2)
        .filter(|pair| pair[0] == pair[1])
        .map(|pair| &*pair[0])
        .collect();
    page.faults
        .extend(twice.into_iter().map(|id| id_twice(path, id)));
    page
}

/// Everything wrong with the finished pages, places in other pages included. A target that a template
/// puts on every page is one fault.
pub(crate) fn check(pages: &[Rendered]) -> Vec<Diagnostic> {
    let by_path: BTreeMap<&str, &Rendered> = pages
        .iter()
        .map(|page| (page.path.as_str(), page))
        .collect();
    // The first page that points there, and how many more do.
    let mut dead: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
    for page in pages {
        let places = page.places.iter();
        let places = places.filter(|place| !is_there(place, page, &by_path));
        for target in page.dead.iter().chain(places) {
            dead.entry(target)
                .and_modify(|(_, more)| *more += 1)
                .or_insert((&page.path, 0));
        }
    }
    let dead = dead
        .into_iter()
        .map(|(target, (page, more))| dead_link(page, target, more));
    dead.chain(pages.iter().flat_map(|page| page.faults.iter().cloned()))
        .collect()
}

/// Whether a page that has the place exists, or nothing is known about it.
fn is_there(place: &str, page: &Rendered, by_path: &BTreeMap<&str, &Rendered>) -> bool {
    let (target, fragment) = place.split_once('#').unwrap_or((place, ""));
    let holder = if target.is_empty() {
        Some(page)
    } else {
        let target = target.split('?').next().unwrap_or_default();
        let file = Address::parse(target).map(|address| address.file());
        file.and_then(|file| by_path.get(file.as_str()).copied())
    };
    fragment.is_empty()
        || holder.is_none_or(|holder| {
            holder
                .ids
                .binary_search_by(|id| (**id).cmp(fragment))
                .is_ok()
        })
}

/// The values of `id`, `href`, `src` and `action`.
fn attributes(html: &[u8]) -> impl Iterator<Item = (&[u8], &str)> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            let at = memchr::memchr(b'"', rest)?;
            let (before, after) = (&rest[..at], &rest[at + 1..]);
            let Some(before) = before.strip_suffix(b"=") else {
                rest = after;
                continue;
            };
            let end = memchr::memchr(b'"', after)?;
            rest = &after[end + 1..];
            let name = before
                .rsplit(u8::is_ascii_whitespace)
                .next()
                .unwrap_or_default();
            if matches!(name, b"id" | b"href" | b"src" | b"action")
                && let Ok(value) = std::str::from_utf8(&after[..end])
            {
                return Some((name, value));
            }
        }
    })
}

fn dead_link(path: &str, target: &str, more: usize) -> Diagnostic {
    let fault = Diagnostic::error(
        "dead-link-in-page",
        path,
        Localized::text(
            format!("Trang dẫn đến «{target}» nhưng không có đích ấy"),
            format!("The page points at “{target}”, which does not exist"),
        ),
    );
    if more == 0 {
        return fault;
    }
    fault.hint(Localized::text(
        format!("{more} trang khác cũng vậy: có lẽ liên kết nằm trong mẫu trang hoặc thực đơn"),
        format!("So do {more} more pages: the link may stand in a template or the menu"),
    ))
}

fn id_twice(path: &str, id: &str) -> Diagnostic {
    Diagnostic::error(
        "id-twice",
        path,
        Localized::text(
            format!("id «{id}» có hai lần trong trang"),
            format!("The id “{id}” stands twice in the page"),
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finished_page_with_a_dead_place_is_found() {
        let exists = |address: &str| ["/vi/a/", "/vi/b/"].contains(&address);
        let a = "<a href=\"/vi/b/#x\">1</a><a href=\"/vi/b/#y\">2</a><a href=\"/vi/c/\">3</a><i id=\"i\"></i><a href=\"#i\">";
        let b = "<p id=\"x\"></p><p id=\"x\"></p><a href=\"https://example.org/#q\">";
        let pages = [
            read("vi/a/index.html", a.as_bytes(), exists),
            read("vi/b/index.html", b.as_bytes(), exists),
        ];
        let found: Vec<String> = check(&pages)
            .into_iter()
            .map(|fault| format!("{} {}", fault.code, fault.message.en))
            .collect();
        assert_eq!(found.len(), 3, "{found:#?}");
        assert!(
            found[0].contains("/vi/b/#y")
                && found[1].contains("/vi/c/")
                && found[2].starts_with("id-twice")
        );
    }
}
