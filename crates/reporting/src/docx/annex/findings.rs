//! The findings in tables: under the clause they rest on, quoted once.

use framework::{Basis, Locale};
use rulebook::Finding;

use super::{CELL, CELL_BOLD, Chapters};
use crate::{
    Checked, checked, citation,
    docx::{
        clauses::{self, Group},
        package::TEXT_WIDTH,
        t,
        wml::{Align, Cell, Face, RowKind, Setting, line, paragraph, row, run, table},
    },
    place, visible, words,
};

/// Columns of the table: number, what is the matter, what to do.
const COLUMNS: [u32; 3] = [620, 4_900, TEXT_WIDTH - 620 - 4_900];
const CELL_ITALIC: Face = Face::ITALIC.sized(24);
/// Bytes of markup above which a row may run over the end of a page.
const LONG: usize = 6_000;

/// A chapter for each basis with open findings, and one for what is justified.
pub(super) fn chapters(checked: Checked<'_>, chapters: &mut Chapters) -> String {
    let locale = chapters.locale;
    let mut body = String::new();
    for basis in Basis::ALL {
        let groups = clauses::groups(checked.open(), basis);
        if groups.is_empty() {
            continue;
        }
        body.push_str(&chapters.heading(match (basis, locale) {
            (Basis::Framework, Locale::Vi) => {
                "Các điểm chưa phù hợp, cần xem lại theo Khung kiến trúc"
            }
            (Basis::Framework, Locale::En) => "Points under the framework",
            (Basis::Law, Locale::Vi) => "Các điểm theo văn bản pháp luật khác",
            (Basis::Law, Locale::En) => "Points under other legal documents",
            (Basis::Practice, Locale::Vi) => "Các điểm theo yêu cầu về hồ sơ",
            (Basis::Practice, Locale::En) => "Points under submission requirements",
        }));
        if let Some(note) = words::basis_note(basis) {
            body.push_str(&line(
                Setting::BODY.with_next(),
                note.get(locale),
                Face::ITALIC,
            ));
        }
        body.push_str(&findings_table(checked, &groups, locale));
    }
    let justified: Vec<&Finding> = checked.justified().collect();
    if !justified.is_empty() {
        body.push_str(&chapters.heading(t(
            locale,
            "Các điểm hồ sơ đã giải trình",
            "Points the submission justifies",
        )));
        let group = Group {
            clause: None,
            findings: justified,
        };
        body.push_str(&findings_table(checked, &[group], locale));
    }
    body
}

fn findings_table(checked: Checked<'_>, groups: &[Group<'_>], locale: Locale) -> String {
    let heads = [
        t(locale, "TT", "No."),
        t(
            locale,
            "Vấn đề và vị trí trong hồ sơ",
            "Problem and place in the submission",
        ),
        t(locale, "Đề nghị", "What to do"),
    ];
    let centred = Setting {
        align: Align::Centre,
        ..Setting::CELL
    };
    let head: Vec<Cell> = heads
        .into_iter()
        .zip(COLUMNS)
        .map(|(text, width)| Cell::new(width, line(centred.with_next(), text, CELL_BOLD)))
        .collect();
    let mut rows = vec![row(RowKind::Head, &head)];
    let mut number = 0;
    for group in groups {
        if let Some(clause) = group.clause {
            let heading = format!(
                "{} ({}): ",
                citation::heading(&clause.id, locale),
                clause.id
            );
            let quote = format!("“{}”", visible::line(clause.quote.get(locale)));
            let mut text = paragraph(
                Setting::CELL.with_next(),
                &(run(&heading, CELL_BOLD) + &run(&quote, CELL_ITALIC)),
            );
            if locale == Locale::En {
                let original = format!("“{}”", visible::line(&clause.quote.vi));
                text.push_str(&line(Setting::CELL.with_next(), &original, CELL_ITALIC));
            }
            rows.push(row(
                RowKind::Whole,
                &[Cell::new(TEXT_WIDTH, text).spanning(3)],
            ));
        }
        for finding in &group.findings {
            number += 1;
            rows.push(finding_row(checked, finding, number, locale));
        }
    }
    table(&COLUMNS, true, &rows)
}

fn finding_row(checked: Checked<'_>, finding: &Finding, number: usize, locale: Locale) -> String {
    let centred = Setting {
        align: Align::Centre,
        ..Setting::CELL
    };
    let severity = *words::severity(finding.severity).get(locale);
    let title = checked.title(finding, locale);
    let mut what = paragraph(
        Setting::CELL,
        &(run(&format!("[{severity}] "), CELL_BOLD) + &run(&title, CELL_BOLD)),
    );
    what.push_str(&line(Setting::CELL, finding.message.get(locale), CELL));
    let path = place::path(checked.source, &finding.location, locale);
    let words = place::position_in_words(&finding.location, locale);
    let whole = words.map_or_else(|| path.clone(), |words| format!("{path}; {words}"));
    let lead = t(locale, "Vị trí: ", "Place: ");
    what.push_str(&line(Setting::CELL, &format!("{lead}{whole}"), CELL_ITALIC));
    let rule = format!("{} {}", t(locale, "Quy tắc:", "Rule:"), finding.rule);
    what.push_str(&line(Setting::CELL, &rule, CELL));
    let steps = checked::steps(finding, locale);
    let several = steps.len() > 1;
    let todo: String = steps
        .iter()
        .enumerate()
        .map(|(index, step)| {
            let step = if several {
                format!("{}. {step}", index + 1)
            } else {
                step.clone()
            };
            line(Setting::CELL, &step, CELL)
        })
        .collect();
    let todo = if todo.is_empty() {
        line(Setting::CELL, "–", CELL)
    } else {
        todo
    };
    let number = line(centred, &number.to_string(), CELL);
    // A row that fills half a page would leave that half empty.
    let kind = if what.len() + todo.len() > LONG {
        RowKind::Running
    } else {
        RowKind::Whole
    };
    row(
        kind,
        &[
            Cell::new(COLUMNS[0], number),
            Cell::new(COLUMNS[1], what),
            Cell::new(COLUMNS[2], todo),
        ],
    )
}
