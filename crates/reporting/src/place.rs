//! Where a finding stands, said so that a person finds it: the list and the record by name, then
//! line and column, or sheet and cell.

use framework::{Locale, Localized};
use rulebook::{Location, Node, SubmissionIdentity};

use crate::{Source, visible, words::Word};

/// `sample-province.yaml:61:5`, `ho-so.xlsx, 5. Nền tảng!D9`: what editors and people can follow.
pub fn position(file: &str, location: &Location) -> String {
    let file = visible::line(location.file.as_deref().unwrap_or(file));
    match (&location.sheet, &location.cell, location.line) {
        (Some(sheet), Some(cell), _) => format!("{file}, {}!{cell}", visible::line(sheet)),
        (Some(sheet), None, _) => format!("{file}, {}", visible::line(sheet)),
        (None, _, Some(line)) => format!("{file}:{line}:{}", location.column.unwrap_or(1)),
        (None, _, None) => file.into_owned(),
    }
}

/// The same as a phrase: «dòng 61, cột 5»; «trang “5. Nền tảng”, ô D9, tiêu đề “Hình thức”».
pub fn position_in_words(location: &Location, locale: Locale) -> Option<String> {
    if let Some(sheet) = &location.sheet {
        return Some(cell_in_words(sheet, location, locale));
    }
    let line = location.line?;
    let column = location.column.unwrap_or(1);
    Some(match locale {
        Locale::Vi => format!("dòng {line}, cột {column}"),
        Locale::En => format!("line {line}, column {column}"),
    })
}

fn cell_in_words(sheet: &str, location: &Location, locale: Locale) -> String {
    let named = |vi: &str, en: &str, name: &str| {
        let kind = if locale == Locale::Vi { vi } else { en };
        format!("{kind} {}", visible::line(name))
    };
    let quoted = |name: &str| format!("“{name}”");
    let mut parts = vec![named("trang tính", "sheet", &quoted(sheet))];
    parts.extend(
        location
            .cell
            .as_deref()
            .map(|cell| named("ô", "cell", cell)),
    );
    parts.extend(
        location
            .header
            .as_deref()
            .map(|header| named("tiêu đề", "header", &quoted(header))),
    );
    parts.join(", ")
}

/// The way through the submission: «Nền tảng số › bản ghi thứ 3 “Phần mềm …” (app-hr-new) ›
/// lifecycle».
pub fn path(source: &Source<'_>, location: &Location, locale: Locale) -> String {
    way(source, location, locale).join(" › ")
}

/// The same with commas, for a sentence.
pub fn path_in_words(source: &Source<'_>, location: &Location, locale: Locale) -> String {
    way(source, location, locale).join(", ")
}

fn way(source: &Source<'_>, location: &Location, locale: Locale) -> Vec<String> {
    let steps: Vec<String> = location
        .pointer
        .split('/')
        .skip(1)
        .map(|step| step.replace("~1", "/").replace("~0", "~"))
        .collect();
    let Some((collection, rest)) = steps.split_first() else {
        return vec![whole(locale).to_owned()];
    };
    let mut parts = vec![collection_name(collection, locale)];
    let mut fields = rest;
    if let Some((index, after)) = rest.split_first()
        && let Ok(index) = index.parse::<usize>()
    {
        let record = source
            .root()
            .and_then(|root| root.get(collection)?.items().get(index));
        parts.push(record_name(
            index,
            record,
            location.record.as_deref(),
            locale,
        ));
        fields = after;
    }
    if !fields.is_empty() {
        parts.push(visible::line(&fields.join(".")).into_owned());
    }
    parts
}

/// The agency in one language, if the submission names it at all.
pub fn agency(submission: &SubmissionIdentity, locale: Locale) -> Option<String> {
    agency_name(submission.agency.as_ref(), locale)
}

pub(crate) fn agency_name(
    name: Option<&Localized<Option<String>>>,
    locale: Locale,
) -> Option<String> {
    let name = name?;
    let other = name.get(locale.other()).as_deref();
    let name = name.get(locale).as_deref().or(other)?;
    Some(visible::line(name).into_owned())
}

const fn whole(locale: Locale) -> &'static str {
    match locale {
        Locale::Vi => "toàn hồ sơ",
        Locale::En => "the whole submission",
    }
}

fn record_name(
    index: usize,
    record: Option<&Node<'_>>,
    id: Option<&str>,
    locale: Locale,
) -> String {
    let number = index + 1;
    let position = match locale {
        Locale::Vi => format!("bản ghi thứ {number}"),
        Locale::En => format!("record {number}"),
    };
    let title = record.and_then(|record| title_of(record, locale));
    let title = title
        .map(|title| format!(" “{}”", visible::line(title)))
        .unwrap_or_default();
    let id = id.or_else(|| record?.get("id")?.as_str());
    let id = id
        .map(|id| format!(" ({})", visible::line(id)))
        .unwrap_or_default();
    format!("{position}{title}{id}")
}

/// What a record calls itself: `name` or `title`, as a text or a pair of languages.
fn title_of<'n>(record: &'n Node<'_>, locale: Locale) -> Option<&'n str> {
    let name = record.get("name").or_else(|| record.get("title"))?;
    let in_language = |locale: Locale| name.get(locale.tag())?.as_str();
    name.as_str()
        .or_else(|| in_language(locale))
        .or_else(|| in_language(locale.other()))
}

/// Sections of a submission by their keys (shared with the template: submission-model 2.1–2.16).
const COLLECTIONS: [(&str, Word); 24] = [
    ("agency", Localized::new("Cơ quan", "Agency")),
    ("applications", Localized::new("Ứng dụng", "Applications")),
    ("attachments", Localized::new("Tệp đính kèm", "Attachments")),
    (
        "business_processes",
        Localized::new("Nghiệp vụ", "Business processes"),
    ),
    (
        "component_dispositions",
        Localized::new(
            "Phương án với thành phần dùng chung",
            "Shared component dispositions",
        ),
    ),
    ("contacts", Localized::new("Đầu mối liên hệ", "Contacts")),
    (
        "current_state",
        Localized::new("Hiện trạng", "Current state"),
    ),
    ("data_assets", Localized::new("Dữ liệu", "Data assets")),
    (
        "deployments",
        Localized::new("Phạm vi triển khai", "Deployments"),
    ),
    (
        "digital_identity",
        Localized::new("Định danh điện tử", "Digital identity"),
    ),
    (
        "digital_signature",
        Localized::new("Chữ ký số", "Digital signatures"),
    ),
    (
        "infrastructure",
        Localized::new("Hạ tầng số", "Infrastructure"),
    ),
    ("integrations", Localized::new("Kết nối", "Integrations")),
    (
        "justifications",
        Localized::new("Giải trình", "Justifications"),
    ),
    (
        "owner_tasks",
        Localized::new("Nhiệm vụ tại phần III", "Part III tasks"),
    ),
    ("platforms", Localized::new("Nền tảng số", "Platforms")),
    (
        "public_services",
        Localized::new("Dịch vụ công", "Public services"),
    ),
    (
        "reference",
        Localized::new("Khung tham chiếu", "Reference frameworks"),
    ),
    ("roadmap", Localized::new("Lộ trình", "Roadmap")),
    ("scope", Localized::new("Phạm vi hồ sơ", "Scope")),
    ("security", Localized::new("An toàn thông tin", "Security")),
    (
        "submission",
        Localized::new("Thông tin hồ sơ", "Submission"),
    ),
    ("target_state", Localized::new("Mục tiêu", "Target state")),
    ("systems", Localized::new("Hệ thống", "Systems")),
];

fn collection_name(key: &str, locale: Locale) -> String {
    COLLECTIONS
        .iter()
        .find(|(known, _)| *known == key)
        .map_or_else(
            || visible::line(key).into_owned(),
            |(_, name)| (*name.get(locale)).to_owned(),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(pointer: &str, record: Option<&str>) -> Location {
        Location {
            pointer: pointer.to_owned(),
            record: record.map(str::to_owned),
            ..Location::default()
        }
    }

    #[test]
    fn a_place_is_named_by_list_record_and_field() {
        let source = Source::none();
        let place = at("/platforms/2/lifecycle", Some("app-hr-new"));
        assert_eq!(
            path(&source, &place, Locale::Vi),
            "Nền tảng số › bản ghi thứ 3 (app-hr-new) › lifecycle"
        );
        assert_eq!(
            path(&source, &at("", None), Locale::En),
            "the whole submission"
        );
        assert_eq!(
            path(&source, &at("/agency/name/vi", None), Locale::En),
            "Agency › name.vi"
        );
        assert_eq!(
            path(&source, &at("/lạ~1\u{202e}", None), Locale::Vi),
            "lạ/⟨U+202E⟩"
        );
    }

    #[test]
    fn a_cell_is_named_by_sheet_and_cell() {
        let place = Location {
            sheet: Some("5. Nền tảng".to_owned()),
            cell: Some("D9".to_owned()),
            header: Some("Hình thức".to_owned()),
            ..Location::default()
        };
        assert_eq!(position("a.xlsx", &place), "a.xlsx, 5. Nền tảng!D9");
        assert_eq!(
            position_in_words(&place, Locale::Vi).as_deref(),
            Some("trang tính “5. Nền tảng”, ô D9, tiêu đề “Hình thức”")
        );
    }
}
