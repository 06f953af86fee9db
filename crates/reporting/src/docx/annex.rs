//! The annex: what was checked, the verdict, the findings by clause in a table.

mod findings;

use framework::{Basis, Locale, Severity};
use rulebook::{Outcome, Verdict};

use super::{
    Letterhead, frame,
    package::{self, TEXT_WIDTH},
    t,
    wml::{Align, Cell, Face, RowKind, Setting, line, paragraph, row, rule, run, table},
};
use crate::{Checked, place, verdict, words};

const CELL: Face = Face::PLAIN.sized(24);
const CELL_BOLD: Face = Face::BOLD.sized(24);

/// The annex of an official letter, as the bytes of a DOCX file.
pub fn annex(checked: Checked<'_>, paper: &Letterhead<'_>, locale: Locale) -> Vec<u8> {
    let agency = place::agency(&checked.report.submission, locale);
    let paper = Letterhead {
        sender: paper.sender.or(agency.as_deref()),
        ..*paper
    };
    let title = t(
        locale,
        "PHIẾU KẾT QUẢ KIỂM TRA HỒ SƠ KIẾN TRÚC SỐ",
        "RESULT OF CHECKING AN ARCHITECTURE SUBMISSION",
    );
    let mut body = frame::head(&paper, None, locale);
    body.push_str(&line(
        Setting::CENTRE.spaced(240, 0).with_next(),
        title,
        Face::BOLD.sized(28),
    ));
    body.push_str(&line(
        Setting::CENTRE,
        &attached_to(&paper, locale),
        Face::ITALIC,
    ));
    body.push_str(&rule(TEXT_WIDTH, 2_200));
    let mut chapters = Chapters { count: 0, locale };
    body.push_str(&chapters.heading(t(locale, "Hồ sơ được kiểm tra", "What was checked")));
    body.push_str(&identity(checked, locale));
    body.push_str(&chapters.heading(t(locale, "Kết luận", "Verdict")));
    body.push_str(&conclusion(checked, locale));
    body.push_str(&findings::chapters(checked, &mut chapters));
    body.push_str(&undecided(checked, &mut chapters));
    let file = t(locale, "Lưu: VT, hồ sơ", "File");
    body.push_str(&frame::foot(
        &paper,
        &[t(locale, "Như công văn", "As in the letter"), file],
        locale,
    ));
    package::document(title, &body, locale)
}

/// Headings numbered I, II, III.
struct Chapters {
    count: usize,
    locale: Locale,
}

impl Chapters {
    fn heading(&mut self, text: &str) -> String {
        const ROMAN: [&str; 8] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"];
        let number = ROMAN.get(self.count).copied().unwrap_or("–");
        self.count += 1;
        let setting = Setting {
            align: Align::Left,
            first_line: 0,
            ..Setting::BODY
        };
        let text = format!("{number}. {text}");
        line(
            setting.spaced(200, 100).with_next(),
            &text,
            Face::BOLD.in_capitals(),
        )
    }
}

fn attached_to(paper: &Letterhead<'_>, locale: Locale) -> String {
    let number = paper.number.unwrap_or("…/…");
    let sender = paper.sender.unwrap_or("…");
    match locale {
        Locale::Vi => {
            let date = frame::vietnamese_date(paper.date);
            format!("(Kèm theo Công văn số {number} {date} của {sender})")
        }
        Locale::En => format!("(Attached to letter no. {number} of {sender})"),
    }
}

fn facts<'w>(checked: Checked<'_>, locale: Locale) -> Vec<(&'w str, String)> {
    let report = checked.report;
    let submission = &report.submission;
    let mut facts: Vec<(&str, String)> = Vec::new();
    let agency = place::agency(submission, locale);
    facts.extend(agency.map(|agency| (t(locale, "Cơ quan", "Agency"), agency)));
    let level = submission
        .level
        .as_deref()
        .map(|level| words::level(level, locale).to_owned());
    facts.extend(level.map(|level| (t(locale, "Cấp", "Level"), level)));
    facts.push((
        t(locale, "Tệp hồ sơ", "File"),
        format!(
            "{} ({})",
            super::file_names(&submission.file),
            words::format(&submission.format)
        ),
    ));
    facts.extend(
        submission
            .id
            .clone()
            .map(|id| (t(locale, "Mã hồ sơ", "Submission id"), id)),
    );
    facts.push((
        t(locale, "Mã kiểm chứng SHA-256", "SHA-256"),
        submission.sha256.clone(),
    ));
    facts.push((
        t(locale, "Căn cứ đối chiếu", "Checked against"),
        match locale {
            Locale::Vi => format!(
                "Khung kiến trúc tổng thể quốc gia số, phiên bản {} (sau đây gọi là Khung kiến trúc)",
                report.framework_version
            ),
            Locale::En => format!(
                "National Digital Architecture Framework, version {} (hereinafter “the framework”)",
                report.framework_version
            ),
        },
    ));
    facts.push((
        t(locale, "Bộ quy tắc", "Rule set"),
        format!(
            "{} {}, SHA-256 {}",
            report.ruleset.id, report.ruleset.version, report.ruleset.sha256
        ),
    ));
    facts.push((
        t(locale, "Ngày đánh giá", "Evaluated for"),
        words::date(report.evaluated_on, locale),
    ));
    facts
}

/// What was checked, a fact a row.
fn identity(checked: Checked<'_>, locale: Locale) -> String {
    let columns = [2_700, TEXT_WIDTH - 2_700];
    let rows: Vec<String> = facts(checked, locale)
        .iter()
        .map(|(name, value)| {
            let name = Cell::new(columns[0], line(Setting::CELL, name, CELL));
            let value = Cell::new(columns[1], line(Setting::CELL, value, CELL));
            row(RowKind::Whole, &[name, value])
        })
        .collect();
    table(&columns, true, &rows)
}

fn conclusion(checked: Checked<'_>, locale: Locale) -> String {
    let report = checked.report;
    let heading = verdict::heading_of(report.verdict, &report.bases, locale);
    let sentence = verdict::sentence(report, locale);
    let mut body = paragraph(
        Setting::BODY,
        &(run(&format!("{heading}. "), Face::BOLD) + &run(&sentence, Face::PLAIN)),
    );
    for remark in verdict::remarks(report, locale) {
        body.push_str(&line(Setting::BODY, &remark, Face::PLAIN));
    }
    if report.verdict == Verdict::Unusable {
        return body;
    }
    let counts = &report.counts;
    let decided = match locale {
        Locale::Vi => format!(
            "Số quy tắc đạt: {}; không áp dụng: {}; đã giải trình: {}; hồ sơ chưa nêu: {}; cần người xem: {}.",
            counts.passed,
            counts.not_applicable,
            counts.justified,
            counts.not_stated,
            counts.needs_person
        ),
        Locale::En => format!(
            "Rules that hold: {}; not applicable: {}; justified: {}; not stated: {}; for a person: {}.",
            counts.passed,
            counts.not_applicable,
            counts.justified,
            counts.not_stated,
            counts.needs_person
        ),
    };
    body.push_str(&line(Setting::BODY.with_next(), &decided, Face::PLAIN));
    body + &counts_table(checked, locale)
}

fn counts_table(checked: Checked<'_>, locale: Locale) -> String {
    const NUMBER: u32 = 1_700;
    let columns = [TEXT_WIDTH - 3 * NUMBER, NUMBER, NUMBER, NUMBER];
    let centred = Setting {
        align: Align::Centre,
        ..Setting::CELL
    };
    let heads = Severity::WORST_FIRST.map(|severity| *words::severity(severity).get(locale));
    let label = t(
        locale,
        "Điểm chưa xử lý theo căn cứ",
        "Open points by basis",
    );
    let head: Vec<Cell> = std::iter::once(label)
        .chain(heads)
        .zip(columns)
        .map(|(text, width)| Cell::new(width, line(centred.with_next(), text, CELL_BOLD)))
        .collect();
    let mut rows = vec![row(RowKind::Head, &head)];
    for basis in Basis::ALL {
        let counts = verdict::of_basis(&checked.report.counts, basis);
        let name = line(Setting::CELL, words::basis(basis).get(locale), CELL);
        let mut cells = vec![Cell::new(columns[0], name)];
        for severity in Severity::WORST_FIRST {
            let count = verdict::of_severity(counts, severity).to_string();
            cells.push(Cell::new(NUMBER, line(centred, &count, CELL)));
        }
        rows.push(row(RowKind::Whole, &cells));
    }
    table(&columns, true, &rows)
}

fn undecided(checked: Checked<'_>, chapters: &mut Chapters) -> String {
    let locale = chapters.locale;
    let mut body = String::new();
    for (outcome, heading) in [
        (
            Outcome::NotStated,
            t(
                locale,
                "Nội dung hồ sơ chưa nêu",
                "Not stated in the submission",
            ),
        ),
        (
            Outcome::NeedsPerson,
            t(
                locale,
                "Nội dung cần người thẩm định xem",
                "For a reviewer to judge",
            ),
        ),
    ] {
        let ids: Vec<&str> = checked.rules_with(outcome).collect();
        if ids.is_empty() {
            continue;
        }
        body.push_str(&chapters.heading(heading));
        let titled = ids.iter().any(|id| checked.rules.contains_key(*id));
        if titled {
            for id in ids {
                let title = checked
                    .rules
                    .get(id)
                    .map(|note| note.title.get(locale).as_str());
                let text = format!("- {} ({id});", title.unwrap_or(id));
                body.push_str(&line(Setting::BODY.spaced(0, 60), &text, Face::PLAIN));
            }
        } else {
            body.push_str(&line(
                Setting::BODY,
                &format!("{}.", ids.join(", ")),
                Face::PLAIN,
            ));
        }
    }
    body
}
