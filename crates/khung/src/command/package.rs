//! `khung package`: site, program, rules and one page of instructions in one file, for a machine
//! without a network.

use std::{
    ffi::OsStr,
    fs::{self, File},
    io::{self, BufWriter, Seek, Write},
    path::{Path, PathBuf},
};

use clap::ArgMatches;
use framework::Date;
use site_gen::BuildOptions;
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use crate::{
    command::build,
    context::{self, Context},
    failure::{self, Exit, Failure},
};

/// The folder inside the package.
const FOLDER: &str = "khung-offline";
/// What of the project goes in: all that `khung serve` and `khung check` read, and the built site.
const PARTS: [&str; 4] = ["content", "rules", "themes", "public"];
/// The checker in one file, beside the program under names that say what it is.
const ALONE: [(&str, &str); 2] = [
    ("kiem-tra-ho-so.html", "public/vi/offline.html"),
    ("check-submission.html", "public/en/offline.html"),
];
/// One page, Vietnamese first.
const INSTRUCTIONS: (&str, &str) = ("HUONG-DAN.html", include_str!("package/instructions.html"));

pub(crate) fn run(arguments: &ArgMatches, context: &Context) -> Result<Exit, Failure> {
    let output = arguments
        .get_one::<PathBuf>("output")
        .expect("clap gives a default");
    let date = context::date(arguments)?;
    let options = BuildOptions {
        root: context.root.clone(),
        out: context.public(),
        base_url: None,
        date,
        strict: false,
        compress: true,
    };
    let (_, exit) = build::build(&options, context)?;
    if exit == Exit::Found {
        return Ok(exit);
    }
    let program = std::env::current_exe().map_err(|error| {
        Failure::unusable(
            format!("không tìm thấy tệp chương trình: {error}"),
            format!("the program's own file was not found: {error}"),
        )
    })?;
    let files = files(&context.root, output)?;
    let size = write(output, &program, &context.root, &files, date)?;
    let count = files.len() + ALONE.len() + 2;
    let megabytes = format!("{}.{}", size / 1_000_000, size / 100_000 % 10);
    let shown = output.display();
    context.progress(
        &format!("{shown}: {count} tệp, {megabytes} MB"),
        &format!("{shown}: {count} files, {megabytes} MB"),
    );
    Ok(Exit::Done)
}

/// The files that go in, relative to the project, in the order of their paths.
fn files(root: &Path, output: &Path) -> Result<Vec<PathBuf>, Failure> {
    let output = fs::canonicalize(output).ok();
    let mut files = Vec::new();
    for part in PARTS {
        collect(root, Path::new(part), output.as_deref(), &mut files)?;
    }
    files.sort();
    Ok(files)
}

/// Hidden files stay out, but for the server's own part of the site; links are not followed.
fn collect(
    root: &Path,
    folder: &Path,
    output: Option<&Path>,
    files: &mut Vec<PathBuf>,
) -> Result<(), Failure> {
    let full = root.join(folder);
    let entries = fs::read_dir(&full).map_err(|error| failure::at_file(&full, &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| failure::at_file(&full, &error))?;
        let name = entry.file_name();
        let kind = entry
            .file_type()
            .map_err(|error| failure::at_file(&entry.path(), &error))?;
        let of_server = folder == Path::new("public") && name == OsStr::new(".khung");
        if name.as_encoded_bytes().starts_with(b".") && !of_server {
            continue;
        }
        let inside = folder.join(&name);
        if kind.is_dir() {
            collect(root, &inside, output, files)?;
        } else if kind.is_file() {
            let is_output =
                output.is_some() && fs::canonicalize(entry.path()).ok().as_deref() == output;
            files.extend((!is_output).then_some(inside));
        }
    }
    Ok(())
}

/// Writes beside the place and moves there: what lies there is whole, or is what lay there before.
fn write(
    output: &Path,
    program: &Path,
    root: &Path,
    files: &[PathBuf],
    date: Date,
) -> Result<u64, Failure> {
    let folder = output
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let draft = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))
        .map_err(|error| failure::at_file(output, &error))?;
    let mut package = Package::new(BufWriter::new(draft), date);
    let (name, text) = INSTRUCTIONS;
    let written = package
        .bytes(name, text.as_bytes())
        .and_then(|()| package.program(program))
        .map_err(|error| failure::at_file(output, &error));
    written?;
    let alone = ALONE.map(|(name, file)| (name.to_owned(), PathBuf::from(file)));
    let named = files
        .iter()
        .map(|file| (name_in_package(file), file.clone()));
    for (name, file) in alone.into_iter().chain(named) {
        let full = root.join(file);
        package
            .file(&name, &full)
            .map_err(|error| failure::at_file(&full, &error))?;
    }
    let draft = package
        .finish()
        .map_err(|error| failure::at_file(output, &error))?;
    let file = draft
        .persist(output)
        .map_err(|error| failure::at_file(output, &error.error))?;
    readable(&file).map_err(|error| failure::at_file(output, &error))
}

/// A temporary file is for its owner's eyes; the package is to be handed on. Answers with its size.
fn readable(file: &File) -> io::Result<u64> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        file.set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    Ok(file.metadata()?.len())
}

/// Parts joined by `/`, whatever the system joins them by.
fn name_in_package(file: &Path) -> String {
    let parts = file
        .components()
        .map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

/// A package that is being written.
struct Package<W: Write + Seek> {
    zip: ZipWriter<W>,
    options: SimpleFileOptions,
}

impl Package<BufWriter<tempfile::NamedTempFile>> {
    fn finish(self) -> io::Result<tempfile::NamedTempFile> {
        let writer = self.zip.finish().map_err(io::Error::from)?;
        writer.into_inner().map_err(io::IntoInnerError::into_error)
    }
}

impl<W: Write + Seek> Package<W> {
    /// Every file carries the day of the package, so that the same input gives the same bytes.
    fn new(writer: W, date: Date) -> Self {
        let day = DateTime::from_date_and_time(date.year(), date.month(), date.day(), 0, 0, 0);
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            // The format begins with 1980.
            .last_modified_time(day.unwrap_or_default())
            .unix_permissions(0o644);
        Self {
            zip: ZipWriter::new(writer),
            options,
        }
    }

    fn bytes(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.zip
            .start_file(format!("{FOLDER}/{name}"), self.options)?;
        self.zip.write_all(bytes)
    }

    fn file(&mut self, name: &str, path: &Path) -> io::Result<()> {
        self.copy(name, path, self.options)
    }

    fn program(&mut self, path: &Path) -> io::Result<()> {
        self.copy("khung", path, self.options.unix_permissions(0o755))
    }

    fn copy(&mut self, name: &str, path: &Path, options: SimpleFileOptions) -> io::Result<()> {
        let mut file = File::open(path)?;
        self.zip.start_file(format!("{FOLDER}/{name}"), options)?;
        io::copy(&mut file, &mut self.zip).map(drop)
    }
}
