//! `JUnit` XML: a suite a submission, a test case a rule, those that hold included.

use std::collections::BTreeMap;

use framework::{Locale, Severity};
use rulebook::{Finding, FindingStatus, Outcome, Verdict};

use crate::{Checked, checked, place, visible, words, xml};

/// What makes a test case fail: an open finding of this severity or worse; nothing if none.
pub type FailOn = Option<Severity>;

/// What stands before the suites.
pub(crate) const BEFORE: &str =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"khung\">\n";
/// What stands after them.
pub(crate) const AFTER: &str = "</testsuites>\n";

/// All reports as one document. Totals stand at each suite; those of all suites together, which the form
/// leaves to the reader, would have to be known before the first is written.
pub fn render(checked: &[Checked<'_>], locale: Locale, fail_on: FailOn) -> String {
    let suites = checked.iter().map(|one| suite(*one, locale, fail_on));
    let suites: String = suites.collect();
    format!("{BEFORE}{suites}{AFTER}")
}

/// How one test case ends.
enum End {
    Held,
    Failed(String),
    Broken(String),
    Skipped(String),
}

/// One report as a suite.
pub(crate) fn suite(checked: Checked<'_>, locale: Locale, fail_on: FailOn) -> String {
    let report = checked.report;
    let cases: Vec<(String, End, String)> = if report.verdict == Verdict::Unusable {
        let fault = details(checked, &report.findings.iter().collect::<Vec<_>>(), locale);
        vec![("unusable".to_owned(), End::Broken(fault), String::new())]
    } else {
        outcomes(checked)
            .into_iter()
            .map(|(id, outcome)| case(checked, id, outcome, locale, fail_on))
            .collect()
    };
    let count = |fits: fn(&End) -> bool| cases.iter().filter(|(_, end, _)| fits(end)).count();
    let file = xml::text(&report.submission.file);
    let mut suite = format!(
        "  <testsuite name=\"{file}\" timestamp=\"{}T00:00:00\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\">\n    <properties>\n{}    </properties>\n",
        report.evaluated_on,
        cases.len(),
        count(|end| matches!(end, End::Failed(_))),
        count(|end| matches!(end, End::Broken(_))),
        count(|end| matches!(end, End::Skipped(_))),
        properties(checked)
    );
    for (name, end, output) in &cases {
        suite.push_str(&case_text(&file, name, end, output));
    }
    suite.push_str("  </testsuite>\n");
    suite
}

/// All rules by id, and the reader's notes, which are findings without a rule of the rule set.
fn outcomes(checked: Checked<'_>) -> BTreeMap<&str, Outcome> {
    let report = checked.report;
    let notes = report
        .findings
        .iter()
        .map(|finding| (finding.rule.as_str(), Outcome::Failed));
    notes
        .chain(
            report
                .rules
                .iter()
                .map(|rule| (rule.id.as_str(), rule.outcome)),
        )
        .collect()
}

fn properties(checked: Checked<'_>) -> String {
    let report = checked.report;
    let ruleset = format!("{} {}", report.ruleset.id, report.ruleset.version);
    [
        ("ruleset", ruleset.as_str()),
        ("ruleset.sha256", &report.ruleset.sha256),
        ("framework", &report.framework_version),
        ("submission.sha256", &report.submission.sha256),
    ]
    .map(|(name, value)| {
        format!(
            "      <property name=\"{name}\" value=\"{}\"/>\n",
            xml::text(value)
        )
    })
    .concat()
}

fn case(
    checked: Checked<'_>,
    id: &str,
    outcome: Outcome,
    locale: Locale,
    fail_on: FailOn,
) -> (String, End, String) {
    let title = checked
        .rules
        .get(id)
        .map(|note| format!(" {}", note.title.get(locale)));
    let name = format!("{id}{}", title.unwrap_or_default());
    let findings: Vec<&Finding> = checked
        .report
        .findings
        .iter()
        .filter(|finding| finding.rule == id)
        .collect();
    let fails = findings.iter().any(|finding| {
        finding.status == FindingStatus::Open
            && fail_on.is_some_and(|least| finding.severity >= least)
    });
    let details = details(checked, &findings, locale);
    if fails {
        return (name, End::Failed(details), String::new());
    }
    let said = (*words::outcome(outcome).get(locale)).to_owned();
    match outcome {
        Outcome::NotApplicable | Outcome::NotStated | Outcome::NeedsPerson => {
            (name, End::Skipped(said), details)
        }
        Outcome::Passed | Outcome::Failed | Outcome::Justified => (name, End::Held, details),
    }
}

fn case_text(file: &str, name: &str, end: &End, output: &str) -> String {
    let rule = xml::text(name);
    let head = format!("    <testcase classname=\"{file}\" name=\"{rule}\"");
    let mut body = match end {
        End::Held => String::new(),
        End::Failed(details) => with_details("failure", details),
        End::Broken(details) => with_details("error", details),
        End::Skipped(why) => format!("      <skipped message=\"{}\"/>\n", xml::text(why)),
    };
    if !output.is_empty() {
        body = format!(
            "{body}      <system-out>{}</system-out>\n",
            xml::lines(output)
        );
    }
    if body.is_empty() {
        format!("{head}/>\n")
    } else {
        format!("{head}>\n{body}    </testcase>\n")
    }
}

fn with_details(element: &str, details: &str) -> String {
    let first = details.lines().next().unwrap_or_default();
    format!(
        "      <{element} message=\"{}\">{}</{element}>\n",
        xml::text(first),
        xml::lines(details)
    )
}

fn details(checked: Checked<'_>, findings: &[&Finding], locale: Locale) -> String {
    let parts: Vec<String> = findings
        .iter()
        .map(|one| one_finding(checked, one, locale))
        .collect();
    parts.join("\n\n")
}

fn one_finding(checked: Checked<'_>, finding: &Finding, locale: Locale) -> String {
    let severity = words::severity(finding.severity).get(locale).to_owned();
    let basis = words::basis(finding.basis).get(locale).to_owned();
    let status = match finding.status {
        FindingStatus::Open => String::new(),
        FindingStatus::Justified => format!(" [{}]", words::status(finding.status).get(locale)),
    };
    let title = checked.title(finding, locale);
    let mut lines = vec![format!("{severity} ({basis}){status}: {title}")];
    lines.push(place::position(
        &checked.report.submission.file,
        &finding.location,
    ));
    lines.push(visible::line(finding.message.get(locale)).into_owned());
    lines.extend(
        checked::steps(finding, locale)
            .into_iter()
            .map(|step| format!("- {step}")),
    );
    lines.join("\n")
}
