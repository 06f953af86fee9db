//! Faults of form, and what the reader noted, as findings of a report.

use framework::{Basis, Localized, Severity};

use super::{FormFault, FormFinding};
use crate::{
    Finding, FindingStatus, Location, Node, Note, Places,
    judge::{Fingerprints, of_place},
};

/// A finding with the offset that orders it.
pub(crate) type Ordered = (u32, Finding);

/// A fault of form as a finding.
pub(crate) fn of_form(
    finding: FormFinding,
    root: &Node<'_>,
    places: &Places<'_>,
    fingerprints: &mut Fingerprints,
) -> Ordered {
    let (node, record) = innermost(root, &finding.pointer);
    let empty = (finding.fault == FormFault::MissingField)
        .then(|| places.of_empty(node.at, &finding.pointer, &finding.field))
        .flatten();
    let location = of_place(
        empty.unwrap_or_else(|| places.between(node.at, node.end)),
        finding.pointer.clone(),
        record,
    );
    let patch = patch(&finding, root);
    let (title, why, fix) = words(finding.fault);
    let holder = location.record.clone().unwrap_or_default();
    let fingerprint = fingerprints.next(finding.fault.code(), &holder, &finding.field);
    let finding = Finding {
        rule: finding.fault.code().to_owned(),
        severity: finding.fault.severity(),
        basis: Basis::Practice,
        status: FindingStatus::Open,
        title: title.into(),
        message: finding.message,
        why: why.into(),
        fix: fix.into(),
        patch,
        clauses: Vec::new(),
        location,
        related: Vec::new(),
        layer: None,
        fingerprint,
    };
    (node.at, finding)
}

/// The value a pointer leads to and the id of the innermost record around it.
fn innermost<'n>(root: &'n Node<'n>, pointer: &str) -> (&'n Node<'n>, Option<String>) {
    let mut node = root;
    let mut record = None;
    let mut path = String::new();
    for step in pointer.split('/').skip(1) {
        path.push('/');
        path.push_str(step);
        let Some((next, _)) = root.pointer(&path) else {
            break;
        };
        node = next.resolved();
        let names = ["id", "component_ref", "system_ref"];
        let id = names.iter().find_map(|name| node.get(name)?.as_str());
        record = id.map(str::to_owned).or(record);
    }
    (node, record)
}

/// What a machine can mend: a field misspelt, a code misspelt, a value whose meaning is plain.
fn patch(finding: &FormFinding, root: &Node<'_>) -> Option<serde_json::Value> {
    let meant = finding.meant.as_ref()?;
    if finding.fault != FormFault::UnknownField {
        return Some(serde_json::json!([
            {"op": "replace", "path": finding.pointer, "value": meant}
        ]));
    }
    let (record, _) = finding.pointer.rsplit_once('/')?;
    let target = format!("{record}/{}", meant.as_str()?);
    let is_free = root.pointer(&target).is_none();
    is_free.then(|| serde_json::json!([{"op": "move", "from": finding.pointer, "path": target}]))
}

/// What the reader noted, as a finding of severity info.
pub(crate) fn of_note(
    note: &Note,
    places: &Places<'_>,
    fingerprints: &mut Fingerprints,
) -> Ordered {
    let finding = Finding {
        rule: format!("note-{}", note.code),
        severity: Severity::Info,
        basis: Basis::Practice,
        status: FindingStatus::Open,
        title: Localized::text("Ghi chú khi đọc tệp", "Noted while reading the file"),
        message: note.message.clone(),
        why: Localized::text(
            "Máy đã đọc tệp theo cách nêu ở đây; xin xem có đúng ý người khai không.",
            "The file was read in the way said here; please see whether that is what was meant.",
        ),
        fix: Localized::text(
            "Nếu đúng ý thì không cần làm gì; nếu không, sửa chỗ này trong tệp.",
            "If that is what was meant, nothing is to be done; if not, correct this place in the file.",
        ),
        patch: None,
        clauses: Vec::new(),
        location: Location {
            ..of_place(places.between(note.at, note.end), String::new(), None)
        },
        related: Vec::new(),
        layer: None,
        fingerprint: fingerprints.next(note.code, "", &note.message.vi),
    };
    (note.at, finding)
}

/// Title, why and fix of each kind of fault.
const fn words(
    fault: FormFault,
) -> (
    Localized<&'static str>,
    Localized<&'static str>,
    Localized<&'static str>,
) {
    match fault {
        FormFault::WrongType => (
            Localized::new("Giá trị không đúng kiểu", "A value of the wrong type"),
            Localized::new(
                "Giá trị sai kiểu thì các quy tắc không đọc được. Đây là lỗi hình thức của tệp.",
                "The rules cannot read a value of another type. This is a matter of the file's form.",
            ),
            Localized::new(
                "Sửa giá trị theo kiểu nêu ở trên; xem mẫu hồ sơ.",
                "Change the value to the type said above; see the template.",
            ),
        ),
        FormFault::UnknownField => (
            Localized::new(
                "Trường không có trong mẫu",
                "A field the form does not know",
            ),
            Localized::new(
                "Nội dung của trường lạ không được xem xét; thường là viết nhầm tên trường.",
                "What an unknown field holds is not judged; mostly its name is misspelt.",
            ),
            Localized::new(
                "Sửa tên trường theo mẫu, hoặc bỏ trường này.",
                "Correct the name of the field, or take the field out.",
            ),
        ),
        FormFault::MissingField => (
            Localized::new("Chưa có trường cần khai", "A field is missing"),
            Localized::new(
                "Mẫu hồ sơ cần trường này để các quy tắc xem xét được.",
                "The form needs this field so that the rules can judge.",
            ),
            Localized::new(
                "Thêm trường này; nếu chưa biết giá trị, ghi null hoặc unknown.",
                "Add the field; if its value is not known, write null or unknown.",
            ),
        ),
        FormFault::NotOnList => (
            Localized::new(
                "Giá trị không có trong danh sách",
                "A value that is not on the list",
            ),
            Localized::new(
                "Trường này chỉ nhận các mã có sẵn, để các quy tắc hiểu như nhau.",
                "This field takes listed codes only, so that all rules read it alike.",
            ),
            Localized::new("Chọn một mã trong danh sách.", "Choose a code of the list."),
        ),
        FormFault::Malformed => (
            Localized::new("Giá trị chưa đúng dạng", "A value that is not well-formed"),
            Localized::new(
                "Giá trị chưa đúng dạng thì các quy tắc không đọc được. Đây là lỗi hình thức của tệp.",
                "The rules cannot read a malformed value. This is a matter of the file's form.",
            ),
            Localized::new("Sửa theo dạng nêu ở trên.", "Correct it as said above."),
        ),
    }
}
