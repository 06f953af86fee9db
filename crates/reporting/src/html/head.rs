//! Who, when, by which rules; then the verdict with its reason and the counts by basis.

use framework::{Basis, Locale, Severity};
use rulebook::{Outcome, Verdict};

use super::{View, icon, markup::esc};
use crate::{place, verdict, words};

/// Title and the line under it.
pub(super) fn title(view: View<'_>) -> String {
    let report = view.checked.report;
    let submission = &report.submission;
    let title = view.t(
        "Kết quả kiểm tra hồ sơ kiến trúc",
        "Architecture submission: check result",
    );
    let mut facts = Vec::new();
    if let Some(agency) = place::agency(submission, view.locale) {
        let stated = submission
            .agency
            .as_ref()
            .and_then(|name| name.get(view.locale).as_ref());
        let lang = if stated.is_none() {
            format!(" lang=\"{}\"", view.locale.other())
        } else {
            String::new()
        };
        facts.push(format!("<b{lang}><bdi>{}</bdi></b>", esc(&agency)));
    }
    if let Some(level) = &submission.level {
        facts.push(esc(words::level(level, view.locale)));
    }
    facts.push(format!("<code><bdi>{}</bdi></code>", esc(&submission.file)));
    let date = words::date(report.evaluated_on, view.locale);
    facts.push(match view.locale {
        Locale::Vi => format!("ngày đánh giá {date}"),
        Locale::En => format!("evaluated for {date}"),
    });
    let (framework, id) = (esc(&report.framework_version), esc(&report.ruleset.id));
    let version = esc(&report.ruleset.version);
    facts.push(match view.locale {
        Locale::Vi => format!("Khung kiến trúc {framework}, bộ quy tắc {id} {version}"),
        Locale::En => format!("framework {framework}, rule set {id} {version}"),
    });
    format!(
        "<h1>{title}</h1>\n<p class=\"who muted tnum\">{}</p>",
        facts.join(" · ")
    )
}

/// The verdict: sign, words, reason, and a table of counts.
pub(super) fn verdict(view: View<'_>) -> String {
    let report = view.checked.report;
    let (sign, class) = icon::of_verdict(report.verdict);
    let id = view.id("verdict");
    let heading = verdict::heading_of(report.verdict, &report.bases, view.locale);
    let sentence = esc(&verdict::sentence(report, view.locale));
    let remarks: Vec<String> = verdict::remarks(report, view.locale)
        .iter()
        .map(|remark| format!("<p>{}</p>", esc(remark)))
        .collect();
    let note = view.t(
        "Kết luận là “phù hợp” khi không còn điểm phải sửa. Không có điểm tổng hay xếp hạng; ba loại căn cứ không cộng với nhau.",
        "The verdict is “conforms” when nothing must be fixed any more. There is no score or ranking; the three bases are never added up.",
    );
    let counts = if report.verdict == Verdict::Unusable {
        String::new()
    } else {
        format!("<div>{}{}</div>", counts_table(view), outcomes(view))
    };
    format!(
        "<section class=\"verdict v-{class}\" aria-labelledby=\"{id}\"><div>\n\
         <h2 class=\"v k-{class}\" id=\"{id}\">{sign}{heading}</h2>\n\
         <p><b>{sentence}</b></p>\n{}\n<p class=\"small muted\">{note}</p>\n</div>{counts}</section>",
        remarks.join("\n")
    )
}

fn counts_table(view: View<'_>) -> String {
    let caption = view.t("Điểm chưa xử lý theo căn cứ", "Open points by basis");
    let heads: Vec<String> = Severity::WORST_FIRST
        .into_iter()
        .map(|severity| {
            let (sign, class) = icon::of(severity);
            let name = view.say(&words::severity(severity));
            format!("<th scope=\"col\" class=\"num\"><span class=\"k-{class} sev\">{sign}{name}</span></th>")
        })
        .collect();
    let rows: Vec<String> = Basis::ALL
        .into_iter()
        .map(|basis| counts_row(view, basis))
        .collect();
    format!(
        "<table class=\"counts\"><caption>{caption}</caption>\
         <thead><tr><td></td>{}</tr></thead><tbody>{}</tbody></table>",
        heads.concat(),
        rows.concat()
    )
}

fn counts_row(view: View<'_>, basis: Basis) -> String {
    let counts = verdict::of_basis(&view.checked.report.counts, basis);
    let cells: Vec<String> = Severity::WORST_FIRST
        .into_iter()
        .map(|severity| {
            let count = verdict::of_severity(counts, severity);
            let (_, class) = icon::of(severity);
            if count == 0 {
                "<td class=\"num muted\">0</td>".to_owned()
            } else {
                format!("<td class=\"num\"><b class=\"k-{class}\">{count}</b></td>")
            }
        })
        .collect();
    let name = view.say(&words::basis(basis));
    format!("<tr><th scope=\"row\">{name}</th>{}</tr>", cells.concat())
}

/// What became of the rules, each number with a link to its list.
fn outcomes(view: View<'_>) -> String {
    let counts = &view.checked.report.counts;
    let entries = [
        (
            counts.passed,
            Outcome::Passed,
            icon::GOOD,
            "ok",
            Some("passed"),
        ),
        (
            counts.needs_person,
            Outcome::NeedsPerson,
            icon::PERSON,
            "hum",
            Some("person"),
        ),
        (
            counts.not_stated,
            Outcome::NotStated,
            icon::HINT,
            "hum",
            Some("not-stated"),
        ),
        (
            counts.justified,
            Outcome::Justified,
            icon::GOOD,
            "hum",
            None,
        ),
        (
            counts.not_applicable,
            Outcome::NotApplicable,
            "",
            "hum",
            None,
        ),
    ];
    let items: Vec<String> = entries
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, outcome, sign, class, target)| {
            let text = format!(
                "<b class=\"k-{class}\">{count}</b>{sign} <span>{}</span>",
                view.say(&words::outcome(outcome))
            );
            match target {
                Some(target) => format!("<li><a href=\"#{}\">{text}</a></li>", view.id(target)),
                None => format!("<li><span>{text}</span></li>"),
            }
        })
        .collect();
    let label = view.t("Quy tắc", "Rules");
    format!(
        "<p class=\"small rules-label\">{label}</p><ul class=\"outcomes\">{}</ul>",
        items.concat()
    )
}
