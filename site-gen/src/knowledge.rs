//! What the checker in a reader's browser knows: rules, clauses and catalogue in one file, named
//! after its bytes. An edited rule is a new file here and no new module.

use std::{
    fmt,
    io::Write as _,
    sync::{Arc, OnceLock},
};

use checker::RuleText;
use flate2::{Compression, write::DeflateEncoder};

use crate::{project::Project, theme};

/// The file, made when it is first asked for: most changes in a preview never need it.
pub struct Knowledge {
    project: Arc<Project>,
    accepted: bool,
    file: OnceLock<(String, Vec<u8>)>,
}

impl Knowledge {
    /// Of rules that may still be wrong: whoever opens it checks them.
    pub(crate) fn of(project: &Arc<Project>) -> Self {
        Self {
            project: Arc::clone(project),
            accepted: false,
            file: OnceLock::new(),
        }
    }

    /// Of rules that are published only if they pass.
    pub(crate) fn accepted(project: &Arc<Project>) -> Self {
        Self {
            accepted: true,
            ..Self::of(project)
        }
    }

    /// Its public name below `/assets/`.
    pub fn public_name(&self) -> &str {
        &self.file().0
    }

    /// Raw deflate of the JSON, as the modules are packed.
    pub fn packed(&self) -> &[u8] {
        &self.file().1
    }

    fn file(&self) -> &(String, Vec<u8>) {
        self.file.get_or_init(|| {
            let project = &*self.project;
            let rules = project.rule_files.iter().map(|file| RuleText {
                path: (&*file.path).into(),
                text: (&*file.text).into(),
            });
            let knowledge =
                checker::Knowledge::of(rules.collect(), &project.clauses, &project.catalogue);
            let knowledge = checker::Knowledge {
                accepted: self.accepted,
                ..knowledge
            };
            let json = serde_json::to_vec(&knowledge)
                .expect("plain structs with string keys are always JSON");
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(9));
            let packed = encoder
                .write_all(&json)
                .and_then(|()| encoder.finish())
                .expect("a Vec takes everything");
            (theme::public_name("rules.bin", &packed), packed)
        })
    }
}

impl fmt::Debug for Knowledge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Knowledge")
            .field("made", &self.file.get().is_some())
            .finish_non_exhaustive()
    }
}
