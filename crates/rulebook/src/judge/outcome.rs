//! What becomes of each rule, and which records fail it.

use std::{collections::HashMap, ops::Deref, rc::Rc};

use ahash::{AHashMap, AHashSet};
use framework::{AgencyLevel, Basis, Date, Severity};

use super::{
    CompiledRule, Mechanism,
    desk::{Desk, Desks},
};
use crate::{
    Decides, FindingStatus, Node, Outcome, RuleKind, RuleOutcome,
    resolve::{Collection, RECORDS_AT_ONCE, Record, View, is_unstated},
};

/// One record that does not satisfy one rule.
pub(crate) struct Failure<'r, 'v> {
    pub(crate) compiled: &'r CompiledRule,
    pub(crate) mechanism: &'r Mechanism,
    pub(crate) collection: Collection,
    pub(crate) record: Held<'r, 'v>,
    /// Which variant applies, if one does.
    pub(crate) variant: Option<usize>,
    pub(crate) severity: Severity,
    pub(crate) status: FindingStatus,
}

/// A record of the view, or one that was made for the judgement alone.
pub(crate) enum Held<'r, 'v> {
    View(&'r Record<'v>),
    Own(Rc<Record<'v>>),
}

impl<'v> Deref for Held<'_, 'v> {
    type Target = Record<'v>;

    fn deref(&self) -> &Record<'v> {
        match self {
            Self::View(record) => record,
            Self::Own(record) => record,
        }
    }
}

/// What the rules said.
pub(crate) struct Judgement<'r, 'v> {
    pub(crate) failures: Vec<Failure<'r, 'v>>,
    /// By the order of the rules given.
    pub(crate) outcomes: Vec<(&'r CompiledRule, Outcome)>,
}

/// What decides which rules judge.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope<'s> {
    pub(crate) level: Option<AgencyLevel>,
    pub(crate) bases: &'s [Basis],
    pub(crate) date: Date,
    /// Machine rules for one submission, portfolio rules for many.
    pub(crate) decides: Decides,
}

/// Judges, wave by wave: whoever supersedes is in an earlier wave than whom it silences.
pub(crate) fn judge<'r, 'v>(
    waves: &[(Vec<&'r CompiledRule>, &Desks)],
    view: &'r View<'v>,
    scope: &Scope<'_>,
) -> Judgement<'r, 'v> {
    let mut judgement = Judgement {
        failures: Vec::new(),
        outcomes: Vec::new(),
    };
    let mut covered = Covered::default();
    for (wave, desks) in waves {
        let trials = wave.iter().map(|compiled| {
            let silenced = covered.0.remove(compiled.rule.id.as_str());
            trial(compiled, scope, silenced, &mut judgement.outcomes)
        });
        let mut trials: Vec<Option<Trial<'r>>> = trials.collect();
        for (collection, desk) in desks.iter() {
            if desk.rules.iter().any(|&rule| trials[rule].is_some()) {
                let mut sitting = Sitting {
                    desk,
                    trials: &mut trials,
                    covered: &mut covered,
                    scope,
                };
                let failures = sitting.hold(*collection, view);
                judgement.failures.extend(failures);
            }
        }
        let held = trials.iter().flatten();
        judgement
            .outcomes
            .extend(held.map(|trial| (trial.compiled, trial.outcome)));
    }
    judgement
}

/// The rule at work, if it comes to judge; what becomes of it otherwise, where its basis is asked for.
fn trial<'r>(
    compiled: &'r CompiledRule,
    scope: &Scope<'_>,
    silenced: Option<AHashSet<usize>>,
    outcomes: &mut Vec<(&'r CompiledRule, Outcome)>,
) -> Option<Trial<'r>> {
    if !scope.bases.contains(&compiled.rule.basis) {
        return None;
    }
    let outcome = match (outside(compiled, scope), &compiled.mechanism) {
        (Some(outcome), _) => outcome,
        (None, Some(mechanism)) => {
            return Some(Trial {
                compiled,
                mechanism,
                silenced,
                outcome: Outcome::NotApplicable,
            });
        }
        (None, None) => Outcome::NeedsPerson,
    };
    outcomes.push((compiled, outcome));
    None
}

/// One wave of rules over one collection.
struct Sitting<'s, 'r> {
    desk: &'s Desk,
    /// By their place in the wave; nothing for a rule that does not come to judge.
    trials: &'s mut [Option<Trial<'r>>],
    covered: &'s mut Covered<'r>,
    scope: &'s Scope<'s>,
}

impl<'r> Sitting<'_, 'r> {
    fn hold<'v>(&mut self, collection: Collection, view: &'r View<'v>) -> Vec<Failure<'r, 'v>> {
        let mut failures = Vec::new();
        let mut called = Vec::new();
        view.pass_by(collection, &mut |records| {
            let found = self.judge(records, &mut called);
            let mut taken: HashMap<usize, Rc<Record<'v>>> = HashMap::new();
            failures.extend(found.into_iter().map(|found| {
                let take = || Rc::new(records[found.record].take());
                let record = taken.entry(found.record).or_insert_with(take);
                found.failure(collection, Held::Own(Rc::clone(record)))
            }));
        });
        for records in view.records(collection).chunks(RECORDS_AT_ONCE) {
            let found = self.judge(records, &mut called);
            failures.extend(found.into_iter().map(|found| {
                let record = Held::View(&records[found.record]);
                found.failure(collection, record)
            }));
        }
        failures
    }

    /// What some records do not satisfy: rule by rule for those that look at all of them, record by
    /// record for the others.
    fn judge(&mut self, records: &[Record<'_>], called: &mut Vec<usize>) -> Vec<Found<'r>> {
        let mut found = Vec::new();
        let Self {
            desk,
            trials,
            covered,
            scope,
        } = self;
        let mut judge = |trial: &mut Trial<'r>, record: usize| {
            let verdict = trial.judge(&records[record], scope, covered);
            found.extend(verdict.map(|verdict| Found {
                compiled: trial.compiled,
                mechanism: trial.mechanism,
                record,
                verdict,
            }));
        };
        for &rule in &desk.always {
            if let Some(trial) = &mut trials[rule] {
                (0..records.len()).for_each(|record| judge(trial, record));
            }
        }
        for (index, record) in records.iter().enumerate() {
            desk.called(&record.node, called);
            for &rule in called.iter() {
                if let Some(trial) = &mut trials[rule] {
                    judge(trial, index);
                }
            }
        }
        found
    }
}

/// A record that does not satisfy a rule, by its place.
struct Found<'r> {
    compiled: &'r CompiledRule,
    mechanism: &'r Mechanism,
    record: usize,
    verdict: Verdict,
}

impl<'r> Found<'r> {
    fn failure<'v>(self, collection: Collection, record: Held<'r, 'v>) -> Failure<'r, 'v> {
        let Self {
            compiled,
            mechanism,
            verdict:
                Verdict {
                    variant,
                    severity,
                    status,
                },
            ..
        } = self;
        Failure {
            compiled,
            mechanism,
            collection,
            record,
            variant,
            severity,
            status,
        }
    }
}

/// How a record fails a rule.
#[derive(Debug, Clone, Copy)]
struct Verdict {
    variant: Option<usize>,
    severity: Severity,
    status: FindingStatus,
}

/// One rule at work, with what it has met so far.
struct Trial<'r> {
    compiled: &'r CompiledRule,
    mechanism: &'r Mechanism,
    /// Records on which rules of earlier waves have the word.
    silenced: Option<AHashSet<usize>>,
    /// What became of it so far; the first of a list of weights wins.
    outcome: Outcome,
}

impl<'r> Trial<'r> {
    fn judge(
        &mut self,
        record: &Record<'_>,
        scope: &Scope<'_>,
        covered: &mut Covered<'r>,
    ) -> Option<Verdict> {
        let (compiled, mechanism) = (self.compiled, self.mechanism);
        let concerns = mechanism
            .when
            .as_ref()
            .is_none_or(|when| when.holds_for(&record.node));
        if !concerns || self.is_silenced(record) {
            return None;
        }
        covered.add(compiled, record);
        if mechanism.require.holds_for(&record.node) {
            self.meets(Outcome::Passed);
            return None;
        }
        let mut needed = compiled.rule.not_stated.iter();
        let mut open = compiled.rule.left_open.iter();
        if needed.any(|path| is_unstated(at(&record.node, path)))
            || open.any(|path| at(&record.node, path).is_some_and(|node| is_unstated(Some(node))))
        {
            self.meets(Outcome::NotStated);
            return None;
        }
        let status = status_of(compiled, record);
        match status {
            FindingStatus::Open => self.meets(Outcome::Failed),
            FindingStatus::Justified => self.meets(Outcome::Justified),
        }
        let variant = mechanism
            .variants
            .iter()
            .position(|one| one.when.holds_for(&record.node));
        let severity = variant.and_then(|index| mechanism.variants[index].severity);
        let severity = capped(severity.unwrap_or(compiled.rule.severity), compiled, scope);
        Some(Verdict {
            variant,
            severity,
            status,
        })
    }

    fn is_silenced(&self, record: &Record<'_>) -> bool {
        let silenced = self.silenced.as_ref();
        silenced.is_some_and(|records| records.contains(&address(record)))
    }

    /// What weighs most is what became of the rule.
    fn meets(&mut self, outcome: Outcome) {
        if weight(outcome) > weight(self.outcome) {
            self.outcome = outcome;
        }
    }
}

/// How much an outcome on one record weighs for the rule as a whole.
const fn weight(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Failed => 5,
        Outcome::Justified => 4,
        Outcome::NotStated => 3,
        Outcome::Passed => 2,
        Outcome::NeedsPerson => 1,
        Outcome::NotApplicable => 0,
    }
}

/// The outcome of a rule that does not come to judge.
fn outside(compiled: &CompiledRule, scope: &Scope<'_>) -> Option<Outcome> {
    let rule = &compiled.rule;
    if rule.in_force.is_some_and(|days| !days.contains(scope.date)) {
        return Some(Outcome::NotApplicable);
    }
    match scope.level {
        // Portfolio rules look at agencies of different levels together.
        _ if scope.decides == Decides::Portfolio => {}
        Some(level) if !rule.levels.contains(&level) => return Some(Outcome::NotApplicable),
        None if !rule.is_for_all_levels() => return Some(Outcome::NotStated),
        _ => {}
    }
    match rule.decides {
        Decides::Person => Some(Outcome::NeedsPerson),
        decides if decides != scope.decides => Some(Outcome::NotApplicable),
        _ => None,
    }
}

/// What became of each rule, by id.
pub(crate) fn outcomes(judged: &[(&CompiledRule, Outcome)]) -> Vec<RuleOutcome> {
    let rules = judged.iter().map(|(compiled, outcome)| RuleOutcome {
        id: compiled.rule.id.clone(),
        outcome: *outcome,
        revision: compiled.rule.revision,
    });
    let mut rules: Vec<RuleOutcome> = rules.collect();
    rules.sort_by(|left, right| left.id.cmp(&right.id));
    rules
}

/// Records on which a more specific rule has the word, by the general rule's id.
#[derive(Default)]
struct Covered<'r>(AHashMap<&'r str, AHashSet<usize>>);

impl<'r> Covered<'r> {
    fn add(&mut self, compiled: &'r CompiledRule, record: &Record<'_>) {
        for id in &compiled.rule.supersedes {
            self.0.entry(id).or_default().insert(address(record));
        }
    }
}

/// The same for every record made from the same record of the file.
fn address(record: &Record<'_>) -> usize {
    std::ptr::from_ref(record.home.unwrap_or(&record.node)).addr()
}

fn at<'n>(node: &'n Node<'n>, path: &str) -> Option<&'n Node<'n>> {
    node.pointer(path).map(|(node, _)| node)
}

/// Organisations of level `other` apply the framework by reference (I.2.p2): what is not a matter
/// of form weighs a warning at most.
fn capped(severity: Severity, compiled: &CompiledRule, scope: &Scope<'_>) -> Severity {
    let is_other = scope.level == Some(AgencyLevel::Other);
    if is_other && compiled.rule.kind != RuleKind::Form {
        severity.min(Severity::Warning)
    } else {
        severity
    }
}

fn status_of(compiled: &CompiledRule, record: &Record<'_>) -> FindingStatus {
    let path = compiled.rule.justified_by.as_deref();
    let justification = path.and_then(|path| at(&record.node, path));
    let says = |name| justification.and_then(|justification| justification.get(name)?.as_bool());
    if says("complete") == Some(true) && says("expired") == Some(false) {
        FindingStatus::Justified
    } else {
        FindingStatus::Open
    }
}
