//! The project's rules compile and every example behaves.

use crate::support;

#[test]
fn every_rule_compiles_and_its_examples_behave() {
    let rulebook = support::rulebook();
    assert_eq!(rulebook.rules().len(), 100);
    for rule in rulebook.rules() {
        for result in rulebook.run_examples(&rule.id) {
            assert_eq!(result.fault, None, "{} {}", rule.id, result.pointer);
        }
    }
}
