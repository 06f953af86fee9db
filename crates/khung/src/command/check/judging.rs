//! Files → reports, on several files at once, in the order in which the files were named. A bad file
//! never stops the others.

use std::{
    io::{self, IsTerminal as _},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

use intake::{Hints, Limits};
use rayon::prelude::*;
use rulebook::{Report, Submission};

use super::{Task, files::read};
use crate::{
    context::Context,
    failure::{Exit, Failure},
};

/// One file, judged; or several as one.
pub(super) struct Judged<'s> {
    pub(super) report: Report,
    /// What reports quote; nothing for a file that could not be read, and for a portfolio.
    pub(super) submission: Option<Submission<'s>>,
}

/// Judges submissions as one.
pub(super) type Together<'t> = dyn Fn(&[Submission<'static>]) -> Judged<'static> + 't;

/// One file, read; a report already if it cannot be.
type Opened<'s> = Result<Submission<'s>, Box<Report>>;

/// So many files are in hand at once: what is finished waits for those before it.
const IN_HAND: usize = 32;

impl Task<'_> {
    /// Judges each file by itself. `finish` is called where the file was judged, and keeps of it
    /// what is needed; `each` gets that in the order of the files. Both get its place among them.
    pub(super) fn judge_all<T: Send>(
        &self,
        files: &[PathBuf],
        finish: impl Fn(usize, Judged<'_>) -> T + Sync,
        mut each: impl FnMut(usize, T) -> Result<(), Failure>,
    ) -> Result<Exit, Failure> {
        let mut exit = Exit::Done;
        let judge = |index, file: &Path| {
            self.open(file, |opened| {
                let judged = match opened {
                    Ok(submission) => Judged {
                        report: self.desk.report(&submission, self.date, None),
                        submission: Some(submission),
                    },
                    Err(report) => Judged {
                        report: *report,
                        submission: None,
                    },
                };
                (self.exit_of(&judged.report), finish(index, judged))
            })
        };
        self.in_order(files, judge, |index, result| match result {
            Ok((of_file, kept)) => {
                exit = exit.max(of_file);
                each(index, kept)
            }
            Err(failure) => {
                exit = exit.max(failure.exit);
                Ok(())
            }
        })?;
        Ok(exit)
    }

    /// All files as one: merged into one submission, or as a portfolio. A file that cannot be read
    /// keeps a report of its own.
    pub(super) fn judge_together(
        &self,
        files: &[PathBuf],
        together: &Together<'_>,
    ) -> (Vec<Judged<'static>>, Exit) {
        let mut exit = Exit::Done;
        let (mut submissions, mut judged) = (Vec::new(), Vec::new());
        let opened = self.in_order(
            files,
            |_, file| self.open(file, |opened| opened.map(intake::owned)),
            |_, result| {
                match result {
                    Ok(Ok(submission)) => submissions.push(submission),
                    Ok(Err(report)) => judged.push(Judged {
                        report: *report,
                        submission: None,
                    }),
                    Err(failure) => exit = exit.max(failure.exit),
                }
                Ok(())
            },
        );
        debug_assert!(opened.is_ok(), "nothing above fails");
        if !submissions.is_empty() {
            judged.insert(0, together(&submissions));
        }
        let reports = judged.iter().map(|one| self.exit_of(&one.report));
        let exit = reports.fold(exit, Exit::max);
        (judged, exit)
    }

    /// Does something with every file, a few at once, and hands on what comes of it in order. A
    /// failure, and a panic that is our own fault, is told with the name of its file.
    fn in_order<T: Send>(
        &self,
        files: &[PathBuf],
        work: impl Fn(usize, &Path) -> Result<T, Failure> + Sync,
        mut each: impl FnMut(usize, Result<T, Failure>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let progress = Progress::new(files.len(), self.context);
        let indexed: Vec<(usize, &PathBuf)> = files.iter().enumerate().collect();
        for chunk in indexed.chunks(IN_HAND) {
            let results: Vec<(usize, Result<T, Failure>)> = chunk
                .par_iter()
                .map(|(index, file)| {
                    let result = catch_unwind(AssertUnwindSafe(|| work(*index, file)))
                        .unwrap_or_else(|_| Err(own_fault(file)));
                    progress.step();
                    (*index, result)
                })
                .collect();
            for (index, result) in results {
                if let Err(failure) = &result {
                    progress.pause();
                    eprintln!("khung: {}", failure.line(self.context.locale));
                }
                each(index, result)?;
            }
        }
        progress.finish();
        Ok(())
    }

    /// Reads a file and does something with it while its bytes are at hand.
    fn open<T>(&self, file: &Path, then: impl FnOnce(Opened<'_>) -> T) -> Result<T, Failure> {
        let limits = Limits::default();
        let bytes = read(file, limits.bytes.max(limits.xml_bytes))?;
        let name = file.to_string_lossy();
        let hints = Hints {
            file: &name,
            media_type: None,
            mapping: self.mapping.as_ref(),
            catalogue: Some(&self.desk.catalogue),
        };
        let opened = intake::read(&bytes, &hints, &limits)
            .map_err(|fault| Box::new(self.desk.unusable(&fault, &bytes, &name, self.date)));
        Ok(then(opened))
    }
}

fn own_fault(file: &Path) -> Failure {
    let file = file.display();
    Failure {
        exit: Exit::Bug,
        message: framework::Localized::text(
            format!("{file}: chương trình gặp lỗi của chính nó khi xử lý tệp này"),
            format!("{file}: the program failed on this file by a fault of its own"),
        ),
    }
}

/// How far the work has come, for a person who waits at a terminal.
struct Progress<'c> {
    context: &'c Context,
    all: usize,
    done: AtomicUsize,
    is_shown: bool,
}

impl<'c> Progress<'c> {
    /// Fewer files are done before anybody could read a line.
    const WORTH_SHOWING: usize = 20;

    fn new(all: usize, context: &'c Context) -> Self {
        Self {
            context,
            all,
            done: AtomicUsize::new(0),
            is_shown: all > Self::WORTH_SHOWING && !context.quiet && io::stderr().is_terminal(),
        }
    }

    fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if self.is_shown && (done.is_multiple_of(10) || done == self.all) {
            let (checked, files) = (
                self.context.pick("đã kiểm tra", "checked"),
                self.context.pick("tệp", "files"),
            );
            eprint!("\rkhung: {checked} {done}/{} {files} ", self.all);
        }
    }

    /// Clears the line for what is to be said.
    fn pause(&self) {
        if self.is_shown {
            eprint!("\r{:60}\r", "");
        }
    }

    fn finish(&self) {
        if self.is_shown {
            eprintln!();
        }
    }
}
