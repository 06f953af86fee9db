//! Search: for programs as JSON, for readers as a page that needs no JavaScript.

use std::{net::IpAddr, sync::Arc};

use framework::{Layer, Locale, Localized};
use http::{HeaderValue, StatusCode, header};
use search::{Kind, Query, Results};

use crate::{
    call::Call,
    handlers::pages,
    page::{self, Frame},
    problem::{Kind as ProblemKind, Problem},
    reply::{Answer, bytes_reply},
    state::App,
};

/// Nobody types more than this into the field. Any string is a query: of a longer one the index
/// looks at the beginning.
const LONGEST_QUERY: usize = 300;

/// The farthest page of results.
const MOST_OFFSET: usize = 10_000;

/// `GET /api/v1/search`.
pub(crate) async fn api(call: Call) -> Answer {
    call.check_language()?;
    let query = asked(&call)?;
    let (results, _) = found(&call.app, call.context.client, query).await?;
    let body = serde_json::to_vec_pretty(&results).map_err(|_| Problem::internal())?;
    let mut response = bytes_reply(StatusCode::OK, "application/json; charset=utf-8", body);
    let caching = HeaderValue::from_static("no-cache");
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, caching);
    Ok(response)
}

/// `GET /{vi,en}/search/`: the results, or the built page when nothing is asked.
pub(crate) async fn page(call: Call) -> Answer {
    let locale = call.locale();
    let asks = call
        .query
        .get("q")
        .is_ok_and(|text| text.is_some_and(|text| !text.trim().is_empty()));
    if !asks {
        return pages::site(call).await;
    }
    let app = Arc::clone(&call.app);
    let query = match asked(&call) {
        Ok(query) => query,
        Err(problem) => return Ok(page::problem_page(&app, locale, Frame::Search, &problem)),
    };
    let form = form(&query);
    match found(&app, call.context.client, query).await {
        Ok((results, query)) => {
            let content = form + &search::results_html(&results, &query);
            Ok(page::answer_page(
                locale,
                page::framed(&app, locale, Frame::Search, &content),
            ))
        }
        Err(problem) => {
            let content = page::summary(&problem, locale) + &form;
            let html = page::framed(&app, locale, Frame::Search, &content);
            Ok(page::problem_reply(locale, &problem, &html))
        }
    }
}

/// The search box above the results, with what was typed still in it.
fn form(query: &Query) -> String {
    let words = match query.locale {
        Locale::Vi => ["Tìm trong Khung kiến trúc", "Tìm"],
        Locale::En => ["Search the framework", "Search"],
    };
    format!(
        "<form role=\"search\" action=\"/{}/search/\" class=\"search-form\">\
         <label for=\"results-q\">{}</label> \
         <input type=\"search\" id=\"results-q\" name=\"q\" value=\"{}\" maxlength=\"{LONGEST_QUERY}\"> \
         <button class=\"btn\">{}</button></form>",
        query.locale,
        words[0],
        page::escaped(&query.text),
        words[1],
    )
}

fn asked(call: &Call) -> Result<Query, Problem> {
    let text = call.query.get("q")?.unwrap_or_default();
    let whole = |least: usize, most: usize| {
        move |text: &str| {
            text.parse()
                .ok()
                .filter(|number| (least..=most).contains(number))
        }
    };
    let limit = call.query.parsed(
        "limit",
        Localized::new("số nguyên từ 1 đến 100", "a whole number from 1 to 100"),
        whole(1, Query::MOST),
    )?;
    let offset = call.query.parsed(
        "offset",
        Localized::new("số nguyên từ 0 đến 10000", "a whole number from 0 to 10000"),
        whole(0, MOST_OFFSET),
    )?;
    let kind = call.query.parsed(
        "kind",
        Localized::new(
            "clause, component, term, rule, owner hoặc guide",
            "clause, component, term, rule, owner or guide",
        ),
        Kind::from_word,
    )?;
    let layer = call.query.parsed(
        "layer",
        Localized::new(
            "business, data, application, platform hoặc infrastructure",
            "business, data, application, platform or infrastructure",
        ),
        |word| Layer::ALL.into_iter().find(|layer| layer.as_str() == word),
    )?;
    let query = Query::new(text, call.locale()).kind(kind).layer(layer);
    Ok(query
        .limit(limit.unwrap_or(Query::DEFAULT_LIMIT))
        .offset(offset.unwrap_or(0)))
}

/// Searches beside the threads that answer.
async fn found(app: &App, client: IpAddr, query: Query) -> Result<(Results, Query), Problem> {
    app.take_token(client)?;
    let site = app.site.load_full().ok_or_else(pages::no_site)?;
    let search = move |_| {
        let index = site.index.as_ref().ok_or_else(no_index)?;
        Ok((index.search(&query), query))
    };
    app.searches.run(search).await
}

fn no_index() -> Problem {
    Problem::new(
        ProblemKind::NotReady,
        "Chỉ mục tìm kiếm chưa được dựng. Đề nghị quản trị chạy “khung build”.",
        "The search index has not been built. Operators: run “khung build”.",
    )
    .retry_after(30)
}
