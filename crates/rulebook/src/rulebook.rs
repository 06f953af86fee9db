//! The compiled rule set: immutable, shared between threads.

use std::collections::BTreeMap;

use framework::{AgencyLevel, Basis, Catalogue, Clauses, Date, Diagnostic, Localized, Severity};
use sha2::{Digest, Sha256};

use crate::{
    Decides, Finding, FindingStatus, Report, Rule, RuleFile, RuleOutcome, RulesetIdentity,
    Submission, SubmissionIdentity,
    form::{self, Echo, Form},
    judge::{self, CompiledRule, Detail, Failure, Fingerprints, Placed, Scope},
    resolve::{self, Facts, Input, View},
    rule::{Ground, Source, compile, faults_between},
    schema::Schema,
    suggest::Suggester,
    template::Words,
};

/// How many findings a report shows; all of them are counted.
pub const SHOWN_FINDINGS: usize = 1_000;

/// How to judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Rules of which basis judge.
    pub bases: Vec<Basis>,
    /// The agency's level, where the caller knows better than the file.
    pub level: Option<AgencyLevel>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            bases: Basis::ALL.to_vec(),
            level: None,
        }
    }
}

/// A compiled rule set.
#[derive(Debug)]
pub struct Rulebook {
    pub(crate) identity: RulesetIdentity,
    pub(crate) framework_version: String,
    /// By id.
    pub(crate) rules: Vec<CompiledRule>,
    /// The order of judgement: whoever supersedes is in an earlier wave.
    waves: Vec<Vec<usize>>,
    pub(crate) facts: Facts,
    pub(crate) words: Words,
    pub(crate) suggester: Suggester,
    form: Form,
}

/// What counting needs of a finding.
type Weight = (Basis, Severity, FindingStatus);

/// All that was found.
struct Found {
    shown: Vec<Finding>,
    weights: Vec<Weight>,
}

/// What `rules/ruleset.json` says that judging needs.
#[derive(serde::Deserialize)]
struct RulesetFile {
    id: String,
    version: String,
    framework_version: String,
}

const FORM_OF_A_RULE: &str = include_str!("../../../rules/rule.schema.json");
const FORM_OF_A_SUBMISSION: &str = include_str!("../../../rules/submission.schema.json");

impl Rulebook {
    /// Compiles the files of the rules folder (the rules, `ruleset.json`, the schemas; anything
    /// under `samples/` is passed over). All that is wrong is told at once.
    pub fn compile(
        files: &[RuleFile],
        catalogue: &Catalogue,
        clauses: &Clauses,
    ) -> Result<Self, Vec<Diagnostic>> {
        let rulebook = Self::assemble(files, catalogue, clauses)?;
        let faults = crate::examples::faults(&rulebook, files);
        if faults.is_empty() {
            Ok(rulebook)
        } else {
            Err(faults)
        }
    }

    fn assemble(
        files: &[RuleFile],
        catalogue: &Catalogue,
        clauses: &Clauses,
    ) -> Result<Self, Vec<Diagnostic>> {
        let form_of_a_rule = compile_own_schema(FORM_OF_A_RULE);
        let ground = Ground {
            catalogue,
            clauses,
            form_of_a_rule: &form_of_a_rule,
        };
        let mut faults = Vec::new();
        let mut compiled = Vec::new();
        for file in files.iter().filter(|file| is_rule(&file.path)) {
            match compile(file, &ground) {
                Ok(rule) => compiled.push((file, rule)),
                Err(more) => faults.extend(more),
            }
        }
        if faults.is_empty() {
            faults.extend(faults_between(&compiled));
        }
        let ruleset = ruleset(files).map_err(|more| faults.extend(more)).ok();
        let form = form_of_a_submission(files)
            .map_err(|more| faults.extend(more))
            .ok();
        let (Some(ruleset), Some(form), true) = (ruleset, form, faults.is_empty()) else {
            return Err(faults);
        };
        let mut rules: Vec<CompiledRule> = compiled.into_iter().map(|(_, rule)| rule).collect();
        rules.sort_by(|left, right| left.rule.id.cmp(&right.rule.id));
        let waves = waves(&rules);
        Ok(Self {
            identity: RulesetIdentity {
                id: ruleset.id,
                version: ruleset.version,
                sha256: digest(files),
            },
            framework_version: ruleset.framework_version,
            rules,
            waves,
            facts: Facts::new(catalogue, clauses),
            words: words(catalogue, &form),
            suggester: Suggester::new(catalogue),
            form,
        })
    }

    /// Which rule set this is.
    pub fn identity(&self) -> &RulesetIdentity {
        &self.identity
    }

    /// All rules, by id.
    pub fn rules(&self) -> impl ExactSizeIterator<Item = &Rule> {
        self.rules.iter().map(|compiled| &compiled.rule)
    }

    /// The rule of that id, in any case.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules().find(|rule| rule.id.eq_ignore_ascii_case(id))
    }

    fn waves(&self) -> Vec<Vec<&CompiledRule>> {
        let waves = self.waves.iter();
        waves
            .map(|wave| wave.iter().map(|&index| &self.rules[index]).collect())
            .collect()
    }

    /// Judges a submission as of a day.
    pub fn check(&self, submission: &Submission<'_>, date: Date, options: &Options) -> Report {
        let level = options.level.or_else(|| level_of(submission));
        let scope = Scope {
            level,
            bases: &options.bases,
            date,
            decides: Decides::Machine,
        };
        let input = Input {
            root: &submission.root,
            notes: &submission.notes,
            facts: &self.facts,
            date,
        };
        let (findings, counts, rules) = resolve::resolve(&input, |view| {
            let judgement = judge::judge(&self.waves(), view, &scope);
            let rules = judge::outcomes(&judgement.outcomes);
            let found = self.found(submission, view, &judgement.failures, &options.bases);
            let mut counts = judge::count(found.weights.iter().copied(), &rules);
            counts.truncated = count(found.weights.len() - found.shown.len());
            (found.shown, counts, rules)
        });
        self.report(submission, level, date, findings, counts, rules)
    }

    /// All findings, those of rules, of form and of the reader, weighed; the first of them shown.
    fn found<'r, 'v: 'r>(
        &self,
        submission: &Submission<'_>,
        view: &'r View<'v>,
        failures: &'r [Failure<'r, 'v>],
        bases: &[Basis],
    ) -> Found {
        let places = submission.places();
        let placed: Vec<Placed<'r, 'v>> = failures
            .iter()
            .map(|failure| judge::place(failure, view))
            .collect();
        let mut echo = Echo::default();
        placed
            .iter()
            .for_each(|placed| echo.add(placed.failure, placed.target));
        let root = &submission.root;
        let is_practice = bases.contains(&Basis::Practice);
        let mut faults = if is_practice {
            self.form.findings(root, &self.suggester)
        } else {
            Vec::new()
        };
        faults.retain(|fault| !echo.has(fault, root));
        let notes = submission
            .notes
            .iter()
            .filter(|note| is_practice && !echo.has_note(note));
        let mut weights: Vec<Weight> = failures.iter().map(judge::weight).collect();
        let open = FindingStatus::Open;
        weights.extend(
            faults
                .iter()
                .map(|fault| (Basis::Practice, fault.fault.severity(), open)),
        );
        weights.extend(
            notes
                .clone()
                .map(|_| (Basis::Practice, Severity::Info, open)),
        );

        let suggest = |failure: &Failure<'_, '_>| self.suggester.for_failure(failure, view);
        let detail = Detail {
            words: &self.words,
            places: &places,
            suggest: &suggest,
        };
        let mut shown = judge::render(placed, view, &detail, SHOWN_FINDINGS);
        let mut fingerprints = Fingerprints::default();
        faults.sort_by_key(|fault| std::cmp::Reverse(fault.fault.severity()));
        let faults = faults.into_iter().take(SHOWN_FINDINGS);
        shown.extend(faults.map(|fault| form::of_form(fault, root, &places, &mut fingerprints)));
        shown.extend(notes.map(|note| form::of_note(note, &places, &mut fingerprints)));
        shown.sort_by(|(left_at, left), (right_at, right)| {
            let left = (std::cmp::Reverse(left.severity), &left.rule, left_at);
            left.cmp(&(std::cmp::Reverse(right.severity), &right.rule, right_at))
        });
        shown.truncate(SHOWN_FINDINGS);
        Found {
            shown: shown.into_iter().map(|(_, finding)| finding).collect(),
            weights,
        }
    }

    fn report(
        &self,
        submission: &Submission<'_>,
        level: Option<AgencyLevel>,
        date: Date,
        findings: Vec<Finding>,
        counts: crate::Counts,
        rules: Vec<RuleOutcome>,
    ) -> Report {
        Report {
            schema_version: "1".to_owned(),
            ruleset: self.identity.clone(),
            framework_version: self.framework_version.clone(),
            evaluated_on: date,
            submission: identity_of(submission, level),
            verdict: judge::verdict(&counts),
            counts,
            findings,
            rules,
        }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn level_of(submission: &Submission<'_>) -> Option<AgencyLevel> {
    let level = submission.root.get("agency")?.get("level")?.as_str()?;
    AgencyLevel::from_word(level)
}

fn identity_of(submission: &Submission<'_>, level: Option<AgencyLevel>) -> SubmissionIdentity {
    let root = &submission.root;
    let text = |record: &str, field: &str| {
        root.get(record)
            .and_then(|record| record.get(field)?.as_str())
            .map(str::to_owned)
    };
    let name = root.get("agency").and_then(|agency| agency.get("name"));
    let in_language = |tag: &str| {
        name.and_then(|name| name.get(tag)?.as_str())
            .map(str::to_owned)
    };
    SubmissionIdentity {
        id: text("submission", "id"),
        file: submission.file.clone(),
        sha256: submission.sha256.clone(),
        format: submission.format.as_str().to_owned(),
        level: level.map(|level| level.as_str().to_owned()),
        agency: name.map(|_| Localized::build(|locale| in_language(locale.tag()))),
    }
}

/// Whether a file of the rules folder is a rule: `…/kkt2-plt-007.json`, but for samples.
pub(crate) fn is_rule(path: &str) -> bool {
    let mut parts = path.rsplit('/');
    let name = parts.next().unwrap_or_default();
    name.starts_with("kkt2-") && name.ends_with(".json") && parts.all(|folder| folder != "samples")
}

fn ruleset(files: &[RuleFile]) -> Result<RulesetFile, Vec<Diagnostic>> {
    let Some(file) = files
        .iter()
        .find(|file| file.path.ends_with("ruleset.json"))
    else {
        let message = Localized::text(
            "Thiếu tệp ruleset.json.",
            "The file ruleset.json is missing.",
        );
        return Err(vec![Diagnostic::error(
            "ruleset-missing",
            "rules/ruleset.json",
            message,
        )]);
    };
    let source = Source::parse(file)?;
    serde_json::from_value(source.root.to_json()).map_err(|error| {
        let message = Localized::text(
            format!("ruleset.json không đọc được: {error}."),
            format!("ruleset.json cannot be read: {error}."),
        );
        vec![source.fault("ruleset-form", "", message)]
    })
}

/// The form of a submission: the file of that name, or the one this crate was built with.
fn form_of_a_submission(files: &[RuleFile]) -> Result<Form, Vec<Diagnostic>> {
    let own;
    let file = match files
        .iter()
        .find(|file| file.path.ends_with("submission.schema.json"))
    {
        Some(file) => file,
        None => {
            own = RuleFile {
                path: "rules/submission.schema.json".to_owned(),
                text: FORM_OF_A_SUBMISSION.to_owned(),
            };
            &own
        }
    };
    let source = Source::parse(file)?;
    Form::new(source.root.to_json()).map_err(|error| {
        let message = Localized::text(
            format!("Lược đồ hồ sơ không dùng được: {error}."),
            format!("The schema of submissions cannot be used: {error}."),
        );
        vec![source.fault("submission-form", error.instance_path().as_str(), message)]
    })
}

/// The digest over all files that decide the outcome, by path.
fn digest(files: &[RuleFile]) -> String {
    let relevant = files.iter().filter(|file| {
        is_rule(&file.path)
            || file.path.ends_with("ruleset.json")
            || file.path.ends_with("submission.schema.json")
    });
    let by_path: BTreeMap<&str, &str> = relevant
        .map(|file| (file.path.as_str(), file.text.as_str()))
        .collect();
    let mut hasher = Sha256::new();
    for (path, text) in by_path {
        let name = path.rsplit('/').next().unwrap_or(path);
        hasher.update(name.as_bytes());
        hasher.update([0]);
        hasher.update(Sha256::digest(text.as_bytes()));
    }
    judge::hex(&hasher.finalize())
}

/// Rules by how many others stand above them: whoever supersedes is in an earlier wave.
fn waves(rules: &[CompiledRule]) -> Vec<Vec<usize>> {
    fn height(rules: &[CompiledRule], id: &str) -> usize {
        let silences = |other: &&CompiledRule| other.rule.supersedes.iter().any(|name| name == id);
        let above = rules.iter().filter(silences);
        above
            .map(|other| height(rules, &other.rule.id) + 1)
            .max()
            .unwrap_or(0)
    }
    let mut waves: Vec<Vec<usize>> = Vec::new();
    for (index, compiled) in rules.iter().enumerate() {
        let height = height(rules, &compiled.rule.id);
        if waves.len() <= height {
            waves.resize_with(height + 1, Vec::new);
        }
        waves[height].push(index);
    }
    waves
}

/// Codes in words: those of the form, and the names the catalogue gives.
fn words(catalogue: &Catalogue, form: &Form) -> Words {
    let components = catalogue
        .components
        .iter()
        .map(|one| (one.id.clone(), one.name.clone()));
    let bodies = catalogue
        .bodies
        .iter()
        .map(|one| (one.id.clone(), one.name.clone()));
    let frameworks = catalogue
        .constituents
        .iter()
        .map(|one| (one.id.clone(), one.name.clone()));
    let names = components.chain(bodies).chain(frameworks).collect();
    let mut words = Words {
        by_field: BTreeMap::new(),
        names,
    };
    form.words(&mut words);
    let layers = catalogue
        .layers
        .iter()
        .map(|one| (one.layer.as_str().to_owned(), one.name.clone()));
    words
        .by_field
        .entry("layer".to_owned())
        .or_default()
        .extend(layers);
    let ways = [
        ("direct", "trực tiếp", "directly"),
        ("file", "bằng tệp", "by file"),
        (
            "local-sharing",
            "qua nền tảng chia sẻ của cơ quan",
            "through the agency's own sharing platform",
        ),
    ];
    let ways = ways.map(|(code, vi, en)| (code.to_owned(), Localized::text(vi, en)));
    words
        .by_field
        .entry("via".to_owned())
        .or_default()
        .extend(ways);
    // The view groups systems by one function at a time; its words are those of the list.
    if let Some(functions) = words.by_field.get("functions").cloned() {
        words.by_field.insert("function".to_owned(), functions);
    }
    words
}

/// One of the schemas that belong to this crate's own sources.
fn compile_own_schema(text: &str) -> Schema {
    let schema = serde_json::from_str(text).expect("a schema of our own is JSON: a test reads it");
    Schema::compile(&schema).expect("a schema of our own compiles: a test compiles it")
}
