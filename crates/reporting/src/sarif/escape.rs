//! Text as SARIF takes it: plain, as Markdown, as a reference.

/// SARIF reads `{0}` and `[words](target)` in plain text (3.11.5, 3.11.6): where they occur they
/// are escaped, and nowhere else, since not every viewer takes the escapes back.
pub(super) fn plain_text(text: &str) -> String {
    let bytes = text.as_bytes();
    let placeholder = bytes
        .windows(2)
        .any(|two| two[0] == b'{' && two[1].is_ascii_digit());
    let text = if placeholder {
        text.replace('{', "{{").replace('}', "}}")
    } else {
        text.to_owned()
    };
    if text.contains("](") {
        text.replace('\\', "\\\\")
            .replace('[', "\\[")
            .replace(']', "\\]")
    } else {
        text
    }
}

/// Text that stays text in `CommonMark`.
pub(super) fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii_punctuation()
            && !matches!(character, ',' | '.' | ';' | ':' | '/' | '-')
        {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

pub(super) fn markdown_url(url: &str) -> String {
    url.chars()
        .filter(|character| !matches!(character, '(' | ')' | '<' | '>' | ' ' | '\\'))
        .collect()
}

/// A file name as a relative reference of RFC 3986.
pub(super) fn uri(file: &str) -> String {
    use std::fmt::Write as _;
    let mut uri = String::with_capacity(file.len());
    for byte in file.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            uri.push(char::from(byte));
        } else if byte == b'\\' {
            uri.push('/');
        } else {
            // Writing to a String cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_become_references() {
        assert_eq!(uri("hồ sơ/a:b.yaml"), "h%E1%BB%93%20s%C6%A1/a%3Ab.yaml");
        assert_eq!(uri("C:\\a.json"), "C%3A/a.json");
    }

    #[test]
    fn plain_text_holds_no_link_and_no_placeholder() {
        assert_eq!(plain_text("[x](javascript:1)"), "\\[x\\](javascript:1)");
        assert_eq!(plain_text("a{0}b"), "a{{0}}b");
        assert_eq!(plain_text("/a[0] {vi: 1}"), "/a[0] {vi: 1}");
    }
}
