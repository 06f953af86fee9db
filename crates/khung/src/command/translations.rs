//! `khung translations list|record`: which translations still fit the Vietnamese text.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::ArgMatches;
use framework::Diagnostic;
use site_gen::{
    document::Document,
    library::{self, Library},
    read,
    source::Sources,
    translations::{self, Records},
};

use crate::{
    context::Context,
    diagnostics,
    failure::{self, Exit, Failure},
};

/// The faults that this command is about; the others are for `khung build`.
const ABOUT_TRANSLATIONS: [&str; 3] = [
    "missing-translation",
    "stale-translation",
    "translation-not-recorded",
];

pub(crate) fn run(arguments: &ArgMatches, context: &Context) -> Result<Exit, Failure> {
    let (sources, mut faults) = read::sources(&context.root, &["content"], read::Limits::default());
    let (library, more) = library::assemble(&sources);
    faults.extend(more);
    match arguments.subcommand() {
        Some(("record", arguments)) => record(arguments, &library, &sources, context),
        _ => Ok(list(&sources, &faults, context)),
    }
}

fn list(sources: &Sources, faults: &[Diagnostic], context: &Context) -> Exit {
    let open: Vec<Diagnostic> = faults
        .iter()
        .filter(|fault| ABOUT_TRANSLATIONS.contains(&fault.code))
        .cloned()
        .collect();
    if sources.get(translations::PATH).is_none() {
        context.progress(
            "chưa ghi nhận bản dịch nào nên chưa theo dõi được; dùng: khung translations record",
            "no translation is recorded yet, so none is followed; use: khung translations record",
        );
    } else if open.is_empty() {
        context.progress(
            "mọi bản dịch đều khớp với bản tiếng Việt đã ghi nhận",
            "every translation fits the Vietnamese it was made from",
        );
    }
    if open.is_empty() {
        return Exit::Done;
    }
    print!("{}", diagnostics::render(&open, context.locale));
    Exit::Found
}

fn record(
    arguments: &ArgMatches,
    library: &Library,
    sources: &Sources,
    context: &Context,
) -> Result<Exit, Failure> {
    let (before, faults) = translations::recorded(sources, |_| true);
    if !faults.is_empty() {
        context.print_faults(&faults);
        return Err(Failure::unusable(
            format!("{}: chưa đọc được, không ghi đè", translations::PATH),
            format!("{}: cannot be read and is left alone", translations::PATH),
        ));
    }
    let before = before.unwrap_or_default();
    let files: Vec<&PathBuf> = arguments
        .get_many("files")
        .map(Iterator::collect)
        .unwrap_or_default();
    for &file in &files {
        if !translations::pages(library).any(|page| is_file(page, file, context)) {
            return Err(no_such_page(file));
        }
    }
    let chosen =
        |page: &Document| files.is_empty() || files.iter().any(|file| is_file(page, file, context));
    let after = translations::record(library, &before, chosen);
    save(&before, &after, context)?;
    Ok(Exit::Done)
}

/// Whether a path given on the command line names the file of a page: from the project folder, as
/// diagnostics print it, or from where the command runs.
fn is_file(page: &Document, path: &Path, context: &Context) -> bool {
    let from_here = |path: &Path| fs::canonicalize(path).ok();
    page.file == path
        || from_here(path)
            .is_some_and(|path| from_here(&context.root.join(&page.file)) == Some(path))
}

fn no_such_page(file: &Path) -> Failure {
    let file = file.display();
    Failure::unusable(
        format!("{file}: không phải trang có đủ hai thứ tiếng; xem: khung translations list"),
        format!("{file}: no page that stands in both languages; see: khung translations list"),
    )
}

fn save(before: &Records, after: &Records, context: &Context) -> Result<(), Failure> {
    let path = context.root.join(translations::PATH);
    let changed = after
        .iter()
        .filter(|(page, record)| before.get(*page) != Some(record))
        .count();
    let dropped = before
        .keys()
        .filter(|page| !after.contains_key(*page))
        .count();
    if before != after || !path.exists() {
        fs::write(&path, translations::text(after))
            .map_err(|error| failure::at_file(&path, &error))?;
    }
    let total = after.len();
    context.progress(
        &format!(
            "{}: {total} trang, {changed} trang ghi nhận lại, {dropped} trang bỏ",
            translations::PATH
        ),
        &format!(
            "{}: {total} pages, {changed} recorded anew, {dropped} dropped",
            translations::PATH
        ),
    );
    Ok(())
}
