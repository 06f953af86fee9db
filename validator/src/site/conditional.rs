//! Whether the client already has what it asks for (RFC 9110, section 13).

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::{HeaderMap, header};

/// Whether the copy that the client holds is still good.
pub(super) fn not_modified(headers: &HeaderMap, tag: &str, modified: SystemTime) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(tags) = text(header::IF_NONE_MATCH) {
        return matches_any(tags, tag);
    }
    text(header::IF_MODIFIED_SINCE)
        .and_then(|value| httpdate::parse_http_date(value).ok())
        .is_some_and(|since| whole_seconds(modified) <= since)
}

/// Whether the part of a file that the client holds belongs to the file as it is now.
pub(super) fn range_applies(headers: &HeaderMap, tag: &str, modified: SystemTime) -> bool {
    let Some(value) = headers.get(header::IF_RANGE) else {
        return true;
    };
    let Ok(value) = value.to_str() else {
        return false;
    };
    if value.starts_with('"') {
        return value == tag;
    }
    httpdate::parse_http_date(value).is_ok_and(|date| date == whole_seconds(modified))
}

/// HTTP dates know no fractions.
pub(super) fn whole_seconds(moment: SystemTime) -> SystemTime {
    let seconds = moment
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs();
    UNIX_EPOCH + Duration::from_secs(seconds)
}

/// Weak comparison, as the standard asks for `If-None-Match`.
fn matches_any(tags: &str, tag: &str) -> bool {
    let bare = |text: &str| text.trim().trim_start_matches("W/").to_owned();
    tags.trim() == "*" || tags.split(',').any(|candidate| bare(candidate) == tag)
}
