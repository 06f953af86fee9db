//! `khung check`

mod files;
mod judging;
mod shown;

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use framework::{Basis, Date, Severity};
use reporting::{
    Checked, Series,
    series::SeriesForm,
    summary::{self, Summary},
};
use rulebook::{Options, Report, Submission, Verdict};

use crate::{
    context::{self, Context},
    desk::Desk,
    failure::{Exit, Failure},
};
pub(crate) use files::mapping;
pub(crate) use files::write;
use files::{Place, baseline, expand, refuse_to_write_over};
use judging::{Judged, Together};

/// What of the command line every file needs.
struct Task<'a> {
    desk: &'a Desk,
    context: &'a Context,
    date: Date,
    format: &'a str,
    fail_on: Option<Severity>,
    /// The agency's own names for columns, properties and values.
    mapping: Option<intake::Mapping>,
    /// An earlier report to compare with.
    baseline: Option<Report>,
    /// Whether DOCX is a reviewer's letter and not an annex.
    letter: bool,
    /// Whether a person reads the result right here.
    on_screen: bool,
}

pub(crate) fn run(arguments: &ArgMatches, context: &Context) -> Result<Exit, Failure> {
    let mut desk = context.desk()?;
    if let Some(bases) = arguments.get_many::<String>("basis") {
        let chosen: Vec<&String> = bases.collect();
        desk.bases
            .retain(|basis: &Basis| chosen.iter().any(|word| *word == basis.as_str()));
    }
    let task = Task::new(arguments, &desk, context)?;
    let files = arguments.get_many::<PathBuf>("files").into_iter().flatten();
    let files = expand(files, context)?;
    let output = arguments.get_one::<PathBuf>("output").map(PathBuf::as_path);
    refuse_to_write_over(&files, output)?;
    let together: Option<&Together<'_>> = if arguments.get_flag("merge") {
        Some(&|submissions| task.merged(submissions))
    } else if arguments.get_flag("portfolio") {
        Some(&|submissions| task.portfolio(submissions))
    } else {
        None
    };
    let is_summary = arguments.get_flag("summary");
    match together {
        Some(together) => {
            let (judged, exit) = task.judge_together(&files, together);
            if is_summary {
                task.totals(judged.iter().map(|one| &one.report), output)?;
            } else {
                task.show(&judged, output)?;
            }
            Ok(exit)
        }
        None if is_summary => task.summary(&files, output),
        None => task.each(&files, output),
    }
}

impl<'a> Task<'a> {
    fn new(
        arguments: &'a ArgMatches,
        desk: &'a Desk,
        context: &'a Context,
    ) -> Result<Self, Failure> {
        let path = |name| arguments.get_one::<PathBuf>(name).map(PathBuf::as_path);
        Ok(Self {
            desk,
            context,
            date: context::date(arguments)?,
            format: arguments
                .get_one::<String>("format")
                .map_or("text", String::as_str),
            fail_on: fail_on(arguments),
            mapping: mapping(path("mapping"), context)?,
            baseline: path("baseline").map(baseline).transpose()?,
            letter: arguments.get_flag("letter"),
            on_screen: path("output").is_none(),
        })
    }

    /// Totals over all files. Every report is let go as soon as it is counted.
    fn summary(&self, files: &[PathBuf], output: Option<&Path>) -> Result<Exit, Failure> {
        let mut summary = Summary::default();
        let exit = self.judge_all(
            files,
            |_, judged| judged.report,
            |_, report| {
                summary.add(&report);
                Ok(())
            },
        )?;
        self.write_summary(&summary, output)?;
        Ok(exit)
    }

    fn totals<'r>(
        &self,
        reports: impl Iterator<Item = &'r Report>,
        output: Option<&Path>,
    ) -> Result<(), Failure> {
        let mut summary = Summary::default();
        reports.for_each(|report| summary.add(report));
        self.write_summary(&summary, output)
    }

    fn write_summary(&self, summary: &Summary, output: Option<&Path>) -> Result<(), Failure> {
        let text = match self.format {
            "json" => summary::json(summary),
            _ => summary::text(
                summary,
                &self.desk.notes,
                self.context.locale,
                self.style().columns,
            ),
        };
        write(output, text.as_bytes())
    }

    /// A report for each file: into a folder one by one, as they come where a format is a row of
    /// pieces, or all of them in one document.
    fn each(&self, files: &[PathBuf], output: Option<&Path>) -> Result<Exit, Failure> {
        let place = Place::of(output);
        if let Place::Folder(folder) = place {
            files::create(folder)?;
            let mut names = files::Names::default();
            return self.judge_all(
                files,
                |_, judged| {
                    (
                        judged.report.submission.file.clone(),
                        self.render(&[judged]),
                    )
                },
                |_, (file, bytes)| {
                    let name = names.of(Path::new(&file), shown::extension(self.format));
                    write(Some(&folder.join(name)), &bytes?)
                },
            );
        }
        match (self.series(), files) {
            (Some(form), [_, _, ..]) => self.one_after_the_other(form, files, output),
            (None, [_, _, ..]) => Err(shown::one_document_each()),
            // Shown where it was judged: the file itself need not be kept for it.
            _ => self.judge_all(
                files,
                |_, judged| self.render(&[judged]),
                |_, bytes| write(output, &bytes?),
            ),
        }
    }

    /// All reports in one document, each let go as soon as it is written.
    fn one_after_the_other(
        &self,
        form: SeriesForm,
        files: &[PathBuf],
        output: Option<&Path>,
    ) -> Result<Exit, Failure> {
        let locale = self.context.locale;
        let mut series = Series::new(form, locale);
        let mut sink = files::Sink::new(output)?;
        sink.write(series.before().as_bytes())?;
        let exit = self.judge_all(
            files,
            |index, judged| {
                let piece =
                    self.with_checked(&judged, |checked| form.piece(locale, index, checked));
                (judged.report, piece)
            },
            |index, (report, piece)| {
                let checked = Checked::new(&report).with_rules(&self.desk.notes);
                sink.write(series.add(index, checked, piece).as_bytes())
            },
        )?;
        sink.write(series.after().as_bytes())?;
        Ok(exit)
    }

    fn show(&self, judged: &[Judged<'_>], output: Option<&Path>) -> Result<(), Failure> {
        if judged.is_empty() {
            return Ok(());
        }
        write(output, &self.render(judged)?)
    }

    fn merged(&self, submissions: &[Submission<'static>]) -> Judged<'static> {
        let merged = intake::merge(submissions.to_vec());
        let submission = merged.expect("judged together are one submission or more");
        Judged {
            report: self.desk.report(&submission, self.date, None),
            submission: Some(submission),
        }
    }

    fn portfolio(&self, submissions: &[Submission<'static>]) -> Judged<'static> {
        let options = Options {
            bases: self.desk.bases.clone(),
            level: None,
        };
        let rulebook = &self.desk.rulebook;
        Judged {
            report: rulebook.check_portfolio(submissions, self.date, &options),
            submission: None,
        }
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
}

fn fail_on(arguments: &ArgMatches) -> Option<Severity> {
    let word = arguments
        .get_one::<String>("fail-on")
        .map_or("error", String::as_str);
    Severity::WORST_FIRST
        .into_iter()
        .find(|severity| severity.as_str() == word)
}
