//! A body that Part III names for a component may build it: no rule tells it not to.

use framework::Layer;
use serde_json::{Value, json};

use crate::support;

/// The submission of a body that builds a component, or of another that says it does.
fn builder(body: Option<&str>, component: &framework::Component) -> Value {
    let list = match component.layer {
        Layer::Platform => "platforms",
        Layer::Infrastructure => "infrastructure",
        _ => "applications",
    };
    json!({
        "agency": {"level": "ministry", "body_id": body},
        "component_dispositions": [{"component_ref": component.id, "state": "owner"}],
        list: [{
            "id": "sys-1", "name": {"vi": "Thành phần dùng chung", "en": "Shared component"},
            "component_ref": component.id, "functions": component.function_codes,
            "sourcing": "own", "lifecycle": "building", "state": "target",
            "security_level": 3, "hosting": "provider", "start": "2026-01-01",
            "criteria_document": "157/QĐ-BTTTT (2022)",
        }],
    })
}

/// The rules that find something in the system or the disposition of the component.
fn rules_about_it(rulebook: &rulebook::Rulebook, submission: &Value) -> Vec<String> {
    let report = support::check(rulebook, &submission.to_string(), "2026-03-31");
    let findings = report.findings.into_iter().filter(|finding| {
        let place = finding.location.pointer.as_str();
        place.ends_with("/0/state")
            || place.contains("/0/") && !place.starts_with("/component")
            || ["/applications/0", "/platforms/0", "/infrastructure/0"].contains(&place)
    });
    let rules = findings.map(|finding| finding.rule);
    rules.filter(|rule| rule.starts_with("KKT2")).collect()
}

#[test]
fn the_body_of_part_iii_may_build_its_component_and_nobody_else() {
    let rulebook = support::rulebook();
    let mut built = 0;
    for component in &support::catalogue().components {
        let built_by = component
            .responsible
            .iter()
            .filter(|task| task.body != "government");
        for task in built_by.filter(|_| !component.function_codes.is_empty()) {
            if component.layer == Layer::Data {
                continue;
            }
            built += 1;
            let own = rules_about_it(&rulebook, &builder(Some(&task.body), component));
            assert_eq!(own, [""; 0], "{} builds {}", task.body, component.id);
            let other = rules_about_it(&rulebook, &builder(None, component));
            assert!(
                other.iter().any(|rule| rule == "KKT2-OWN-007") && other.len() >= 2,
                "somebody else builds {}: {other:?}",
                component.id
            );
        }
    }
    assert!(
        built >= 10,
        "only {built} components are built by a body of Part III"
    );
}
