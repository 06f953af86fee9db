//! Writing HTML text.

use std::fmt;

/// Appends text with the five characters that mean something to HTML escaped.
pub(crate) fn escape_into(html: &mut String, text: &str) {
    escape_to(html, text).expect("writing to a string never fails");
}

/// Writes text with the five characters that mean something to HTML escaped.
pub(crate) fn escape_to(out: &mut (impl fmt::Write + ?Sized), text: &str) -> fmt::Result {
    let mut rest = text;
    while let Some((at, escaped)) = first_escaped(rest.as_bytes()) {
        out.write_str(&rest[..at])?;
        out.write_str(escaped)?;
        rest = &rest[at + 1..];
    }
    out.write_str(rest)
}

/// Where the first character stands that means something, and what is written instead. Most texts have none:
/// they are looked through by pieces of so many bytes, each at a stroke.
fn first_escaped(text: &[u8]) -> Option<(usize, &'static str)> {
    const PIECE: usize = 32;
    let means_something = |byte: &u8| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
    let pieces = text.chunks(PIECE);
    let empty = pieces.take_while(|piece| {
        let found = piece.iter().map(means_something);
        !found.fold(false, |any, one| any | one)
    });
    let start = (empty.count() * PIECE).min(text.len());
    let at = start + text[start..].iter().position(means_something)?;
    let escaped = match text[at] {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'>' => "&gt;",
        b'"' => "&quot;",
        _ => "&#39;",
    };
    Some((at, escaped))
}

/// Text with the five characters that mean something to HTML escaped.
pub(crate) fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 8);
    escape_into(&mut html, text);
    html
}
