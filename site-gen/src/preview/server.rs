//! Answers open browsers: the page asked for, rendered now; news of changes as server-sent events.

use std::{convert::Infallible, net::IpAddr, path::Path, sync::Arc, time::Duration};

use framework::{Diagnostic, Locale};
use serde_json::json;
use tokio::{net::TcpListener, sync::broadcast::error::RecvError};
use warp::{
    Filter, Reply,
    http::{Response, StatusCode, header},
    sse,
};

use super::{PreviewOptions, stage::Stage, state};
use crate::{
    address::{Address, Tail},
    page::{self, Artifact},
};

/// The browser's half, by name.
const ASSETS: [(&str, &str); 6] = [
    ("preview.js", include_str!("assets/preview.js")),
    ("morph.js", include_str!("assets/morph.js")),
    ("news.js", include_str!("assets/news.js")),
    ("panel.js", include_str!("assets/panel.js")),
    ("words.js", include_str!("assets/words.js")),
    ("preview.css", include_str!("assets/preview.css")),
];

/// How long a browser waits before it asks again for news after the connection broke.
const RETRY: Duration = Duration::from_millis(400);

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
                text(
                    "state.json",
                    &state::of(&stage, &options, &address).to_string(),
                )
            })
    };
    let built = {
        let public = options.root.join("public");
        warp::path("_preview")
            .and(warp::path("built"))
            .and(warp::path::tail())
            .map(move |tail: warp::path::Tail| built(&public, tail.as_str()))
    };
    let asset = warp::path!("_preview" / String).and_then(|name: String| async move {
        let asset = ASSETS.iter().find(|(known, _)| *known == name);
        asset
            .map(|(name, content)| text(name, content))
            .ok_or_else(warp::reject)
    });
    let pages =
        warp::path::full().map(move |path: warp::path::FullPath| shown(&stage, path.as_str()));
    let answers = problems.or(built).unify().or(asset).unify();
    let answers = answers.or(pages).unify();
    let answers = news
        .map(Reply::into_response)
        .or(answers.map(Reply::into_response))
        .unify();
    let on_loopback = options.listen.ip().is_loopback();
    let host = warp::header::optional::<String>("host");
    let stranger = host.and_then(move |host: Option<String>| async move {
        let ours = !on_loopback || host.is_none_or(|host| is_loopback(&host));
        if ours { Err(warp::reject()) } else { Ok(()) }
    });
    let stranger = stranger.untuple_one().map(|| forbidden().into_response());
    let routes = warp::get().and(stranger.or(answers).unify());
    warp::serve(routes.boxed()).incoming(listener).run().await;
}

/// Whether a `Host` header names this machine itself. Any site a browser has open could otherwise let
/// its own name point here and read what an editor has not published yet.
fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let address = name.trim_start_matches('[').trim_end_matches(']');
    let is_local = |name: &str| name.eq_ignore_ascii_case("localhost");
    is_local(name)
        || name
            .rsplit_once('.')
            .is_some_and(|(_, last)| is_local(last))
        || address
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

fn forbidden() -> Answer {
    let mut answer = Response::new(
        "Bản xem trước chỉ trả lời tại địa chỉ của máy này; dùng --listen để mở cho máy khác.\n\
         The preview answers under this machine's own address only; use --listen to open it to others.\n"
            .as_bytes()
            .to_vec(),
    );
    *answer.status_mut() = StatusCode::FORBIDDEN;
    let media_type = header::HeaderValue::from_static("text/plain; charset=utf-8");
    answer
        .headers_mut()
        .insert(header::CONTENT_TYPE, media_type);
    answer
}

/// News for one browser. Who misses some is told to look afresh.
fn news(
    stage: &Stage,
) -> impl futures_util::Stream<Item = Result<sse::Event, Infallible>> + Send + 'static + use<> {
    // Before the greeting: what is shown between the two is then told once more, not never.
    let listener = stage.listen();
    let hello = json!({
        "change": "hello",
        "version": stage.shown().version,
        "instance": stage.instance,
    });
    let hello = sse::Event::default().retry(RETRY).data(hello.to_string());
    let later = futures_util::stream::unfold(listener, |mut listener| async move {
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
    let moment = moment(stage);
    let Some(address) = Address::parse(path) else {
        return missing(stage, path, &moment);
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
    let (status, artifact) = match (rendering.artifact, rendering.fault) {
        (Some(artifact), None) => (StatusCode::OK, artifact),
        (Some(artifact), Some(_)) => (StatusCode::INTERNAL_SERVER_ERROR, artifact),
        (None, Some(fault)) if fault.code == "no-such-address" => {
            return missing(stage, path, &moment);
        }
        (None, fault) => (StatusCode::INTERNAL_SERVER_ERROR, bare_page(fault.as_ref())),
    };
    answer(status, with_preview(artifact, &moment))
}

/// What a page made from now on shows at the least: the version and the run that counts it. Taken
/// before the page is looked for, so a page never says that it is newer than it is.
fn moment(stage: &Stage) -> String {
    format!("{} {}", stage.shown().version, stage.instance)
}

fn answer(status: StatusCode, artifact: Artifact) -> Answer {
    let mut answer = Response::new(artifact.bytes);
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

/// Puts the preview's script and style at the beginning of a page's head, so that its script sees the
/// page before any other has touched it; before everything if there is no head. The script learns the
/// moment the page shows, by which it knows whether news it hears later is news to it.
fn with_preview(artifact: Artifact, moment: &str) -> Artifact {
    const HEAD: &[u8] = b"<head>";
    if !artifact.media_type.starts_with("text/html") {
        return artifact;
    }
    let own = format!(
        "<script type=\"module\" src=\"/_preview/preview.js\" data-preview=\"{moment}\"></script>\
         <link rel=\"stylesheet\" href=\"/_preview/preview.css\" data-preview>"
    );
    let page = &artifact.bytes;
    let start = page
        .windows(HEAD.len())
        .position(|window| window == HEAD)
        .map_or(0, |at| at + HEAD.len());
    let bytes = [&page[..start], own.as_bytes(), &page[start..]].concat();
    Artifact { bytes, ..artifact }
}

fn missing(stage: &Stage, path: &str, moment: &str) -> Answer {
    let locale = if path.starts_with("/en") {
        Locale::En
    } else {
        Locale::Vi
    };
    let rendering = stage.render(&Address::Page(locale, Tail::NotFound));
    let (status, artifact) = match (rendering.artifact, rendering.fault) {
        (Some(artifact), None) => (StatusCode::NOT_FOUND, artifact),
        (_, fault) => (StatusCode::INTERNAL_SERVER_ERROR, bare_page(fault.as_ref())),
    };
    answer(status, with_preview(artifact, moment))
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

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn only_names_of_this_machine_are_answered_on_the_loopback() {
        for ours in [
            "localhost:3000",
            "127.0.0.1:3000",
            "[::1]:3000",
            "[::1]",
            "a.localhost",
            "LOCALHOST",
        ] {
            assert!(is_loopback(ours), "{ours}");
        }
        for other in [
            "evil.example",
            "evil.example:3000",
            "127.0.0.1.evil.example",
            "10.0.0.1:3000",
            "",
        ] {
            assert!(!is_loopback(other), "{other}");
        }
    }
}
