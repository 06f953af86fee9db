//! What can be wrong with a JSON text, in words.

use framework::Localized;

/// One fault of a JSON text with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// First byte of the place.
    pub at: u32,
    /// Byte after the place.
    pub end: u32,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// Nothing but white space.
    Empty,
    /// A byte order mark in front; the reader of the file takes it away.
    ByteOrderMark,
    /// Something that begins no value.
    ExpectedValue,
    /// A value written in another language: `True`, `None`, `NaN`, `undefined`.
    ForeignWord(String),
    /// A text in single or typographic quotes.
    WrongQuotes,
    /// A comment; JSON has none.
    Comment,
    /// A record's field without a name in double quotes.
    ExpectedKey,
    /// No colon after a field's name.
    ExpectedColon,
    /// Neither a comma nor the end of a list or record.
    ExpectedComma,
    /// A comma before `]` or `}`.
    TrailingComma,
    /// The text ends inside a list or record that begins here.
    Unclosed,
    /// The text ends inside this string.
    UnterminatedString,
    /// A control character inside a string, a line break say.
    ControlCharacter(u8),
    /// `\x` and the like.
    UnknownEscape,
    /// Half of a surrogate pair: no character.
    LoneSurrogate,
    /// A number that JSON does not know: `01`, `.5`, `+1`, `1.`.
    MalformedNumber,
    /// A number that would be rounded.
    InexactNumber,
    /// Something after the end.
    TrailingCharacters,
    /// Too many lists and records inside each other.
    TooDeep(u32),
    /// Too many values.
    TooManyNodes(u32),
    /// More than 4 GiB.
    TooLong,
    /// A field that the record already has.
    DuplicateKey {
        /// The field.
        key: String,
        /// Where it stands first.
        first: (u32, u32),
    },
}

impl FaultKind {
    /// A short stable name.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "json-empty",
            Self::ByteOrderMark => "json-byte-order-mark",
            Self::ExpectedValue => "json-expected-value",
            Self::ForeignWord(_) => "json-foreign-word",
            Self::WrongQuotes => "json-wrong-quotes",
            Self::Comment => "json-comment",
            Self::ExpectedKey => "json-expected-key",
            Self::ExpectedColon => "json-expected-colon",
            Self::ExpectedComma => "json-expected-comma",
            Self::TrailingComma => "json-trailing-comma",
            Self::Unclosed => "json-unclosed",
            Self::UnterminatedString => "json-unterminated-string",
            Self::ControlCharacter(_) => "json-control-character",
            Self::UnknownEscape => "json-unknown-escape",
            Self::LoneSurrogate => "json-lone-surrogate",
            Self::MalformedNumber => "json-malformed-number",
            Self::InexactNumber => "json-inexact-number",
            Self::TrailingCharacters => "json-trailing-characters",
            Self::TooDeep(_) => "json-too-deep",
            Self::TooManyNodes(_) => "json-too-many-values",
            Self::TooLong => "json-too-long",
            Self::DuplicateKey { .. } => "json-duplicate-key",
        }
    }

    /// What is wrong, as a sentence.
    pub fn message(&self) -> Localized {
        let pair = match self {
            Self::Empty => ("Tệp không có nội dung.", "The file holds nothing."),
            Self::ByteOrderMark => (
                "Đầu tệp có dấu thứ tự byte (BOM).",
                "The file begins with a byte order mark (BOM).",
            ),
            Self::ExpectedValue => (
                "Chỗ này cần một giá trị JSON.",
                "A JSON value is expected here.",
            ),
            Self::WrongQuotes => (
                "Văn bản phải đặt trong dấu ngoặc kép thẳng \"…\".",
                "A text is written in straight double quotes \"…\".",
            ),
            Self::Comment => ("JSON không có ghi chú.", "JSON has no comments."),
            Self::ExpectedKey => (
                "Chỗ này cần tên trường đặt trong dấu ngoặc kép.",
                "The name of a field in double quotes is expected here.",
            ),
            Self::ExpectedColon => (
                "Thiếu dấu hai chấm sau tên trường.",
                "A colon is missing after the name of the field.",
            ),
            Self::ExpectedComma => (
                "Thiếu dấu phẩy hoặc dấu đóng ở chỗ này.",
                "A comma or a closing bracket is missing here.",
            ),
            Self::TrailingComma => (
                "Thừa dấu phẩy trước dấu đóng.",
                "There is a comma too many before the closing bracket.",
            ),
            Self::Unclosed => (
                "Dấu mở ở đây không có dấu đóng.",
                "The bracket opened here is never closed.",
            ),
            Self::UnterminatedString => (
                "Văn bản bắt đầu ở đây thiếu dấu ngoặc kép đóng.",
                "The text that begins here has no closing quote.",
            ),
            Self::UnknownEscape => (
                "Sau dấu \\ là ký tự mà JSON không biết.",
                "JSON does not know this character after \\.",
            ),
            Self::LoneSurrogate => (
                "Mã \\u này chỉ là nửa ký tự.",
                "This \\u code is only half of a character.",
            ),
            Self::MalformedNumber => (
                "Số viết không đúng cách.",
                "This number is not well-formed.",
            ),
            Self::InexactNumber => (
                "Số này lớn hoặc dài quá, đọc vào sẽ bị làm tròn.",
                "This number is so large or long that reading would round it.",
            ),
            Self::TrailingCharacters => (
                "Còn nội dung sau khi tài liệu đã kết thúc.",
                "There is something after the end of the document.",
            ),
            Self::TooLong => ("Tệp quá lớn.", "The file is too large."),
            Self::ForeignWord(word) => {
                return Localized::text(
                    format!("JSON không có giá trị «{word}»."),
                    format!("JSON knows no value “{word}”."),
                );
            }
            Self::ControlCharacter(byte) => {
                return Localized::text(
                    format!("Trong văn bản có ký tự điều khiển U+{byte:04X}."),
                    format!("The text holds the control character U+{byte:04X}."),
                );
            }
            Self::TooDeep(limit) => {
                return Localized::text(
                    format!("Lồng nhau quá {limit} lớp."),
                    format!("Nested more than {limit} deep."),
                );
            }
            Self::TooManyNodes(limit) => {
                return Localized::text(
                    format!("Tệp có hơn {limit} giá trị."),
                    format!("The file holds more than {limit} values."),
                );
            }
            Self::DuplicateKey { key, .. } => {
                return Localized::text(
                    format!("Trường «{key}» ghi hai lần trong cùng một bản ghi."),
                    format!("The field “{key}” stands twice in the same record."),
                );
            }
        };
        Localized::text(pair.0, pair.1)
    }

    /// What to do about it.
    pub const fn hint(&self) -> Localized<&'static str> {
        match self {
            Self::Empty => Localized::new(
                "Tải mẫu hồ sơ về rồi điền.",
                "Download a template and fill it in.",
            ),
            Self::ByteOrderMark => Localized::new(
                "Lưu lại bằng UTF-8 không BOM.",
                "Save as UTF-8 without BOM.",
            ),
            Self::ExpectedValue | Self::ForeignWord(_) => Localized::new(
                "Giá trị là: \"văn bản\", số, true, false, null, danh sách [ ] hoặc bản ghi { }.",
                "Values are: \"text\", a number, true, false, null, a list [ ] or a record { }.",
            ),
            Self::WrongQuotes => Localized::new(
                "Thay ‘…’ hoặc “…” bằng \"…\".",
                "Replace ‘…’ or “…” by \"…\".",
            ),
            Self::Comment => Localized::new(
                "Bỏ ghi chú, hoặc dùng YAML nếu cần ghi chú.",
                "Take the comment out, or use YAML if you need comments.",
            ),
            Self::ExpectedKey => {
                Localized::new("Viết \"tên trường\": giá trị.", "Write \"field\": value.")
            }
            Self::ExpectedColon => Localized::new("Thêm dấu «:».", "Add “:”."),
            Self::ExpectedComma => Localized::new(
                "Thêm dấu «,» giữa hai giá trị, hoặc «]», «}» để đóng.",
                "Add “,” between two values, or “]”, “}” to close.",
            ),
            Self::TrailingComma => Localized::new("Bỏ dấu phẩy này.", "Take this comma out."),
            Self::Unclosed => Localized::new("Thêm «]» hoặc «}».", "Add “]” or “}”."),
            Self::UnterminatedString => Localized::new("Thêm dấu \" ở cuối.", "Add a closing \"."),
            Self::ControlCharacter(_) => Localized::new(
                "Viết \\n cho xuống dòng, \\t cho khoảng tab.",
                "Write \\n for a line break, \\t for a tab.",
            ),
            Self::UnknownEscape => Localized::new(
                "Viết \\\\ nếu cần chính dấu \\.",
                "Write \\\\ for a backslash itself.",
            ),
            Self::LoneSurrogate => Localized::new(
                "Viết thẳng ký tự bằng UTF-8.",
                "Write the character itself in UTF-8.",
            ),
            Self::MalformedNumber => Localized::new(
                "Viết 1, 0.5, -2; không viết 01, .5, +1, 1.000.",
                "Write 1, 0.5, -2; not 01, .5, +1 or 1,000.",
            ),
            Self::InexactNumber => Localized::new(
                "Nếu là mã số, đặt trong dấu ngoặc kép.",
                "If it is a code, put it in quotes.",
            ),
            Self::TrailingCharacters => {
                Localized::new("Mỗi tệp chỉ có một tài liệu.", "A file holds one document.")
            }
            Self::TooDeep(_) | Self::TooManyNodes(_) | Self::TooLong => Localized::new(
                "Dùng đúng mẫu hồ sơ; tách tệp nếu cần.",
                "Use the template as it is; split the file if need be.",
            ),
            Self::DuplicateKey { .. } => Localized::new(
                "Giữ một lần, bỏ lần kia.",
                "Keep one and take the other out.",
            ),
        }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "byte {}: {}", self.at, self.kind.message().en)
    }
}

impl std::error::Error for Fault {}
