//! The words of the status page.

use framework::{Locale, Localized};

use crate::{
    condition::{Condition, Part, State},
    page::escaped,
};

/// The page's title.
pub(crate) const TITLE: Localized<&str> = Localized::new("Tình trạng hệ thống", "System status");

/// More faults than this are counted, not shown.
const MOST_FAULTS: usize = 50;

/// The body of the page.
pub(crate) fn page(condition: &Condition, locale: Locale) -> String {
    let say = |vi, en| *Localized::new(vi, en).get(locale);
    let mut html = format!("<h1>{}</h1>", TITLE.get(locale));
    let version = condition.ruleset.as_ref().map(|ruleset| {
        format!(
            "{} {} ({})",
            ruleset.id,
            ruleset.version,
            shortened(&ruleset.sha256)
        )
    });
    let generation = condition.generation.as_deref().map(shortened);
    html += &part(
        say("Bộ quy tắc", "Rule set"),
        version.as_deref(),
        &condition.rules,
        locale,
    );
    html += &part(say("Trang", "Site"), generation, &condition.site, locale);
    html
}

fn part(name: &str, version: Option<&str>, part: &Part, locale: Locale) -> String {
    let say = |vi, en| *Localized::new(vi, en).get(locale);
    let sentence = match part.state {
        State::Current => say("Đang dùng bản mới nhất.", "The newest one is in use."),
        State::LastGood => say(
            "Bản mới trên đĩa chưa dùng được; hệ thống tiếp tục dùng bản tốt gần nhất.",
            "The new one on disk cannot be used; the last good one goes on.",
        ),
        State::Missing => say(
            "Chưa có bản nào dùng được.",
            "There is none that can be used.",
        ),
    };
    let mut html = format!("<h2>{name}</h2><p>{sentence}</p>");
    if let Some(version) = version {
        let (label, version) = (say("Bản đang dùng", "In use"), escaped(version));
        html.push_str(&["<p>", label, ": <code>", &version, "</code></p>"].concat());
    }
    if part.faults.is_empty() {
        return html;
    }
    let shown = part.faults.iter().take(MOST_FAULTS);
    let items: Vec<String> = shown
        .map(|fault| ["<li>", &escaped(fault.get(locale)), "</li>"].concat())
        .collect();
    html.push_str(&["<ul>", &items.concat(), "</ul>"].concat());
    if part.faults.len() > MOST_FAULTS {
        let more = part.faults.len() - MOST_FAULTS;
        let more = Localized::new(
            format!("<p>và {more} điểm khác</p>"),
            format!("<p>and {more} more</p>"),
        );
        html.push_str(more.get(locale));
    }
    html
}

fn shortened(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}
