//! The built site and short citations.

use http::{Method, StatusCode};

use crate::{
    call::Call,
    language,
    problem::{Kind, Problem},
    reply::{Answer, options_reply, redirect_reply},
    site,
};

/// Whatever no other route answers: what the site has is read, and nothing else is done to it.
pub(crate) async fn anything(call: Call) -> Answer {
    const ALLOW: &str = "GET, HEAD, OPTIONS";
    let method = call.method.clone();
    let page = site(call).await;
    match method {
        Method::GET | Method::HEAD => page,
        Method::OPTIONS => page.map(|_| options_reply(ALLOW)),
        _ => page.and_then(|_| Err(Problem::method_not_allowed(ALLOW))),
    }
}

/// A page or file of the site.
pub(crate) async fn site(call: Call) -> Answer {
    let snapshot = call.app.site.load();
    let site = snapshot.as_ref().ok_or_else(no_site)?;
    site::serve(site, &call.path, &call.headers)
}

/// `GET /c/{code}`: a short citation, with the language the reader likes best.
pub(crate) async fn citation(call: Call) -> Answer {
    let snapshot = call.app.site.load();
    let site = snapshot.as_ref().ok_or_else(no_site)?;
    let code = call
        .captures
        .parameter
        .unwrap_or_default()
        .to_ascii_lowercase();
    let Some(target) = site.citation(&code) else {
        // A site built for static hosts has a page for each code.
        return site::serve(site, &format!("/c/{code}/"), &call.headers);
    };
    let locale = language::of_headers(&call.headers);
    let mut response = redirect_reply(StatusCode::SEE_OTHER, &format!("/{locale}/{target}"));
    let vary = http::HeaderValue::from_static("Accept-Language");
    response.headers_mut().insert(http::header::VARY, vary);
    Ok(response)
}

/// Nothing was built yet, or it cannot be read.
pub(crate) fn no_site() -> Problem {
    Problem::new(
        Kind::NotReady,
        "Trang chưa được dựng. Đề nghị quản trị chạy “khung build”.",
        "The site has not been built. Operators: run “khung build”.",
    )
    .retry_after(30)
}
