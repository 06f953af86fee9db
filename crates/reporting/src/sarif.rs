//! SARIF 2.1.0: one run over all files, rules with help and clause links, fingerprints that last,
//! suppressions for what is justified.

mod escape;

use std::collections::BTreeMap;

use framework::{Locale, Severity};
use rulebook::{Finding, FindingStatus, Location};
use serde_json::{Map, Value, json};

use self::escape::{markdown, markdown_url, plain_text, uri};
use crate::{Checked, checked, citation, place, visible, words};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// All reports as one log. `site` is the address that rule and clause links lead to, without a
/// slash at its end.
pub fn render(checked: &[Checked<'_>], locale: Locale, site: Option<&str>) -> String {
    let mut log = Log::new(locale, site);
    let mut text = log.before();
    for (artifact, one) in checked.iter().enumerate() {
        text.push_str(&log.add(artifact, *one, results(*one, artifact, locale)));
    }
    text.push_str(&log.after());
    text
}

/// The results of one report, which take more time than the rest of a log.
pub(crate) fn results(checked: Checked<'_>, artifact: usize, locale: Locale) -> Vec<Value> {
    let findings = checked.report.findings.iter();
    findings
        .map(|finding| result(checked, finding, artifact, locale))
        .collect()
}

/// A log that is written report by report. Results come first, and what they refer to after the last of
/// them: nothing of a report is kept but its rules, its hash and its counts.
pub(crate) struct Log<'s> {
    locale: Locale,
    site: Option<&'s str>,
    has_results: bool,
    artifacts: Vec<Value>,
    identities: Vec<Value>,
    /// Every rule with a finding, in the order in which they were met.
    rules: Vec<Value>,
    indices: BTreeMap<String, usize>,
}

/// How deep the lists of a run stand.
const INDENT: &str = "        ";

impl<'s> Log<'s> {
    pub(crate) const fn new(locale: Locale, site: Option<&'s str>) -> Self {
        Self {
            locale,
            site,
            has_results: false,
            artifacts: Vec::new(),
            identities: Vec::new(),
            rules: Vec::new(),
            indices: BTreeMap::new(),
        }
    }

    pub(crate) fn before(&self) -> String {
        let tag = self.locale.tag();
        format!(
            "{{\n  \"$schema\": \"{SCHEMA}\",\n  \"version\": \"2.1.0\",\n  \"runs\": [\n    {{\n      \"columnKind\": \"unicodeCodePoints\",\n      \"language\": \"{tag}\",\n      \"results\": ["
        )
    }

    /// The text of a report's results. Reports of the same run have numbers that rise, but one that
    /// could not be made may be missing.
    pub(crate) fn add(
        &mut self,
        artifact: usize,
        checked: Checked<'_>,
        results: Vec<Value>,
    ) -> String {
        // Two of a list must not be alike.
        while self.artifacts.len() < artifact {
            let missing = json!({"properties": {"missing": self.artifacts.len()}});
            self.artifacts.push(missing);
        }
        self.artifacts.push(self::artifact(checked));
        self.identities.push(identity(checked));
        let mut text = String::new();
        for (mut result, finding) in results.into_iter().zip(&checked.report.findings) {
            result["ruleIndex"] = json!(self.index(finding, checked));
            text.push_str(if self.has_results { ",\n" } else { "\n" });
            self.has_results = true;
            text.push_str(&indented(&result));
        }
        text
    }

    pub(crate) fn after(&self) -> String {
        let rest = json!({
            "artifacts": self.artifacts,
            "properties": {"reports": self.identities},
            "tool": {"driver": driver(&self.rules, self.locale, self.site)},
        });
        // The members of the run that are left, without the braces around them.
        let rest = pretty(&rest).replace('\n', "\n    ");
        let rest = rest
            .trim_start_matches('{')
            .trim_end_matches('}')
            .trim_end();
        let end = if self.has_results { "\n      " } else { "" };
        format!("{end}],{rest}\n    }}\n  ]\n}}\n")
    }

    /// Where the rule of a finding stands in the list of rules.
    fn index(&mut self, finding: &Finding, checked: Checked<'_>) -> usize {
        if let Some(index) = self.indices.get(&finding.rule) {
            return *index;
        }
        let index = self.rules.len();
        self.rules
            .push(descriptor(finding, checked, self.locale, self.site));
        self.indices.insert(finding.rule.clone(), index);
        index
    }
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("a value has text keys")
}

/// JSON has no line feed within a text: every one begins a line of its own.
fn indented(value: &Value) -> String {
    let text = pretty(value);
    format!("{INDENT}{}", text.replace('\n', &format!("\n{INDENT}")))
}

fn driver(rules: &[Value], locale: Locale, site: Option<&str>) -> Value {
    let name = match locale {
        Locale::Vi => "Công cụ kiểm tra theo Khung kiến trúc tổng thể quốc gia số 2.0",
        Locale::En => "Checker for the National Digital Architecture Framework 2.0",
    };
    let mut driver = Map::new();
    driver.insert("name".to_owned(), json!("khung"));
    driver.insert("fullName".to_owned(), json!(name));
    driver.insert("version".to_owned(), json!(env!("CARGO_PKG_VERSION")));
    driver.insert(
        "semanticVersion".to_owned(),
        json!(env!("CARGO_PKG_VERSION")),
    );
    if let Some(site) = site {
        driver.insert(
            "informationUri".to_owned(),
            json!(format!("{site}/{locale}/")),
        );
    }
    driver.insert("rules".to_owned(), json!(rules));
    Value::Object(driver)
}

/// A rule, described by the first finding that speaks for it.
fn descriptor(
    finding: &Finding,
    checked: Checked<'_>,
    locale: Locale,
    site: Option<&str>,
) -> Value {
    let id = finding.rule.as_str();
    let note = checked.rules.get(id);
    let title = note.map_or(&finding.title, |note| &note.title).get(locale);
    let mut rule = Map::new();
    rule.insert("id".to_owned(), json!(id));
    rule.insert("shortDescription".to_owned(), message(title));
    let why = finding.why.get(locale);
    rule.insert(
        "fullDescription".to_owned(),
        message(if why.is_empty() { title } else { why }),
    );
    rule.insert(
        "defaultConfiguration".to_owned(),
        json!({"level": level(finding.severity)}),
    );
    rule.insert("help".to_owned(), help(finding, locale, site));
    if let (Some(site), Some(page)) = (site, checked::rule_page(id)) {
        rule.insert(
            "helpUri".to_owned(),
            json!(format!("{site}/{locale}{page}")),
        );
    }
    let mut tags = vec![finding.basis.as_str()];
    tags.extend(finding.layer.map(framework::Layer::as_str));
    rule.insert(
        "properties".to_owned(),
        json!({"basis": finding.basis, "tags": tags}),
    );
    Value::Object(rule)
}

/// The clauses with their words and addresses; what does not rest on the framework says so.
fn help(finding: &Finding, locale: Locale, site: Option<&str>) -> Value {
    let mut plain = Vec::new();
    let mut marked = Vec::new();
    if let Some(note) = words::basis_note(finding.basis) {
        let note = note.get(locale);
        plain.push((*note).to_owned());
        marked.push((*note).to_owned());
    }
    for clause in &finding.clauses {
        let place = citation::heading(&clause.id, locale);
        let quote = visible::line(clause.quote.get(locale));
        let tail = clause.url.strip_prefix("/vi/").unwrap_or_default();
        plain.push(format!("{place} ({}): «{quote}»", clause.id));
        marked.push(match site {
            Some(site) => format!(
                "[{place} ({})]({site}/{locale}/{}): «{}»",
                clause.id,
                markdown_url(tail),
                markdown(&quote)
            ),
            None => format!("{place} ({}): «{}»", clause.id, markdown(&quote)),
        });
    }
    if plain.is_empty() {
        plain.push(visible::line(finding.title.get(locale)).into_owned());
        marked.push(markdown(&plain[0]));
    }
    json!({"text": plain_text(&plain.join("\n")), "markdown": marked.join("\n\n")})
}

fn result(checked: Checked<'_>, finding: &Finding, artifact: usize, locale: Locale) -> Value {
    let text = format!(
        "{}: {}",
        checked.title(finding, locale),
        finding.message.get(locale)
    );
    let mut result = Map::new();
    result.insert("ruleId".to_owned(), json!(finding.rule));
    result.insert("level".to_owned(), json!(level(finding.severity)));
    result.insert("message".to_owned(), message(&text));
    result.insert(
        "locations".to_owned(),
        json!([location(checked, &finding.location, artifact, None, locale)]),
    );
    if !finding.related.is_empty() {
        let related: Vec<Value> = finding
            .related
            .iter()
            .map(|related| {
                let message = Some(related.message.get(locale).as_str());
                location(checked, &related.location, artifact, message, locale)
            })
            .collect();
        result.insert("relatedLocations".to_owned(), json!(related));
    }
    result.insert(
        "partialFingerprints".to_owned(),
        json!({"khung/v1": finding.fingerprint}),
    );
    if finding.status == FindingStatus::Justified {
        let justification = match locale {
            Locale::Vi => "Giải trình đầy đủ, còn hiệu lực trong hồ sơ.",
            Locale::En => "A complete, unexpired justification in the submission.",
        };
        result.insert(
            "suppressions".to_owned(),
            json!([{"kind": "inSource", "status": "accepted", "justification": justification}]),
        );
    }
    let steps = checked::steps(finding, locale);
    result.insert(
        "properties".to_owned(),
        json!({"basis": finding.basis, "layer": finding.layer, "fix": steps}),
    );
    Value::Object(result)
}

fn location(
    checked: Checked<'_>,
    location: &Location,
    artifact: usize,
    said: Option<&str>,
    locale: Locale,
) -> Value {
    let mut physical = Map::new();
    let uri = uri(checked.file_of(location));
    let place = match location.file {
        Some(_) => json!({"uri": uri}),
        None => json!({"uri": uri, "index": artifact}),
    };
    physical.insert("artifactLocation".to_owned(), place);
    if let Some(region) = region(location) {
        physical.insert("region".to_owned(), region);
    }
    let mut one = Map::new();
    one.insert("physicalLocation".to_owned(), Value::Object(physical));
    let path = place::path(checked.source, location, locale);
    let mut logical = json!({"fullyQualifiedName": location.pointer, "kind": "element"});
    if let (Some(record), Some(logical)) = (&location.record, logical.as_object_mut()) {
        logical.insert("name".to_owned(), json!(record));
    }
    one.insert("logicalLocations".to_owned(), json!([logical]));
    let words = place::position_in_words(location, locale);
    let words = words.filter(|_| location.sheet.is_some());
    let said = said
        .map(str::to_owned)
        .into_iter()
        .chain([path])
        .chain(words);
    one.insert(
        "message".to_owned(),
        message(&said.collect::<Vec<_>>().join(" · ")),
    );
    Value::Object(one)
}

fn region(location: &Location) -> Option<Value> {
    let line = location.line?;
    let mut region = Map::new();
    region.insert("startLine".to_owned(), json!(line));
    for (name, number) in [
        ("startColumn", location.column),
        ("endLine", location.end_line),
        ("endColumn", location.end_column),
    ] {
        if let Some(number) = number {
            region.insert(name.to_owned(), json!(number));
        }
    }
    Some(Value::Object(region))
}

fn artifact(checked: Checked<'_>) -> Value {
    let submission = &checked.report.submission;
    json!({
        "location": {"uri": uri(&submission.file)},
        "roles": ["analysisTarget"],
        "hashes": {"sha-256": submission.sha256},
    })
}

/// What SARIF has no place for: verdict, date and rule set of each file.
fn identity(checked: Checked<'_>) -> Value {
    let report = checked.report;
    json!({
        "file": report.submission.file,
        "verdict": report.verdict,
        "evaluated_on": report.evaluated_on,
        "framework_version": report.framework_version,
        "ruleset": report.ruleset,
        "counts": report.counts,
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn message(text: &str) -> Value {
    json!({"text": plain_text(&visible::line(text))})
}
