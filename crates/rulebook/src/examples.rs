//! A rule's own examples: they are its tests.

use framework::{Date, Diagnostic, Localized};
use serde_json::Value;

use crate::{
    Decides, FindingStatus, Origin, Outcome, Rule, RuleFile, Rulebook, SourceFormat, Submission,
    json,
    judge::{self, CompiledRule, Desks, Detail, Scope},
    resolve::{self, Input},
    rule::Source,
};

/// The day of an example that names none.
const USUAL_DAY: Option<Date> = Date::new(2026, 3, 31);

/// What an example yielded: the outcome, and the open findings with place and severity.
struct Yielded {
    outcome: Outcome,
    open: Vec<(String, framework::Severity)>,
}

/// How one example of a rule behaved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleResult {
    /// Its place in the rule file: `/examples/fail/0`.
    pub pointer: String,
    /// What it shows.
    pub note: Localized,
    /// What is wrong with it, if anything.
    pub fault: Option<Localized>,
}

impl Rulebook {
    /// Runs every example of a rule.
    pub fn run_examples(&self, id: &str) -> Vec<ExampleResult> {
        let compiled = self
            .rules
            .iter()
            .find(|compiled| compiled.rule.id.eq_ignore_ascii_case(id));
        compiled
            .map(|compiled| results(self, compiled))
            .unwrap_or_default()
    }
}

/// All rules whose examples do not behave. That each has two of either kind, and every failing one a
/// place, is a matter of `rules/rule.schema.json`: a rule that no example fails is found here.
pub(crate) fn faults(rulebook: &Rulebook, files: &[RuleFile]) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for compiled in &rulebook.rules {
        let bad: Vec<ExampleResult> = results(rulebook, compiled)
            .into_iter()
            .filter(|result| result.fault.is_some())
            .collect();
        if bad.is_empty() {
            continue;
        }
        let Some(source) = source_of(&compiled.rule, files) else {
            continue;
        };
        for result in bad {
            if let Some(fault) = result.fault {
                faults.push(source.fault("example-misbehaves", &result.pointer, fault));
            }
        }
    }
    faults
}

fn source_of<'f>(rule: &Rule, files: &'f [RuleFile]) -> Option<Source<'f>> {
    let name = format!("{}.json", rule.id.to_ascii_lowercase());
    let file = files.iter().find(|file| file.path.ends_with(&name))?;
    Source::parse(file).ok()
}

fn results(rulebook: &Rulebook, compiled: &CompiledRule) -> Vec<ExampleResult> {
    if compiled.mechanism.is_none() {
        return Vec::new();
    }
    let examples = &compiled.rule.examples;
    let passing = examples.pass.iter().enumerate().map(|(index, example)| {
        let yielded = run(rulebook, compiled, &example.submission, example.date);
        let expected = example.outcome.unwrap_or(Outcome::Passed);
        let fault = match &yielded {
            Ok(yielded) if yielded.open.is_empty() && yielded.outcome == expected => None,
            Ok(yielded) => Some(wrong_outcome(expected, yielded)),
            Err(fault) => Some(fault.clone()),
        };
        ExampleResult {
            pointer: format!("/examples/pass/{index}"),
            note: example.note.clone(),
            fault,
        }
    });
    let failing = examples.fail.iter().enumerate().map(|(index, example)| {
        let yielded = run(rulebook, compiled, &example.submission, example.date);
        let fault = match &yielded {
            Ok(yielded) => wrong_findings(&example.expect, yielded),
            Err(fault) => Some(fault.clone()),
        };
        ExampleResult {
            pointer: format!("/examples/fail/{index}"),
            note: example.note.clone(),
            fault,
        }
    });
    passing.chain(failing).collect()
}

fn wrong_outcome(expected: Outcome, yielded: &Yielded) -> Localized {
    let places: Vec<&str> = yielded
        .open
        .iter()
        .map(|(pointer, _)| pointer.as_str())
        .collect();
    let places = places.join(", ");
    Localized::text(
        format!(
            "Ví dụ cho kết quả {:?} ({places}), cần là {expected:?}.",
            yielded.outcome
        ),
        format!(
            "The example yields {:?} ({places}) and should yield {expected:?}.",
            yielded.outcome
        ),
    )
}

fn wrong_findings(expected: &[crate::Expected], yielded: &Yielded) -> Option<Localized> {
    let mut wanted: Vec<&crate::Expected> = expected.iter().collect();
    let mut extra = Vec::new();
    for (pointer, severity) in &yielded.open {
        let found = wanted.iter().position(|one| {
            one.pointer == *pointer && one.severity.is_none_or(|wanted| wanted == *severity)
        });
        match found {
            Some(index) => {
                wanted.remove(index);
            }
            None => extra.push(format!("{pointer:?} ({severity})")),
        }
    }
    if wanted.is_empty() && extra.is_empty() {
        return None;
    }
    let missing: Vec<String> = wanted
        .iter()
        .map(|one| format!("{:?}", one.pointer))
        .collect();
    let (missing, extra) = (missing.join(", "), extra.join(", "));
    Some(Localized::text(
        format!("Thiếu phát hiện tại: {missing}; thừa: {extra}."),
        format!("Findings missing at: {missing}; too many: {extra}."),
    ))
}

fn run(
    rulebook: &Rulebook,
    compiled: &CompiledRule,
    submission: &Value,
    date: Option<Date>,
) -> Result<Yielded, Localized> {
    let date = date
        .or(USUAL_DAY)
        .expect("31 March 2026 is a day of the calendar");
    if compiled.rule.decides == Decides::Portfolio {
        let (outcome, open) = crate::portfolio::run_example(rulebook, compiled, submission, date)?;
        return Ok(Yielded { outcome, open });
    }
    let text = submission.to_string();
    let root = json::parse(&text, &json::Limits::default()).map_err(|faults| {
        let unreadable = || Localized::text("Ví dụ không đọc được.", "The example cannot be read.");
        faults
            .first()
            .map_or_else(unreadable, |fault| fault.kind.message())
    })?;
    let submission = Submission {
        root,
        origin: Origin::Text(text.as_str().into()),
        file: String::new(),
        sha256: String::new(),
        format: SourceFormat::Json,
        notes: Vec::new(),
    };
    let level = submission
        .root
        .get("agency")
        .and_then(|agency| agency.get("level")?.as_str());
    let level = level.and_then(framework::AgencyLevel::from_word);
    let bases = [compiled.rule.basis];
    let scope = Scope {
        level,
        bases: &bases,
        date,
        decides: Decides::Machine,
    };
    let input = Input {
        root: &submission.root,
        notes: &[],
        facts: &rulebook.facts,
        date,
    };
    let places = submission.places();
    let desks = Desks::of(&[compiled]);
    Ok(resolve::resolve(&input, |view| {
        let judgement = judge::judge(&[(vec![compiled], &desks)], view, &scope);
        let suggestions = rulebook.suggester.within(view);
        let suggest = |failure: &judge::Failure<'_, '_>| suggestions.for_failure(failure);
        let detail = Detail {
            words: &rulebook.words,
            places: &places,
            suggest: &suggest,
        };
        let placed = judgement
            .failures
            .iter()
            .map(|failure| judge::place(failure, view));
        let findings = judge::render(placed.collect(), view, &detail, usize::MAX);
        let open = findings
            .into_iter()
            .map(|(_, finding)| finding)
            .filter(|finding| finding.status == FindingStatus::Open)
            .map(|finding| (finding.location.pointer, finding.severity))
            .collect();
        let outcome = judgement
            .outcomes
            .first()
            .map_or(Outcome::NotApplicable, |(_, outcome)| *outcome);
        Yielded { outcome, open }
    }))
}
