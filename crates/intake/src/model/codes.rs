//! The words of coded fields, each with what people call it.

use framework::Localized;

/// A list of words.
#[derive(Debug)]
pub struct CodeList {
    /// Its name, for the sheet of lists.
    pub name: &'static str,
    /// Whether other values may stand in the field too.
    pub is_open: bool,
    /// The words.
    pub codes: &'static [Code],
}

/// A word and what it is called.
#[derive(Debug, Clone, Copy)]
pub struct Code {
    /// The word in data.
    pub code: &'static str,
    /// What people call it.
    pub label: Localized<&'static str>,
}

impl CodeList {
    /// Whether the word is on the list.
    pub fn has(&self, code: &str) -> bool {
        self.codes.iter().any(|known| known.code == code)
    }
}

const fn closed(name: &'static str, codes: &'static [Code]) -> CodeList {
    CodeList {
        name,
        is_open: false,
        codes,
    }
}

const fn open(name: &'static str, codes: &'static [Code]) -> CodeList {
    CodeList {
        name,
        is_open: true,
        codes,
    }
}

const fn code(code: &'static str, vi: &'static str, en: &'static str) -> Code {
    Code {
        code,
        label: Localized::new(vi, en),
    }
}

pub(crate) static NONE: CodeList = open("none", &[]);

pub(crate) static YES_NO: CodeList = closed(
    "boolean",
    &[
        code("true", "Có", "Yes"),
        code("false", "Không", "No"),
        code("unknown", "Chưa rõ", "Unknown"),
    ],
);

pub(crate) static LANGUAGE: CodeList = open(
    "language",
    &[
        code("vi", "Tiếng Việt", "Vietnamese"),
        code("en", "Tiếng Anh", "English"),
    ],
);

pub(crate) static STATUS: CodeList = closed(
    "submission-status",
    &[
        code("draft", "Dự thảo", "Draft"),
        code("submitted", "Đã gửi", "Submitted"),
        code("under-review", "Đang xem xét", "Under review"),
        code("returned", "Trả lại để hoàn thiện", "Returned"),
        code("accepted", "Đã tiếp nhận", "Accepted"),
    ],
);

pub(crate) static LEVEL: CodeList = closed(
    "agency-level",
    &[
        code("party", "Cơ quan Đảng", "Party"),
        code(
            "national-assembly",
            "Cơ quan của Quốc hội",
            "National Assembly",
        ),
        code(
            "fatherland-front",
            "Mặt trận Tổ quốc Việt Nam",
            "Fatherland Front",
        ),
        code(
            "ministry",
            "Bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ",
            "Ministry",
        ),
        code("province", "Tỉnh, thành phố", "Province"),
        code("other", "Cơ quan, tổ chức khác", "Other"),
    ],
);

pub(crate) static AGENCY_KIND: CodeList = closed(
    "agency-kind",
    &[
        code("ministry", "Bộ", "Ministry"),
        code(
            "ministerial-level",
            "Cơ quan ngang bộ",
            "Ministerial-level agency",
        ),
        code(
            "government-attached",
            "Cơ quan thuộc Chính phủ",
            "Government-attached agency",
        ),
        code(
            "provincial-peoples-committee",
            "Ủy ban nhân dân cấp tỉnh",
            "Provincial People’s Committee",
        ),
        code(
            "party-central",
            "Cơ quan Đảng ở Trung ương",
            "Central Party body",
        ),
        code(
            "party-provincial",
            "Cơ quan Đảng ở địa phương",
            "Local Party body",
        ),
        code(
            "na-office",
            "Văn phòng Quốc hội",
            "National Assembly Office",
        ),
        code(
            "na-committee",
            "Cơ quan của Quốc hội",
            "National Assembly committee",
        ),
        code(
            "vff-central",
            "Ủy ban Trung ương MTTQ Việt Nam",
            "VFF Central Committee",
        ),
        code(
            "vff-provincial",
            "Ủy ban MTTQ Việt Nam cấp tỉnh",
            "Provincial VFF committee",
        ),
        code(
            "socio-political-organisation",
            "Tổ chức chính trị - xã hội",
            "Socio-political organisation",
        ),
        code(
            "supreme-court",
            "Tòa án nhân dân tối cao",
            "Supreme People’s Court",
        ),
        code(
            "supreme-procuracy",
            "Viện kiểm sát nhân dân tối cao",
            "Supreme People’s Procuracy",
        ),
        code("state-audit", "Kiểm toán nhà nước", "State Audit"),
        code(
            "presidents-office",
            "Văn phòng Chủ tịch nước",
            "Office of the President",
        ),
        code("other", "Khác", "Other"),
    ],
);

/// Groups of bodies that a submission names beside the bodies of the catalogue.
pub(crate) static BODY_GROUPS: CodeList = open(
    "body-group",
    &[
        code(
            "all-state-agencies",
            "Các cơ quan nhà nước",
            "All state agencies",
        ),
        code("ministries", "Các bộ, ngành", "Ministries"),
        code("provinces", "Các tỉnh, thành phố", "Provinces"),
        code("departments", "Các sở, ngành", "Departments"),
    ],
);

pub(crate) static CONTACT_ROLE: CodeList = closed(
    "contact-role",
    &[
        code(
            "architecture-lead",
            "Đầu mối kiến trúc",
            "Architecture lead",
        ),
        code("data-lead", "Đầu mối dữ liệu", "Data lead"),
        code(
            "security-lead",
            "Đầu mối an toàn thông tin",
            "Security lead",
        ),
        code("approver", "Người phê duyệt", "Approver"),
    ],
);

pub(crate) static DOCUMENT_STATUS: CodeList = closed(
    "document-status",
    &[
        code("issued", "Đã ban hành", "Issued"),
        code("draft", "Dự thảo", "Draft"),
    ],
);

pub(crate) static FRAMEWORK: CodeList = closed(
    "framework",
    &[code(
        "khung-kien-truc-tong-the-quoc-gia-so",
        "Khung kiến trúc tổng thể quốc gia số",
        "National Digital Overall Architecture Framework",
    )],
);

pub(crate) static SUB_PROCESS: CodeList = closed(
    "sub-process",
    &[
        code("receive", "Tiếp nhận", "Receive"),
        code("issue", "Ban hành", "Issue"),
        code("archive", "Lưu trữ", "Archive"),
        code("appointment", "Bổ nhiệm", "Appointment"),
        code("evaluation", "Đánh giá", "Evaluation"),
        code("training", "Đào tạo", "Training"),
        code("periodic-report", "Báo cáo định kỳ", "Periodic report"),
        code("statistics", "Thống kê", "Statistics"),
        code("direction", "Chỉ đạo, điều hành", "Direction"),
        code("intake", "Tiếp nhận hồ sơ TTHC", "Intake of procedures"),
        code("settlement", "Giải quyết hồ sơ", "Settlement"),
        code("result", "Trả kết quả", "Result"),
    ],
);

pub(crate) static DATA_KIND: CodeList = closed(
    "data-kind",
    &[
        code("database", "Cơ sở dữ liệu", "Database"),
        code("data-warehouse", "Kho dữ liệu", "Data warehouse"),
        code("dataset", "Bộ dữ liệu", "Dataset"),
        code("reference", "Dữ liệu tham chiếu", "Reference data"),
        code("identity", "Dữ liệu định danh", "Identity data"),
    ],
);

pub(crate) static DATA_SUBJECT: CodeList = open(
    "data-subject",
    &[
        code("population", "Dân cư", "Population"),
        code("personnel", "Cán bộ, công chức, viên chức", "Personnel"),
        code("organisation", "Tổ chức", "Organisation"),
        code("enterprise", "Doanh nghiệp", "Enterprise"),
        code("land-parcel", "Thửa đất", "Land parcel"),
        code(
            "administrative-case",
            "Hồ sơ thủ tục hành chính",
            "Administrative case",
        ),
        code("document", "Văn bản", "Document"),
        code("party-member", "Đảng viên", "Party member"),
    ],
);

pub(crate) static COVERAGE: CodeList = open(
    "coverage",
    &[
        code("national", "Toàn quốc", "National"),
        code("province", "Toàn tỉnh", "Province"),
        code("own-agency", "Nội bộ cơ quan", "Own agency"),
    ],
);

pub(crate) static DATA_ROLE: CodeList = closed(
    "data-role",
    &[
        code("owner", "Chủ quản", "Owner"),
        code("contributor", "Cùng cập nhật", "Contributor"),
        code("consumer", "Khai thác", "Consumer"),
    ],
);

pub(crate) static PERSON_IDENTIFIER: CodeList = closed(
    "person-identifier",
    &[
        code(
            "electronic-identity",
            "Danh tính điện tử",
            "Electronic identity",
        ),
        code("other", "Mã khác", "Other"),
        code("none", "Không có", "None"),
    ],
);

pub(crate) static SHARING_MODE: CodeList = closed(
    "sharing-mode",
    &[
        code("shared", "Dùng chung", "Shared"),
        code("internal", "Dùng riêng", "Internal"),
        code("open", "Dữ liệu mở", "Open"),
    ],
);

pub(crate) static USED_FOR: CodeList = closed(
    "used-for",
    &[
        code(
            "administrative-procedure",
            "Thủ tục hành chính",
            "Administrative procedure",
        ),
        code("public-service", "Dịch vụ công", "Public service"),
        code("direction", "Chỉ đạo, điều hành", "Direction"),
    ],
);

pub(crate) static FUNCTION: CodeList = open(
    "function",
    &[
        code(
            "doc.inter-agency-exchange",
            "Gửi, nhận văn bản liên cơ quan",
            "Inter-agency document exchange",
        ),
        code(
            "doc.agency-document-management",
            "Quản lý văn bản của cơ quan",
            "Agency document management",
        ),
        code(
            "svc.public-service-portal",
            "Cổng dịch vụ công",
            "Public service portal",
        ),
        code(
            "svc.case-settlement",
            "Giải quyết thủ tục hành chính",
            "Case settlement",
        ),
        code(
            "rpt.inter-agency-reporting",
            "Báo cáo liên cơ quan",
            "Inter-agency reporting",
        ),
        code(
            "rpt.agency-reporting",
            "Báo cáo của cơ quan",
            "Agency reporting",
        ),
        code(
            "cmd.direction-and-administration",
            "Chỉ đạo, điều hành",
            "Direction and administration",
        ),
        code(
            "int.national-data-exchange",
            "Trao đổi dữ liệu quốc gia",
            "National data exchange",
        ),
        code(
            "int.agency-data-sharing",
            "Chia sẻ dữ liệu nội bộ (LGSP)",
            "Agency data sharing",
        ),
        code(
            "idn.citizen-identity-provider",
            "Định danh, xác thực người dân",
            "Citizen identity provider",
        ),
        code(
            "idn.staff-sso",
            "Đăng nhập một lần cho cán bộ",
            "Staff single sign-on",
        ),
        code(
            "hr.personnel-management",
            "Quản lý cán bộ, công chức, viên chức",
            "Personnel management",
        ),
        code(
            "mtg.video-conferencing",
            "Họp trực tuyến",
            "Video conferencing",
        ),
        code(
            "net.inter-agency-wan",
            "Mạng diện rộng liên cơ quan",
            "Inter-agency WAN",
        ),
        code("net.agency-lan", "Mạng nội bộ", "Agency LAN"),
        code(
            "dc.shared-data-centre",
            "Trung tâm dữ liệu dùng chung",
            "Shared data centre",
        ),
        code(
            "dc.agency-server-room",
            "Phòng máy chủ của cơ quan",
            "Agency server room",
        ),
        code(
            "cld.shared-cloud",
            "Điện toán đám mây dùng chung",
            "Shared cloud",
        ),
        code(
            "cld.agency-private-cloud",
            "Đám mây riêng của cơ quan",
            "Agency private cloud",
        ),
        code(
            "sig.public-duty-certification",
            "Chứng thực chữ ký số công vụ",
            "Public-duty signature certification",
        ),
        code(
            "sig.public-ca-gateway",
            "Cổng kết nối chữ ký số công cộng",
            "Public signature gateway",
        ),
        code(
            "data.population-register",
            "Cơ sở dữ liệu dân cư",
            "Population register",
        ),
        code(
            "data.identity-register",
            "Cơ sở dữ liệu định danh",
            "Identity register",
        ),
        code(
            "data.personnel-register",
            "Cơ sở dữ liệu cán bộ",
            "Personnel register",
        ),
        code(
            "data.aggregated-warehouse",
            "Kho dữ liệu tổng hợp",
            "Aggregated warehouse",
        ),
        code(
            "web.information-portal",
            "Cổng thông tin điện tử",
            "Web portal",
        ),
        code(
            "web.open-data-portal",
            "Cổng dữ liệu mở",
            "Open data portal",
        ),
        code(
            "party.member-management",
            "Quản lý đảng viên",
            "Party member management",
        ),
        code(
            "sec.operations-centre",
            "Trung tâm giám sát an toàn thông tin (SOC)",
            "Security operations centre",
        ),
    ],
);

pub(crate) static SOURCING: CodeList = closed(
    "sourcing",
    &[
        code("shared", "Dùng hệ thống dùng chung", "Shared"),
        code("own", "Tự xây dựng", "Own"),
        code("rented", "Thuê dịch vụ", "Rented"),
        code("inherited", "Tiếp nhận sau sáp nhập", "Inherited"),
        code(
            "from-upper-level",
            "Cấp trên triển khai",
            "From the upper level",
        ),
    ],
);

pub(crate) static LIFECYCLE: CodeList = closed(
    "lifecycle",
    &[
        code("planned", "Dự kiến", "Planned"),
        code("building", "Đang xây dựng", "Building"),
        code("operating", "Đang vận hành", "Operating"),
        code("retiring", "Sắp dừng", "Retiring"),
        code("retired", "Đã dừng", "Retired"),
    ],
);

pub(crate) static STATE: CodeList = closed(
    "state",
    &[
        code("current", "Hiện trạng", "Current"),
        code("target", "Mục tiêu", "Target"),
        code("both", "Cả hai", "Both"),
    ],
);

pub(crate) static ADMINISTRATIVE_LEVEL: CodeList = closed(
    "administrative-level",
    &[
        code("central", "Trung ương", "Central"),
        code("province", "Cấp tỉnh", "Province"),
        code("commune", "Cấp xã", "Commune"),
    ],
);

pub(crate) static HOSTING: CodeList = open(
    "hosting",
    &[code("provider", "Do đơn vị cung cấp đặt", "Provider")],
);

pub(crate) static NETWORK: CodeList = open(
    "network",
    &[
        code("wan", "Mạng WAN riêng", "Own WAN"),
        code("internet", "Internet", "Internet"),
    ],
);

pub(crate) static DIGITAL_SIGNATURE: CodeList = closed(
    "digital-signature",
    &[
        code("public-duty", "Chữ ký số công vụ", "Public-duty signature"),
        code("public", "Chữ ký số công cộng", "Public signature"),
        code("none", "Không dùng", "None"),
    ],
);

pub(crate) static STAFF_IDENTITY: CodeList = open(
    "staff-identity",
    &[
        code(
            "staff-sso",
            "Đăng nhập một lần của cơ quan",
            "Agency single sign-on",
        ),
        code(
            "own-account",
            "Tài khoản riêng từng hệ thống",
            "Own account in each system",
        ),
    ],
);

pub(crate) static DISPOSITION: CodeList = closed(
    "disposition",
    &[
        code("in-use", "Đang dùng", "In use"),
        code("planned", "Dự kiến dùng", "Planned"),
        code("not-applicable", "Không áp dụng", "Not applicable"),
        code("exception", "Đề nghị ngoại lệ", "Exception"),
        code("owner", "Cơ quan chủ trì", "Owner"),
    ],
);

pub(crate) static DIRECTION: CodeList = closed(
    "direction",
    &[
        code("send", "Gửi", "Send"),
        code("receive", "Nhận", "Receive"),
        code("both", "Hai chiều", "Both"),
    ],
);

pub(crate) static VIA: CodeList = open(
    "via",
    &[
        code(
            "local-sharing",
            "Nền tảng chia sẻ của cơ quan",
            "Local sharing platform",
        ),
        code("direct", "Kết nối trực tiếp", "Direct"),
        code("file", "Gửi tệp", "File"),
    ],
);

pub(crate) static INTEGRATION_STATUS: CodeList = closed(
    "integration-status",
    &[
        code("operating", "Đang vận hành", "Operating"),
        code("planned", "Dự kiến", "Planned"),
        code("stopping", "Sắp dừng", "Stopping"),
    ],
);

pub(crate) static TASK_STATUS: CodeList = open(
    "task-status",
    &[
        code("not-started", "Chưa bắt đầu", "Not started"),
        code("in-progress", "Đang thực hiện", "In progress"),
        code("done", "Hoàn thành", "Done"),
    ],
);

pub(crate) static ATTACHMENT_KIND: CodeList = closed(
    "attachment-kind",
    &[
        code("pdf", "PDF", "PDF"),
        code("docx", "Word (DOCX)", "Word (DOCX)"),
        code("xlsx", "Excel (XLSX)", "Excel (XLSX)"),
        code(
            "archimate-oef",
            "ArchiMate Model Exchange",
            "ArchiMate Model Exchange",
        ),
        code("drawio", "draw.io", "draw.io"),
        code("png", "Ảnh PNG", "PNG picture"),
    ],
);
