//! Answers from the site: which file, in which encoding, whole or in part.

use std::{io, os::unix::fs::FileExt as _, sync::Arc};

use bytes::Bytes;
use framework::Locale;
use futures_util::stream;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use percent_encoding::percent_decode_str;

use super::{
    Snapshot, conditional,
    range::{self, Part},
    snapshot::{Asset, Content},
};
use crate::{
    headers::PICTURE_POLICY,
    language,
    problem::{Problem, locale_value},
    reply::{Answer, Response, bytes_reply, empty_reply, redirect_reply},
};

/// How much of an open file is read at a time.
const CHUNK: usize = 64 * 1024;

/// The page or file at a path.
pub(crate) fn serve(site: &Snapshot, path: &str, headers: &HeaderMap) -> Answer {
    let decoded = percent_decode_str(path)
        .decode_utf8()
        .map_err(|_| Problem::not_found())?;
    let relative = decoded.strip_prefix('/').ok_or_else(Problem::not_found)?;
    if relative.is_empty() {
        return Ok(choose_language(headers));
    }
    if let Some(folder) = relative.strip_suffix('/') {
        let index = format!("{folder}/index.html");
        return site
            .file(&index)
            .map(|asset| file(asset, headers))
            .ok_or_else(Problem::not_found);
    }
    if let Some(folder) = relative.strip_suffix("/index.html")
        && site.file(relative).is_some()
    {
        return Ok(redirect_reply(
            StatusCode::MOVED_PERMANENTLY,
            &format!("/{folder}/"),
        ));
    }
    if let Some(asset) = site.file(relative) {
        return Ok(file(asset, headers));
    }
    if site.file(&format!("{relative}/index.html")).is_some() {
        return Ok(redirect_reply(
            StatusCode::MOVED_PERMANENTLY,
            &format!("/{relative}/"),
        ));
    }
    Err(Problem::not_found())
}

/// The site's own page for what is not there, in the language of the path.
pub(crate) fn not_found_page(site: &Snapshot, locale: Locale) -> Option<Response> {
    let asset = site.file(&format!("{locale}/404.html"))?;
    let Content::Memory(bytes) = &asset.plain else {
        return None;
    };
    let mut response = bytes_reply(
        StatusCode::NOT_FOUND,
        "text/html; charset=utf-8",
        bytes.clone(),
    );
    response
        .headers_mut()
        .insert(header::CONTENT_LANGUAGE, locale_value(locale));
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Some(response)
}

fn choose_language(headers: &HeaderMap) -> Response {
    let locale = language::of_headers(headers);
    let mut response = redirect_reply(StatusCode::SEE_OTHER, &format!("/{locale}/"));
    response
        .headers_mut()
        .insert(header::VARY, HeaderValue::from_static("Accept-Language"));
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// One encoding of a file.
struct Variant {
    content: Content,
    encoding: Option<&'static str>,
    /// The strong entity tag, quoted.
    tag: String,
}

/// One file as the client wants it: packed, in part, or not at all because it has it already.
pub(crate) fn file(asset: &Asset, headers: &HeaderMap) -> Response {
    let wants_part = headers.contains_key(header::RANGE);
    let variant = choose_variant(asset, headers, wants_part);
    let mut response = if conditional::not_modified(headers, &variant.tag, asset.modified) {
        empty_reply(StatusCode::NOT_MODIFIED)
    } else {
        let range = headers
            .get(header::RANGE)
            .and_then(|value| value.to_str().ok());
        let range =
            range.filter(|_| conditional::range_applies(headers, &variant.tag, asset.modified));
        let length = variant.content.length();
        match range.map_or(Part::Whole, |range| range::part(range, length)) {
            Part::Whole => body(StatusCode::OK, &variant.content, 0, length),
            Part::Bytes { first, last } => {
                let mut response = body(
                    StatusCode::PARTIAL_CONTENT,
                    &variant.content,
                    first,
                    last - first + 1,
                );
                put(
                    &mut response,
                    header::CONTENT_RANGE,
                    &format!("bytes {first}-{last}/{length}"),
                );
                response
            }
            Part::Outside => {
                let mut response = empty_reply(StatusCode::RANGE_NOT_SATISFIABLE);
                put(
                    &mut response,
                    header::CONTENT_RANGE,
                    &format!("bytes */{length}"),
                );
                response
            }
        }
    };
    describe(&mut response, asset, &variant);
    response
}

fn describe(response: &mut Response, asset: &Asset, variant: &Variant) {
    put(response, header::ETAG, &variant.tag);
    let modified = httpdate::fmt_http_date(conditional::whole_seconds(asset.modified));
    put(response, header::LAST_MODIFIED, &modified);
    let headers = response.headers_mut();
    let caching = if asset.immutable {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if asset.media_type.as_bytes().starts_with(b"image/svg") {
        headers.insert(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(PICTURE_POLICY),
        );
    }
    if response.status() == StatusCode::NOT_MODIFIED {
        return;
    }
    headers_of_body(response, asset, variant);
}

fn headers_of_body(response: &mut Response, asset: &Asset, variant: &Variant) {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, asset.media_type.clone());
    if let Some(encoding) = variant.encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
}

/// The smallest encoding that the client takes; parts are always parts of the plain file.
fn choose_variant(asset: &Asset, headers: &HeaderMap, wants_part: bool) -> Variant {
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok());
    let accepts = |coding: &str| {
        !wants_part
            && accepted.is_some_and(|header| {
                language::weighted(header)
                    .any(|(item, quality)| item.eq_ignore_ascii_case(coding) && quality > 0)
            })
    };
    for (packed, coding, suffix) in [(&asset.brotli, "br", "-br"), (&asset.gzip, "gzip", "-gz")] {
        if let Some(bytes) = packed
            && accepts(coding)
        {
            let tag = format!("\"{}{suffix}\"", asset.tag);
            return Variant {
                content: Content::Memory(bytes.clone()),
                encoding: Some(coding),
                tag,
            };
        }
    }
    let tag = format!("\"{}\"", asset.tag);
    Variant {
        content: asset.plain.clone(),
        encoding: None,
        tag,
    }
}

fn body(status: StatusCode, content: &Content, first: u64, length: u64) -> Response {
    let mut response = match content {
        Content::Memory(bytes) => {
            // Both ends lie inside the bytes: `range::part` cut them to the length.
            let start = usize::try_from(first).unwrap_or(bytes.len());
            let end = usize::try_from(first + length).unwrap_or(bytes.len());
            Response::new(bytes.slice(start..end).into())
        }
        Content::Open { file, .. } => streamed(file, first, length),
    };
    *response.status_mut() = status;
    response
}

fn streamed(file: &Arc<std::fs::File>, first: u64, length: u64) -> Response {
    let state = (Arc::clone(file), first, length);
    let chunks = stream::try_unfold(state, |(file, at, left)| async move {
        if left == 0 {
            return Ok::<_, io::Error>(None);
        }
        let count = usize::try_from(left).unwrap_or(CHUNK).min(CHUNK);
        let reader = Arc::clone(&file);
        let chunk = tokio::task::spawn_blocking(move || {
            let mut buffer = vec![0; count];
            reader
                .read_exact_at(&mut buffer, at)
                .map(|()| Bytes::from(buffer))
        })
        .await
        .map_err(io::Error::other)??;
        let (at, left) = (at + chunk.len() as u64, left - chunk.len() as u64);
        Ok(Some((chunk, (file, at, left))))
    });
    let mut response = warp::Reply::into_response(warp::reply::stream(chunks));
    response
        .headers_mut()
        .insert(header::CONTENT_LENGTH, length.into());
    response
}

/// A value made of our own digits, dates and hex.
fn put(response: &mut Response, name: http::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
