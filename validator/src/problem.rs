//! Why a request was not answered as asked: RFC 9457 problems, in the language asked for.
//!
//! Handlers return a [`Problem`]; only [`crate::exchange`] turns it into bytes, once the language is
//! known. The kinds are the public list of INTERFACE.md.

use framework::{Locale, Localized};
use http::{StatusCode, header};
use serde_json::json;

use crate::reply::{Response, bytes_reply};

/// The kinds of problem, each with one status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The envelope (query, multipart, encoding) cannot be read.
    BadRequest,
    /// Nothing lives at this address.
    NotFound,
    /// Not with this method.
    MethodNotAllowed,
    /// None of the forms the client accepts.
    NotAcceptable,
    /// The body did not arrive in time.
    RequestTimeout,
    /// The body is larger than the limit.
    TooLarge,
    /// The address is longer than any of ours.
    UriTooLong,
    /// A media type we do not know.
    UnsupportedType,
    /// A type we know but cannot open.
    Unopenable,
    /// Too many requests from one client.
    TooManyRequests,
    /// Our own fault.
    Internal,
    /// All workers and the queue are busy, or a check took too long.
    Busy,
    /// The site or the rules are not there (yet).
    NotReady,
}

impl Kind {
    /// Status, stable name, title.
    const fn row(self) -> (StatusCode, &'static str, Localized<&'static str>) {
        use StatusCode as S;
        match self {
            Self::BadRequest => (
                S::BAD_REQUEST,
                "bad-request",
                Localized::new("Không đọc được yêu cầu", "The request cannot be read"),
            ),
            Self::NotFound => (
                S::NOT_FOUND,
                "not-found",
                Localized::new("Không tìm thấy", "Not found"),
            ),
            Self::MethodNotAllowed => (
                S::METHOD_NOT_ALLOWED,
                "method-not-allowed",
                Localized::new(
                    "Phương thức không được hỗ trợ ở địa chỉ này",
                    "Method not allowed",
                ),
            ),
            Self::NotAcceptable => (
                S::NOT_ACCEPTABLE,
                "not-acceptable",
                Localized::new("Không có dạng kết quả được yêu cầu", "No acceptable form"),
            ),
            Self::RequestTimeout => (
                S::REQUEST_TIMEOUT,
                "request-timeout",
                Localized::new(
                    "Hết thời gian chờ nội dung gửi lên",
                    "The body came too slowly",
                ),
            ),
            Self::TooLarge => (
                S::PAYLOAD_TOO_LARGE,
                "too-large",
                Localized::new("Tệp quá lớn", "The file is too large"),
            ),
            Self::UriTooLong => (
                S::URI_TOO_LONG,
                "uri-too-long",
                Localized::new("Địa chỉ quá dài", "The address is too long"),
            ),
            Self::UnsupportedType => (
                S::UNSUPPORTED_MEDIA_TYPE,
                "unsupported-type",
                Localized::new("Loại tệp chưa được hỗ trợ", "Unsupported file type"),
            ),
            Self::Unopenable => (
                S::UNPROCESSABLE_ENTITY,
                "unopenable",
                Localized::new("Không mở được tệp", "The file cannot be opened"),
            ),
            Self::TooManyRequests => (
                S::TOO_MANY_REQUESTS,
                "too-many-requests",
                Localized::new("Quá nhiều yêu cầu", "Too many requests"),
            ),
            Self::Internal => (
                S::INTERNAL_SERVER_ERROR,
                "internal",
                Localized::new("Hệ thống gặp sự cố", "Something went wrong on our side"),
            ),
            Self::Busy => (
                S::SERVICE_UNAVAILABLE,
                "busy",
                Localized::new("Hệ thống đang bận", "The server is busy"),
            ),
            Self::NotReady => (
                S::SERVICE_UNAVAILABLE,
                "not-ready",
                Localized::new("Hệ thống chưa sẵn sàng", "The server is not ready"),
            ),
        }
    }

    pub(crate) const fn status(self) -> StatusCode {
        self.row().0
    }

    pub(crate) const fn name(self) -> &'static str {
        self.row().1
    }

    pub(crate) const fn title(self) -> Localized<&'static str> {
        self.row().2
    }
}

/// One fault with the place it is at: a parameter, a form field, a line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// What the place is: `parameter`, `field` or `header`.
    pub(crate) place: &'static str,
    /// Its name.
    pub(crate) name: String,
    /// Line and column, when it is in the file sent.
    pub(crate) position: Option<(u32, u32)>,
    /// What is wrong there.
    pub(crate) detail: Localized,
}

/// A request that was not answered as asked.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    pub(crate) kind: Kind,
    /// What happened, and what to do now.
    pub(crate) detail: Localized,
    pub(crate) faults: Vec<Fault>,
    /// For 405: the methods that work here.
    pub(crate) allow: Option<&'static str>,
    /// For 429 and 503: seconds.
    pub(crate) retry_after: Option<u64>,
}

impl Problem {
    pub(crate) fn new(kind: Kind, vi: impl Into<String>, en: impl Into<String>) -> Self {
        let detail = Localized::text(vi, en);
        Self {
            kind,
            detail,
            faults: Vec::new(),
            allow: None,
            retry_after: None,
        }
    }

    pub(crate) fn not_found() -> Self {
        Self::new(
            Kind::NotFound,
            "Địa chỉ này không có trên hệ thống. Đề nghị kiểm tra lại đường dẫn.",
            "Nothing lives at this address. Please check the link.",
        )
    }

    pub(crate) fn method_not_allowed(allow: &'static str) -> Self {
        let problem = Self::new(
            Kind::MethodNotAllowed,
            format!("Địa chỉ này nhận các phương thức: {allow}."),
            format!("This address answers to: {allow}."),
        );
        Self {
            allow: Some(allow),
            ..problem
        }
    }

    pub(crate) fn internal() -> Self {
        Self::new(
            Kind::Internal,
            "Yêu cầu này chưa được xử lý do sự cố phía hệ thống; nội dung gửi lên không được lưu. \
             Đề nghị thử lại, và gửi mã yêu cầu (X-Request-Id) cho quản trị nếu sự cố lặp lại.",
            "This request failed on our side; nothing you sent was kept. Please try again, and tell \
             the operators the request id (X-Request-Id) if it happens again.",
        )
    }

    /// A parameter of the query that cannot be understood.
    pub(crate) fn parameter(name: &str, detail: Localized) -> Self {
        Self::new(
            Kind::BadRequest,
            format!("Tham số “{name}” chưa đúng."),
            format!("The parameter “{name}” is not right."),
        )
        .fault("parameter", name, detail)
    }

    #[must_use]
    pub(crate) fn fault(mut self, place: &'static str, name: &str, detail: Localized) -> Self {
        self.faults.push(Fault {
            place,
            name: name.to_owned(),
            position: None,
            detail,
        });
        self
    }

    #[must_use]
    pub(crate) fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The problem as `application/problem+json`.
    pub(crate) fn json(&self, locale: Locale) -> Response {
        let mut document = json!({
            "type": format!("urn:khung:problem:{}", self.kind.name()),
            "title": self.kind.title().get(locale),
            "status": self.kind.status().as_u16(),
            "detail": self.detail.get(locale),
        });
        if !self.faults.is_empty() {
            document["errors"] = self.faults.iter().map(|fault| fault.json(locale)).collect();
        }
        let body = format!("{document:#}\n");
        let mut response = bytes_reply(
            self.kind.status(),
            "application/problem+json; charset=utf-8",
            body,
        );
        response
            .headers_mut()
            .insert(header::CONTENT_LANGUAGE, locale_value(locale));
        self.put_headers(&mut response);
        response
    }

    /// `Allow` and `Retry-After`, which any form of the problem carries.
    pub(crate) fn put_headers(&self, response: &mut Response) {
        let headers = response.headers_mut();
        headers.insert(
            header::CACHE_CONTROL,
            http::HeaderValue::from_static("no-store"),
        );
        if let Some(allow) = self.allow {
            headers.insert(header::ALLOW, http::HeaderValue::from_static(allow));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
    }
}

impl Fault {
    fn json(&self, locale: Locale) -> serde_json::Value {
        let mut document = json!({ self.place: self.name, "detail": self.detail.get(locale) });
        if let Some((line, column)) = self.position {
            document["line"] = line.into();
            document["column"] = column.into();
        }
        document
    }
}

/// The value of `Content-Language`.
pub(crate) fn locale_value(locale: Locale) -> http::HeaderValue {
    http::HeaderValue::from_static(locale.tag())
}
