//! The floor of a live preview: watch a folder of Markdown, parse and render the one page that changed,
//! answer with it. Nothing else; what `cargo xtask bench preview` measures ours against.
//!
//! usage: `preview_floor CONTENT PORT`

use std::{
    collections::HashMap,
    env, fs,
    io::{self, BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
};

use notify::{
    EventKind, RecursiveMode, Watcher as _,
    event::{AccessKind, AccessMode},
};

type Pages = Arc<Mutex<HashMap<String, Arc<str>>>>;

fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    let (Some(content), Some(port)) = (arguments.next(), arguments.next()) else {
        return Err(io::Error::other("usage: preview_floor CONTENT PORT"));
    };
    let content = PathBuf::from(content).canonicalize()?;
    let (sender, events) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(sender).map_err(io::Error::other)?;
    watcher
        .watch(&content, RecursiveMode::Recursive)
        .map_err(io::Error::other)?;
    let pages = Pages::default();
    read_all(&content, &content, &pages)?;
    let listener = TcpListener::bind(format!("127.0.0.1:{port}"))?;
    let served = Arc::clone(&pages);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let pages = Arc::clone(&served);
            thread::spawn(move || answer(stream, &pages));
        }
    });
    for event in events.into_iter().flatten() {
        let is_written = EventKind::Access(AccessKind::Close(AccessMode::Write));
        for path in event.paths.iter().filter(|_| event.kind == is_written) {
            read(&content, path, &pages)?;
        }
    }
    Ok(())
}

fn read_all(content: &Path, folder: &Path, pages: &Pages) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read_all(content, &path, pages)?;
        } else {
            read(content, &path, pages)?;
        }
    }
    Ok(())
}

fn read(content: &Path, path: &Path, pages: &Pages) -> io::Result<()> {
    let Some(name) = path
        .strip_prefix(content)
        .ok()
        .and_then(Path::to_str)
        .and_then(|name| name.strip_suffix(".md"))
    else {
        return Ok(());
    };
    let source = fs::read_to_string(path)?;
    let mut page = String::with_capacity(source.len() * 2);
    let parser = pulldown_cmark::Parser::new_ext(&source, pulldown_cmark::Options::all());
    pulldown_cmark::html::push_html(&mut page, parser);
    let mut pages = pages.lock().unwrap_or_else(PoisonError::into_inner);
    pages.insert(format!("/{name}/"), page.into());
    Ok(())
}

fn answer(mut stream: TcpStream, pages: &Pages) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let address = line.split(' ').nth(1).unwrap_or_default().to_owned();
        while reader.read_line(&mut line)? > 2 {}
        let page = pages
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&address)
            .cloned();
        let (status, page) = match &page {
            Some(page) => ("200 OK", &**page),
            None => ("404 Not Found", ""),
        };
        let length = page.len();
        let head = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n\r\n");
        stream.write_all(&[head.as_bytes(), page.as_bytes()].concat())?;
    }
}
