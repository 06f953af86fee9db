//! The five layers: processes, data, and the three lists of systems, which share one shape.

use framework::Localized;

use super::{Field, FieldKind as K, Levels as L, Scope, Section, codes, field};

const fn list(
    key: &'static str,
    sheet: &'static str,
    name: Localized<&'static str>,
    guidance: Localized<&'static str>,
    fields: &'static [Field],
) -> Section {
    Section {
        key,
        sheet,
        name,
        is_list: true,
        is_minimum: false,
        guidance,
        fields,
    }
}

pub(super) const BUSINESS_PROCESSES: Section = list(
    "business_processes",
    "2_Nghiep_vu",
    Localized::new("Nghiệp vụ", "Business processes"),
    Localized::new(
        "Mỗi dòng một nghiệp vụ. Bốn nghiệp vụ liên thông của mục II.3.1 phải có.",
        "One process a row. The four interconnected processes of II.3.1 must be there.",
    ),
    const {
        &[
            field("id", "Mã", "Id", K::Slug)
                .required(L::ALL)
                .example("bp-van-ban"),
            field("name.vi", "Tên nghiệp vụ", "Name (Vietnamese)", K::Text).required(L::ALL),
            field("name.en", "Tên tiếng Anh", "Name (English)", K::Text).recommended(L::ALL),
            field("owner_unit", "Đơn vị chủ trì", "Owner unit", K::Text).required(L::ALL),
            field(
                "component_ref",
                "Thuộc nghiệp vụ liên thông",
                "Interconnected process",
                K::Component(Scope::Business, &codes::NONE),
            )
            .required(L::ALL)
            .clause("II.3.1")
            .note("Ghi «-» nếu không thuộc.", "Write “-” if none."),
            field(
                "sub_processes",
                "Bước, nội dung",
                "Steps",
                K::Code(&codes::SUB_PROCESS),
            )
            .many()
            .recommended(L::ALL)
            .clause("II.3.1"),
            field("standardised", "Đã chuẩn hóa", "Standardised", K::Boolean)
                .required(L::ALL)
                .clause("II.3.1.1"),
            field(
                "interconnected",
                "Đã liên thông",
                "Interconnected",
                K::Boolean,
            )
            .required(L::ALL)
            .clause("II.3.1.p1.s1"),
            field("inter_agency", "Liên cơ quan", "Inter-agency", K::Boolean)
                .required(L::ALL)
                .clause("II.3.1.p1.s1"),
            field(
                "participants",
                "Cơ quan phối hợp",
                "Counterparts",
                K::Body(&codes::BODY_GROUPS),
            )
            .many()
            .clause("II.3.1.4")
            .note("Phải có nếu liên thông.", "Needed if interconnected."),
            field(
                "application_refs",
                "Hệ thống hỗ trợ (mã)",
                "Supporting systems (ids)",
                K::Slug,
            )
            .many()
            .recommended(L::ALL)
            .example("app-qlvb"),
        ]
    },
);

pub(super) const DATA_ASSETS: Section = list(
    "data_assets",
    "3_Du_lieu",
    Localized::new("Dữ liệu", "Data"),
    Localized::new(
        "Mỗi dòng một cơ sở dữ liệu, kho hoặc bộ dữ liệu.",
        "One database, warehouse or dataset a row.",
    ),
    const {
        &[
            field("id", "Mã", "Id", K::Slug)
                .required(L::ALL)
                .example("dat-ho-so"),
            field("name.vi", "Tên dữ liệu", "Name (Vietnamese)", K::Text).required(L::ALL),
            field("name.en", "Tên tiếng Anh", "Name (English)", K::Text).recommended(L::ALL),
            field("owner_unit", "Đơn vị chủ quản", "Owner unit", K::Text).required(L::ALL),
            field("kind", "Loại", "Kind", K::Code(&codes::DATA_KIND))
                .required(L::ALL)
                .clause("II.3.2"),
            field(
                "subject",
                "Đối tượng dữ liệu",
                "Subject",
                K::Code(&codes::DATA_SUBJECT),
            )
            .required(L::ALL)
            .clause("II.3.2.1"),
            field("coverage", "Phạm vi", "Coverage", K::Code(&codes::COVERAGE))
                .recommended(L::ALL)
                .clause("I.1.p1"),
            field("role", "Vai trò", "Role", K::Code(&codes::DATA_ROLE))
                .required(L::ALL)
                .clause("II.3.2.p1"),
            field(
                "synced_from",
                "Đồng bộ từ",
                "Synced from",
                K::Component(Scope::Disposable, &codes::NONE),
            )
            .clause("II.3.2.1")
            .note("Phải có nếu là bên khai thác.", "Needed for a consumer."),
            field(
                "provider",
                "Cơ quan cung cấp",
                "Provider",
                K::Body(&codes::BODY_GROUPS),
            )
            .clause("II.3.2.1"),
            field("sources", "Nguồn (mã)", "Sources (ids)", K::Text)
                .many()
                .clause("II.3.2.4")
                .note("Phải có đối với kho dữ liệu.", "Needed for warehouses."),
            field(
                "person_identifier",
                "Định danh người, tổ chức",
                "Person identifier",
                K::Code(&codes::PERSON_IDENTIFIER),
            )
            .clause("II.3.2.2")
            .note("Phải có nếu có dữ liệu cá nhân.", "Needed if personal."),
            field(
                "personal_data",
                "Có dữ liệu cá nhân",
                "Personal data",
                K::Boolean,
            )
            .required(L::ALL)
            .law("Luật Bảo vệ dữ liệu cá nhân"),
            field(
                "sharing.mode",
                "Hình thức chia sẻ",
                "Sharing mode",
                K::Code(&codes::SHARING_MODE),
            )
            .required(L::ALL)
            .law("60/2024/QH15"),
            field(
                "sharing.with",
                "Chia sẻ với",
                "Shared with",
                K::Body(&codes::BODY_GROUPS),
            )
            .many()
            .clause("II.3.2.p1.s1"),
            field(
                "sharing.via",
                "Chia sẻ qua",
                "Shared through",
                K::Component(Scope::Disposable, &codes::VIA),
            )
            .clause("II.3.2.p1.s1"),
            field(
                "used_for",
                "Dùng cho",
                "Used for",
                K::Code(&codes::USED_FOR),
            )
            .many()
            .required(L::STATE)
            .law("278/2025/NĐ-CP"),
            field(
                "justification_ref",
                "Giải trình (mã)",
                "Justification (id)",
                K::Slug,
            )
            .clause("I.1.p1"),
        ]
    },
);

const SYSTEM_GUIDANCE: Localized<&str> = Localized::new(
    "Mỗi dòng một hệ thống. Việc dùng thành phần dùng chung cũng khai một dòng, chọn thành phần đó.",
    "One system a row. Using a shared component is a row too: choose the component.",
);

pub(super) const APPLICATIONS: Section = list(
    "applications",
    "4_Ung_dung",
    Localized::new("Ứng dụng", "Applications"),
    SYSTEM_GUIDANCE,
    SYSTEM,
);

pub(super) const PLATFORMS: Section = list(
    "platforms",
    "5_Nen_tang",
    Localized::new("Nền tảng", "Platforms"),
    SYSTEM_GUIDANCE,
    SYSTEM,
);

pub(super) const INFRASTRUCTURE: Section = list(
    "infrastructure",
    "6_Ha_tang",
    Localized::new("Hạ tầng", "Infrastructure"),
    SYSTEM_GUIDANCE,
    SYSTEM,
);

const SYSTEM: &[Field] = &[
    field("id", "Mã", "Id", K::Slug)
        .required(L::ALL)
        .example("app-qlvb"),
    field("name.vi", "Tên hệ thống", "Name (Vietnamese)", K::Text).required(L::ALL),
    field("name.en", "Tên tiếng Anh", "Name (English)", K::Text).recommended(L::ALL),
    field("owner_unit", "Đơn vị chủ quản", "Owner unit", K::Text).required(L::ALL),
    field(
        "component_ref",
        "Dùng thành phần dùng chung",
        "Use of shared component",
        K::Component(Scope::Disposable, &codes::NONE),
    )
    .required(L::ALL)
    .clause("II.3")
    .note(
        "Ghi «-» nếu là hệ thống riêng.",
        "Write “-” if it is an own system.",
    ),
    field(
        "functions",
        "Mã chức năng",
        "Function codes",
        K::Code(&codes::FUNCTION),
    )
    .many()
    .required(L::ALL)
    .clause("I.1.p1")
    .note(
        "Nhiều giá trị cách nhau bằng dấu chấm phẩy. Hệ thống chuyên ngành ghi sector.<tên>.",
        "Separate several by semicolons. Sector systems: sector.<name>.",
    ),
    field("sourcing", "Cách có", "Sourcing", K::Code(&codes::SOURCING))
        .required(L::ALL)
        .clause("II.3.4.3.s2"),
    field(
        "lifecycle",
        "Giai đoạn",
        "Lifecycle",
        K::Code(&codes::LIFECYCLE),
    )
    .required(L::ALL)
    .clause("II.3.4.3.s2"),
    field(
        "state",
        "Thuộc hiện trạng hay mục tiêu",
        "In current or target",
        K::Code(&codes::STATE),
    )
    .required(L::ALL),
    field(
        "levels",
        "Cấp sử dụng",
        "Levels",
        K::Code(&codes::ADMINISTRATIVE_LEVEL),
    )
    .many()
    .recommended(L::STATE)
    .clause("II.3.3.1.s2"),
    field(
        "hosting",
        "Nơi đặt",
        "Hosting",
        K::Component(Scope::Disposable, &codes::HOSTING),
    )
    .required(L::ALL)
    .clause("II.3.5.2")
    .note(
        "Mã hạ tầng ở bảng 6, thành phần dùng chung hoặc đơn vị cung cấp. Hạ tầng không phải khai.",
        "An id of sheet 6, a component, or the provider. Not for infrastructure.",
    ),
    field(
        "network",
        "Đường mạng",
        "Network",
        K::Component(Scope::Disposable, &codes::NETWORK),
    )
    .many()
    .clause("II.3.5.1"),
    field(
        "public_facing",
        "Phục vụ người dân",
        "Public-facing",
        K::Boolean,
    )
    .required(L::ALL)
    .note("Phải có đối với ứng dụng.", "Needed for applications."),
    field(
        "identity.public_login",
        "Người dân đăng nhập bằng",
        "Public login",
        K::Component(Scope::Disposable, &codes::NONE),
    )
    .many()
    .clause("II.3.4.2.s1")
    .note("Phải có nếu phục vụ người dân.", "Needed if public-facing."),
    field(
        "identity.staff_login",
        "Cán bộ đăng nhập bằng",
        "Staff login",
        K::Text,
    )
    .many()
    .clause("II.3.4.2.s1"),
    field(
        "digital_signature",
        "Chữ ký số",
        "Digital signatures",
        K::Code(&codes::DIGITAL_SIGNATURE),
    )
    .many()
    .clause("II.3.5.4"),
    field(
        "criteria_document",
        "Tiêu chí kỹ thuật áp dụng",
        "Criteria document",
        K::Text,
    )
    .example("157/QĐ-BTTTT (2022)")
    .clause("II.3.4.4.s2")
    .note(
        "Phải có đối với họp trực tuyến.",
        "Needed for meeting systems.",
    ),
    field(
        "accessibility_standard",
        "Tiêu chuẩn tiếp cận",
        "Accessibility",
        K::Text,
    )
    .law("26/2020/TT-BTTTT"),
    field(
        "languages",
        "Ngôn ngữ",
        "Languages",
        K::Code(&codes::LANGUAGE),
    )
    .many()
    .law("42/2022/NĐ-CP"),
    field(
        "security_level",
        "Cấp độ an toàn",
        "Security level",
        K::Integer,
    )
    .required(L::ALL)
    .example("3")
    .law("85/2016/NĐ-CP")
    .note("Từ 1 đến 5.", "From 1 to 5."),
    field("start", "Ngày bắt đầu", "Start", K::Date)
        .clause("III")
        .note("Phải có nếu là dự kiến.", "Needed if planned."),
    field("end", "Ngày kết thúc", "End", K::Date)
        .clause("III")
        .note(
            "Phải có nếu sắp dừng, đã dừng.",
            "Needed if retiring or retired.",
        ),
    field("replaces", "Thay hệ thống (mã)", "Replaces (ids)", K::Slug)
        .many()
        .clause("I.1.p1"),
    field(
        "justification_ref",
        "Giải trình (mã)",
        "Justification (id)",
        K::Slug,
    )
    .clause("I.1.p1")
    .note(
        "Phải có nếu tự xây và trùng lặp.",
        "Needed if own and duplicate.",
    ),
];
