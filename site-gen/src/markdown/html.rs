//! Writing HTML text.

/// Appends text with the five characters that mean something to HTML escaped.
pub(crate) fn escape_into(html: &mut String, text: &str) {
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
        html.push_str(&text[last..index]);
        html.push_str(escaped);
        last = index + 1;
    }
    html.push_str(&text[last..]);
}

/// Text with the five characters that mean something to HTML escaped.
pub(crate) fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 8);
    escape_into(&mut html, text);
    html
}
