//! `khung build`

use std::{
    io::{self, IsTerminal as _},
    path::PathBuf,
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use clap::ArgMatches;
use framework::Locale;
use site_gen::{BuildOptions, BuildReport, Progress};

use crate::{
    context::{self, Context},
    failure::{Exit, Failure},
};

pub(crate) fn run(arguments: &ArgMatches, context: &Context) -> Result<Exit, Failure> {
    let options = BuildOptions {
        root: context.root.clone(),
        out: arguments
            .get_one::<PathBuf>("out")
            .cloned()
            .unwrap_or_else(|| context.public()),
        base_url: arguments.get_one::<String>("base-url").cloned(),
        date: context::date(arguments)?,
        strict: arguments.get_flag("strict"),
        compress: !arguments.get_flag("no-compress"),
    };
    let (report, exit) = build(&options, context)?;
    if arguments.get_flag("timings") {
        for (stage, time) in &report.timings {
            eprintln!("{:>9.1} ms  {stage}", time.as_secs_f64() * 1000.0);
        }
    }
    Ok(exit)
}

/// Builds, and says what came of it.
pub(crate) fn build(
    options: &BuildOptions,
    context: &Context,
) -> Result<(BuildReport, Exit), Failure> {
    let start = Instant::now();
    let report = watched(options, context)?;
    context.print_faults(&report.diagnostics);
    let Some(published) = &report.published else {
        context.progress(
            "chưa dựng được trang; trang cũ được giữ nguyên",
            "the site was not built; the old one is untouched",
        );
        return Ok((report, Exit::Found));
    };
    if !context.quiet {
        let seconds = start.elapsed().as_secs_f64();
        let (pages, files, written) = (report.pages, published.files, published.written);
        let megabytes = format!(
            "{}.{}",
            published.bytes / 1_000_000,
            published.bytes / 100_000 % 10
        );
        let out = options.out.display();
        let languages = Locale::ALL.map(Locale::tag).join(", ");
        eprintln!(
            "khung: {}",
            match context.locale {
                Locale::Vi => format!(
                    "{out}: {pages} trang ({languages}), {files} tệp, {megabytes} MB, {written} tệp thay đổi, {seconds:.2} giây"
                ),
                Locale::En => format!(
                    "{out}: {pages} pages ({languages}), {files} files, {megabytes} MB, {written} files changed, {seconds:.2} s"
                ),
            }
        );
    }
    Ok((report, Exit::Done))
}

/// A build shorter than this needs no word while it runs.
const SHORT: Duration = Duration::from_secs(1);

/// How often the line of progress is written anew.
const STEP: Duration = Duration::from_millis(100);

/// Builds; on a terminal a line tells how far a longer build has come.
fn watched(options: &BuildOptions, context: &Context) -> Result<BuildReport, Failure> {
    let progress = Progress::default();
    let is_shown = !context.quiet && io::stderr().is_terminal();
    let (finished, finishing) = mpsc::channel::<()>();
    let built = thread::scope(|scope| {
        if is_shown {
            let progress = &progress;
            scope.spawn(move || show(progress, &finishing, context.locale));
        }
        let built = site_gen::build_watched(options, &progress);
        drop(finished);
        built
    });
    built.map_err(|error| Failure {
        exit: Exit::Unusable,
        message: error.message(),
    })
}

fn show(progress: &Progress, finishing: &mpsc::Receiver<()>, locale: Locale) {
    let mut patience = SHORT;
    while finishing.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
        let line = progress.line();
        eprint!("\r\x1b[Kkhung: {} …", line.get(locale));
        patience = STEP;
    }
    if patience == STEP {
        eprint!("\r\x1b[K");
    }
}
