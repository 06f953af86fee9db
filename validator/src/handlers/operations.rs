//! What operators and load balancers ask.

use http::StatusCode;
use serde_json::{Value, json};

use crate::{
    call::Call,
    problem::Problem,
    reply::{Answer, bytes_reply, json_reply},
    state::Faults,
};

/// `GET /healthz`: the process answers.
pub(crate) async fn alive(_: Call) -> Answer {
    Ok(bytes_reply(
        StatusCode::OK,
        "text/plain; charset=utf-8",
        "ok\n",
    ))
}

/// `GET /readyz`: whether rules and site are there, and what is wrong with what lies on disk while
/// the last good one goes on.
pub(crate) async fn ready(call: Call) -> Answer {
    let app = &call.app;
    let faults = |faults: &Faults| -> Value {
        faults
            .0
            .iter()
            .map(|fault| fault.get(call.locale()).as_str())
            .collect()
    };
    let (rule_faults, site_faults) = (app.rule_faults.load(), app.site_faults.load());
    let ruleset = app
        .knowledge
        .load_full()
        .map(|knowledge| knowledge.judge.identity());
    let generation = app.site.load_full().map(|site| site.generation.clone());
    let state = |there: bool, faults: &Faults| match (there, faults.0.is_empty()) {
        (false, _) => "missing",
        (true, true) => "current",
        (true, false) => "last-good",
    };
    let document = json!({
        "ready": app.is_ready(),
        "rules": {
            "state": state(ruleset.is_some(), &rule_faults),
            "ruleset": ruleset,
            "faults": faults(&rule_faults),
        },
        "site": {
            "state": state(generation.is_some(), &site_faults),
            "generation": generation,
            "faults": faults(&site_faults),
        },
    });
    let status = if app.is_ready() {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    Ok(json_reply(status, &document))
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
