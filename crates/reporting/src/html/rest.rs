//! What follows the findings: for a person, not stated, passed, the identity of file and rules,
//! and room for signatures on paper.

use rulebook::Outcome;

use super::{View, markup::esc};
use crate::words;

/// Rules that only a person can judge, with what the machine does not look at.
pub(super) fn needs_person(view: View<'_>) -> String {
    let ids: Vec<&str> = view.checked.rules_with(Outcome::NeedsPerson).collect();
    if ids.is_empty() {
        return String::new();
    }
    let heading = view.t("Cần người xem", "Needs a person");
    let lead = view.t(
        "Máy không kết luận được các quy tắc này; người thẩm định xem xét.",
        "The machine cannot decide these rules; a reviewer has to.",
    );
    format!(
        "<section><h2 id=\"{}\">{heading} <span class=\"muted small\">({})</span></h2><p>{lead}</p>{}</section>",
        view.id("person"),
        ids.len(),
        rule_list(view, &ids, true)
    )
}

/// Rules that the submission gives no facts for.
pub(super) fn not_stated(view: View<'_>) -> String {
    let ids: Vec<&str> = view.checked.rules_with(Outcome::NotStated).collect();
    if ids.is_empty() {
        return String::new();
    }
    let heading = view.t("Hồ sơ chưa nêu", "Not stated in the submission");
    let lead = view.t(
        "Chưa kết luận được vì dữ liệu cần xem còn trống hoặc ghi “chưa rõ”. Đây không phải là đạt.",
        "Undecided because the facts are empty or “unknown”. This is not the same as passed.",
    );
    format!(
        "<section><h2 id=\"{}\">{heading} <span class=\"muted small\">({})</span></h2><p>{lead}</p>{}</section>",
        view.id("not-stated"),
        ids.len(),
        rule_list(view, &ids, false)
    )
}

/// Rules that hold, folded away.
pub(super) fn passed(view: View<'_>) -> String {
    let ids: Vec<&str> = view.checked.rules_with(Outcome::Passed).collect();
    if ids.is_empty() {
        return String::new();
    }
    let count = ids.len();
    let heading = match view.locale {
        framework::Locale::Vi => format!("{count} quy tắc đạt"),
        framework::Locale::En if count == 1 => "1 rule holds".to_owned(),
        framework::Locale::En => format!("{count} rules hold"),
    };
    let open = view.t("mở để xem danh sách", "open to list");
    format!(
        "<details class=\"passed\" id=\"{}\"><summary><b>{heading}</b> <span class=\"muted\">– {open}</span></summary>{}</details>",
        view.id("passed"),
        rule_list(view, &ids, false)
    )
}

fn rule_list(view: View<'_>, ids: &[&str], with_limits: bool) -> String {
    let titled = ids.iter().any(|id| view.checked.rules.contains_key(*id));
    if !titled {
        let links: Vec<String> = ids.iter().map(|id| view.rule_link(id, "mono")).collect();
        return format!("<p class=\"small rule-ids\">{}</p>", links.join(" "));
    }
    let items: Vec<String> = ids
        .iter()
        .map(|id| rule_item(view, id, with_limits))
        .collect();
    format!("<ul class=\"rule-list\">{}</ul>", items.concat())
}

fn rule_item(view: View<'_>, id: &str, with_limits: bool) -> String {
    let link = view.rule_link(id, "mono");
    let Some(note) = view.checked.rules.get(id) else {
        return format!("<li>{link}</li>");
    };
    let title = esc(note.title.get(view.locale));
    let limits = note
        .not_checked
        .as_ref()
        .filter(|_| with_limits)
        .map(|limits| {
            format!(
                "<br><span class=\"small muted\">{}</span>",
                esc(limits.get(view.locale))
            )
        });
    format!("<li>{link} {title}{}</li>", limits.unwrap_or_default())
}

/// What proves which file and which rules this report is about.
pub(super) fn identity(view: View<'_>) -> String {
    let report = view.checked.report;
    let t = |vi, en| view.t(vi, en);
    let mut facts = vec![
        (
            t("Tệp", "File"),
            format!(
                "<code><bdi>{}</bdi></code> ({})",
                esc(&report.submission.file),
                esc(words::format(&report.submission.format))
            ),
        ),
        (
            t("SHA-256 của tệp", "SHA-256 of the file"),
            format!("<code>{}</code>", esc(&report.submission.sha256)),
        ),
    ];
    if let Some(id) = &report.submission.id {
        facts.push((
            t("Mã hồ sơ", "Submission id"),
            format!("<code>{}</code>", esc(id)),
        ));
    }
    facts.push((
        t("Bộ quy tắc", "Rule set"),
        format!(
            "{} {} · SHA-256 <code>{}</code>",
            esc(&report.ruleset.id),
            esc(&report.ruleset.version),
            esc(&report.ruleset.sha256)
        ),
    ));
    facts.push((
        t("Ngày đánh giá", "Evaluated for"),
        esc(&words::date(report.evaluated_on, view.locale)),
    ));
    let rows: Vec<String> = facts
        .iter()
        .map(|(name, value)| format!("<dt>{name}</dt><dd>{value}</dd>"))
        .collect();
    let note = t(
        "Cùng hồ sơ, cùng bộ quy tắc, cùng ngày đánh giá thì kết quả luôn như nhau. Kết quả kiểm tra tự động không thay cho ý kiến thẩm định.",
        "The same submission, rule set and date always give the same result. An automatic check does not replace the opinion of a reviewer.",
    );
    format!(
        "<section class=\"identity\"><h2>{}</h2><dl class=\"facts\">{}</dl><p class=\"small muted\">{note}</p></section>",
        t("Xác định kết quả", "What this result is about"),
        rows.concat()
    )
}

/// Room for two signatures, on paper only.
pub(super) fn signatures(view: View<'_>) -> String {
    let t = |vi, en| view.t(vi, en);
    let hint = t("(ký, ghi rõ họ tên)", "(signature and full name)");
    let block = |who: &str| format!("<p><b>{who}</b><br><i>{hint}</i></p>");
    format!(
        "<div class=\"sign print-only\">{}{}</div>",
        block(t("Người lập hồ sơ", "Prepared by")),
        block(t("Thủ trưởng đơn vị", "Head of unit"))
    )
}
