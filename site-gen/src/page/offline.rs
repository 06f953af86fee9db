//! `/vi/offline.html`: the checker as one file that opens by a double click, on any system and
//! without a server. Everything it needs stands in it: styles, scripts, module and rules.
//!
//! A browser lets such a page load nothing from files beside it, so the parts stand in the page as
//! base64 and become `blob:` and `data:` addresses; the scripts are those of `/validate/`, unchanged.
//! The page's own policy allows its first script by digest, what that script makes, and no host at all.

use framework::{AgencyLevel, Diagnostic, Locale};
use serde::Serialize;

use super::{Frame, lookup::Lookup, with_template};
use crate::{address::Tail, digest, picture, site::Site};

/// What `offline.html` shows.
#[derive(Serialize)]
struct OneFile {
    /// The address of what the checker knows: none, it stands in the page.
    knowledge: &'static str,
    offline: bool,
    levels: Vec<&'static str>,
    styles: String,
    parts: Vec<Part>,
    boot: String,
    boot_digest: String,
}

/// Something that `/validate/` would fetch.
#[derive(Serialize)]
struct Part {
    /// Its name among the form's data attributes, or `check` and `upload`, which start by themselves.
    name: &'static str,
    base64: String,
}

/// Scripts by the names under which the form knows them; the panel has words, and is another in each language.
const SCRIPTS: [(&str, &str); 6] = [
    ("engine", "scripts/check-engine.js"),
    ("editor", "scripts/check-editor.js"),
    ("worker", "scripts/check-worker.js"),
    ("reportScript", "scripts/report.js"),
    ("upload", "scripts/upload.js"),
    ("check", "scripts/check.js"),
];

const STYLES: [&str; 3] = [
    "styles/site.css",
    "styles/validate.css",
    "styles/report.css",
];

pub(super) fn render(site: &Site, locale: Locale) -> Result<String, Box<Diagnostic>> {
    let lookup = Lookup::new(site, locale);
    let mut frame = Frame::new(
        site,
        locale,
        &Tail::Validate,
        lookup.words.get("validate.title"),
    );
    frame.indexed = false;
    let source = |path: &str| site.theme.source(path).unwrap_or_default();
    let mut parts: Vec<Part> = SCRIPTS
        .into_iter()
        .map(|(name, path)| part(name, source(path)))
        .collect();
    let panel = format!("scripts/check-panel.{locale}.js");
    parts.push(part("panel", source(&panel)));
    parts.push(part("module", source("modules/check.bin")));
    parts.push(part("knowledge", site.library.knowledge.packed()));
    let styles = STYLES.map(|path| without_fonts(&String::from_utf8_lossy(source(path))));
    let boot = String::from_utf8_lossy(source("scripts/offline.js")).into_owned();
    let model = OneFile {
        knowledge: "",
        offline: true,
        levels: AgencyLevel::ALL.map(AgencyLevel::as_str).to_vec(),
        styles: styles.concat(),
        parts,
        boot_digest: picture::base64(digest::of(boot.as_bytes()).bytes()),
        boot,
    };
    with_template(site, "offline.html", &frame, model)
}

fn part(name: &'static str, bytes: &[u8]) -> Part {
    Part {
        name,
        base64: picture::base64(bytes),
    }
}

/// Fonts are files of their own: the reader's own serve.
fn without_fonts(css: &str) -> String {
    let mut text = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find("@font-face") {
        text.push_str(&rest[..at]);
        rest = rest[at..].find('}').map_or("", |end| &rest[at + end + 1..]);
    }
    text.push_str(rest);
    text
}
