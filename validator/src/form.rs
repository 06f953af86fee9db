//! What a form brings: fields and files, from `multipart/form-data` or a plain form.

use bytes::Bytes;
use framework::Localized;
use futures_util::stream;
use multer::Multipart;

use crate::{
    media::Envelope,
    problem::{Kind, Problem},
};

/// More parts than any form of ours has.
const MOST_PARTS: usize = 16;

/// One field with its content.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) file: Option<String>,
    pub(crate) media_type: Option<String>,
    pub(crate) bytes: Bytes,
}

/// The fields of a form, in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Form(Vec<Part>);

impl Form {
    /// Takes a body apart; a raw body is no form.
    pub(crate) async fn read(envelope: &Envelope, body: Bytes) -> Result<Self, Problem> {
        match envelope {
            Envelope::Multipart { boundary } => read_multipart(boundary, body).await,
            Envelope::Form => Ok(read_urlencoded(&body)),
            Envelope::Raw(_) => Ok(Self::default()),
        }
    }

    /// Refuses fields that are none of these: a misspelt one is a mistake and not a silence.
    pub(crate) fn only(self, known: &[&str]) -> Result<Self, Problem> {
        match self
            .0
            .iter()
            .find(|part| !known.contains(&part.name.as_str()))
        {
            None => Ok(self),
            Some(part) => Err(Problem::new(
                Kind::BadRequest,
                "Biểu mẫu có trường không thuộc danh sách.",
                "The form has a field that is not on the list.",
            )
            .fault(
                "field",
                &part.name,
                Localized::text(
                    format!("các trường được nhận: {}", known.join(", ")),
                    format!("fields taken: {}", known.join(", ")),
                ),
            )),
        }
    }

    /// The field of that name.
    pub(crate) fn part(&self, name: &str) -> Option<&Part> {
        self.0.iter().find(|part| part.name == name)
    }

    /// The text of a field; nothing if it is empty or no text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        let part = self.part(name)?;
        std::str::from_utf8(&part.bytes)
            .ok()
            .map(str::trim)
            .filter(|text| !text.is_empty())
    }

    /// The file of a field; a file input without a file sends an empty part.
    pub(crate) fn file(&self, name: &str) -> Option<&Part> {
        self.part(name).filter(|part| {
            !part.bytes.is_empty() || part.file.as_ref().is_some_and(|f| !f.is_empty())
        })
    }
}

async fn read_multipart(boundary: &str, body: Bytes) -> Result<Form, Problem> {
    let chunks = stream::iter([Ok::<_, std::convert::Infallible>(body)]);
    let mut multipart = Multipart::new(chunks, boundary);
    let mut parts = Vec::new();
    while let Some(field) = multipart.next_field().await.map_err(|_| broken())? {
        if parts.len() == MOST_PARTS {
            return Err(too_many());
        }
        parts.push(Part {
            name: field.name().unwrap_or_default().to_owned(),
            file: field.file_name().map(str::to_owned),
            media_type: field.content_type().map(ToString::to_string),
            bytes: field.bytes().await.map_err(|_| broken())?,
        });
    }
    Ok(Form(parts))
}

fn read_urlencoded(body: &Bytes) -> Form {
    // Decoding cannot fail: bytes that are no UTF-8 become replacement characters.
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(body).unwrap_or_default();
    let parts = pairs
        .into_iter()
        .take(MOST_PARTS)
        .map(|(name, value)| Part {
            name,
            file: None,
            media_type: None,
            bytes: value.into(),
        });
    Form(parts.collect())
}

fn broken() -> Problem {
    Problem::new(
        Kind::BadRequest,
        "Biểu mẫu gửi lên không đúng định dạng multipart/form-data hoặc bị ngắt giữa chừng.",
        "The form sent is not proper multipart/form-data, or broke off.",
    )
}

fn too_many() -> Problem {
    Problem::new(
        Kind::BadRequest,
        format!("Biểu mẫu có hơn {MOST_PARTS} trường."),
        format!("The form has more than {MOST_PARTS} fields."),
    )
}

/// A form without the field that matters.
pub(crate) fn no_submission() -> Problem {
    Problem::new(
        Kind::BadRequest,
        "Chưa có hồ sơ trong biểu mẫu gửi lên.",
        "The form sent holds no submission.",
    )
    .fault(
        "field",
        "submission",
        Localized::text(
            "chọn tệp hồ sơ để kiểm tra",
            "choose the submission to check",
        ),
    )
}
