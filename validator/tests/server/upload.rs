//! Uploads as tests send them.

use std::{fmt::Write as _, net::SocketAddr};

use crate::client::{Answer, ask};

pub(crate) const API: &str = "/api/v1/validate";

pub(crate) fn post(address: SocketAddr, path: &str, media_type: &str, body: &[u8]) -> Answer {
    ask(
        address,
        "POST",
        path,
        &[&format!("Content-Type: {media_type}")],
        body,
    )
}

/// A `multipart/form-data` body: name, file name, content.
pub(crate) fn multipart(parts: &[(&str, Option<&str>, &str)]) -> Vec<u8> {
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

pub(crate) const FORM: &str = "multipart/form-data; boundary=XX";
