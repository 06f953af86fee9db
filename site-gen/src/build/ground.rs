//! What a build begins with.

use std::sync::Arc;

use crate::{
    build::BuildOptions,
    document::Page,
    input::Input,
    last::Last,
    project,
    read::{self, Reading},
};

/// A project's files, its pages not parsed yet, and the digests of it all.
pub(super) struct Read {
    pub(super) reading: Reading,
    pub(super) pages: Vec<Arc<Page>>,
    pub(super) input: Option<Input>,
}

impl Read {
    /// Reads what has to be read: what is as it was in the last build is only read when somebody asks for it.
    pub(super) fn of(options: &BuildOptions, last: Option<&Last>) -> Self {
        let known = |path: &str| last?.known(path);
        let limits = read::Limits::default();
        let reading = read::since(&options.root, &read::FOLDERS, limits, known);
        let pages = project::pages(&reading.sources);
        let input = Input::of(&reading, &pages, options);
        Self {
            reading,
            pages,
            input,
        }
    }
}
