//! What rules say: quotations stand in the text, the tone is an official's, and nobody is told that
//! the framework asks for what another document or this form asks for.

use std::{collections::BTreeSet, fs};

use framework::{Basis, Locale, Localized, Severity};
use rulebook::{Decides, Rule, RuleKind};

use crate::support;

/// The Vietnamese text of the framework: words alone, single spaces.
fn text_of_the_framework() -> String {
    let folder = support::root().join("content/vi/framework");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut words = String::new();
    for file in files {
        let markdown = fs::read_to_string(file).unwrap().replace("**", "");
        for part in markdown.split("<!--") {
            words.push_str(part.split_once("-->").map_or(part, |(_, after)| after));
            words.push(' ');
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sentences(rule: &Rule) -> Vec<&Localized> {
    let variants = rule.variants.iter();
    let variants = variants.flat_map(|variant| variant.title.iter().chain(&variant.message));
    [
        &rule.title,
        &rule.why,
        &rule.checks,
        &rule.not_checked,
        &rule.message,
    ]
    .into_iter()
    .chain(&rule.fault)
    .chain(variants)
    .collect()
}

/// A title says what holds, the heading of a finding what does not: «Chưa đạt: Không …» has to be
/// read twice.
#[test]
fn the_heading_of_a_finding_says_what_is_the_matter() {
    let rulebook = support::rulebook();
    let mut headings = BTreeSet::new();
    for rule in rulebook.rules() {
        let heading = rule
            .fault
            .as_ref()
            .unwrap_or_else(|| panic!("{} has no heading", rule.id));
        for locale in Locale::ALL {
            let (heading, title) = (heading.get(locale), rule.title.get(locale));
            assert_ne!(heading, title, "{}", rule.id);
            assert!(heading.chars().count() <= 80, "{}: {heading}", rule.id);
            assert!(!heading.ends_with('.'), "{}: {heading}", rule.id);
            assert!(
                headings.insert(heading.clone()),
                "{heading} heads two rules"
            );
        }
    }
}

#[test]
fn what_stands_between_guillemets_is_the_text_word_for_word() {
    let rulebook = support::rulebook();
    let text = text_of_the_framework();
    let mut quotations = 0;
    let mut wrong = Vec::new();
    for rule in rulebook.rules() {
        for (sentence, locale) in sentences(rule)
            .into_iter()
            .flat_map(|words| Locale::ALL.map(|locale| (words, locale)))
        {
            for quoted in sentence.get(locale).split('«').skip(1) {
                let quoted = quoted.split('»').next().unwrap_or_default();
                let quoted = quoted.replace(" [nguyên văn]", "").replace(" [sic]", "");
                quotations += 1;
                for part in quoted
                    .split('…')
                    .map(str::trim)
                    .filter(|part| !part.is_empty())
                {
                    if !text.contains(part) {
                        wrong.push(format!("{} ({locale}): {part}", rule.id));
                    }
                }
            }
        }
    }
    assert!(quotations > 150, "only {quotations} quotations");
    assert!(wrong.is_empty(), "not in the text:\n{}", wrong.join("\n"));
}

#[test]
fn no_rule_speaks_harder_than_the_text() {
    let rulebook = support::rulebook();
    for rule in rulebook.rules() {
        for sentence in sentences(rule) {
            assert!(
                !sentence.vi.to_lowercase().contains("vi phạm"),
                "{}: {}",
                rule.id,
                sentence.vi
            );
            let english = sentence.en.to_lowercase();
            let hard = [
                "must",
                "shall",
                "violation",
                "violates",
                "illegal",
                "prohibited",
            ];
            for word in english.split(|letter: char| !letter.is_alphabetic()) {
                assert!(!hard.contains(&word), "{}: {}", rule.id, sentence.en);
            }
        }
    }
}

#[test]
fn a_finding_of_another_basis_says_that_it_is_not_the_framework() {
    let rulebook = support::rulebook();
    for rule in rulebook
        .rules()
        .filter(|rule| rule.basis != Basis::Framework)
    {
        let variants = rule
            .variants
            .iter()
            .filter_map(|variant| variant.message.as_ref());
        for message in std::iter::once(&rule.message).chain(variants) {
            let (vi, en) = (message.vi.to_lowercase(), message.en.to_lowercase());
            assert!(
                vi.contains("không phải") && vi.contains("khung kiến trúc"),
                "{}: {}",
                rule.id,
                message.vi
            );
            assert!(
                en.contains("not") && en.contains("framework"),
                "{}: {}",
                rule.id,
                message.en
            );
        }
        assert!(
            rule.basis != Basis::Law || !rule.outside_documents.is_empty(),
            "{} names no document",
            rule.id
        );
    }
}

#[test]
fn the_catalogue_of_rules_is_complete() {
    let rulebook = support::rulebook();
    let rules: Vec<&Rule> = rulebook.rules().collect();
    let count = |holds: &dyn Fn(&Rule) -> bool| rules.iter().filter(|rule| holds(rule)).count();
    assert_eq!(rules.len(), 100);
    assert_eq!(count(&|rule| rule.basis == Basis::Framework), 65);
    assert_eq!(count(&|rule| rule.basis == Basis::Law), 13);
    assert_eq!(count(&|rule| rule.basis == Basis::Practice), 22);
    assert_eq!(count(&|rule| rule.severity == Severity::Error), 26);
    assert_eq!(count(&|rule| rule.severity == Severity::Warning), 58);
    assert_eq!(count(&|rule| rule.severity == Severity::Info), 16);
    assert_eq!(count(&|rule| rule.kind == RuleKind::Conformance), 70);
    assert_eq!(count(&|rule| rule.kind == RuleKind::Form), 19);
    assert_eq!(count(&|rule| rule.kind == RuleKind::Advice), 11);
    assert_eq!(count(&|rule| rule.decides == Decides::Portfolio), 5);
    assert_eq!(count(&|rule| rule.decides == Decides::Person), 1);
}

#[test]
fn every_rule_a_machine_decides_has_two_examples_each_way() {
    let rulebook = support::rulebook();
    for rule in rulebook
        .rules()
        .filter(|rule| rule.decides == Decides::Machine)
    {
        assert!(
            rule.for_each.is_some() && rule.require.is_some(),
            "{} does not judge",
            rule.id
        );
        assert!(
            rule.examples.pass.len() >= 2,
            "{} has too few passing examples",
            rule.id
        );
        assert!(
            rule.examples.fail.len() >= 2,
            "{} has too few failing examples",
            rule.id
        );
    }
}
