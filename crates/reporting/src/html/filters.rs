//! The list of findings with its filters.
//!
//! The filters are plain checkboxes: what is unticked is hidden by the stylesheet, and a counter
//! of the stylesheet says how many that are. No script is needed; `scripts/report.js` says it to
//! screen readers as well.

use framework::{Basis, Layer, Severity};
use rulebook::{Finding, Verdict};

use super::{
    View,
    finding::{self, State},
    icon,
    markup::esc,
};
use crate::words;

/// Heading, exports, filters and all findings.
pub(super) fn results(view: View<'_>) -> String {
    let findings = &view.checked.report.findings;
    let heading = if view.checked.report.verdict == Verdict::Unusable {
        view.t(
            "Chỗ cần sửa để đọc được hồ sơ",
            "What keeps the file from being read",
        )
    } else {
        view.t("Các điểm cần xử lý", "Points to act on")
    };
    let body = if findings.is_empty() {
        format!("<p>{}</p>", view.t("Không có điểm nào.", "There is none."))
    } else {
        list(view, findings)
    };
    let filters = if findings.len() > 1 {
        filters(view, findings)
    } else {
        String::new()
    };
    let class = if filters.is_empty() {
        "results alone"
    } else {
        "results"
    };
    format!(
        "<div class=\"{class}\">{filters}<div>\n<div class=\"listhead\"><h2 id=\"{}\">{heading}</h2>{}</div>\n{body}\n</div></div>",
        view.id("findings"),
        exports(view)
    )
}

fn exports(view: View<'_>) -> String {
    if view.options.exports.is_empty() {
        return String::new();
    }
    let links: Vec<String> = view
        .options
        .exports
        .iter()
        .map(|export| {
            format!(
                "<a class=\"btn sm\" href=\"{}\" download=\"{}\">{}{}</a>",
                esc(&export.href),
                esc(&export.file),
                icon::SAVE,
                esc(&export.label)
            )
        })
        .collect();
    let label = view.t("Tải kết quả về", "Save the result");
    format!(
        "<div class=\"btns no-print\" role=\"group\" aria-label=\"{label}\">{}</div>",
        links.concat()
    )
}

/// Each item counts one hidden, each article that is shown takes it back: what remains at the end
/// of the list is what the filters hide.
fn list(view: View<'_>, findings: &[Finding]) -> String {
    let items: Vec<String> = findings
        .iter()
        .enumerate()
        .map(|(index, one)| format!("<li>{}</li>\n", finding::article(view, index, one)))
        .collect();
    let (before, after) = (
        view.t("Bộ lọc đang ẩn", "Filters are hiding"),
        view.t("điểm.", "of the points."),
    );
    format!(
        "<ul class=\"findings\">\n{}</ul>\n<p class=\"hidden-note\">{before} <span class=\"hidden-count\"></span> {after}</p>",
        items.concat()
    )
}

struct Choice {
    key: &'static str,
    label: String,
    count: usize,
}

/// The groups of checkboxes that would filter anything.
fn groups(view: View<'_>, findings: &[Finding]) -> String {
    let count = |fits: &dyn Fn(&Finding) -> bool| findings.iter().filter(|one| fits(one)).count();
    let severities = Severity::WORST_FIRST.map(|severity| {
        let (sign, class) = icon::of(severity);
        let name = view.say(&words::severity(severity));
        Choice {
            key: class,
            label: format!("<span class=\"k-{class} sev\">{sign}</span>{name}"),
            count: count(&|one| one.severity == severity),
        }
    });
    let bases = Basis::ALL.map(|basis| Choice {
        key: basis.as_str(),
        label: view.say(&words::basis(basis)).to_owned(),
        count: count(&|one| one.basis == basis),
    });
    let layers: Vec<Choice> = Layer::ALL
        .into_iter()
        .map(Some)
        .chain([None])
        .map(|layer| Choice {
            key: finding::layer_key(layer),
            label: view.say(&words::layer(layer)).to_owned(),
            count: count(&|one| finding::layer_of(one) == layer),
        })
        .collect();
    let states = State::ALL.map(|state| Choice {
        key: state.key(),
        label: view.say(&state.words()).to_owned(),
        count: count(&|one| State::of(view, one) == state),
    });
    [
        group(view.t("Mức độ", "Severity"), "sev", &severities),
        group(view.t("Căn cứ", "Basis"), "basis", &bases),
        group(view.t("Lớp", "Layer"), "lay", &layers),
        group(view.t("Tình trạng", "State"), "st", &states),
    ]
    .concat()
}

fn filters(view: View<'_>, findings: &[Finding]) -> String {
    let groups = groups(view, findings);
    if groups.is_empty() {
        return String::new();
    }
    let label = view.t("Bộ lọc", "Filters");
    let summary = view.t(
        "Lọc theo mức độ, căn cứ, lớp, tình trạng",
        "Filter by severity, basis, layer, state",
    );
    let all = view.t("Hiện tất cả", "Show all");
    let total = findings.len();
    let (shown, some) = (
        view.t("Đang hiện cả {total} điểm.", "Showing all {total} points."),
        view.t(
            "Đang hiện {shown}/{total} điểm; bộ lọc đang ẩn {hidden} điểm.",
            "Showing {shown} of {total} points; filters are hiding {hidden}.",
        ),
    );
    format!(
        "<form class=\"filters no-print\" data-report-filter aria-label=\"{label}\" data-total=\"{total}\">\
         <details open data-close-narrow><summary>{summary}</summary>\n{groups}\
         <p class=\"vh\" role=\"status\" data-all=\"{shown}\" data-some=\"{some}\"></p>\
         <button class=\"btn sm\" type=\"reset\">{all}</button></details></form>\n"
    )
}

/// One group of checkboxes; a group with one choice would filter nothing and is left out.
fn group(legend: &str, name: &str, choices: &[Choice]) -> String {
    let present: Vec<&Choice> = choices.iter().filter(|choice| choice.count > 0).collect();
    if present.len() < 2 {
        return String::new();
    }
    let boxes: Vec<String> = present
        .iter()
        .map(|choice| {
            let Choice { key, label, count } = choice;
            format!(
                "<label><input type=\"checkbox\" name=\"{name}\" value=\"{key}\" checked autocomplete=\"off\"><span>{label}</span><span class=\"n\">{count}</span></label>"
            )
        })
        .collect();
    format!(
        "<fieldset><legend>{legend}</legend>{}</fieldset>\n",
        boxes.concat()
    )
}
