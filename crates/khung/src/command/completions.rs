//! `khung completions SHELL`

use clap::ArgMatches;
use framework::Locale;

use crate::{arguments, failure::Exit};

pub(crate) fn run(arguments: &ArgMatches, locale: Locale) -> Exit {
    let shell = *arguments
        .get_one::<clap_complete::Shell>("shell")
        .expect("clap asks for the shell");
    let mut command = arguments::command(locale);
    clap_complete::generate(shell, &mut command, "khung", &mut std::io::stdout());
    Exit::Done
}
