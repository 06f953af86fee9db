//! Uploads and pages made to do harm.

use validator::config::Settings;

use crate::{
    client::{Answer, ask, get},
    fixture::{served, served_with},
    upload::{API, FORM, multipart, post},
};

/// The files that `intake` is tested with, sent as an agency would send them.
#[path = "../../../crates/intake/tests/files/nasty/mod.rs"]
mod nasty;

/// The type a file would be sent with, by its name.
fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("json") => "application/json",
        Some("xml") => "application/xml",
        Some("csv") => "text/csv",
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/yaml",
    }
}

/// A file in a form, as browsers send it.
fn in_a_form(name: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!(
        "--XX\r\nContent-Disposition: form-data; name=\"submission\"; filename=\"{name}\"\r\n\r\n"
    );
    [head.as_bytes(), bytes, b"\r\n--XX--\r\n"].concat()
}

/// What is wrong with the answer to a nasty file, if anything.
fn fault(answer: &Answer, wanted: &str) -> Option<String> {
    let said = answer.json();
    match answer.status {
        200 if wanted == "read" => (said["verdict"] == "unusable")
            .then(|| format!("cannot be used: {}", said["findings"][0]["message"]["en"])),
        200 => {
            let code = said["findings"][0]["rule"].as_str().unwrap_or_default();
            let is_said = said["verdict"] == "unusable" && code == wanted;
            (!is_said).then(|| format!("{code} instead of {wanted}"))
        }
        413 | 415 | 422 => said["detail"]
            .as_str()
            .is_none_or(str::is_empty)
            .then(|| "refused without a word".to_owned()),
        status => Some(format!("status {status}")),
    }
}

#[test]
fn every_nasty_file_is_answered_over_http() {
    // Unoptimised code on a shared machine; optimised, none takes a second.
    let server = served_with(Settings {
        validation_timeout_seconds: Some(120),
        ..Settings::default()
    });
    let mut wrong = Vec::new();
    for nasty::Nasty {
        name,
        bytes,
        answer: wanted,
    } in nasty::corpus()
    {
        let raw = post(server.address(), API, media_type(name), &bytes);
        wrong.extend(fault(&raw, wanted).map(|fault| format!("{name}: {fault}")));
        let form = post(server.address(), API, FORM, &in_a_form(name, &bytes));
        wrong.extend(fault(&form, wanted).map(|fault| format!("{name} in a form: {fault}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(get(server.address(), "/vi/", &[]).status, 200);
    let log = server.stop();
    assert!(!log.contains("panic"), "{log}");
}

#[test]
fn a_doctype_in_xml_is_refused_by_name() {
    let server = served();
    for file in nasty::corpus()
        .into_iter()
        .filter(|file| file.answer == "xml-doctype")
    {
        let report = post(server.address(), API, "application/xml", &file.bytes).json();
        let message = report["findings"][0]["message"]["en"].as_str().unwrap();
        assert!(message.contains("DOCTYPE"), "{}: {message}", file.name);
        assert!(!report.to_string().contains("root:"), "{}", file.name);
    }
}

/// A form on somebody else's page, sent by a reader's browser.
const FOREIGN: [&str; 4] = [
    "Origin: https://evil.example",
    "Sec-Fetch-Site: cross-site",
    "Referer: https://evil.example/",
    "Cookie: session=stolen",
];

#[test]
fn a_form_on_another_site_gains_nothing() {
    let server = served();
    let form = multipart(&[("submission", Some("a.yaml"), "id: x\n")]);
    let mut typed = vec![format!("Content-Type: {FORM}")];
    typed.extend(FOREIGN.map(str::to_owned));
    let lines: Vec<&str> = typed.iter().map(String::as_str).collect();
    let before = get(server.address(), "/readyz", &[]).text();
    for path in [API, "/vi/validate/"] {
        let answer = ask(server.address(), "POST", path, &lines, &form);
        // There is no session to ride on and nothing is kept; what comes back stays unreadable.
        assert_eq!(answer.header("set-cookie"), None, "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), None, "{path}");
        assert_eq!(
            answer.header("cross-origin-resource-policy"),
            Some("same-origin"),
            "{path}"
        );
        assert_eq!(answer.header("x-frame-options"), Some("DENY"), "{path}");
    }
    let mut asking = FOREIGN.to_vec();
    asking.push("Access-Control-Request-Method: POST");
    let leave = ask(server.address(), "OPTIONS", API, &asking, b"");
    assert!(
        leave
            .headers
            .iter()
            .all(|(name, _)| !name.starts_with("access-control-")),
        "{:?}",
        leave.headers
    );
    assert_eq!(get(server.address(), "/readyz", &[]).text(), before);
}

#[test]
fn a_body_without_a_type_is_refused() {
    let server = served();
    let answer = ask(server.address(), "POST", API, &[], b"{\"id\": \"x\"}");
    assert_eq!(answer.status, 415);
}
