//! Grammar faults of YAML in the words of the people who make them.

use framework::Localized;
use granit_parser::{ErrorKind, ScanError};
use rulebook::SourceFormat;

use crate::{Limits, SyntaxFault, Unreadable, place};

/// What the parser found, said for people.
pub(super) fn fault(text: &str, fault: &ScanError, limits: &Limits) -> Unreadable {
    let at = fault
        .marker()
        .byte_offset()
        .unwrap_or(text.len())
        .min(text.len());
    let place = place::in_text(text, at..at);
    let (message, hint) = match fault.kind() {
        ErrorKind::RecursionLimitExceeded => {
            return Unreadable::TooDeep {
                place,
                limit: limits.depth,
            };
        }
        ErrorKind::UnknownAnchor => return Unreadable::Alias { place },
        kind => words(kind),
    };
    Unreadable::Syntax(Box::new(SyntaxFault {
        format: SourceFormat::Yaml,
        place,
        message: Localized::from(message),
        hint: Localized::from(hint),
    }))
}

type Words = (Localized<&'static str>, Localized<&'static str>);

fn words(kind: &ErrorKind) -> Words {
    use ErrorKind as E;
    match kind {
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabAtBlockScalarStart
        | E::TabInPlainScalar => (
            Localized::new(
                "Dòng này thụt lề bằng phím Tab; YAML chỉ dùng dấu cách.",
                "This line is indented with a tab; YAML wants spaces.",
            ),
            Localized::new(
                "Đề nghị thay mỗi dấu Tab bằng hai dấu cách.",
                "Please replace each tab by two spaces.",
            ),
        ),
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar => (
            Localized::new(
                "Chuỗi trong dấu nháy bắt đầu ở đây chưa được đóng.",
                "The quoted text that begins here is not closed.",
            ),
            Localized::new(
                "Đề nghị thêm dấu nháy đóng; dấu nháy bên trong chuỗi ghi là \\\".",
                "Please add the closing quote; write \\\" for a quote inside the text.",
            ),
        ),
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => (
            Localized::new(
                "Sau dấu nháy đóng còn nội dung khác.",
                "Something follows the closing quote.",
            ),
            Localized::new(
                "Đề nghị đặt toàn bộ giá trị trong một cặp dấu nháy.",
                "Please put the whole value in one pair of quotes.",
            ),
        ),
        E::UnclosedFlowCollection { .. }
        | E::MismatchedFlowCollectionEnd { .. }
        | E::MisplacedFlowCollectionEnd
        | E::ExpectedFlowMappingSeparator
        | E::ExpectedFlowSequenceSeparator
        | E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping => (
            Localized::new(
                "Ngoặc {…} hoặc […] chưa khớp, hoặc thiếu dấu phẩy giữa hai giá trị.",
                "Brackets {…} or […] do not match, or a comma between two values is missing.",
            ),
            Localized::new(
                "Đề nghị kiểm tra từng ngoặc mở, ngoặc đóng và dấu phẩy từ đây trở lên.",
                "Please check every opening and closing bracket and comma from here upwards.",
            ),
        ),
        E::InvalidIndentation
        | E::ExpectedBlockMappingKey
        | E::ExpectedBlockSequenceEntry
        | E::BlockSequenceEntryNotAllowed
        | E::InvalidFlowScalarIndent
        | E::InvalidQuotedScalarIndent
        | E::InvalidBlockScalarIndent => (
            Localized::new(
                "Thụt lề của dòng này chưa khớp với các dòng trên.",
                "The indentation of this line does not agree with the lines above.",
            ),
            Localized::new(
                "Các trường cùng cấp phải thụt lề bằng nhau; đề nghị so với dòng phía trên.",
                "Fields of one record are indented alike; please compare with the line above.",
            ),
        ),
        E::MappingValueNotAllowed | E::InvalidColonPlacement | E::MappingKeyNotAllowed => (
            Localized::new(
                "Dấu hai chấm ở đây không đúng chỗ; giá trị có dấu «: » phải đặt trong dấu nháy.",
                "The colon is out of place here; a value that contains “: ” must be quoted.",
            ),
            Localized::new(
                "Đề nghị đặt giá trị trong dấu nháy kép, ví dụ title: \"Đề án: giai đoạn 1\".",
                "Please put the value in double quotes, as in title: \"Scheme: phase 1\".",
            ),
        ),
        E::SimpleKeyExpected | E::InvalidSimpleKey => (
            Localized::new(
                "Dòng này thiếu dấu hai chấm sau tên trường, hoặc tên trường quá dài.",
                "This line lacks the colon after the field name, or the name is too long.",
            ),
            Localized::new(
                "Mỗi trường ghi theo dạng «tên: giá trị», sau dấu hai chấm có một dấu cách.",
                "Write each field as “name: value”, with a space after the colon.",
            ),
        ),
        E::UnexpectedCharacter { .. } | E::PlainScalarStartsWithDashFlowIndicator => (
            Localized::new(
                "Giá trị không được bắt đầu bằng ký tự này nếu không đặt trong dấu nháy.",
                "A value cannot begin with this character unless it is quoted.",
            ),
            Localized::new(
                "Đề nghị đặt giá trị trong dấu nháy kép.",
                "Please put the value in double quotes.",
            ),
        ),
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidUnicodeEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate => (
            Localized::new(
                "Sau dấu \\ trong chuỗi nháy kép là một ký hiệu không hợp lệ.",
                "The backslash in this double-quoted text begins no valid escape.",
            ),
            Localized::new(
                "Đề nghị ghi \\\\ cho một dấu \\ (ví dụ trong đường dẫn), hoặc dùng nháy đơn.",
                "Please write \\\\ for a backslash (in a path, say), or use single quotes.",
            ),
        ),
        E::UndeclaredTagHandle | E::ExpectedTagBang | E::InvalidTagTerminator => (
            Localized::new(
                "Dấu ! ở đầu giá trị có nghĩa đặc biệt trong YAML.",
                "An exclamation mark at the start of a value has a special meaning in YAML.",
            ),
            Localized::new(
                "Đề nghị đặt giá trị trong dấu nháy kép.",
                "Please put the value in double quotes.",
            ),
        ),
        _ => (
            Localized::new(
                "Nội dung từ đây chưa đúng cú pháp YAML.",
                "From here on the file is not valid YAML.",
            ),
            Localized::new(
                "Đề nghị kiểm tra thụt lề, dấu hai chấm, dấu nháy và ngoặc ở dòng này và dòng trên.",
                "Please check indentation, colons, quotes and brackets of this line and the one above.",
            ),
        ),
    }
}
