//! The form page, what is put into it and what is kept of it.

use std::time::Duration;

use crate::{
    client::get,
    fixture::served,
    upload::{API, FORM, multipart, post},
};

#[test]
fn nothing_of_an_upload_is_kept_but_size_format_verdict_and_time() {
    let server = served();
    let marker = "MARKER-b1946ac92492d2347c6235b4d2611184";
    let form = multipart(&[(
        "submission",
        Some(&format!("{marker}.yaml")),
        &format!("id: {marker}\n"),
    )]);
    let answer = post(server.address(), API, FORM, &form);
    assert!(
        answer.text().contains(marker),
        "the report quotes it, to the one who sent it"
    );
    let broken = format!("id: {marker}\n  bad: [");
    post(server.address(), API, "application/yaml", broken.as_bytes());
    let metrics = get(server.address(), "/metrics", &[]).text();
    assert!(!metrics.contains(marker));
    assert!(
        metrics.contains("khung_validations_total{format=\"yaml\",verdict=\"conforming\"} 1"),
        "{metrics}"
    );
    for folder in [server.folder.path().to_owned(), std::env::temp_dir()] {
        let newest = files_with(&folder, marker.as_bytes());
        assert!(newest.is_empty(), "{newest:?}");
    }
    let log = server.stop();
    assert!(!log.contains(marker), "{log}");
    assert!(log.contains("format=yaml verdict=conforming"), "{log}");
}

/// Small files below a folder that hold these bytes; folders of other programs are passed over.
fn files_with(folder: &std::path::Path, bytes: &[u8]) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let Ok(metadata) = std::fs::symlink_metadata(&path) else {
            continue;
        };
        let recent = metadata
            .modified()
            .is_ok_and(|time| time.elapsed().is_ok_and(|age| age < Duration::from_mins(2)));
        if metadata.is_file() && recent && metadata.len() < 1 << 20 {
            let content = std::fs::read(&path).unwrap_or_default();
            if content.windows(bytes.len()).any(|window| window == bytes) {
                found.push(path);
            }
        }
    }
    found
}

#[test]
fn the_form_page_answers_with_a_page_in_the_site_s_frame() {
    let server = served();
    let form = multipart(&[
        ("submission", Some("a.yaml"), "id: x\n"),
        ("level", None, "province"),
        ("date", None, "2026-03-31"),
        ("text", None, ""),
    ]);
    let page = post(server.address(), "/vi/validate/", FORM, &form);
    assert_eq!(page.status, 200);
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert!(page.text().contains("<h1>report</h1>"), "{}", page.text());
    let pasted = multipart(&[("submission", Some(""), ""), ("text", None, "id: y\n")]);
    assert_eq!(
        post(server.address(), "/en/validate/", FORM, &pasted).status,
        200
    );
}

#[test]
fn a_form_that_cannot_be_taken_comes_back_with_a_summary_and_all_that_was_entered() {
    let server = served();
    let hostile = "a: </textarea><script>alert(1)</script>";
    let form = multipart(&[
        ("submission", Some(""), ""),
        ("text", None, hostile),
        ("level", None, "province"),
        ("date", None, "31/03/2026"),
    ]);
    let page = post(server.address(), "/vi/validate/", FORM, &form);
    assert_eq!(page.status, 400);
    let html = page.text();
    assert!(html.contains("<title>Lỗi: "), "{html}");
    assert!(
        html.contains("role=\"alert\"") && html.contains("2026-03-31"),
        "{html}"
    );
    let foreign = multipart(&[("submission", Some("a.docx"), "PK\u{3}\u{4}\u{0}\u{1}")]);
    let page = post(server.address(), "/vi/validate/", FORM, &foreign);
    assert_eq!(page.status, 415);
    assert!(
        page.text()
            .contains("<a href=\"#submission\">Chọn tệp khác</a>"),
        "{}",
        page.text()
    );
    let empty = multipart(&[("submission", Some(""), ""), ("level", None, "province")]);
    let page = post(server.address(), "/vi/validate/", FORM, &empty);
    assert!(
        page.text().contains("<a href=\"#submission\">"),
        "{}",
        page.text()
    );
    assert!(
        page.text().contains("<option value=\"province\" selected>"),
        "{}",
        page.text()
    );
}

#[test]
fn what_a_client_sends_is_text_in_every_page() {
    let server = served();
    let attack = "\"><script>alert(1)</script><img src=x onerror=alert(1)>";
    let name = attack.replace('"', "%22");
    let files = multipart(&[(
        "submission",
        Some(&name),
        &format!("id: '{attack}'\n{attack}: 1\n"),
    )]);
    let level = multipart(&[
        ("submission", Some("a.yaml"), "id: x"),
        ("level", None, attack),
    ]);
    let broken = multipart(&[("submission", Some(&name), &format!("id: [{attack}"))]);
    for body in [files, level, broken] {
        let page = post(server.address(), "/vi/validate/", FORM, &body);
        let html = page.text();
        assert!(
            !html.contains("<script") && !html.contains("<img"),
            "{html}"
        );
    }
    let query = "/vi/search/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E";
    let html = get(server.address(), query, &[]).text();
    assert!(!html.contains("<script"), "{html}");
    let html = get(
        server.address(),
        "/vi/%3Cscript%3Ealert(1)%3C/script%3E/",
        &[],
    )
    .text();
    assert!(!html.contains("<script"), "{html}");
}

#[test]
fn an_earlier_report_brought_along_is_compared_and_a_wrong_file_is_named() {
    let server = served();
    let earlier = post(server.address(), API, "application/yaml", b"id: x\n").text();
    let form = |previous: &str| {
        multipart(&[
            ("submission", Some("a.yaml"), "id: y\n"),
            ("previous", Some("ket-qua.json"), previous),
        ])
    };
    let page = post(server.address(), "/vi/validate/", FORM, &form(&earlier));
    assert_eq!(page.status, 200);
    let without = post(server.address(), "/vi/validate/", FORM, &form(""));
    assert_eq!(without.status, 400, "an empty file was chosen");
    let alone = multipart(&[
        ("submission", Some("a.yaml"), "id: y\n"),
        ("previous", Some(""), ""),
    ]);
    let alone = post(server.address(), "/vi/validate/", FORM, &alone);
    assert_eq!(alone.status, 200);
    assert_ne!(page.text(), alone.text(), "the comparison is shown");
    let wrong = post(
        server.address(),
        "/vi/validate/",
        FORM,
        &form("{\"findings\": 1}"),
    );
    assert_eq!(wrong.status, 400);
    assert!(
        wrong.text().contains("<a href=\"#previous\">"),
        "{}",
        wrong.text()
    );
}
