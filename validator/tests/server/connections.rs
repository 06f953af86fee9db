//! Clients that are slow, silent, greedy or many, and the end of the server.

use std::{
    io::{Read, Write},
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

use validator::{ServeError, config::Settings};

use crate::{
    client::{connect, get, parse, raw},
    fixture::{configured, parts, served, served_with},
};

fn impatient() -> Settings {
    Settings {
        head_timeout_seconds: Some(1),
        body_timeout_seconds: Some(3),
        stall_timeout_seconds: Some(1),
        drain_timeout_seconds: Some(2),
        ..Settings::default()
    }
}

/// How long the server keeps a connection on which only `bytes` were said.
fn kept_open(mut stream: TcpStream, bytes: &[u8]) -> Duration {
    stream.write_all(bytes).unwrap();
    let begun = Instant::now();
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest);
    begun.elapsed()
}

#[test]
fn silent_half_said_and_idle_connections_are_closed_in_time() {
    let server = served_with(impatient());
    let half = b"GET /vi/ HTTP/1.1\r\nHost: te";
    let idle = b"GET /healthz HTTP/1.1\r\nHost: test\r\n\r\n";
    for bytes in [&b""[..], half, idle] {
        let open = kept_open(connect(server.address()), bytes);
        assert!(open >= Duration::from_millis(700), "{open:?}");
        assert!(open < Duration::from_secs(3), "{open:?}");
    }
}

#[test]
fn a_head_that_drips_is_closed_in_time() {
    let server = served_with(impatient());
    let mut stream = connect(server.address());
    let begun = Instant::now();
    let mut closed = false;
    while begun.elapsed() < Duration::from_secs(4) && !closed {
        closed = stream.write_all(b"X").is_err();
        thread::sleep(Duration::from_millis(100));
    }
    assert!(closed, "still open after {:?}", begun.elapsed());
}

#[test]
fn others_are_served_while_many_connections_are_slow() {
    let server = served();
    let slow: Vec<TcpStream> = (0..300)
        .map(|_| {
            let mut stream = connect(server.address());
            stream.write_all(b"GET /vi/ HTTP/1.1\r\nHost:").unwrap();
            stream
        })
        .collect();
    let begun = Instant::now();
    for _ in 0..20 {
        assert_eq!(get(server.address(), "/vi/", &[]).status, 200);
    }
    assert!(
        begun.elapsed() < Duration::from_secs(2),
        "{:?}",
        begun.elapsed()
    );
    drop(slow);
}

#[test]
fn when_all_room_is_taken_the_next_one_waits_for_a_slow_one_to_be_closed() {
    let server = served_with(Settings {
        connections: Some(8),
        ..impatient()
    });
    let slow: Vec<TcpStream> = (0..8).map(|_| connect(server.address())).collect();
    assert_eq!(get(server.address(), "/vi/", &[]).status, 200);
    drop(slow);
}

#[test]
fn a_head_that_is_too_large_is_refused() {
    let server = served();
    let many = "X-a: y\r\n".repeat(200);
    let answer = parse(&raw(
        server.address(),
        format!("GET /vi/ HTTP/1.1\r\nHost: test\r\n{many}\r\n").as_bytes(),
    ));
    assert_eq!(answer.status, 431);
    let long = format!("GET /{} HTTP/1.1\r\nHost: test\r\n\r\n", "a".repeat(9000));
    assert_eq!(parse(&raw(server.address(), long.as_bytes())).status, 414);
    let endless = format!("GET / HTTP/1.1\r\nHost: test\r\nX: {}", "a".repeat(200_000));
    assert_eq!(
        parse(&raw(server.address(), endless.as_bytes())).status,
        431
    );
}

#[test]
fn nonsense_is_refused_and_does_no_harm() {
    let server = served();
    for nonsense in [
        &b"\x16\x03\x01\x02\x00\x01\x00"[..],
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET /\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        b"GET http://other/vi/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        b"CONNECT other:80 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        b"\x00\x00\x00\x00\r\n\r\n",
    ] {
        let mut stream = connect(server.address());
        stream
            .set_read_timeout(Some(Duration::from_secs(1)))
            .unwrap();
        stream.write_all(nonsense).unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let said = String::from_utf8_lossy(&answer);
        assert!(
            !said.starts_with("HTTP/1.1 5"),
            "{:?} → {said}",
            String::from_utf8_lossy(nonsense)
        );
    }
    assert_eq!(get(server.address(), "/vi/", &[]).status, 200);
}

/// On the loopback segments would otherwise be as long as the window, and every so often an upload waited for the
/// other side to ask whether it has opened again.
#[test]
fn a_proxy_on_the_same_machine_sends_in_short_segments() {
    let server = served();
    let client = connect(server.address());
    let longest = socket2::SockRef::from(&client).tcp_mss().unwrap();
    assert!(longest <= 16 * 1024, "{longest}");
}

#[test]
fn a_port_that_is_taken_is_said_in_one_line_of_each_language() {
    let server = served();
    let mut config = configured(Settings::default());
    config.listen = server.address();
    let parts = parts(server.folder.path());
    let Err(error) = validator::start(config, parts, Box::new(std::io::sink())) else {
        panic!("two servers at one address");
    };
    assert!(matches!(error, ServeError::PortInUse(address) if address == server.address()));
    let message = error.message();
    for line in [&message.vi, &message.en] {
        assert!(
            line.contains(&server.address().to_string()) && !line.contains('\n'),
            "{line}"
        );
    }
}

#[test]
fn the_server_stops_in_time_with_stalled_clients_connected() {
    let server = served_with(impatient());
    let mut stalled = connect(server.address());
    stalled
        .write_all(b"POST /vi/ HTTP/1.1\r\nHost: t\r\nContent-Length: 100\r\n\r\nhalf")
        .unwrap();
    let silent = connect(server.address());
    thread::sleep(Duration::from_millis(100));
    let begun = Instant::now();
    server.stop();
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "{:?}",
        begun.elapsed()
    );
    drop((stalled, silent));
}

#[test]
fn metrics_can_live_at_an_address_of_their_own() {
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let server = served_with(Settings {
        metrics_listen: Some(Some(free)),
        ..Settings::default()
    });
    assert_eq!(get(server.address(), "/metrics", &[]).status, 404);
    let metrics = get(free, "/metrics", &[]).text();
    assert!(metrics.contains("khung_requests_total"), "{metrics}");
    assert_eq!(
        get(free, "/vi/", &[]).status,
        404,
        "the site is not at the operators' address"
    );
}

#[test]
fn a_client_that_never_reads_loses_its_connection() {
    let server = served_with(impatient());
    let mut stream = connect(server.address());
    stream
        .set_write_timeout(Some(Duration::from_millis(500)))
        .unwrap();
    let request = b"GET /vi/ HTTP/1.1\r\nHost: test\r\n\r\n".repeat(100);
    // Until the server stops reading, because its answers find no room.
    while stream.write_all(&request).is_ok() {}
    let begun = Instant::now();
    let open = || {
        let metrics = get(server.address(), "/metrics", &[]).text();
        metrics.contains("khung_connections 2")
    };
    while open() {
        assert!(begun.elapsed() < Duration::from_secs(10), "still open");
        thread::sleep(Duration::from_millis(100));
    }
}
