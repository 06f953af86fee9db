//! One file per kind of page. Each builds a model (plain data) and hands it to its template.
//!
//! A template sees: `page` (the [`Frame`]), `site` (configuration in the page's language), `t` (interface
//! words in the page's language), `shared` (what all pages of the language have alike, rendered once: the
//! templates below `shared/`, which see `site`, `t`, `locale` and `date`) and `model` (what the kind of
//! page is about).

mod alphabet;
pub(crate) mod body;
mod card;
mod citation;
mod components;
mod constituents;
mod contents;
pub(crate) mod data;
mod deadline;
mod document;
mod example;
mod feeds;
mod glossary;
mod home;
mod lookup;
mod mentions;
mod moved;
mod offline;
mod overview;
mod owners;
mod plain;
mod row;
mod rules;
mod scope;
mod search;
mod section;
mod shell;
mod structured;
mod validate;
mod words;

use framework::{Diagnostic, Locale, Localized};
use minijinja::{Value, value::Serde};
use serde::Serialize;
pub(crate) use shell::SHELLS;
pub use shell::SLOT;

use crate::{
    address::{Address, Tail},
    site::Site,
};

/// A finished thing to serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Its media type with charset where it is text.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What every page has.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Frame {
    pub(crate) locale: Locale,
    pub(crate) other_locale: Locale,
    /// `/vi/framework/ii-3-4/`.
    pub(crate) address: String,
    /// The same page in the other language.
    pub(crate) other_address: String,
    /// `/framework/ii-3-4/`.
    pub(crate) tail: String,
    /// With scheme and host.
    pub(crate) canonical: String,
    pub(crate) base_url: String,
    pub(crate) date: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) breadcrumbs: Vec<Crumb>,
    /// The language the main text is in; differs from `locale` where a translation is missing.
    pub(crate) content_locale: Locale,
    /// How many paragraphs of the page are translations of Vietnamese that has changed since.
    pub(crate) stale: usize,
    /// The picture that other sites show for a link, with scheme and host; none if the theme draws none.
    pub(crate) card: Option<String>,
    /// Whether search engines may list it.
    pub(crate) indexed: bool,
    /// JSON-LD for search engines, safe inside a script element.
    pub(crate) json_ld: Option<String>,
}

/// A step of the way down to a page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Crumb {
    pub(crate) label: String,
    /// None for the page itself.
    pub(crate) address: Option<String>,
}

impl Frame {
    /// The frame of a page whose text is in its own language.
    pub(crate) fn new(site: &Site, locale: Locale, tail: &Tail, title: impl Into<String>) -> Self {
        let base_url = site.publication.base_url.clone();
        let address = format!("/{locale}{tail}");
        Self {
            locale,
            other_locale: locale.other(),
            other_address: format!("/{}{tail}", locale.other()),
            tail: tail.to_string(),
            canonical: format!("{base_url}{address}"),
            address,
            base_url,
            date: site.publication.date.to_string(),
            title: title.into(),
            description: site.library.config.description.get(locale).clone(),
            breadcrumbs: Vec::new(),
            content_locale: locale,
            stale: stale(site, locale, tail),
            card: card::url(site, locale),
            indexed: true,
            json_ld: None,
        }
    }

    /// Ends the breadcrumb with the page itself.
    pub(crate) fn breadcrumb_here(&mut self) {
        self.breadcrumbs.push(Crumb {
            label: self.title.clone(),
            address: None,
        });
    }
}

fn stale(site: &Site, locale: Locale, tail: &Tail) -> usize {
    if locale == Locale::Vi {
        return 0;
    }
    let stale = &*site.library.stale;
    let before = stale.partition_point(|stale| stale.tail < *tail);
    let from_here = stale.iter().skip(before);
    from_here.take_while(|stale| stale.tail == *tail).count()
}

/// The first words of a text, cut between words.
pub(crate) fn excerpt(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let cut: String = text.chars().take(longest).collect();
    let words = cut
        .rsplit_once(' ')
        .map_or(cut.as_str(), |(words, _)| words);
    format!("{} …", words.trim_end_matches([',', ';', ':']))
}

/// Renders what is behind an address. Pure: the same site and address give the same bytes.
pub fn render(site: &Site, address: &Address) -> Result<Artifact, Box<Diagnostic>> {
    match address {
        Address::Page(locale, tail) => page(site, *locale, tail).map(html),
        Address::Data(name) => data::data(site, name),
        Address::Schema(name) => data::schema(&site.library, name),
        Address::Sample(name) => data::sample(&site.library, name),
        Address::Template(locale, name) => data::template(&site.library, *locale, name),
        Address::Asset(name) => data::asset(site, name),
        Address::Citation(code) => moved::citation(site, code),
        Address::Sitemap => feeds::sitemap(site),
        Address::Feed(locale) => feeds::feed(site, *locale),
        Address::Offline(locale) => offline::render(site, *locale).map(html),
        Address::Robots => Ok(feeds::robots(site)),
        Address::Root => plain::render_root(site).map(html),
        Address::Shell(locale, name) => shell::render(site, *locale, name).map(html),
        Address::Card(locale) => card::render(site, *locale),
        Address::Picture(locale) => Ok(Artifact {
            media_type: media_type("overview.svg"),
            bytes: overview::standalone(site, *locale).into_bytes(),
        }),
    }
}

fn page(site: &Site, locale: Locale, tail: &Tail) -> Result<String, Box<Diagnostic>> {
    if let Some(page) = moved::page(site, locale, tail) {
        return page;
    }
    if !site.library.is_made_of_data(tail) {
        return document::render(site, locale, tail);
    }
    match tail {
        Tail::Home => home::render(site, locale),
        Tail::Framework => section::render_contents(site, locale),
        Tail::Section(_) => section::render(site, locale, tail),
        Tail::FrameworkAll => section::render_all(site, locale),
        Tail::Overview => overview::render(site, locale),
        Tail::Components => components::render_index(site, locale),
        Tail::Component(id) => components::render(site, locale, id),
        Tail::Constituents => constituents::render(site, locale),
        Tail::Owners => owners::render_index(site, locale),
        Tail::Owner(id) => owners::render(site, locale, id),
        Tail::Rules => rules::render_index(site, locale),
        Tail::Rule(slug) => rules::render(site, locale, slug),
        Tail::Glossary => glossary::render(site, locale),
        Tail::Search => search::render(site, locale),
        Tail::Validate => validate::render(site, locale),
        Tail::NotFound => plain::render_not_found(site, locale),
        Tail::Changelog | Tail::Document(_) => document::render(site, locale, tail),
    }
}

/// Renders a template with the frame and the model of a page.
pub(crate) fn with_template(
    site: &Site,
    template: &str,
    frame: &Frame,
    model: impl Serialize,
) -> Result<String, Box<Diagnostic>> {
    let shared = site.shared.get(frame.locale).as_ref();
    let context = minijinja::context! {
        shared => shared.map_err(Clone::clone)?,
        page => Value::from(Serde(frame)),
        site => site.config.get(frame.locale),
        t => site.theme.words.get(frame.locale),
        model => Value::from(Serde(model)),
    };
    site.theme.render(template, context)
}

fn html(text: String) -> Artifact {
    Artifact {
        media_type: "text/html; charset=utf-8",
        bytes: text.into_bytes(),
    }
}

/// The media type of a file, by its name.
pub(crate) fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "yaml" | "yml" => "application/yaml; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "pdf" => "application/pdf",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => "application/octet-stream",
    }
}

pub(crate) fn nothing_at(address: &Address) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(
        "no-such-address",
        address.file(),
        Localized::text(
            format!("Không có gì ở địa chỉ {address}"),
            format!("There is nothing at {address}"),
        ),
    ))
}
