//! What can be wrong with a file as a file, in words.

use std::{io, path::Path};

use framework::{Diagnostic, Localized};

pub(super) fn unreadable(path: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error(
        "unreadable-file",
        path,
        Localized::text(
            format!("Không đọc được: {error}"),
            format!("Cannot be read: {error}"),
        ),
    )
}

pub(super) fn not_regular(path: &str, is_link: bool) -> Diagnostic {
    let message = if is_link {
        Localized::text(
            "Không theo liên kết tượng trưng",
            "Symbolic links are not followed",
        )
    } else {
        Localized::text(
            "Không phải tệp thường (ống dẫn, ổ cắm hoặc thiết bị)",
            "Not a regular file (a pipe, socket or device)",
        )
    };
    Diagnostic::error("not-a-regular-file", path, message).hint(Localized::text(
        "Đặt bản sao của tệp vào đây hoặc xóa mục này",
        "Put a copy of the file here, or remove this entry",
    ))
}

pub(super) fn hidden(path: &str) -> Diagnostic {
    Diagnostic::error(
        "hidden-file",
        path,
        Localized::text("Không nhận tệp ẩn", "Hidden files are not accepted"),
    )
    .hint(Localized::text("Đổi tên hoặc xóa", "Rename or remove it"))
}

pub(super) fn too_large(path: &str, limit: u64) -> Diagnostic {
    let mib = limit >> 20;
    Diagnostic::error(
        "file-too-large",
        path,
        Localized::text(
            format!("Tệp lớn hơn {mib} MiB"),
            format!("The file is larger than {mib} MiB"),
        ),
    )
}

pub(super) fn too_many(path: &str, limit: usize) -> Diagnostic {
    Diagnostic::error(
        "too-many-files",
        path,
        Localized::text(
            format!("Quá {limit} tệp"),
            format!("More than {limit} files"),
        ),
    )
}

pub(super) fn too_deep(path: &str, limit: usize) -> Diagnostic {
    Diagnostic::error(
        "folders-too-deep",
        path,
        Localized::text(
            format!("Thư mục lồng nhau quá {limit} cấp"),
            format!("Folders nested more than {limit} levels deep"),
        ),
    )
}

pub(super) fn name_not_unicode(folder: &str, name: &str) -> Diagnostic {
    Diagnostic::error(
        "name-not-unicode",
        format!("{folder}/{name}"),
        Localized::text("Tên tệp không phải UTF-8", "The file's name is not UTF-8"),
    )
}

pub(super) fn same_name(path: &Path) -> Diagnostic {
    Diagnostic::error(
        "same-name-twice",
        path,
        Localized::text(
            "Hai tệp trùng tên, chỉ khác cách mã hóa dấu (NFC và NFD)",
            "Two files whose names differ only in how marks are encoded (NFC and NFD)",
        ),
    )
}

pub(super) fn not_utf8(path: &str, bytes: &[u8], valid: usize) -> Diagnostic {
    let before = String::from_utf8_lossy(&bytes[..valid]);
    Diagnostic::error(
        "not-utf-8",
        path,
        Localized::text(
            "Tệp không phải UTF-8 từ chỗ này",
            "The file is not UTF-8 from here on",
        ),
    )
    .at_bytes(&before, valid..valid)
    .hint(Localized::text(
        "Lưu lại với bảng mã Unicode UTF-8 (không dùng TCVN3, VNI, Windows-1258)",
        "Save it again as UTF-8 (not TCVN3, VNI or Windows-1258)",
    ))
}

pub(super) fn not_nfc(path: &str, text: &str, at: usize) -> Diagnostic {
    let mut start = at.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    Diagnostic::error(
        "not-nfc",
        path,
        Localized::text(
            "Chữ có dấu ở dạng tổ hợp rời (NFD)",
            "Letters with separate combining marks (NFD)",
        ),
    )
    .at_bytes(text, start..start)
    .hint(Localized::text(
        "Lưu lại ở dạng dựng sẵn (NFC); phần lớn bộ gõ tiếng Việt gọi là «Unicode dựng sẵn»",
        "Save it in composed form (NFC)",
    ))
}
