//! The knowledge base as data: the same documents as `/data/` and `/schema/` of the site, at the
//! addresses of the API.

use http::{StatusCode, header};

use crate::{
    call::Call,
    handlers::pages::no_site,
    problem::Problem,
    reply::{Answer, bytes_reply},
    site,
};

/// `GET /api/v1/rules`.
pub(crate) async fn rules(call: Call) -> Answer {
    document(&call, "data/rules.json")
}

/// `GET /api/v1/rules/{id}`: one rule, by its id in any case.
pub(crate) async fn rule(call: Call) -> Answer {
    let snapshot = call.app.site.load();
    let site = snapshot.as_ref().ok_or_else(no_site)?;
    let id = call
        .captures
        .parameter
        .unwrap_or_default()
        .to_ascii_uppercase();
    site.rule(&id)
        .map(|asset| site::file(asset, &call.headers))
        .ok_or_else(Problem::not_found)
}

/// `GET /api/v1/components`.
pub(crate) async fn components(call: Call) -> Answer {
    document(&call, "data/components.json")
}

/// `GET /api/v1/glossary`.
pub(crate) async fn glossary(call: Call) -> Answer {
    document(&call, "data/glossary.json")
}

/// `GET /api/v1/clauses`.
pub(crate) async fn clauses(call: Call) -> Answer {
    document(&call, "data/clauses.json")
}

/// `GET /api/v1/schema/{name}`: with or without `.json`.
pub(crate) async fn schema(call: Call) -> Answer {
    let name = call.captures.parameter.clone().unwrap_or_default();
    let name = name.strip_suffix(".json").unwrap_or(&name);
    document(&call, &format!("schema/{name}.json"))
}

/// `GET /api/v1/openapi.json`.
pub(crate) async fn openapi(_: Call) -> Answer {
    let mut response = bytes_reply(
        StatusCode::OK,
        "application/json; charset=utf-8",
        crate::openapi::DOCUMENT,
    );
    let caching = http::HeaderValue::from_static("no-cache");
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, caching);
    Ok(response)
}

/// A file of the site under another address; conditional and packed like there.
fn document(call: &Call, path: &str) -> Answer {
    let snapshot = call.app.site.load();
    let site = snapshot.as_ref().ok_or_else(no_site)?;
    site.file(path)
        .map(|asset| site::file(asset, &call.headers))
        .ok_or_else(Problem::not_found)
}
