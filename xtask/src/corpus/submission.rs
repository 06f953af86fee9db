//! A submission of any size: a fictional ministry with so many systems.

use serde_json::{Value, json};

use super::Dice;

const COMPONENTS: [&str; 18] = [
    "national-population-database",
    "electronic-identity",
    "national-personnel-database",
    "aggregated-data-warehouse",
    "national-e-document-exchange-platform",
    "national-public-service-portal",
    "reporting-information-system",
    "direction-and-administration-information-system",
    "national-data-integration-and-sharing-platform",
    "ndc-data-sharing-and-coordination-platform",
    "electronic-identification-and-authentication-platform",
    "national-personnel-management-platform",
    "online-meeting-platform",
    "specialised-data-transmission-network",
    "national-data-center",
    "ndc-cloud-computing-platform",
    "public-duty-digital-signature-certification-system",
    "public-digital-signature-gateway",
];

const SUBJECTS: [(&str, &str); 6] = [
    ("cấp phép khai thác nước mặt", "surface water permits"),
    (
        "quan trắc khí tượng thủy văn",
        "hydrometeorological observation",
    ),
    ("quản lý tài sản công", "public asset management"),
    ("thanh tra chuyên ngành", "sector inspection"),
    ("đào tạo, bồi dưỡng", "training"),
    ("thống kê ngành", "sector statistics"),
];

/// A submission with so many systems, each with a data asset and an integration.
pub(crate) fn with_systems(count: usize) -> Value {
    let mut dice = Dice::new(2026);
    let mut applications = Vec::with_capacity(count);
    let mut assets = Vec::with_capacity(count);
    let mut integrations = Vec::with_capacity(count);
    for index in 0..count {
        applications.push(application(index, &mut dice));
        assets.push(asset(index, &mut dice));
        integrations.push(integration(index, &mut dice));
    }
    let dispositions: Vec<Value> = COMPONENTS
        .iter()
        .map(|id| json!({"component_ref": id, "state": "in-use", "date_from": "2024-01-01"}))
        .collect();
    json!({
        "submission": {"schema_version": "0.1", "id": "bench", "sample": true, "created": "2026-03-20",
            "language": "vi", "status": "submitted", "supersedes": null, "contains_state_secrets": false},
        "agency": {"body_id": null, "name": {"vi": "Bộ Đo lường tốc độ (HƯ CẤU)", "en": "Ministry of Benchmarks (FICTIONAL)"},
            "level": "ministry", "kind": "ministry", "code": "Y96", "units": 24, "staff": 3150},
        "contacts": [{"role": "architecture-lead", "name": "Nguyễn Văn Mẫu", "unit": "Cục Chuyển đổi số",
            "email": "kientruc@example.com", "phone": null}],
        "reference": {"framework_id": "khung-kien-truc-tong-the-quoc-gia-so", "framework_version": "2.0",
            "constituent_framework": "ministerial-digital-architecture-framework", "framework_lead_body": "ministries",
            "parent_framework": {"id": "vietnam-digital-government-architecture-framework", "version": "4.0", "document": "292/QĐ-BKHCN"},
            "issued_document": {"status": "issued", "number": "0000/QĐ", "date": "2026-02-10", "issuer": "Bộ trưởng", "title": "Khung kiến trúc số"}},
        "scope": {"units_covered": "Toàn bộ đơn vị thuộc Bộ", "period": {"from": 2026, "to": 2030}},
        "current_state": {"as_of": "2026-02-28", "summary": "Hiện trạng"},
        "target_state": {"year": 2030, "summary": "Mục tiêu"},
        "public_services": {"has_procedures": true, "online_total": 46, "on_npsp": 46},
        "business_processes": [],
        "data_assets": assets,
        "applications": applications,
        "platforms": [],
        "infrastructure": [{"id": "inf-dc", "name": {"vi": "Phòng máy", "en": "Server room"}, "component_ref": null,
            "functions": ["dc.agency-server-room"], "sourcing": "own", "lifecycle": "operating", "state": "both",
            "owner_unit": "Cục Chuyển đổi số", "security_level": 3}],
        "component_dispositions": dispositions,
        "integrations": integrations,
        "digital_identity": {"staff": "own-account", "public": "electronic-identification-and-authentication-platform", "systems": []},
        "digital_signature": {"official": {"provider": "public-duty-digital-signature-certification-system", "certificates": 410}, "public": null},
        "deployments": [], "security": [], "justifications": [], "roadmap": [], "owner_tasks": [], "attachments": []
    })
}

fn application(index: usize, dice: &mut Dice) -> Value {
    let (vi, en) = dice.pick(&SUBJECTS);
    json!({
        "id": format!("app-{index:05}"),
        "name": {"vi": format!("Hệ thống thông tin {vi} số {index}"), "en": format!("Information system no. {index} for {en}")},
        "component_ref": null,
        "functions": [format!("sector.function-{}", index)],
        "sourcing": dice.pick(&["own", "rented"]),
        "lifecycle": dice.pick(&["operating", "operating", "building"]),
        "state": "both",
        "levels": ["central", "province"],
        "owner_unit": format!("Đơn vị số {}", dice.below(40)),
        "hosting": "inf-dc",
        "identity": {"public_login": ["electronic-identification-and-authentication-platform"]},
        "public_facing": index.is_multiple_of(3),
        "accessibility_standard": "TT 26/2020/TT-BTTTT",
        "languages": ["vi"],
        "digital_signature": ["public-duty"],
        "security_level": dice.below(5) + 1,
    })
}

fn asset(index: usize, dice: &mut Dice) -> Value {
    let (vi, en) = dice.pick(&SUBJECTS);
    json!({
        "id": format!("dat-{index:05}"),
        "name": {"vi": format!("Cơ sở dữ liệu {vi} {index}"), "en": format!("Database {index} of {en}")},
        "kind": "database",
        "subject": format!("sector-subject-{}", index),
        "coverage": "national",
        "role": "owner",
        "owner_unit": format!("Đơn vị số {}", dice.below(40)),
        "personal_data": false,
        "sharing": {"mode": "shared", "with": ["provinces"], "via": "national-data-integration-and-sharing-platform"},
        "used_for": [],
    })
}

fn integration(index: usize, dice: &mut Dice) -> Value {
    json!({
        "id": format!("int-{index:05}"),
        "from": format!("app-{index:05}"),
        "to": dice.pick(&["national-public-service-portal", "reporting-information-system"]),
        "to_agency": "government-office",
        "direction": "send",
        "data_refs": [format!("dat-{index:05}")],
        // A few go around the national platforms, so that there is something to find.
        "via": if index.is_multiple_of(97) { "direct" } else { "national-data-integration-and-sharing-platform" },
        "network": "specialised-data-transmission-network",
        "status": "operating",
        "mandatory": false,
    })
}
