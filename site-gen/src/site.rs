//! The library dressed in the theme: everything `render` needs, immutable.

use std::sync::Arc;

use framework::{Date, Locale};
use minijinja::{Value, value::Serde};

use crate::{library::Library, theme::Theme};

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
    pub(crate) config: framework::Localized<Value>,
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
        let config = framework::Localized::build(|locale| config_value(&library, locale));
        Self {
            library,
            theme,
            publication,
            config,
        }
    }
}

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
    minijinja::context! {
        title => config.title.get(locale),
        short_title => config.short_title.get(locale),
        description => config.description.get(locale),
        framework_version => config.framework.version.clone(),
        ruleset => Value::from(Serde(&library.ruleset)),
        notice => library.status.notice.get(locale),
        navigation => navigation,
    }
}
