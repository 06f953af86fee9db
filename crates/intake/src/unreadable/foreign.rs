//! Files that people send and that are no submission: each named, each with what to do.

use framework::Localized;

/// A kind of file that is recognised but not read as a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// A PDF, often the scan of the signed decision.
    Pdf,
    /// A Word document (`.docx`).
    WordDocument,
    /// A Word document of before 2007 (`.doc`).
    OldWordDocument,
    /// An Excel workbook of before 2007 (`.xls`).
    OldWorkbook,
    /// A binary Excel workbook (`.xlsb`).
    BinaryWorkbook,
    /// A workbook saved as "XML Spreadsheet 2003".
    XmlSpreadsheet,
    /// A text document of `LibreOffice` (`.odt`).
    OpenDocumentText,
    /// A presentation.
    Presentation,
    /// An Office file protected by a password.
    Encrypted,
    /// A model in Archi's own format (`.archimate`).
    ArchiModel,
    /// A drawing of draw.io or Visio, or an SVG.
    Drawing,
    /// A picture.
    Picture,
    /// A web page.
    WebPage,
    /// A Rich Text file.
    RichText,
    /// A compressed archive.
    Archive,
    /// Some other XML.
    OtherXml,
}

impl Foreign {
    /// What it is called.
    const fn name(self) -> Localized<&'static str> {
        match self {
            Self::Pdf => Localized::new("PDF", "a PDF"),
            Self::WordDocument => Localized::new("văn bản Word (.docx)", "a Word document (.docx)"),
            Self::OldWordDocument => {
                Localized::new("văn bản Word đời cũ (.doc)", "an old Word document (.doc)")
            }
            Self::OldWorkbook => Localized::new(
                "bảng tính Excel đời cũ (.xls)",
                "an old Excel workbook (.xls)",
            ),
            Self::BinaryWorkbook => Localized::new(
                "bảng tính Excel nhị phân (.xlsb)",
                "a binary Excel workbook (.xlsb)",
            ),
            Self::XmlSpreadsheet => Localized::new(
                "bảng tính Excel lưu dạng XML 2003",
                "an Excel workbook saved as XML Spreadsheet 2003",
            ),
            Self::OpenDocumentText => {
                Localized::new("văn bản OpenDocument (.odt)", "an OpenDocument text (.odt)")
            }
            Self::Presentation => Localized::new("tệp trình chiếu", "a presentation"),
            Self::Encrypted => Localized::new(
                "tệp Office đặt mật khẩu",
                "an Office file protected by a password",
            ),
            Self::ArchiModel => Localized::new(
                "mô hình Archi dạng gốc (.archimate)",
                "a model in Archi's own format (.archimate)",
            ),
            Self::Drawing => Localized::new("tệp bản vẽ", "a drawing"),
            Self::Picture => Localized::new("tệp ảnh", "a picture"),
            Self::WebPage => Localized::new("trang web (HTML)", "a web page (HTML)"),
            Self::RichText => Localized::new("văn bản RTF", "a Rich Text file (RTF)"),
            Self::Archive => Localized::new("tệp nén", "a compressed archive"),
            Self::OtherXml => Localized::new(
                "tệp XML không thuộc chuẩn ArchiMate Model Exchange",
                "an XML file, but no ArchiMate Model Exchange file",
            ),
        }
    }

    pub(super) fn message(self) -> Localized {
        let name = self.name();
        Localized::text(
            format!(
                "Tệp này là {}; hệ thống không đọc được hồ sơ từ định dạng này.",
                name.vi
            ),
            format!(
                "This file is {}; a submission cannot be read from it.",
                name.en
            ),
        )
    }

    pub(super) fn hint(self) -> Localized {
        let (vi, en) = match self {
            Self::OldWorkbook | Self::BinaryWorkbook | Self::XmlSpreadsheet => (
                "Đề nghị mở tệp bằng Excel hoặc LibreOffice, chọn «Lưu thành», kiểu «Excel Workbook (.xlsx)», rồi gửi tệp mới.",
                "Please open it in Excel or LibreOffice, choose “Save as”, type “Excel Workbook (.xlsx)”, and send the new file.",
            ),
            Self::ArchiModel => (
                "Trong Archi, chọn File → Export → «Model to Open Exchange File…» và gửi tệp .xml được tạo ra.",
                "In Archi choose File → Export → “Model to Open Exchange File…” and send the .xml file it makes.",
            ),
            Self::Encrypted => (
                "Đề nghị bỏ mật khẩu (Excel: Tệp → Thông tin → Bảo vệ sổ làm việc) rồi gửi lại. Không gửi tài liệu có bí mật nhà nước.",
                "Please remove the password (Excel: File → Info → Protect Workbook) and send it again. Never send state secrets.",
            ),
            Self::Archive => (
                "Đề nghị giải nén và gửi từng tệp hồ sơ.",
                "Please unpack it and send the submission files themselves.",
            ),
            Self::OtherXml => (
                "Nếu là mô hình ArchiMate, đề nghị xuất lại theo «ArchiMate Model Exchange File Format» 3.x; nếu không, đề nghị dùng mẫu Excel.",
                "If it is an ArchiMate model, please export it as “ArchiMate Model Exchange File Format” 3.x; otherwise please use the Excel template.",
            ),
            Self::Drawing => (
                "Bản vẽ là tài liệu đính kèm. Đề nghị khai danh mục hệ thống vào mẫu Excel, hoặc xuất mô hình theo ArchiMate Model Exchange.",
                "A drawing is an attachment. Please list the systems in the Excel template, or export a model as ArchiMate Model Exchange.",
            ),
            Self::Pdf
            | Self::WordDocument
            | Self::OldWordDocument
            | Self::OpenDocumentText
            | Self::Presentation
            | Self::Picture
            | Self::WebPage
            | Self::RichText => (
                "Văn bản là tài liệu đính kèm, không phải dữ liệu. Đề nghị khai hồ sơ vào mẫu Excel tại trang hướng dẫn (18 thành phần dùng chung đã điền sẵn) và gửi tệp .xlsx.",
                "A document is an attachment, not data. Please fill in the Excel template from the guide (the 18 shared components are already listed) and send the .xlsx file.",
            ),
        };
        Localized::text(vi, en)
    }
}
