//! One file per kind of page. Each builds a model (plain data) and hands it to its template.
//!
//! A template sees: `page` (the [`Frame`]), `site` (configuration in the page's language), `t` (interface
//! words in the page's language) and `model` (what the kind of page is about).

pub(crate) mod body;
pub(crate) mod data;
mod feeds;
mod moved;
mod section;

use framework::{Diagnostic, Locale, Localized};
use minijinja::{Value, value::Serde};
use serde::Serialize;

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

/// The frames that the server fills: the report, the upload form with its faults, search results.
pub(crate) const SHELLS: [&str; 0] = [];

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
}

/// A step of the way down to a page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Crumb {
    pub(crate) label: String,
    pub(crate) address: String,
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
        }
    }
}

/// Renders what is behind an address. Pure: the same site and address give the same bytes.
pub fn render(site: &Site, address: &Address) -> Result<Artifact, Box<Diagnostic>> {
    match address {
        Address::Page(locale, tail) => page(site, *locale, tail).map(html),
        Address::Data(name) => data::data(site, name),
        Address::Schema(name) => data::schema(&site.library, name),
        Address::Sample(name) => data::sample(&site.library, name),
        Address::Asset(name) => data::asset(site, name),
        Address::Citation(code) => moved::citation(site, code),
        Address::Sitemap => feeds::sitemap(site),
        Address::Feed(locale) => feeds::feed(site, *locale),
        Address::Robots => Ok(feeds::robots(site)),
        _ => Err(nothing_at(address)),
    }
}

fn page(site: &Site, locale: Locale, tail: &Tail) -> Result<String, Box<Diagnostic>> {
    if let Some(page) = moved::page(site, locale, tail) {
        return page;
    }
    match tail {
        Tail::Section(_) => section::render(site, locale, tail),
        _ => Err(nothing_at(&Address::Page(locale, tail.clone()))),
    }
}

/// Renders a template with the frame and the model of a page.
pub(crate) fn with_template(
    site: &Site,
    template: &str,
    frame: &Frame,
    model: impl Serialize,
) -> Result<String, Box<Diagnostic>> {
    let context = minijinja::context! {
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
