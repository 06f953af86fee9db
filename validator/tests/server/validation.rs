//! Uploads: what is accepted, what is refused and how that is said, and that nothing is kept.

use std::{
    fmt::Write as _,
    io::{Read, Write},
    net::SocketAddr,
    thread,
    time::{Duration, Instant},
};

use validator::config::Settings;

use crate::{
    client::{Answer, ask, connect, get, parse},
    fixture::{served, served_with},
};

const API: &str = "/api/v1/validate";

fn post(address: SocketAddr, path: &str, media_type: &str, body: &[u8]) -> Answer {
    ask(
        address,
        "POST",
        path,
        &[&format!("Content-Type: {media_type}")],
        body,
    )
}

/// A `multipart/form-data` body: name, file name, content.
fn multipart(parts: &[(&str, Option<&str>, &str)]) -> Vec<u8> {
    let mut body = String::new();
    for (name, file, content) in parts {
        let file = file
            .map(|file| format!("; filename=\"{file}\""))
            .unwrap_or_default();
        write!(
            body,
            "--XX\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{content}\r\n"
        )
        .unwrap();
    }
    body += "--XX--\r\n";
    body.into_bytes()
}

const FORM: &str = "multipart/form-data; boundary=XX";

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
fn a_body_over_the_limit_is_refused_whether_announced_or_chunked() {
    let server = served_with(Settings {
        body_limit: Some(4096),
        ..Settings::default()
    });
    let large = vec![b' '; 300_000];
    let announced = post(server.address(), API, "application/json", &large);
    assert_eq!(announced.status, 413);
    assert!(
        announced.json()["detail"]
            .as_str()
            .unwrap()
            .contains("4096")
    );

    let mut stream = connect(server.address());
    stream
        .write_all(
            b"POST /api/v1/validate HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\
              Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
        )
        .unwrap();
    for _ in 0..100 {
        let chunk = [b"400\r\n".as_slice(), &[b' '; 1024], b"\r\n"].concat();
        if stream.write_all(&chunk).is_err() {
            break;
        }
    }
    let _ = stream.write_all(b"0\r\n\r\n");
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert_eq!(parse(&answer).status, 413);
}

#[test]
fn a_chunked_body_within_the_limit_is_taken() {
    let server = served();
    let request = b"POST /api/v1/validate HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\
        Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n\
        7\r\n{\"id\": \r\n5\r\n\"x\"}\n\r\n0\r\n\r\n";
    let answer = parse(&crate::client::raw(server.address(), request));
    assert_eq!(answer.json()["submission"]["id"], "x");
}

#[test]
fn a_client_that_asks_before_sending_is_told_at_once() {
    let server = served_with(Settings {
        body_limit: Some(4096),
        ..Settings::default()
    });
    let head = b"POST /api/v1/validate HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\n\
        Content-Length: 99999999\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n";
    let begun = Instant::now();
    let mut stream = connect(server.address());
    stream.write_all(head).unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 413");
    assert!(begun.elapsed() < Duration::from_secs(1));
}

#[test]
fn a_body_that_stalls_is_given_up_in_time() {
    let settings = Settings {
        stall_timeout_seconds: Some(1),
        body_timeout_seconds: Some(3),
        ..Settings::default()
    };
    let server = served_with(settings);
    let head = b"POST /api/v1/validate HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\n\
        Content-Length: 1000\r\n\r\n{\"half\":";
    let begun = Instant::now();
    let answer = parse(&crate::client::raw(server.address(), head));
    assert_eq!(answer.status, 408);
    assert!(
        begun.elapsed() < Duration::from_secs(4),
        "{:?}",
        begun.elapsed()
    );

    // One that drips never stalls, but has no more than the total either.
    let begun = Instant::now();
    let mut stream = connect(server.address());
    stream.write_all(head).unwrap();
    while begun.elapsed() < Duration::from_secs(8) && stream.write_all(b" ").is_ok() {
        thread::sleep(Duration::from_millis(200));
    }
    assert!(
        begun.elapsed() < Duration::from_secs(6),
        "{:?}",
        begun.elapsed()
    );
}

#[test]
fn uploads_share_a_bounded_memory_and_a_slow_one_holds_only_what_it_sent() {
    let settings = Settings {
        body_limit: Some(64 * 1024),
        upload_memory: Some(64 * 1024),
        ..Settings::default()
    };
    let server = served_with(settings);
    let head = b"POST /api/v1/validate HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\n\
        Content-Length: 60000\r\n\r\n";
    let mut holder = connect(server.address());
    holder.write_all(head).unwrap();
    assert_eq!(
        post(server.address(), API, "application/json", b"{}").status,
        200
    );
    holder.write_all(&vec![b' '; 59_000]).unwrap();
    thread::sleep(Duration::from_millis(200));
    let refused = post(
        server.address(),
        API,
        "application/json",
        &vec![b' '; 20_000],
    );
    assert_eq!(refused.status, 503);
    assert!(refused.header("retry-after").is_some());
    drop(holder);
    thread::sleep(Duration::from_millis(200));
    assert_eq!(
        post(
            server.address(),
            API,
            "application/json",
            &vec![b' '; 20_000]
        )
        .status,
        200
    );
}

#[test]
fn a_panic_while_judging_is_a_problem_and_the_next_request_is_served() {
    let server = served();
    for _ in 0..5 {
        let answer = post(
            server.address(),
            API,
            "application/json",
            b"{\"do\": \"panic\"}",
        );
        assert_eq!(answer.status, 500);
        assert_eq!(
            answer.header("content-type"),
            Some("application/problem+json; charset=utf-8")
        );
        assert!(!answer.text().contains("SECRET-IN-PANIC"));
    }
    assert_eq!(
        post(server.address(), API, "application/json", b"{}").status,
        200
    );
    assert!(
        !server.stop().contains("SECRET-IN-PANIC"),
        "what a panic says is not logged"
    );
}

#[test]
fn when_all_workers_are_busy_the_rest_is_told_to_come_back_and_pages_stay_fast() {
    let settings = Settings {
        workers: Some(1),
        queue: Some(1),
        ..Settings::default()
    };
    let server = served_with(settings);
    let address = server.address();
    let slow: Vec<_> = (0..6)
        .map(|_| {
            let body = b"{\"sleep\": \"600\"}";
            thread::spawn(move || post(address, API, "application/json", body))
        })
        .collect();
    thread::sleep(Duration::from_millis(150));
    let begun = Instant::now();
    for _ in 0..20 {
        assert_eq!(get(address, "/vi/", &[]).status, 200);
    }
    assert!(
        begun.elapsed() < Duration::from_millis(400),
        "{:?}",
        begun.elapsed()
    );
    let answers: Vec<Answer> = slow.into_iter().map(|task| task.join().unwrap()).collect();
    let served = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(served, 2, "one at work and one waiting");
    for answer in answers.iter().filter(|answer| answer.status != 200) {
        assert_eq!(answer.status, 503);
        assert!(answer.header("retry-after").is_some());
    }
}

#[test]
fn a_validation_that_takes_too_long_is_answered_in_time() {
    let settings = Settings {
        validation_timeout_seconds: Some(1),
        ..Settings::default()
    };
    let server = served_with(settings);
    let begun = Instant::now();
    let answer = post(
        server.address(),
        API,
        "application/json",
        b"{\"sleep\": \"2500\"}",
    );
    assert_eq!(answer.status, 503);
    assert!(
        begun.elapsed() < Duration::from_secs(2),
        "{:?}",
        begun.elapsed()
    );
}

#[test]
fn work_in_flight_is_finished_when_the_server_stops() {
    let server = served();
    let address = server.address();
    let slow = thread::spawn(move || {
        post(
            address,
            API,
            "application/json",
            b"{\"sleep\": \"800\", \"id\": \"in-flight\"}",
        )
    });
    thread::sleep(Duration::from_millis(200));
    let begun = Instant::now();
    let log = server.stop();
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "{:?}",
        begun.elapsed()
    );
    let answer = slow.join().unwrap();
    assert_eq!(answer.json()["submission"]["id"], "in-flight");
    assert!(log.contains("drained=true"), "{log}");
}

#[test]
fn one_client_cannot_ask_for_more_than_its_share() {
    let server = served_with(Settings {
        rate_limit_per_minute: Some(2),
        ..Settings::default()
    });
    let ask = || post(server.address(), API, "application/json", b"{}");
    assert_eq!((ask().status, ask().status), (200, 200));
    let refused = ask();
    assert_eq!(refused.status, 429);
    assert!(
        refused
            .header("retry-after")
            .unwrap()
            .parse::<u64>()
            .unwrap()
            <= 30
    );
    assert_eq!(
        get(server.address(), "/vi/", &[]).status,
        200,
        "pages are not counted"
    );
}

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
