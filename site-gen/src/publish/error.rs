//! Why a site could not be written, in one clear line.

use std::{io, path::PathBuf};

use framework::Localized;

/// Why a site could not be written. The old one is untouched.
#[derive(Debug)]
pub enum PublishError {
    /// The file system said no: disk full, read-only, no permission.
    Io(PathBuf, io::Error),
    /// The output folder holds something that is not a built site.
    NotASite(PathBuf),
    /// Another build of the same folder is running.
    Busy(PathBuf),
}

impl PublishError {
    /// One clear line in both languages.
    pub fn message(&self) -> Localized {
        match self {
            Self::Io(path, error) => {
                let path = path.display();
                let (vi, en) = match error.kind() {
                    io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                        ("hết chỗ trên đĩa", "the disk is full")
                    }
                    io::ErrorKind::ReadOnlyFilesystem => {
                        ("ổ đĩa chỉ cho đọc", "the file system is read-only")
                    }
                    io::ErrorKind::PermissionDenied => {
                        ("không có quyền ghi", "no permission to write")
                    }
                    _ => ("không ghi được", "it cannot be written"),
                };
                Localized::text(
                    format!("{path}: {vi} ({error}); trang cũ được giữ nguyên"),
                    format!("{path}: {en} ({error}); the old site is untouched"),
                )
            }
            Self::NotASite(path) => {
                let path = path.display();
                Localized::text(
                    format!(
                        "{path} có tệp nhưng không phải trang do khung dựng; hãy chọn thư mục khác hoặc dọn thư mục này"
                    ),
                    format!(
                        "{path} holds files but no site built by khung; choose another folder or clear this one"
                    ),
                )
            }
            Self::Busy(path) => {
                let path = path.display();
                Localized::text(
                    format!("một lần dựng khác đang ghi vào {path}"),
                    format!("another build is writing to {path}"),
                )
            }
        }
    }
}
