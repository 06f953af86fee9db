//! `khung template` and `khung convert`

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use framework::AgencyLevel;
use intake::{Hints, Limits, OutputFormat};

use crate::{
    command::check,
    context::Context,
    failure::{self, Exit, Failure},
};

pub(crate) fn run(arguments: &ArgMatches, context: &Context) -> Result<Exit, Failure> {
    let word = |name| arguments.get_one::<String>(name).map_or("", String::as_str);
    let level = AgencyLevel::from_word(word("level")).expect("clap takes known levels only");
    let format = OutputFormat::from_word(word("format")).expect("clap takes known formats only");
    let desk = context.desk()?;
    let bytes = intake::template(level, format, &desk.catalogue, context.locale)
        .map_err(|fault| Failure::unusable(fault.to_string(), fault.to_string()))?;
    check::write(
        arguments.get_one::<PathBuf>("output").map(PathBuf::as_path),
        &bytes,
    )?;
    Ok(Exit::Done)
}

pub(crate) fn convert(arguments: &ArgMatches, context: &Context) -> Result<Exit, Failure> {
    let path = |name| {
        arguments
            .get_one::<PathBuf>(name)
            .expect("clap asks for both paths")
    };
    let (input, output) = (path("input"), path("converted"));
    let Some(format) = extension(output).and_then(OutputFormat::from_word) else {
        return Err(Failure::unusable(
            format!("{}: cần đuôi .yaml, .json hoặc .xlsx", output.display()),
            format!(
                "{}: it has to end in .yaml, .json or .xlsx",
                output.display()
            ),
        ));
    };
    let desk = context.desk()?;
    let bytes = std::fs::read(input).map_err(|error| failure::at_file(input, &error))?;
    let name = input.to_string_lossy();
    let mapping = check::mapping(
        arguments
            .get_one::<PathBuf>("mapping")
            .map(PathBuf::as_path),
        context,
    )?;
    let hints = Hints {
        file: &name,
        media_type: None,
        mapping: mapping.as_ref(),
        catalogue: Some(&desk.catalogue),
    };
    let submission = intake::read(&bytes, &hints, &Limits::default()).map_err(|fault| {
        let message = fault
            .faults()
            .into_iter()
            .next()
            .map(|fault| fault.message)
            .unwrap_or_default();
        Failure::unusable(
            format!("{name}: {}", message.vi),
            format!("{name}: {}", message.en),
        )
    })?;
    let bytes = intake::convert(&submission.root, format, &desk.catalogue, context.locale)
        .map_err(|fault| Failure::unusable(fault.to_string(), fault.to_string()))?;
    check::write(Some(output), &bytes)?;
    Ok(Exit::Done)
}

fn extension(path: &Path) -> Option<&str> {
    path.extension()?.to_str()
}
