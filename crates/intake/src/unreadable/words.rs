//! The words of every fault, Vietnamese first.

use framework::Localized;

use super::{DuplicateKey, Unreadable, WorkbookBound};

pub(super) fn duplicate_key(key: &DuplicateKey) -> Localized {
    let DuplicateKey { key, first, second } = key;
    let line = |place: &rulebook::Place| place.line.unwrap_or(1);
    Localized::text(
        format!(
            "Trường «{key}» được khai hai lần trong cùng một mục: dòng {} và dòng {}.",
            line(first),
            line(second)
        ),
        format!(
            "The field “{key}” is stated twice in the same record: on lines {} and {}.",
            line(first),
            line(second)
        ),
    )
}

fn workbook_bound(bound: &WorkbookBound) -> Localized {
    let (vi, en) = match bound {
        WorkbookBound::Entries { limit } => (
            format!("Sổ làm việc chứa hơn {limit} tệp con."),
            format!("The workbook holds more than {limit} files."),
        ),
        WorkbookBound::Unpacked { limit } => (
            format!("Sổ làm việc khi giải nén lớn hơn {} MiB.", limit >> 20),
            format!("Unpacked, the workbook has more than {} MiB.", limit >> 20),
        ),
        WorkbookBound::Ratio { limit } => (
            format!(
                "Một phần của sổ làm việc khi giải nén lớn hơn {limit} lần: dấu hiệu của tệp cố ý gây quá tải."
            ),
            format!(
                "A part of the workbook grows more than {limit} times when unpacked, as files made to overload do."
            ),
        ),
        WorkbookBound::Parts { name } => (
            format!("Phần «{name}» của sổ làm việc có quá nhiều mục."),
            format!("The part “{name}” of the workbook has too many entries."),
        ),
        WorkbookBound::Cells { limit } => (
            format!("Sổ làm việc có hơn {limit} ô có nội dung, hoặc quá nhiều ô chỉ có định dạng."),
            format!(
                "The workbook has more than {limit} filled cells, or too many that only have a format."
            ),
        ),
        WorkbookBound::Text { limit } => (
            format!(
                "Chữ trong các ô của sổ làm việc cộng lại lớn hơn {} MiB.",
                limit >> 20
            ),
            format!(
                "The cells of the workbook hold more than {} MiB of text.",
                limit >> 20
            ),
        ),
    };
    Localized { vi, en }
}

fn mebibytes(bytes: usize) -> String {
    let tenths = bytes.saturating_mul(10).div_ceil(1 << 20);
    if tenths.is_multiple_of(10) {
        (tenths / 10).to_string()
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

impl Unreadable {
    /// What is the matter, in both languages.
    pub fn message(&self) -> Localized {
        let text = |vi: &str, en: &str| Localized::text(vi, en);
        match self {
            Self::Empty => text("Tệp không có nội dung.", "The file is empty."),
            Self::TooLarge { bytes, limit } => {
                let (bytes, limit) = (mebibytes(*bytes), mebibytes(*limit));
                Localized::text(
                    format!(
                        "Tệp lớn {} MiB; hệ thống đọc tối đa {} MiB.",
                        bytes.replace('.', ","),
                        limit.replace('.', ",")
                    ),
                    format!("The file has {bytes} MiB; at most {limit} MiB are read."),
                )
            }
            Self::Foreign(foreign) => foreign.message(),
            Self::Binary => text(
                "Tệp không phải văn bản và không thuộc định dạng nào hệ thống nhận biết được.",
                "The file is neither text nor of any format known here.",
            ),
            Self::Encoding { .. } => text(
                "Tệp không phải UTF-8 và không xác định được bảng mã khác.",
                "The file is not UTF-8, and no other encoding could be told.",
            ),
            Self::LegacyFont { encoding, proposal } => {
                let shown: String = proposal
                    .lines()
                    .filter(|line| !line.is_ascii())
                    .take(3)
                    .map(|line| line.trim().chars().take(100).collect::<String>())
                    .collect::<Vec<_>>()
                    .join(" / ");
                Localized::text(
                    format!(
                        "Tệp có vẻ được soạn bằng phông chữ {}. Nội dung có thể là: «{shown}».",
                        encoding.name()
                    ),
                    format!(
                        "The file looks as if typed in a {} font. It may say: “{shown}”.",
                        encoding.name()
                    ),
                )
            }
            Self::Syntax(fault) => fault.message.clone(),
            Self::DuplicateKeys { keys } => keys.first().map(duplicate_key).unwrap_or_default(),
            Self::Alias { .. } => text(
                "Tệp dùng bí danh YAML (dấu * trước một tên); hồ sơ không dùng bí danh.",
                "The file uses a YAML alias (* before a name); submissions do without.",
            ),
            Self::MergeKey { .. } => text(
                "Tệp dùng khóa gộp YAML («<<»); hồ sơ không dùng khóa gộp.",
                "The file uses a YAML merge key (“<<”); submissions do without.",
            ),
            Self::Tag { tag, .. } => Localized::text(
                format!("Tệp dùng thẻ kiểu YAML «{tag}» không thuộc bộ kiểu cơ bản."),
                format!("The file uses the YAML tag “{tag}”, which is outside the core schema."),
            ),
            Self::ComplexKey { .. } => text(
                "Tên trường phải là một từ; tại đây là một danh sách hoặc một nhóm.",
                "A field name must be a word; here it is a list or a record.",
            ),
            Self::SecondDocument { .. } => text(
                "Tệp chứa nhiều hơn một tài liệu YAML (dấu «---»); mỗi tệp là một hồ sơ.",
                "The file holds more than one YAML document (“---”); one file is one submission.",
            ),
            Self::TooDeep { limit, .. } => Localized::text(
                format!("Danh sách và nhóm lồng nhau quá {limit} tầng."),
                format!("Lists and records are nested more than {limit} deep."),
            ),
            Self::TooManyNodes { limit, .. } => Localized::text(
                format!("Tệp có nhiều hơn {limit} giá trị; hệ thống không đọc tiếp từ đây."),
                format!("The file holds more than {limit} values; reading stopped here."),
            ),
            Self::TextTooLong { limit, .. } => Localized::text(
                format!(
                    "Đoạn chữ hoặc thuộc tính tại đây dài hơn {} MiB.",
                    limit >> 20
                ),
                format!(
                    "A text or attribute here is longer than {} MiB.",
                    limit >> 20
                ),
            ),
            Self::TooManyRecords { count, limit } => Localized::text(
                format!("Hồ sơ có {count} mục; hệ thống nhận tối đa {limit} mục."),
                format!("The submission has {count} records; at most {limit} are accepted."),
            ),
            Self::CorruptWorkbook { detail } => Localized::text(
                format!(
                    "Không mở được sổ làm việc: tệp hỏng hoặc chưa tải lên đủ (chi tiết: {detail})."
                ),
                format!(
                    "The workbook cannot be opened: the file is damaged or incomplete (detail: {detail})."
                ),
            ),
            Self::WorkbookTooBig { bound } => workbook_bound(bound),
            Self::NoKnownSheet { sheets } => {
                let listed = sheets
                    .iter()
                    .take(10)
                    .map(String::as_str)
                    .collect::<Vec<_>>()
                    .join("», «");
                Localized::text(
                    format!(
                        "Không có trang nào của sổ làm việc thuộc mẫu hồ sơ. Các trang: «{listed}»."
                    ),
                    format!(
                        "No sheet of the workbook is one of the form's. Its sheets: {}.",
                        sheets
                            .iter()
                            .take(10)
                            .map(|name| format!("“{name}”"))
                            .collect::<Vec<_>>()
                            .join(", ")
                    ),
                )
            }
            Self::NoKnownColumn { headers } => {
                let listed: Vec<String> = headers
                    .iter()
                    .take(10)
                    .map(|h| h.chars().take(40).collect())
                    .collect();
                Localized::text(
                    format!(
                        "Không có cột nào thuộc mẫu hồ sơ. Các cột đầu: «{}».",
                        listed.join("», «")
                    ),
                    format!(
                        "No column is one of the form's. The first columns: “{}”.",
                        listed.join("”, “")
                    ),
                )
            }
            Self::Doctype { .. } => text(
                "Tệp XML có khai báo DOCTYPE; vì an toàn, hệ thống không đọc tệp có khai báo này.",
                "The XML file has a DOCTYPE declaration; for safety such files are not read.",
            ),
            Self::WrongNamespace { namespace, .. } if namespace.is_empty() => text(
                "Mô hình không nêu không gian tên nên không biết là ArchiMate Model Exchange phiên bản nào.",
                "The model states no namespace, so it cannot be told which ArchiMate Model Exchange it is.",
            ),
            Self::WrongNamespace { namespace, .. } => Localized::text(
                format!(
                    "Mô hình dùng không gian tên «{namespace}», không phải ArchiMate Model Exchange 3.x."
                ),
                format!(
                    "The model uses the namespace “{namespace}”, which is not ArchiMate Model Exchange 3.x."
                ),
            ),
            Self::NotARecord { .. } => text(
                "Nội dung tệp không phải một hồ sơ: phần ngoài cùng phải gồm các trường như «submission», «agency», «applications».",
                "The file is not a submission: its outermost part must have fields such as “submission”, “agency”, “applications”.",
            ),
        }
    }

    /// What to do about it, in both languages.
    pub fn hint(&self) -> Localized {
        let text = |vi: &str, en: &str| Localized::text(vi, en);
        match self {
            Self::Empty => text(
                "Đề nghị kiểm tra lại tệp đã chọn, hoặc tải mẫu trống tại trang hướng dẫn (lệnh: khung template).",
                "Please check which file was chosen, or get an empty template from the guide (command: khung template).",
            ),
            Self::TooLarge { .. } => text(
                "Đề nghị bỏ ảnh, bản quét và phần không phải hồ sơ khỏi tệp, hoặc tách thành nhiều tệp rồi kiểm tra gộp (khung check a.xlsx b.xlsx --merge).",
                "Please take pictures, scans and anything else out of the file, or split it and check the parts together (khung check a.xlsx b.xlsx --merge).",
            ),
            Self::Foreign(foreign) => foreign.hint(),
            Self::Binary => text(
                "Hệ thống nhận hồ sơ dạng Excel (.xlsx), OpenDocument (.ods), YAML, JSON, ArchiMate Model Exchange (.xml) và CSV. Đề nghị tải mẫu Excel tại trang hướng dẫn.",
                "Submissions are accepted as Excel (.xlsx), OpenDocument (.ods), YAML, JSON, ArchiMate Model Exchange (.xml) and CSV. Please get the Excel template from the guide.",
            ),
            Self::Encoding { .. } => text(
                "Đề nghị mở tệp bằng phần mềm đã tạo ra nó và lưu lại với bảng mã UTF-8.",
                "Please open the file in the program that made it and save it as UTF-8.",
            ),
            Self::LegacyFont { .. } => text(
                "Hệ thống không tự chuyển mã. Đề nghị chuyển văn bản sang Unicode (ví dụ bằng UniKey: «Chuyển mã»), kiểm tra lại rồi gửi.",
                "Nothing is converted by itself. Please convert the text to Unicode (for example with UniKey), check it and send it again.",
            ),
            Self::Syntax(fault) => fault.hint.clone(),
            Self::DuplicateKeys { .. } => text(
                "Đề nghị giữ lại một chỗ khai, xóa hoặc đổi tên chỗ kia; hệ thống không tự chọn.",
                "Please keep one of the two and delete or rename the other; none is chosen for you.",
            ),
            Self::Alias { .. } | Self::MergeKey { .. } => text(
                "Đề nghị chép đầy đủ nội dung được tham chiếu vào đúng chỗ này.",
                "Please write out what is referred to in this place.",
            ),
            Self::Tag { .. } => text(
                "Đề nghị xóa thẻ (phần bắt đầu bằng dấu !) và ghi giá trị thông thường.",
                "Please delete the tag (the part that begins with !) and write a plain value.",
            ),
            Self::ComplexKey { .. } => text(
                "Đề nghị kiểm tra dấu hai chấm, dấu gạch ngang và ngoặc ở dòng này.",
                "Please check the colons, dashes and brackets of this line.",
            ),
            Self::SecondDocument { .. } => text(
                "Đề nghị tách thành từng tệp, mỗi tệp một hồ sơ.",
                "Please split the file: one submission each.",
            ),
            Self::TooDeep { .. } | Self::NotARecord { .. } => text(
                "Đề nghị đối chiếu với mẫu trống (khung template) để đặt các trường đúng chỗ.",
                "Please compare with an empty template (khung template) for where the fields belong.",
            ),
            Self::CorruptWorkbook { .. } => text(
                "Đề nghị mở tệp bằng Excel hoặc LibreOffice, lưu thành tệp .xlsx mới rồi gửi lại.",
                "Please open it in Excel or LibreOffice, save it as a new .xlsx file and send that.",
            ),
            Self::WorkbookTooBig { .. } => text(
                "Đề nghị chép các trang của mẫu sang một sổ làm việc mới, bỏ định dạng và trang không dùng.",
                "Please copy the sheets of the form into a new workbook, without unused formats and sheets.",
            ),
            Self::NoKnownSheet { .. } => text(
                "Đề nghị dùng mẫu Excel tại trang hướng dẫn, hoặc đặt tên trang và tiêu đề cột như mẫu (ví dụ trang «4_Ung_dung», cột «Tên hệ thống»).",
                "Please use the Excel template from the guide, or name sheets and columns as it does (sheet “4_Ung_dung”, column “Tên hệ thống”, say).",
            ),
            Self::NoKnownColumn { .. } => text(
                "Đề nghị đặt tiêu đề cột như mẫu (ví dụ «Mã», «Tên hệ thống», «Giai đoạn»), hoặc lập tệp ánh xạ cột và dùng --mapping.",
                "Please name the columns as the template does (“Mã”, “Tên hệ thống”, “Giai đoạn”, say), or write a mapping file and use --mapping.",
            ),
            Self::Doctype { .. } => text(
                "Đề nghị xuất lại mô hình từ công cụ; tệp ArchiMate Model Exchange không cần DOCTYPE.",
                "Please export the model again from your tool; an ArchiMate Model Exchange file needs no DOCTYPE.",
            ),
            Self::WrongNamespace { .. } => text(
                "Đề nghị xuất theo «ArchiMate Model Exchange File Format» 3.x (Archi: File → Export → «Model to Open Exchange File…»), không gian tên http://www.opengroup.org/xsd/archimate/3.0/.",
                "Please export as “ArchiMate Model Exchange File Format” 3.x (Archi: File → Export → “Model to Open Exchange File…”), namespace http://www.opengroup.org/xsd/archimate/3.0/.",
            ),
            Self::TextTooLong { .. } => text(
                "Đề nghị chuyển nội dung dài sang tệp đính kèm và chỉ ghi tóm tắt trong mô hình.",
                "Please move long content into an attachment and keep a summary in the model.",
            ),
            Self::TooManyNodes { .. } | Self::TooManyRecords { .. } => text(
                "Đề nghị tách hồ sơ, hoặc bỏ phần không thuộc danh mục hệ thống.",
                "Please split the submission, or leave out what is no list of systems.",
            ),
        }
    }
}
