//! What operators and load balancers ask.

use http::StatusCode;
use serde_json::{Value, json};

use crate::{
    call::Call,
    condition::{Condition, Part},
    page::{self, Frame},
    problem::Problem,
    reply::{Answer, bytes_reply, json_reply},
    status,
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
    let condition = Condition::of(&call.app);
    let part = |part: &Part| {
        let faults: Value = part
            .faults
            .iter()
            .map(|fault| fault.get(call.locale()).as_str())
            .collect();
        json!({ "state": part.state.as_str(), "faults": faults })
    };
    let (mut rules, mut site) = (part(&condition.rules), part(&condition.site));
    rules["ruleset"] = json!(condition.ruleset);
    site["generation"] = json!(condition.generation);
    let document = json!({ "ready": condition.is_ready(), "rules": rules, "site": site });
    let status = if condition.is_ready() {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    Ok(json_reply(status, &document))
}

/// `GET /{vi,en}/status/`: the same for readers.
pub(crate) async fn status_page(call: Call) -> Answer {
    let (locale, condition) = (call.locale(), Condition::of(&call.app));
    let content = status::page(&condition, locale);
    let html = page::framed(&call.app, locale, Frame::Plain, &content);
    Ok(page::answer_page(
        locale,
        page::titled(&html, status::TITLE.get(locale)),
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
