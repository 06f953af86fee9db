//! Which language to answer in: the path says, else `?lang=`, else `Accept-Language`, else
//! Vietnamese.

use framework::Locale;
use http::{HeaderMap, header};

/// The language of a page by the first segment of its path.
pub(crate) fn of_path(path: &str) -> Option<Locale> {
    let first = path.strip_prefix('/')?.split('/').next()?;
    Locale::ALL.into_iter().find(|locale| locale.tag() == first)
}

/// The language a client likes best among ours; Vietnamese when it does not care.
pub(crate) fn of_headers(headers: &HeaderMap) -> Locale {
    headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .and_then(preferred)
        .unwrap_or(Locale::Vi)
}

fn preferred(accept: &str) -> Option<Locale> {
    let mut best: Option<(u16, Locale)> = None;
    for (item, quality) in weighted(accept) {
        let locale = if item == "*" {
            Some(Locale::Vi)
        } else {
            Locale::from_tag(item)
        };
        let Some(locale) = locale else { continue };
        if quality > 0 && best.is_none_or(|(best, _)| quality > best) {
            best = Some((quality, locale));
        }
    }
    best.map(|(_, locale)| locale)
}

/// The items of an `Accept…` header with their weight in thousandths, in the order given. A weight
/// that cannot be read counts as 0: the item is left out rather than preferred.
pub(crate) fn weighted(header: &str) -> impl Iterator<Item = (&str, u16)> {
    header.split(',').map(|part| {
        let mut pieces = part.split(';');
        let item = pieces.next().unwrap_or_default().trim();
        let quality = pieces
            .filter_map(|piece| piece.trim().strip_prefix("q="))
            .map(thousandths)
            .next()
            .unwrap_or(1000);
        (item, quality)
    })
}

fn thousandths(text: &str) -> u16 {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let digits_only = fraction.bytes().all(|byte| byte.is_ascii_digit());
    match whole {
        "1" => 1000,
        "0" if digits_only => format!("{fraction:0<3.3}").parse().unwrap_or(0),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_liked_language_wins_and_vietnamese_is_the_default() {
        for (accept, expected) in [
            ("en-GB,en;q=0.9,vi;q=0.8", Locale::En),
            ("vi-VN,vi;q=0.9,en-US;q=0.6", Locale::Vi),
            ("fr;q=1, en;q=0.3, vi;q=0.31", Locale::Vi),
            ("fr", Locale::Vi),
            ("en;q=0", Locale::Vi),
            ("*", Locale::Vi),
            ("", Locale::Vi),
            ("en;q=abc", Locale::Vi),
            (";;;,,,q=", Locale::Vi),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, accept.parse().unwrap());
            assert_eq!(of_headers(&headers), expected, "{accept}");
        }
    }

    #[test]
    fn the_first_segment_of_a_path_is_its_language() {
        assert_eq!(of_path("/vi/rules/"), Some(Locale::Vi));
        assert_eq!(of_path("/en"), Some(Locale::En));
        assert_eq!(of_path("/api/v1/rules"), None);
        assert_eq!(of_path("/enough/"), None);
    }
}
