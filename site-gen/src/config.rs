//! `content/site.toml`: what the whole site says about itself.

use framework::{Diagnostic, DiagnosticLevel, Locale, Localized};
use serde::{Deserialize, Serialize};

use crate::source::Sources;

/// Where the file lies.
pub const PATH: &str = "content/site.toml";

/// What the whole site says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SiteConfig {
    /// Where the site will be served, without a slash at the end.
    pub base_url: String,
    /// The language offered first.
    pub default_language: Locale,
    /// The site's name.
    pub title: Localized,
    /// Its name where room is short.
    pub short_title: Localized,
    /// One sentence about it.
    pub description: Localized,
    /// About the text it publishes.
    #[serde(default)]
    pub framework: FrameworkEdition,
    /// How authors' files are read.
    #[serde(default)]
    pub content: ContentRules,
    /// The main menu.
    #[serde(default)]
    pub navigation: Vec<NavigationEntry>,
}

/// Which edition of the framework the site publishes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct FrameworkEdition {
    /// `2.0`.
    pub version: String,
}

/// How authors' files are read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ContentRules {
    /// What a fault in an author's file is.
    pub faults: Faults,
}

/// What a fault in an author's Markdown file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Faults {
    /// It stops the build.
    Error,
    /// It is reported, and the page is built as well as it can be.
    Warning,
}

impl From<Faults> for DiagnosticLevel {
    fn from(faults: Faults) -> Self {
        match faults {
            Faults::Error => Self::Error,
            Faults::Warning => Self::Warning,
        }
    }
}

/// An entry of the main menu.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NavigationEntry {
    /// Where it leads, after the language: `/framework/`.
    pub address: String,
    /// What it says.
    pub label: Localized,
}

impl Default for ContentRules {
    fn default() -> Self {
        Self {
            faults: Faults::Error,
        }
    }
}

impl Default for SiteConfig {
    /// For a tree without `site.toml`: written for another generator, and read with patience.
    fn default() -> Self {
        Self {
            base_url: "http://127.0.0.1:8080".to_owned(),
            default_language: Locale::Vi,
            title: Localized::text("Tài liệu", "Documentation"),
            short_title: Localized::text("Tài liệu", "Documentation"),
            description: Localized::text("", ""),
            framework: FrameworkEdition::default(),
            content: ContentRules {
                faults: Faults::Warning,
            },
            navigation: Vec::new(),
        }
    }
}

/// Reads the file; the default stands where there is none.
pub fn parse(sources: &Sources, faults: &mut Vec<Diagnostic>) -> SiteConfig {
    let Some(text) = sources.text(PATH) else {
        return SiteConfig::default();
    };
    match toml::from_str::<SiteConfig>(text) {
        Ok(mut config) => {
            config
                .base_url
                .truncate(config.base_url.trim_end_matches('/').len());
            config
        }
        Err(error) => {
            let fault = Diagnostic::error(
                "site-config",
                PATH,
                Localized::text(
                    format!("Tệp cấu hình chưa đúng: {}", error.message()),
                    format!("The configuration is not right: {}", error.message()),
                ),
            );
            faults.push(fault.at_bytes(text, error.span().unwrap_or(0..0)));
            SiteConfig {
                content: ContentRules::default(),
                ..SiteConfig::default()
            }
        }
    }
}
