//! What operators and load balancers ask.

use http::StatusCode;

use crate::{
    call::Call,
    problem::Problem,
    reply::{Answer, bytes_reply},
};

/// `GET /healthz`: the process answers.
pub(crate) async fn alive(_: Call) -> Answer {
    Ok(bytes_reply(
        StatusCode::OK,
        "text/plain; charset=utf-8",
        "ok\n",
    ))
}

/// `GET /metrics`: Prometheus text.
pub(crate) async fn metrics(call: Call) -> Answer {
    let text = call.app.metrics.text(&call.app.gauges());
    Ok(bytes_reply(
        StatusCode::OK,
        "text/plain; version=0.0.4; charset=utf-8",
        text,
    ))
}

/// Whatever else is asked at the operators' address.
pub(crate) async fn nothing(_: Call) -> Answer {
    Err(Problem::not_found())
}
