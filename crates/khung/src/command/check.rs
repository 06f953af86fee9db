//! `khung check`

mod files;
mod shown;

use std::{
    io::{self, IsTerminal as _},
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

use clap::ArgMatches;
use framework::{Date, Severity};
use intake::{Hints, Limits};
use rayon::prelude::*;
use reporting::{
    Checked, Source, comparison::Comparison, csv, docx, github, html, json, junit, sarif, text,
};
use rulebook::{Options, Report, Submission, Verdict};

use crate::{
    context::{self, Context},
    desk::Desk,
    failure::{Exit, Failure},
};
pub(crate) use files::write;
use files::{baseline, expand, read};
use shown::{compared, style, summary};

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
    /// An earlier report to compare with.
    baseline: Option<Report>,
    /// Whether DOCX is a reviewer's letter and not an annex.
    letter: bool,
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
        baseline: arguments
            .get_one::<PathBuf>("baseline")
            .map(|path| baseline(path))
            .transpose()?,
        letter: arguments.get_flag("letter"),
    };
    let files = arguments.get_many::<PathBuf>("files").into_iter().flatten();
    let files = expand(files)?;
    let output = arguments.get_one::<PathBuf>("output").map(PathBuf::as_path);
    let (judged, exit) = if arguments.get_flag("merge") {
        task.judge_together(&files, |submissions| {
            let merged = intake::merge(submissions).into_iter().next();
            merged.map(|submission| Judged {
                report: task.desk.report(&submission, task.date, None),
                submission: Some(submission),
            })
        })
    } else if arguments.get_flag("portfolio") {
        task.judge_together(&files, |submissions| {
            let options = Options {
                bases: task.desk.bases.clone(),
                level: None,
            };
            let report = task
                .desk
                .rulebook
                .check_portfolio(&submissions, task.date, &options);
            Some(Judged {
                report,
                submission: None,
            })
        })
    } else {
        task.judge_all(&files)
    };
    if arguments.get_flag("summary") {
        write(output, summary(&judged, context).as_bytes())?;
    } else if !judged.is_empty() {
        write(output, &task.render(&judged)?)?;
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

impl Task<'_> {
    /// Each file by itself; on several files at once, in the order of the files. A bad file never
    /// stops the others.
    fn judge_all(&self, files: &[PathBuf]) -> (Vec<Judged>, Exit) {
        let progress = files.len() > 20 && !self.context.quiet && io::stderr().is_terminal();
        let done = AtomicUsize::new(0);
        let results: Vec<Result<Judged, Failure>> = files
            .par_iter()
            .map(|file| {
                let result = self.judge(file);
                let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                if progress && (done.is_multiple_of(10) || done == files.len()) {
                    eprint!("\r{done}/{} ", files.len());
                }
                result
            })
            .collect();
        if progress {
            eprintln!();
        }
        let mut exit = Exit::Done;
        let mut judged = Vec::with_capacity(results.len());
        for result in results {
            match result {
                Ok(one) => {
                    exit = exit.max(self.exit_of(&one.report));
                    judged.push(one);
                }
                Err(failure) => {
                    eprintln!("khung: {}", failure.line(self.context.locale));
                    exit = exit.max(failure.exit);
                }
            }
        }
        (judged, exit)
    }

    /// All files as one: merged into one submission, or as a portfolio. A file that cannot be read
    /// keeps a report of its own.
    fn judge_together(
        &self,
        files: &[PathBuf],
        together: impl Fn(Vec<Submission<'static>>) -> Option<Judged>,
    ) -> (Vec<Judged>, Exit) {
        let (judged, exit) = self.judge_all(files);
        let mut exit = if exit == Exit::Found {
            Exit::Done
        } else {
            exit
        };
        let (readable, mut shown): (Vec<_>, Vec<_>) =
            judged.into_iter().partition(|one| one.submission.is_some());
        let submissions = readable
            .into_iter()
            .filter_map(|one| one.submission)
            .collect();
        if let Some(one) = together(submissions) {
            exit = exit.max(self.exit_of(&one.report));
            shown.insert(0, one);
        }
        (shown, exit)
    }

    /// One document for one submission: an annex, or a letter of the reviewer.
    fn docx(&self, checked: &[Checked<'_>]) -> Result<Vec<u8>, Failure> {
        let [one] = checked else {
            return Err(Failure::unusable(
                "--format docx nhận một hồ sơ mỗi lần",
                "--format docx takes one submission at a time",
            ));
        };
        let paper = docx::Letterhead::default();
        let locale = self.context.locale;
        Ok(if self.letter {
            docx::letter(*one, &paper, locale)
        } else {
            docx::annex(*one, &paper, locale)
        })
    }

    fn judge(&self, file: &Path) -> Result<Judged, Failure> {
        let limits = Limits::default();
        let bytes = read(file, limits.bytes.max(limits.xml_bytes))?;
        let name = file.to_string_lossy();
        let hints = Hints {
            file: &name,
            media_type: None,
            catalogue: Some(&self.desk.catalogue),
            ..Hints::default()
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
        let comparison = match (&self.baseline, judged) {
            (Some(earlier), [one]) => Some(Comparison::between(earlier, &one.report)),
            _ => None,
        };
        let text = match self.format {
            "json" => json::render(&checked),
            "sarif" => sarif::render(&checked, locale, None),
            "junit" => junit::render(&checked, locale, self.fail_on),
            "html" => html::standalone(&checked, comparison.as_ref(), locale, None),
            "csv" => csv::render(&checked, locale, csv::Separator::Comma),
            "github" => github::render(&checked, locale),
            "docx" => return self.docx(&checked),
            _ => {
                let mut shown = text::render(&checked, locale, style());
                if let Some(comparison) = &comparison {
                    shown.push('\n');
                    shown.push_str(&compared(comparison, locale));
                }
                shown
            }
        };
        Ok(text.into_bytes())
    }
}
