//! Pages made of one Markdown pair: the guide, the accessibility statement, and the two that have
//! data below their words: `/about/` and `/changelog/`.

use std::{fmt::Write as _, sync::Arc};

use framework::{Diagnostic, Locale, Localized};
use minijinja::Value;
use serde::Serialize;

use super::{Crumb, Frame, body::Body, feeds, lookup::Lookup, nothing_at, with_template};
use crate::{
    address::{Address, Tail},
    document::{self, BlockKind, Document},
    markdown::html::escape_into,
    site::Site,
};

#[derive(Serialize)]
struct Page {
    html: Value,
    /// The pages of the same folder as items of a list, where there is more than one. Such a list stands on every page
    /// and is longer than all else that templates are asked for there, so that it comes written.
    siblings: Option<Value>,
}

#[derive(Serialize)]
struct About {
    html: Value,
    known: Vec<String>,
    unknown: Vec<String>,
    later: Vec<Later>,
    not_claimed: Vec<String>,
}

#[derive(Serialize)]
struct Later {
    document: String,
    date: String,
    what: String,
}

#[derive(Serialize)]
struct Changelog {
    html: Value,
    changes: Vec<Change>,
}

#[derive(Serialize)]
struct Change {
    version: String,
    anchor: String,
    date: String,
    text: String,
}

/// A page of the Markdown tree.
pub(super) fn render(site: &Site, locale: Locale, tail: &Tail) -> Result<String, Box<Diagnostic>> {
    let lookup = Lookup::new(site, locale);
    let (document, frame) = open(lookup, tail)?;
    let html = Value::from_safe_string(html(lookup, document));
    match tail {
        Tail::Changelog => {
            let model = Changelog {
                html,
                changes: changes(lookup),
            };
            with_template(site, "pages/changelog.html", &frame, model)
        }
        Tail::Document(path) if **path == *"about" => {
            with_template(site, "pages/about.html", &frame, about(lookup, html))
        }
        _ => {
            let model = Page {
                html,
                siblings: siblings(lookup, tail),
            };
            with_template(site, "pages/document.html", &frame, model)
        }
    }
}

fn open<'a>(lookup: Lookup<'a>, tail: &Tail) -> Result<(&'a Document, Frame), Box<Diagnostic>> {
    let document = lookup
        .library
        .document_or_other(lookup.locale, tail)
        .ok_or_else(|| nothing_at(&Address::Page(lookup.locale, tail.clone())))?;
    let mut frame = Frame::new(lookup.site, lookup.locale, tail, &document.title);
    frame.content_locale = document.locale;
    if let Some(description) = &document.front_matter.description {
        frame.description.clone_from(description);
    } else if let Some(block) = document
        .blocks()
        .iter()
        .find(|block| block.kind == BlockKind::Paragraph)
    {
        frame.description = super::excerpt(&block.text, 180);
    }
    if let Some(folder) = folder(tail)
        && let Some(index) = lookup.library.document_or_other(lookup.locale, &folder)
        && folder != *tail
    {
        let label = index.front_matter.short_title.clone();
        frame.breadcrumbs.push(Crumb {
            label: label.unwrap_or_else(|| index.title.clone()),
            address: Some(lookup.url(&folder)),
        });
    }
    frame.breadcrumb_here();
    Ok((document, frame))
}

fn html(lookup: Lookup<'_>, document: &Document) -> String {
    let body = Body::new(lookup.library, document, lookup.locale);
    let first = document.blocks().iter().find_map(|block| match block.kind {
        BlockKind::Heading(level) => Some(level),
        _ => None,
    });
    // A page without a heading of the first level gets its title as one; a page whose headings
    // begin lower keeps their order below it.
    let words = document.blocks().iter().map(|block| block.text.len());
    let mut html = String::with_capacity(words.sum::<usize>() * 2);
    if first != Some(1) {
        html.push_str("<h1>");
        escape_into(&mut html, &document.title);
        html.push_str("</h1>\n");
    }
    for block in document.blocks() {
        body.write(block, &mut html);
    }
    html
}

/// The index page of the folder a page lies in: `/guide/` for `/guide/templates/`.
fn folder(tail: &Tail) -> Option<Tail> {
    let path = tail.path();
    let folder = path
        .split_once('/')
        .map_or(path.as_str(), |(folder, _)| folder);
    (!folder.is_empty()).then(|| Tail::parse(folder))
}

/// A folder of more pages than twice this shows the neighbours of each only: a list of thousands on
/// every one of thousands of pages helps nobody and grows with the square of their number.
const NEIGHBOURS: usize = 12;

/// A page with its address.
type Listed<'a> = (&'a Tail, &'a Arc<document::Page>);

/// The items of the list of pages in a page's folder.
fn siblings(lookup: Lookup<'_>, tail: &Tail) -> Option<Value> {
    let (mut html, mut url) = (String::with_capacity(4096), String::new());
    for (other, document) in listed(lookup, tail)? {
        url.clear();
        // Writing into a string does not fail.
        let _ = write!(url, "/{}{other}", lookup.locale);
        html.push_str("<li><a href=\"");
        escape_into(&mut html, &url);
        html.push('"');
        if other == tail {
            html.push_str(" aria-current=\"page\"");
        }
        html.push('>');
        let short = document.front_matter.short_title.as_ref();
        escape_into(&mut html, short.unwrap_or(&document.title));
        html.push_str("</a></li>");
    }
    Some(Value::from_safe_string(html))
}

/// The pages in a page's folder, in their own order, or those nearest to it if they are many; none where it is alone.
fn listed<'a>(lookup: Lookup<'a>, tail: &Tail) -> Option<Vec<Listed<'a>>> {
    let folder = folder(tail)?;
    let inside = format!("{}/", folder.path());
    let pages = lookup.library.documents.get(lookup.locale);
    let is_below = |(other, _): &Listed<'_>| matches!(other, Tail::Document(path) if path.starts_with(&*inside));
    let index = pages.get(&folder).map(|page| (&page.tail, page));
    let first = Tail::Document(inside.as_str().into());
    // The page of the folder itself stands before all that are in it.
    let (own, from) = if *tail == folder {
        (index, &first)
    } else {
        (None, tail)
    };
    let before = pages.before(from).take_while(is_below);
    let mut near: Vec<_> = before.take(NEIGHBOURS).collect();
    near.reverse();
    let after = pages.starting_at(from).take_while(is_below);
    near.extend(own.into_iter().chain(after).take(NEIGHBOURS + 1));
    if near.len() <= 2 * NEIGHBOURS {
        let all = pages.starting_at(&first).take_while(is_below);
        let all = index.into_iter().chain(all);
        let mut all: Vec<_> = all.take(2 * NEIGHBOURS + 1).collect();
        if all.len() <= 2 * NEIGHBOURS {
            all.sort_by_key(|(_, document)| document.front_matter.order);
            near = all;
        }
    }
    (near.len() > 1).then_some(near)
}

fn about(lookup: Lookup<'_>, html: Value) -> About {
    let status = &lookup.library.status;
    let lines = |list: &[Localized]| {
        list.iter()
            .map(|line| lookup.say(line))
            .collect::<Vec<String>>()
    };
    About {
        html,
        known: lines(&status.known),
        unknown: lines(&status.unknown),
        later: status
            .later
            .iter()
            .map(|later| Later {
                document: later.document.clone(),
                date: later.date.to_string(),
                what: lookup.say(&later.what),
            })
            .collect(),
        not_claimed: lines(&status.not_claimed),
    }
}

/// The history of the rule set, newest first, as its file has it.
fn changes(lookup: Lookup<'_>) -> Vec<Change> {
    let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    lookup.library.ruleset["changes"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|change| Change {
            version: word(&change["version"]),
            anchor: feeds::anchor_of_rules(change["version"].as_str().unwrap_or_default()),
            date: word(&change["date"]),
            text: word(&change["text"][lookup.locale.tag()]),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        library,
        site::Publication,
        source::{Content, Source, Sources},
        theme::Theme,
    };

    const SITE: &str = "base_url = \"https://a.example/\"\ndefault_language = \"vi\"\ntitle = { vi = \"A\", en = \"A\" }\nshort_title = { vi = \"A\", en = \"A\" }\ndescription = { vi = \"A\", en = \"A\" }\n";

    /// A site of Vietnamese pages that say nothing but which pages they list.
    fn site(pages: &[(String, String)]) -> Site {
        let others = [
            ("content/site.toml", SITE),
            (
                "themes/default/templates/pages/document.html",
                "{% if model.siblings %}{{ model.siblings }}{% endif %}",
            ),
        ];
        let others = others.map(|(path, text)| (path.to_owned(), text.to_owned()));
        let pages = pages.iter().cloned();
        let sources = Sources::new(others.into_iter().chain(pages).map(|(path, text)| Source {
            path,
            content: Content::Text(text.into()),
        }));
        let publication = Publication {
            base_url: String::new(),
            date: "2026-03-31".parse().expect("a day"),
        };
        let (library, _) = library::assemble(&sources);
        Site::new(library.into(), Theme::parse(&sources).0.into(), publication)
    }

    /// The titles that a page lists, its own in brackets.
    fn titles(site: &Site, tail: &str) -> Vec<String> {
        let page = render(site, Locale::Vi, &Tail::parse(tail)).expect("a page");
        let items = page.split("</a></li>").filter(|item| !item.is_empty());
        let titles = items.map(|item| {
            let (link, title) = item.rsplit_once('>').expect("a title");
            if link.ends_with(" aria-current=\"page\"") {
                format!("[{title}]")
            } else {
                title.to_owned()
            }
        });
        titles.collect()
    }

    fn page(path: &str, title: &str) -> (String, String) {
        let path = format!("content/vi/{path}.md");
        (path, format!("# {title}\n"))
    }

    #[test]
    fn a_short_folder_is_listed_whole_in_its_own_order() {
        let ordered = |path: &str, title: &str, order: usize| {
            let (path, text) = page(path, title);
            (path, format!("---\norder: {order}\n---\n{text}"))
        };
        let site = site(&[
            ordered("guide", "G", 0),
            ordered("guide/a", "a < b", 2),
            ordered("guide/b", "b", 1),
            page("guide-x", "x"),
            page("alone", "alone"),
        ]);
        assert_eq!(titles(&site, "/guide/"), ["[G]", "b", "a &lt; b"]);
        assert_eq!(titles(&site, "/guide/a/"), ["G", "b", "[a &lt; b]"]);
        assert!(titles(&site, "/alone/").is_empty());
        assert!(titles(&site, "/guide-x/").is_empty());
    }

    #[test]
    fn a_page_among_many_lists_those_next_to_it() {
        let number = |number: usize| format!("{number:02}");
        let many = (0..40).map(|at| page(&format!("guide/{}", number(at)), &number(at)));
        // It stands between the page of the folder and those in it, because `-` comes before `/`.
        let others = [page("guide", "G"), page("guide-x", "x")];
        let site = site(&many.chain(others).collect::<Vec<_>>());
        let shown = |tail: &str| titles(&site, tail).join(" ");
        let list = |numbers: std::ops::RangeInclusive<usize>, here: usize| {
            let shown = numbers.map(|at| {
                if at == here {
                    format!("[{}]", number(at))
                } else {
                    number(at)
                }
            });
            shown.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(shown("/guide/20/"), list(8..=32, 20));
        assert_eq!(shown("/guide/03/"), list(0..=15, 3));
        assert_eq!(shown("/guide/39/"), list(27..=39, 39));
        assert_eq!(shown("/guide/"), format!("[G] {}", list(0..=11, 99)));
    }

    #[test]
    fn a_folder_of_25_is_many() {
        let shown = |count: usize| {
            let pages = (0..count).map(|at| page(&format!("guide/{at:02}"), &format!("{at:02}")));
            let pages: Vec<_> = pages.chain([page("guide", "G")]).collect();
            titles(&site(&pages), "/guide/11/")
        };
        let whole = shown(23);
        assert_eq!((whole.len(), whole[0].as_str()), (24, "G"));
        let near = shown(24);
        assert_eq!((near.len(), near[0].as_str()), (24, "00"));
    }
}
