//! The only reader of files: a project folder to [`Sources`], faults beside it.
//!
//! Accepted: regular files below `content/`, `rules/` and `themes/default/`. Refused by name: symbolic
//! links, pipes and other special files, hidden files. Text must be UTF-8; text that is not NFC is
//! normalised and reported, because the difference cannot be seen.

mod faults;

use std::{
    collections::BTreeMap,
    fs,
    io::Read as _,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::SystemTime,
};

use framework::Diagnostic;
use rayon::prelude::*;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc, is_nfc_quick};

use self::faults::{
    hidden, name_not_unicode, not_nfc, not_regular, not_utf8, same_name, too_deep, too_large,
    too_many, unreadable,
};
use crate::{
    late::{self, Known, Late, Mark},
    share,
    source::{self, Content, Source, Sources},
    translations,
};

/// What a project folder's files may be at most.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of one text file.
    pub text_bytes: u64,
    /// Bytes of the record of translations, which the program writes and which grows with the site.
    pub record_bytes: u64,
    /// Bytes of one picture, font or workbook.
    pub binary_bytes: u64,
    /// Files in all.
    pub files: usize,
    /// Folders inside folders.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            text_bytes: 4 << 20,
            record_bytes: 64 << 20,
            binary_bytes: 16 << 20,
            files: 200_000,
            depth: 32,
        }
    }
}

/// The folders of a whole project.
pub const FOLDERS: [&str; 3] = ["content", "rules", "themes/default"];

/// Reads some folders of a project (those that exist).
pub fn sources(root: &Path, folders: &[&str], limits: Limits) -> (Sources, Vec<Diagnostic>) {
    let reading = since(root, folders, limits, |_| None);
    (reading.sources, reading.faults)
}

/// Some folders of a project, of which some files need not have been read.
pub(crate) struct Reading {
    pub(crate) sources: Sources,
    pub(crate) faults: Vec<Diagnostic>,
    /// What the file system notes of files that the next build need not read, if that stays as it is.
    pub(crate) marks: BTreeMap<String, Mark>,
    broken: Arc<AtomicBool>,
}

impl Reading {
    /// Whether a file that was not read turned out to be another than it was taken for.
    pub(crate) fn is_broken(&self) -> bool {
        self.broken.load(Ordering::Acquire)
    }
}

/// The same, but for files of which all is noted as it is `known` from before: these are not read yet.
pub(crate) fn since(
    root: &Path,
    folders: &[&str],
    limits: Limits,
    known: impl Fn(&str) -> Option<Known> + Sync,
) -> Reading {
    let reader = Reader {
        root: root.into(),
        limits,
        now: SystemTime::now(),
        broken: Arc::default(),
    };
    let (files, mut faults) = walked(root, folders, limits);
    let files = files.par_iter().with_max_len(share::PAGES);
    let read: Vec<_> = files.map(|path| reader.file(path, known(path))).collect();
    let (mut sources, mut marks) = (Sources::default(), BTreeMap::new());
    for (source, mark, file_faults) in read {
        faults.extend(file_faults);
        let Some(source) = source else { continue };
        if sources.get(&source.path).is_some() {
            faults.push(same_name(&source.file()));
        } else {
            marks.extend(mark.map(|mark| (source.path.clone(), mark)));
            sources.insert(source);
        }
    }
    Reading {
        sources,
        faults,
        marks,
        broken: reader.broken,
    }
}

/// Reads what has to be read.
struct Reader {
    root: Arc<Path>,
    limits: Limits,
    /// When it began.
    now: SystemTime,
    broken: Arc<AtomicBool>,
}

impl Reader {
    /// A file, what is noted of it if that is to be remembered, and what is wrong with it.
    fn file(
        &self,
        path: &str,
        known: Option<Known>,
    ) -> (Option<Source>, Option<Mark>, Vec<Diagnostic>) {
        // Looked at before it is read: what is written meanwhile is noted as something else next time.
        let noted = fs::symlink_metadata(self.root.join(path)).ok();
        // A name that is written otherwise than on the disk is not remembered.
        let noted = noted.filter(|noted| noted.is_file() && is_nfc(path));
        let mark = noted.and_then(|noted| late::mark(&noted, self.now));
        let Some(known) = known.filter(|known| Some(known.mark) == mark) else {
            let (source, faults) = file(&self.root, path, self.limits);
            return (source, mark.filter(|_| faults.is_empty()), faults);
        };
        let (root, broken) = (Arc::clone(&self.root), Arc::clone(&self.broken));
        let late = Late::new(root, path.to_owned(), known.digest, broken);
        let source = Source {
            path: path.to_owned(),
            content: Content::Late(Arc::new(late)),
        };
        (Some(source), mark, Vec::new())
    }
}

/// The paths of all files in some folders, and what is wrong with them.
fn walked(root: &Path, folders: &[&str], limits: Limits) -> (Vec<String>, Vec<Diagnostic>) {
    let mut walk = Walk {
        root,
        limits,
        files: Vec::new(),
        faults: Vec::new(),
    };
    for folder in folders {
        let path = root.join(folder);
        if path.is_dir() {
            walk.folder(folder, depth(folder));
        } else if path.is_file() {
            walk.files.push((*folder).to_owned());
        }
    }
    (walk.files, walk.faults)
}

/// Reads what lies at a path now, as a walk of the whole project would find it: nothing, a file, or a
/// folder with all below it. What the walk passes over or refuses on the way is so here.
pub(crate) fn again(root: &Path, path: &str, limits: Limits) -> (Sources, Vec<Diagnostic>) {
    let nothing = |fault: Option<Diagnostic>| (Sources::default(), fault.into_iter().collect());
    for end in path
        .match_indices('/')
        .map(|(at, _)| at)
        .chain([path.len()])
    {
        let (part, is_last) = (&path[..end], end == path.len());
        let name = part.rsplit('/').next().unwrap_or_default();
        let kind = fs::symlink_metadata(root.join(part));
        let Some(kind) = kind.ok().filter(|_| !is_passed_over(name)) else {
            return nothing(None);
        };
        if name.starts_with('.') {
            return nothing(Some(hidden(part)));
        }
        if !kind.is_file() && !kind.is_dir() {
            return nothing(Some(not_regular(part, kind.is_symlink())));
        }
        if kind.is_file() && !is_last {
            return nothing(None);
        }
    }
    sources(root, &[path], limits)
}

/// Reads one file; `path` is relative to the root, parts joined by `/`.
pub fn file(root: &Path, path: &str, limits: Limits) -> (Option<Source>, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let content = match bytes(root, path, limits) {
        Ok(bytes) if is_text(path) => text(path, &bytes, &mut faults).map(Content::Text),
        Ok(bytes) => Some(Content::Binary(bytes.into())),
        Err(fault) => {
            faults.push(*fault);
            None
        }
    };
    // Some systems store names in NFD; addresses and links are NFC.
    let source = content.map(|content| Source {
        path: path.nfc().collect(),
        content,
    });
    (source, faults)
}

/// How many folders a folder lies below one of the project's.
fn depth(folder: &str) -> usize {
    let slashes = |path: &str| path.matches('/').count();
    let own = FOLDERS.iter().find(|own| folder.starts_with(**own));
    slashes(folder).saturating_sub(own.map_or(0, |own| slashes(own)))
}

struct Walk<'a> {
    root: &'a Path,
    limits: Limits,
    files: Vec<String>,
    faults: Vec<Diagnostic>,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &str, depth: usize) {
        if depth > self.limits.depth {
            return self.faults.push(too_deep(folder, self.limits.depth));
        }
        let entries = match fs::read_dir(self.root.join(folder)) {
            Ok(entries) => entries,
            Err(error) => return self.faults.push(unreadable(folder, &error)),
        };
        let mut names = Vec::new();
        for entry in entries {
            match entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))) {
                Ok((name, kind)) => match name.into_string() {
                    Ok(name) => names.push((name, kind)),
                    Err(name) => self
                        .faults
                        .push(name_not_unicode(folder, &name.to_string_lossy())),
                },
                Err(error) => self.faults.push(unreadable(folder, &error)),
            }
        }
        names.sort_unstable_by(|(left, _), (right, _)| left.cmp(right));
        for (name, kind) in names {
            let path = format!("{folder}/{name}");
            if is_passed_over(&name) {
                continue;
            }
            if name.starts_with('.') {
                self.faults.push(hidden(&path));
            } else if kind.is_dir() {
                self.folder(&path, depth + 1);
            } else if !kind.is_file() {
                self.faults.push(not_regular(&path, kind.is_symlink()));
            } else if self.files.len() < self.limits.files {
                self.files.push(path);
            } else {
                return self.faults.push(too_many(&path, self.limits.files));
            }
        }
    }
}

/// What editors, systems and version control leave behind, and nobody means as content.
pub(crate) fn is_passed_over(name: &str) -> bool {
    let swap = name.starts_with('.')
        && name
            .rsplit_once('.')
            .is_some_and(|(_, end)| end.len() == 3 && end.starts_with("sw"));
    swap || name.ends_with('~')
        || name.starts_with(".#")
        || (name.starts_with('#') && name.ends_with('#'))
        || name == "4913"
        || [
            ".DS_Store",
            ".git",
            ".gitignore",
            ".gitkeep",
            ".gitattributes",
            ".keep",
            ".editorconfig",
        ]
        .contains(&name)
}

fn is_text(path: &str) -> bool {
    [
        "md", "json", "toml", "html", "xml", "css", "js", "svg", "txt", "yaml", "yml", "csv",
    ]
    .contains(&source::extension(path).as_str())
}

/// Reads a regular file of bounded size. The bound holds even if the file grows while it is read.
fn bytes(root: &Path, path: &str, limits: Limits) -> Result<Vec<u8>, Box<Diagnostic>> {
    let limit = if path == translations::PATH {
        limits.record_bytes
    } else if is_text(path) {
        limits.text_bytes
    } else {
        limits.binary_bytes
    };
    let full = root.join(path);
    let kind = fs::symlink_metadata(&full).map_err(|error| Box::new(unreadable(path, &error)))?;
    if !kind.is_file() {
        return Err(Box::new(not_regular(path, kind.is_symlink())));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(kind.len().min(limit)).unwrap_or(0) + 1);
    fs::File::open(&full)
        .and_then(|file| file.take(limit + 1).read_to_end(&mut bytes))
        .map_err(|error| Box::new(unreadable(path, &error)))?;
    if bytes.len() as u64 > limit {
        return Err(Box::new(too_large(path, limit)));
    }
    Ok(bytes)
}

fn text(path: &str, bytes: &[u8], faults: &mut Vec<Diagnostic>) -> Option<Arc<str>> {
    let text = match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            faults.push(not_utf8(path, bytes, error.valid_up_to()));
            return None;
        }
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if is_composed(text.as_bytes()) || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return Some(Arc::from(text));
    }
    let composed: String = text.nfc().collect();
    if composed != text {
        let at = text
            .bytes()
            .zip(composed.bytes())
            .take_while(|(left, right)| left == right)
            .count();
        faults.push(not_nfc(path, text, at));
    }
    Some(composed.into())
}

/// Whether every character of a text is NFC whatever stands around it: Latin, Vietnamese, common punctuation.
/// Most texts hold nothing else, and are told many bytes at a stroke, without a look into the tables of Unicode.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "without a branch for each byte, many are looked at together"
)]
fn is_composed(text: &[u8]) -> bool {
    let after = |count: usize| text.get(count..).unwrap_or_default();
    // What begins a character of three bytes has two after it; of two bytes, U+0300 and beyond are told by one.
    let triples = text.iter().zip(after(1)).zip(after(2));
    let odd = triples.fold(false, |odd, ((first, second), third)| {
        let vietnamese = (*first == 0xE1) & (0xB8..=0xBB).contains(second);
        let punctuation = (*first == 0xE2) & (*second == 0x80) & (0x90..=0xA7).contains(third);
        odd | ((*first >= 0xCC) & !vietnamese & !punctuation)
    });
    !odd && text.iter().rev().take(2).all(|byte| *byte < 0xCC)
}

#[cfg(test)]
mod tests;
