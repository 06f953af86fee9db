//! Files of the rules folder → a rulebook.

use std::{collections::BTreeMap, path::Path};

use framework::{Catalogue, Clauses, Diagnostic, Localized};
use sha2::{Digest, Sha256};

use super::Rulebook;
use crate::{
    RuleFile, RulesetIdentity,
    form::Form,
    judge::{self, CompiledRule, Desks},
    resolve::Facts,
    rule::{Ground, Source, compile, faults_between},
    schema::Schema,
    suggest::Suggester,
    template::Words,
};

/// What `rules/ruleset.json` says that judging needs.
#[derive(serde::Deserialize)]
struct RulesetFile {
    id: String,
    version: String,
    framework_version: String,
}

const FORM_OF_A_RULE: &str = include_str!("../../../../rules/rule.schema.json");
const FORM_OF_A_SUBMISSION: &str = include_str!("../../../../rules/submission.schema.json");

impl Rulebook {
    /// Compiles the files of the rules folder (the rules, `ruleset.json`, the schemas; anything
    /// under `samples/` is passed over). All that is wrong is told at once.
    pub fn compile(
        files: &[RuleFile],
        catalogue: &Catalogue,
        clauses: &Clauses,
    ) -> Result<Self, Vec<Diagnostic>> {
        let rulebook = Self::untested(files, catalogue, clauses)?;
        let faults = rulebook.test(files);
        if faults.is_empty() {
            Ok(rulebook)
        } else {
            Err(faults)
        }
    }

    /// Runs all rules' examples: the faults of those that do not behave.
    pub fn test(&self, files: &[RuleFile]) -> Vec<Diagnostic> {
        crate::examples::faults(self, files)
    }

    /// Compiles without running the examples: for a rule that is being written.
    pub fn untested(
        files: &[RuleFile],
        catalogue: &Catalogue,
        clauses: &Clauses,
    ) -> Result<Self, Vec<Diagnostic>> {
        let form_of_a_rule = compile_own_schema(FORM_OF_A_RULE);
        Self::assemble(files, catalogue, clauses, Some(&form_of_a_rule))
    }

    /// Puts together again what [`compile`](Self::compile) has passed, byte for byte: nothing is checked a
    /// second time, and a schema is compiled when it is first asked.
    pub fn reopen(
        files: &[RuleFile],
        catalogue: &Catalogue,
        clauses: &Clauses,
    ) -> Result<Self, Vec<Diagnostic>> {
        Self::assemble(files, catalogue, clauses, None)
    }

    fn assemble(
        files: &[RuleFile],
        catalogue: &Catalogue,
        clauses: &Clauses,
        form_of_a_rule: Option<&Schema>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let ground = Ground {
            catalogue,
            clauses,
            form_of_a_rule,
        };
        let mut faults = Vec::new();
        let mut compiled = Vec::new();
        for file in files.iter().filter(|file| is_rule(&file.path)) {
            match compile(file, &ground) {
                Ok(rule) => compiled.push((file, rule)),
                Err(more) => faults.extend(more),
            }
        }
        if faults.is_empty() && form_of_a_rule.is_some() {
            faults.extend(faults_between(&compiled));
        }
        let ruleset = ruleset(files).map_err(|more| faults.extend(more)).ok();
        let form = form_of_a_submission(files, form_of_a_rule.is_none())
            .map_err(|more| faults.extend(more))
            .ok();
        let (Some(ruleset), Some(form), true) = (ruleset, form, faults.is_empty()) else {
            return Err(faults);
        };
        let mut rules: Vec<CompiledRule> = compiled.into_iter().map(|(_, rule)| rule).collect();
        rules.sort_by(|left, right| left.rule.id.cmp(&right.rule.id));
        let waves = waves(&rules).into_iter().map(|wave| {
            let rules: Vec<&CompiledRule> = wave.iter().map(|&index| &rules[index]).collect();
            let desks = Desks::of(&rules);
            (wave, desks)
        });
        let waves = waves.collect();
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
}

/// Whether a file of the rules folder is a rule: `…/kkt2-plt-007.json`, but for samples.
pub(crate) fn is_rule(path: &str) -> bool {
    let mut parts = path.rsplit('/');
    let name = parts.next().unwrap_or_default();
    name.starts_with("kkt2-")
        && Path::new(name).extension().is_some_and(|is| is == "json")
        && parts.all(|folder| folder != "samples")
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
fn form_of_a_submission(files: &[RuleFile], accepted: bool) -> Result<Form, Vec<Diagnostic>> {
    let given = files
        .iter()
        .find(|file| file.path.ends_with("submission.schema.json"));
    let own = RuleFile {
        path: "rules/submission.schema.json".to_owned(),
        text: FORM_OF_A_SUBMISSION.into(),
    };
    let source = Source::parse(given.unwrap_or(&own))?;
    let schema = source.root.to_json();
    if accepted {
        return Ok(Form::accepted(schema));
    }
    Form::new(schema).map_err(|error| {
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
        .map(|file| (file.path.as_str(), &*file.text))
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
