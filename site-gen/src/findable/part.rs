//! A part of an index, found in the site that is published or made.

use std::{borrow::Cow, ops::Range};

use search::{
    Entry, Stacking,
    index::{self, Effort, IndexError, Part},
};

use super::{Digests, Thing};
use crate::library::Library;

/// A part of an index, made or found.
pub(super) struct PartMade {
    pub(super) name: String,
    pub(super) part: Part,
    /// The digests of pages' entries that were made.
    pub(super) digests: Digests,
    pub(super) quotes: bool,
    /// What was there before, if this part was made of it.
    pub(super) before: Option<(String, Part)>,
    /// Whether it is one of the site that is published.
    pub(super) is_found: bool,
}

/// How parts are made.
#[derive(Clone, Copy)]
pub(super) struct Recipe<'a> {
    /// The program that makes them.
    pub(super) program: &'a str,
    /// How their cards are packed. It is in no name: what is published otherwise packed is not built upon.
    pub(super) effort: Effort,
    /// How many of their cards lie in one file.
    pub(super) stacking: Stacking,
}

impl Recipe<'_> {
    /// The name of the part whose entries have these digests.
    fn name(self, digests: &[[u8; 16]]) -> String {
        index::name(self.program, self.stacking, digests)
    }
}

impl PartMade {
    /// The part of some things; `published` finds one by its name.
    pub(super) fn of(
        library: &Library,
        things: &[Thing<'_>],
        recipe: Recipe<'_>,
        published: impl Fn(&str) -> Option<Part>,
    ) -> Result<Self, IndexError> {
        // One after the other: a thread that waited here for its share would begin another part meanwhile.
        let mut made = Made::default();
        let expected = things.iter().map(|thing| made.expected(library, thing));
        let expected: Vec<Expected<'_>> = expected.collect();
        let digests = expected.iter().flat_map(|expected| &expected.digests);
        let before = recipe.name(&digests.copied().collect::<Vec<_>>());
        if let Some(part) = published(&before) {
            return made.renewed(library, things, expected, recipe, (before, part));
        }
        let mut all = Vec::new();
        let mut entries: Vec<Cow<'_, Entry>> = Vec::new();
        for (thing, expected) in things.iter().zip(expected) {
            let (own, digests) = match (thing, expected.entries) {
                (_, Some(own)) => (own, expected.digests),
                (Thing::Made(entry), None) => (vec![Cow::Borrowed(&**entry)], expected.digests),
                (Thing::Page(..), None) => made.entries(library, thing),
            };
            all.extend(digests);
            entries.extend(own);
        }
        let name = recipe.name(&all);
        if name != before
            && let Some(part) = published(&name)
        {
            return Ok(made.found(name, part));
        }
        let part = Part::build(&entries, recipe.effort, recipe.stacking)?;
        Ok(made.into_part(name, part, None))
    }

    pub(super) fn without_segment(self) -> Self {
        let part = self.part.without_segment();
        Self { part, ..self }
    }
}

/// The digests of a thing's entries: as they were in the last build, where that is remembered, else as they are.
struct Expected<'a> {
    digests: Vec<[u8; 16]>,
    /// The entries of a page, if they had to be made for that.
    entries: Option<Vec<Cow<'a, Entry>>>,
}

/// What is noted while entries are made.
#[derive(Default)]
struct Made {
    digests: Digests,
    quotes: bool,
}

impl Made {
    fn expected<'a>(&mut self, library: &Library, thing: &'a Thing<'_>) -> Expected<'a> {
        if let Some(digests) = thing.digests_before() {
            return Expected {
                digests,
                entries: None,
            };
        }
        let (entries, digests) = self.entries(library, thing);
        Expected {
            digests,
            entries: Some(entries),
        }
    }

    /// The entries of a thing, and their digests.
    fn entries<'a>(
        &mut self,
        library: &Library,
        thing: &'a Thing<'_>,
    ) -> (Vec<Cow<'a, Entry>>, Vec<[u8; 16]>) {
        let (entries, quotes) = thing.entries(library);
        self.quotes |= quotes;
        let digests: Vec<_> = entries.iter().map(|entry| index::digest(entry)).collect();
        if let Thing::Page(page, _) = thing {
            let file = page.file.to_string_lossy().into_owned();
            self.digests.insert(file, digests.clone());
        }
        (entries, digests)
    }

    /// The part from the one that was there, only the entries of changed things being made.
    fn renewed(
        mut self,
        library: &Library,
        things: &[Thing<'_>],
        expected: Vec<Expected<'_>>,
        recipe: Recipe<'_>,
        before: (String, Part),
    ) -> Result<PartMade, IndexError> {
        let mut all = Vec::new();
        let mut changes: Vec<(Range<usize>, Vec<Cow<'_, Entry>>)> = Vec::new();
        let mut place = 0;
        for (thing, expected) in things.iter().zip(expected) {
            let places = place..place + expected.digests.len();
            place = places.end;
            if expected.entries.is_some() || thing.is_known() {
                all.extend(expected.digests);
                continue;
            }
            let (entries, digests) = self.entries(library, thing);
            if digests != expected.digests {
                changes.push((places, entries));
            }
            all.extend(digests);
        }
        if changes.is_empty() {
            return Ok(self.found(before.0, before.1));
        }
        let name = recipe.name(&all);
        let part = before.1.renewed(&changes, recipe.effort)?;
        Ok(self.into_part(name, part, Some(before)))
    }

    fn into_part(self, name: String, part: Part, before: Option<(String, Part)>) -> PartMade {
        PartMade {
            name,
            part,
            digests: self.digests,
            quotes: self.quotes,
            before,
            is_found: false,
        }
    }

    fn found(self, name: String, part: Part) -> PartMade {
        PartMade {
            is_found: true,
            ..self.into_part(name, part, None)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path, sync::Arc};

    use framework::Locale;

    use super::*;
    use crate::{
        BuildOptions,
        document::Page,
        findable::{Known, things},
        input::Input,
        last::{Text, Texts},
        library, project, read,
    };

    const RECIPE: Recipe<'static> = Recipe {
        program: "",
        effort: Effort::Quickly,
        stacking: Stacking::ALONE,
    };

    fn write(root: &Path, path: &str, text: &str) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// A project's library, and what it was made from.
    fn assembled(root: &Path) -> (Library, Vec<Arc<Page>>, Input) {
        let reading = read::since(root, &read::FOLDERS, read::Limits::default(), |_| None);
        let pages = project::pages(&reading.sources);
        let options = BuildOptions {
            root: root.to_owned(),
            out: root.join("public"),
            base_url: None,
            date: "2026-03-31".parse().expect("a day"),
            strict: false,
            compress: false,
        };
        let input = Input::of(&reading, &pages, &options).expect("digests");
        let (library, _) = library::assemble_pages(&reading.sources, pages.clone());
        (library, pages, input)
    }

    const B: &str = "content/vi/guide/b.md";

    /// What is made of a project on top of a part of it; `files` are those that changed since.
    fn on_top(root: &Path, texts: &Texts, files: &[&str], before: Option<&PartMade>) -> PartMade {
        let (library, ..) = assembled(root);
        let changed = files.iter().map(|file| (*file).to_owned()).collect();
        let known = Known {
            texts: Some(texts),
            changed: Some(&changed),
        };
        let find = |name: &str| {
            let before = before.filter(|before| before.name == name)?;
            Some(before.part.clone())
        };
        let now = things(&library, Locale::Vi, known);
        let now = PartMade::of(&library, &now, RECIPE, find).expect("a part");
        let anew = things(&library, Locale::Vi, Known::default());
        let anew = PartMade::of(&library, &anew, RECIPE, |_| None).expect("a part");
        assert_eq!(
            (&now.name, now.part.bytes()),
            (&anew.name, anew.part.bytes())
        );
        now
    }

    /// Pages that do not stand by themselves, the home page among them, are never remembered.
    #[test]
    fn a_part_is_brought_up_to_date_though_nothing_is_remembered_of_some_of_its_pages() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        write(root, "content/vi/index.md", "# Nhà\n\nMột từ.\n");
        for page in ["a", "b", "c"] {
            write(
                root,
                &format!("content/vi/guide/{page}.md"),
                &format!("# {page}\n\nHai từ.\n"),
            );
        }
        let (library, pages, input) = assembled(root);
        let before = things(&library, Locale::Vi, Known::default());
        let before = PartMade::of(&library, &before, RECIPE, |_| None).expect("a part");
        let texts = Text::all(&pages, &input, &before.digests);
        assert!(!texts.contains_key("content/vi/index.md"));
        let same = on_top(root, &texts, &[], Some(&before));
        assert!(same.is_found && same.before.is_none());

        // One entry gives way to several.
        let long = format!("## Phần\n\n{}\n\n", "Ba từ dài. ".repeat(200));
        write(root, B, &format!("# b\n\n{}", long.repeat(3)));
        let renewed = on_top(root, &texts, &[B], Some(&before));
        assert_eq!(
            renewed.before.map(|(name, _)| name),
            Some(before.name.clone())
        );
        assert!(
            renewed
                .digests
                .get(B)
                .is_some_and(|entries| entries.len() > 1)
        );
        assert!(!renewed.digests.contains_key("content/vi/guide/a.md"));
        assert!(!renewed.is_found);

        // The part is gone.
        let anew = on_top(root, &texts, &[B], None);
        assert!(anew.before.is_none() && !anew.is_found);
        assert_eq!(anew.digests.len(), 4);
    }
}
