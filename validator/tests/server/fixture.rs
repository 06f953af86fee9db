//! A server with a small site, started for one test and stopped with it.

use std::{
    fs,
    io::Write,
    net::SocketAddr,
    path::Path,
    sync::{Arc, Mutex},
};

use sha2::{Digest as _, Sha256};
use tempfile::TempDir;
use validator::{
    Parts, Running,
    config::{self, Config, Settings},
    start,
};

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
    let log = Log::default();
    let config = configured(settings);
    let parts = Parts {
        public: folder.path().join("public"),
    };
    let running = start(config, parts, Box::new(log.clone())).unwrap();
    Served {
        folder,
        log,
        running: Some(running),
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
    let manifest = serde_json::json!({
        "files": files,
        "citations": { "ii-3-4-3": "framework/ii-3-4/#ii-3-4-3", "nt-4": "components/x/" },
    });
    fs::create_dir_all(public.join(".khung")).unwrap();
    fs::write(public.join(".khung/manifest.json"), manifest.to_string()).unwrap();
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
