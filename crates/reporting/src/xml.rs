//! Text into XML 1.0: what XML cannot hold is made visible, the rest is escaped.

use crate::visible;

/// Text of one line, for element content and for attribute values in double quotes.
pub(crate) fn text(text: &str) -> String {
    escaped(&visible::line(text))
}

/// Text that keeps its line breaks, for element content.
pub(crate) fn lines(text: &str) -> String {
    escaped(&visible::lines(text))
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            other => escaped.push(other),
        }
    }
    escaped
}
