//! All routes, on one screen.

use std::sync::Arc;

use warp::filters::BoxedFilter;

use crate::{
    handlers::{operations, pages},
    reply::Response,
    routing::{assemble, get},
    state::App,
};

/// Everything the server answers to. What no line here matches belongs to the site.
pub(crate) fn public(app: &Arc<App>) -> BoxedFilter<(Response,)> {
    let mut table = vec![
        get("/healthz", operations::alive),
        get("/c/{code}", pages::citation),
    ];
    if app.config.metrics_listen.is_none() {
        table.push(get("/metrics", operations::metrics));
    }
    assemble(app, table, get("/", pages::site))
}

/// What the separate address for operators answers to.
pub(crate) fn operators(app: &Arc<App>) -> BoxedFilter<(Response,)> {
    let table = vec![
        get("/metrics", operations::metrics),
        get("/healthz", operations::alive),
    ];
    assemble(app, table, get("/", operations::nothing))
}
