//! A client for measurements: one connection, plain HTTP/1.1 to this machine, nothing in between.

use std::{
    io::{BufRead as _, BufReader, Lines, Read as _, Write as _},
    net::TcpStream,
};

use anyhow::{Context, Result};

/// A connection that is kept open.
pub(crate) struct Client(BufReader<TcpStream>);

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    body: Vec<u8>,
}

impl Answer {
    /// Whether the body holds some words.
    pub(crate) fn holds(&self, words: &str) -> bool {
        String::from_utf8_lossy(&self.body).contains(words)
    }
}

impl Client {
    pub(crate) fn connect(port: u16) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_nodelay(true)?;
        Ok(Self(BufReader::new(stream)))
    }

    pub(crate) fn get(&mut self, address: &str) -> Result<Answer> {
        request(self.0.get_mut(), address)?;
        self.answer()
    }

    pub(crate) fn post(&mut self, address: &str, media_type: &str, body: &[u8]) -> Result<Answer> {
        let head = format!(
            "POST {address} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: {media_type}\r\n\
             content-length: {}\r\n\r\n",
            body.len()
        );
        self.0
            .get_mut()
            .write_all(&[head.as_bytes(), body].concat())?;
        self.answer()
    }

    fn answer(&mut self) -> Result<Answer> {
        let mut line = String::new();
        self.0.read_line(&mut line)?;
        let status = line.split(' ').nth(1).context("no answer")?.parse()?;
        let mut length = 0;
        loop {
            line.clear();
            self.0.read_line(&mut line)?;
            let (name, value) = line.split_once(':').unwrap_or((line.trim(), ""));
            if name.is_empty() {
                break;
            }
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse()?;
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body)?;
        Ok(Answer { status, body })
    }
}

/// The `data:` lines of a stream of server-sent events, as they come.
pub(crate) fn lines_of_events(
    port: u16,
    address: &str,
) -> Result<impl Iterator<Item = String> + Send> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    request(&mut stream, address)?;
    let lines: Lines<BufReader<TcpStream>> = BufReader::new(stream).lines();
    Ok(lines
        .map_while(Result::ok)
        .filter(|line| line.contains("data:")))
}

fn request(stream: &mut TcpStream, address: &str) -> Result<()> {
    let request = format!("GET {address} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n");
    Ok(stream.write_all(request.as_bytes())?)
}
