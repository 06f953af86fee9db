//! One request as handlers see it: no warp, no hyper, the language already chosen.

use std::{net::IpAddr, sync::Arc};

use framework::{Locale, Localized};
use http::{HeaderMap, Method};

use crate::{body::Body, problem::Problem, state::App};

/// What is known about a request before any route is looked at.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    /// Unique in this process; in the log and in `X-Request-Id`.
    pub(crate) id: String,
    pub(crate) client: IpAddr,
    pub(crate) locale: Locale,
}

/// What the pattern of a route caught.
#[derive(Debug, Clone, Default)]
pub(crate) struct Captures {
    pub(crate) parameter: Option<String>,
}

/// One request.
pub(crate) struct Call {
    pub(crate) app: Arc<App>,
    pub(crate) context: Context,
    pub(crate) method: Method,
    /// As sent, percent-encoding included.
    pub(crate) path: String,
    pub(crate) query: Query,
    pub(crate) headers: HeaderMap,
    pub(crate) captures: Captures,
    pub(crate) body: Body,
}

impl Call {
    /// Refuses a `?lang=` that is none of ours: a program that asks for a language wants to know that
    /// it does not get it.
    pub(crate) fn check_language(&self) -> Result<(), Problem> {
        let known = Localized::new("vi hoặc en", "vi or en");
        self.query.parsed("lang", known, Locale::from_tag).map(drop)
    }

    /// The language to answer in.
    pub(crate) const fn locale(&self) -> Locale {
        self.context.locale
    }
}

/// The parameters of the query, decoded, in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    pub(crate) fn parse(raw: &str) -> Self {
        // Decoding cannot fail: bytes that are no UTF-8 become replacement characters.
        Self(serde_urlencoded::from_str(raw).unwrap_or_default())
    }

    /// The value of a parameter; given twice it is refused, because nobody can know which is meant.
    pub(crate) fn get(&self, name: &str) -> Result<Option<&str>, Problem> {
        let mut values = self
            .0
            .iter()
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value);
        let first = values.next();
        if values.next().is_some() {
            return Err(Problem::parameter(
                name,
                Localized::text("được ghi nhiều lần", "is given more than once"),
            ));
        }
        Ok(first.map(String::as_str))
    }

    /// A parameter that must be one of a few words or of a certain form.
    pub(crate) fn parsed<T>(
        &self,
        name: &str,
        expected: Localized<&str>,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        let Some(text) = self.get(name)? else {
            return Ok(None);
        };
        parse(text).map(Some).ok_or_else(|| {
            Problem::parameter(
                name,
                Localized::text(
                    format!("cần {}", expected.vi),
                    format!("must be {}", expected.en),
                ),
            )
        })
    }
}
