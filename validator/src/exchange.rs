//! One request from its head to its answer: everything that holds for all routes alike.
//!
//! The request gets an id, a client and a language; the routes answer; a panic becomes a problem; a
//! problem is put into words; security headers go on; the exchange is counted and logged.

use std::{
    convert::Infallible,
    net::SocketAddr,
    panic::AssertUnwindSafe,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use framework::Locale;
use futures_util::FutureExt as _;
use http::{HeaderMap, HeaderValue, Request, Version, header};
use hyper::{body::Body as HttpBody, service::Service as _};
use hyper_util::service::TowerToHyperService;
use warp::filters::BoxedFilter;

use crate::{
    call::{Context, Query},
    client, headers,
    journal::Level,
    language,
    problem::{Kind, Problem},
    reply::Response,
    routing::{Matched, Refused},
    site,
    state::App,
};

/// No address of ours comes near this length.
const LONGEST_URI: usize = 8 * 1024;

/// Answers requests of one listener.
#[derive(Clone)]
pub(crate) struct Exchange {
    app: Arc<App>,
    routes: BoxedFilter<(Response,)>,
    ids: Arc<Ids>,
}

/// Ids of requests: when the server started, and a running number.
struct Ids {
    start: u64,
    next: AtomicU64,
}

impl Exchange {
    pub(crate) fn new(app: Arc<App>, routes: BoxedFilter<(Response,)>) -> Self {
        let start = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
            .as_micros();
        // Only the low bits matter: ids need to differ between restarts, not to be read.
        let start = u64::try_from(start & 0xff_ffff_ffff).unwrap_or(0);
        Self {
            app,
            routes,
            ids: Arc::new(Ids {
                start,
                next: AtomicU64::new(1),
            }),
        }
    }

    /// The answer to one request.
    pub(crate) async fn answer<B>(
        self,
        mut request: Request<B>,
        peer: SocketAddr,
    ) -> Result<Response, Infallible>
    where
        B: HttpBody + Send + Sync + 'static,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let begun = Instant::now();
        let context = self.context(&request, peer);
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        request.extensions_mut().insert(context.clone());
        let mut response = match unacceptable(&request) {
            Some(problem) => self.say(&problem, &path, &context),
            None => self.route(request, &path, &context).await,
        };
        headers::secure(response.headers_mut());
        if let Ok(id) = HeaderValue::from_str(&context.id) {
            response.headers_mut().insert("x-request-id", id);
        }
        let route = response
            .extensions_mut()
            .remove::<Matched>()
            .map_or("none", |matched| matched.0);
        let (status, took) = (response.status().as_u16(), begun.elapsed());
        self.app.metrics.request(route, status, took);
        let milliseconds = took.as_secs_f64() * 1000.0;
        self.app.journal.note(
            Level::Info,
            "request",
            &[
                ("id", context.id.into()),
                ("client", context.client.to_string().into()),
                ("method", method.as_str().into()),
                ("path", shortened(&path).into()),
                ("status", status.into()),
                ("ms", ((milliseconds * 1000.0).round() / 1000.0).into()),
            ],
        );
        Ok(response)
    }

    fn context<B>(&self, request: &Request<B>, peer: SocketAddr) -> Context {
        let number = self.ids.next.fetch_add(1, Ordering::Relaxed);
        let trusted = &self.app.config.trusted_proxies;
        Context {
            id: format!("{:010x}-{number:x}", self.ids.start),
            client: client::address(peer.ip(), request.headers(), trusted),
            locale: locale(request.uri(), request.headers()),
        }
    }

    async fn route<B>(&self, request: Request<B>, path: &str, context: &Context) -> Response
    where
        B: HttpBody + Send + Sync + 'static,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let service = TowerToHyperService::new(warp::service(self.routes.clone()));
        let answered = AssertUnwindSafe(async move { service.call(request).await }).catch_unwind();
        let mut response = match answered.await {
            Ok(Ok(response)) => response,
            Ok(Err(never)) => match never {},
            // What the panic said may quote the upload; the hook set by `serve` logs where it was.
            Err(_) => {
                let fields = [("id", context.id.clone().into())];
                self.app.journal.note(Level::Error, "panic-caught", &fields);
                return self.say(&Problem::internal(), path, context);
            }
        };
        let Some(Refused(problem)) = response.extensions_mut().remove() else {
            return response;
        };
        let mut said = self.say(&problem, path, context);
        if let Some(matched) = response.extensions_mut().remove::<Matched>() {
            said.extensions_mut().insert(matched);
        }
        said
    }

    /// A problem in the language of the request: as a page where pages live, else as JSON.
    fn say(&self, problem: &Problem, path: &str, context: &Context) -> Response {
        if let Some(locale) = language::of_path(path)
            && problem.kind == Kind::NotFound
            && let Some(snapshot) = self.app.site.load().as_ref()
            && let Some(page) = site::not_found_page(snapshot, locale)
        {
            return page;
        }
        problem.json(context.locale)
    }
}

/// The language of the path, else `?lang=`, else what the headers prefer.
fn locale(uri: &http::Uri, headers: &HeaderMap) -> Locale {
    let asked = || {
        let query = Query::parse(uri.query().unwrap_or_default());
        query.get("lang").ok().flatten().and_then(Locale::from_tag)
    };
    language::of_path(uri.path())
        .or_else(asked)
        .unwrap_or_else(|| language::of_headers(headers))
}

/// What no route should have to look at.
fn unacceptable<B>(request: &Request<B>) -> Option<Problem> {
    let target = request.uri();
    let length = target.path().len() + target.query().map_or(0, str::len);
    if length > LONGEST_URI {
        return Some(Problem::new(
            Kind::UriTooLong,
            "Địa chỉ dài hơn mức hệ thống nhận (8 KiB).",
            "The address is longer than the server takes (8 KiB).",
        ));
    }
    if !target.path().starts_with('/') {
        return Some(Problem::new(
            Kind::BadRequest,
            "Máy chủ này không phải proxy: địa chỉ phải bắt đầu bằng “/”.",
            "This server is no proxy: the address must begin with “/”.",
        ));
    }
    if request.version() == Version::HTTP_11 && !request.headers().contains_key(header::HOST) {
        return Some(Problem::new(
            Kind::BadRequest,
            "Yêu cầu HTTP/1.1 thiếu tiêu đề Host.",
            "An HTTP/1.1 request needs a Host header.",
        ));
    }
    None
}

/// Enough of a path for a log line.
fn shortened(path: &str) -> String {
    const MOST: usize = 200;
    if path.len() <= MOST {
        return path.to_owned();
    }
    let cut = (0..=MOST)
        .rev()
        .find(|&at| path.is_char_boundary(at))
        .unwrap_or(0);
    format!("{}…", &path[..cut])
}
