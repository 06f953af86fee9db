//! What the agency does about the shared components: dispositions, connections, plans, reasons.

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

const COMPONENT: K = K::Component(Scope::Disposable, &codes::NONE);

pub(super) const COMPONENT_DISPOSITIONS: Section = Section {
    is_minimum: true,
    ..list(
        "component_dispositions",
        "7_Phuong_an_TPDC",
        Localized::new(
            "Phương án đối với thành phần dùng chung",
            "Component dispositions",
        ),
        Localized::new(
            "18 dòng đã điền sẵn; mỗi thành phần trả lời một lần.",
            "18 rows are filled in already; answer each component once.",
        ),
        const {
            &[
                field(
                    "component_ref",
                    "Thành phần dùng chung",
                    "Shared component",
                    COMPONENT,
                )
                .required(L::ALL)
                .clause("I.1.p1"),
                field(
                    "state",
                    "Phương án",
                    "Disposition",
                    K::Code(&codes::DISPOSITION),
                )
                .required(L::ALL)
                .clause("I.1.p1"),
                field("date_from", "Từ ngày", "From", K::Date)
                    .example("2026-12-20")
                    .note(
                        "Phải có nếu đang dùng, dự kiến dùng.",
                        "Needed if in use or planned.",
                    ),
                field("reason", "Lý do", "Reason", K::Text).note(
                    "Phải có nếu không áp dụng; ít nhất 20 ký tự.",
                    "Needed if not applicable; at least 20 characters.",
                ),
                field(
                    "justification_ref",
                    "Giải trình (mã)",
                    "Justification (id)",
                    K::Slug,
                )
                .note("Phải có nếu đề nghị ngoại lệ.", "Needed for an exception."),
                field("roadmap_ref", "Lộ trình (mã)", "Roadmap (id)", K::Slug)
                    .note("Phải có nếu dự kiến dùng.", "Needed if planned."),
            ]
        },
    )
};

pub(super) const INTEGRATIONS: Section = list(
    "integrations",
    "8_Ket_noi",
    Localized::new("Kết nối", "Integrations"),
    Localized::new(
        "Mỗi dòng một kết nối giữa hai bên.",
        "One connection a row.",
    ),
    const {
        &[
            field("id", "Mã", "Id", K::Slug)
                .required(L::ALL)
                .example("int-01"),
            field("from", "Từ (mã)", "From (id)", K::Slug)
                .required(L::ALL)
                .clause("II.3.4.1.s1")
                .example("app-mot-cua"),
            field("to", "Đến", "To", COMPONENT)
                .required(L::ALL)
                .clause("II.3.4.1.s1")
                .note(
                    "Thành phần dùng chung hoặc mã hệ thống; ghi «-» nếu chỉ biết cơ quan.",
                    "A component or a system id; “-” if only the agency is known.",
                ),
            field(
                "to_agency",
                "Cơ quan bên kia",
                "Other agency",
                K::Body(&codes::BODY_GROUPS),
            )
            .required(L::ALL),
            field(
                "direction",
                "Chiều",
                "Direction",
                K::Code(&codes::DIRECTION),
            )
            .required(L::ALL),
            field("data_refs", "Dữ liệu (mã)", "Data (ids)", K::Slug)
                .many()
                .required(L::ALL)
                .clause("II.3.2.p1"),
            field(
                "via",
                "Đi qua",
                "Through",
                K::Component(Scope::Disposable, &codes::VIA),
            )
            .required(L::ALL)
            .clause("II.3.4.1.s1"),
            field(
                "network",
                "Mạng",
                "Network",
                K::Component(Scope::Disposable, &codes::NETWORK),
            )
            .recommended(L::ALL)
            .clause("II.3.5.1"),
            field(
                "status",
                "Trạng thái",
                "Status",
                K::Code(&codes::INTEGRATION_STATUS),
            )
            .required(L::ALL)
            .law("278/2025/NĐ-CP"),
            field("by", "Thời hạn", "By", K::Date).law("278/2025/NĐ-CP"),
            field(
                "mandatory",
                "Thuộc diện bắt buộc",
                "Mandatory sharing",
                K::Boolean,
            )
            .required(L::STATE.and(L::PARTY).and(L::ASSEMBLY).and(L::FRONT))
            .law("278/2025/NĐ-CP"),
            field(
                "sync_delay_working_days",
                "Độ trễ (ngày làm việc)",
                "Delay (working days)",
                K::Integer,
            )
            .law("27/2026/NĐ-CP"),
            field(
                "justification_ref",
                "Giải trình kết nối trực tiếp",
                "Why direct",
                K::Slug,
            )
            .clause("II.3.4.1.s1")
            .note(
                "Phải có nếu trực tiếp hoặc gửi tệp.",
                "Needed if direct or by file.",
            ),
        ]
    },
);

pub(super) const DEPLOYMENTS: Section = list(
    "deployments",
    "9_Trien_khai",
    Localized::new("Triển khai", "Deployments"),
    Localized::new(
        "Đã triển khai đến bao nhiêu đơn vị.",
        "How many units are covered.",
    ),
    const {
        &[
            field(
                "component_ref",
                "Thành phần dùng chung",
                "Shared component",
                COMPONENT,
            )
            .required(L::PROVINCE)
            .recommended(L::MINISTRY.and(L::PARTY))
            .clause("II.3.3.1.s2"),
            field(
                "levels",
                "Cấp",
                "Levels",
                K::Code(&codes::ADMINISTRATIVE_LEVEL),
            )
            .many()
            .required(L::PROVINCE)
            .clause("II.3.3.1.s2"),
            field("covered", "Số đã triển khai", "Covered", K::Integer)
                .required(L::PROVINCE)
                .example("96"),
            field("total", "Tổng số", "Total", K::Integer)
                .required(L::PROVINCE)
                .example("102"),
            field("unit", "Đơn vị tính", "Unit", K::Text)
                .required(L::PROVINCE)
                .example("xã, phường"),
        ]
    },
);

pub(super) const JUSTIFICATIONS: Section = list(
    "justifications",
    "10_Giai_trinh",
    Localized::new("Giải trình", "Justifications"),
    Localized::new(
        "Giải trình có căn cứ, người duyệt và thời hạn.",
        "Each with basis, approver and expiry.",
    ),
    const {
        &[
            field("id", "Mã", "Id", K::Slug)
                .required(L::ALL)
                .clause("I.1.p1")
                .example("gt-01"),
            field("about", "Hệ thống (mã)", "Systems (ids)", K::Slug)
                .many()
                .required(L::ALL)
                .clause("I.1.p1"),
            field(
                "component_ref",
                "Thành phần bị trùng",
                "Duplicated component",
                COMPONENT,
            )
            .required(L::ALL)
            .clause("I.1.p1"),
            field("reason", "Lý do", "Reason", K::Text)
                .required(L::ALL)
                .clause("I.1.p1")
                .note("Ít nhất 50 ký tự.", "At least 50 characters."),
            field("basis", "Căn cứ", "Basis", K::Text).required(L::ALL),
            field("approved_by", "Người duyệt", "Approved by", K::Text).required(L::ALL),
            field("approved_date", "Ngày duyệt", "Approved on", K::Date).required(L::ALL),
            field("valid_until", "Hạn hiệu lực", "Valid until", K::Date).required(L::ALL),
            field(
                "migration_roadmap_ref",
                "Lộ trình chuyển (mã)",
                "Migration step (id)",
                K::Slug,
            )
            .recommended(L::ALL),
        ]
    },
);

pub(super) const ROADMAP: Section = list(
    "roadmap",
    "11_Lo_trinh",
    Localized::new("Lộ trình", "Roadmap"),
    Localized::new(
        "Mỗi dòng một nhiệm vụ có thời hạn.",
        "One task with dates a row.",
    ),
    const {
        &[
            field("id", "Mã", "Id", K::Slug)
                .required(L::ALL)
                .example("lt-01"),
            field("name.vi", "Tên nhiệm vụ", "Name (Vietnamese)", K::Text).required(L::ALL),
            field("name.en", "Tên tiếng Anh", "Name (English)", K::Text).recommended(L::ALL),
            field(
                "component_refs",
                "Thành phần dùng chung",
                "Shared components",
                COMPONENT,
            )
            .many()
            .required(L::ALL),
            field("system_refs", "Hệ thống (mã)", "Systems (ids)", K::Slug)
                .many()
                .required(L::ALL),
            field("start", "Bắt đầu", "Start", K::Date)
                .required(L::ALL)
                .clause("III"),
            field("end", "Kết thúc", "End", K::Date)
                .required(L::ALL)
                .clause("III"),
            field(
                "responsible_unit",
                "Đơn vị chịu trách nhiệm",
                "Responsible unit",
                K::Text,
            )
            .required(L::ALL),
            field("funding", "Nguồn kinh phí", "Funding", K::Text).required(L::ALL),
        ]
    },
);

pub(super) const ATTACHMENTS: Section = list(
    "attachments",
    "12_Dinh_kem",
    Localized::new("Tệp đính kèm", "Attachments"),
    Localized::new("Văn bản gửi kèm hồ sơ.", "Documents sent along."),
    const {
        &[
            field("kind", "Loại tệp", "Kind", K::Code(&codes::ATTACHMENT_KIND)).recommended(L::ALL),
            field("title", "Tên văn bản", "Title", K::Text).recommended(L::ALL),
            field("file", "Tên tệp", "File", K::Text).recommended(L::ALL),
            field("sha256", "Mã băm SHA-256", "SHA-256", K::Text).recommended(L::ALL),
        ]
    },
);

pub(super) const OWNER_TASKS: Section = list(
    "owner_tasks",
    "14_Nhiem_vu_III",
    Localized::new("Nhiệm vụ phần III", "Tasks of Part III"),
    Localized::new(
        "Chỉ cơ quan được phần III giao nhiệm vụ mới khai.",
        "Only for bodies to which Part III gives tasks.",
    ),
    const {
        &[
            field("clause", "Điểm giao nhiệm vụ", "Clause", K::Text)
                .clause("III")
                .example("III.4.p1"),
            field(
                "component_ref",
                "Thành phần dùng chung",
                "Shared component",
                COMPONENT,
            )
            .clause("III"),
            field("task", "Nhiệm vụ", "Task", K::Text).clause("III"),
            field("start", "Bắt đầu", "Start", K::Date).clause("III"),
            field("end", "Kết thúc", "End", K::Date).clause("III"),
            field(
                "status",
                "Trạng thái",
                "Status",
                K::Code(&codes::TASK_STATUS),
            )
            .clause("III"),
        ]
    },
);

pub(super) const SECURITY: Section = list(
    "security",
    "15_Cap_do_ATTT",
    Localized::new("Cấp độ an toàn", "Security levels"),
    Localized::new(
        "Quyết định phê duyệt cấp độ cho từng hệ thống từ cấp độ 3.",
        "The approval for each system of level 3 or higher.",
    ),
    const {
        &[
            field("system_ref", "Hệ thống (mã)", "System (id)", K::Slug).law("85/2016/NĐ-CP"),
            field("level", "Cấp độ", "Level", K::Integer)
                .law("85/2016/NĐ-CP")
                .example("3"),
            field(
                "approval.number",
                "Số quyết định",
                "Approval number",
                K::Text,
            )
            .law("85/2016/NĐ-CP"),
            field("approval.date", "Ngày quyết định", "Approval date", K::Date)
                .law("85/2016/NĐ-CP"),
        ]
    },
);
