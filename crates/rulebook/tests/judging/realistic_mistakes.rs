//! Mistakes agencies really make (shared/domain/submission-model.md, section 7): each is made in a
//! sample that was sound there, and yields exactly the findings named, no echo of them elsewhere.

use std::{collections::BTreeSet, fs};

use rulebook::Rulebook;
use serde_json::{Value, json};

use crate::support;

const DAY: &str = "2026-03-31";

struct Mistake {
    what: &'static str,
    sample: &'static str,
    make: fn(&mut Value),
    /// Rule and place of every finding that comes with it.
    found: &'static [(&'static str, &'static str)],
}

fn sample(name: &str) -> Value {
    let path = support::root().join(format!("rules/samples/sample-{name}.yaml"));
    let text = fs::read_to_string(path).unwrap();
    let hints = intake::Hints::file("sample.yaml");
    let submission = intake::read(text.as_bytes(), &hints, &intake::Limits::default()).unwrap();
    submission.root.to_json()
}

fn findings(rulebook: &Rulebook, submission: &Value) -> BTreeSet<(String, String)> {
    let report = support::check(rulebook, &submission.to_string(), DAY);
    let findings = report.findings.into_iter();
    findings
        .map(|finding| (finding.rule, finding.location.pointer))
        .collect()
}

/// The record of that id in a list of the submission.
fn record<'v>(submission: &'v mut Value, list: &str, id: &str) -> &'v mut Value {
    let records = submission[list].as_array_mut().unwrap();
    records
        .iter_mut()
        .find(|record| record["id"] == id || record["component_ref"] == id)
        .unwrap()
}

fn remove(submission: &mut Value, list: &str, id: &str) {
    let records = submission[list].as_array_mut().unwrap();
    let before = records.len();
    records.retain(|record| record["id"] != id);
    assert_eq!(records.len() + 1, before, "{id} stands in {list}");
}

fn without(record: &mut Value, field: &str) {
    record.as_object_mut().unwrap().remove(field).unwrap();
}

const MISTAKES: &[Mistake] = &[
    Mistake {
        what: "1: the parent framework of the template of 2023",
        sample: "province",
        make: |file| file["reference"]["parent_framework"]["version"] = json!("3.0"),
        found: &[("KKT2-GEN-005", "/reference/parent_framework/version")],
    },
    Mistake {
        what: "1: e-government architecture in a text",
        sample: "province",
        make: |file| {
            file["current_state"]["summary"] =
                json!("Theo Khung Kiến trúc Chính phủ điện tử 2.0 của tỉnh");
        },
        found: &[("KKT2-QLT-002", "/current_state/summary")],
    },
    Mistake {
        what: "3: a province files under the ministerial framework",
        sample: "province",
        make: |file| {
            file["reference"]["constituent_framework"] =
                json!("ministerial-digital-architecture-framework");
        },
        found: &[("KKT2-GEN-002", "/reference/constituent_framework")],
    },
    Mistake {
        what: "4: a Party body names the provinces as lead",
        sample: "party",
        make: |file| file["reference"]["framework_lead_body"] = json!("provinces"),
        found: &[("KKT2-GEN-007", "/reference/framework_lead_body")],
    },
    Mistake {
        what: "5: issued, with the number still open",
        sample: "province",
        make: |file| file["reference"]["issued_document"]["number"] = json!("/QĐ-UBND"),
        found: &[("KKT2-GEN-006", "/reference/issued_document")],
    },
    Mistake {
        what: "6: the former department",
        sample: "province",
        make: |file| file["contacts"][0]["unit"] = json!("Sở Thông tin và Truyền thông"),
        found: &[("KKT2-QLT-002", "/contacts/0/unit")],
    },
    Mistake {
        what: "7: communes counted twice after a merger",
        sample: "province",
        make: |file| file["deployments"][1]["covered"] = json!(118),
        found: &[("KKT2-DEP-003", "/deployments/1/covered")],
    },
    Mistake {
        what: "10: personnel software without an end date",
        sample: "ministry",
        make: |file| without(record(file, "applications", "app-hr-old"), "end"),
        found: &[("KKT2-PLT-009", "/applications/5")],
    },
    Mistake {
        what: "13: the cloud among the platforms",
        sample: "ministry",
        make: |file| {
            let cloud = json!({
                "id": "plt-cloud", "name": {"vi": "Đám mây", "en": "Cloud"},
                "component_ref": "ndc-cloud-computing-platform", "functions": ["cld.shared-cloud"],
                "sourcing": "shared", "lifecycle": "planned", "state": "target",
                "owner_unit": "Cục Chuyển đổi số", "hosting": "provider", "start": "2027-01-01",
            });
            file["platforms"].as_array_mut().unwrap().push(cloud);
        },
        found: &[("KKT2-LAY-004", "/platforms/4/component_ref")],
    },
    Mistake {
        what: "17: the ministry's sharing platform is not connected upward",
        sample: "ministry",
        make: |file| remove(file, "integrations", "int-08"),
        found: &[("KKT2-PLT-003", "/platforms/1")],
    },
    Mistake {
        what: "18: the operations centre taken for the shared system",
        sample: "province",
        make: |file| {
            record(file, "integrations", "int-05")["status"] = json!("stopping");
            record(file, "justifications", "jus-ioc")["about"] = json!([]);
            without(record(file, "applications", "app-ioc"), "justification_ref");
        },
        found: &[
            ("KKT2-APP-011", "/applications/5"),
            ("KKT2-BIZ-005", "/business_processes/2/application_refs"),
        ],
    },
    Mistake {
        what: "19: the provincial portal still operates",
        sample: "province",
        make: |file| {
            let portal = record(file, "applications", "app-portal-old");
            portal["lifecycle"] = json!("operating");
            portal["accessibility_standard"] = json!("TT 26/2020/TT-BTTTT");
        },
        found: &[("KKT2-APP-005", "/applications/3/end")],
    },
    Mistake {
        what: "20: not applicable, no reason",
        sample: "party",
        make: |file| {
            without(
                record(file, "component_dispositions", "aggregated-data-warehouse"),
                "reason",
            );
        },
        found: &[("KKT2-LAY-005", "/component_dispositions/3")],
    },
    Mistake {
        what: "22: a justification “because we are special”",
        sample: "province",
        make: |file| {
            let justification = record(file, "justifications", "jus-ioc");
            justification["reason"] = json!("Do đặc thù ngành");
            justification["valid_until"] = Value::Null;
        },
        found: &[("KKT2-DUP-002", "/justifications/0")],
    },
    Mistake {
        what: "23: a roadmap of names without dates",
        sample: "ministry",
        make: |file| {
            let item = record(file, "roadmap", "rm-gateway");
            item["start"] = Value::Null;
            item["end"] = Value::Null;
        },
        found: &[("KKT2-RDM-001", "/component_dispositions/17/roadmap_ref")],
    },
    Mistake {
        what: "24: day and month in the order of the locale",
        sample: "province",
        make: |file| record(file, "roadmap", "rm-dms")["start"] = json!("13/04/2026"),
        found: &[("KKT2-RDM-003", "/roadmap/3/start")],
    },
    Mistake {
        what: "25: no security level for the system itself",
        sample: "ministry",
        make: |file| without(record(file, "applications", "app-report"), "security_level"),
        found: &[("KKT2-INF-011", "/applications/4")],
    },
    Mistake {
        what: "26: a commercial provider for official signatures",
        sample: "province",
        make: |file| {
            file["digital_signature"]["official"]["provider"] =
                json!("public-digital-signature-gateway");
        },
        found: &[("KKT2-INF-007", "/digital_signature/official/provider")],
    },
    Mistake {
        what: "27: providers wired one by one, no gateway",
        sample: "province",
        make: |file| remove(file, "integrations", "int-09"),
        found: &[("KKT2-INF-009", "/applications/2/digital_signature")],
    },
    Mistake {
        what: "28: criteria “of the Ministry”, no document",
        sample: "ministry",
        make: |file| {
            without(
                record(file, "platforms", "plt-meeting"),
                "criteria_document",
            );
        },
        found: &[("KKT2-PLT-012", "/platforms/2")],
    },
    Mistake {
        what: "30: population data typed in again “for backup”",
        sample: "province",
        make: |file| record(file, "data_assets", "dat-population")["role"] = json!("owner"),
        found: &[
            ("KKT2-DAT-001", "/data_assets/0/role"),
            ("KKT2-DAT-010", "/data_assets/0/used_for"),
        ],
    },
    Mistake {
        what: "34: claims a national component it only hosts",
        sample: "province",
        make: |file| {
            let disposition = record(
                file,
                "component_dispositions",
                "national-data-integration-and-sharing-platform",
            );
            disposition["state"] = json!("owner");
        },
        found: &[("KKT2-OWN-007", "/component_dispositions/8/state")],
    },
];

#[test]
fn each_mistake_is_found_where_it_is_and_nowhere_else() {
    let rulebook = support::rulebook();
    for mistake in MISTAKES {
        let mut submission = sample(mistake.sample);
        let before = findings(&rulebook, &submission);
        (mistake.make)(&mut submission);
        let after = findings(&rulebook, &submission);
        let new: Vec<(&str, &str)> = after
            .difference(&before)
            .map(|(rule, pointer)| (rule.as_str(), pointer.as_str()))
            .collect();
        assert_eq!(new, mistake.found, "{}", mistake.what);
    }
}
