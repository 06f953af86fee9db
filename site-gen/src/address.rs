//! Every address of the site, parsed and printed in one place (INTERFACE.md, "Addresses of the site").

use std::{fmt, sync::Arc};

use framework::Locale;

/// One thing the site answers with, named by its address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Address {
    /// `/`: the page that offers both languages, for hosts that cannot redirect.
    Root,
    /// A page in one language.
    Page(Locale, Tail),
    /// A page frame with a slot that the server fills (`.khung/shells/vi/report.html`); never served as it is.
    Shell(Locale, String),
    /// `/data/clauses.json`: the knowledge base as data.
    Data(String),
    /// `/schema/report.json`: a published JSON Schema.
    Schema(String),
    /// `/samples/tinh.yaml`: a sample submission.
    Sample(String),
    /// `/templates/vi/province.xlsx`: an empty submission to fill in.
    Template(Locale, String),
    /// `/c/ii-3-4-3/`: a short citation, for hosts that cannot redirect.
    Citation(String),
    /// `/overview.vi.svg`: the picture for download.
    Picture(Locale),
    /// `/card.vi.png`: what other sites show for a link to this one.
    Card(Locale),
    /// `/vi/feed.xml`: Atom feed of changes.
    Feed(Locale),
    /// `/vi/offline.html`: the checker in one file.
    Offline(Locale),
    /// `/sitemap.xml`.
    Sitemap,
    /// `/robots.txt`.
    Robots,
    /// `/assets/base.3f2a….css`: a file of the theme or of the content, named after its bytes.
    Asset(String),
}

/// What comes after the language; the same in both.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tail {
    /// `/`.
    Home,
    /// `/framework/`: the contents of the text.
    Framework,
    /// `/framework/ii-3-4/`: one section or part.
    Section(String),
    /// `/framework/all/`: the whole text, for printing.
    FrameworkAll,
    /// `/overview/`.
    Overview,
    /// `/components/`.
    Components,
    /// `/components/<id>/`.
    Component(String),
    /// `/constituents/`.
    Constituents,
    /// `/owners/`.
    Owners,
    /// `/owners/<id>/`.
    Owner(String),
    /// `/rules/`.
    Rules,
    /// `/rules/<id in lower case>/`.
    Rule(String),
    /// `/glossary/`.
    Glossary,
    /// `/search/`.
    Search,
    /// `/changelog/`.
    Changelog,
    /// `/validate/`.
    Validate,
    /// `/404.html`.
    NotFound,
    /// A page made of one Markdown pair: `/guide/`, `/about/`, `/guide/templates/`. There may be thousands, and
    /// each is named in many places: the name is shared.
    Document(Arc<str>),
}

impl Tail {
    /// Reads what follows the language: `/framework/ii-3-4/`. The last slash may be missing.
    pub fn parse(tail: &str) -> Self {
        let path = tail.trim_matches('/');
        let (first, rest) = path.split_once('/').unwrap_or((path, ""));
        match (first, rest) {
            ("", _) => Self::Home,
            ("404.html", "") => Self::NotFound,
            ("framework", "") => Self::Framework,
            ("framework", "all") => Self::FrameworkAll,
            ("overview", "") => Self::Overview,
            ("components", "") => Self::Components,
            ("constituents", "") => Self::Constituents,
            ("owners", "") => Self::Owners,
            ("rules", "") => Self::Rules,
            ("glossary", "") => Self::Glossary,
            ("search", "") => Self::Search,
            ("changelog", "") => Self::Changelog,
            ("validate", "") => Self::Validate,
            (_, rest) if rest.contains('/') => Self::Document(path.into()),
            ("framework", section) => Self::Section(section.to_owned()),
            ("components", id) => Self::Component(id.to_owned()),
            ("owners", id) => Self::Owner(id.to_owned()),
            ("rules", id) => Self::Rule(id.to_owned()),
            _ => Self::Document(path.into()),
        }
    }

    /// The path without slashes at its ends: `framework/ii-3-4`; empty for the home page.
    pub fn path(&self) -> String {
        match self {
            Self::Home => String::new(),
            Self::Framework => "framework".to_owned(),
            Self::Section(slug) => format!("framework/{slug}"),
            Self::FrameworkAll => "framework/all".to_owned(),
            Self::Overview => "overview".to_owned(),
            Self::Components => "components".to_owned(),
            Self::Component(id) => format!("components/{id}"),
            Self::Constituents => "constituents".to_owned(),
            Self::Owners => "owners".to_owned(),
            Self::Owner(id) => format!("owners/{id}"),
            Self::Rules => "rules".to_owned(),
            Self::Rule(id) => format!("rules/{id}"),
            Self::Glossary => "glossary".to_owned(),
            Self::Search => "search".to_owned(),
            Self::Changelog => "changelog".to_owned(),
            Self::Validate => "validate".to_owned(),
            Self::NotFound => "404.html".to_owned(),
            Self::Document(path) => path.as_ref().to_owned(),
        }
    }
}

impl fmt::Display for Tail {
    /// `/framework/ii-3-4/`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Home => f.write_str("/"),
            Self::NotFound => f.write_str("/404.html"),
            other => write!(f, "/{}/", other.path()),
        }
    }
}

impl Address {
    /// Reads an address as a browser asks for it, without query and fragment.
    pub fn parse(address: &str) -> Option<Self> {
        let path = address.strip_prefix('/')?;
        let (first, rest) = path.split_once('/').unwrap_or((path, ""));
        match (first, rest) {
            ("", "") => Some(Self::Root),
            ("sitemap.xml", "") => Some(Self::Sitemap),
            ("robots.txt", "") => Some(Self::Robots),
            ("data", name) if !name.is_empty() => Some(Self::Data(name.to_owned())),
            ("schema", name) if !name.is_empty() => Some(Self::Schema(name.to_owned())),
            ("samples", name) if !name.is_empty() => Some(Self::Sample(name.to_owned())),
            ("templates", rest) => {
                let (language, name) = rest.split_once('/')?;
                let named = |locale: &Locale| locale.tag() == language;
                let locale = Locale::ALL.into_iter().find(named)?;
                (!name.is_empty()).then(|| Self::Template(locale, name.to_owned()))
            }
            ("c", code) if !code.is_empty() => {
                Some(Self::Citation(code.trim_end_matches('/').to_owned()))
            }
            ("assets", name) if !name.is_empty() => Some(Self::Asset(name.to_owned())),
            _ => {
                if let Some(locale) = Locale::ALL.into_iter().find(|locale| locale.tag() == first) {
                    return Some(match rest {
                        "feed.xml" => Self::Feed(locale),
                        "offline.html" => Self::Offline(locale),
                        rest => Self::Page(locale, Tail::parse(rest)),
                    });
                }
                Locale::ALL
                    .into_iter()
                    .flat_map(|locale| [Self::Picture(locale), Self::Card(locale)])
                    .find(|file| file.to_string() == address)
            }
        }
    }

    /// The path of the file that holds it, below the output folder.
    pub fn file(&self) -> String {
        match self {
            Self::Root => "index.html".to_owned(),
            Self::Page(locale, Tail::NotFound) => format!("{locale}/404.html"),
            Self::Page(locale, Tail::Home) => format!("{locale}/index.html"),
            Self::Page(locale, tail) => format!("{locale}/{}/index.html", tail.path()),
            Self::Citation(code) => format!("c/{code}/index.html"),
            Self::Shell(locale, name) => format!(".khung/shells/{locale}/{name}.html"),
            other => other.to_string().trim_start_matches('/').to_owned(),
        }
    }

    /// The language of what is behind it, if it has one.
    pub const fn locale(&self) -> Option<Locale> {
        match self {
            Self::Page(locale, _)
            | Self::Shell(locale, _)
            | Self::Picture(locale)
            | Self::Card(locale)
            | Self::Template(locale, _)
            | Self::Offline(locale)
            | Self::Feed(locale) => Some(*locale),
            _ => None,
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => f.write_str("/"),
            Self::Page(locale, tail) => write!(f, "/{locale}{tail}"),
            Self::Shell(locale, name) => write!(f, "/.khung/shells/{locale}/{name}.html"),
            Self::Data(name) => write!(f, "/data/{name}"),
            Self::Schema(name) => write!(f, "/schema/{name}"),
            Self::Sample(name) => write!(f, "/samples/{name}"),
            Self::Template(locale, name) => write!(f, "/templates/{locale}/{name}"),
            Self::Citation(code) => write!(f, "/c/{code}/"),
            Self::Picture(locale) => write!(f, "/overview.{locale}.svg"),
            Self::Card(locale) => write!(f, "/card.{locale}.png"),
            Self::Feed(locale) => write!(f, "/{locale}/feed.xml"),
            Self::Offline(locale) => write!(f, "/{locale}/offline.html"),
            Self::Sitemap => f.write_str("/sitemap.xml"),
            Self::Robots => f.write_str("/robots.txt"),
            Self::Asset(name) => write!(f, "/assets/{name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_printed_as_it_is_read() {
        for address in [
            "/",
            "/vi/",
            "/en/framework/",
            "/vi/framework/ii-3-4/",
            "/en/framework/all/",
            "/vi/overview/",
            "/vi/components/national-data-center/",
            "/vi/constituents/",
            "/vi/owners/moha/",
            "/en/rules/kkt2-plt-007/",
            "/vi/glossary/",
            "/vi/guide/",
            "/vi/guide/templates/xlsx/",
            "/vi/404.html",
            "/vi/feed.xml",
            "/vi/offline.html",
            "/data/clauses.json",
            "/schema/report.json",
            "/samples/tinh.yaml",
            "/templates/vi/province.xlsx",
            "/c/ii-3-4-3/",
            "/assets/base.0123456789ab.css",
            "/overview.vi.svg",
            "/card.en.png",
            "/sitemap.xml",
            "/robots.txt",
        ] {
            assert_eq!(Address::parse(address).unwrap().to_string(), address);
        }
        assert_eq!(Address::parse("/fr/"), None);
        assert_eq!(Address::parse("vi/"), None);
    }

    #[test]
    fn both_languages_share_the_tail() {
        let vi = Address::parse("/vi/framework/ii-1/").unwrap();
        let en = Address::parse("/en/framework/ii-1/").unwrap();
        let tail = |address| match address {
            Address::Page(_, tail) => tail,
            other => panic!("{other} is no page"),
        };
        assert_eq!(tail(vi), tail(en));
    }

    #[test]
    fn every_page_lies_in_a_folder_of_its_own() {
        assert_eq!(
            Address::parse("/vi/guide/").unwrap().file(),
            "vi/guide/index.html"
        );
        assert_eq!(
            Address::parse("/en/404.html").unwrap().file(),
            "en/404.html"
        );
        assert_eq!(Address::Root.file(), "index.html");
        assert_eq!(Address::Sitemap.file(), "sitemap.xml");
    }
}
