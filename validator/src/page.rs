//! Pages that the server makes: what it has to say, set into a frame that site-gen built.

use std::fmt::Write as _;

use framework::{Locale, Localized};
use http::StatusCode;

use crate::{
    problem::{Problem, locale_value},
    reply::{Response, page_reply},
    state::App,
};

/// Where a frame wants what the server has to say.
pub(crate) const SLOT: &str = "<!--khung:slot-->";

/// The frames that site-gen builds for the server.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Frame {
    /// Around a report.
    Report,
    /// Around the results of a search.
    Search,
    /// The upload form, with the slot above it.
    Validate,
    /// Around anything that went wrong.
    Error,
    /// Around anything else.
    Plain,
}

impl Frame {
    const fn name(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Search => "search",
            Self::Validate => "validate",
            // The frame of errors has nothing but the navigation.
            Self::Error | Self::Plain => "error",
        }
    }
}

/// A finished page: the frame with the slot filled; a plain frame where the site has none.
pub(crate) fn framed(app: &App, locale: Locale, frame: Frame, content: &str) -> String {
    let site = app.site.load();
    let shell = site.as_ref().and_then(|site| {
        site.shell(locale, frame.name())
            .or_else(|| site.shell(locale, Frame::Error.name()))
    });
    match shell.and_then(|shell| shell.split_once(SLOT)) {
        Some((before, after)) => [before, content, after].concat(),
        None => format!(
            "<!doctype html><html lang=\"{locale}\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><title>Khung</title></head>\
             <body><main id=\"main\">{content}</main></body></html>"
        ),
    }
}

/// A problem as a page: in the frame, with an error summary that links to the fields concerned.
pub(crate) fn problem_page(app: &App, locale: Locale, frame: Frame, problem: &Problem) -> Response {
    let html = framed(app, locale, frame, &summary(problem, locale));
    problem_reply(locale, problem, &html)
}

/// A page that says a problem, with its status and headers. Its title says so first.
pub(crate) fn problem_reply(locale: Locale, problem: &Problem, html: &str) -> Response {
    let marked = Localized::new("<title>Lỗi: ", "<title>Error: ");
    let mut response = page_reply(
        problem.kind.status(),
        html.replacen("<title>", marked.get(locale), 1),
    );
    response
        .headers_mut()
        .insert(http::header::CONTENT_LANGUAGE, locale_value(locale));
    problem.put_headers(&mut response);
    response
}

/// A page that is an answer.
pub(crate) fn answer_page(locale: Locale, html: String) -> Response {
    let mut response = page_reply(StatusCode::OK, html);
    response
        .headers_mut()
        .insert(http::header::CONTENT_LANGUAGE, locale_value(locale));
    response
}

/// The page under another title.
pub(crate) fn titled(html: &str, title: &str) -> String {
    let Some((before, rest)) = html.split_once("<title>") else {
        return html.to_owned();
    };
    let after = rest.find("</title>").map_or("", |end| &rest[end..]);
    [before, "<title>", &escaped(title), after].concat()
}

/// What went wrong, above everything else on the page; gets the focus.
pub(crate) fn summary(problem: &Problem, locale: Locale) -> String {
    let mut html = format!(
        "<div class=\"esum\" role=\"alert\" tabindex=\"-1\" id=\"error-summary\" autofocus>\
         <h2>{}</h2><p>{}</p>",
        escaped(problem.kind.title().get(locale)),
        escaped(problem.detail.get(locale)),
    );
    if !problem.faults.is_empty() {
        html.push_str("<ul>");
        for fault in &problem.faults {
            let said = escaped(fault.detail.get(locale));
            let name = escaped(&fault.name);
            let line = match fault.place {
                "field" => format!("<li><a href=\"#{name}\">{}</a></li>", capitalised(&said)),
                _ => format!("<li><code>{name}</code>: {said}</li>"),
            };
            html.push_str(&line);
        }
        html.push_str("</ul>");
    }
    html.push_str("</div>");
    html
}

/// Puts what was entered back into a form, so that nobody has to enter it twice. Fields are known by
/// their id; one that the form does not have is passed over.
pub(crate) fn refill(html: &str, id: &str, value: &str) -> String {
    let filled = || {
        let at = html.find(&format!(" id=\"{id}\""))?;
        let open = html[..at].rfind('<')?;
        let close = at + html[at..].find('>')?;
        let value = escaped(value);
        let mut filled = String::with_capacity(html.len() + value.len() + 16);
        match html[open + 1..]
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()?
        {
            "textarea" => {
                // A line break right after the tag would be swallowed.
                let (before, after) = html.split_at(close + 1);
                write!(filled, "{before}\n{value}{after}").ok()?;
            }
            "input" => {
                let (before, after) = html.split_at(close);
                write!(filled, "{before} value=\"{value}\"{after}").ok()?;
            }
            "select" => {
                let wanted = format!("<option value=\"{value}\"");
                let option = close + html[close..].find(&wanted)? + wanted.len();
                let (before, after) = html.split_at(option);
                write!(filled, "{before} selected{after}").ok()?;
            }
            _ => return None,
        }
        Some(filled)
    };
    filled().unwrap_or_else(|| html.to_owned())
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// Text as HTML, in content and in quoted attributes.
pub(crate) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            // Neither HTML nor people can do anything with it.
            '\0' => html.push('\u{fffd}'),
            other => html.push(other),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &str = "<form><input type=\"date\" id=\"date\"><select id=\"level\">\
        <option value=\"\">-</option><option value=\"province\">Tỉnh</option></select>\
        <textarea id=\"text\" rows=\"2\"></textarea></form>";

    #[test]
    fn what_was_entered_is_put_back_and_stays_text() {
        let form = refill(FORM, "date", "2026-\"><script>");
        let form = refill(&form, "level", "province");
        let form = refill(&form, "text", "a: 1\n</textarea><script>alert(1)</script>");
        assert!(
            form.contains("id=\"date\" value=\"2026-&quot;&gt;&lt;script&gt;\">"),
            "{form}"
        );
        assert!(
            form.contains("<option value=\"province\" selected>"),
            "{form}"
        );
        assert!(
            form.contains("rows=\"2\">\na: 1\n&lt;/textarea&gt;"),
            "{form}"
        );
        assert_eq!(form.matches("<script").count(), 0);
    }

    #[test]
    fn a_field_or_choice_that_the_form_does_not_have_changes_nothing() {
        assert_eq!(refill(FORM, "absent", "x"), FORM);
        assert_eq!(refill(FORM, "level", "\"><b>"), FORM);
    }

    #[test]
    fn a_summary_links_to_the_fields_concerned_and_escapes_what_it_quotes() {
        let problem =
            crate::form::no_submission().fault("parameter", "<b>", Localized::text("<i>", "<i>"));
        let html = summary(&problem, Locale::Vi);
        assert!(
            html.contains("<a href=\"#submission\">Chọn tệp hồ sơ để kiểm tra</a>"),
            "{html}"
        );
        assert!(html.contains("<code>&lt;b&gt;</code>: &lt;i&gt;"), "{html}");
    }
}
