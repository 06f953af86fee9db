//! Results as a page shows them, without JavaScript.

use framework::Locale;

use crate::{Hit, Kind, Query, Results, results::escaped};

/// The words of the results list.
struct Words {
    nothing: &'static str,
    advice: &'static str,
    did_you_mean: &'static str,
    all: &'static str,
    filter: &'static str,
    more: &'static str,
    back: &'static str,
    twin: &'static str,
    passage: &'static str,
    same_page: &'static str,
    pages: &'static str,
}

const VIETNAMESE: Words = Words {
    nothing: "Không tìm thấy nội dung phù hợp.",
    advice: "Đề nghị thử ít từ hơn, gõ có hoặc không có dấu, hoặc số của mục, mã thành phần, mã quy tắc (II.3.4, NT-4, KKT2-PLT-007).",
    did_you_mean: "Có phải ý bạn là",
    all: "Tất cả",
    filter: "Lọc theo loại",
    more: "Kết quả tiếp theo",
    back: "Kết quả trước",
    twin: "bản tiếng Anh",
    passage: "Đến đoạn này",
    same_page: "Cùng trang:",
    pages: "Trang kết quả",
};
const ENGLISH: Words = Words {
    nothing: "Nothing found.",
    advice: "Try fewer words, or the number of a clause, a component code or a rule id (II.3.4, NT-4, KKT2-PLT-007).",
    did_you_mean: "Did you mean",
    all: "All",
    filter: "Filter by kind",
    more: "Next results",
    back: "Previous results",
    twin: "Vietnamese version",
    passage: "Go to this passage",
    same_page: "On the same page:",
    pages: "Pages of results",
};

impl Words {
    const fn of(locale: Locale) -> &'static Self {
        match locale {
            Locale::Vi => &VIETNAMESE,
            Locale::En => &ENGLISH,
        }
    }
}

/// What a kind is called.
pub(crate) const fn kind_name(kind: Kind, locale: Locale) -> &'static str {
    match (locale, kind) {
        (Locale::Vi, Kind::Clause) => "Điều khoản",
        (Locale::Vi, Kind::Component) => "Thành phần",
        (Locale::Vi, Kind::Term) => "Thuật ngữ",
        (Locale::Vi, Kind::Rule) => "Quy tắc",
        (Locale::Vi, Kind::Owner) => "Cơ quan chủ trì",
        (Locale::Vi, Kind::Guide) => "Hướng dẫn",
        (Locale::En, Kind::Clause) => "Clause",
        (Locale::En, Kind::Component) => "Component",
        (Locale::En, Kind::Term) => "Term",
        (Locale::En, Kind::Rule) => "Rule",
        (Locale::En, Kind::Owner) => "Lead agency",
        (Locale::En, Kind::Guide) => "Guide",
    }
}

/// How many hits there are, in a sentence.
fn count_sentence(results: &Results, locale: Locale) -> String {
    let count = match (locale, results.total) {
        (Locale::Vi, count) => format!("{count} kết quả."),
        (Locale::En, 1) => "1 result.".to_owned(),
        (Locale::En, count) => format!("{count} results."),
    };
    match (locale, results.total_is_at_least) {
        (_, false) => count,
        (Locale::Vi, true) => format!("Ít nhất {count}"),
        (Locale::En, true) => format!("At least {count}"),
    }
}

/// Results as HTML for the slot of the search page: count, "did you mean", filters, the hits
/// grouped by page, and links to further pages. Everything is escaped; an empty query gives
/// nothing.
pub fn results_html(results: &Results, query: &Query) -> String {
    let mut html = String::new();
    if query.text.trim().is_empty() {
        return html;
    }
    let words = Words::of(query.locale);
    if results.total == 0 {
        push(
            &mut html,
            &[
                "<p role=\"status\">",
                words.nothing,
                "</p><p>",
                words.advice,
                "</p>",
            ],
        );
    } else {
        let count = count_sentence(results, query.locale);
        push(
            &mut html,
            &["<p class=\"muted\" role=\"status\">", &count, "</p>"],
        );
    }
    if let Some(meant) = &results.did_you_mean {
        let link = address(
            &Query {
                text: meant.clone(),
                ..query.clone()
            },
            0,
        );
        let text = escaped(meant);
        push(
            &mut html,
            &[
                "<p>",
                words.did_you_mean,
                " <a href=\"",
                &link,
                "\">",
                &text,
                "</a>?</p>",
            ],
        );
    }
    push_filters(&mut html, results, query, words);
    push_hits(&mut html, results, words);
    push_pages(&mut html, results, query, words);
    html
}

fn push(html: &mut String, pieces: &[&str]) {
    html.extend(pieces.iter().copied());
}

fn push_filters(html: &mut String, results: &Results, query: &Query, words: &Words) {
    if results.kinds.len() < 2 && query.filter.kind.is_none() {
        return;
    }
    push(
        html,
        &[
            "<nav class=\"search-kinds\" aria-label=\"",
            words.filter,
            "\"><ul>",
        ],
    );
    let chosen = |is: bool| if is { " aria-current=\"true\"" } else { "" };
    let link = address(&query.clone().kind(None), 0);
    let none = query.filter.kind.is_none();
    push(
        html,
        &[
            "<li><a href=\"",
            &link,
            "\"",
            chosen(none),
            ">",
            words.all,
            "</a></li>",
        ],
    );
    for kind in &results.kinds {
        let link = address(&query.clone().kind(Some(kind.kind)), 0);
        let is_chosen = chosen(query.filter.kind == Some(kind.kind));
        let name = kind_name(kind.kind, query.locale);
        let count = kind.count.to_string();
        push(
            html,
            &[
                "<li><a href=\"",
                &link,
                "\"",
                is_chosen,
                ">",
                name,
                " (",
                &count,
                ")</a></li>",
            ],
        );
    }
    html.push_str("</ul></nav>");
}

fn push_hits(html: &mut String, results: &Results, words: &Words) {
    if results.hits.is_empty() {
        return;
    }
    html.push_str("<ol class=\"hits\">");
    for (place, hit) in results.hits.iter().enumerate() {
        if results.hits[..place]
            .iter()
            .any(|earlier| earlier.page() == hit.page())
        {
            continue;
        }
        html.push_str("<li>");
        push_hit(html, hit, words);
        let mut others = results.hits[place + 1..]
            .iter()
            .filter(|other| other.page() == hit.page());
        if let Some(first) = others.next() {
            push(
                html,
                &[
                    "<p class=\"hits-same\">",
                    words.same_page,
                    "</p><ul class=\"hits-within\">",
                ],
            );
            for other in std::iter::once(first).chain(others) {
                html.push_str("<li>");
                push_hit(html, other, words);
                html.push_str("</li>");
            }
            html.push_str("</ul>");
        }
        html.push_str("</li>");
    }
    html.push_str("</ol>");
}

fn push_hit(html: &mut String, hit: &Hit, words: &Words) {
    let (url, title) = (escaped(&hit.url), escaped(&hit.title));
    html.push_str("<h3><a href=\"");
    push(html, &[&url, "\">"]);
    if let Some(code) = &hit.clause {
        push(
            html,
            &["<span class=\"hit-code\">", &escaped(code), "</span> "],
        );
    }
    push(
        html,
        &[
            &title,
            "</a></h3><p class=\"hit-place\"><span class=\"chip\">",
        ],
    );
    push(
        html,
        &[
            kind_name(hit.kind, hit.lang),
            "</span> ",
            &escaped(&hit.breadcrumb),
        ],
    );
    if let Some(twin) = &hit.twin {
        let lang = hit.lang.other().tag();
        push(
            html,
            &[
                " · <a href=\"",
                &escaped(twin),
                "\" hreflang=\"",
                lang,
                "\">",
                words.twin,
                "</a>",
            ],
        );
    }
    push(html, &["</p><p>", &hit.snippet]);
    if let Some(passage) = hit.passage.as_ref().filter(|passage| **passage != hit.url) {
        push(
            html,
            &[
                " <a href=\"",
                &escaped(passage),
                "\">",
                words.passage,
                "</a>",
            ],
        );
    }
    html.push_str("</p>");
}

fn push_pages(html: &mut String, results: &Results, query: &Query, words: &Words) {
    let next = query.offset + query.limit;
    let has_next = results.hits.len() == query.limit && next < results.total as usize;
    if !has_next && query.offset == 0 {
        return;
    }
    push(
        html,
        &[
            "<nav class=\"search-pages\" aria-label=\"",
            words.pages,
            "\">",
        ],
    );
    if query.offset > 0 {
        let link = address(query, query.offset.saturating_sub(query.limit));
        push(
            html,
            &["<a rel=\"prev\" href=\"", &link, "\">", words.back, "</a> "],
        );
    }
    if has_next {
        push(
            html,
            &[
                "<a rel=\"next\" href=\"",
                &address(query, next),
                "\">",
                words.more,
                "</a>",
            ],
        );
    }
    html.push_str("</nav>");
}

/// The address of a results page, safe in an attribute.
fn address(query: &Query, offset: usize) -> String {
    let mut address = format!(
        "/{}/search/?q={}",
        query.locale,
        percent_encoded(&query.text)
    );
    if let Some(kind) = query.filter.kind {
        address.push_str("&amp;kind=");
        address.push_str(kind.as_str());
    }
    if let Some(layer) = query.layer_word() {
        address.push_str("&amp;layer=");
        address.push_str(layer);
    }
    if offset > 0 {
        address.push_str("&amp;offset=");
        address.push_str(&offset.to_string());
    }
    address
}

fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(byte as char);
        } else {
            let digit = |value: u8| b"0123456789ABCDEF"[usize::from(value & 15)] as char;
            encoded.extend(['%', digit(byte >> 4), digit(byte)]);
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_query_is_shown_as_text_and_as_nothing_else() {
        let query = Query::new("\"><script>alert(1)</script>", Locale::Vi);
        let results = Results {
            query: query.text.clone(),
            total: 0,
            total_is_at_least: false,
            hits: Vec::new(),
            kinds: Vec::new(),
            did_you_mean: Some("<img src=x>".to_owned()),
            suggestions: Vec::new(),
        };
        let html = results_html(&results, &query);
        assert!(
            !html.contains("<script") && !html.contains("<img"),
            "{html}"
        );
        assert!(html.contains("Không tìm thấy"));
        assert!(html.contains("&lt;img src=x&gt;"));
    }

    #[test]
    fn one_result_is_counted_as_one() {
        let sentence = |total, total_is_at_least, locale| {
            let results = Results {
                query: String::new(),
                total,
                total_is_at_least,
                hits: Vec::new(),
                kinds: Vec::new(),
                did_you_mean: None,
                suggestions: Vec::new(),
            };
            count_sentence(&results, locale)
        };
        for (total, at_least, vietnamese, english) in [
            (1, false, "1 kết quả.", "1 result."),
            (2, false, "2 kết quả.", "2 results."),
            (1, true, "Ít nhất 1 kết quả.", "At least 1 result."),
            (200, true, "Ít nhất 200 kết quả.", "At least 200 results."),
        ] {
            assert_eq!(sentence(total, at_least, Locale::Vi), vietnamese);
            assert_eq!(sentence(total, at_least, Locale::En), english);
        }
    }

    #[test]
    fn an_empty_query_shows_nothing() {
        let results = Results {
            query: String::new(),
            total: 0,
            total_is_at_least: false,
            hits: Vec::new(),
            kinds: Vec::new(),
            did_you_mean: None,
            suggestions: Vec::new(),
        };
        assert_eq!(results_html(&results, &Query::new("  ", Locale::En)), "");
    }
}
