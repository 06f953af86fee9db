//! Bodies that are too large, too slow or too many.

use std::{
    io::{Read, Write},
    thread,
    time::{Duration, Instant},
};

use validator::config::Settings;

use crate::{
    client::{connect, parse},
    fixture::{served, served_with},
    upload::{API, post},
};

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
