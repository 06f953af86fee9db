//! Search, the knowledge base as data, and what operators ask.

use crate::{client::get, fixture::served};

#[test]
fn search_answers_without_diacritics_in_the_language_asked_for() {
    let server = served();
    let found = get(
        server.address(),
        "/api/v1/search?q=nen+tang+so&lang=vi",
        &[],
    );
    assert_eq!(
        found.header("content-type"),
        Some("application/json; charset=utf-8")
    );
    let found = found.json();
    assert_eq!(
        found["hits"][0]["title"], "Nền tảng số dùng chung",
        "{found}"
    );
    assert_eq!(found["hits"][0]["lang"], "vi");
    let english = get(
        server.address(),
        "/api/v1/search?q=architecture&lang=en",
        &[],
    )
    .json();
    assert_eq!(english["hits"][0]["lang"], "en", "{english}");
    let snippet = get(server.address(), "/api/v1/search?q=tong+the", &[]).json();
    let snippet = snippet["hits"][0]["snippet"].as_str().unwrap().to_owned();
    assert!(
        snippet.contains("<mark>") && snippet.contains("&lt;b&gt;"),
        "{snippet}"
    );
}

#[test]
fn a_search_that_cannot_be_understood_says_which_parameter() {
    let server = served();
    for (query, parameter) in [
        ("?q=a&limit=0", "limit"),
        ("?q=a&limit=101", "limit"),
        ("?q=a&offset=-1", "offset"),
        ("?q=a&offset=99999999999999999999", "offset"),
        ("?q=a&kind=page", "kind"),
        ("?q=a&layer=x", "layer"),
        ("?q=a&q=b", "q"),
    ] {
        let answer = get(server.address(), &format!("/api/v1/search{query}"), &[]);
        assert_eq!(answer.status, 400, "{query}");
        assert_eq!(
            answer.json()["errors"][0]["parameter"],
            parameter,
            "{query}"
        );
    }
}

#[test]
fn any_string_is_a_query() {
    let server = served();
    let long = "a".repeat(3000);
    for text in [
        "",
        "%20",
        "((",
        "%22",
        "%00",
        "^(a%2B)%2B$",
        "%3Cscript%3E",
        long.as_str(),
    ] {
        let answer = get(server.address(), &format!("/api/v1/search?q={text}"), &[]);
        assert_eq!(answer.status, 200, "{text}");
    }
}

#[test]
fn the_search_page_needs_no_script_and_keeps_what_was_typed() {
    let server = served();
    let page = get(server.address(), "/vi/search/?q=nen+tang+%3Cb%3E", &[]);
    assert_eq!(page.status, 200);
    let html = page.text();
    assert!(
        html.contains("<h1>search</h1>") && html.contains("value=\"nen tang &lt;b&gt;\""),
        "{html}"
    );
    assert!(
        get(server.address(), "/vi/search/", &[])
            .text()
            .contains("Tìm kiếm"),
        "the built page"
    );
}

#[test]
fn the_knowledge_base_is_data_at_the_api_s_addresses() {
    let server = served();
    for (path, field) in [
        ("/api/v1/rules", "rules"),
        ("/api/v1/components", "components"),
        ("/api/v1/glossary", "terms"),
        ("/api/v1/clauses", "clauses"),
        ("/api/v1/schema/submission", "type"),
        ("/api/v1/schema/submission.json", "type"),
        ("/api/v1/openapi.json", "openapi"),
    ] {
        let answer = get(server.address(), path, &[]);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(
            answer.header("content-type"),
            Some("application/json; charset=utf-8")
        );
        assert!(!answer.json()[field].is_null(), "{path}: {}", answer.text());
    }
    let rule = get(server.address(), "/api/v1/rules/kkt2-plt-007", &[]);
    assert_eq!(rule.json()["id"], "KKT2-PLT-007");
    assert!(rule.header("etag").is_some());
    for absent in [
        "/api/v1/rules/KKT2-XXX-999",
        "/api/v1/schema/..%2f..%2fsecret",
        "/api/v1/schema/x",
    ] {
        assert_eq!(get(server.address(), absent, &[]).status, 404, "{absent}");
    }
}

#[test]
fn an_empty_submission_can_be_fetched_for_each_level_in_each_form() {
    let server = served();
    for (name, media_type) in [
        ("province.yaml", "application/yaml; charset=utf-8"),
        ("ministry.json", "application/json; charset=utf-8"),
        (
            "other.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ] {
        let answer = get(server.address(), &format!("/api/v1/templates/{name}"), &[]);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, Some(media_type)),
            "{name}"
        );
        assert!(
            answer.header("content-disposition").unwrap().contains(name),
            "{name}"
        );
    }
    for absent in ["district.xlsx", "province.pdf", "province", ".xlsx"] {
        assert_eq!(
            get(
                server.address(),
                &format!("/api/v1/templates/{absent}"),
                &[]
            )
            .status,
            404
        );
    }
}

#[test]
fn readiness_says_what_is_there() {
    let server = served();
    let ready = get(server.address(), "/readyz", &[]);
    assert_eq!(ready.status, 200);
    let ready = ready.json();
    assert_eq!(
        (&ready["rules"]["state"], &ready["site"]["state"]),
        (&"current".into(), &"current".into())
    );
    assert_eq!(ready["rules"]["ruleset"]["version"], "2026.11");
}
