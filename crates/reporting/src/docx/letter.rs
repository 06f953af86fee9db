//! The draft of a reviewer's letter: «Về mục …, hồ sơ nêu …; Khung kiến trúc tại … quy định …; đề
//! nghị …».
//!
//! Only findings of basis `framework` quote the framework. What rests on another legal document is
//! labelled so; what is good practice stands apart, without any clause.

use framework::{Basis, Locale, Severity};
use rulebook::{Finding, Outcome, Verdict};

use super::{
    Letterhead, clauses, frame, package, t,
    wml::{Align, Face, Setting, line, paragraph, run},
};
use crate::{Checked, checked, citation, place, visible, words};

/// The draft, as the bytes of a DOCX file.
pub fn letter(checked: Checked<'_>, paper: &Letterhead<'_>, locale: Locale) -> Vec<u8> {
    let blank = t(locale, "[Tên cơ quan gửi hồ sơ]", "[Name of the agency]").to_owned();
    let agency = place::agency(&checked.report.submission, locale).unwrap_or(blank);
    let about = match locale {
        Locale::Vi => format!("V/v ý kiến đối với hồ sơ kiến trúc số của {agency}"),
        Locale::En => format!("On the architecture submission of {agency}"),
    };
    let draft = t(
        locale,
        "DỰ THẢO – cần người có thẩm quyền xem xét trước khi phát hành",
        "DRAFT – to be considered by the competent person before it is sent",
    );
    let mut body = line(
        Setting::CENTRE.spaced(0, 120),
        draft,
        Face {
            bold: true,
            italic: true,
            ..Face::PLAIN
        }
        .sized(22),
    );
    body.push_str(&frame::head(paper, Some(&about), locale));
    let to = format!("{} {agency}", t(locale, "Kính gửi:", "To:"));
    body.push_str(&line(
        Setting::CENTRE.spaced(360, 240),
        &to,
        Face::PLAIN.sized(28),
    ));
    body.push_str(&say(&introduction(checked, &agency, locale)));
    body.push_str(&opinion(checked, locale));
    body.push_str(&closing(checked, locale));
    let recipients = [
        t(locale, "Như trên", "As above"),
        t(
            locale,
            "Lãnh đạo cơ quan (để báo cáo)",
            "Leadership (for information)",
        ),
        t(locale, "Lưu: VT, [đơn vị soạn thảo]", "File"),
    ];
    body.push_str(&frame::foot(paper, &recipients, locale));
    package::document(&about, &body, locale)
}

fn say(text: &str) -> String {
    line(Setting::BODY, text, Face::PLAIN)
}

fn heading(number: usize, text: &str) -> String {
    let setting = Setting {
        align: Align::Both,
        ..Setting::BODY
    }
    .spaced(60, 120)
    .with_next();
    line(setting, &format!("{number}. {text}"), Face::BOLD)
}

fn introduction(checked: Checked<'_>, agency: &str, locale: Locale) -> String {
    let report = checked.report;
    let file = super::file_names(&report.submission.file);
    let file = visible::line(&file);
    let (framework, ruleset) = (&report.framework_version, &report.ruleset);
    let date = words::date(report.evaluated_on, locale);
    let reference = report.submission.level.as_deref() == Some("other");
    match locale {
        Locale::Vi => {
            let for_reference = if reference {
                " Khung kiến trúc được dùng để tham khảo đối với cơ quan, tổ chức khác (đoạn 2 mục I.2)."
            } else {
                ""
            };
            format!(
                "Căn cứ Khung kiến trúc tổng thể quốc gia số, phiên bản {framework} (sau đây gọi là Khung kiến trúc), qua xem xét hồ sơ kiến trúc số của {agency} (tệp {file}) và kết quả đối chiếu bằng bộ quy tắc {} phiên bản {} với ngày đánh giá {date}, [tên cơ quan thẩm định] có ý kiến như sau:{for_reference}",
                ruleset.id, ruleset.version
            )
        }
        Locale::En => {
            let for_reference = if reference {
                " For other agencies and organisations the framework is a reference (paragraph 2 of section I.2)."
            } else {
                ""
            };
            format!(
                "With reference to the National Digital Architecture Framework, version {framework} (hereinafter “the framework”), having considered the architecture submission of {agency} (file {file}) and the result of checking it with rule set {} version {} for {date}, [name of the reviewing body] states as follows.{for_reference}",
                ruleset.id, ruleset.version
            )
        }
    }
}

fn opinion(checked: Checked<'_>, locale: Locale) -> String {
    if checked.report.verdict == Verdict::Unusable {
        return unusable(checked, locale);
    }
    let about = |basis| -> String {
        clauses::groups(urgent(checked), basis)
            .iter()
            .flat_map(|group| group.findings.iter().enumerate())
            .map(|(index, finding)| request(checked, finding, index > 0, locale))
            .collect()
    };
    let parts = [
        about(Basis::Framework),
        about(Basis::Law),
        about(Basis::Practice),
        justified(checked, locale),
        to_clarify(checked, locale),
    ];
    let sections: Vec<String> = PARTS
        .iter()
        .zip(parts)
        .filter(|(_, text)| !text.is_empty())
        .enumerate()
        .map(|(index, (title, text))| heading(index + 1, title.get(locale)) + &text)
        .collect();
    if sections.is_empty() {
        return say(NOTHING_FOUND.get(locale));
    }
    sections.concat()
}

const NOTHING_FOUND: words::Word = words::Word::new(
    "Qua đối chiếu, chưa thấy nội dung nào của hồ sơ chưa phù hợp hoặc cần xem lại theo Khung kiến trúc.",
    "Nothing in the submission was found to disagree with the framework or to need review.",
);

/// The headings of a letter; those with nothing under them are left out.
const PARTS: [words::Word; 5] = [
    words::Word::new("Nội dung theo Khung kiến trúc", "Under the framework"),
    words::Word::new(
        "Nội dung theo văn bản pháp luật khác (không phải quy định của Khung kiến trúc)",
        "Under other legal documents (not a requirement of the framework)",
    ),
    words::Word::new(
        "Nội dung để hồ sơ đầy đủ (không phải quy định của Khung kiến trúc)",
        "For a complete submission (not a requirement of the framework)",
    ),
    words::Word::new("Nội dung đã giải trình", "What the submission justifies"),
    words::Word::new(
        "Nội dung đề nghị bổ sung, làm rõ",
        "What should be added or made clear",
    ),
];

/// Hints are for the annex; a letter asks for what must be fixed or reviewed.
fn urgent(checked: Checked<'_>) -> impl Iterator<Item = &Finding> {
    checked
        .open()
        .filter(|finding| finding.severity > Severity::Info)
}

/// One request in the words of administrative letters. What was quoted just before is not quoted
/// again.
fn request(checked: Checked<'_>, finding: &Finding, quoted: bool, locale: Locale) -> String {
    let place = place::path_in_words(checked.source, &finding.location, locale);
    let stated = statement(finding.message.get(locale), locale);
    let about = match locale {
        Locale::Vi => format!("Về mục {place}, {stated}; "),
        Locale::En => format!("On {place}, {stated}; "),
    };
    let mut runs = run(&about, Face::PLAIN);
    runs.push_str(&grounds(checked, finding, quoted, locale));
    runs.push_str(&run(&asked(finding, locale), Face::PLAIN));
    paragraph(Setting::BODY, &runs)
}

fn grounds(checked: Checked<'_>, finding: &Finding, quoted: bool, locale: Locale) -> String {
    let plain = |text: &str| run(text, Face::PLAIN);
    match finding.basis {
        Basis::Framework => framework_grounds(finding, quoted, locale),
        Basis::Law => {
            let documents = checked
                .rules
                .get(&finding.rule)
                .map(|note| note.outside_documents.join(", "));
            let documents = documents.filter(|documents| !documents.is_empty());
            let named = documents.unwrap_or_else(|| {
                t(locale, "[số, ký hiệu văn bản]", "[number of the document]").to_owned()
            });
            plain(&match locale {
                Locale::Vi => format!(
                    "nội dung này căn cứ văn bản pháp luật khác ({named}), cần bộ phận pháp chế rà soát; "
                ),
                Locale::En => format!(
                    "this rests on another legal document ({named}), to be considered by the legal department; "
                ),
            })
        }
        // The heading above says what it is; the framework has no part in it.
        Basis::Practice => String::new(),
    }
}

/// The sentence of the framework, quoted once; further clauses are named.
fn framework_grounds(finding: &Finding, quoted: bool, locale: Locale) -> String {
    let Some((first, others)) = finding.clauses.split_first() else {
        return String::new();
    };
    let place = citation::in_words(&first.id, locale);
    let lead = t(locale, "Khung kiến trúc tại", "the framework in");
    let others: Vec<String> = others
        .iter()
        .map(|clause| citation::in_words(&clause.id, locale))
        .collect();
    let see = t(locale, "xem thêm", "see also");
    let others = if others.is_empty() {
        String::new()
    } else {
        format!(" ({see} {})", others.join(", "))
    };
    if quoted {
        let above = t(
            locale,
            "quy định như đã dẫn ở trên",
            "says what is quoted above",
        );
        return run(&format!("{lead} {place} {above}{others}; "), Face::PLAIN);
    }
    let quote = visible::line(first.quote.get(locale));
    let verb = t(locale, "quy định", "says");
    run(&format!("{lead} {place} {verb}: “"), Face::PLAIN)
        + &run(quote.trim_end_matches('.'), Face::ITALIC)
        + &run(&format!("”{others}; "), Face::PLAIN)
}

/// «đề nghị …», with the choices numbered where there are several.
fn asked(finding: &Finding, locale: Locale) -> String {
    let steps = checked::steps(finding, locale);
    let or = t(locale, "hoặc", "or");
    let clean = |step: &str| {
        let step = step.trim_end_matches(['.', ';']);
        let step = step.strip_suffix(or).unwrap_or(step);
        uncapitalised(step.trim_end_matches([' ', ',', ';']))
    };
    let please = t(locale, "đề nghị", "please");
    match steps.as_slice() {
        [] => format!("{please} {}.", t(locale, "giải trình", "explain")),
        [only] => format!("{please} {}.", clean(only)),
        several => {
            let choices: Vec<String> = several
                .iter()
                .enumerate()
                .map(|(index, step)| format!("({}) {}", index + 1, clean(step)))
                .collect();
            format!("{please}: {}.", choices.join("; "))
        }
    }
}

/// «hồ sơ nêu: …», unless the message itself already speaks of the submission.
fn statement(message: &str, locale: Locale) -> String {
    let message = visible::line(message);
    let message = message.trim_end_matches(['.', ';']);
    let own_subject = t(locale, "Hồ sơ ", "The submission ");
    if message.starts_with(own_subject) {
        uncapitalised(message)
    } else {
        format!(
            "{} {message}",
            t(locale, "hồ sơ nêu:", "the submission states:")
        )
    }
}

/// A sentence continued: its first letter small, unless it begins a code or an abbreviation.
fn uncapitalised(text: &str) -> String {
    let mut characters = text.chars();
    let (Some(first), second) = (characters.next(), characters.clone().next()) else {
        return String::new();
    };
    if second
        .is_some_and(|second| second.is_uppercase() || second.is_ascii_digit() || second == '-')
    {
        return text.to_owned();
    }
    first.to_lowercase().chain(characters).collect()
}

fn justified(checked: Checked<'_>, locale: Locale) -> String {
    checked
        .justified()
        .map(|finding| {
            let place = place::path_in_words(checked.source, &finding.location, locale);
            let title = checked.title(finding, locale);
            say(&match locale {
                Locale::Vi => format!("Về mục {place} ({title}), hồ sơ đã giải trình; [ý kiến của người thẩm định về giải trình]."),
                Locale::En => format!("On {place} ({title}), the submission gives a justification; [opinion of the reviewer on it]."),
            })
        })
        .collect()
}

fn to_clarify(checked: Checked<'_>, locale: Locale) -> String {
    let named = |outcome| {
        let ids = checked.rules_with(outcome);
        let titles = ids.map(|id| {
            checked.rules.get(id).map_or_else(
                || id.to_owned(),
                |note| format!("{} ({id})", note.title.get(locale)),
            )
        });
        titles.collect::<Vec<String>>()
    };
    let mut text = String::new();
    for (outcome, lead) in [
        (
            Outcome::NotStated,
            t(
                locale,
                "Hồ sơ chưa nêu dữ liệu để kết luận; đề nghị bổ sung:",
                "The submission does not state the facts; please add them:",
            ),
        ),
        (
            Outcome::NeedsPerson,
            t(
                locale,
                "Người thẩm định cần xem thêm:",
                "For the reviewer to consider:",
            ),
        ),
    ] {
        let titles = named(outcome);
        if !titles.is_empty() {
            text.push_str(&say(&format!("{lead} {}.", titles.join("; "))));
        }
    }
    text
}

fn unusable(checked: Checked<'_>, locale: Locale) -> String {
    let mut text = say(t(
        locale,
        "Chưa đọc được tệp hồ sơ nên chưa có cơ sở để xem xét; đề nghị sửa các chỗ sau và gửi lại:",
        "The file could not be read, so that it could not be considered; please correct the following and send it again:",
    ));
    for finding in checked.open() {
        let file = super::file_names(&checked.report.submission.file);
        let position = place::position(&file, &finding.location);
        let message = visible::line(finding.message.get(locale));
        text.push_str(&say(&format!("- {position}: {message}")));
    }
    text
}

/// The last sentence, and what proves which file was considered; both stay with the signature.
fn closing(checked: Checked<'_>, locale: Locale) -> String {
    let asked = t(
        locale,
        "Đề nghị quý cơ quan nghiên cứu, hoàn thiện hồ sơ, giải trình (nếu có) và gửi lại [tên cơ quan thẩm định]./.",
        "The agency is asked to consider these points, to complete or justify its submission and to send it again.",
    );
    let label = t(
        locale,
        "Mã kiểm chứng SHA-256 của tệp đã xem xét",
        "SHA-256 of the file considered",
    );
    let hash = format!("{label}: {}", checked.report.submission.sha256);
    let left = Setting {
        align: Align::Left,
        first_line: 0,
        ..Setting::BODY
    };
    line(Setting::BODY.with_next(), asked, Face::PLAIN)
        + &line(left.with_next(), &hash, Face::ITALIC.sized(22))
}
