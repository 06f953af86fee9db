//! Where an output folder stands, and what is done to single files in it.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use rustix::{
    fs::{CWD, RenameFlags},
    io::Errno,
};

/// The folder that an output folder stands in, and its name there.
pub(super) fn place_of(out: &Path) -> (PathBuf, String) {
    let name = out.file_name().map_or_else(
        || "public".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    );
    let parent = match out.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    (parent, name)
}

/// Where the last build into an output folder is remembered: beside it.
pub(crate) fn memory(out: &Path) -> PathBuf {
    let (parent, name) = place_of(out);
    parent.join(format!(".{name}.last"))
}

/// Makes a file that must be new: makes its folder, takes an old file of that name out of the way.
pub(super) fn make_anew<T>(path: &Path, make: impl Fn() -> io::Result<T>) -> io::Result<T> {
    match make() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            make()
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            make()
        }
        made => made,
    }
}

/// Removes a file and the folders it leaves empty.
pub(super) fn remove(root: &Path, path: &str) {
    let mut place = root.join(path);
    if fs::remove_file(&place).is_err() {
        return;
    }
    while place.pop() && place != root && fs::remove_dir(&place).is_ok() {}
}

/// Exchanges two folders in one step, or puts the first where there is none.
pub(super) fn exchange(new: &Path, place: &Path) -> io::Result<()> {
    if !place.exists() {
        return fs::rename(new, place);
    }
    match rustix::fs::renameat_with(CWD, new, CWD, place, RenameFlags::EXCHANGE) {
        // A file system that cannot exchange: renames, with a blink between them.
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => in_steps(new, place),
        exchanged => Ok(exchanged?),
    }
}

fn in_steps(new: &Path, place: &Path) -> io::Result<()> {
    let aside = new.with_extension("aside");
    fs::rename(place, &aside)?;
    if let Err(error) = fs::rename(new, place) {
        fs::rename(&aside, place)?;
        return Err(error);
    }
    fs::rename(&aside, new)
}
