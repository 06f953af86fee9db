//! What a cell says: forgiving about how it is written, silent about nothing.

use std::borrow::Cow;

use framework::{Date, Localized};
use rulebook::{Kind, Node, Number};

use crate::{
    fold::folded,
    mapping::{OwnWords, meant},
    model::{Field, FieldKind},
    tree::trimmed,
    vocabulary::Vocabulary,
};

/// What a cell of a workbook or register holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// A truth value.
    Bool(bool),
    /// A day.
    Date(Date),
}

/// A remark on how a cell was read: its code and words.
pub(crate) type Remark = (&'static str, Localized);

/// What a cell says in a field, `own` being the agency's words for its values; `None` if nothing.
pub(crate) fn from_cell(
    field: &Field,
    cell: &Cell,
    vocabulary: &Vocabulary,
    own: Option<&OwnWords>,
) -> Option<(Kind<'static>, Option<Remark>)> {
    let Cell::Text(text) = cell else {
        let (kind, remark) = scalar(field.kind, cell, vocabulary);
        let kind = if field.is_list { list_of([kind]) } else { kind };
        return Some((kind, remark));
    };
    let text = meant(own, &cleaned(Cow::Borrowed(text))).to_owned();
    if text.is_empty() {
        return None;
    }
    if text == "null" || matches!(text.as_str(), "-" | "–" | "—") && !field.is_list {
        return Some((Kind::Null, None));
    }
    if !field.is_list {
        return Some(scalar(field.kind, &Cell::Text(text), vocabulary));
    }
    if matches!(text.as_str(), "-" | "–" | "—") {
        return Some((Kind::Array(Vec::new()), None));
    }
    let mut remark = None;
    let items = separated(&text).map(|item| {
        let (kind, said) = scalar(
            field.kind,
            &Cell::Text(meant(own, item).to_owned()),
            vocabulary,
        );
        remark = remark.take().or(said);
        kind
    });
    let items = list_of(items.collect::<Vec<_>>());
    Some((items, remark))
}

fn list_of(items: impl IntoIterator<Item = Kind<'static>>) -> Kind<'static> {
    Kind::Array(
        items
            .into_iter()
            .map(|kind| Node {
                at: 0,
                end: 0,
                kind,
            })
            .collect(),
    )
}

/// NFC, ordinary spaces, nothing at the ends, no invisible characters.
pub(crate) fn cleaned(text: Cow<'_, str>) -> Cow<'_, str> {
    let text = crate::tree::composed(&text).map_or(text, Cow::Owned);
    if !text.contains(is_cleaned) {
        return trimmed(text);
    }
    let text: String = text
        .chars()
        .filter(|letter| !matches!(letter, '\u{200B}' | '\u{FEFF}' | '\r'))
        .map(|letter| if is_cleaned(letter) { ' ' } else { letter })
        .collect();
    trimmed(Cow::Owned(text))
}

/// Signs that office programs put between words or beside them: left out, or a plain space.
const fn is_cleaned(letter: char) -> bool {
    matches!(
        letter,
        '\u{200B}' | '\u{FEFF}' | '\r' | '\u{A0}' | '\u{202F}' | '\u{2007}'
    )
}

/// The values of a list cell: separated by semicolons or lines, else by commas.
fn separated(text: &str) -> impl Iterator<Item = &str> {
    let by_comma = !text.contains([';', '\n']);
    text.split(move |mark| {
        if by_comma {
            mark == ','
        } else {
            mark == ';' || mark == '\n'
        }
    })
    .map(str::trim)
    .filter(|item| !item.is_empty())
}

fn scalar(
    kind: FieldKind,
    cell: &Cell,
    vocabulary: &Vocabulary,
) -> (Kind<'static>, Option<Remark>) {
    match kind {
        FieldKind::Text | FieldKind::Slug => (text(plain(cell)), None),
        FieldKind::Integer | FieldKind::Year => integer(cell),
        FieldKind::Date => date(cell),
        FieldKind::Boolean => boolean(cell, vocabulary),
        FieldKind::Code(_)
        | FieldKind::Component(..)
        | FieldKind::Body(_)
        | FieldKind::Constituent => {
            let written = plain(cell);
            let word = vocabulary.word(kind, &written).map(str::to_owned);
            (text(word.unwrap_or(written)), None)
        }
    }
}

fn text(text: String) -> Kind<'static> {
    Kind::String(Cow::Owned(text))
}

/// A cell as people see it.
pub(crate) fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Bool(true) => "true".to_owned(),
        Cell::Bool(false) => "false".to_owned(),
        Cell::Date(date) => date.to_string(),
    }
}

fn whole(number: f64) -> Option<Number> {
    // Beyond 2^53 a cell's number is not exact any more.
    if number.fract() != 0.0 || number.abs() > 9_007_199_254_740_992.0 {
        return None;
    }
    // Whole and within 2^53, as just checked: the casts are exact.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Some(if number < 0.0 {
        Number::Signed(number as i64)
    } else {
        Number::Unsigned(number as u64)
    })
}

fn integer(cell: &Cell) -> (Kind<'static>, Option<Remark>) {
    match cell {
        Cell::Number(number) => (
            Kind::Number(whole(*number).unwrap_or(Number::Float(*number))),
            None,
        ),
        Cell::Text(written) => integer_of_text(written),
        Cell::Bool(_) | Cell::Date(_) => kept(cell),
    }
}

fn integer_of_text(written: &str) -> (Kind<'static>, Option<Remark>) {
    let digits: String = written.split_whitespace().collect();
    let exact = digits.len() < 2 || !digits.starts_with('0');
    if let (true, Ok(number)) = (exact, digits.parse::<u64>()) {
        return (Kind::Number(Number::Unsigned(number)), None);
    }
    if let Ok(number) = digits.parse::<i64>()
        && number < 0
    {
        return (Kind::Number(Number::Signed(number)), None);
    }
    if is_grouped(&digits)
        && let Ok(number) = digits.replace(['.', ','], "").parse::<u64>()
    {
        let remark = Localized::text(
            format!("«{written}» được đọc là số {number} (dấu chấm, phẩy phân nhóm hàng nghìn)."),
            format!(
                "“{written}” is read as the number {number} (points or commas group thousands)."
            ),
        );
        return (
            Kind::Number(Number::Unsigned(number)),
            Some(("cell-grouped-number", remark)),
        );
    }
    kept(&Cell::Text(written.to_owned()))
}

/// `1.480`, `21,400`, `1.234.567`.
fn is_grouped(text: &str) -> bool {
    let mut groups = text.split(['.', ',']);
    let first = groups.next().unwrap_or_default();
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let mut rest = groups.peekable();
    (1..=3).contains(&first.len())
        && digits(first)
        && !first.starts_with('0')
        && rest.peek().is_some()
        && rest.all(|group| group.len() == 3 && digits(group))
}

fn date(cell: &Cell) -> (Kind<'static>, Option<Remark>) {
    match cell {
        Cell::Date(date) => (text(date.to_string()), None),
        Cell::Number(serial) => match date_of_serial(*serial) {
            Some(date) => {
                let remark = Localized::text(
                    format!(
                        "Số {serial} được đọc là ngày {} (số thứ tự ngày của Excel).",
                        date.to_vietnamese()
                    ),
                    format!(
                        "The number {serial} is read as the day {date} (a serial date of Excel)."
                    ),
                );
                (text(date.to_string()), Some(("cell-serial-date", remark)))
            }
            None => kept(cell),
        },
        Cell::Text(written) => match date_of_text(written) {
            Some(date) => (text(date.to_string()), None),
            None => kept(cell),
        },
        Cell::Bool(_) => kept(cell),
    }
}

/// The day of an Excel serial number, if it is one of 1955 to 2119: what a plan can speak of.
pub(crate) fn date_of_serial(serial: f64) -> Option<Date> {
    if !(20_000.0..80_000.0).contains(&serial) {
        return None;
    }
    // Within 20,000 and 80,000, as just checked: the cast is exact.
    #[expect(clippy::cast_possible_truncation)]
    let days = serial.floor() as i64;
    Date::from_days_since_epoch(days - 25_569)
}

/// `31/12/2026`, `31-12-2026`, `31.12.2026`, `2026-12-31`, `2026/12/31`, «ngày 31 tháng 12 năm 2026».
fn date_of_text(written: &str) -> Option<Date> {
    let words = folded(written);
    let words = words.strip_prefix("ngay ").unwrap_or(&words);
    let words = words.replace("thang ", "").replace("nam ", "");
    let parts: Vec<&str> = words.split(' ').collect();
    let [first, second, third] = parts.as_slice() else {
        return None;
    };
    let (day, month, year) = if first.len() == 4 {
        (third, second, first)
    } else {
        (first, second, third)
    };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn boolean(cell: &Cell, vocabulary: &Vocabulary) -> (Kind<'static>, Option<Remark>) {
    let written = match cell {
        Cell::Bool(value) => return (Kind::Bool(*value), None),
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) => text.clone(),
        Cell::Date(_) => return kept(cell),
    };
    if matches!(written.as_str(), "✓" | "✔" | "☑" | "√") {
        return (Kind::Bool(true), None);
    }
    match vocabulary.word(FieldKind::Boolean, &written) {
        Some("true") => (Kind::Bool(true), None),
        Some("false") => (Kind::Bool(false), None),
        Some(word) => (text(word.to_owned()), None),
        None => match folded(&written).as_str() {
            "x" | "y" | "1" | "dung" | "on" => (Kind::Bool(true), None),
            "n" | "0" | "sai" | "off" | "khong co" => (Kind::Bool(false), None),
            "khong ro" | "khong biet" => (text("unknown".to_owned()), None),
            _ => kept(cell),
        },
    }
}

/// A cell that does not fit its column keeps what it says: the file lives on, and the form speaks of
/// the one value, at this cell.
fn kept(cell: &Cell) -> (Kind<'static>, Option<Remark>) {
    let kind = match cell {
        Cell::Bool(value) => Kind::Bool(*value),
        Cell::Number(number) => Kind::Number(whole(*number).unwrap_or(Number::Float(*number))),
        Cell::Text(_) | Cell::Date(_) => text(plain(cell)),
    };
    (kind, None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::section;

    fn field(section_key: &str, path: &str) -> &'static Field {
        section(section_key)
            .unwrap()
            .fields
            .iter()
            .find(|field| field.path == path)
            .unwrap()
    }

    fn read(field: &Field, cell: &Cell) -> (String, Option<&'static str>) {
        let (kind, remark) = from_cell(field, cell, &Vocabulary::new(None), None).unwrap();
        let said = match kind {
            Kind::Null => "null".to_owned(),
            Kind::Bool(value) => value.to_string(),
            Kind::Number(Number::Unsigned(number)) => number.to_string(),
            Kind::Number(Number::Signed(number)) => number.to_string(),
            Kind::Number(Number::Float(number)) => number.to_string(),
            Kind::String(text) => format!("«{text}»"),
            Kind::Array(items) => items
                .iter()
                .map(|i| i.as_str().unwrap())
                .collect::<Vec<_>>()
                .join("|"),
            Kind::Object(_) | Kind::Shared(_) | Kind::Joined(_) => {
                unreachable!("a cell holds no record")
            }
        };
        (said, remark.map(|(code, _)| code))
    }

    #[test]
    fn days_come_in_every_way_people_write_them() {
        let start = field("applications", "start");
        let day = Date::new(2026, 12, 31).unwrap();
        for cell in [
            Cell::Date(day),
            Cell::Text("31/12/2026".into()),
            Cell::Text(" 31-12-2026\u{A0}".into()),
            Cell::Text("2026-12-31".into()),
            Cell::Text("ngày 31 tháng 12 năm 2026".into()),
        ] {
            assert_eq!(read(start, &cell), ("«2026-12-31»".into(), None));
        }
        assert_eq!(
            read(start, &Cell::Number(46_387.0)),
            ("«2026-12-31»".into(), Some("cell-serial-date"))
        );
        assert_eq!(
            read(start, &Cell::Text("03/04/2026".into())).0,
            "«2026-04-03»"
        );
        assert_eq!(
            read(start, &Cell::Text("quý IV".into())),
            ("«quý IV»".into(), None)
        );
        assert_eq!(
            read(start, &Cell::Text("31/02/2026".into())).0,
            "«31/02/2026»"
        );
    }

    #[test]
    fn truth_values_numbers_and_lists_come_in_many_ways_too() {
        let public = field("applications", "public_facing");
        for (text, said) in [
            ("x", "true"),
            ("Có", "true"),
            ("KHÔNG", "false"),
            ("no", "false"),
            ("Chưa rõ", "«unknown»"),
            ("-", "null"),
        ] {
            assert_eq!(
                read(public, &Cell::Text(text.into())),
                (said.into(), None),
                "{text}"
            );
        }
        let staff = field("agency", "staff");
        assert_eq!(
            read(staff, &Cell::Text("21400".into())),
            ("21400".into(), None)
        );
        assert_eq!(
            read(staff, &Cell::Text("21.400".into())),
            ("21400".into(), Some("cell-grouped-number"))
        );
        assert_eq!(
            read(staff, &Cell::Text("khoảng 20".into())).0,
            "«khoảng 20»"
        );
        assert_eq!(read(staff, &Cell::Number(16.0)).0, "16");
        let functions = field("applications", "functions");
        assert_eq!(
            read(
                functions,
                &Cell::Text("Họp trực tuyến; hr.personnel-management;sector.thuy-van".into())
            )
            .0,
            "mtg.video-conferencing|hr.personnel-management|sector.thuy-van"
        );
        assert_eq!(read(functions, &Cell::Text("a, b".into())).0, "a|b");
        assert_eq!(read(functions, &Cell::Text("-".into())).0, "");
        let lifecycle = field("applications", "lifecycle");
        assert_eq!(
            read(lifecycle, &Cell::Text("dang van hanh".into())).0,
            "«operating»"
        );
        assert_eq!(
            read(lifecycle, &Cell::Text("vận hành thử".into())).0,
            "«vận hành thử»"
        );
        let version = field("reference", "framework_version");
        assert_eq!(read(version, &Cell::Text("2.0".into())).0, "«2.0»");
    }
}
