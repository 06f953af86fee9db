//! Why a command could not do its work, and the exit code that follows.

use std::{fmt, process::ExitCode};

use framework::{Locale, Localized};

/// What a finished command tells the shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Done; nothing at or above `--fail-on`.
    Done = 0,
    /// Done; findings at or above `--fail-on`, or a build with errors.
    Found = 1,
    /// The input or the command line could not be used.
    Unusable = 2,
    /// Our own fault.
    Bug = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// A failure with its words in both languages.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    pub(crate) message: Localized,
}

impl Failure {
    /// Something the caller gave us cannot be used.
    pub(crate) fn unusable(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            exit: Exit::Unusable,
            message: Localized::text(vi, en),
        }
    }

    /// The one line for standard error.
    pub(crate) fn line(&self, locale: Locale) -> &str {
        self.message.get(locale)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message.vi)
    }
}

impl std::error::Error for Failure {}

/// A fault of the operating system at a file, in words.
pub(crate) fn at_file(path: &std::path::Path, error: &std::io::Error) -> Failure {
    use std::io::ErrorKind;
    let shown = path.display();
    let (vi, en) = match error.kind() {
        ErrorKind::NotFound => ("không tìm thấy tệp hoặc thư mục", "no such file or folder"),
        ErrorKind::PermissionDenied => ("không có quyền đọc hoặc ghi", "permission denied"),
        ErrorKind::IsADirectory => (
            "đây là thư mục, không phải tệp",
            "this is a folder, not a file",
        ),
        ErrorKind::StorageFull => ("ổ đĩa đã đầy", "the disk is full"),
        ErrorKind::ReadOnlyFilesystem => {
            ("hệ thống tệp chỉ cho đọc", "the file system is read-only")
        }
        _ => return Failure::unusable(format!("{shown}: {error}"), format!("{shown}: {error}")),
    };
    Failure::unusable(format!("{shown}: {vi}"), format!("{shown}: {en}"))
}
