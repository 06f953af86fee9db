//! A judge that does what the submission tells it to, so that slow, broken and changing rules can be
//! had when a test wants them. What real rules say is tested where they live.

use std::{path::Path, sync::Arc, thread, time::Duration};

use framework::{AgencyLevel, Catalogue, Date, Diagnostic, Localized};
use intake::Unreadable;
use reporting::RuleNotes;
use rulebook::{
    Counts, Finding, FindingStatus, Location, Report, RulesetIdentity, Submission,
    SubmissionIdentity, Verdict,
};
use validator::Judge;

/// The judge; its rule set is a version number in a file.
pub(crate) struct TestJudge {
    version: String,
    catalogue: Catalogue,
    notes: RuleNotes,
}

impl TestJudge {
    /// Rules whose version is no number do not compile.
    pub(crate) fn load(file: &Path) -> Result<Arc<dyn Judge>, Vec<Diagnostic>> {
        let version = std::fs::read_to_string(file)
            .unwrap_or_default()
            .trim()
            .to_owned();
        if version.parse::<f64>().is_err() {
            let said = Localized::text("phiên bản không phải số", "the version is no number");
            return Err(vec![Diagnostic::error(
                "bad-version",
                "rules/version.txt",
                said,
            )]);
        }
        Ok(Arc::new(Self {
            version,
            catalogue: Catalogue::default(),
            notes: RuleNotes::default(),
        }))
    }

    fn report(&self, identity: SubmissionIdentity, date: Date, verdict: Verdict) -> Report {
        Report {
            bases: framework::Basis::ALL.to_vec(),
            schema_version: "1".to_owned(),
            ruleset: self.identity(),
            framework_version: "2.0".to_owned(),
            evaluated_on: date,
            submission: identity,
            verdict,
            counts: Counts::default(),
            findings: Vec::new(),
            rules: Vec::new(),
        }
    }
}

impl Judge for TestJudge {
    fn identity(&self) -> RulesetIdentity {
        RulesetIdentity {
            id: "test".to_owned(),
            version: self.version.clone(),
            sha256: "0".repeat(64),
        }
    }

    fn check(&self, submission: &Submission<'_>, date: Date, level: Option<AgencyLevel>) -> Report {
        let text = |key: &str| submission.root.get(key).and_then(|node| node.as_str());
        assert!(
            text("do") != Some("panic"),
            "planned by the test: SECRET-IN-PANIC"
        );
        if let Some(milliseconds) = text("sleep").and_then(|text| text.parse().ok()) {
            thread::sleep(Duration::from_millis(milliseconds));
        }
        let identity = SubmissionIdentity {
            id: text("id").map(str::to_owned),
            file: submission.file.clone(),
            sha256: submission.sha256.clone(),
            format: submission.format.as_str().to_owned(),
            level: level.map(|level| level.as_str().to_owned()),
            agency: None,
        };
        self.report(identity, date, Verdict::Conforming)
    }

    fn unusable(&self, fault: &Unreadable, bytes: &[u8], file: &str, date: Date) -> Report {
        let identity = SubmissionIdentity {
            id: None,
            file: file.to_owned(),
            sha256: intake::sha256(bytes),
            format: String::new(),
            level: None,
            agency: None,
        };
        let mut report = self.report(identity, date, Verdict::Unusable);
        report.findings = fault.faults().into_iter().map(finding).collect();
        report
    }

    fn notes(&self) -> &RuleNotes {
        &self.notes
    }

    fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }
}

fn finding(fault: intake::Fault) -> Finding {
    Finding {
        rule: fault.code.to_owned(),
        severity: framework::Severity::Error,
        basis: framework::Basis::Practice,
        status: FindingStatus::Open,
        title: fault.message.clone(),
        message: fault.message,
        why: Localized::default(),
        fix: fault.hint,
        patch: None,
        clauses: Vec::new(),
        location: Location {
            line: fault.place.line,
            column: fault.place.column,
            ..Location::default()
        },
        related: Vec::new(),
        layer: None,
        fingerprint: String::new(),
    }
}
