//! What every answer has in common.

use crate::{
    client::{ask, get},
    fixture::served,
};

/// Addresses with every kind of status the server gives without an upload.
const ADDRESSES: &[(&str, &str, u16)] = &[
    ("GET", "/", 303),
    ("GET", "/vi/", 200),
    ("HEAD", "/vi/", 200),
    ("GET", "/vi", 301),
    ("GET", "/vi/nothing/", 404),
    ("GET", "/overview.vi.svg", 200),
    ("GET", "/data/clauses.json", 200),
    ("GET", "/robots.txt", 200),
    ("GET", "/api/v1/nothing", 404),
    ("GET", "/healthz", 200),
    ("GET", "/metrics", 200),
    ("DELETE", "/healthz", 405),
    ("POST", "/vi/", 405),
    ("OPTIONS", "/healthz", 204),
    ("OPTIONS", "/vi/", 204),
    ("POST", "/vi/nothing/", 404),
    ("OPTIONS", "/vi/nothing/", 404),
    ("BREW", "/vi/", 405),
];

#[test]
fn every_answer_carries_the_security_headers() {
    let server = served();
    for &(method, path, status) in ADDRESSES {
        let answer = ask(server.address(), method, path, &[], b"");
        assert_eq!(answer.status, status, "{method} {path}");
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(
            policy.contains("base-uri 'none'") && policy.contains("frame-ancestors"),
            "{path}"
        );
        if path != "/overview.vi.svg" {
            assert!(!policy.contains("unsafe-inline"), "{path}: {policy}");
            assert!(
                policy.contains("frame-ancestors 'none'"),
                "{path}: {policy}"
            );
        }
        assert_eq!(
            answer.header("x-content-type-options"),
            Some("nosniff"),
            "{path}"
        );
        assert_eq!(
            answer.header("cross-origin-opener-policy"),
            Some("same-origin"),
            "{path}"
        );
        assert!(answer.header("referrer-policy").is_some(), "{path}");
        assert!(answer.header("x-request-id").is_some(), "{path}");
        if let Some(media_type) = answer.header("content-type")
            && !media_type.starts_with("image/")
        {
            assert!(
                media_type.ends_with("charset=utf-8"),
                "{path}: {media_type}"
            );
        }
    }
}

#[test]
fn a_picture_may_do_nothing_but_be_looked_at() {
    let server = served();
    let picture = get(server.address(), "/overview.vi.svg", &[]);
    let policy = picture.header("content-security-policy").unwrap();
    assert!(
        policy.ends_with("sandbox") && !policy.contains("script-src"),
        "{policy}"
    );
}

#[test]
fn a_wrong_method_names_the_right_ones() {
    let server = served();
    let answer = ask(
        server.address(),
        "DELETE",
        "/healthz",
        &["Accept-Language: en"],
        b"",
    );
    assert_eq!(answer.header("allow"), Some("GET, HEAD, OPTIONS"));
    assert_eq!(answer.json()["title"], "Method not allowed");
    let options = ask(server.address(), "OPTIONS", "/healthz", &[], b"");
    assert_eq!(options.header("allow"), Some("GET, HEAD, OPTIONS"));
}

#[test]
fn a_request_cannot_write_lines_of_its_own_into_the_log() {
    let server = served();
    get(
        server.address(),
        "/vi/%0d%0a2026-01-01T00:00:00Z%20error%20forged",
        &[],
    );
    get(
        server.address(),
        "/vi/%1b%5b31mred",
        &["X-Forwarded-For: 6.6.6.6"],
    );
    let log = server.stop();
    assert!(!log.contains('\u{1b}') && !log.contains("6.6.6.6"), "{log}");
    assert!(
        log.lines()
            .all(|line| line.starts_with("20") && !line.ends_with("forged\"")),
        "{log}"
    );
    assert_eq!(
        log.lines()
            .filter(|line| line.contains(" request "))
            .count(),
        2,
        "{log}"
    );
}

#[test]
fn the_query_is_not_logged() {
    let server = served();
    get(server.address(), "/vi/?q=TOPSECRETQUERY", &[]);
    assert!(!server.stop().contains("TOPSECRETQUERY"));
}
