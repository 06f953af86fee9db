//! The words of reports in both languages, in the administrative register.

use framework::{AgencyLevel, Basis, Date, Layer, Locale, Localized, Severity};
use rulebook::{FindingStatus, Outcome};

/// A pair of fixed words.
pub type Word = Localized<&'static str>;

const fn word(vi: &'static str, en: &'static str) -> Word {
    Localized::new(vi, en)
}

/// «Phải sửa», «Nên xem lại», «Gợi ý».
pub const fn severity(severity: Severity) -> Word {
    match severity {
        Severity::Error => word("Phải sửa", "Must fix"),
        Severity::Warning => word("Nên xem lại", "To review"),
        Severity::Info => word("Gợi ý", "Hint"),
    }
}

/// A sign that tells severities apart without colour.
pub const fn severity_sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "✖",
        Severity::Warning => "▲",
        Severity::Info => "●",
    }
}

/// What a finding rests on, as a heading.
pub const fn basis(basis: Basis) -> Word {
    match basis {
        Basis::Framework => word("Khung kiến trúc", "Framework"),
        Basis::Law => word("Văn bản pháp luật khác", "Other legal documents"),
        Basis::Practice => word("Yêu cầu về hồ sơ", "Submission requirements"),
    }
}

/// What a finding rests on, within a sentence.
pub const fn by_basis(basis: Basis) -> Word {
    match basis {
        Basis::Framework => word("theo Khung kiến trúc", "under the framework"),
        Basis::Law => word("theo văn bản pháp luật khác", "under other legal documents"),
        Basis::Practice => word("theo yêu cầu về hồ sơ", "under submission requirements"),
    }
}

/// What must be said beside a finding that does not rest on the framework.
pub const fn basis_note(basis: Basis) -> Option<Word> {
    match basis {
        Basis::Framework => None,
        Basis::Law => Some(word(
            "Căn cứ văn bản pháp luật khác, không phải quy định của Khung kiến trúc; đề nghị bộ phận pháp chế xem xét.",
            "Rests on another legal document, not on the framework; to be considered by the legal department.",
        )),
        Basis::Practice => Some(word(
            "Yêu cầu để hồ sơ đầy đủ và kiểm tra được, không phải quy định của Khung kiến trúc.",
            "Needed for a complete submission that can be checked; not a requirement of the framework.",
        )),
    }
}

/// The name of a layer; none stands for the submission as a whole.
pub const fn layer(layer: Option<Layer>) -> Word {
    match layer {
        Some(Layer::Business) => word("Nghiệp vụ liên thông", "Interconnected business functions"),
        Some(Layer::Data) => word(
            "Dữ liệu, cơ sở dữ liệu dùng chung",
            "Shared data and databases",
        ),
        Some(Layer::Application) => word("Ứng dụng dùng chung", "Shared applications"),
        Some(Layer::Platform) => word("Nền tảng số dùng chung", "Shared digital platforms"),
        Some(Layer::Infrastructure) => {
            word("Hạ tầng số dùng chung", "Shared digital infrastructure")
        }
        None => word("Toàn hồ sơ", "Whole submission"),
    }
}

/// What became of a rule.
pub const fn outcome(outcome: Outcome) -> Word {
    match outcome {
        Outcome::Passed => word("đạt", "passed"),
        Outcome::Failed => word("có điểm cần xử lý", "with open points"),
        Outcome::NotApplicable => word("không áp dụng", "not applicable"),
        Outcome::NotStated => word("hồ sơ chưa nêu", "not stated"),
        Outcome::NeedsPerson => word("cần người xem", "need a person"),
        Outcome::Justified => word("đã giải trình", "justified"),
    }
}

/// All outcomes in the order of reports.
pub const OUTCOMES: [Outcome; 6] = [
    Outcome::Failed,
    Outcome::NotStated,
    Outcome::NeedsPerson,
    Outcome::Justified,
    Outcome::Passed,
    Outcome::NotApplicable,
];

/// Whether a finding stays open.
pub const fn status(status: FindingStatus) -> Word {
    match status {
        FindingStatus::Open => word("chưa xử lý", "open"),
        FindingStatus::Justified => word("đã giải trình", "justified"),
    }
}

/// The kind of agency; a word that is not known is shown as it is.
pub fn level(level: &str, locale: Locale) -> &str {
    let Some(known) = AgencyLevel::from_word(level) else {
        return level;
    };
    match known {
        AgencyLevel::Party => word("cơ quan Đảng", "Party body"),
        AgencyLevel::NationalAssembly => {
            word("cơ quan của Quốc hội", "agency of the National Assembly")
        }
        AgencyLevel::FatherlandFront => {
            word("Mặt trận Tổ quốc Việt Nam", "Viet Nam Fatherland Front")
        }
        AgencyLevel::Ministry => word("cấp bộ", "ministry"),
        AgencyLevel::Province => word("cấp tỉnh", "province"),
        AgencyLevel::Other => word("cơ quan, tổ chức khác", "other agency or organisation"),
    }
    .get(locale)
}

/// The format of a submission as people call it.
pub fn format(format: &str) -> &str {
    match format {
        "yaml" => "YAML",
        "json" => "JSON",
        "xlsx" => "Excel",
        "archimate" => "ArchiMate",
        "csv" => "CSV",
        other => other,
    }
}

/// A date as each language writes it: `31/03/2026`, `31 March 2026`.
pub fn date(date: Date, locale: Locale) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    match locale {
        Locale::Vi => date.to_vietnamese(),
        Locale::En => {
            let month = MONTHS[usize::from(date.month()) - 1];
            format!("{} {month} {}", date.day(), date.year())
        }
    }
}

/// What leads to a clause that a finding touches but does not rest on.
pub const NEAREST_CLAUSE: Word = word(
    "Chỗ liên quan trong Khung kiến trúc",
    "Related place in the framework",
);
/// «Vấn đề».
pub const PROBLEM: Word = word("Vấn đề", "Problem");
/// «Ở đâu».
pub const WHERE: Word = word("Ở đâu", "Where");
/// «Căn cứ».
pub const GROUNDS: Word = word("Căn cứ", "Basis");
/// «Vì sao».
pub const WHY: Word = word("Vì sao", "Why");
/// «Cách sửa».
pub const FIX: Word = word("Cách sửa", "How to fix");
/// «Liên quan».
pub const RELATED: Word = word("Liên quan", "Related");

/// A number with its noun; English knows a plural.
pub fn points(count: usize, locale: Locale) -> String {
    match (locale, count) {
        (Locale::Vi, _) => format!("{count} điểm"),
        (Locale::En, 1) => "1 point".to_owned(),
        (Locale::En, _) => format!("{count} points"),
    }
}
