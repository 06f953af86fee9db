//! Results as the interface promises them.

use framework::{Layer, Locale};
use serde::{Deserialize, Serialize};

use crate::{Answer, Card, Facets, Filter, Kind, MARK, Snippet, UNMARK};

/// A question to the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// What the reader typed; any string will do.
    pub text: String,
    /// The language to search.
    pub locale: Locale,
    /// Which hits to show.
    pub filter: Filter,
    /// How many hits to show.
    pub limit: usize,
    /// How many hits to pass over.
    pub offset: usize,
}

impl Query {
    /// Hits shown when nobody says how many.
    pub const DEFAULT_LIMIT: usize = 10;
    /// The most hits in one answer.
    pub const MOST: usize = 100;

    /// The first hits for a text.
    pub fn new(text: impl Into<String>, locale: Locale) -> Self {
        Self {
            text: text.into(),
            locale,
            filter: Filter::default(),
            limit: Self::DEFAULT_LIMIT,
            offset: 0,
        }
    }

    /// So many hits, within bounds.
    #[must_use]
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit.clamp(1, Self::MOST);
        self
    }

    /// Hits from that place on.
    #[must_use]
    pub const fn offset(mut self, offset: usize) -> Self {
        self.offset = offset;
        self
    }

    /// Hits of that kind only.
    #[must_use]
    pub const fn kind(mut self, kind: Option<Kind>) -> Self {
        self.filter.kind = kind;
        self
    }

    /// Hits of that layer only.
    #[must_use]
    pub fn layer(mut self, layer: Option<Layer>) -> Self {
        let place = layer.and_then(|layer| Layer::ALL.iter().position(|one| *one == layer));
        self.filter.layer = place.and_then(|place| u8::try_from(place + 1).ok());
        self
    }

    /// The layer asked for, as addresses have it.
    pub(crate) fn layer_word(&self) -> Option<&'static str> {
        let place = usize::from(self.filter.layer?).checked_sub(1)?;
        Layer::ALL.get(place).map(|layer| layer.as_str())
    }
}

/// The answer to a query, as `/api/v1/search` and `khung search --format json` give it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Results {
    /// The query as it was asked.
    pub query: String,
    /// How many hits there are in all.
    pub total: u32,
    /// Whether there may be more than `total`.
    pub total_is_at_least: bool,
    /// The hits asked for, best first.
    pub hits: Vec<Hit>,
    /// How many hits there would be of each kind.
    pub kinds: Vec<KindCount>,
    /// The query as it was probably meant.
    pub did_you_mean: Option<String>,
    /// How the query may go on.
    pub suggestions: Vec<String>,
}

/// How many hits there are of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindCount {
    /// The kind.
    pub kind: Kind,
    /// The number.
    pub count: u32,
}

/// One hit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// Its language.
    pub lang: Locale,
    /// What it is.
    pub kind: Kind,
    /// Its layer.
    pub layer: Option<Layer>,
    /// The clause number, component code or rule id it is known by.
    pub clause: Option<String>,
    /// Where it stands.
    pub breadcrumb: String,
    /// Higher is better; comparable within one answer only.
    pub score: u64,
    /// The passage that answers best: HTML with `<mark>` only.
    pub snippet: String,
    /// The address of that passage, if it has one of its own.
    pub passage: Option<String>,
    /// The address of the same in the other language.
    pub twin: Option<String>,
}

impl Hit {
    pub(crate) fn new(
        lang: Locale,
        score: u64,
        facets: Facets,
        card: &Card<'_>,
        snippet: &Snippet,
    ) -> Self {
        let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let page = card.url.split('#').next().unwrap_or(card.url);
        let place = usize::from(facets.layer).checked_sub(1);
        Self {
            title: card.title.to_owned(),
            url: card.url.to_owned(),
            lang,
            kind: facets.kind,
            layer: place.and_then(|place| Layer::ALL.get(place)).copied(),
            clause: filled(card.code),
            breadcrumb: card.breadcrumb.to_owned(),
            score,
            snippet: marked_html(&snippet.text),
            passage: filled(&snippet.anchor).map(|anchor| format!("{page}#{anchor}")),
            twin: filled(card.twin),
        }
    }
}

impl Hit {
    /// The address of the page it stands on.
    pub(crate) fn page(&self) -> &str {
        self.url.split('#').next().unwrap_or(&self.url)
    }
}

impl Results {
    pub(crate) fn new(query: &Query, answer: &Answer, hits: Vec<Hit>) -> Self {
        let kinds = Kind::ALL.into_iter().zip(answer.kinds);
        Self {
            query: query.text.clone(),
            total: answer.total,
            total_is_at_least: answer.at_least,
            hits,
            kinds: kinds
                .filter(|(_, count)| *count > 0)
                .map(|(kind, count)| KindCount { kind, count })
                .collect(),
            did_you_mean: answer.did_you_mean.clone(),
            suggestions: answer.completions.clone(),
        }
    }
}

/// A snippet as HTML: escaped, with `<mark>` for the marks.
pub(crate) fn marked_html(snippet: &str) -> String {
    let mut html = String::with_capacity(snippet.len() + 32);
    for character in snippet.chars() {
        match character {
            MARK => html.push_str("<mark>"),
            UNMARK => html.push_str("</mark>"),
            other => push_escaped(&mut html, other),
        }
    }
    html
}

/// Text as HTML.
pub(crate) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    text.chars()
        .for_each(|character| push_escaped(&mut html, character));
    html
}

fn push_escaped(html: &mut String, character: char) {
    match character {
        '&' => html.push_str("&amp;"),
        '<' => html.push_str("&lt;"),
        '>' => html.push_str("&gt;"),
        '"' => html.push_str("&quot;"),
        '\'' => html.push_str("&#39;"),
        other => html.push(other),
    }
}
