//! Changed paths into the parsed project: what was read, what that touches.

use std::{collections::BTreeMap, io::ErrorKind, sync::Arc, time::Instant};

use framework::{Diagnostic, DiagnosticLevel, Locale};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::{Touched, Workshop};
use crate::{
    address::Tail,
    document::{Block, Document},
    preview::watch::SECOND_LOOK,
    project, read,
    source::{self, Source},
    theme,
};

/// Faults by the path of their file.
pub(super) type Faults = BTreeMap<String, Vec<Diagnostic>>;

/// Faults under the paths of their files as the sources name them: in NFC.
pub(super) fn by_file(faults: impl IntoIterator<Item = Diagnostic>) -> Faults {
    let mut by_file = Faults::new();
    for fault in faults {
        let path = fault.file.to_string_lossy().nfc().collect();
        by_file.entry(path).or_default().push(fault);
    }
    by_file
}

impl Workshop {
    /// Brings a path up to date with what lies there now: a file, a folder with all below it, or nothing.
    pub(super) fn refresh(&mut self, path: &str, touched: &mut Touched) {
        let place = self.certain(path);
        let (found, faults) = read::again(&self.root, place, read::Limits::default());
        let mut faults = by_file(faults);
        for known in self.known_at(place) {
            if found.get(&known).is_none() {
                self.take_out(&known, touched);
            }
        }
        for source in found.iter() {
            let own = faults.remove(&source.path).unwrap_or_default();
            touched.faults |= note(&mut self.read_faults, &source.path, own);
            self.put(source, touched);
        }
        // Of what was refused only the faults are left.
        for (refused, faults) in faults {
            touched.faults |= note(&mut self.read_faults, &refused, faults);
        }
    }

    /// Whether a file that was there is gone so lately that its editor may be about to put it back: some take
    /// a file away before they write it anew. Readers would lose their place in a page that goes and comes.
    /// What goes in a storm is not waited for.
    pub(super) fn may_be_put_back(&mut self, path: &str, is_storm: bool) -> bool {
        let found = std::fs::symlink_metadata(self.root.join(path));
        let is_gone = found.is_err_and(|error| error.kind() == ErrorKind::NotFound);
        let path: String = path.nfc().collect();
        if is_storm || !is_gone || self.sources.get(&path).is_none() {
            self.gone.remove(&path);
            return false;
        }
        match self.gone.get(&path) {
            Some(since) if since.elapsed() >= SECOND_LOOK => {
                self.gone.remove(&path);
                false
            }
            Some(_) => true,
            None => {
                self.gone.insert(path, Instant::now());
                true
            }
        }
    }

    /// The path itself, or the folder above it that has to be read to be sure: two names on disk may
    /// be one in NFC, and only their folder tells which of them counts.
    fn certain<'p>(&self, path: &'p str) -> &'p str {
        let ends = path.match_indices('/').map(|(at, _)| at);
        for end in ends.chain([path.len()]) {
            let (folder, name) = path[..end].rsplit_once('/').unwrap_or(("", &path[..end]));
            if !(name.is_ascii() || is_nfc(name) && self.has_no_twin(folder, name)) {
                return &path[..folder.len()];
            }
        }
        path
    }

    /// Whether no other name in a folder is the same in NFC.
    fn has_no_twin(&self, folder: &str, name: &str) -> bool {
        let entries = std::fs::read_dir(self.root.join(folder));
        entries.into_iter().flatten().flatten().all(|entry| {
            let other = entry.file_name();
            let other = other.to_string_lossy();
            other == name || other.nfc().ne(name.chars())
        })
    }

    /// After events were lost: every file is compared with what is known.
    pub(super) fn refresh_all(&mut self, touched: &mut Touched) {
        for folder in read::FOLDERS {
            self.refresh(folder, touched);
        }
    }

    /// The paths at or below a place that are known or were refused.
    fn known_at(&self, place: &str) -> Vec<String> {
        let folder = format!("{place}/");
        let below = self.sources.below(&folder).map(|source| &source.path);
        let itself = self.sources.get(place).map(|source| &source.path);
        let refused = self
            .read_faults
            .keys()
            .filter(|path| *path == place || path.starts_with(&folder));
        itself
            .into_iter()
            .chain(below)
            .chain(refused)
            .cloned()
            .collect()
    }

    fn put(&mut self, source: &Source, touched: &mut Touched) {
        let path = &source.path;
        let known = self.sources.get(path);
        if known.is_some_and(|known| known.bytes() == source.bytes()) {
            return;
        }
        self.sources.insert(source.clone());
        if let Some(theme_file) = path.strip_prefix(theme::FOLDER) {
            touched.theme = true;
            touched.styles_only &= theme_file.starts_with("styles/");
        } else if let Some(locale) = page_locale(path) {
            self.put_page(locale, source, touched);
        } else {
            touched.data(path);
        }
    }

    fn put_page(&mut self, locale: Locale, source: &Source, touched: &mut Touched) {
        let Some(document) = project::page(locale, source) else {
            touched.structure = true;
            return;
        };
        let faults = document.faults();
        let broken = faults
            .iter()
            .any(|fault| fault.level == DiagnosticLevel::Error);
        touched.faults |= note(&mut self.page_faults, &source.path, faults.to_vec());
        if broken && self.documents.contains_key(&source.path) {
            // The last good page stays; the fault is shown over it.
            return;
        }
        let before = self
            .documents
            .insert(source.path.clone(), Arc::clone(&document));
        let anchor = before
            .as_deref()
            .and_then(|before| first_difference(before, &document));
        touched
            .place
            .get_or_insert_with(|| (locale, document.tail.clone(), anchor));
        let same_address = before
            .as_ref()
            .is_some_and(|before| before.tail == document.tail);
        if same_address && !touched.structure && self.may_replace(&document) {
            touched.pages.push(document);
        } else {
            touched.structure = true;
            touched.rules |= matches!(document.tail, Tail::Section(_));
        }
    }

    /// Whether a page can take the place of the one at its address without putting the library
    /// together again: clauses are made of sections, and of two files with one address the first counts.
    fn may_replace(&self, document: &Document) -> bool {
        let shown = self.library.document(document.locale, &document.tail);
        !matches!(document.tail, Tail::Section(_))
            && shown.is_some_and(|shown| shown.file == document.file)
    }

    fn take_out(&mut self, path: &str, touched: &mut Touched) {
        touched.faults |= note(&mut self.read_faults, path, Vec::new());
        touched.faults |= note(&mut self.page_faults, path, Vec::new());
        if self.sources.remove(path).is_none() {
            return;
        }
        if path.starts_with(theme::FOLDER) {
            touched.theme = true;
            touched.styles_only = false;
        } else if let Some(document) = self.documents.remove(path) {
            touched.structure = true;
            touched.rules |= matches!(document.tail, Tail::Section(_));
        } else {
            touched.data(path);
        }
    }
}

/// Faults of one file take the place of those it had; whether they differ.
fn note(all: &mut Faults, path: &str, faults: Vec<Diagnostic>) -> bool {
    let before = if faults.is_empty() {
        all.remove(path)
    } else {
        all.insert(path.to_owned(), faults)
    };
    before.as_deref().unwrap_or_default() != all.get(path).map_or(&[][..], Vec::as_slice)
}

/// The language of a page's file, if it is one.
fn page_locale(path: &str) -> Option<Locale> {
    Locale::ALL.into_iter().find(|locale| {
        source::extension(path) == "md" && path.starts_with(&format!("content/{locale}/"))
    })
}

/// The anchor nearest above the first block that differs, list items included.
fn first_difference(before: &Document, after: &Document) -> Option<String> {
    let flat = |document: &'_ Document| -> Vec<(Option<String>, String, usize)> {
        let blocks = document.blocks().iter().flat_map(Block::with_children);
        blocks
            .map(|block| (block.anchor.clone(), block.text.clone(), block.body.len()))
            .collect()
    };
    let (before, after) = (flat(before), flat(after));
    let mut anchor = None;
    for (index, block) in after.iter().enumerate() {
        // A list holds its items' words; the item itself comes next and is the better place.
        if block.0.is_some() {
            anchor.clone_from(&block.0);
        }
        let holds_more = block.2 == 0;
        if before.get(index) != Some(block) && !holds_more {
            return anchor;
        }
    }
    anchor
}
