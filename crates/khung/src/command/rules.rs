//! `khung rules list|show|test`

use std::fmt::Write as _;

use clap::ArgMatches;
use framework::Locale;
use reporting::words;
use rulebook::Rule;

use crate::{
    command::check,
    context::Context,
    desk::Desk,
    failure::{Exit, Failure},
};

pub(crate) fn run(arguments: &ArgMatches, context: &Context) -> Result<Exit, Failure> {
    let desk = context.desk()?;
    match arguments.subcommand() {
        Some(("show", arguments)) => show(&desk, arguments, context),
        Some(("test", _)) => test(&desk, context),
        Some((_, arguments)) => list(&desk, arguments, context),
        None => unreachable!("clap asks for a subcommand"),
    }
}

fn wants_json(arguments: &ArgMatches) -> bool {
    arguments
        .get_one::<String>("format")
        .is_some_and(|format| format == "json")
}

fn list(desk: &Desk, arguments: &ArgMatches, context: &Context) -> Result<Exit, Failure> {
    let text = if wants_json(arguments) {
        let rules: Vec<&Rule> = desk.rulebook.rules().collect();
        json(&rules)
    } else {
        let mut text = String::new();
        for rule in desk.rulebook.rules() {
            let severity = *words::severity(rule.severity).get(context.locale);
            let basis = *words::basis(rule.basis).get(context.locale);
            let title = rule.title.get(context.locale);
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{}  {severity:<12} {basis:<14} {title}", rule.id);
        }
        text
    };
    check::write(None, text.as_bytes())?;
    Ok(Exit::Done)
}

fn show(desk: &Desk, arguments: &ArgMatches, context: &Context) -> Result<Exit, Failure> {
    let id = arguments.get_one::<String>("id").map_or("", String::as_str);
    let rule = desk
        .rulebook
        .rule(id)
        .or_else(|| desk.rulebook.rule(&format!("KKT2-{id}")));
    let Some(rule) = rule else {
        return Err(Failure::unusable(
            format!("không có quy tắc {id:?}; xem: khung rules list"),
            format!("there is no rule {id:?}; see: khung rules list"),
        ));
    };
    let text = if wants_json(arguments) {
        json(rule)
    } else {
        described(desk, rule, context.locale)
    };
    check::write(None, text.as_bytes())?;
    Ok(Exit::Done)
}

fn described(desk: &Desk, rule: &Rule, locale: Locale) -> String {
    let pick = |vi: &'static str, en: &'static str| match locale {
        Locale::Vi => vi,
        Locale::En => en,
    };
    let mut text = format!("{}\n{}\n\n", rule.id, rule.title.get(locale));
    let mut section = |title: &str, body: &str| {
        let _ = writeln!(text, "{title}\n  {}\n", body.replace('\n', "\n  "));
    };
    let clauses: Vec<String> = rule
        .clauses
        .iter()
        .map(|id| {
            let quote = desk
                .clauses
                .get(id.as_str())
                .map(|clause| clause.text.get(locale).as_str());
            format!("{id}: {}", quote.unwrap_or_default())
        })
        .collect();
    section(pick("Vì sao", "Why"), rule.why.get(locale));
    section(pick("Căn cứ", "Basis"), &clauses.join("\n"));
    section(
        pick("Máy kiểm tra", "What the machine checks"),
        rule.checks.get(locale),
    );
    section(
        pick("Cần người xem", "What a person has to look at"),
        rule.not_checked.get(locale),
    );
    section(
        pick("Cách sửa", "How to mend it"),
        &rule.fix.get(locale).join("\n"),
    );
    text
}

fn test(desk: &Desk, context: &Context) -> Result<Exit, Failure> {
    let mut text = String::new();
    let (mut passed, mut failed) = (0, 0);
    for rule in desk.rulebook.rules() {
        for result in desk.rulebook.run_examples(&rule.id) {
            match &result.fault {
                None => passed += 1,
                Some(fault) => {
                    failed += 1;
                    let fault = fault.get(context.locale);
                    let _ = writeln!(text, "{} {}: {fault}", rule.id, result.pointer);
                }
            }
        }
    }
    let _ = writeln!(text, "{passed} passed, {failed} failed");
    check::write(None, text.as_bytes())?;
    Ok(if failed == 0 { Exit::Done } else { Exit::Found })
}

fn json(value: &impl serde::Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("rules are plain data");
    text.push('\n');
    text
}
