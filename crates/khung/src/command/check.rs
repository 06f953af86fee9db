//! `khung check`

use std::{
    fs,
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

use clap::ArgMatches;
use framework::{Date, Severity};
use intake::{Hints, Limits};
use reporting::{Checked, Source, csv, github, html, json, junit, sarif, text};
use rulebook::{Report, Submission, Verdict};

use crate::{
    context::{self, Context},
    desk::Desk,
    failure::{self, Exit, Failure},
};

/// One file, judged.
struct Judged {
    report: Report,
    submission: Option<Submission<'static>>,
}

/// What of the command line every file needs.
struct Task<'a> {
    desk: &'a Desk,
    context: &'a Context,
    date: Date,
    format: &'a str,
    fail_on: Option<Severity>,
}

pub(crate) fn run(arguments: &ArgMatches, context: &Context) -> Result<Exit, Failure> {
    let mut desk = context.desk()?;
    if let Some(bases) = arguments.get_many::<String>("basis") {
        let chosen: Vec<&String> = bases.collect();
        desk.bases
            .retain(|basis| chosen.iter().any(|word| *word == basis.as_str()));
    }
    let task = Task {
        desk: &desk,
        context,
        date: context::date(arguments)?,
        format: arguments
            .get_one::<String>("format")
            .map_or("text", String::as_str),
        fail_on: fail_on(arguments),
    };
    let files = arguments.get_many::<PathBuf>("files").into_iter().flatten();
    let files = expand(files)?;
    let mut exit = Exit::Done;
    let mut judged = Vec::with_capacity(files.len());
    for file in &files {
        match task.judge(file) {
            Ok(one) => {
                exit = exit.max(task.exit_of(&one.report));
                judged.push(one);
            }
            Err(failure) => {
                // A bad file never stops the others.
                eprintln!("khung: {}", failure.line(context.locale));
                exit = exit.max(failure.exit);
            }
        }
    }
    if !judged.is_empty() {
        let output = arguments.get_one::<PathBuf>("output");
        write(output.map(PathBuf::as_path), &task.render(&judged)?)?;
    }
    Ok(exit)
}

fn fail_on(arguments: &ArgMatches) -> Option<Severity> {
    let word = arguments
        .get_one::<String>("fail-on")
        .map_or("error", String::as_str);
    Severity::WORST_FIRST
        .into_iter()
        .find(|severity| severity.as_str() == word)
}

/// Folders stand for the submissions in them, by name.
fn expand<'a>(files: impl Iterator<Item = &'a PathBuf>) -> Result<Vec<PathBuf>, Failure> {
    let mut all = Vec::new();
    for file in files {
        if !file.is_dir() {
            all.push(file.clone());
            continue;
        }
        let mut inside = Vec::new();
        for entry in fs::read_dir(file).map_err(|error| failure::at_file(file, &error))? {
            let path = entry
                .map_err(|error| failure::at_file(file, &error))?
                .path();
            let known = ["yaml", "yml", "json", "xlsx", "ods", "xml", "csv"];
            let extension = path.extension().and_then(|extension| extension.to_str());
            if path.is_file() && extension.is_some_and(|extension| known.contains(&extension)) {
                inside.push(path);
            }
        }
        inside.sort();
        all.extend(inside);
    }
    Ok(all)
}

impl Task<'_> {
    fn judge(&self, file: &Path) -> Result<Judged, Failure> {
        let limits = Limits::default();
        let bytes = read(file, limits.bytes.max(limits.xml_bytes))?;
        let name = file.to_string_lossy();
        let hints = Hints {
            file: &name,
            media_type: None,
            catalogue: Some(&self.desk.catalogue),
        };
        Ok(match intake::read(&bytes, &hints, &limits) {
            Ok(submission) => Judged {
                report: self.desk.report(&submission, self.date, None),
                submission: Some(intake::owned(submission)),
            },
            Err(fault) => Judged {
                report: self.desk.unusable(&fault, &bytes, &name, self.date),
                submission: None,
            },
        })
    }

    fn exit_of(&self, report: &Report) -> Exit {
        if report.verdict == Verdict::Unusable {
            return Exit::Unusable;
        }
        let counts = [
            report.counts.framework,
            report.counts.law,
            report.counts.practice,
        ];
        let reaches = self.fail_on.is_some_and(|least| {
            counts.iter().any(|basis| {
                (Severity::Error >= least && basis.error > 0)
                    || (Severity::Warning >= least && basis.warning > 0)
                    || (Severity::Info >= least && basis.info > 0)
            })
        });
        if reaches { Exit::Found } else { Exit::Done }
    }

    fn render(&self, judged: &[Judged]) -> Result<Vec<u8>, Failure> {
        let sources: Vec<Source<'_>> = judged
            .iter()
            .map(|one| {
                one.submission
                    .as_ref()
                    .map_or_else(Source::none, Source::submission)
            })
            .collect();
        let checked: Vec<Checked<'_>> = judged
            .iter()
            .zip(&sources)
            .map(|(one, source)| {
                Checked::new(&one.report)
                    .with_source(source)
                    .with_rules(&self.desk.notes)
            })
            .collect();
        let locale = self.context.locale;
        let text = match self.format {
            "json" => json::render(&checked),
            "sarif" => sarif::render(&checked, locale, None),
            "junit" => junit::render(&checked, locale, self.fail_on),
            "html" => html::standalone(&checked, None, locale, None),
            "csv" => csv::render(&checked, locale, csv::Separator::Comma),
            "github" => github::render(&checked, locale),
            "docx" => {
                return Err(Failure::unusable(
                    "chưa có dạng docx",
                    "the format docx is not there yet",
                ));
            }
            _ => text::render(&checked, locale, style()),
        };
        Ok(text.into_bytes())
    }
}

fn style() -> text::Style {
    let columns = std::env::var("COLUMNS")
        .ok()
        .and_then(|columns| columns.parse().ok());
    text::Style {
        colour: context::is_coloured(),
        columns: columns.unwrap_or(100).clamp(40, 160),
    }
}

/// The bytes of a file or of standard input, never more than are looked at (and one, to tell).
fn read(file: &Path, limit: usize) -> Result<Vec<u8>, Failure> {
    let limit = limit as u64 + 1;
    let mut bytes = Vec::new();
    let outcome = if file == Path::new("-") {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        fs::File::open(file).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    outcome.map_err(|error| failure::at_file(file, &error))?;
    Ok(bytes)
}

/// Writes a result to a file, or to standard output. A closed pipe (`| head`) is no fault.
pub(crate) fn write(output: Option<&Path>, bytes: &[u8]) -> Result<(), Failure> {
    match output {
        Some(path) => fs::write(path, bytes).map_err(|error| failure::at_file(path, &error)),
        None => match io::stdout().lock().write_all(bytes) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(failure::at_file(Path::new("-"), &error))
            }
            _ => Ok(()),
        },
    }
}
