//! All routes, on one screen.

use std::sync::Arc;

use warp::filters::BoxedFilter;

use crate::{
    handlers::{form_page, knowledge, operations, pages, search, template, validate},
    reply::Response,
    routing::{Route, assemble, get, otherwise, post},
    state::App,
};

/// Everything the server answers to. What no line here matches belongs to the site.
pub(crate) fn public(app: &Arc<App>) -> BoxedFilter<(Response,)> {
    let mut table = table();
    if app.config.metrics_listen.is_some() {
        table.retain(|route| route.pattern() != "/metrics");
    }
    assemble(app, table, otherwise(pages::anything))
}

/// The table.
pub(crate) fn table() -> Vec<Route> {
    vec![
        post("/api/v1/validate", validate::api),
        get("/api/v1/search", search::api),
        get("/api/v1/rules", knowledge::rules),
        get("/api/v1/rules/{id}", knowledge::rule),
        get("/api/v1/components", knowledge::components),
        get("/api/v1/glossary", knowledge::glossary),
        get("/api/v1/clauses", knowledge::clauses),
        get("/api/v1/schema/{name}", knowledge::schema),
        get("/api/v1/templates/{name}", template::get),
        get("/api/v1/openapi.json", knowledge::openapi),
        post("/{locale}/validate/", form_page::post).and_get(pages::site),
        get("/{locale}/search/", search::page),
        get("/{locale}/status/", operations::status_page),
        get("/c/{code}", pages::citation),
        get("/healthz", operations::alive),
        get("/readyz", operations::ready),
        get("/metrics", operations::metrics),
    ]
}

/// What the separate address for operators answers to.
pub(crate) fn operators(app: &Arc<App>) -> BoxedFilter<(Response,)> {
    let table = vec![
        get("/metrics", operations::metrics),
        get("/healthz", operations::alive),
    ];
    assemble(app, table, otherwise(operations::nothing))
}
