//! The files `khung check` reads and writes, bounded and with clear faults.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

use rulebook::Report;

use crate::{
    context::Context,
    failure::{self, Exit, Failure},
};

/// Files of a folder that are meant as submissions, those included that only get advice.
const SUBMISSIONS: [&str; 10] = [
    "yaml",
    "yml",
    "json",
    "xlsx",
    "ods",
    "xml",
    "csv",
    "tsv",
    "xls",
    "archimate",
];
/// Folders in folders are followed so deep.
const DEEPEST: usize = 16;

/// Folders stand for the submissions in them, by name.
pub(super) fn expand<'a>(
    files: impl Iterator<Item = &'a PathBuf>,
    context: &Context,
) -> Result<Vec<PathBuf>, Failure> {
    let mut all = Vec::new();
    for file in files {
        if !file.is_dir() {
            all.push(file.clone());
            continue;
        }
        let mut found = Found::default();
        found.look_into(file, DEEPEST)?;
        if found.submissions.is_empty() {
            let shown = file.display();
            return Err(Failure::unusable(
                format!(
                    "{shown}: thư mục không có hồ sơ nào (.xlsx, .ods, .yaml, .json, .xml, .csv)"
                ),
                format!(
                    "{shown}: no submission in this folder (.xlsx, .ods, .yaml, .json, .xml, .csv)"
                ),
            ));
        }
        if found.others > 0 {
            let (shown, others) = (file.display(), found.others);
            context.progress(
                &format!("{shown}: bỏ qua {others} tệp không thuộc định dạng của hồ sơ"),
                &format!("{shown}: {others} files of other formats are left out"),
            );
        }
        all.append(&mut found.submissions);
    }
    Ok(all)
}

#[derive(Default)]
struct Found {
    submissions: Vec<PathBuf>,
    others: usize,
}

impl Found {
    /// Hidden files, and those that Excel and LibreOffice keep beside an open one, are no submissions.
    fn look_into(&mut self, folder: &Path, deepest: usize) -> Result<(), Failure> {
        let mut inside = Vec::new();
        for entry in fs::read_dir(folder).map_err(|error| failure::at_file(folder, &error))? {
            inside.push(entry.map_err(|error| failure::at_file(folder, &error))?);
        }
        inside.sort_by_key(fs::DirEntry::file_name);
        for entry in inside {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with('.') || name.starts_with("~$") {
                continue;
            }
            let path = entry.path();
            // A link to a folder is not followed: it could lead back here.
            let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
            if path.is_dir() {
                if !is_link && deepest > 0 {
                    self.look_into(&path, deepest - 1)?;
                }
                continue;
            }
            let extension = path.extension().and_then(|extension| extension.to_str());
            let extension = extension.unwrap_or_default().to_ascii_lowercase();
            if path.is_file() && SUBMISSIONS.contains(&extension.as_str()) {
                self.submissions.push(path);
            } else {
                self.others += 1;
            }
        }
        Ok(())
    }
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

/// The mapping file, if one is named. All its faults go to standard error.
pub(crate) fn mapping(
    path: Option<&Path>,
    context: &Context,
) -> Result<Option<intake::Mapping>, Failure> {
    let Some(path) = path else { return Ok(None) };
    let bytes = read(path, intake::Limits::default().bytes)?;
    let mapping = intake::Mapping::parse(&bytes, &path.to_string_lossy());
    mapping.map(Some).map_err(|faults| {
        context.print_faults(&faults);
        let shown = path.display();
        Failure {
            exit: Exit::Unusable,
            message: framework::Localized::text(
                format!("{shown}: tệp ánh xạ chưa dùng được; xem các lỗi ở trên"),
                format!("{shown}: the mapping file cannot be used; see the faults above"),
            ),
        }
    })
}

/// The bytes of a file or of standard input, never more than are looked at (and one, to tell).
pub(super) fn read(file: &Path, limit: usize) -> Result<Vec<u8>, Failure> {
    let limit = limit as u64 + 1;
    let mut bytes = Vec::new();
    let outcome = if file == Path::new("-") {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        fs::File::open(file).and_then(|file| {
            // Once: a buffer that doubles takes twice the memory of a large file.
            let size = file.metadata()?.len().min(limit);
            bytes.reserve_exact(usize::try_from(size).unwrap_or(0) + 1);
            file.take(limit).read_to_end(&mut bytes)
        })
    };
    outcome.map_err(|error| failure::at_file(file, &error))?;
    Ok(bytes)
}

/// Where results go.
pub(super) enum Place<'p> {
    /// A file of its own for each submission.
    Folder(&'p Path),
    /// One document.
    Whole,
}

impl<'p> Place<'p> {
    /// A folder that is there, or is named as one.
    pub(super) fn of(output: Option<&'p Path>) -> Self {
        match output {
            Some(path) if path.is_dir() || path.to_string_lossy().ends_with('/') => {
                Self::Folder(path)
            }
            _ => Self::Whole,
        }
    }
}

/// A result never takes the place of a file that is to be read, by whatever name both are called.
pub(super) fn refuse_to_write_over(
    files: &[PathBuf],
    output: Option<&Path>,
) -> Result<(), Failure> {
    let Some(there) = output.and_then(|output| output.canonicalize().ok()) else {
        return Ok(());
    };
    let is_there = |file: &PathBuf| file.canonicalize().is_ok_and(|file| file == there);
    let Some(file) = files.iter().find(|file| is_there(file)) else {
        return Ok(());
    };
    let file = file.display();
    Err(Failure::unusable(
        format!(
            "{file}: tệp này là hồ sơ cần kiểm tra nên không được ghi đè; đề nghị chọn tên khác cho --output"
        ),
        format!(
            "{file}: a file to be checked is not written over; please choose another name for --output"
        ),
    ))
}

/// Makes the folder for results, if it is not there.
pub(super) fn create(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| failure::at_file(folder, &error))
}

/// The names of results in one folder: those of the submissions, told apart by a number.
#[derive(Default)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    pub(super) fn of(&mut self, submission: &Path, extension: &str) -> String {
        let stem = submission.file_stem().unwrap_or_default().to_string_lossy();
        let stem = if stem == "-" { "stdin".into() } else { stem };
        let numbered = (2..).map(|number| format!("{stem}-{number}.{extension}"));
        let mut names = std::iter::once(format!("{stem}.{extension}")).chain(numbered);
        let name = names
            .find(|name| !self.0.contains(name))
            .expect("numbers do not end");
        self.0.insert(name.clone());
        name
    }
}

/// A result that is written bit by bit: to a file, or to standard output.
pub(super) struct Sink<'p> {
    path: &'p Path,
    output: Box<dyn io::Write + 'p>,
    is_open: bool,
}

impl<'p> Sink<'p> {
    pub(super) fn new(output: Option<&'p Path>) -> Result<Self, Failure> {
        let (path, output): (&Path, Box<dyn io::Write>) = match output {
            Some(path) => {
                let file = fs::File::create(path);
                let file = file.map_err(|error| failure::at_file(path, &error))?;
                (path, Box::new(io::BufWriter::new(file)))
            }
            None => (Path::new("-"), Box::new(io::stdout().lock())),
        };
        Ok(Self {
            path,
            output,
            is_open: true,
        })
    }

    /// Writes as it is. A closed pipe (`| head`) is no fault.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        if !self.is_open {
            return Ok(());
        }
        let written = self
            .output
            .write_all(bytes)
            .and_then(|()| self.output.flush());
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.is_open = false;
                Ok(())
            }
            written => written.map_err(|error| failure::at_file(self.path, &error)),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_in_one_folder_have_names_of_their_own() {
        let mut names = Names::default();
        let mut of = |path: &str| names.of(Path::new(path), "html");
        assert_eq!(of("a/ho-so.xlsx"), "ho-so.html");
        assert_eq!(of("b/ho-so.yaml"), "ho-so-2.html");
        assert_eq!(of("-"), "stdin.html");
    }
}
