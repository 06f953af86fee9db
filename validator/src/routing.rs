//! From the table in [`crate::routes`] to one warp filter.
//!
//! A route is an address with a handler for each method. The address is matched first, then the
//! method, so that a wrong method is a 405 that names the right ones, and never a 404.

use std::{convert::Infallible, future::Future, pin::Pin, str::FromStr, sync::Arc};

use bytes::Buf;
use framework::Locale;
use futures_util::{Stream, StreamExt as _};
use http::{HeaderMap, Method, StatusCode, header};
use warp::{Filter, filters::BoxedFilter, path::FullPath};

use crate::{
    body::{Body, Chunks},
    call::{Call, Captures, Context, Query},
    problem::Problem,
    reply::{Answer, Response, empty_reply, options_reply, redirect_reply},
    state::App,
};

/// One address with what it does for each method.
#[derive(Clone)]
pub(crate) struct Route {
    pattern: &'static str,
    get: Option<Handler>,
    post: Option<Handler>,
    /// Instead of the two: takes every method and decides for itself.
    every: Option<Handler>,
}

type Handler = Arc<dyn Fn(Call) -> Pin<Box<dyn Future<Output = Answer> + Send>> + Send + Sync>;

/// Which route answered; put on the response as a label for metrics.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Matched(pub(crate) &'static str);

/// A problem on its way out, to be said in the language of the request.
#[derive(Debug, Clone)]
pub(crate) struct Refused(pub(crate) Arc<Problem>);

/// An address that is read. In the pattern, `{locale}` is `vi` or `en` and any other `{name}` one
/// segment.
pub(crate) fn get<F, A>(pattern: &'static str, handler: F) -> Route
where
    F: Fn(Call) -> A + Send + Sync + 'static,
    A: Future<Output = Answer> + Send + 'static,
{
    Route {
        pattern,
        get: Some(boxed(handler)),
        post: None,
        every: None,
    }
}

/// An address that takes uploads.
pub(crate) fn post<F, A>(pattern: &'static str, handler: F) -> Route
where
    F: Fn(Call) -> A + Send + Sync + 'static,
    A: Future<Output = Answer> + Send + 'static,
{
    Route {
        pattern,
        get: None,
        post: Some(boxed(handler)),
        every: None,
    }
}

/// Whatever no other route answers; the handler is given every method.
pub(crate) fn otherwise<F, A>(handler: F) -> Route
where
    F: Fn(Call) -> A + Send + Sync + 'static,
    A: Future<Output = Answer> + Send + 'static,
{
    Route {
        pattern: "/",
        get: None,
        post: None,
        every: Some(boxed(handler)),
    }
}

impl Route {
    /// The same address, read as well.
    pub(crate) fn and_get<F, A>(self, handler: F) -> Self
    where
        F: Fn(Call) -> A + Send + Sync + 'static,
        A: Future<Output = Answer> + Send + 'static,
    {
        Self {
            get: Some(boxed(handler)),
            ..self
        }
    }

    /// The address, as the table has it.
    pub(crate) const fn pattern(&self) -> &'static str {
        self.pattern
    }

    /// The methods that work there.
    pub(crate) const fn allow(&self) -> &'static str {
        match (self.get.is_some(), self.post.is_some()) {
            (true, true) => "GET, HEAD, POST, OPTIONS",
            (true, false) => "GET, HEAD, OPTIONS",
            (false, _) => "POST, OPTIONS",
        }
    }

    async fn answer(self, captures: Captures, mut call: Call) -> Result<Response, Infallible> {
        call.captures = captures;
        let answer =
            if self.pattern.len() > 1 && self.pattern.ends_with('/') && !call.path.ends_with('/') {
                Ok(redirect_reply(
                    StatusCode::PERMANENT_REDIRECT,
                    &format!("{}/", call.path),
                ))
            } else {
                self.dispatch(call).await
            };
        let mut response = answer.unwrap_or_else(|problem| {
            let mut response = empty_reply(problem.kind.status());
            response.extensions_mut().insert(Refused(Arc::new(problem)));
            response
        });
        response.extensions_mut().insert(Matched(self.pattern));
        Ok(response)
    }

    async fn dispatch(&self, call: Call) -> Answer {
        if let Some(handler) = &self.every {
            return handler(call).await;
        }
        let handler = match call.method {
            Method::GET | Method::HEAD => &self.get,
            Method::POST => &self.post,
            Method::OPTIONS => {
                return Ok(options_reply(self.allow()));
            }
            _ => &None,
        };
        match handler {
            Some(handler) => handler(call).await,
            None => Err(Problem::method_not_allowed(self.allow())),
        }
    }
}

fn boxed<F, A>(handler: F) -> Handler
where
    F: Fn(Call) -> A + Send + Sync + 'static,
    A: Future<Output = Answer> + Send + 'static,
{
    Arc::new(move |call| Box::pin(handler(call)))
}

/// The filter of a whole table; `otherwise` takes what no line of it matches.
pub(crate) fn assemble(
    app: &Arc<App>,
    table: Vec<Route>,
    otherwise: Route,
) -> BoxedFilter<(Response,)> {
    let call = call(app);
    let last = call
        .clone()
        .and_then(move |call| otherwise.clone().answer(Captures::default(), call))
        .boxed();
    table.into_iter().rev().fold(last, |later, route| {
        matching(route.pattern)
            .and(call.clone())
            .and_then(move |captures, call| route.clone().answer(captures, call))
            .or(later)
            .unify()
            .boxed()
    })
}

/// The filter of a pattern.
fn matching(pattern: &'static str) -> BoxedFilter<(Captures,)> {
    let start = warp::any().map(Captures::default).boxed();
    let segments = pattern.split('/').filter(|segment| !segment.is_empty());
    let matched = segments.fold(start, |before, segment| match segment {
        "{locale}" => before
            .and(warp::path::param())
            .map(|captures, _: PathLocale| captures)
            .boxed(),
        segment if segment.starts_with('{') => before
            .and(warp::path::param())
            .map(|_, value| Captures {
                parameter: Some(value),
            })
            .boxed(),
        segment => before.and(warp::path(segment)).boxed(),
    });
    matched.and(warp::path::end()).boxed()
}

/// `vi` or `en` as a segment of a path; anything else is another route's business. (Which of them it
/// is was read from the path already, for everything that is said before a route is found.)
struct PathLocale;

impl FromStr for PathLocale {
    type Err = ();

    fn from_str(segment: &str) -> Result<Self, ()> {
        let known = Locale::ALL
            .into_iter()
            .any(|locale| locale.tag() == segment);
        known.then_some(Self).ok_or(())
    }
}

/// The filter that gathers a request into a [`Call`].
fn call(app: &Arc<App>) -> BoxedFilter<(Call,)> {
    let app = Arc::clone(app);
    let query = warp::query::raw().or(warp::any().map(String::new)).unify();
    warp::any()
        .map(move || Arc::clone(&app))
        .and(warp::ext::get::<Context>())
        .and(warp::method())
        .and(warp::path::full())
        .and(query)
        .and(warp::header::headers_cloned())
        .and(warp::body::stream().map(chunks))
        .map(gather)
        .boxed()
}

fn chunks<B: Buf>(body: impl Stream<Item = Result<B, warp::Error>> + Send + 'static) -> Chunks {
    Box::pin(body.map(|chunk| chunk.map(|mut buffer| buffer.copy_to_bytes(buffer.remaining()))))
}

#[expect(clippy::needless_pass_by_value, reason = "the signature warp asks for")]
fn gather(
    app: Arc<App>,
    context: Context,
    method: Method,
    path: FullPath,
    query: String,
    headers: HeaderMap,
    chunks: Chunks,
) -> Call {
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse().ok());
    let body = Body::new(chunks, announced, app.body_limits());
    Call {
        context,
        method,
        path: path.as_str().to_owned(),
        query: Query::parse(&query),
        headers,
        captures: Captures::default(),
        body,
        app,
    }
}
