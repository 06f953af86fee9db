//! A client over bare sockets: it can also say what no proper client would.

use std::{
    io::{self, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

/// Longer than any answer of the server may take: a queue of 10 s and a validation of 10 s.
const PATIENCE: Duration = Duration::from_secs(45);

/// An answer's head, and how long its body was.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: Vec<u8>,
}

pub(super) fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// A proper upload.
pub(super) fn post(address: SocketAddr, media_type: &str, body: &[u8]) -> io::Result<Answer> {
    let head = format!(
        "POST /api/v1/validate HTTP/1.1\r\nHost: soak\r\nConnection: close\r\n\
         Content-Type: {media_type}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    say(address, &[head.as_bytes(), body].concat())
}

pub(super) fn get(address: SocketAddr, path: &str) -> io::Result<Answer> {
    let head = format!("GET {path} HTTP/1.1\r\nHost: soak\r\nConnection: close\r\n\r\n");
    say(address, head.as_bytes())
}

/// Says these bytes and reads what comes back until the server closes.
pub(super) fn say(address: SocketAddr, bytes: &[u8]) -> io::Result<Answer> {
    let mut stream = connect(address)?;
    // The server may refuse before everything is said; its answer counts, not our failing write.
    let said = stream.write_all(bytes);
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Err(error) if answer.is_empty() => return Err(said.err().unwrap_or(error)),
        _ => {}
    }
    parse(&answer).ok_or_else(|| {
        let kind = io::ErrorKind::UnexpectedEof;
        said.err().unwrap_or_else(|| kind.into())
    })
}

fn parse(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Answer {
        status,
        head,
        body: bytes[end + 4..].to_vec(),
    })
}
