//! What `jsonschema` found, as sentences.
//!
//! The match is exhaustive on purpose: an upgrade that brings a new kind of error breaks the build
//! here and not the words in front of an official.

use framework::{Locale, Localized};
use jsonschema::{
    JsonType,
    error::{TypeKind, ValidationErrorKind},
};
use serde_json::Value;

/// The pattern by which numbers may also be `unknown`.
const OR_UNKNOWN: &str = "^unknown$";
/// The pattern of texts that say something.
const SAYS_SOMETHING: &str = r"[\p{L}\p{N}]";
/// How the pattern of local ids begins.
const LOCAL_ID: &str = "^[a-z0-9]+(";

/// What kind of fault of form it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum FormFault {
    /// A value of another type than expected.
    WrongType,
    /// A field the form does not know.
    UnknownField,
    /// A field that has to be there is not.
    MissingField,
    /// A value that is not on the list.
    NotOnList,
    /// A text, number or list that is not as it should be.
    Malformed,
}

/// The fault and a sentence about the value.
pub(crate) fn describe(kind: &ValidationErrorKind) -> (FormFault, Localized) {
    use ValidationErrorKind as Kind;
    let malformed = |vi: String, en: String| (FormFault::Malformed, Localized { vi, en });
    match kind {
        Kind::Type { kind } => (
            FormFault::WrongType,
            Localized::build(|locale| match locale {
                Locale::Vi => format!("cần là {}", types(kind, locale)),
                Locale::En => format!("has to be {}", types(kind, locale)),
            }),
        ),
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => (
            FormFault::UnknownField,
            Localized::text(
                format!("mẫu không có trường {}", quoted(unexpected, Locale::Vi)),
                format!("the form knows no field {}", quoted(unexpected, Locale::En)),
            ),
        ),
        Kind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            let words = Localized::text(
                format!("chưa có trường «{name}»"),
                format!("the field “{name}” is missing"),
            );
            (FormFault::MissingField, words)
        }
        Kind::Enum { options } => (FormFault::NotOnList, one_of(options)),
        Kind::Constant { expected_value } => (
            FormFault::NotOnList,
            Localized::text(
                format!("cần là {expected_value}"),
                format!("has to be {expected_value}"),
            ),
        ),
        Kind::Format { format } => {
            let expected = format_words(format);
            malformed(
                format!("cần là {}", expected.vi),
                format!("has to be {}", expected.en),
            )
        }
        Kind::Pattern { pattern } if pattern == OR_UNKNOWN => malformed(
            "cần là số (hoặc unknown)".to_owned(),
            "has to be a number (or unknown)".to_owned(),
        ),
        Kind::Pattern { pattern } if pattern == SAYS_SOMETHING => malformed(
            "không được để trống: cần có chữ hoặc số".to_owned(),
            "must not be empty: it needs letters or digits".to_owned(),
        ),
        Kind::Pattern { pattern } if pattern.starts_with(LOCAL_ID) => malformed(
            "chỉ dùng chữ thường không dấu, chữ số và dấu - . _, ví dụ app-quan-ly-van-ban"
                .to_owned(),
            "takes lower-case letters a to z, digits and - . _ only, such as app-documents"
                .to_owned(),
        ),
        Kind::Pattern { pattern } => malformed(
            format!("cần theo mẫu {pattern}"),
            format!("has to match the pattern {pattern}"),
        ),
        Kind::Minimum { limit } => malformed(
            format!("không được nhỏ hơn {limit}"),
            format!("must not be less than {limit}"),
        ),
        Kind::Maximum { limit } => malformed(
            format!("không được lớn hơn {limit}"),
            format!("must not be more than {limit}"),
        ),
        Kind::ExclusiveMinimum { limit } => malformed(
            format!("cần lớn hơn {limit}"),
            format!("has to be more than {limit}"),
        ),
        Kind::ExclusiveMaximum { limit } => malformed(
            format!("cần nhỏ hơn {limit}"),
            format!("has to be less than {limit}"),
        ),
        Kind::MultipleOf { multiple_of } => malformed(
            format!("cần là bội số của {multiple_of}"),
            format!("has to be a multiple of {multiple_of}"),
        ),
        Kind::MinLength { limit: 1 } => malformed(
            "không được để trống".to_owned(),
            "must not be empty".to_owned(),
        ),
        Kind::MinLength { limit } => malformed(
            format!("cần ít nhất {limit} ký tự"),
            format!("needs {limit} characters or more"),
        ),
        Kind::MaxLength { limit } => malformed(
            format!("không được quá {limit} ký tự"),
            format!("must not be longer than {limit} characters"),
        ),
        Kind::MinItems { limit } => malformed(
            format!("cần ít nhất {limit} mục"),
            format!("needs {limit} or more entries"),
        ),
        Kind::MaxItems { limit } => malformed(
            format!("không được quá {limit} mục"),
            format!("must not have more than {limit} entries"),
        ),
        Kind::AdditionalItems { limit } => malformed(
            format!("không được quá {limit} mục"),
            format!("must not have more than {limit} entries"),
        ),
        Kind::MinProperties { limit } => malformed(
            format!("cần ít nhất {limit} trường"),
            format!("needs {limit} or more fields"),
        ),
        Kind::MaxProperties { limit } => malformed(
            format!("không được quá {limit} trường"),
            format!("must not have more than {limit} fields"),
        ),
        Kind::UniqueItems => malformed(
            "có mục lặp lại".to_owned(),
            "has entries that are the same".to_owned(),
        ),
        Kind::Contains => malformed(
            "thiếu mục cần có".to_owned(),
            "lacks an entry that has to be there".to_owned(),
        ),
        Kind::PropertyNames { error } => {
            let inner = describe(error.kind()).1;
            malformed(
                format!("tên trường: {}", inner.vi),
                format!("the name of a field: {}", inner.en),
            )
        }
        Kind::UnevaluatedItems { .. } => malformed(
            "có mục mà mẫu không biết".to_owned(),
            "has entries the form does not know".to_owned(),
        ),
        Kind::FalseSchema => malformed(
            "không được có ở đây".to_owned(),
            "must not be here".to_owned(),
        ),
        // The form offers alternatives for dates only: the date, `unknown` or nothing.
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => match format_among(context) {
            Some(described) => described,
            None => malformed(
                "không theo dạng nào trong các dạng cho phép".to_owned(),
                "has none of the allowed forms".to_owned(),
            ),
        },
        Kind::OneOfMultipleValid { .. } => malformed(
            "theo nhiều dạng cùng lúc".to_owned(),
            "has several of the forms at once".to_owned(),
        ),
        Kind::Not { .. } => malformed(
            "là giá trị không được dùng".to_owned(),
            "is a value that must not be used".to_owned(),
        ),
        Kind::ContentEncoding { content_encoding } => malformed(
            format!("cần mã hóa {content_encoding}"),
            format!("has to be encoded as {content_encoding}"),
        ),
        Kind::ContentMediaType { content_media_type } => malformed(
            format!("cần có nội dung {content_media_type}"),
            format!("has to hold {content_media_type}"),
        ),
        Kind::FromUtf8 { .. } => {
            malformed("không phải UTF-8".to_owned(), "is not UTF-8".to_owned())
        }
        Kind::Custom { keyword, .. } => malformed(
            format!("không theo điều kiện «{keyword}»"),
            format!("does not satisfy “{keyword}”"),
        ),
        // Cannot come up: patterns run in linear time and references are resolved when compiled.
        Kind::BacktrackLimitExceeded { .. }
        | Kind::RegexEngineFailure { .. }
        | Kind::Referencing(_) => malformed(
            "không kiểm tra được".to_owned(),
            "could not be checked".to_owned(),
        ),
    }
}

/// The alternative that has a format is the one that was meant.
fn format_among(
    alternatives: &[Vec<jsonschema::ValidationError<'static>>],
) -> Option<(FormFault, Localized)> {
    let errors = alternatives.iter().flatten();
    let mut kinds = errors.map(jsonschema::ValidationError::kind);
    kinds
        .find(|kind| matches!(kind, ValidationErrorKind::Format { .. }))
        .map(describe)
}

fn one_of(options: &Value) -> Localized {
    let words: Vec<String> = options
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default()
        .iter()
        .filter(|option| !option.is_null())
        .map(|option| {
            option
                .as_str()
                .map_or_else(|| option.to_string(), str::to_owned)
        })
        .collect();
    Localized::text(
        format!("cần là một trong: {}", words.join(", ")),
        format!("has to be one of: {}", words.join(", ")),
    )
}

fn quoted(names: &[String], locale: Locale) -> String {
    let quote = |name: &String| match locale {
        Locale::Vi => format!("«{name}»"),
        Locale::En => format!("“{name}”"),
    };
    names.iter().map(quote).collect::<Vec<_>>().join(", ")
}

fn types(kind: &TypeKind, locale: Locale) -> String {
    let or = match locale {
        Locale::Vi => " hoặc ",
        Locale::En => " or ",
    };
    match kind {
        TypeKind::Single(one) => type_word(*one, locale).to_owned(),
        TypeKind::Multiple(several) => {
            let stated = several.iter().filter(|one| *one != JsonType::Null);
            stated
                .map(|one| type_word(one, locale))
                .collect::<Vec<_>>()
                .join(or)
        }
    }
}

fn type_word(one: JsonType, locale: Locale) -> &'static str {
    let words = match one {
        JsonType::Array => Localized::new("danh sách", "a list"),
        JsonType::Boolean => Localized::new("đúng hoặc sai (true, false)", "true or false"),
        JsonType::Integer => Localized::new("số nguyên", "a whole number"),
        JsonType::Null => Localized::new("trống (null)", "empty (null)"),
        JsonType::Number => Localized::new("số", "a number"),
        JsonType::Object => Localized::new("bản ghi có các trường", "a record with fields"),
        JsonType::String => Localized::new("văn bản", "a text"),
    };
    words.get(locale)
}

fn format_words(format: &str) -> Localized<&'static str> {
    match format {
        "date" => Localized::new("ngày dạng 2026-12-31", "a date such as 2026-12-31"),
        "email" => Localized::new("địa chỉ thư điện tử", "an e-mail address"),
        "uri" => Localized::new("địa chỉ web", "a web address"),
        _ => Localized::new("giá trị đúng dạng", "a value of the right form"),
    }
}
