//! What stands around the text of an official paper: national title, sender, number, date at its
//! head; recipients and signature at its foot.

use framework::{Date, Locale};

use super::{
    Letterhead,
    package::TEXT_WIDTH,
    t,
    wml::{Align, Cell, Face, RowKind, Setting, line, paragraph, row, rule, run, table},
};

const LEFT: u32 = 3_800;
const RIGHT: u32 = TEXT_WIDTH - LEFT;
/// How long «Độc lập - Tự do - Hạnh phúc» is at 14 pt bold: the rule under it is as long.
const MOTTO: u32 = 3_340;
/// A third to a half of the line above, as the decree wants it.
const SENDER_RULE: u32 = 1_300;
const BLANK: &str = "…………";

/// The head. `about` is the «V/v» of a letter.
pub(super) fn head(paper: &Letterhead<'_>, about: Option<&str>, locale: Locale) -> String {
    let names = [
        Cell::new(LEFT, sender(paper, locale)),
        Cell::new(RIGHT, nation(locale)),
    ];
    let about =
        about.map(|about| line(Setting::CENTRE.spaced(120, 0), about, Face::PLAIN.sized(24)));
    let number = paper.number.map_or_else(
        || t(locale, "Số: …/…", "No.: …/…").to_owned(),
        |number| format!("{} {number}", t(locale, "Số:", "No.:")),
    );
    let number = line(Setting::CENTRE.spaced(60, 0), &number, Face::PLAIN);
    let dates = [
        Cell::new(LEFT, number + &about.unwrap_or_default()),
        Cell::new(
            RIGHT,
            line(
                Setting::CENTRE.spaced(60, 0),
                &place_and_date(paper, locale),
                Face::ITALIC,
            ),
        ),
    ];
    table(
        &[LEFT, RIGHT],
        false,
        &[row(RowKind::Whole, &names), row(RowKind::Whole, &dates)],
    )
}

fn sender(paper: &Letterhead<'_>, locale: Locale) -> String {
    let capitals = Face::PLAIN.in_capitals();
    let mut lines = String::new();
    if let Some(parent) = paper.parent {
        lines.push_str(&line(Setting::CENTRE, parent, capitals));
    }
    let blank = t(locale, "TÊN CƠ QUAN, TỔ CHỨC", "NAME OF THE BODY");
    let sender = paper
        .sender
        .map_or_else(|| format!("[{blank}]"), str::to_owned);
    lines.push_str(&line(Setting::CENTRE, &sender, Face::BOLD.in_capitals()));
    lines + &rule(LEFT, SENDER_RULE)
}

fn nation(locale: Locale) -> String {
    let nation = t(
        locale,
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "SOCIALIST REPUBLIC OF VIET NAM",
    );
    let motto = t(
        locale,
        "Độc lập - Tự do - Hạnh phúc",
        "Independence - Freedom - Happiness",
    );
    let length = if locale == Locale::Vi { MOTTO } else { 4_150 };
    let (nation, motto) = (
        line(Setting::CENTRE, nation, Face::BOLD.sized(25)),
        line(Setting::CENTRE, motto, Face::BOLD.sized(28)),
    );
    format!("{nation}{motto}{}", rule(RIGHT, length))
}

fn place_and_date(paper: &Letterhead<'_>, locale: Locale) -> String {
    let place = paper.place.unwrap_or(BLANK);
    match locale {
        Locale::Vi => format!("{place}, {}", vietnamese_date(paper.date)),
        Locale::En => match paper.date {
            Some(date) => format!("{place}, {}", crate::words::date(date, locale)),
            None => format!("{place}, …… 20…"),
        },
    }
}

/// «ngày 05 tháng 02 năm 2026»: days below ten and the first two months take a nought.
pub(super) fn vietnamese_date(date: Option<Date>) -> String {
    let Some(date) = date else {
        return "ngày … tháng … năm 20…".to_owned();
    };
    let month = if date.month() < 3 {
        format!("0{}", date.month())
    } else {
        date.month().to_string()
    };
    format!("ngày {:02} tháng {month} năm {}", date.day(), date.year())
}

/// The foot: recipients on the left, who signs on the right.
pub(super) fn foot(paper: &Letterhead<'_>, recipients: &[&str], locale: Locale) -> String {
    const HALF: u32 = TEXT_WIDTH / 2;
    let left = Setting {
        align: Align::Left,
        ..Setting::CENTRE
    }
    .with_next();
    let heading = t(locale, "Nơi nhận:", "Recipients:");
    let bold_italic = Face {
        bold: true,
        italic: true,
        ..Face::PLAIN
    }
    .sized(24);
    let mut to = line(left, heading, bold_italic);
    for (index, recipient) in recipients.iter().enumerate() {
        let end = if index + 1 == recipients.len() {
            "."
        } else {
            ";"
        };
        to.push_str(&line(
            left,
            &format!("- {recipient}{end}"),
            Face::PLAIN.sized(22),
        ));
    }
    let blank = t(locale, "CHỨC VỤ CỦA NGƯỜI KÝ", "POSITION OF WHO SIGNS");
    let position = paper
        .position
        .map_or_else(|| format!("[{blank}]"), str::to_owned);
    let blank = t(locale, "Họ và tên", "Full name");
    let signer = paper
        .signer
        .map_or_else(|| format!("[{blank}]"), str::to_owned);
    let centre = Setting::CENTRE.with_next();
    let signature = [
        line(centre, &position, Face::BOLD.in_capitals()),
        paragraph(centre.spaced(900, 0), &run("", Face::PLAIN)),
        line(Setting::CENTRE, &signer, Face::BOLD),
    ]
    .concat();
    let cells = [Cell::new(HALF, to), Cell::new(TEXT_WIDTH - HALF, signature)];
    let space = paragraph(Setting::CENTRE.spaced(120, 0).with_next(), "");
    space
        + &table(
            &[HALF, TEXT_WIDTH - HALF],
            false,
            &[row(RowKind::Whole, &cells)],
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_take_noughts_as_the_decree_wants_them() {
        for (date, words) in [
            ("2026-02-05", "ngày 05 tháng 02 năm 2026"),
            ("2026-03-31", "ngày 31 tháng 3 năm 2026"),
            ("2026-12-09", "ngày 09 tháng 12 năm 2026"),
        ] {
            assert_eq!(vietnamese_date(date.parse().ok()), words);
        }
    }
}
