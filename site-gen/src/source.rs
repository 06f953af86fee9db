//! The files of a project folder, as values: what `read` hands to everything else.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use crate::{digest::Digest, late::Late};

/// All files read from a project folder, in the order of their paths whatever the folder's order.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: BTreeMap<String, Source>,
}

/// One file.
#[derive(Debug, Clone)]
pub struct Source {
    /// The path relative to the project folder, parts joined by `/`, in NFC.
    pub path: String,
    /// What it holds.
    pub content: Content,
}

/// What a file holds.
#[derive(Debug, Clone)]
pub enum Content {
    /// UTF-8 in NFC, without a byte order mark.
    Text(Arc<str>),
    /// The same of a file that was read by an earlier build, read again only when somebody asks what it says.
    Late(Arc<Late>),
    /// Anything else: pictures, fonts, workbooks.
    Binary(Arc<[u8]>),
}

impl Source {
    /// The text, if it is one.
    pub fn text(&self) -> Option<&Arc<str>> {
        self.content.text()
    }

    /// Whether it is read only when somebody asks for it.
    pub(crate) const fn is_late(&self) -> bool {
        matches!(self.content, Content::Late(_))
    }

    /// The digest of its text, if it is known without reading it.
    pub(crate) fn known_digest(&self) -> Option<Digest> {
        match &self.content {
            Content::Late(late) => Some(late.digest()),
            Content::Text(_) | Content::Binary(_) => None,
        }
    }

    /// What stands after the last full stop of its name, in lower case.
    pub fn extension(&self) -> String {
        extension(&self.path)
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        self.content.bytes()
    }

    /// The file's path as diagnostics name it.
    pub fn file(&self) -> PathBuf {
        PathBuf::from(&self.path)
    }
}

impl Content {
    /// The text, if it is one.
    pub(crate) fn text(&self) -> Option<&Arc<str>> {
        match self {
            Self::Text(text) => Some(text),
            Self::Late(late) => Some(late.text()),
            Self::Binary(_) => None,
        }
    }

    /// The bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Late(late) => late.text().as_bytes(),
            Self::Binary(bytes) => bytes,
        }
    }
}

/// What stands after the last full stop of a file's name, in lower case; empty if there is none.
pub(crate) fn extension(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.')
        .map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase())
}

impl Sources {
    /// Files by path.
    pub fn new(files: impl IntoIterator<Item = Source>) -> Self {
        Self {
            files: files
                .into_iter()
                .map(|source| (source.path.clone(), source))
                .collect(),
        }
    }

    /// The file at that path.
    pub fn get(&self, path: &str) -> Option<&Source> {
        self.files.get(path)
    }

    /// The text at that path.
    pub fn text(&self, path: &str) -> Option<&Arc<str>> {
        self.get(path)?.text()
    }

    /// All files below a folder (`content/vi/`), in order.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a Source> {
        self.files
            .range(folder.to_owned()..)
            .map(|(_, source)| source)
            .take_while(move |source| source.path.starts_with(folder))
    }

    /// All files, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.files.values()
    }

    /// Puts a file in, in place of one at the same path.
    pub fn insert(&mut self, source: Source) {
        self.files.insert(source.path.clone(), source);
    }

    /// Takes a file out.
    pub fn remove(&mut self, path: &str) -> Option<Source> {
        self.files.remove(path)
    }
}
