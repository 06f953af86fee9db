//! The library dressed in the theme: everything `render` needs, immutable.

use std::{collections::BTreeMap, sync::Arc};

use framework::{Date, Diagnostic, Locale, Localized};
use minijinja::{Value, value::Serde};

use crate::{
    address::{Address, Tail},
    library::Library,
    page,
    theme::Theme,
};

/// The library dressed in the theme.
#[derive(Debug, Clone)]
pub struct Site {
    /// What the site knows.
    pub library: Arc<Library>,
    /// How it looks.
    pub theme: Arc<Theme>,
    /// Where and when it is published.
    pub publication: Publication,
    /// The configuration, as templates see it; made once.
    pub(crate) config: Localized<Value>,
    /// What every page of a language has alike, rendered once; or why that failed.
    pub(crate) shared: Localized<Result<Value, Box<Diagnostic>>>,
}

/// Where and when the site is published: arguments, never taken from the clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Scheme and host, without a slash at the end.
    pub base_url: String,
    /// The day.
    pub date: Date,
}

impl Site {
    /// Dresses a library in a theme.
    pub fn new(library: Arc<Library>, theme: Arc<Theme>, publication: Publication) -> Self {
        let config = Localized::build(|locale| config_value(&library, locale));
        let shared = Localized::build(|locale| {
            theme.shared(&minijinja::context! {
                locale => locale.tag(),
                date => publication.date.to_string(),
                site => config.get(locale),
                t => theme.words.get(locale),
            })
        });
        Self {
            library,
            theme,
            publication,
            config,
            shared,
        }
    }
}

impl Site {
    /// Every address the site answers at, in a fixed order.
    pub fn addresses(&self) -> Vec<Address> {
        let library = &self.library;
        let mut addresses = vec![Address::Root, Address::Sitemap, Address::Robots];
        let tails = library.tails();
        let gone = library
            .redirects
            .moved
            .keys()
            .chain(library.redirects.removed.keys());
        let tails: Vec<&Tail> = tails.iter().chain(gone).collect();
        for locale in Locale::ALL {
            addresses.extend(
                tails
                    .iter()
                    .map(|&tail| Address::Page(locale, tail.clone())),
            );
            addresses.push(Address::Feed(locale));
            if library.is_made_of_data(&Tail::Validate) {
                addresses.push(Address::Offline(locale));
            }
            if !library.project.catalogue.components.is_empty() {
                addresses.push(Address::Picture(locale));
            }
            if self.theme.card_font.is_some() {
                addresses.push(Address::Card(locale));
            }
            addresses.extend(page::SHELLS.map(|name| Address::Shell(locale, name.to_owned())));
        }
        addresses.extend(page::data::addresses(library));
        addresses.extend(library.citations().into_keys().map(Address::Citation));
        addresses.extend(self.theme.assets.keys().cloned().map(Address::Asset));
        let files = library.files.values().map(|file| file.public_name.clone());
        addresses.extend(files.map(Address::Asset));
        if library.is_made_of_data(&Tail::Validate) {
            let name = library.knowledge.public_name();
            addresses.push(Address::Asset(name.to_owned()));
        }
        addresses.sort();
        addresses.dedup();
        addresses
    }
}

/// Pages that templates link to from every page. A tree written for another generator lacks most.
const LINKED: [&str; 14] = [
    "/about/",
    "/accessibility/",
    "/changelog/",
    "/components/",
    "/constituents/",
    "/framework/",
    "/framework/all/",
    "/glossary/",
    "/guide/",
    "/guide/data/",
    "/overview/",
    "/owners/",
    "/rules/",
    "/validate/",
];

/// The configuration in one language.
fn config_value(library: &Library, locale: Locale) -> Value {
    let config = &library.config;
    let navigation: Vec<Value> = config
        .navigation
        .iter()
        .map(|entry| {
            minijinja::context! {
                address => format!("/{locale}{}", entry.address),
                tail => entry.address.clone(),
                label => entry.label.get(locale),
            }
        })
        .collect();
    let pages: BTreeMap<&str, bool> = LINKED
        .into_iter()
        .map(|address| (address, library.has(&Tail::parse(address))))
        .collect();
    minijinja::context! {
        pages => Value::from(Serde(pages)),
        title => config.title.get(locale),
        short_title => config.short_title.get(locale),
        description => config.description.get(locale),
        framework_version => config.framework.version.clone(),
        ruleset => Value::from(Serde(library.ruleset.as_ref())),
        notice => library.status.notice.get(locale),
        navigation => navigation,
    }
}
