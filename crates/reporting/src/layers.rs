//! The table by layer: rules that held, and open findings by basis, which are never added up.

use framework::{Basis, Layer, Severity};
use rulebook::Outcome;

use crate::{Checked, checked::layer_of_rule};

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The layer; none for what concerns the submission as a whole.
    pub layer: Option<Layer>,
    /// Rules of the layer that held.
    pub passed: u32,
    /// Rules of the layer that applied and could be decided.
    pub decided: u32,
    /// Open findings of basis `framework` that must be fixed.
    pub error: u32,
    /// Open findings of basis `framework` to be reviewed.
    pub warning: u32,
    /// Open hints of basis `framework`.
    pub info: u32,
    /// Open findings of basis `law`, of any severity.
    pub law: u32,
    /// Open findings of basis `practice`, of any severity.
    pub practice: u32,
}

/// A row for each layer in the order of the text, then the whole submission; rows with nothing in
/// them stay, so that every report has the same table.
pub fn rows(checked: Checked<'_>) -> Vec<Row> {
    let layers = Layer::ALL.into_iter().map(Some).chain([None]);
    layers.map(|layer| row(checked, layer)).collect()
}

fn row(checked: Checked<'_>, layer: Option<Layer>) -> Row {
    let mut row = Row {
        layer,
        passed: 0,
        decided: 0,
        error: 0,
        warning: 0,
        info: 0,
        law: 0,
        practice: 0,
    };
    for rule in checked
        .report
        .rules
        .iter()
        .filter(|rule| layer_of_rule(&rule.id) == layer)
    {
        match rule.outcome {
            Outcome::Passed => {
                row.passed += 1;
                row.decided += 1;
            }
            Outcome::Failed | Outcome::Justified => row.decided += 1,
            Outcome::NotApplicable | Outcome::NotStated | Outcome::NeedsPerson => {}
        }
    }
    for finding in checked.open() {
        if finding.layer.or_else(|| layer_of_rule(&finding.rule)) != layer {
            continue;
        }
        match (finding.basis, finding.severity) {
            (Basis::Framework, Severity::Error) => row.error += 1,
            (Basis::Framework, Severity::Warning) => row.warning += 1,
            (Basis::Framework, Severity::Info) => row.info += 1,
            (Basis::Law, _) => row.law += 1,
            (Basis::Practice, _) => row.practice += 1,
        }
    }
    row
}
