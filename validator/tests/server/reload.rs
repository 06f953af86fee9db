//! Rules and site taken over while the server runs; broken ones never replace good ones.

use std::{
    fs,
    net::SocketAddr,
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::{
    client::{ask, get},
    fixture::{served, small_site},
};

/// What readiness says once `wanted` holds of it; fails after the two seconds that are promised.
fn readiness(address: SocketAddr, wanted: impl Fn(&Value) -> bool) -> Value {
    let begun = Instant::now();
    loop {
        let said = get(address, "/readyz", &["Accept-Language: en"]).json();
        if wanted(&said) {
            return said;
        }
        assert!(begun.elapsed() < Duration::from_secs(2), "still {said}");
        thread::sleep(Duration::from_millis(20));
    }
}

fn version_used(address: SocketAddr) -> String {
    let typed = ["Content-Type: application/json"];
    let report = ask(address, "POST", "/api/v1/validate", &typed, b"{}").json();
    report["ruleset"]["version"].as_str().unwrap().to_owned()
}

#[test]
fn a_changed_rule_set_takes_over_and_a_broken_one_does_not() {
    let server = served();
    let address = server.address();
    let rules = server.folder.path().join("rules/version.txt");
    assert_eq!(version_used(address), "2026.11");

    fs::write(&rules, "2026.12").unwrap();
    readiness(address, |said| {
        said["rules"]["ruleset"]["version"] == "2026.12"
    });
    assert_eq!(version_used(address), "2026.12");

    fs::write(&rules, "broken").unwrap();
    let said = readiness(address, |said| said["rules"]["state"] == "last-good");
    assert_eq!(said["ready"], true);
    let fault = said["rules"]["faults"][0].as_str().unwrap();
    assert_eq!(fault, "rules/version.txt: the version is no number");
    assert_eq!(
        version_used(address),
        "2026.12",
        "the last good one goes on"
    );
    let page = get(address, "/vi/status/", &[]).text();
    assert!(
        page.contains("rules/version.txt: phiên bản không phải số"),
        "{page}"
    );
    let metrics = get(address, "/metrics", &[]).text();
    assert!(metrics.contains("khung_rules_broken 1"), "{metrics}");
    assert!(metrics.contains("khung_rules_refused_total 1"), "{metrics}");

    fs::write(&rules, "2027.1").unwrap();
    readiness(address, |said| said["rules"]["state"] == "current");
    assert_eq!(version_used(address), "2027.1");
    let log = server.stop();
    assert!(
        log.contains("rules-refused") && log.contains("rules/version.txt"),
        "{log}"
    );
}

#[test]
fn a_new_site_is_taken_over_whole_and_a_broken_one_not_at_all() {
    let server = served();
    let (address, folder) = (server.address(), server.folder.path());
    let before = get(address, "/readyz", &[]).json()["site"]["generation"].clone();

    let next = folder.join("next");
    small_site(&next);
    let manifest = next.join(".khung/manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text.replace("\"nt-4\"", "\"nt-5\"")).unwrap();
    fs::rename(folder.join("public"), folder.join("old")).unwrap();
    fs::rename(&next, folder.join("public")).unwrap();
    readiness(address, |said| {
        said["site"]["generation"] != before && said["site"]["state"] == "current"
    });
    assert_eq!(get(address, "/c/nt-5", &[]).status, 303);
    assert_eq!(get(address, "/c/nt-4", &[]).status, 404);

    fs::write(
        folder.join("public/.khung/manifest.json"),
        "{\"files\": [{\"pa",
    )
    .unwrap();
    readiness(address, |said| said["site"]["state"] == "last-good");
    assert_eq!(
        get(address, "/vi/", &[]).status,
        200,
        "the last good one goes on"
    );
    fs::remove_dir_all(folder.join("public")).unwrap();
    readiness(address, |said| {
        said["site"]["faults"][0]
            .as_str()
            .unwrap()
            .contains("khung build")
    });
    assert_eq!(get(address, "/vi/", &[]).status, 200);
}
