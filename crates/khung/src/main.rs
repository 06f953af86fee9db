//! `khung`: arguments in, exit code out. No logic of its own: each command reads its arguments,
//! calls the crate that knows, and prints what comes back.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line prints"
)]

mod arguments;
mod command;
mod context;
mod desk;
mod diagnostics;
mod failure;
mod language;

use std::{
    ffi::OsString,
    panic::{self, AssertUnwindSafe},
    process::ExitCode,
};

use clap::{ArgMatches, error::ErrorKind};
use framework::Locale;

use crate::{
    context::Context,
    failure::{Exit, Failure},
};

/// A judgement asks for memory six thousand times. Without huge pages, with which a server holds half as much
/// again at rest (docs/checking-speed.md). Version 2, kept beside version 3: that one gives a block whose size is no
/// power of two by a longer way, and often a larger one (docs/performance.md).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let locale = language::detect(&arguments, |name| std::env::var(name).ok());
    panic::set_hook(Box::new(move |fault| {
        eprintln!("{}", own_fault(locale, fault));
    }));
    // A panic is our fault, never the user's: it has an exit code of its own.
    match panic::catch_unwind(AssertUnwindSafe(|| run(arguments, locale))) {
        Ok(exit) => exit.into(),
        Err(_) => Exit::Bug.into(),
    }
}

fn run(arguments: Vec<OsString>, locale: Locale) -> Exit {
    let matches = match arguments::command(locale).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => return refuse(&error, locale),
    };
    match dispatch(&matches, locale) {
        Ok(exit) => exit,
        Err(failure) => {
            eprintln!("khung: {}", failure.line(locale));
            failure.exit
        }
    }
}

fn dispatch(matches: &ArgMatches, locale: Locale) -> Result<Exit, Failure> {
    let (name, arguments) = matches.subcommand().expect("clap asks for a subcommand");
    let context = Context::new(arguments, locale);
    match name {
        "build" => command::build::run(arguments, &context),
        "config" => command::config::run(arguments, &context),
        "check" => command::check::run(arguments, &context),
        "rules" => command::rules::run(arguments, &context),
        "template" => command::template::run(arguments, &context),
        "convert" => command::template::convert(arguments, &context),
        "search" => command::search::run(arguments, &context),
        "translations" => command::translations::run(arguments, &context),
        "preview" => command::preview::run(arguments, &context),
        "serve" => command::serve::run(arguments, &context),
        "package" => command::package::run(arguments, &context),
        "completions" => Ok(command::completions::run(arguments, locale)),
        other => unreachable!("clap knows no subcommand {other}"),
    }
}

/// Help and version are answers; anything else is a command line we cannot use.
fn refuse(error: &clap::Error, locale: Locale) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            print!(
                "{}",
                command::usage::localised(&error.render().to_string(), locale)
            );
            Exit::Done
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            eprint!(
                "{}",
                command::usage::localised(&error.render().to_string(), locale)
            );
            Exit::Unusable
        }
        _ => {
            eprintln!("khung: {}", command::usage::explain(error, locale));
            Exit::Unusable
        }
    }
}

fn own_fault(locale: Locale, fault: &panic::PanicHookInfo<'_>) -> String {
    let place = fault
        .location()
        .map(|place| format!("{}:{}", place.file(), place.line()));
    let place = place.unwrap_or_default();
    let why = fault.payload_as_str().unwrap_or_default();
    match locale {
        Locale::Vi => {
            format!(
                "khung: lỗi của chương trình tại {place} ({why}); đề nghị báo cho nhóm phát triển"
            )
        }
        Locale::En => format!("khung: a fault of the program at {place} ({why}); please report it"),
    }
}
