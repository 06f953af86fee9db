//! Those who mean harm, each in a thread of its own, over and over.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    sync::Arc,
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use super::{
    Field,
    listing::Outcome,
    nasty,
    traffic::{self, Answer},
};

/// Heads that never end, at the same time.
const SLOW_HEADS: usize = 1500;

/// Bodies that stop in the middle, at the same time.
const STALLED_BODIES: usize = 500;

/// One kind of harm: its name, how long to wait between two, and what is done.
type Kind = (&'static str, Duration, fn(&Field, u64) -> Outcome);

const KINDS: [Kind; 8] = [
    ("hostile: too large, announced", ms(500), announced),
    ("hostile: too large, chunked", ms(500), chunked),
    ("hostile: traversal", ms(10), traversal),
    ("hostile: garbage", ms(20), garbage),
    ("hostile: broken off while sending", ms(50), broken_off),
    ("hostile: gone before the answer", ms(100), gone),
    ("hostile: a flood of faults", ms(3000), flood),
    ("hostile: never reads", ms(1000), never_reads),
];

const fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// Starts them all.
pub(super) fn begin(field: &Arc<Field>) -> Vec<JoinHandle<()>> {
    let mut threads = Vec::new();
    for (name, pause, act) in KINDS {
        let field = Arc::clone(field);
        threads.push(thread::spawn(move || {
            for turn in 0.. {
                if !field.goes_on() {
                    return;
                }
                let begun = Instant::now();
                let outcome = act(&field, turn);
                field.listing.add(name, outcome, Some(begun.elapsed()));
                field.pause(pause);
            }
        }));
    }
    let bombs = Arc::clone(field);
    threads.push(thread::spawn(move || throw_bombs(&bombs)));
    let slow = Arc::clone(field);
    let head = b"GET /vi/ HTTP/1.1\r\nHost: soak\r\nX-Slow: ";
    threads.push(thread::spawn(move || {
        crawl(&slow, "hostile: slow head", SLOW_HEADS, head, true);
    }));
    let stalled = Arc::clone(field);
    let body =
        b"POST /api/v1/validate HTTP/1.1\r\nHost: soak\r\nContent-Type: application/json\r\n\
        Content-Length: 5000000\r\n\r\n{\"half\":";
    threads.push(thread::spawn(move || {
        crawl(
            &stalled,
            "hostile: stalled body",
            STALLED_BODIES,
            body,
            false,
        );
    }));
    threads
}

/// Keeps so many connections open that have begun to say something; they drip, or say nothing more.
fn crawl(field: &Field, who: &'static str, count: usize, beginning: &[u8], drips: bool) {
    let mut open: Vec<Option<(TcpStream, Instant)>> = (0..count).map(|_| None).collect();
    while field.goes_on() {
        for place in &mut open {
            if !field.goes_on() {
                return;
            }
            match place {
                None => *place = begun(field, beginning),
                Some((stream, since)) => {
                    let over = is_closed(stream) || (drips && stream.write_all(b"x").is_err());
                    if over {
                        field
                            .listing
                            .add(who, Outcome::Closed, Some(since.elapsed()));
                        *place = None;
                    } else if since.elapsed() > Duration::from_secs(40) {
                        let what = "still open after 40 s".to_owned();
                        field.listing.add(who, Outcome::Fault(what), None);
                        *place = None;
                    }
                }
            }
        }
        field.pause(Duration::from_millis(500));
    }
}

fn begun(field: &Field, beginning: &[u8]) -> Option<(TcpStream, Instant)> {
    let mut stream = traffic::connect(field.address).ok()?;
    stream.write_all(beginning).ok()?;
    stream.set_nonblocking(true).ok()?;
    Some((stream, Instant::now()))
}

fn is_closed(stream: &mut TcpStream) -> bool {
    let mut answer = [0; 512];
    loop {
        match stream.read(&mut answer) {
            Ok(0) => return true,
            // The reason for the end (408); the end itself follows.
            Ok(_) => {}
            Err(error) => return error.kind() != std::io::ErrorKind::WouldBlock,
        }
    }
}

fn throw_bombs(field: &Field) {
    let corpus = nasty::corpus();
    for bomb in corpus.iter().cycle() {
        if !field.goes_on() {
            return;
        }
        let media_type = match bomb.name.rsplit('.').next() {
            Some("json") => "application/json",
            Some("xml") => "application/xml",
            Some("csv") => "text/csv",
            Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            _ => "application/yaml",
        };
        let begun = Instant::now();
        let answer = traffic::post(field.address, media_type, &bomb.bytes);
        let outcome = match bomb.answer {
            "read" => planned(answer, &[200, 503]),
            _ => planned(answer, &[200, 413, 415, 422, 503]),
        };
        field.listing.add(
            "hostile: bombs of every format",
            outcome,
            Some(begun.elapsed()),
        );
        field.pause(Duration::from_millis(200));
    }
}

/// An answer with one of these statuses, or no answer at all.
fn planned(answer: std::io::Result<Answer>, statuses: &[u16]) -> Outcome {
    match answer {
        Err(_) => Outcome::Closed,
        Ok(answer) if statuses.contains(&answer.status) => Outcome::Status(answer.status),
        Ok(answer) => Outcome::Fault(format!("status {}", answer.status)),
    }
}

fn announced(field: &Field, _: u64) -> Outcome {
    let body = vec![b' '; 11 << 20];
    planned(
        traffic::post(field.address, "application/json", &body),
        &[413],
    )
}

fn chunked(field: &Field, _: u64) -> Outcome {
    let mut request = b"POST /api/v1/validate HTTP/1.1\r\nHost: soak\r\nConnection: close\r\n\
        Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        .to_vec();
    let chunk = [b"10000\r\n".as_slice(), &vec![b' '; 0x10000], b"\r\n"].concat();
    for _ in 0..170 {
        request.extend_from_slice(&chunk);
    }
    request.extend_from_slice(b"0\r\n\r\n");
    // 503: no room for all the uploads at once, said before the body was too large.
    planned(traffic::say(field.address, &request), &[413, 503])
}

const TRAVERSALS: [&str; 8] = [
    "/../../../etc/passwd",
    "/vi/..%2f..%2f..%2fetc/passwd",
    "/%2e%2e/%2e%2e/Cargo.toml",
    "/vi/%00",
    "/.khung/manifest.json",
    "/vi/..;/..;/etc/passwd",
    "/..%255c..%255cetc/passwd",
    "//etc/passwd",
];

fn traversal(field: &Field, turn: u64) -> Outcome {
    let path = TRAVERSALS[usize::try_from(turn).unwrap_or(0) % TRAVERSALS.len()];
    planned(traffic::get(field.address, path), &[400, 404])
}

/// Bytes without any sense, different each time and the same in every run.
fn garbage(field: &Field, turn: u64) -> Outcome {
    let mut state = turn.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let bytes: Vec<u8> = (0..512)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_be_bytes()[3]
        })
        .chain(*b"\r\n\r\n")
        .collect();
    planned(
        traffic::say(field.address, &bytes),
        &[400, 404, 405, 414, 431],
    )
}

fn broken_off(field: &Field, _: u64) -> Outcome {
    let head =
        b"POST /api/v1/validate HTTP/1.1\r\nHost: soak\r\nContent-Type: application/yaml\r\n\
        Content-Length: 100000\r\n\r\n";
    if let Ok(mut stream) = traffic::connect(field.address) {
        let _ = stream.write_all(head);
        let _ = stream.write_all(&vec![b'a'; 50_000]);
    }
    Outcome::Closed
}

fn gone(field: &Field, _: u64) -> Outcome {
    let head =
        b"POST /api/v1/validate HTTP/1.1\r\nHost: soak\r\nContent-Type: application/json\r\n\
        Content-Length: 2\r\n\r\n{}";
    if let Ok(mut stream) = traffic::connect(field.address) {
        let _ = stream.write_all(head);
    }
    Outcome::Closed
}

fn flood(field: &Field, _: u64) -> Outcome {
    let records = "{\"id\": 1, \"sourcing\": \"stolen\"},".repeat(19_000);
    let body = format!("{{\"applications\": [{}]}}", records.trim_end_matches(','));
    planned(
        traffic::post(field.address, "application/json", body.as_bytes()),
        &[200, 503],
    )
}

/// Asks for much and takes nothing of it.
fn never_reads(field: &Field, _: u64) -> Outcome {
    let Ok(mut stream) = traffic::connect(field.address) else {
        return Outcome::Closed;
    };
    let _ = stream.set_write_timeout(Some(Duration::from_millis(200)));
    for _ in 0..2000 {
        let asked = stream.write_all(b"GET /vi/framework/all/ HTTP/1.1\r\nHost: soak\r\n\r\n");
        if asked.is_err() {
            break;
        }
    }
    field.pause(Duration::from_secs(12));
    Outcome::Closed
}
