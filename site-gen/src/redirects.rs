//! `content/redirects.json`: what became of addresses that people may have written down.

use std::collections::BTreeMap;

use framework::{Diagnostic, Localized};
use serde::{Deserialize, Serialize};

use crate::{
    address::Tail,
    json,
    source::{Source, Sources},
};

/// Where the file lies.
pub const PATH: &str = "content/redirects.json";

/// What became of addresses and numbers that are no more. Ids are never used again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Redirects {
    /// Old address → new address, with a place in the page if need be: `/framework/ii-3-6/` →
    /// `/framework/ii-3-5/#ii-3-5-1`. The address of a passage inside a page is its short citation,
    /// `/c/ii-3-5-9/`.
    pub moved: BTreeMap<Tail, String>,
    /// Old address → why it is no more: its page says so.
    pub removed: BTreeMap<Tail, Localized>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "$schema", default)]
    _schema: String,
    #[serde(default)]
    moved: BTreeMap<String, String>,
    #[serde(default)]
    removed: BTreeMap<String, Localized>,
}

impl Redirects {
    /// What became of short citations (`/c/ii-3-6/`): code → the new address, or the page that says
    /// why there is none.
    pub(crate) fn citations(&self) -> impl Iterator<Item = (String, String)> {
        let moved = self.moved.iter().map(|(from, to)| (from, to.clone()));
        let removed = self.removed.keys().map(|from| (from, from.to_string()));
        moved.chain(removed).filter_map(|(from, to)| {
            let code = from.path().strip_prefix("c/")?.to_owned();
            Some((code, to))
        })
    }
}

/// Reads the file, if there is one.
pub fn parse(sources: &Sources, faults: &mut Vec<Diagnostic>) -> Redirects {
    let Some(file) = sources
        .get(PATH)
        .and_then(|source| json::parse::<File>(source, faults))
    else {
        return Redirects::default();
    };
    Redirects {
        moved: file
            .moved
            .into_iter()
            .map(|(from, to)| (Tail::parse(&from), to))
            .collect(),
        removed: file
            .removed
            .into_iter()
            .map(|(from, why)| (Tail::parse(&from), why))
            .collect(),
    }
}

/// An address that is still in use is not redirected; a new address exists.
pub(crate) fn check(
    redirects: &Redirects,
    sources: &Sources,
    in_use: impl Fn(&Tail) -> bool,
    faults: &mut Vec<Diagnostic>,
) {
    for tail in redirects
        .moved
        .keys()
        .chain(redirects.removed.keys())
        .filter(|tail| in_use(tail))
    {
        faults.push(fault(
            sources,
            "redirect-in-use",
            &tail.to_string(),
            Localized::text(
                format!("Địa chỉ {tail} đang có trang"),
                format!("There is a page at {tail}"),
            ),
        ));
    }
    for to in redirects.moved.values() {
        let tail = Tail::parse(to.split('#').next().unwrap_or_default());
        if !in_use(&tail) {
            faults.push(fault(
                sources,
                "redirect-to-nowhere",
                to,
                Localized::text(
                    format!("Không có trang {to}"),
                    format!("There is no page {to}"),
                ),
            ));
        }
    }
}

fn fault(sources: &Sources, code: &'static str, value: &str, message: Localized) -> Diagnostic {
    let fault = Diagnostic::error(code, PATH, message);
    match sources.get(PATH).and_then(Source::text) {
        Some(text) => match text.find(&format!("\"{value}\"")) {
            Some(at) => fault.at_bytes(text, at + 1..at + 1 + value.len()),
            None => fault,
        },
        None => fault,
    }
}
