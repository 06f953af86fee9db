//! Lines of the source with the mark, and a ready edit as lines out and lines in.

use framework::Severity;
use rulebook::Finding;

use super::{View, icon, markup::esc};
use crate::{
    patch::{self, Change},
    source::Window,
};

const WINDOW: Window = Window {
    context: 2,
    marked: 6,
    width: 360,
    context_width: 110,
};

/// The excerpt of a finding; nothing where the source is not at hand.
pub(super) fn of(view: View<'_>, finding: &Finding) -> String {
    let Some(excerpt) = view.checked.source.excerpt(&finding.location, WINDOW) else {
        return String::new();
    };
    let (_, class) = icon::of(finding.severity);
    let error = if finding.severity == Severity::Error {
        " e"
    } else {
        ""
    };
    let lines: Vec<String> = excerpt
        .lines
        .iter()
        .map(|line| {
            let (number, before, after) = (line.number, esc(&line.before), esc(&line.after));
            if line.mark.is_empty() {
                format!("<span class=\"ln\" data-n=\"{number}\">{before}{after}</span>")
            } else {
                let mark = esc(&line.mark);
                format!("<span class=\"ln hit{error}\" data-n=\"{number}\">{before}<mark class=\"m-{class}\">{mark}</mark>{after}</span>")
            }
        })
        .collect();
    let label = view.t("Trích hồ sơ", "Excerpt of the submission");
    format!(
        "<pre class=\"src\" tabindex=\"0\" role=\"group\" aria-label=\"{label}\" translate=\"no\"><code>{}</code></pre>",
        lines.concat()
    )
}

/// The ready edit of a finding.
pub(super) fn edit(view: View<'_>, finding: &Finding) -> String {
    let changes = patch::changes(finding, view.checked.source, view.locale);
    if changes.is_empty() {
        return String::new();
    }
    let lines: Vec<String> = changes
        .iter()
        .map(|change| match change {
            Change::Line { number, old, new } => format!(
                "<span class=\"ln del\" data-n=\"{number}\">{}</span><span class=\"ln ins\" data-n=\"{number}\">{}</span>",
                esc(old),
                esc(new)
            ),
            Change::Words(words) => format!("<span class=\"ln ins\" data-n=\"\">{}</span>", esc(words)),
        })
        .collect();
    let lead = view.t(
        "Đoạn sửa có sẵn (đề nghị kiểm tra lại trước khi dùng):",
        "A ready edit (please check it before use):",
    );
    let label = view.t("Đoạn sửa", "Edit");
    format!(
        "<p class=\"small muted lead-in\">{lead}</p><pre class=\"src\" tabindex=\"0\" role=\"group\" aria-label=\"{label}\" translate=\"no\"><code>{}</code></pre>",
        lines.concat()
    )
}
