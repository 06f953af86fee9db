//! Uploads: what is accepted, what is refused and how that is said.

use crate::{
    client::ask,
    fixture::served,
    upload::{API, FORM, multipart, post},
};

#[test]
fn a_submission_is_judged_whether_sent_as_a_body_or_as_a_form() {
    let server = served();
    let path = format!("{API}?date=2026-03-31&level=province");
    let form = multipart(&[("submission", Some("hồ sơ.yaml"), "id: tỉnh-a\n")]);
    for (media_type, body, format) in [
        (
            "application/json",
            &b"{\"id\": \"t\\u1ec9nh-a\"}"[..],
            "json",
        ),
        ("application/yaml", "id: tỉnh-a\n".as_bytes(), "yaml"),
        (FORM, &form, "yaml"),
    ] {
        let answer = post(server.address(), &path, media_type, body);
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(
            answer.header("content-type"),
            Some("application/json; charset=utf-8")
        );
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        let report = answer.json();
        assert_eq!(report["submission"]["id"], "tỉnh-a");
        assert_eq!(report["submission"]["format"], format);
        assert_eq!(report["submission"]["level"], "province");
        assert_eq!(report["evaluated_on"], "2026-03-31");
        assert_eq!(report["ruleset"]["version"], "2026.11");
    }
    let unnamed = post(server.address(), API, "application/json", b"{}").json();
    assert_eq!(unnamed["submission"]["file"], "submission.json");
    let named = post(server.address(), API, FORM, &form).json();
    assert_eq!(named["submission"]["file"], "hồ sơ.yaml");
}

#[test]
fn a_file_that_does_not_parse_is_a_report_with_the_place_and_not_an_error() {
    let server = served();
    let answer = post(
        server.address(),
        API,
        "application/json",
        b"{\"a\": 1,\n  \"b\": }",
    );
    assert_eq!(answer.status, 200);
    let report = answer.json();
    assert_eq!(report["verdict"], "unusable");
    assert_eq!(report["findings"][0]["location"]["line"], 2, "{report}");
    assert_eq!(
        post(server.address(), API, "application/json", b"").json()["verdict"],
        "unusable"
    );
}

#[test]
fn what_cannot_be_taken_is_refused_with_the_reason_in_the_language_asked_for() {
    let server = served();
    let json = "application/json";
    let pdf = b"%PDF-1.7\n\x00\x01\x02";
    let xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let cases: &[(&str, &str, &[u8], u16, &str)] = &[
        (
            "?lang=en",
            "application/pdf",
            pdf,
            415,
            "Unsupported file type",
        ),
        (
            "?lang=vi",
            "application/pdf",
            pdf,
            415,
            "Loại tệp chưa được hỗ trợ",
        ),
        (
            "?lang=en",
            FORM,
            b"--XX\r\nno form at all",
            400,
            "The request cannot be read",
        ),
        ("?lang=en", FORM, b"", 400, "The request cannot be read"),
        ("?lang=fr", json, b"{}", 400, "Không đọc được yêu cầu"),
        (
            "?lang=en&date=yesterday",
            json,
            b"{}",
            400,
            "The request cannot be read",
        ),
        (
            "?lang=en&date=2026-02-30",
            json,
            b"{}",
            400,
            "The request cannot be read",
        ),
        (
            "?lang=en&level=district",
            json,
            b"{}",
            400,
            "The request cannot be read",
        ),
        (
            "?lang=en&level=other&level=party",
            json,
            b"{}",
            400,
            "The request cannot be read",
        ),
        (
            "?lang=en",
            xlsx,
            b"not a workbook \x00\xff",
            422,
            "The file cannot be opened",
        ),
        (
            "?lang=en",
            "application/octet-stream",
            pdf,
            415,
            "Unsupported file type",
        ),
    ];
    for (query, media_type, body, status, title) in cases {
        let answer = post(server.address(), &format!("{API}{query}"), media_type, body);
        assert_eq!(
            answer.status,
            *status,
            "{query} {media_type}: {}",
            answer.text()
        );
        assert_eq!(
            answer.header("content-type"),
            Some("application/problem+json; charset=utf-8")
        );
        let problem = answer.json();
        assert_eq!(problem["title"], *title, "{problem}");
        assert_eq!(problem["status"], *status);
        assert!(problem["detail"].as_str().unwrap().len() > 20, "{problem}");
    }
    let misspelt = multipart(&[
        ("submission", Some("a.yaml"), "id: x"),
        ("levle", None, "other"),
    ]);
    let misspelt = post(server.address(), API, FORM, &misspelt);
    assert_eq!(misspelt.status, 400);
    assert_eq!(misspelt.json()["errors"][0]["field"], "levle");
    let level = post(
        server.address(),
        &format!("{API}?level=district"),
        json,
        b"{}",
    )
    .json();
    assert_eq!(level["errors"][0]["parameter"], "level");
    assert!(
        level["errors"][0]["detail"]
            .as_str()
            .unwrap()
            .contains("province")
    );
}

#[test]
fn the_form_of_the_answer_is_negotiated() {
    let server = served();
    let typed = "Content-Type: application/json";
    for (accept, media_type) in [
        ("*/*", "application/json; charset=utf-8"),
        (
            "application/sarif+json",
            "application/sarif+json; charset=utf-8",
        ),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/html", "text/html; charset=utf-8"),
    ] {
        let accept = format!("Accept: {accept}");
        let answer = ask(server.address(), "POST", API, &[typed, &accept], b"{}");
        assert_eq!(answer.header("content-type"), Some(media_type));
    }
    let none = ask(
        server.address(),
        "POST",
        API,
        &[typed, "Accept: image/png"],
        b"{}",
    );
    assert_eq!(none.status, 406);
    assert!(
        none.json()["detail"]
            .as_str()
            .unwrap()
            .contains("application/sarif+json")
    );
}

#[test]
fn a_report_that_leaves_the_site_is_saved_and_not_shown_under_its_name() {
    let server = served();
    let typed = "Content-Type: application/json";
    for (accept, saved) in [
        ("text/html", true),
        ("text/csv", true),
        ("application/json", false),
        ("application/sarif+json", false),
    ] {
        let accept = format!("Accept: {accept}");
        let answer = ask(server.address(), "POST", API, &[typed, &accept], b"{}");
        let disposition = answer.header("content-disposition");
        assert_eq!(
            disposition.is_some_and(|value| value.starts_with("attachment")),
            saved
        );
        assert!(answer.body.len() > 20, "{accept}");
    }
}
