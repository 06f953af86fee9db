//! Rule files → a rulebook, or all that is wrong with them.

use std::{collections::BTreeMap, sync::Arc};

use framework::{Catalogue, Clauses, Diagnostic, Localized};
use jsonschema::ValidationError;
use serde_json::Value;

use super::{Decides, Gate, Rule, lint};
use crate::{
    Node,
    form::{describe, fields_of},
    json::{self, Limits},
    judge::{CompiledRule, CompiledVariant, Mechanism},
    resolve::Collection,
    schema::Schema,
    template::Template,
};

/// A rule file, or another file of the rules folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFile {
    /// Relative to the project folder: `rules/plt/kkt2-plt-007.json`.
    pub path: String,
    /// Its text; shared, since a project hands the same files to several compilations.
    pub text: Arc<str>,
}

/// What rules are checked against.
pub(crate) struct Ground<'g> {
    pub(crate) catalogue: &'g Catalogue,
    pub(crate) clauses: &'g Clauses,
    /// Nothing where the files have been checked before.
    pub(crate) form_of_a_rule: Option<&'g Schema>,
}

/// A file with its tree: what a diagnostic needs to say where.
pub(crate) struct Source<'f> {
    pub(crate) file: &'f RuleFile,
    pub(crate) root: Node<'f>,
}

impl<'f> Source<'f> {
    pub(crate) fn parse(file: &'f RuleFile) -> Result<Self, Vec<Diagnostic>> {
        match json::parse(&file.text, &Limits::default()) {
            Ok(root) => Ok(Self { file, root }),
            Err(faults) => Err(faults
                .iter()
                .map(|fault| {
                    Diagnostic::error(fault.kind.code(), &file.path, fault.kind.message())
                        .at_bytes(&file.text, fault.at as usize..fault.end as usize)
                        .hint(fault.kind.hint().into())
                })
                .collect()),
        }
    }

    /// A fault at a pointer of the file; at the nearest value above if it leads nowhere.
    pub(crate) fn fault(
        &self,
        code: &'static str,
        pointer: &str,
        message: Localized,
    ) -> Diagnostic {
        let mut pointer = pointer;
        let node = loop {
            match self.root.pointer(pointer) {
                Some((node, _)) => break node,
                None => pointer = pointer.rsplit_once('/').map_or("", |(above, _)| above),
            }
        };
        Diagnostic::error(code, &self.file.path, message)
            .at_bytes(&self.file.text, node.at as usize..node.end as usize)
    }
}

/// Compiles one rule file.
pub(crate) fn compile(
    file: &RuleFile,
    ground: &Ground<'_>,
) -> Result<CompiledRule, Vec<Diagnostic>> {
    let source = Source::parse(file)?;
    let faults: Vec<Diagnostic> = ground
        .form_of_a_rule
        .into_iter()
        .flat_map(|form| form.errors(&source.root))
        .map(|error| {
            let pointer = error.instance_path().as_str();
            let what = describe(error.kind()).1;
            let shown = if pointer.is_empty() { "/" } else { pointer };
            let message = what.map(|words| format!("{shown}: {words}"));
            source.fault("rule-form", pointer, message)
        })
        .collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    let rule: Rule = match serde_json::from_value(source.root.to_json()) {
        Ok(rule) => rule,
        Err(error) => {
            let message = Localized::text(
                format!("Không đọc được quy tắc: {error}."),
                format!("The rule cannot be read: {error}."),
            );
            return Err(vec![source.fault("rule-form", "", message)]);
        }
    };
    let (mut faults, compile): (_, CompileSchema) = match ground.form_of_a_rule {
        Some(_) => (lint::faults(&rule, &source, ground), Schema::question),
        None => (Vec::new(), |schema| Ok(Schema::accepted(schema))),
    };
    let mechanism = mechanism(&rule, &source, compile, &mut faults);
    if faults.is_empty() {
        Ok(CompiledRule::new(rule, mechanism, ground.clauses))
    } else {
        Err(faults)
    }
}

type CompileSchema = fn(&Value) -> Result<Schema, Box<ValidationError<'static>>>;

fn mechanism(
    rule: &Rule,
    source: &Source<'_>,
    compile: CompileSchema,
    faults: &mut Vec<Diagnostic>,
) -> Option<Mechanism> {
    let (for_each, require) = (rule.for_each.as_ref()?, rule.require.as_ref()?);
    if rule.decides == Decides::Person {
        return None;
    }
    let mut schema = |pointer: &str, schema: &Value| match compile(schema) {
        Ok(schema) => Some(schema),
        Err(error) => {
            let place = format!("{pointer}{}", error.instance_path().as_str());
            faults.push(source.fault("rule-schema", &place, unusable_schema(&error)));
            None
        }
    };
    let when = rule.when.as_ref().map(|when| schema("/when", when));
    let require = schema("/require", require);
    let variants: Vec<Option<CompiledVariant>> = rule
        .variants
        .iter()
        .enumerate()
        .map(|(index, variant)| {
            let when = schema(&format!("/variants/{index}/when"), &variant.when)?;
            Some(CompiledVariant::new(when, variant))
        })
        .collect();
    let when = match when {
        Some(compiled) => Some(compiled?),
        None => None,
    };
    Some(Mechanism {
        collections: for_each.words().filter_map(Collection::from_word).collect(),
        when,
        gate: rule.when.as_ref().and_then(Gate::of),
        fields: fields_of(rule.require.as_ref()?),
        require: require?,
        variants: variants.into_iter().collect::<Option<_>>()?,
        message: rule.message.as_ref().map(|words| Template::new(words)),
        fix: rule
            .fix
            .as_ref()
            .map(|steps| steps.iter().map(|step| Template::new(step)).collect()),
    })
}

fn unusable_schema(error: &ValidationError<'_>) -> Localized {
    use jsonschema::error::ValidationErrorKind as Kind;
    match error.kind() {
        Kind::Format { format } if format == "regex" => Localized::text(
            "Biểu thức mẫu không dùng được: không cho phép nhìn trước, nhìn sau, tham chiếu ngược.",
            "This pattern cannot be used: look-around and back references are not allowed.",
        ),
        Kind::Referencing(_) => Localized::text(
            "Không cho phép $ref ra ngoài tệp.",
            "A $ref may not lead out of the file.",
        ),
        kind => {
            let words = describe(kind).1;
            Localized::text(
                format!("Lược đồ không dùng được: {} ({error}).", words.vi),
                format!("The schema cannot be used: {} ({error}).", words.en),
            )
        }
    }
}

/// Ids that come twice, rules that silence unknown ones or each other in a circle.
pub(crate) fn faults_between(rules: &[(&RuleFile, CompiledRule)]) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let mut by_id: BTreeMap<&str, &str> = BTreeMap::new();
    for (file, compiled) in rules {
        if let Some(other) = by_id.insert(&compiled.rule.id, &file.path) {
            let message = Localized::text(
                format!("Mã {} đã có trong {other}.", compiled.rule.id),
                format!("The id {} stands in {other} already.", compiled.rule.id),
            );
            faults.push(Diagnostic::error("rule-duplicate-id", &file.path, message));
        }
    }
    let supersedes = |id: &str| {
        let found = rules.iter().find(|(_, compiled)| compiled.rule.id == id);
        found
            .map(|(_, compiled)| compiled.rule.supersedes.as_slice())
            .unwrap_or_default()
    };
    for (file, compiled) in rules {
        let mut reached: Vec<&str> = Vec::new();
        let mut ahead: Vec<&str> = compiled
            .rule
            .supersedes
            .iter()
            .map(String::as_str)
            .collect();
        while let Some(id) = ahead.pop() {
            if !by_id.contains_key(id) {
                let message = Localized::text(
                    format!("«supersedes» nêu {id}, không có quy tắc này."),
                    format!("“supersedes” names {id}, which is no rule."),
                );
                faults.push(Diagnostic::error("rule-unknown-rule", &file.path, message));
            } else if !reached.contains(&id) {
                reached.push(id);
                ahead.extend(supersedes(id).iter().map(String::as_str));
            }
        }
        if reached.contains(&compiled.rule.id.as_str()) {
            let message = Localized::text(
                "«supersedes» tạo thành vòng tròn.",
                "“supersedes” goes round in a circle.",
            );
            faults.push(Diagnostic::error("rule-circle", &file.path, message));
        }
    }
    faults
}
