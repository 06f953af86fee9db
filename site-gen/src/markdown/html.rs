//! Writing HTML text.

use std::fmt;

/// Appends text with the five characters that mean something to HTML escaped.
pub(crate) fn escape_into(html: &mut String, text: &str) {
    escape_to(html, text).expect("writing to a string never fails");
}

/// Writes text with the five characters that mean something to HTML escaped.
pub(crate) fn escape_to(out: &mut (impl fmt::Write + ?Sized), text: &str) -> fmt::Result {
    let mut last = 0;
    for (index, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.write_str(&text[last..index])?;
        out.write_str(escaped)?;
        last = index + 1;
    }
    out.write_str(&text[last..])
}

/// Text with the five characters that mean something to HTML escaped.
pub(crate) fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 8);
    escape_into(&mut html, text);
    html
}
