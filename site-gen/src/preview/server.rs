//! Answers open browsers: the page asked for, rendered now; news of changes as server-sent events.

use std::{convert::Infallible, path::Path, sync::Arc};

use framework::{Diagnostic, Locale, Localized};
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::broadcast::error::RecvError};
use warp::{
    Filter, Reply,
    http::{Response, StatusCode, header},
    sse,
};

use super::{PreviewOptions, stage::Stage};
use crate::{
    address::{Address, Tail},
    document::Document,
    page::{self, Artifact},
};

const SCRIPT: &str = include_str!("assets/preview.js");
const STYLE: &str = include_str!("assets/preview.css");

type Answer = Response<Vec<u8>>;

/// Serves until the task is dropped.
pub(super) async fn serve(listener: TcpListener, stage: Arc<Stage>, options: Arc<PreviewOptions>) {
    let news = {
        let stage = Arc::clone(&stage);
        warp::path!("_preview" / "events").map(move || sse::reply(news(&stage)))
    };
    let problems = {
        let (stage, options) = (Arc::clone(&stage), Arc::clone(&options));
        warp::path!("_preview" / "state")
            .and(warp::query::<Vec<(String, String)>>())
            .map(move |query: Vec<(String, String)>| {
                let address = query.into_iter().find(|(name, _)| name == "address");
                let address = address.map(|(_, address)| address).unwrap_or_default();
                state(&stage, &options, &address)
            })
    };
    let built = {
        let public = options.root.join("public");
        warp::path("_preview")
            .and(warp::path("built"))
            .and(warp::path::tail())
            .map(move |tail: warp::path::Tail| built(&public, tail.as_str()))
    };
    let script = warp::path!("_preview" / "preview.js").map(|| text("preview.js", SCRIPT));
    let style = warp::path!("_preview" / "preview.css").map(|| text("preview.css", STYLE));
    let pages =
        warp::path::full().map(move |path: warp::path::FullPath| shown(&stage, path.as_str()));
    let routes = warp::get()
        .and(
            news.map(Reply::into_response)
                .or(problems.map(Reply::into_response))
                .unify(),
        )
        .or(warp::get()
            .and(built.or(script).unify().or(style).unify().or(pages).unify())
            .map(Reply::into_response))
        .unify();
    warp::serve(routes.boxed()).incoming(listener).run().await;
}

/// News for one browser. Who misses some is told to look afresh.
fn news(
    stage: &Stage,
) -> impl futures_util::Stream<Item = Result<sse::Event, Infallible>> + Send + 'static + use<> {
    let hello = json!({"change": "hello", "version": stage.shown().version});
    let hello = sse::Event::default().data(hello.to_string());
    let later = futures_util::stream::unfold(stage.listen(), |mut listener| async move {
        let data = match listener.recv().await {
            Ok(news) => serde_json::to_string(&news).unwrap_or_default(),
            Err(RecvError::Lagged(_)) => r#"{"change":"site"}"#.to_owned(),
            Err(RecvError::Closed) => return None,
        };
        Some((Ok(sse::Event::default().data(data)), listener))
    });
    let first = futures_util::stream::once(async move { Ok(hello) });
    futures_util::StreamExt::chain(first, later)
}

/// The page asked for, with the preview's own script and style in its head.
fn shown(stage: &Stage, path: &str) -> Answer {
    let Some(address) = Address::parse(path) else {
        return missing(stage, path);
    };
    if address == Address::Root {
        return redirect("/vi/");
    }
    if let Address::Page(..) = &address
        && !path.ends_with('/')
        && Path::new(path)
            .extension()
            .is_none_or(|extension| extension != "html")
    {
        return redirect(&format!("{path}/"));
    }
    let rendering = stage.render(&address);
    match (rendering.artifact, rendering.fault) {
        (Some(artifact), None) => answer(StatusCode::OK, artifact),
        (Some(artifact), Some(_)) => answer(StatusCode::INTERNAL_SERVER_ERROR, artifact),
        (None, Some(fault)) if fault.code == "no-such-address" => missing(stage, path),
        (None, fault) => answer(StatusCode::INTERNAL_SERVER_ERROR, bare_page(fault.as_ref())),
    }
}

fn answer(status: StatusCode, artifact: Artifact) -> Answer {
    let is_html = artifact.media_type.starts_with("text/html");
    let bytes = if is_html {
        with_preview(&artifact.bytes)
    } else {
        artifact.bytes
    };
    let mut answer = Response::new(bytes);
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        header::HeaderValue::from_static(artifact.media_type),
    );
    headers.insert(
        header::CACHE_CONTROL,
        header::HeaderValue::from_static("no-store"),
    );
    answer
}

/// Puts the preview's script and style before the end of the head; before everything if there is none.
fn with_preview(page: &[u8]) -> Vec<u8> {
    const OWN: &[u8] = b"<link rel=\"stylesheet\" href=\"/_preview/preview.css\" data-preview>\
        <script src=\"/_preview/preview.js\" defer data-preview></script>";
    let end = page
        .windows(7)
        .position(|window| window == b"</head>")
        .unwrap_or(0);
    let mut out = Vec::with_capacity(page.len() + OWN.len());
    out.extend_from_slice(&page[..end]);
    out.extend_from_slice(OWN);
    out.extend_from_slice(&page[end..]);
    out
}

fn missing(stage: &Stage, path: &str) -> Answer {
    let locale = if path.starts_with("/en") {
        Locale::En
    } else {
        Locale::Vi
    };
    let rendering = stage.render(&Address::Page(locale, Tail::NotFound));
    let artifact = rendering.artifact.unwrap_or_else(|| bare_page(None));
    answer(StatusCode::NOT_FOUND, artifact)
}

/// A page with nothing but the preview's own script, which then says what is wrong.
fn bare_page(fault: Option<&Diagnostic>) -> Artifact {
    let what = fault.map(ToString::to_string).unwrap_or_default();
    let what = what.replace('&', "&amp;").replace('<', "&lt;");
    let html = format!(
        "<!doctype html><html lang=\"vi\"><head><meta charset=\"utf-8\"><title>khung preview</title></head>\
         <body><main><p>{what}</p></main></body></html>"
    );
    Artifact {
        media_type: "text/html; charset=utf-8",
        bytes: html.into_bytes(),
    }
}

fn redirect(to: &str) -> Answer {
    let mut answer = Response::new(Vec::new());
    *answer.status_mut() = StatusCode::SEE_OTHER;
    if let Ok(to) = header::HeaderValue::from_str(to) {
        answer.headers_mut().insert(header::LOCATION, to);
    }
    answer
}

fn text(name: &str, text: &str) -> Answer {
    answer(
        StatusCode::OK,
        Artifact {
            media_type: page::media_type(name),
            bytes: text.as_bytes().to_vec(),
        },
    )
}

/// A file of the last build, for comparison. The path is read as an address first, so nothing outside
/// the built site can be named.
fn built(public: &Path, path: &str) -> Answer {
    let file = Address::parse(&format!("/{path}"))
        .map(|address| address.file())
        .filter(|file| {
            file.split('/')
                .all(|part| !part.is_empty() && !part.starts_with('.'))
        });
    let bytes = file
        .as_ref()
        .and_then(|file| std::fs::read(public.join(file)).ok());
    if let (Some(file), Some(bytes)) = (file, bytes) {
        let mut answer = Response::new(bytes);
        let media_type = header::HeaderValue::from_static(page::media_type(&file));
        answer
            .headers_mut()
            .insert(header::CONTENT_TYPE, media_type);
        answer
    } else {
        let mut answer = Response::new(b"khung build".to_vec());
        *answer.status_mut() = StatusCode::NOT_FOUND;
        answer
    }
}

/// What the bar and the overlay show for a page: all problems, what of the page is not translated or
/// stale, and which rules rest on its clauses.
fn state(stage: &Stage, options: &PreviewOptions, path: &str) -> Answer {
    let shown = stage.shown();
    let library = &shown.site.library;
    let mut faults = stage.faults();
    let mut page = json!({});
    if let Some(address) = Address::parse(path) {
        if let Some(fault) = stage.render(&address).fault
            && fault.code != "no-such-address"
        {
            faults.insert(0, fault);
        }
        if let Address::Page(locale, tail) = &address
            && let Some(document) = library.document_or_other(*locale, tail)
        {
            page = about_page(document, &shown.site.library, options);
        }
    }
    let problems: Vec<Value> = faults.iter().map(|fault| problem(fault, options)).collect();
    let body = json!({"version": shown.version, "problems": problems, "page": page});
    text("state.json", &body.to_string())
}

fn about_page(
    document: &Document,
    library: &crate::library::Library,
    options: &PreviewOptions,
) -> Value {
    let rules: Vec<Value> = document
        .clauses()
        .filter_map(|clause| {
            let rules = library.index.rules_by_clause.get(clause.id)?;
            let ids: Vec<&str> = rules
                .iter()
                .map(|&position| library.rules[position].id.as_str())
                .collect();
            Some(json!({"clause": clause.id.as_str(), "anchor": clause.id.slug(), "rules": ids}))
        })
        .collect();
    json!({
        "file": document.file,
        "open": open_link(options, &document.file, 1, 1),
        "locale": document.locale,
        "rules": rules,
    })
}

fn problem(fault: &Diagnostic, options: &PreviewOptions) -> Value {
    let position = fault.position;
    let (line, column) = position.map_or((1, 1), |position| (position.line, position.column));
    let hint = fault.hint.as_ref().map(Localized::as_ref);
    json!({
        "level": fault.level,
        "code": fault.code,
        "place": fault.to_string(),
        "open": open_link(options, &fault.file, line, column),
        "excerpt": fault.excerpt,
        "column": column,
        "line": line,
        "message": fault.message,
        "hint": hint,
    })
}

/// The link that opens a place in the author's editor.
fn open_link(options: &PreviewOptions, file: &Path, line: u32, column: u32) -> String {
    let root = options
        .root
        .canonicalize()
        .unwrap_or_else(|_| options.root.clone());
    options
        .editor
        .replace("{file}", &root.join(file).to_string_lossy())
        .replace("{line}", &line.to_string())
        .replace("{column}", &column.to_string())
}
