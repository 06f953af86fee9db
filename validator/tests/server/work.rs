//! Workers that panic, are busy, take too long or are at work when the server stops.

use std::{
    thread,
    time::{Duration, Instant},
};

use validator::config::Settings;

use crate::{
    client::{Answer, get},
    fixture::{served, served_with},
    upload::{API, post},
};

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
