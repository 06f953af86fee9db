//! What is said once: the submission, the agency, what it refers to.

use framework::Localized;

use super::{Field, FieldKind as K, Levels as L, Scope, Section, codes, field};

const fn record(
    key: &'static str,
    vi: &'static str,
    en: &'static str,
    is_minimum: bool,
    fields: &'static [Field],
) -> Section {
    Section {
        key,
        sheet: "1_Thong_tin",
        name: Localized::new(vi, en),
        is_list: false,
        is_minimum,
        guidance: Localized::new("", ""),
        fields,
    }
}

pub(super) const SUBMISSION: Section = record(
    "submission",
    "Hồ sơ",
    "Submission",
    true,
    const {
        &[
            field("schema_version", "Phiên bản mẫu", "Schema version", K::Text)
                .required(L::ALL)
                .example("0.1"),
            field("id", "Mã hồ sơ", "Submission id", K::Slug)
                .required(L::ALL)
                .example("tinh-song-mau-2026-01")
                .note(
                    "Chữ thường không dấu, số và gạch nối.",
                    "Lower-case letters, digits, hyphens.",
                ),
            field("sample", "Hồ sơ mẫu", "Sample", K::Boolean).recommended(L::ALL),
            field("created", "Ngày lập", "Date made", K::Date)
                .required(L::ALL)
                .example("2026-03-25"),
            field(
                "language",
                "Ngôn ngữ chính",
                "Main language",
                K::Code(&codes::LANGUAGE),
            )
            .required(L::ALL)
            .example("vi"),
            field("status", "Trạng thái", "Status", K::Code(&codes::STATUS))
                .required(L::ALL)
                .example("submitted"),
            field("supersedes", "Thay hồ sơ", "Replaces", K::Slug).recommended(L::ALL),
            field(
                "contains_state_secrets",
                "Có bí mật nhà nước",
                "Holds state secrets",
                K::Boolean,
            )
            .required(L::ALL)
            .law("Luật Bảo vệ bí mật nhà nước")
            .note(
                "Phải là «Không». Hệ thống có bí mật nhà nước không khai trong hồ sơ này.",
                "Must be “No”. Systems that hold state secrets are left out.",
            ),
        ]
    },
);

pub(super) const AGENCY: Section = record(
    "agency",
    "Cơ quan",
    "Agency",
    true,
    const {
        &[
            field(
                "name.vi",
                "Tên cơ quan (tiếng Việt)",
                "Agency name (Vietnamese)",
                K::Text,
            )
            .required(L::ALL)
            .example("UBND tỉnh …"),
            field(
                "name.en",
                "Tên cơ quan (tiếng Anh)",
                "Agency name (English)",
                K::Text,
            )
            .recommended(L::ALL),
            field("level", "Cấp cơ quan", "Level", K::Code(&codes::LEVEL))
                .required(L::ALL)
                .clause("I.2.p1"),
            field("kind", "Loại cơ quan", "Kind", K::Code(&codes::AGENCY_KIND))
                .required(L::ALL)
                .clause("I.2.p1"),
            field(
                "body_id",
                "Cơ quan nêu ở phần III",
                "Body named in Part III",
                K::Body(&codes::NONE),
            )
            .required(L::MINISTRY)
            .recommended(L::OTHER)
            .clause("III.1")
            .note(
                "Chỉ điền nếu cơ quan được phần III giao nhiệm vụ; ghi «-» nếu không.",
                "Only for bodies to which Part III gives tasks; write “-” otherwise.",
            ),
            field(
                "code",
                "Mã định danh điện tử",
                "Electronic identifier code",
                K::Text,
            )
            .required(L::STATE)
            .recommended(L::ALL)
            .example("Y99")
            .law("20/2020/QĐ-TTg"),
            field(
                "parent_agency",
                "Cơ quan cấp trên (mã)",
                "Parent agency (code)",
                K::Text,
            )
            .recommended(L::ALL),
            field(
                "units",
                "Số đơn vị trực thuộc",
                "Number of units",
                K::Integer,
            )
            .recommended(L::STATE)
            .example("16"),
            field(
                "communes",
                "Số xã, phường, đặc khu",
                "Number of communes",
                K::Integer,
            )
            .required(L::PROVINCE)
            .example("102")
            .clause("II.3.3.1.s2"),
            field("staff", "Số người", "Number of staff", K::Integer)
                .recommended(L::STATE)
                .example("21400"),
        ]
    },
);

pub(super) const REFERENCE: Section = record(
    "reference",
    "Khung tham chiếu",
    "Reference",
    true,
    const {
        &[
            field(
                "framework_id",
                "Khung tham chiếu",
                "Framework",
                K::Code(&codes::FRAMEWORK),
            )
            .required(L::ALL)
            .clause("I.1.p1"),
            field(
                "framework_version",
                "Phiên bản khung",
                "Framework version",
                K::Text,
            )
            .required(L::ALL)
            .example("2.0")
            .clause("I.1.p1"),
            field(
                "constituent_framework",
                "Hợp phần áp dụng",
                "Constituent framework",
                K::Constituent,
            )
            .required(L::ALL)
            .clause("II.1"),
            field(
                "framework_lead_body",
                "Cơ quan chủ trì khung",
                "Lead body of the framework",
                K::Body(&codes::NONE),
            )
            .required(L::PARTY.and(L::ASSEMBLY).and(L::FRONT))
            .recommended(L::ALL)
            .clause("II.1"),
            field(
                "parent_framework.id",
                "Khung phải phù hợp",
                "Framework conformed to",
                K::Constituent,
            )
            .required(L::STATE)
            .clause("II.1.đ.p1"),
            field(
                "parent_framework.version",
                "Phiên bản khung phải phù hợp",
                "Its version",
                K::Text,
            )
            .required(L::STATE)
            .example("4.0")
            .clause("II.1.đ.p1"),
            field(
                "parent_framework.document",
                "Văn bản ban hành khung đó",
                "Its issuing document",
                K::Text,
            )
            .required(L::STATE)
            .example("292/QĐ-BKHCN")
            .clause("II.1.đ.p1"),
            field(
                "issued_document.status",
                "Tình trạng ban hành",
                "Issuing status",
                K::Code(&codes::DOCUMENT_STATUS),
            )
            .required(L::ALL)
            .clause("II.1.p1"),
            field(
                "issued_document.number",
                "Số, ký hiệu quyết định",
                "Decision number",
                K::Text,
            )
            .required(L::ALL)
            .example("…/QĐ-UBND")
            .clause("II.1.p1"),
            field(
                "issued_document.date",
                "Ngày quyết định",
                "Decision date",
                K::Date,
            )
            .required(L::ALL)
            .clause("II.1.p1"),
            field(
                "issued_document.issuer",
                "Người ký ban hành",
                "Issuer",
                K::Text,
            )
            .required(L::ALL)
            .clause("II.1.p1"),
            field("issued_document.title", "Trích yếu", "Title", K::Text)
                .required(L::ALL)
                .clause("II.1.p1"),
            field(
                "issued_document.target_issue_date",
                "Ngày dự kiến ban hành",
                "Target issue date",
                K::Date,
            )
            .note("Nếu còn là dự thảo.", "If still a draft.")
            .clause("II.1.p1"),
        ]
    },
);

pub(super) const SCOPE: Section = record(
    "scope",
    "Phạm vi",
    "Scope",
    false,
    const {
        &[
            field(
                "units_covered",
                "Đơn vị trong phạm vi",
                "Units covered",
                K::Text,
            )
            .required(L::ALL)
            .example("16 sở, ngành; 102 xã, phường"),
            field("period.from", "Giai đoạn từ năm", "Period from", K::Year)
                .required(L::ALL)
                .example("2026"),
            field("period.to", "Giai đoạn đến năm", "Period to", K::Year)
                .required(L::ALL)
                .example("2030"),
            field(
                "secret_systems_count",
                "Số hệ thống không khai vì mật",
                "Systems left out (secret)",
                K::Integer,
            )
            .required(L::ALL)
            .note(
                "Ghi «-» nếu quy định không cho nêu số.",
                "Write “-” where rules forbid a number.",
            ),
        ]
    },
);

pub(super) const CURRENT_STATE: Section = record(
    "current_state",
    "Hiện trạng",
    "Current state",
    false,
    const {
        &[
            field("as_of", "Ngày hiện trạng", "As of", K::Date)
                .required(L::ALL)
                .example("2026-02-28"),
            field("summary", "Tóm tắt hiện trạng", "Summary", K::Text).required(L::ALL),
        ]
    },
);

pub(super) const TARGET_STATE: Section = record(
    "target_state",
    "Mục tiêu",
    "Target state",
    false,
    const {
        &[
            field("year", "Năm mục tiêu", "Target year", K::Year)
                .required(L::ALL)
                .example("2030"),
            field("summary", "Tóm tắt mục tiêu", "Target summary", K::Text).required(L::ALL),
        ]
    },
);

pub(super) const LAYER_NOTES: Section = record(
    "layer_notes",
    "Lý do để trống một lớp",
    "Why a layer is empty",
    false,
    const {
        &[
            field(
                "business",
                "Lớp nghiệp vụ để trống vì",
                "Business layer empty because",
                K::Text,
            )
            .clause("II.3.1"),
            field(
                "data",
                "Lớp dữ liệu để trống vì",
                "Data layer empty because",
                K::Text,
            )
            .clause("II.3.2"),
            field(
                "application",
                "Lớp ứng dụng để trống vì",
                "Application layer empty because",
                K::Text,
            )
            .clause("II.3.3"),
            field(
                "platform",
                "Lớp nền tảng để trống vì",
                "Platform layer empty because",
                K::Text,
            )
            .clause("II.3.4"),
            field(
                "infrastructure",
                "Lớp hạ tầng để trống vì",
                "Infrastructure layer empty because",
                K::Text,
            )
            .clause("II.3.5"),
        ]
    },
);

pub(super) const PUBLIC_SERVICES: Section = record(
    "public_services",
    "Dịch vụ công",
    "Public services",
    false,
    const {
        &[
            field(
                "has_procedures",
                "Có thủ tục hành chính",
                "Has procedures",
                K::Boolean,
            )
            .required(L::STATE)
            .recommended(L::ALL)
            .clause("II.3.3.2.s1"),
            field(
                "online_total",
                "Số dịch vụ trực tuyến",
                "Online services",
                K::Integer,
            )
            .required(L::STATE)
            .recommended(L::ALL)
            .example("1480")
            .clause("II.3.3.2.s1"),
            field(
                "on_npsp",
                "Số trên Cổng DVC quốc gia",
                "On the National Portal",
                K::Integer,
            )
            .required(L::STATE)
            .recommended(L::ALL)
            .example("1480")
            .clause("II.3.3.2.s1"),
        ]
    },
);

pub(super) const DIGITAL_IDENTITY: Section = record(
    "digital_identity",
    "Định danh điện tử",
    "Digital identity",
    false,
    const {
        &[
            field(
                "staff",
                "Định danh cán bộ",
                "Staff identity",
                K::Component(Scope::Disposable, &codes::STAFF_IDENTITY),
            )
            .required(L::ALL)
            .clause("II.3.4.2"),
            field(
                "public",
                "Định danh người dân",
                "Public identity",
                K::Component(Scope::Disposable, &codes::NONE),
            )
            .required(L::ALL)
            .clause("II.3.4.2"),
            field(
                "systems",
                "Hệ thống dùng định danh",
                "Systems that use it",
                K::Slug,
            )
            .many()
            .required(L::ALL)
            .clause("II.3.4.2"),
        ]
    },
);

pub(super) const DIGITAL_SIGNATURE: Section = record(
    "digital_signature",
    "Chữ ký số",
    "Digital signatures",
    false,
    const {
        &[
            field(
                "official.provider",
                "Chữ ký số công vụ: đơn vị cung cấp",
                "Official signatures: provider",
                K::Component(Scope::Disposable, &codes::NONE),
            )
            .required(L::ALL)
            .clause("II.3.5.4"),
            field(
                "official.certificates",
                "Số chứng thư số công vụ",
                "Official certificates",
                K::Integer,
            )
            .required(L::ALL)
            .clause("II.3.5.4"),
            field(
                "public.gateway",
                "Chữ ký số công cộng: cổng kết nối",
                "Public signatures: gateway",
                K::Component(Scope::Disposable, &codes::NONE),
            )
            .clause("II.3.5.5"),
            field(
                "public.systems",
                "Hệ thống dùng chữ ký số công cộng",
                "Systems using them",
                K::Slug,
            )
            .many()
            .clause("II.3.5.5"),
        ]
    },
);

pub(super) const CONTACTS: Section = Section {
    key: "contacts",
    sheet: "13_Dau_moi",
    name: Localized::new("Đầu mối liên hệ", "Contacts"),
    is_list: true,
    is_minimum: false,
    guidance: Localized::new(
        "Ít nhất một đầu mối kiến trúc. Dữ liệu cá nhân: chỉ người rà soát xem, không công bố.",
        "At least one architecture lead. Personal data: shown to reviewers only, never published.",
    ),
    fields: &[
        field("role", "Vai trò", "Role", K::Code(&codes::CONTACT_ROLE)).required(L::ALL),
        field("name", "Họ và tên", "Name", K::Text).required(L::ALL),
        field("unit", "Đơn vị", "Unit", K::Text).required(L::ALL),
        field("email", "Thư điện tử", "E-mail", K::Text)
            .required(L::ALL)
            .example("cds@…"),
        field("phone", "Điện thoại", "Phone", K::Text).recommended(L::ALL),
    ],
};
