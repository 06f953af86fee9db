//! Many submissions together: what no agency can see from its own.
//!
//! The submissions become one tree (`/submissions/0/platforms/2`), its records the portfolio
//! collections of the joined view; the same judgement runs over them. The report has the same
//! shape; every location names its file.

mod records;

use framework::{Basis, Date, Localized};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{
    Cells, Decides, Finding, FindingStatus, Location, Node, Options, Origin, Outcome, Places,
    Report, Rulebook, SHOWN_FINDINGS, SourceFormat, Submission, SubmissionIdentity, json,
    judge::{self, CompiledRule, Desks, Detail, Failure, Judgement, Scope},
    resolve::View,
    template::Nearest,
};

impl Rulebook {
    /// Judges submissions together, by the portfolio rules alone.
    pub fn check_portfolio(
        &self,
        submissions: &[Submission<'_>],
        date: Date,
        options: &Options,
    ) -> Report {
        let portfolio: Vec<&CompiledRule> = self
            .rules
            .iter()
            .filter(|one| one.rule.decides == Decides::Portfolio)
            .collect();
        let scope = Scope {
            level: None,
            bases: &options.bases,
            date,
            decides: Decides::Portfolio,
        };
        let (judged, found) = self.judge_portfolio(&portfolio, submissions, &scope);
        let mut counts = judge::count(judged.weights.iter().copied(), &judged.outcomes);
        let hidden = judged.weights.len().saturating_sub(found.len());
        counts.truncated = u32::try_from(hidden).unwrap_or(u32::MAX);
        Report {
            schema_version: "1".to_owned(),
            ruleset: self.identity().clone(),
            framework_version: self.framework_version.clone(),
            evaluated_on: date,
            bases: options.judged(),
            submission: identity_of(submissions),
            verdict: judge::verdict(&counts),
            counts,
            findings: found,
            rules: judged.outcomes,
        }
    }

    fn judge_portfolio(
        &self,
        rules: &[&CompiledRule],
        submissions: &[Submission<'_>],
        scope: &Scope<'_>,
    ) -> (Judged, Vec<Finding>) {
        let root = records::together(submissions);
        let day = scope.date.to_string();
        let collections = records::collections(&root, &self.facts, &day);
        let view = View::of_portfolio(&root, collections);
        let desks = Desks::of(rules);
        let judgement = judge::judge(&[(rules.to_vec(), &desks)], &view, scope);
        let judged = Judged::of(&judgement);
        let no_cells = Cells::default();
        let nowhere = Places::Cells(&no_cells);
        let suggest = |_: &Failure<'_, '_>| Nearest::None;
        let detail = Detail {
            words: &self.words,
            places: &nowhere,
            suggest: &suggest,
        };
        let placed = judgement
            .failures
            .iter()
            .map(|failure| judge::place(failure, &view));
        let findings = judge::render(placed.collect(), &view, &detail, SHOWN_FINDINGS);
        let places: Vec<Places<'_>> = submissions.iter().map(Submission::places).collect();
        let in_its_file = |location: &mut Location| bring_home(location, submissions, &places);
        let findings = findings
            .into_iter()
            .map(|(_, mut finding)| {
                in_its_file(&mut finding.location);
                finding
                    .related
                    .iter_mut()
                    .for_each(|related| in_its_file(&mut related.location));
                finding
            })
            .collect();
        (judged, findings)
    }
}

/// What a judgement leaves behind.
struct Judged {
    outcomes: Vec<crate::RuleOutcome>,
    weights: Vec<(Basis, framework::Severity, FindingStatus)>,
}

impl Judged {
    fn of(judgement: &Judgement<'_, '_>) -> Self {
        Self {
            outcomes: judge::outcomes(&judgement.outcomes),
            weights: judgement.failures.iter().map(judge::weight).collect(),
        }
    }
}

/// `/submissions/2/platforms/0` becomes `/platforms/0` of the third file, with its line.
fn bring_home(location: &mut Location, submissions: &[Submission<'_>], places: &[Places<'_>]) {
    let pointer = std::mem::take(&mut location.pointer);
    let rest = pointer.strip_prefix("/submissions/").unwrap_or_default();
    let (index, rest) = rest.split_once('/').unwrap_or((rest, ""));
    let Some(index) = index
        .parse::<usize>()
        .ok()
        .filter(|index| *index < submissions.len())
    else {
        return;
    };
    let submission = &submissions[index];
    location.file = Some(submission.file.clone());
    location.pointer = if rest.is_empty() {
        String::new()
    } else {
        format!("/{rest}")
    };
    if let Some((node, _)) = submission.root.pointer(&location.pointer) {
        let node = node.resolved();
        let place = places[index].between(node.at, node.end);
        let record = location.record.take();
        let file = location.file.take();
        *location = judge::of_place(place, std::mem::take(&mut location.pointer), record);
        location.file = file;
    }
}

/// A portfolio is called by its files and the digest of their digests.
fn identity_of(submissions: &[Submission<'_>]) -> SubmissionIdentity {
    let mut files: Vec<&str> = submissions.iter().map(|one| one.file.as_str()).collect();
    let mut digests: Vec<&str> = submissions.iter().map(|one| one.sha256.as_str()).collect();
    files.sort_unstable();
    digests.sort_unstable();
    SubmissionIdentity {
        id: None,
        file: files.join(", "),
        sha256: judge::hex(&Sha256::digest(digests.join("\n"))),
        format: "portfolio".to_owned(),
        level: None,
        agency: None,
    }
}

/// Runs one example of a portfolio rule: the outcome, and the open findings as
/// `/1/platforms/0`: the pointer in the second submission.
pub(crate) fn run_example(
    rulebook: &Rulebook,
    compiled: &CompiledRule,
    submissions: &Value,
    date: Date,
) -> Result<(Outcome, Vec<(String, framework::Severity)>), Localized> {
    let texts: Vec<String> = match submissions {
        Value::Array(items) => items.iter().map(Value::to_string).collect(),
        one => vec![one.to_string()],
    };
    let mut read = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        read.push(Submission {
            root: parsed(text)?,
            origin: Origin::Text(text.as_str().into()),
            file: index.to_string(),
            sha256: String::new(),
            format: SourceFormat::Json,
            notes: Vec::new(),
        });
    }
    let bases = [compiled.rule.basis];
    let scope = Scope {
        level: None,
        bases: &bases,
        date,
        decides: Decides::Portfolio,
    };
    let (judged, findings) = rulebook.judge_portfolio(&[compiled], &read, &scope);
    let outcome = judged
        .outcomes
        .first()
        .map_or(Outcome::NotApplicable, |rule| rule.outcome);
    let open = findings
        .into_iter()
        .filter(|finding| finding.status == FindingStatus::Open);
    let open = open.map(|finding| {
        let file = finding.location.file.unwrap_or_default();
        (
            format!("/{file}{}", finding.location.pointer),
            finding.severity,
        )
    });
    Ok((outcome, open.collect()))
}

fn parsed(text: &str) -> Result<Node<'_>, Localized> {
    json::parse(text, &json::Limits::default()).map_err(|faults| {
        let unreadable = || Localized::text("Ví dụ không đọc được.", "The example cannot be read.");
        faults
            .first()
            .map_or_else(unreadable, |fault| fault.kind.message())
    })
}
