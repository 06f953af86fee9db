//! JSON-LD: what search engines may know about a page.

use framework::{ClauseId, Component};
use serde_json::{Value, json};

use super::{Frame, lookup::Lookup};
use crate::address::Tail;

/// A part of the text, or the whole of it. The number and the date of the text are unknown, so
/// nothing is claimed about them.
pub(super) fn legislation(lookup: Lookup<'_>, frame: &Frame, clause: Option<&ClauseId>) -> String {
    let whole = format!("{}{}", frame.base_url, lookup.url(&Tail::Framework));
    let mut value = json!({
        "@context": "https://schema.org",
        "@type": "Legislation",
        "name": frame.title,
        "url": frame.canonical,
        "inLanguage": frame.locale.tag(),
        "legislationJurisdiction": "VN",
        "version": lookup.library.config.framework.version,
    });
    match clause {
        Some(clause) => {
            value["legislationIdentifier"] = json!(clause.as_str());
            value["isPartOf"] = json!({
                "@type": "Legislation",
                "name": lookup.words.get("framework_name"),
                "url": whole,
            });
        }
        None => value["name"] = json!(lookup.words.get("framework_name")),
    }
    script(&value)
}

/// The site, with its search.
pub(super) fn site(lookup: Lookup<'_>, frame: &Frame) -> String {
    let search = format!("{}{}?q={{q}}", frame.base_url, lookup.url(&Tail::Search));
    script(&json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": lookup.say(&lookup.library.config.title),
        "url": frame.canonical,
        "inLanguage": frame.locale.tag(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=q",
        },
    }))
}

/// A component as a term that the text defines.
pub(super) fn component(lookup: Lookup<'_>, frame: &Frame, component: &Component) -> String {
    let set = format!("{}{}", frame.base_url, lookup.url(&Tail::Components));
    script(&json!({
        "@context": "https://schema.org",
        "@type": "DefinedTerm",
        "name": frame.title,
        "termCode": component.code,
        "description": lookup.say(&component.description.text),
        "url": frame.canonical,
        "inLanguage": frame.locale.tag(),
        "inDefinedTermSet": set,
    }))
}

/// The glossary as a set of terms.
pub(super) fn glossary(lookup: Lookup<'_>, frame: &Frame) -> String {
    let terms: Vec<Value> = lookup
        .library
        .project
        .catalogue
        .terms
        .iter()
        .map(|term| {
            json!({
                "@type": "DefinedTerm",
                "name": lookup.say(&term.name),
                "url": format!("{}#{}", frame.canonical, term.id),
            })
        })
        .collect();
    script(&json!({
        "@context": "https://schema.org",
        "@type": "DefinedTermSet",
        "name": frame.title,
        "url": frame.canonical,
        "inLanguage": frame.locale.tag(),
        "hasDefinedTerm": terms,
    }))
}

/// As the content of a script element: no `<` may end it early.
fn script(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}
