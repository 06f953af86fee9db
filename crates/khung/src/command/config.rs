//! `khung config check`

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use validator::config::Settings;

use crate::{
    context::Context,
    failure::{Exit, Failure},
};

pub(crate) fn run(arguments: &ArgMatches, context: &Context) -> Result<Exit, Failure> {
    let (_, arguments) = arguments.subcommand().expect("clap asks for a subcommand");
    let file = arguments.get_one::<PathBuf>("config").map(PathBuf::as_path);
    let resolved = validator::config::resolve(file, std::env::vars(), Settings::default())
        .map_err(|error| Failure {
            exit: Exit::Unusable,
            message: error.message(),
        })?;
    for name in &resolved.unknown_variables {
        eprintln!(
            "khung: {name}: {}",
            context.pick(
                "biến môi trường này không phải là thiết lập nào",
                "this environment variable is no setting"
            )
        );
    }
    print!("{}", resolved.config.to_toml());
    let named = file.map(Path::display).map(|file| file.to_string());
    context.progress(
        &format!(
            "cấu hình dùng được{}",
            named
                .as_ref()
                .map(|file| format!(": {file}"))
                .unwrap_or_default()
        ),
        &format!(
            "the configuration can be used{}",
            named.map(|file| format!(": {file}")).unwrap_or_default()
        ),
    );
    Ok(if resolved.unknown_variables.is_empty() {
        Exit::Done
    } else {
        Exit::Found
    })
}
