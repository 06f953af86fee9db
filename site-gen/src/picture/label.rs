//! What the boxes say: lead body, deadline, level of deployment, and the sentence behind them.

use framework::{
    AdministrativeLevel, Body, Catalogue, Component, ConstituentFramework, Deployment, Layer,
    Locale, Localized,
};

/// The words of the picture that are not in the catalogue.
pub(super) const CONSTITUENTS: Localized<&str> =
    Localized::new("CÁC HỢP PHẦN (II.1)", "CONSTITUENT FRAMEWORKS (II.1)");
pub(super) const COMPONENTS: Localized<&str> = Localized::new(
    "CÁC THÀNH PHẦN DÙNG CHUNG (II.3)",
    "SHARED COMPONENTS (II.3)",
);
pub(super) const USE: Localized<&str> = Localized::new(
    "kết nối · chia sẻ · dùng chung · tránh trùng lặp",
    "connect · share · reuse · avoid duplication",
);
pub(super) const OPEN_LIST: Localized<&str> = Localized::new(
    "Danh mục mở: văn bản chỉ nêu các thành phần tiêu biểu",
    "Open list: the text names typical components only",
);
pub(super) const TITLE: Localized<&str> = Localized::new(
    "Mô hình khái quát Khung kiến trúc tổng thể quốc gia số",
    "Overview model of the National Digital Overall Architecture Framework",
);
pub(super) const SUMMARY: Localized<&str> = Localized::new(
    "Các hợp phần (khung kiến trúc số của từng khối) cùng sử dụng các thành phần dùng chung tiêu \
     biểu, xếp thành năm lớp: nghiệp vụ, dữ liệu, ứng dụng, nền tảng số, hạ tầng số. Mỗi ô là một \
     liên kết.",
    "The constituent frameworks use the typical shared components together; these stand in five \
     layers: business, data, applications, platforms and infrastructure. Each box is a link.",
);
const NOT_STATED: Localized<&str> = Localized::new("văn bản không nêu", "not stated in the text");
const NO_LEAD: Localized<&str> = Localized::new("không nêu chủ trì", "lead not stated");

/// A body's name where room is scarce. English names are long and their short forms well known;
/// Vietnamese short forms (BCA, BNV) are not read by everybody and the names fit.
pub(super) fn short_name(body: &Body, locale: Locale) -> &str {
    match (locale, &body.abbreviation.en) {
        (Locale::En, Some(short)) => short,
        _ => body.name.get(locale),
    }
}

/// The bodies the text makes responsible for a component, in its order.
pub(super) fn leads<'a>(catalogue: &'a Catalogue, component: &Component) -> Vec<&'a Body> {
    component
        .responsible
        .iter()
        .filter_map(|duty| catalogue.body(&duty.body))
        .collect()
}

/// The lead as a box shows it. Business functions are processes: nobody is asked to build them.
pub(super) fn lead_line(catalogue: &Catalogue, component: &Component, locale: Locale) -> String {
    let names: Vec<&str> = leads(catalogue, component)
        .into_iter()
        .map(|body| short_name(body, locale))
        .collect();
    match (names.is_empty(), component.layer) {
        (true, Layer::Business) => String::new(),
        (true, _) => (*NO_LEAD.get(locale)).to_owned(),
        (false, _) => names.join("; "),
    }
}

/// The years as a box shows them; a duty to guide is said to be one.
pub(super) fn deadline_line(component: &Component, locale: Locale) -> String {
    let Some(deadline) = &component.deadline else {
        return String::new();
    };
    let years = if deadline.from_year == deadline.to_year {
        deadline.to_year.to_string()
    } else {
        format!("{}–{}", deadline.from_year, deadline.to_year)
    };
    if component
        .responsible
        .iter()
        .any(framework::Responsibility::is_guidance)
    {
        format!(
            "{} {years}",
            Localized::new("hướng dẫn", "guidance").get(locale)
        )
    } else {
        years
    }
}

/// The level of deployment in the corner of a box.
pub(super) fn scope_corner(component: &Component, locale: Locale) -> Option<String> {
    let Deployment { to, at_least, .. } = component.deployment.as_ref()?;
    let level = level_name(*to);
    let corner = match locale {
        Locale::Vi => format!("TW → {}", level.vi),
        Locale::En => format!("to {}", level.en),
    };
    let minimum = Localized::new(", tối thiểu", ", at least");
    Some(if *at_least {
        corner + minimum.get(locale)
    } else {
        corner
    })
}

const fn level_name(level: AdministrativeLevel) -> Localized<&'static str> {
    match level {
        AdministrativeLevel::Central => Localized::new("Trung ương", "central"),
        AdministrativeLevel::Province => Localized::new("tỉnh", "province"),
        AdministrativeLevel::Commune => Localized::new("xã", "commune"),
    }
}

/// A component in one full sentence.
pub(super) fn component_sentence(
    catalogue: &Catalogue,
    component: &Component,
    locale: Locale,
) -> String {
    let bodies: Vec<&str> = leads(catalogue, component)
        .into_iter()
        .map(|body| body.name.get(locale).as_str())
        .collect();
    let silent = *NOT_STATED.get(locale);
    let lead = if bodies.is_empty() {
        silent.to_owned()
    } else {
        bodies.join("; ")
    };
    let deadline = match deadline_line(component, locale) {
        years if years.is_empty() => silent.to_owned(),
        years => years,
    };
    let scope = component
        .deployment
        .as_ref()
        .map_or(silent, |deployment| deployment.text.get(locale).as_str());
    let (code, name) = (&component.code, component.name.get(locale));
    match locale {
        Locale::Vi => {
            format!("{code}. {name}. Chủ trì: {lead}. Thời hạn: {deadline}. Phạm vi: {scope}")
        }
        Locale::En => format!("{code}. {name}. Lead: {lead}. Deadline: {deadline}. Scope: {scope}"),
    }
}

/// The letter of a constituent: `đ` of II.1.đ.
pub(super) fn letter(constituent: &ConstituentFramework) -> &str {
    let clause = constituent.clause.as_str();
    clause.rsplit_once('.').map_or(clause, |(_, letter)| letter)
}

/// Who develops a constituent.
pub(super) fn developer(
    catalogue: &Catalogue,
    constituent: &ConstituentFramework,
    locale: Locale,
) -> String {
    let names: Vec<&str> = constituent
        .responsible
        .iter()
        .filter_map(|duty| catalogue.body(&duty.body))
        .map(|body| body.name.get(locale).as_str())
        .collect();
    if names.is_empty() {
        (*NO_LEAD.get(locale)).to_owned()
    } else {
        names.join("; ")
    }
}

/// A constituent in one full sentence.
pub(super) fn constituent_sentence(
    catalogue: &Catalogue,
    constituent: &ConstituentFramework,
    locale: Locale,
) -> String {
    let (letter, name) = (letter(constituent), constituent.name.get(locale));
    let lead = developer(catalogue, constituent, locale);
    match locale {
        Locale::Vi => format!("Hợp phần {letter}. {name}. Cơ quan xây dựng: {lead}."),
        Locale::En => format!("Constituent {letter}. {name}. Developed by: {lead}."),
    }
}

/// «đ và e “phù hợp với” d»: which constituents are to conform to this one.
pub(super) fn conformity_note(
    constituent: &ConstituentFramework,
    children: &[&ConstituentFramework],
    locale: Locale,
) -> String {
    let letters: Vec<&str> = children.iter().map(|&child| letter(child)).collect();
    let and = Localized::new(" và ", " and ");
    let conform = Localized::new("“phù hợp với”", "“in conformity with”");
    format!(
        "{} {} {}",
        letters.join(and.get(locale)),
        conform.get(locale),
        letter(constituent)
    )
}
