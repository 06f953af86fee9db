//! Small makers of responses; one of the few places that name warp.

use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};

use crate::problem::Problem;

/// What every handler makes.
pub(crate) type Response = warp::reply::Response;

/// What every handler returns.
pub(crate) type Answer = Result<Response, Problem>;

/// A whole body of one type.
pub(crate) fn bytes_reply(
    status: StatusCode,
    media_type: &'static str,
    body: impl Into<Bytes>,
) -> Response {
    let mut response = Response::new(body.into().into());
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
}

/// A status without a body.
pub(crate) fn empty_reply(status: StatusCode) -> Response {
    let mut response = Response::new(Bytes::new().into());
    *response.status_mut() = status;
    response
}

/// What `OPTIONS` asks: the methods that work.
pub(crate) fn options_reply(allow: &'static str) -> Response {
    let mut response = empty_reply(StatusCode::NO_CONTENT);
    response
        .headers_mut()
        .insert(header::ALLOW, HeaderValue::from_static(allow));
    response
}

/// A JSON document for programs; not to be kept by caches without asking again.
pub(crate) fn json_reply(status: StatusCode, document: &serde_json::Value) -> Response {
    bytes_reply(
        status,
        "application/json; charset=utf-8",
        format!("{document:#}\n"),
    )
}

/// A finished page; pages made by the server are about one request and are never kept.
pub(crate) fn page_reply(status: StatusCode, html: String) -> Response {
    let mut response = bytes_reply(status, "text/html; charset=utf-8", html);
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A redirect to an address of our own.
pub(crate) fn redirect_reply(status: StatusCode, location: &str) -> Response {
    let mut response = empty_reply(status);
    // Every byte outside printable ASCII is escaped, so the value is always a valid header.
    let escaped = percent_encoding::utf8_percent_encode(location, &OUTSIDE_URI).to_string();
    let value = HeaderValue::from_str(&escaped).unwrap_or(HeaderValue::from_static("/"));
    response.headers_mut().insert(header::LOCATION, value);
    response
}

/// What may not stand in a URI as it is.
const OUTSIDE_URI: percent_encoding::AsciiSet = percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'`');
