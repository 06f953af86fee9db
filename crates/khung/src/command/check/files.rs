//! The files `khung check` reads and writes, bounded and with clear faults.

use std::{
    fs,
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

use rulebook::Report;

use crate::failure::{self, Failure};

/// Folders stand for the submissions in them, by name.
pub(super) fn expand<'a>(
    files: impl Iterator<Item = &'a PathBuf>,
) -> Result<Vec<PathBuf>, Failure> {
    let mut all = Vec::new();
    for file in files {
        if !file.is_dir() {
            all.push(file.clone());
            continue;
        }
        let mut inside = Vec::new();
        for entry in fs::read_dir(file).map_err(|error| failure::at_file(file, &error))? {
            let path = entry
                .map_err(|error| failure::at_file(file, &error))?
                .path();
            let known = ["yaml", "yml", "json", "xlsx", "ods", "xml", "csv"];
            let extension = path.extension().and_then(|extension| extension.to_str());
            if path.is_file() && extension.is_some_and(|extension| known.contains(&extension)) {
                inside.push(path);
            }
        }
        inside.sort();
        all.extend(inside);
    }
    Ok(all)
}

/// An earlier report, as `--format json` or the API wrote it.
pub(super) fn baseline(path: &Path) -> Result<Report, Failure> {
    let text = fs::read_to_string(path).map_err(|error| failure::at_file(path, &error))?;
    serde_json::from_str(&text).map_err(|error| {
        let path = path.display();
        Failure::unusable(
            format!("{path}: không phải báo cáo JSON của khung check ({error})"),
            format!("{path}: not a JSON report of khung check ({error})"),
        )
    })
}

/// The bytes of a file or of standard input, never more than are looked at (and one, to tell).
pub(super) fn read(file: &Path, limit: usize) -> Result<Vec<u8>, Failure> {
    let limit = limit as u64 + 1;
    let mut bytes = Vec::new();
    let outcome = if file == Path::new("-") {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        fs::File::open(file).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    outcome.map_err(|error| failure::at_file(file, &error))?;
    Ok(bytes)
}

/// Writes a result to a file, or to standard output. A closed pipe (`| head`) is no fault.
pub(crate) fn write(output: Option<&Path>, bytes: &[u8]) -> Result<(), Failure> {
    match output {
        Some(path) => fs::write(path, bytes).map_err(|error| failure::at_file(path, &error)),
        None => match io::stdout().lock().write_all(bytes) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(failure::at_file(Path::new("-"), &error))
            }
            _ => Ok(()),
        },
    }
}
