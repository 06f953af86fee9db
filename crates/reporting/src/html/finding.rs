//! One finding: severity, layer, state and rule; then problem, place, basis and fix, all visible at
//! once.

use framework::{Layer, Locale};
use rulebook::{CitedClause, Finding, FindingStatus, Location};

use super::{View, excerpt, icon, markup::esc};
use crate::{checked, citation, place, words};

/// The state of a finding for filters and its chip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Open; nothing to compare with.
    Open,
    /// New since the earlier report.
    New,
    /// Open since the earlier report.
    Still,
    /// Answered by a justification.
    Justified,
}

impl State {
    pub(super) const ALL: [Self; 4] = [Self::Open, Self::New, Self::Still, Self::Justified];

    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::New => "new",
            Self::Still => "still",
            Self::Justified => "justified",
        }
    }

    pub(super) const fn words(self) -> words::Word {
        let (vi, en) = match self {
            Self::Open => ("Chưa xử lý", "Open"),
            Self::New => ("Mới", "New"),
            Self::Still => ("Còn từ lần trước", "Still open"),
            Self::Justified => ("Đã giải trình", "Justified"),
        };
        words::Word::new(vi, en)
    }

    pub(super) fn of(view: View<'_>, finding: &Finding) -> Self {
        match (finding.status, view.options.comparison) {
            (FindingStatus::Justified, _) => Self::Justified,
            (FindingStatus::Open, None) => Self::Open,
            (FindingStatus::Open, Some(comparison)) => match comparison.cause_of(finding) {
                Some(_) => Self::New,
                None => Self::Still,
            },
        }
    }
}

/// The key of a layer in filters and classes, after the component codes.
pub(super) const fn layer_key(layer: Option<Layer>) -> &'static str {
    match layer {
        Some(Layer::Business) => "nv",
        Some(Layer::Data) => "dl",
        Some(Layer::Application) => "ud",
        Some(Layer::Platform) => "nt",
        Some(Layer::Infrastructure) => "ht",
        None => "ct",
    }
}

/// The layer a finding is filed under.
pub(super) fn layer_of(finding: &Finding) -> Option<Layer> {
    finding
        .layer
        .or_else(|| checked::layer_of_rule(&finding.rule))
}

/// The finding as an article.
pub(super) fn article(view: View<'_>, index: usize, finding: &Finding) -> String {
    let (_, class) = icon::of(finding.severity);
    let id = view.id(&format!("f{}", index + 1));
    let state = State::of(view, finding);
    let parts = [
        part(view, &words::PROBLEM, &problem(view, finding)),
        part(view, &words::WHERE, &location(view, finding)),
        part(view, &words::GROUNDS, &grounds(view, finding)),
        part(view, &words::FIX, &fix(view, finding)),
    ];
    format!(
        "<article class=\"finding {class}\" id=\"{id}\" aria-labelledby=\"{id}-t\" data-sev=\"{class}\" data-basis=\"{}\" data-lay=\"{}\" data-st=\"{}\">\n\
         <header>{}<h3 id=\"{id}-t\">{}</h3></header>\n{}\n</article>",
        finding.basis,
        layer_key(layer_of(finding)),
        state.key(),
        chips(view, finding, state),
        esc(&view.checked.title(finding, view.locale)),
        parts.concat()
    )
}

fn chips(view: View<'_>, finding: &Finding, state: State) -> String {
    let (sign, class) = icon::of(finding.severity);
    let severity = view.say(&words::severity(finding.severity));
    let layer = layer_of(finding);
    let mut state_words = view.say(&state.words()).to_owned();
    if let Some(cause) = view
        .options
        .comparison
        .and_then(|comparison| comparison.cause_of(finding))
    {
        state_words.push_str(" – ");
        state_words.push_str(view.say(&cause.words()));
    }
    format!(
        "<div class=\"meta\"><span class=\"chip c-{class}\">{sign}{severity}</span>\
         <span class=\"chip\">{}</span>\
         <span class=\"chip lay l-{}\">{}</span><span class=\"chip st-{}\">{state_words}</span>{}</div>",
        view.say(&words::basis(finding.basis)),
        layer_key(layer),
        view.say(&words::layer(layer)),
        state.key(),
        view.rule_link(&finding.rule, "id mono")
    )
}

fn part(view: View<'_>, heading: &words::Word, body: &str) -> String {
    format!(
        "<div class=\"part\"><h4>{}</h4><div>{body}</div></div>\n",
        view.say(heading)
    )
}

fn problem(view: View<'_>, finding: &Finding) -> String {
    let message = esc(finding.message.get(view.locale));
    let why = esc(finding.why.get(view.locale));
    if why.is_empty() {
        return format!("<p>{message}</p>");
    }
    let label = view.say(&words::WHY);
    format!("<p>{message}</p><p class=\"small muted\"><b>{label}:</b> {why}</p>")
}

fn location(view: View<'_>, finding: &Finding) -> String {
    let place = one_place(view, &finding.location);
    format!(
        "{place}{}{}",
        excerpt::of(view, finding),
        related(view, finding)
    )
}

fn related(view: View<'_>, finding: &Finding) -> String {
    if finding.related.is_empty() {
        return String::new();
    }
    let items: Vec<String> = finding
        .related
        .iter()
        .map(|related| {
            let message = esc(related.message.get(view.locale));
            format!("<li>{message} {}</li>", one_place(view, &related.location))
        })
        .collect();
    let lead = view.say(&words::RELATED);
    format!(
        "<p class=\"small lead-in\">{lead}:</p><ul class=\"related\">{}</ul>",
        items.concat()
    )
}

fn one_place(view: View<'_>, location: &Location) -> String {
    let path = esc(&place::path(view.checked.source, location, view.locale));
    let mut facts = vec![format!(
        "<code><bdi>{}</bdi></code>",
        esc(view.checked.file_of(location))
    )];
    facts.extend(
        place::position_in_words(location, view.locale)
            .map(|words| format!("<b class=\"tnum\">{}</b>", esc(&words))),
    );
    if !location.pointer.is_empty() {
        facts.push(format!("<code>{}</code>", esc(&location.pointer)));
    }
    format!(
        "<p class=\"path\">{path}</p><p class=\"pos muted\">{}</p>",
        facts.join(" · ")
    )
}

/// The clauses, quoted and linked; what does not rest on the framework says so first and only
/// leads to the place it touches.
fn grounds(view: View<'_>, finding: &Finding) -> String {
    if let Some(note) = words::basis_note(finding.basis) {
        let links: Vec<String> = finding
            .clauses
            .iter()
            .map(|clause| clause_link(view, clause))
            .collect();
        let lead = view.say(&words::NEAREST_CLAUSE);
        let nearest = format!("<p class=\"small muted\">{lead}: {}</p>", links.join("; "));
        let nearest = if links.is_empty() { "" } else { &nearest };
        return format!("<p>{}</p>{nearest}", view.say(&note));
    }
    finding
        .clauses
        .iter()
        .map(|clause| quoted(view, clause))
        .collect()
}

fn quoted(view: View<'_>, clause: &CitedClause) -> String {
    let quote = esc(clause.quote.get(view.locale));
    let link = clause_link(view, clause);
    let original = match view.locale {
        Locale::Vi => String::new(),
        Locale::En => format!(
            "<blockquote class=\"original\" lang=\"vi\">“{}”</blockquote>",
            esc(&clause.quote.vi)
        ),
    };
    format!("<blockquote>“{quote}”</blockquote>{original}<p class=\"small\">{link}</p>")
}

fn clause_link(view: View<'_>, clause: &CitedClause) -> String {
    let words = esc(&citation::heading(&clause.id, view.locale));
    let number = esc(clause.id.as_str());
    let Some(site) = view.options.site else {
        return format!("{words} ({number})");
    };
    // The address in the report is the Vietnamese one; the other differs in the prefix alone.
    let tail = clause.url.strip_prefix("/vi/").unwrap_or_default();
    let href = format!("{}/{}/{}", esc(site), view.locale, esc(tail));
    let short = format!("{}/c/{}", esc(site), esc(&clause.id.slug()));
    format!("<a class=\"print-url\" data-url=\"{short}\" href=\"{href}\">{words} ({number})</a>")
}

fn fix(view: View<'_>, finding: &Finding) -> String {
    let steps = checked::steps(finding, view.locale);
    let mut body = match steps.as_slice() {
        [only] => format!("<p>{}</p>", esc(only)),
        several => {
            let items: Vec<String> = several
                .iter()
                .map(|step| format!("<li>{}</li>", esc(step)))
                .collect();
            format!("<ol>{}</ol>", items.concat())
        }
    };
    body.push_str(&excerpt::edit(view, finding));
    body
}
