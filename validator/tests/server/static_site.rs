//! The built site: found by its manifest, conditional, in parts, packed.

use std::fs;

use crate::{
    client::{ask, get},
    fixture::{served, small_site},
};

#[test]
fn a_page_is_found_by_its_address_in_either_language() {
    let server = served();
    let page = get(server.address(), "/vi/", &[]);
    assert_eq!(page.status, 200);
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    assert!(page.text().contains("Khung kiến trúc"));
    assert!(
        get(server.address(), "/en/", &[])
            .text()
            .contains("Framework")
    );
}

#[test]
fn the_root_leads_to_the_language_the_reader_likes_best() {
    let server = served();
    for (accept, target) in [
        ("en-GB,en;q=0.9", "/en/"),
        ("vi", "/vi/"),
        ("fr", "/vi/"),
        ("en;q=0.1,vi;q=0.2", "/vi/"),
    ] {
        let answer = get(
            server.address(),
            "/",
            &[&format!("Accept-Language: {accept}")],
        );
        assert_eq!(
            (answer.status, answer.header("location")),
            (303, Some(target)),
            "{accept}"
        );
        assert_eq!(answer.header("vary"), Some("Accept-Language"));
    }
}

#[test]
fn an_address_without_its_slash_leads_to_the_page() {
    let server = served();
    for (path, target) in [
        ("/vi/framework/ii-3-4", "/vi/framework/ii-3-4/"),
        ("/vi/framework/ii-3-4/index.html", "/vi/framework/ii-3-4/"),
        ("/vi", "/vi/"),
    ] {
        let answer = get(server.address(), path, &[]);
        assert_eq!(
            (answer.status, answer.header("location")),
            (301, Some(target)),
            "{path}"
        );
    }
}

#[test]
fn a_short_citation_leads_to_its_place() {
    let server = served();
    let answer = get(server.address(), "/c/II-3-4-3", &["Accept-Language: en"]);
    assert_eq!(answer.status, 303);
    assert_eq!(
        answer.header("location"),
        Some("/en/framework/ii-3-4/#ii-3-4-3")
    );
    assert_eq!(get(server.address(), "/c/ix-9", &[]).status, 404);
}

#[test]
fn what_is_not_there_is_said_in_the_language_of_the_path() {
    let server = served();
    let vi = get(server.address(), "/vi/khong-co/", &["Accept-Language: en"]);
    assert_eq!(vi.status, 404);
    assert!(vi.text().contains("Không tìm thấy trang"));
    let en = get(server.address(), "/en/nothing/", &["Accept-Language: vi"]);
    assert!(en.text().contains("Page not found"));
    let data = get(
        server.address(),
        "/api/v1/nothing",
        &["Accept-Language: en"],
    );
    assert_eq!(
        data.header("content-type"),
        Some("application/problem+json; charset=utf-8")
    );
    assert_eq!(
        (data.status, data.json()["status"].as_u64()),
        (404, Some(404))
    );
    assert_eq!(data.json()["title"], "Not found");
    assert_eq!(
        get(server.address(), "/api/v1/nothing?lang=vi", &[]).json()["title"],
        "Không tìm thấy"
    );
}

#[test]
fn a_copy_that_is_still_good_is_not_sent_again() {
    let server = served();
    let first = get(server.address(), "/vi/", &[]);
    let tag = first.header("etag").unwrap();
    assert!(tag.starts_with('"'), "strong: {tag}");
    for line in [
        format!("If-None-Match: {tag}"),
        format!("If-None-Match: \"other\", W/{tag}"),
        "If-None-Match: *".to_owned(),
        format!(
            "If-Modified-Since: {}",
            first.header("last-modified").unwrap()
        ),
    ] {
        let again = get(server.address(), "/vi/", &[&line]);
        assert_eq!((again.status, again.body.len()), (304, 0), "{line}");
        assert_eq!(again.header("etag"), Some(tag));
        assert!(again.header("content-security-policy").is_some());
    }
    let changed = get(server.address(), "/vi/", &["If-None-Match: \"other\""]);
    assert_eq!(changed.status, 200);
}

#[test]
fn packed_pages_go_to_those_who_take_them() {
    let server = served();
    for (accept, encoding, body) in [
        ("gzip, deflate, br", Some("br"), &b"brotli-bytes"[..]),
        ("gzip", Some("gzip"), b"gzip-bytes!"),
        ("br;q=0, gzip", Some("gzip"), b"gzip-bytes!"),
    ] {
        let page = get(
            server.address(),
            "/vi/",
            &[&format!("Accept-Encoding: {accept}")],
        );
        assert_eq!(page.header("content-encoding"), encoding);
        assert_eq!(page.body, body);
        assert_eq!(page.header("vary"), Some("Accept-Encoding"));
    }
    let plain = get(server.address(), "/vi/", &[]);
    let packed = get(server.address(), "/vi/", &["Accept-Encoding: br"]);
    assert_eq!(plain.header("content-encoding"), None);
    assert_ne!(
        plain.header("etag"),
        packed.header("etag"),
        "each encoding has its own tag"
    );
}

#[test]
fn parts_of_a_file_are_exact_and_never_overflow() {
    let server = served();
    let whole = get(server.address(), "/vi/", &[]).body;
    for (range, status, from, to) in [
        ("bytes=0-3", 206, 0, 4),
        ("bytes=5-", 206, 5, whole.len()),
        ("bytes=-5", 206, whole.len() - 5, whole.len()),
        ("bytes=0-18446744073709551615", 206, 0, whole.len()),
        ("bytes=-18446744073709551615", 206, 0, whole.len()),
        ("bytes=0-1,4-5", 200, 0, whole.len()),
        ("bytes=9-2", 200, 0, whole.len()),
    ] {
        let part = get(
            server.address(),
            "/vi/",
            &[&format!("Range: {range}"), "Accept-Encoding: br"],
        );
        assert_eq!(part.status, status, "{range}");
        assert_eq!(part.body, whole[from..to], "{range}");
        assert_eq!(
            part.header("content-length"),
            Some((to - from).to_string().as_str())
        );
    }
    for range in ["bytes=99999-", "bytes=18446744073709551615-", "bytes=-0"] {
        let outside = get(server.address(), "/vi/", &[&format!("Range: {range}")]);
        assert_eq!(outside.status, 416, "{range}");
        assert_eq!(
            outside.header("content-range"),
            Some(format!("bytes */{}", whole.len()).as_str())
        );
    }
    let stale = get(
        server.address(),
        "/vi/",
        &["Range: bytes=0-3", "If-Range: \"old\""],
    );
    assert_eq!((stale.status, stale.body.len()), (200, whole.len()));
}

#[test]
fn hashed_assets_may_be_kept_for_ever_and_pages_are_asked_for_again() {
    let server = served();
    let asset = get(server.address(), "/assets/site-0123abcd.css", &[]);
    assert_eq!(
        asset.header("cache-control"),
        Some("public, max-age=31536000, immutable")
    );
    assert_eq!(
        get(server.address(), "/vi/", &[]).header("cache-control"),
        Some("no-cache")
    );
}

#[test]
fn head_says_what_get_would_without_the_body() {
    let server = served();
    let head = ask(server.address(), "HEAD", "/vi/", &[], b"");
    let full = get(server.address(), "/vi/", &[]);
    assert_eq!((head.status, head.body.len()), (200, 0));
    for name in ["content-length", "content-type", "etag", "last-modified"] {
        assert_eq!(head.header(name), full.header(name), "{name}");
    }
}

/// Spellings of "one folder up" and other ways to a file outside, from the public lists.
const TRAVERSALS: &[&str] = &[
    "/../secret.txt",
    "/vi/../../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/%2e%2e%2fsecret.txt",
    "/..%5csecret.txt",
    "/..%255c..%255csecret.txt",
    "/%252e%252e%252fsecret.txt",
    "/..%c0%afsecret.txt",
    "/%c0%ae%c0%ae/secret.txt",
    "/..%00/secret.txt",
    "/vi/index.html%00.txt",
    "/....//secret.txt",
    "/..;/secret.txt",
    "//etc/passwd",
    "/etc/passwd",
    "/file:///etc/passwd",
    "/vi/index.html/child",
    "/.khung/manifest.json",
    "/.khung/shells/vi/report.html",
    "/%2ekhung/manifest.json",
    "/vi/./index.html",
    "/./.khung/manifest.json",
    "/.git/config",
    "/vi/link.txt",
    "/C:/windows/win.ini",
    "/\\..\\secret.txt",
    "/%00",
    "/%",
    "/%zz",
    "/vi/%ff%fe",
];

#[test]
fn no_address_leads_outside_the_manifest() {
    let server = served();
    let folder = server.folder.path();
    fs::write(folder.join("secret.txt"), "MARKER").unwrap();
    std::os::unix::fs::symlink(folder.join("secret.txt"), folder.join("public/vi/link.txt"))
        .unwrap();
    fs::write(folder.join("public/not-on-the-list.txt"), "MARKER").unwrap();
    let long = format!("/{}", "a".repeat(300));
    let paths = TRAVERSALS
        .iter()
        .copied()
        .chain([long.as_str(), "/not-on-the-list.txt"]);
    for path in paths {
        let answer = get(server.address(), path, &[]);
        assert!(
            (400..500).contains(&answer.status),
            "{path}: {}",
            answer.status
        );
        let body = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(
            !body.contains("MARKER") && !body.contains("sha256"),
            "{path}: {body}"
        );
    }
}

#[test]
fn a_symlink_or_a_changed_file_on_the_manifest_keeps_the_site_from_being_served() {
    for sabotage in ["symlink", "changed", "pipe", "folder"] {
        let folder = tempfile::TempDir::new().unwrap();
        let public = folder.path().join("public");
        small_site(&public);
        let page = public.join("robots.txt");
        fs::remove_file(&page).unwrap();
        match sabotage {
            "symlink" => {
                fs::write(folder.path().join("robots.txt"), "User-agent: *\n").unwrap();
                std::os::unix::fs::symlink(folder.path().join("robots.txt"), &page).unwrap();
            }
            "changed" => fs::write(&page, "User-agent: x\n").unwrap(),
            "pipe" => {
                let made = std::process::Command::new("mkfifo").arg(&page).status();
                assert!(made.unwrap().success());
            }
            _ => fs::create_dir(&page).unwrap(),
        }
        let log = crate::fixture::Log::default();
        let config = crate::fixture::configured(validator::config::Settings::default());
        let parts = crate::fixture::parts(folder.path());
        let running = validator::start(config, parts, Box::new(log.clone())).unwrap();
        let answer = get(running.address(), "/vi/", &[]);
        assert_eq!(answer.status, 503, "{sabotage}");
        assert!(answer.header("retry-after").is_some());
        running.stop();
        assert!(
            log.text().contains("robots.txt"),
            "{sabotage}: the log names the file"
        );
    }
}

#[test]
fn copies_are_told_apart_by_their_content_and_not_by_clocks() {
    use std::time::{Duration, SystemTime};
    let days = |days: u64| Duration::from_secs(days * 86_400);
    let mut tags = Vec::new();
    // A clock that stood at its beginning, one that is right, one that runs twenty years ahead.
    for time in [
        SystemTime::UNIX_EPOCH,
        SystemTime::now(),
        SystemTime::now() + days(7300),
    ] {
        let folder = tempfile::TempDir::new().unwrap();
        let public = folder.path().join("public");
        small_site(&public);
        let page = fs::File::options()
            .write(true)
            .open(public.join("vi/index.html"))
            .unwrap();
        page.set_modified(time).unwrap();
        let config = crate::fixture::configured(validator::config::Settings::default());
        let parts = crate::fixture::parts(folder.path());
        let running = validator::start(config, parts, Box::new(std::io::sink())).unwrap();
        let answer = get(running.address(), "/vi/", &[]);
        assert_eq!(answer.status, 200);
        let tag = answer.header("etag").unwrap().to_owned();
        let again = get(
            running.address(),
            "/vi/",
            &[&format!("If-None-Match: {tag}")],
        );
        assert_eq!(again.status, 304);
        // A tag that does not match wins over a date that would.
        let lines = [
            "If-None-Match: \"other\"",
            "If-Modified-Since: Fri, 31 Dec 2100 00:00:00 GMT",
        ];
        assert_eq!(get(running.address(), "/vi/", &lines).status, 200);
        tags.push(tag);
        running.stop();
    }
    tags.dedup();
    assert_eq!(tags.len(), 1, "{tags:?}");
}
