//! A server with a small site, started for one test and stopped with it.

use std::{
    fs,
    io::Write,
    net::SocketAddr,
    path::Path,
    sync::{Arc, Mutex},
};

use framework::Locale;
use search::{Entry, Glossary, Kind, Section};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;
use validator::{
    Parts, Running,
    config::{self, Config, Settings},
    start,
};

use crate::judge::TestJudge;

/// What a server wrote to its log.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A server at work on a folder of its own.
pub(crate) struct Served {
    pub(crate) folder: TempDir,
    pub(crate) log: Log,
    running: Option<Running>,
}

impl Served {
    pub(crate) fn address(&self) -> SocketAddr {
        self.running.as_ref().unwrap().address()
    }

    /// Stops the server and returns its log.
    pub(crate) fn stop(mut self) -> String {
        self.running.take().unwrap().stop();
        self.log.text()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop();
        }
    }
}

/// A server with the default settings on a free port.
pub(crate) fn served() -> Served {
    served_with(Settings::default())
}

/// A server with these settings on a free port.
pub(crate) fn served_with(settings: Settings) -> Served {
    let folder = TempDir::new().unwrap();
    small_site(&folder.path().join("public"));
    fs::create_dir(folder.path().join("rules")).unwrap();
    fs::write(folder.path().join("rules/version.txt"), "2026.11").unwrap();
    let log = Log::default();
    let config = configured(settings);
    let parts = parts(folder.path());
    let running = start(config, parts, Box::new(log.clone())).unwrap();
    Served {
        folder,
        log,
        running: Some(running),
    }
}

/// The small site and the rules of a folder.
pub(crate) fn parts(folder: &Path) -> Parts {
    let rules = folder.join("rules");
    let file = rules.join("version.txt");
    Parts {
        public: folder.join("public"),
        load_rules: Box::new(move || TestJudge::load(&file)),
        rule_sources: vec![rules],
    }
}

/// These settings on a free port.
pub(crate) fn configured(settings: Settings) -> Config {
    let settings = Settings {
        listen: Some(([127, 0, 0, 1], 0).into()),
        ..settings
    };
    config::resolve(None, [], settings).unwrap().config
}

/// The fields of the upload form.
const FORM: &str = r#"<form><input type="file" id="submission" name="submission"><select id="level" name="level"><option value="">-</option><option value="province">Tỉnh</option></select><input type="date" id="date" name="date"><textarea id="text" name="text"></textarea></form>"#;

/// A site of a few pages, as site-gen would leave it.
pub(crate) fn small_site(public: &Path) {
    let pages = [
        (
            "vi/index.html",
            "text/html; charset=utf-8",
            "<!doctype html><title>Khung kiến trúc</title>",
        ),
        (
            "en/index.html",
            "text/html; charset=utf-8",
            "<!doctype html><title>Framework</title>",
        ),
        (
            "vi/404.html",
            "text/html; charset=utf-8",
            "<!doctype html><title>Không tìm thấy trang</title>",
        ),
        (
            "en/404.html",
            "text/html; charset=utf-8",
            "<!doctype html><title>Page not found</title>",
        ),
        (
            "vi/framework/ii-3-4/index.html",
            "text/html; charset=utf-8",
            "<!doctype html><title>II.3.4</title>",
        ),
        (
            "assets/site-0123abcd.css",
            "text/css; charset=utf-8",
            "body{color:#111}",
        ),
        (
            "overview.vi.svg",
            "image/svg+xml",
            "<svg xmlns='http://www.w3.org/2000/svg'/>",
        ),
        (
            "data/rules.json",
            "application/json; charset=utf-8",
            r#"{"rules":[{"id":"KKT2-PLT-007"},{"id":"KKT2-GEN-001"}]}"#,
        ),
        (
            "data/components.json",
            "application/json; charset=utf-8",
            r#"{"components":[]}"#,
        ),
        (
            "data/glossary.json",
            "application/json; charset=utf-8",
            r#"{"terms":[]}"#,
        ),
        (
            "schema/submission.json",
            "application/json; charset=utf-8",
            r#"{"type":"object"}"#,
        ),
        (
            "vi/validate/index.html",
            "text/html; charset=utf-8",
            "<!doctype html><title>Kiểm tra hồ sơ</title>",
        ),
        (
            "vi/search/index.html",
            "text/html; charset=utf-8",
            "<!doctype html><title>Tìm kiếm</title>",
        ),
        (
            "data/clauses.json",
            "application/json; charset=utf-8",
            "{\"clauses\":[]}",
        ),
        ("robots.txt", "text/plain; charset=utf-8", "User-agent: *\n"),
    ];
    let mut files = Vec::new();
    for (path, media_type, text) in pages {
        let place = public.join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(&place, text).unwrap();
        let mut entry = serde_json::json!({
            "path": path, "media_type": media_type, "sha256": sha256(text.as_bytes()),
            "immutable": path.starts_with("assets/"),
        });
        if path == "vi/index.html" {
            fs::write(public.join("vi/index.html.br"), b"brotli-bytes").unwrap();
            fs::write(public.join("vi/index.html.gz"), b"gzip-bytes!").unwrap();
            entry["br"] = 12.into();
            entry["gz"] = 11.into();
        }
        files.push(entry);
    }
    let mut private = Vec::new();
    for locale in ["vi", "en"] {
        for name in ["report", "search", "validate", "error"] {
            let text = format!(
                "<!doctype html><html lang={locale}><title>{name}</title><h1>{name}</h1><!--khung:slot-->{FORM}"
            );
            let path = format!(".khung/shells/{locale}/{name}.html");
            let place = public.join(&path);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, &text).unwrap();
            private.push(serde_json::json!({
                "path": path, "media_type": "text/html; charset=utf-8", "sha256": sha256(text.as_bytes()),
            }));
        }
    }
    let manifest = serde_json::json!({
        "private": private,
        "files": files,
        "citations": { "ii-3-4-3": "framework/ii-3-4/#ii-3-4-3", "nt-4": "components/x/" },
    });
    fs::create_dir_all(public.join(".khung")).unwrap();
    let index = search::index::build(&entries(), &Glossary::default()).unwrap();
    for file in index.files() {
        let place = public.join(".khung/index").join(file.path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, file.bytes).unwrap();
    }
    fs::write(public.join(".khung/manifest.json"), manifest.to_string()).unwrap();
}

fn entries() -> Vec<Entry> {
    let entry = |locale, title: &str, text: &str| Entry {
        locale,
        url: format!("/{locale}/framework/ii-3-4/"),
        kind: Kind::Clause,
        title: title.to_owned(),
        breadcrumb: Vec::new(),
        code: Some("II.3.4".to_owned()),
        layer: None,
        codes: Vec::new(),
        quotes: Vec::new(),
        aliases: Vec::new(),
        sections: vec![Section {
            paragraphs: vec![text.to_owned()],
            ..Section::default()
        }],
        twin: None,
    };
    vec![
        entry(
            Locale::Vi,
            "Nền tảng số dùng chung",
            "Khung kiến trúc <b>tổng thể</b> quốc gia số",
        ),
        entry(
            Locale::En,
            "Shared digital platforms",
            "The national digital architecture framework",
        ),
    ]
}

fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes)
        .iter()
        .fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").unwrap();
            hex
        })
}
