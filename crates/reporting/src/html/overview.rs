//! What changed since last time, the table by layer, and what to do first.

use framework::Locale;

use super::{View, markup::esc};
use crate::{
    comparison::{Cause, Comparison},
    first, layers, words,
};

/// The block «So với lần trước».
pub(super) fn changes(view: View<'_>, comparison: &Comparison<'_>) -> String {
    let earlier = comparison.earlier;
    let label = view.t("So với lần trước", "Compared with last time");
    let date = words::date(earlier.evaluated_on, view.locale);
    let version = esc(&earlier.ruleset.version);
    let since = match view.locale {
        Locale::Vi => format!("So với báo cáo ngày {date} (bộ quy tắc {version}):"),
        Locale::En => format!("Since the report for {date} (rule set {version}):"),
    };
    let sentence = esc(&comparison.sentence(view.locale));
    let doubts: Vec<String> = comparison
        .doubts
        .iter()
        .map(|doubt| {
            format!(
                "<p class=\"callout warn\">{}</p>",
                esc(view.say(&doubt.words()))
            )
        })
        .collect();
    format!(
        "<section class=\"delta\" aria-label=\"{label}\"><p class=\"row\"><b>{since}</b> <span>{sentence}</span></p>{}{}{}</section>",
        doubts.concat(),
        causes(view, comparison),
        mended(view, comparison)
    )
}

fn causes(view: View<'_>, comparison: &Comparison<'_>) -> String {
    const ALL: [Cause; 5] = [
        Cause::Submission,
        Cause::NewRule,
        Cause::ChangedRules,
        Cause::Date,
        Cause::Unknown,
    ];
    let parts: Vec<String> = ALL
        .into_iter()
        .map(|cause| {
            (
                comparison
                    .new
                    .iter()
                    .filter(|(_, other)| *other == cause)
                    .count(),
                cause,
            )
        })
        .filter(|(count, _)| *count > 0)
        .map(|(count, cause)| format!("{count} {}", view.say(&cause.words())))
        .collect();
    if parts.is_empty() {
        return String::new();
    }
    let lead = view.t("Điểm mới:", "New points:");
    format!("<p class=\"small\">{lead} {}.</p>", esc(&parts.join("; ")))
}

fn mended(view: View<'_>, comparison: &Comparison<'_>) -> String {
    if comparison.mended.is_empty() {
        return String::new();
    }
    let items: Vec<String> = comparison
        .mended
        .iter()
        .map(|(finding, how)| {
            let title = esc(&view.checked.title(finding, view.locale));
            let record = finding.location.record.as_deref().map(|record| format!(" <code>{}</code>", esc(record)));
            let how = view.say(&how.words());
            format!("<li><span class=\"mono\">{}</span> {title}{} <span class=\"muted\">– {how}</span></li>", esc(&finding.rule), record.unwrap_or_default())
        })
        .collect();
    let lead = view.t("Các điểm không còn mở", "Points no longer open");
    let count = comparison.mended.len();
    format!(
        "<details><summary>{lead} ({count})</summary><ul>{}</ul></details>",
        items.concat()
    )
}

/// The two columns under the verdict.
pub(super) fn layers_and_first(view: View<'_>) -> String {
    let first = do_first(view);
    if first.is_empty() {
        return format!("<section>{}</section>", by_layer(view));
    }
    format!(
        "<div class=\"two\"><section>{}</section><section>{first}</section></div>",
        by_layer(view)
    )
}

fn by_layer(view: View<'_>) -> String {
    let rows: Vec<String> = layers::rows(view.checked)
        .into_iter()
        .map(|row| layer_row(view, row))
        .collect();
    let heading = view.t("Theo lớp", "By layer");
    let caption = view.t(
        "Quy tắc đạt trên số quy tắc đã kết luận; điểm chưa xử lý tách theo căn cứ.",
        "Rules that hold out of rules decided; open points by basis.",
    );
    let t = |vi, en| view.t(vi, en);
    let (layer, passed) = (t("Lớp", "Layer"), t("Quy tắc đạt", "Rules that hold"));
    let (chart, framework) = (
        t("Biểu đồ", "Chart"),
        view.say(&words::basis(framework::Basis::Framework)),
    );
    let (error, warning, info) = (
        view.say(&words::severity(framework::Severity::Error)),
        view.say(&words::severity(framework::Severity::Warning)),
        view.say(&words::severity(framework::Severity::Info)),
    );
    let (law, practice) = (
        t("Pháp luật khác", "Other law"),
        t("Về hồ sơ", "Submission"),
    );
    format!(
        "<h2>{heading}</h2><p class=\"small muted\">{caption}</p><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{heading}\"><table class=\"scores\">\
         <thead><tr><th scope=\"col\" rowspan=\"2\">{layer}</th><th scope=\"col\" rowspan=\"2\" class=\"num\">{passed}</th>\
         <th scope=\"col\" rowspan=\"2\" class=\"opt\"><span class=\"vh\">{chart}</span></th>\
         <th scope=\"colgroup\" colspan=\"3\" class=\"group\">{framework}</th>\
         <th scope=\"col\" rowspan=\"2\" class=\"num\">{law}</th><th scope=\"col\" rowspan=\"2\" class=\"num\">{practice}</th></tr>\
         <tr><th scope=\"col\" class=\"num\">{error}</th><th scope=\"col\" class=\"num\">{warning}</th><th scope=\"col\" class=\"num\">{info}</th></tr></thead>\
         <tbody>{}</tbody></table></div>",
        rows.concat()
    )
}

fn layer_row(view: View<'_>, row: layers::Row) -> String {
    let name = view.say(&words::layer(row.layer));
    let number = |count: u32, class: &str| {
        if count == 0 {
            "<td class=\"num muted\">0</td>".to_owned()
        } else {
            format!("<td class=\"num {class}\"><b>{count}</b></td>")
        }
    };
    let passed = if row.decided == 0 {
        "<td class=\"num muted\">–</td>".to_owned()
    } else {
        format!(
            "<td class=\"num nowrap\">{} / {}</td>",
            row.passed, row.decided
        )
    };
    format!(
        "<tr><th scope=\"row\">{name}</th>{passed}<td class=\"opt\">{}</td>{}{}{}{}{}</tr>",
        bar(row),
        number(row.error, "k-err"),
        number(row.warning, "k-warn"),
        number(row.info, "k-info"),
        number(row.law, ""),
        number(row.practice, "")
    )
}

/// The share of rules that hold. A drawing with presentation attributes: the site's content
/// security policy allows no inline styles.
fn bar(row: layers::Row) -> String {
    let passed = (row.passed * 100).checked_div(row.decided).unwrap_or(0);
    format!(
        "<svg class=\"bar\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
         <rect class=\"ground\" width=\"100\" height=\"10\"/><rect class=\"p\" width=\"{passed}\" height=\"10\"/></svg>"
    )
}

fn do_first(view: View<'_>) -> String {
    let entries = first::of(view.checked);
    if entries.is_empty() {
        return String::new();
    }
    let items: Vec<String> = entries
        .iter()
        .map(|entry| {
            let target = view.id(&format!("f{}", entry.index + 1));
            let title = esc(&view.checked.title(entry.finding, view.locale));
            let mut reasons = vec![
                view.say(&words::severity(entry.finding.severity))
                    .to_lowercase(),
            ];
            reasons.extend(entry.reasons(view.locale));
            format!(
                "<li><a href=\"#{target}\">{title}</a> <span class=\"muted\">– {}</span></li>",
                esc(&reasons.join("; "))
            )
        })
        .collect();
    let heading = view.t("Nên làm trước", "Do these first");
    let order = view.t(
        "Thứ tự: mức độ, dữ liệu mà quy tắc khác dựa vào, đoạn sửa có sẵn, số điểm cùng một bản ghi.",
        "Order: severity, data that other rules rest on, a ready edit, points at the same record.",
    );
    format!(
        "<h2>{heading}</h2><ol class=\"first\">{}</ol><p class=\"small muted\">{order}</p>",
        items.concat()
    )
}
