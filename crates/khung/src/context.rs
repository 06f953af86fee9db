//! What every command needs to know: the project folder, the reader's language, whether to be quiet.

use std::{
    io::IsTerminal as _,
    path::PathBuf,
    time::{SystemTime, UNIX_EPOCH},
};

use clap::ArgMatches;
use framework::{Date, Diagnostic, Locale};

use crate::{
    desk::{self, Desk},
    diagnostics,
    failure::{Exit, Failure},
};

/// What every command needs to know.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    /// The folder that holds `content/`, `rules/`, `themes/` and `public/`.
    pub(crate) root: PathBuf,
    /// The reader's language.
    pub(crate) locale: Locale,
    /// Whether to print no progress.
    pub(crate) quiet: bool,
}

impl Context {
    pub(crate) fn new(matches: &ArgMatches, locale: Locale) -> Self {
        Self {
            root: matches
                .get_one::<PathBuf>("root")
                .cloned()
                .unwrap_or_else(|| ".".into()),
            locale,
            quiet: matches.get_flag("quiet"),
        }
    }

    /// The words of the reader's language.
    pub(crate) fn pick<'a>(&self, vi: &'a str, en: &'a str) -> &'a str {
        match self.locale {
            Locale::Vi => vi,
            Locale::En => en,
        }
    }

    /// A line of progress, to standard error.
    pub(crate) fn progress(&self, vi: &str, en: &str) {
        if !self.quiet {
            eprintln!("khung: {}", self.pick(vi, en));
        }
    }

    /// All faults in authors' files, to standard error; warnings only if not quiet.
    pub(crate) fn print_faults(&self, faults: &[Diagnostic]) {
        if !self.quiet || diagnostics::has_errors(faults) {
            eprint!("{}", diagnostics::render(faults, self.locale));
        }
    }

    /// The compiled rules of the project folder.
    pub(crate) fn desk(&self) -> Result<Desk, Failure> {
        match Desk::open(&self.root) {
            Ok(desk) => {
                self.print_faults(&desk.warnings);
                Ok(desk)
            }
            Err(faults) => {
                self.print_faults(&faults);
                Err(Failure {
                    exit: Exit::Unusable,
                    message: desk::broken(),
                })
            }
        }
    }

    /// The built site.
    pub(crate) fn public(&self) -> PathBuf {
        self.root.join("public")
    }
}

/// Whether results for a person may be coloured: a terminal, and `NO_COLOR` not set.
pub(crate) fn is_coloured() -> bool {
    std::io::stdout().is_terminal()
        && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// The date asked for, or today's (UTC).
pub(crate) fn date(arguments: &ArgMatches) -> Result<Date, Failure> {
    if let Some(date) = arguments.get_one::<Date>("date") {
        return Ok(*date);
    }
    today()
}

/// Today's date (UTC).
pub(crate) fn today() -> Result<Date, Failure> {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    let days = i64::try_from(seconds / 86_400).unwrap_or_default();
    Date::from_days_since_epoch(days).ok_or_else(|| {
        Failure::unusable(
            "đồng hồ hệ thống nằm ngoài các năm 1970–9999; đề nghị nêu --date",
            "the system clock is outside the years 1970 to 9999; give --date",
        )
    })
}
