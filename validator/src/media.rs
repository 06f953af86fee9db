//! Media types: what an upload may be, what an answer can be.

use framework::Localized;
use http::HeaderMap;
use reporting::Form;

use crate::{
    language::weighted,
    problem::{Kind, Problem},
};

/// The type of an Excel workbook.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const ODS: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// Whether a media type speaks of a workbook.
pub(crate) fn is_workbook(media_type: &str) -> bool {
    [XLSX, ODS].contains(&media_type)
}

/// What a submission is called in its report when it came without a name.
pub(crate) fn usual_name(media_type: &str) -> &'static str {
    match media_type {
        "application/json" | "text/json" => "submission.json",
        "application/xml" | "text/xml" => "submission.xml",
        "text/csv" => "submission.csv",
        XLSX => "submission.xlsx",
        ODS => "submission.ods",
        _ => "submission.yaml",
    }
}

/// Types of a submission sent as the whole body.
const SUBMISSIONS: [&str; 13] = [
    "application/json",
    "text/json",
    "application/yaml",
    "application/x-yaml",
    "text/yaml",
    "text/x-yaml",
    XLSX,
    ODS,
    "application/xml",
    "text/xml",
    "text/csv",
    "text/plain",
    "application/octet-stream",
];

/// How a submission is wrapped.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Envelope {
    /// The body is the submission, of this type.
    Raw(String),
    /// A form with files.
    Multipart {
        /// What separates its parts.
        boundary: String,
    },
    /// A form without files.
    Form,
}

impl Envelope {
    /// What `Content-Type` says; none is refused, so that nobody sends a submission by accident.
    pub(crate) fn of(headers: &HeaderMap) -> Result<Self, Problem> {
        let stated = headers
            .get(http::header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        let stated = stated.unwrap_or_default();
        let bare = stated
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        match bare.as_str() {
            "multipart/form-data" => multer::parse_boundary(stated)
                .map(|boundary| Self::Multipart { boundary })
                .map_err(|_| no_boundary()),
            "application/x-www-form-urlencoded" => Ok(Self::Form),
            known if SUBMISSIONS.contains(&known) => Ok(Self::Raw(bare)),
            _ => Err(unsupported(stated)),
        }
    }
}

fn no_boundary() -> Problem {
    Problem::new(
        Kind::BadRequest,
        "Content-Type multipart/form-data thiếu boundary.",
        "The Content-Type multipart/form-data has no boundary.",
    )
}

fn unsupported(stated: &str) -> Problem {
    let detail = if stated.is_empty() {
        Localized::text("không có", "is missing")
    } else {
        Localized::text("không thuộc danh sách", "is not on the list")
    };
    Problem::new(
        Kind::UnsupportedType,
        "Hệ thống nhận hồ sơ dạng JSON, YAML, XLSX, XML (ArchiMate), hoặc biểu mẫu \
         multipart/form-data với trường “submission”.",
        "Submissions are accepted as JSON, YAML, XLSX, XML (ArchiMate), or as multipart/form-data \
         with the field “submission”.",
    )
    .fault("header", "Content-Type", detail)
}

/// What a report can be answered as, in order of preference where the client has none.
const FORMS: [Form; 5] = [Form::Json, Form::Sarif, Form::Html, Form::Csv, Form::Docx];

/// Whether people save a form rather than look at it in place: what brings its own styles or is made
/// for a spreadsheet is not shown under the site's own name.
pub(crate) const fn is_saved(form: Form) -> bool {
    matches!(form, Form::Html | Form::Csv | Form::Docx)
}

/// The form that the client likes best; JSON when it does not care.
pub(crate) fn form_of(headers: &HeaderMap) -> Result<Form, Problem> {
    let lines = headers.get_all(http::header::ACCEPT);
    let accept: Vec<&str> = lines
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect();
    let accept = accept.join(",");
    if accept.trim().is_empty() {
        return Ok(Form::Json);
    }
    let mut best: Option<(u16, Form)> = None;
    for form in FORMS {
        let quality = quality(form, &accept);
        if quality > 0 && best.is_none_or(|(most, _)| quality > most) {
            best = Some((quality, form));
        }
    }
    best.map(|(_, form)| form).ok_or_else(not_acceptable)
}

/// How much the client likes a form: what the most specific item that covers it says.
fn quality(form: Form, accept: &str) -> u16 {
    let media_type = form.media_type();
    let (kind, _) = media_type.split_once('/').unwrap_or_default();
    let mut found = (0, 0);
    for (item, quality) in weighted(accept) {
        let specific = match item.to_ascii_lowercase() {
            item if item == media_type => 3,
            item if item.strip_suffix("/*") == Some(kind) => 2,
            item if item == "*/*" => 1,
            _ => continue,
        };
        if specific > found.0 {
            found = (specific, quality);
        }
    }
    found.1
}

fn not_acceptable() -> Problem {
    let list: Vec<&str> = FORMS.iter().map(|form| form.media_type()).collect();
    let list = list.join(", ");
    Problem::new(
        Kind::NotAcceptable,
        format!("Kết quả có thể trả về dưới các dạng: {list}."),
        format!("A report can be answered as: {list}."),
    )
    .fault(
        "header",
        "Accept",
        Localized::text("không có dạng nào phù hợp", "matches none of them"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: http::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, value.parse().unwrap())])
    }

    #[test]
    fn the_form_of_the_answer_follows_accept() {
        for (accept, expected) in [
            ("", Some(Form::Json)),
            ("*/*", Some(Form::Json)),
            ("application/json", Some(Form::Json)),
            ("application/sarif+json", Some(Form::Sarif)),
            (
                "text/html,application/xhtml+xml,*/*;q=0.8",
                Some(Form::Html),
            ),
            ("text/*", Some(Form::Html)),
            ("text/csv;q=0.9, text/html;q=0.1", Some(Form::Csv)),
            ("*/*, application/json;q=0", Some(Form::Sarif)),
            (Form::Docx.media_type(), Some(Form::Docx)),
            ("image/png", None),
            ("application/json;q=0", None),
        ] {
            let headers = with(http::header::ACCEPT, accept);
            assert_eq!(form_of(&headers).ok(), expected, "{accept}");
        }
    }

    #[test]
    fn the_envelope_follows_content_type() {
        let of = |value| Envelope::of(&with(http::header::CONTENT_TYPE, value));
        assert_eq!(
            of("Application/JSON; charset=utf-8").unwrap(),
            Envelope::Raw("application/json".into())
        );
        assert_eq!(
            of("multipart/form-data; boundary=x").unwrap(),
            Envelope::Multipart {
                boundary: "x".into()
            }
        );
        assert_eq!(
            of("multipart/form-data").unwrap_err().kind,
            Kind::BadRequest
        );
        assert_eq!(
            of("application/pdf").unwrap_err().kind,
            Kind::UnsupportedType
        );
        assert_eq!(
            Envelope::of(&HeaderMap::new()).unwrap_err().kind,
            Kind::UnsupportedType
        );
    }
}
