//! What no upload may bring about.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use crate::served::{Served, get, post, project, sample, serve, until};

/// An address that counts who calls.
struct Sentinel {
    url: String,
    calls: Arc<AtomicUsize>,
}

impl Sentinel {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let calls = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&calls);
        thread::spawn(move || {
            for _ in listener.incoming() {
                counted.fetch_add(1, Ordering::Relaxed);
            }
        });
        Self { url, calls }
    }

    fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }
}

#[test]
fn no_upload_makes_the_server_call_anybody() {
    let folder = project();
    let server = Served::start(&mut serve(folder.path()));
    let sentinel = Sentinel::new();
    let url = &sentinel.url;
    let uploads = [
        (
            "application/json",
            format!(
                r#"{{"$schema": "{url}/schema", "$ref": "{url}/ref", "$id": "{url}/id", "$dynamicRef": "{url}/x",
                    "agency": {{"$ref": "{url}/agency"}}, "applications": [{{"$ref": "{url}/a"}}],
                    "attachments": [{{"url": "{url}/attachment"}}]}}"#
            ),
        ),
        (
            "application/yaml",
            format!(
                "# yaml-language-server: $schema={url}/schema\n$schema: {url}/schema\n$ref: {url}/ref\na: !include {url}/x\n"
            ),
        ),
        (
            "application/xml",
            format!(
                r#"<?xml-stylesheet href="{url}/style"?><model xmlns="http://www.opengroup.org/xsd/archimate/3.0/"
                    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xi="http://www.w3.org/2001/XInclude"
                    xsi:schemaLocation="http://www.opengroup.org/xsd/archimate/3.0/ {url}/model.xsd" identifier="m">
                    <name xml:lang="vi">x</name><xi:include href="{url}/include"/></model>"#
            ),
        ),
        (
            "application/xml",
            format!(
                r#"<!DOCTYPE model SYSTEM "{url}/dtd"><model xmlns="http://www.opengroup.org/xsd/archimate/3.0/"/>"#
            ),
        ),
        (
            "application/xml",
            format!(
                r#"<!DOCTYPE model [<!ENTITY x SYSTEM "{url}/entity">]><model xmlns="http://www.opengroup.org/xsd/archimate/3.0/"><name>&x;</name></model>"#
            ),
        ),
        (
            "text/csv",
            format!("Mã;Tên hệ thống\n=WEBSERVICE(\"{url}\");=IMPORTDATA(\"{url}\")\n"),
        ),
    ];
    for (media_type, body) in &uploads {
        let answer = post(server.address, media_type, body.as_bytes());
        assert_eq!(answer.status, 200, "{body}: {}", answer.text());
    }
    assert_eq!(sentinel.calls(), 0);
    // The sentinel does count: otherwise nothing was shown.
    let port = url.trim_start_matches("http://");
    drop(std::net::TcpStream::connect(port).unwrap());
    until("the sentinel", || sentinel.calls() == 1);
}

#[test]
fn a_flood_of_faults_is_counted_and_a_thousand_are_shown() {
    let folder = project();
    let server = Served::start(&mut serve(folder.path()));
    let records =
        r#"{"id": 1, "sourcing": "stolen", "lifecycle": 7, "stranger": null},"#.repeat(19_000);
    let body = format!(r#"{{"applications": [{}]}}"#, records.trim_end_matches(','));
    let answer = post(server.address, "application/json", body.as_bytes());
    // A debug build on a busy machine may meet the time limit: then it says so.
    assert!(matches!(answer.status, 200 | 503), "{}", answer.text());
    if answer.status == 200 {
        let report = answer.json();
        assert_eq!(report["findings"].as_array().unwrap().len(), 1000);
        let truncated = report["counts"]["truncated"].as_u64().unwrap();
        assert!(truncated > 70_000, "{truncated}");
        assert!(answer.body.len() < 8 << 20, "{} bytes", answer.body.len());
    }
    assert_eq!(get(server.address, "/vi/").status, 200);
    let peak = status_kb(server.id(), "VmHWM");
    assert!(peak < 256 * 1024, "{peak} kB at the peak");
}

#[test]
fn a_record_with_a_hundred_thousand_strange_fields_is_judged_in_time() {
    let folder = project();
    let server = Served::start(&mut serve(folder.path()));
    let fields: Vec<String> = (0..100_000)
        .map(|field| format!("\"x{field}\": 1"))
        .collect();
    let body = format!("{{{}}}", fields.join(","));
    // Looking each of them up among all would take minutes, far beyond the limit of the server.
    let answer = post(server.address, "application/json", body.as_bytes());
    assert_eq!(answer.status, 200, "{}", answer.text());
    let truncated = answer.json()["counts"]["truncated"].as_u64().unwrap();
    assert!(truncated > 98_000, "{truncated}");
}

fn status_kb(process: u32, name: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

const MARKER: &str = "MARKER-7c9e6679-7425-40de-944b-e07fc1f90ae7";

#[test]
fn nothing_of_an_upload_is_left_in_files_mappings_temporary_folders_or_logs() {
    let folder = project();
    let temporary = tempfile::TempDir::new().unwrap();
    let server = Served::start(serve(folder.path()).env("TMPDIR", temporary.path()));
    let yaml = String::from_utf8(sample("sample-ministry.yaml")).unwrap();
    let marked = yaml.replacen("name:", &format!("note: {MARKER}\n  name:"), 1);
    for (media_type, body) in [
        ("application/yaml", marked),
        (
            "application/json",
            format!(r#"{{"{MARKER}": "{MARKER}", "agency": 1}}"#),
        ),
        ("application/json", format!(r#"{{"{MARKER}": "#)),
        ("application/xml", format!("<model>{MARKER}")),
    ] {
        let report = post(server.address, media_type, body.as_bytes());
        assert_eq!(report.status, 200);
    }
    let id = server.id();
    let mut places = below(folder.path());
    places.extend(below(temporary.path()));
    let mapped = mapped_files(id);
    assert!(!mapped.is_empty(), "the program itself is mapped");
    places.extend(mapped);
    places.extend(open_files(id));
    assert!(places.len() > 1000, "{} places", places.len());
    let kept: Vec<PathBuf> = places
        .into_iter()
        .filter(|place| holds_marker(place))
        .collect();
    assert!(kept.is_empty(), "{kept:?}");
    assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0);
    assert!(!get(server.address, "/metrics").text().contains(MARKER));
    let log = server.log();
    assert!(!log.contains(MARKER), "{log}");
    assert!(log.contains("verdict=unusable"), "{log}");
    // The search itself works: a marker that is kept is found.
    let planted = temporary.path().join("planted");
    fs::write(&planted, MARKER).unwrap();
    assert!(holds_marker(&planted));
}

fn holds_marker(place: &Path) -> bool {
    let bytes = fs::read(place).unwrap_or_default();
    bytes
        .windows(MARKER.len())
        .any(|part| part == MARKER.as_bytes())
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(below(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// Every file that the process has mapped, by its name and, for one that was deleted, by its mapping.
fn mapped_files(process: u32) -> Vec<PathBuf> {
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
    let mut files = Vec::new();
    for line in maps.lines() {
        let (Some(range), Some(at)) = (line.split(' ').next(), line.find('/')) else {
            continue;
        };
        files.push(line[at..].into());
        files.push(format!("/proc/{process}/map_files/{range}").into());
    }
    files.sort();
    files.dedup();
    files
}

/// Every regular file that the process has open, deleted ones and those in memory included.
fn open_files(process: u32) -> Vec<PathBuf> {
    let open = fs::read_dir(format!("/proc/{process}/fd")).unwrap();
    open.filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| fs::metadata(path).is_ok_and(|metadata| metadata.is_file()))
        .collect()
}
