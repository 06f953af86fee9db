//! The parsed project in memory, kept up to date file by file.
//!
//! An edit of one page costs one file read and parsed; the new library shares everything else with
//! the old one. What needs the whole project (dead links, stale translations) is looked at again once
//! the editor pauses, beside the work and not in its way.

use std::{
    collections::BTreeMap,
    fs,
    path::PathBuf,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use framework::{Diagnostic, DiagnosticLevel, Locale};

use super::{
    PreviewOptions,
    stage::{Change, News, Shown, Stage},
    watch::{Batch, Changes},
};
use crate::{
    address::Tail,
    document::{Block, Document},
    library::{self, Library},
    project, read,
    site::{Publication, Site},
    source::{Source, Sources},
    theme::{self, Theme},
};

/// How long an editor's pause is before the whole project is looked at again.
const PAUSE: Duration = Duration::from_millis(250);

/// How long to wait for a change when there is nothing left to do.
const IDLE: Duration = Duration::from_hours(1);

/// The project as it was last read, and what is shown of it.
pub(super) struct Workshop {
    root: PathBuf,
    publication: Publication,
    sources: Sources,
    /// The last good parse of every page, by path.
    documents: BTreeMap<String, Arc<Document>>,
    /// Faults of single files, by path.
    file_faults: BTreeMap<String, Vec<Diagnostic>>,
    theme_faults: Vec<Diagnostic>,
    library: Arc<Library>,
    theme: Arc<Theme>,
    stage: Arc<Stage>,
    /// Whether faults across files may have changed since they were last looked for.
    unchecked: bool,
}

/// What a batch of changes touched.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says what has to be made again"
)]
struct Touched {
    /// Pages that changed in themselves and keep their address.
    pages: Vec<Arc<Document>>,
    /// Where the first changed page differs first.
    place: Option<(Locale, Tail, Option<String>)>,
    theme: bool,
    styles_only: bool,
    structure: bool,
    faults: bool,
}

impl Touched {
    const fn nothing(&self) -> bool {
        self.pages.is_empty() && !self.theme && !self.structure && !self.faults
    }
}

impl Workshop {
    /// Reads the whole project.
    pub(super) fn open(options: &PreviewOptions) -> (Self, Arc<Stage>) {
        let start = Instant::now();
        let (sources, read_faults) =
            read::sources(&options.root, &read::FOLDERS, read::Limits::default());
        let (parsed, parse_faults) = project::parse_documents(&sources);
        let (library, across) = library::assemble_parsed(&sources, parsed.clone());
        let (theme, theme_faults) = Theme::parse(&sources);
        let publication = Publication {
            base_url: library.config.base_url.clone(),
            date: options.date,
        };
        let mut file_faults: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
        for fault in read_faults.into_iter().chain(parse_faults) {
            let path = fault.file.to_string_lossy().into_owned();
            file_faults.entry(path).or_default().push(fault);
        }
        let documents = parsed
            .into_iter()
            .map(|document| (document.file.to_string_lossy().into_owned(), document))
            .collect();
        let (library, theme) = (Arc::new(library), Arc::new(theme));
        let site = Site::new(
            Arc::clone(&library),
            Arc::clone(&theme),
            publication.clone(),
        );
        let stage = Arc::new(Stage::new(site));
        stage.set_across(across);
        let workshop = Self {
            root: options.root.clone(),
            publication,
            sources,
            documents,
            file_faults,
            theme_faults,
            library,
            theme,
            stage: Arc::clone(&stage),
            unchecked: false,
        };
        workshop.show(Change::Site, None, start);
        (workshop, stage)
    }

    /// Follows the changes until the watch ends.
    pub(super) fn work(mut self, changes: &Changes) {
        loop {
            let patience = if self.unchecked { PAUSE } else { IDLE };
            match changes.next(patience) {
                Ok(Some(batch)) => self.apply(batch),
                Ok(None) => self.check_all(),
                Err(_) => return,
            }
        }
    }

    /// Takes a batch of changes in and shows what came of it.
    pub(super) fn apply(&mut self, batch: Batch) {
        let start = Instant::now();
        let mut touched = Touched {
            styles_only: true,
            ..Touched::default()
        };
        match batch {
            Batch::Paths(paths) => {
                for path in paths {
                    self.refresh(&path, &mut touched);
                }
            }
            Batch::Everything => self.refresh_all(&mut touched),
        }
        if touched.nothing() {
            return;
        }
        if touched.theme {
            self.reload_theme();
        }
        if touched.structure {
            self.reassemble();
        } else if !touched.pages.is_empty() {
            let mut library = (*self.library).clone();
            for page in touched.pages.drain(..) {
                library = library.with_document(page);
            }
            self.library = Arc::new(library);
        }
        self.unchecked = true;
        let only_styles = touched.theme && touched.styles_only && !touched.structure;
        let change = if only_styles {
            Change::Styles
        } else {
            Change::Site
        };
        self.show(change, touched.place, start);
    }

    /// Brings one path up to date; a folder stands for all below it.
    fn refresh(&mut self, path: &str, touched: &mut Touched) {
        match fs::symlink_metadata(self.root.join(path)) {
            Ok(kind) if kind.is_dir() => self.refresh_folder(path, touched),
            Ok(_) => {
                let (source, faults) = read::file(&self.root, path, read::Limits::default());
                self.note_faults(path, faults, touched);
                match source {
                    Some(source) => self.put(&source, touched),
                    None => self.take_out(path, touched),
                }
            }
            Err(_) => {
                self.note_faults(path, Vec::new(), touched);
                self.take_out(path, touched);
                for below in self.paths_below(path) {
                    self.note_faults(&below, Vec::new(), touched);
                    self.take_out(&below, touched);
                }
            }
        }
    }

    fn refresh_folder(&mut self, folder: &str, touched: &mut Touched) {
        let (found, faults) = read::sources(&self.root, &[folder], read::Limits::default());
        for fault in faults {
            let path = fault.file.to_string_lossy().into_owned();
            self.note_faults(&path, vec![fault], touched);
        }
        for path in self.paths_below(folder) {
            if found.get(&path).is_none() {
                self.take_out(&path, touched);
            }
        }
        for source in found.iter() {
            self.put(source, touched);
        }
    }

    /// After events were lost: every file is compared with what is known.
    fn refresh_all(&mut self, touched: &mut Touched) {
        for folder in read::FOLDERS {
            self.refresh_folder(folder, touched);
        }
    }

    fn paths_below(&self, folder: &str) -> Vec<String> {
        let folder = format!("{folder}/");
        self.sources
            .below(&folder)
            .map(|source| source.path.clone())
            .collect()
    }

    /// Faults of one file take the place of those it had.
    fn note_faults(&mut self, path: &str, faults: Vec<Diagnostic>, touched: &mut Touched) {
        let before = self.file_faults.remove(path).unwrap_or_default();
        touched.faults |= before != faults;
        if !faults.is_empty() {
            self.file_faults.insert(path.to_owned(), faults);
        }
    }

    fn put(&mut self, source: &Source, touched: &mut Touched) {
        let path = source.path.clone();
        if self
            .sources
            .get(&path)
            .is_some_and(|known| known.bytes() == source.bytes())
        {
            return;
        }
        let locale = page_locale(&path);
        self.sources.insert(source.clone());
        if let Some(theme_file) = path.strip_prefix(theme::FOLDER) {
            touched.theme = true;
            touched.styles_only &= theme_file.starts_with("styles/");
        } else if let Some(locale) = locale {
            self.put_page(locale, source, touched);
        } else {
            touched.structure = true;
        }
    }

    fn put_page(&mut self, locale: Locale, source: &Source, touched: &mut Touched) {
        let Some(parsed) = project::parse_document(locale, source) else {
            touched.structure = true;
            return;
        };
        let broken = parsed
            .faults
            .iter()
            .any(|fault| fault.level == DiagnosticLevel::Error);
        self.note_faults(&source.path, parsed.faults, touched);
        if broken && self.documents.contains_key(&source.path) {
            // The last good page stays; the fault is shown over it.
            return;
        }
        let document = Arc::new(parsed.document);
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
        let is_clause_text = matches!(document.tail, Tail::Section(_));
        if same_address && !is_clause_text {
            touched.pages.push(document);
        } else {
            touched.structure = true;
        }
    }

    fn take_out(&mut self, path: &str, touched: &mut Touched) {
        if self.sources.remove(path).is_none() {
            return;
        }
        self.documents.remove(path);
        if path.starts_with(theme::FOLDER) {
            touched.theme = true;
            touched.styles_only = false;
        } else {
            touched.structure = true;
        }
    }

    /// A theme with faults does not take the place of a good one.
    fn reload_theme(&mut self) {
        let (theme, faults) = Theme::parse(&self.sources);
        if !has_errors(&faults) {
            self.theme = Arc::new(theme);
        }
        self.theme_faults = faults;
    }

    /// Puts the library together again. One whose data files have faults does not take the place of a
    /// good one.
    fn reassemble(&mut self) {
        let documents = self.documents.values().cloned().collect();
        let (library, across) = library::assemble_parsed(&self.sources, documents);
        let broken = across.iter().any(|fault| {
            fault.level == DiagnosticLevel::Error
                && fault
                    .file
                    .extension()
                    .is_none_or(|extension| extension != "md")
        });
        if !broken {
            self.library = Arc::new(library);
        }
        self.stage.set_across(across);
    }

    /// Looks for faults across files, beside the work: what it finds is shown when it is found.
    fn check_all(&mut self) {
        self.unchecked = false;
        let sources = self.sources.clone();
        let documents: Vec<_> = self.documents.values().cloned().collect();
        let stage = Arc::clone(&self.stage);
        let version = stage.shown().version;
        thread::spawn(move || {
            let (_, across) = library::assemble_parsed(&sources, documents);
            // A newer edit looks again by itself.
            if stage.shown().version == version {
                stage.set_across(across);
                stage.announce(News::faults(&stage.shown(), stage.faults().len()));
            }
        });
    }

    fn show(&self, change: Change, place: Option<(Locale, Tail, Option<String>)>, start: Instant) {
        let site = Site::new(
            Arc::clone(&self.library),
            Arc::clone(&self.theme),
            self.publication.clone(),
        );
        let own: Vec<Diagnostic> = self
            .file_faults
            .values()
            .flatten()
            .chain(&self.theme_faults)
            .cloned()
            .collect();
        let version = self.stage.shown().version + 1;
        self.stage.show(Shown {
            site,
            own_faults: Arc::new(own),
            version,
        });
        let took = start.elapsed();
        let news = News::changed(change, version, took, place, self.stage.faults().len());
        self.stage.announce(news);
    }
}

/// The language of a page's file, if it is one.
fn page_locale(path: &str) -> Option<Locale> {
    if std::path::Path::new(path)
        .extension()
        .is_none_or(|extension| extension != "md")
    {
        return None;
    }
    Locale::ALL
        .into_iter()
        .find(|locale| path.starts_with(&format!("content/{locale}/")))
}

fn has_errors(faults: &[Diagnostic]) -> bool {
    faults
        .iter()
        .any(|fault| fault.level == DiagnosticLevel::Error)
}

/// The anchor nearest above the first block that differs, list items included.
fn first_difference(before: &Document, after: &Document) -> Option<String> {
    let flat = |document: &'_ Document| -> Vec<(Option<String>, String, usize)> {
        let blocks = document.blocks.iter().flat_map(Block::with_children);
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::{address::Address, page};

    const PAGE: &str =
        "---\ntitle: Trang\n---\n\n# Trang\n\nMột đoạn.\n\n## Phần hai {#hai}\n\nĐoạn hai.\n";

    /// A copy of the real project with one more page pair.
    fn project() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let real = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        for part in read::FOLDERS {
            copy(&real.join(part), &folder.path().join(part));
        }
        for locale in Locale::ALL {
            write(
                folder.path(),
                &format!("content/{locale}/guide/thu.md"),
                PAGE,
            );
        }
        folder
    }

    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            let target = to.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                copy(&entry.path(), &target);
            } else {
                fs::copy(entry.path(), target).unwrap();
            }
        }
    }

    fn write(root: &Path, path: &str, text: &str) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn open(root: &Path) -> (Workshop, Arc<Stage>) {
        Workshop::open(&PreviewOptions {
            root: root.to_owned(),
            listen: ([127, 0, 0, 1], 0).into(),
            date: "2026-11-24".parse().unwrap(),
            editor: crate::preview::DEFAULT_EDITOR.to_owned(),
        })
    }

    fn shown(stage: &Stage, address: &str) -> String {
        let rendering = stage.render(&Address::parse(address).unwrap());
        String::from_utf8(rendering.artifact.unwrap().bytes).unwrap()
    }

    fn paths(paths: &[&str]) -> Batch {
        Batch::Paths(paths.iter().map(|path| (*path).to_owned()).collect())
    }

    /// Everything rendered from memory is what a fresh reading of the folder renders.
    fn assert_like_a_clean_start(root: &Path, stage: &Stage) {
        let (_, clean) = open(root);
        let (kept, fresh) = (stage.shown(), clean.shown());
        assert_eq!(kept.site.addresses(), fresh.site.addresses());
        for address in fresh.site.addresses() {
            let ours = page::render(&kept.site, &address).map(|artifact| artifact.bytes);
            let theirs = page::render(&fresh.site, &address).map(|artifact| artifact.bytes);
            assert_eq!(ours.ok(), theirs.ok(), "{address}");
        }
        assert_eq!(kept.own_faults, fresh.own_faults);
    }

    #[test]
    fn an_edited_paragraph_is_shown_and_its_place_is_told() {
        let folder = project();
        let (mut workshop, stage) = open(folder.path());
        let mut news = stage.listen();
        let edited = PAGE.replace("Đoạn hai.", "Đoạn hai đã sửa.");
        write(folder.path(), "content/vi/guide/thu.md", &edited);
        workshop.apply(paths(&["content/vi/guide/thu.md"]));
        assert!(shown(&stage, "/vi/guide/thu/").contains("Đoạn hai đã sửa."));
        let told = news.try_recv().unwrap();
        assert_eq!(told.address.as_deref(), Some("/vi/guide/thu/"));
        assert_eq!(told.anchor.as_deref(), Some("hai"));
    }

    #[test]
    fn a_fault_keeps_the_last_good_page_until_it_is_mended() {
        let folder = project();
        let (mut workshop, stage) = open(folder.path());
        let file = "content/vi/guide/thu.md";
        write(
            folder.path(),
            file,
            &PAGE.replace("Đoạn hai.", "<script>alert(1)</script>"),
        );
        workshop.apply(paths(&[file]));
        assert!(shown(&stage, "/vi/guide/thu/").contains("Đoạn hai."));
        assert!(
            stage
                .faults()
                .iter()
                .any(|fault| fault.file.ends_with("thu.md"))
        );
        write(folder.path(), file, &PAGE.replace("Đoạn hai.", "Đoạn ba."));
        workshop.apply(paths(&[file]));
        assert!(shown(&stage, "/vi/guide/thu/").contains("Đoạn ba."));
        assert!(
            !stage
                .shown()
                .own_faults
                .iter()
                .any(|fault| fault.file.ends_with("thu.md"))
        );
    }

    #[test]
    fn a_broken_template_keeps_the_theme_and_says_where() {
        let folder = project();
        let (mut workshop, stage) = open(folder.path());
        let before = shown(&stage, "/vi/");
        let template = "themes/default/templates/base.html";
        let text = fs::read_to_string(folder.path().join(template)).unwrap();
        write(folder.path(), template, &format!("{text}{{% if %}}"));
        workshop.apply(paths(&[template]));
        assert_eq!(shown(&stage, "/vi/"), before);
        assert!(stage.faults().iter().any(|fault| fault.code == "template"));
    }

    #[test]
    fn a_storm_of_changes_ends_where_a_clean_start_ends() {
        let folder = project();
        let (mut workshop, stage) = open(folder.path());
        for index in 0..300 {
            let page = PAGE.replace("Một đoạn.", &format!("Đoạn số {index}."));
            write(
                folder.path(),
                &format!("content/vi/guide/storm/p{index}.md"),
                &page,
            );
        }
        workshop.apply(paths(&["content/vi/guide/storm"]));
        for index in (0..300).step_by(2) {
            fs::remove_file(
                folder
                    .path()
                    .join(format!("content/vi/guide/storm/p{index}.md")),
            )
            .unwrap();
        }
        write(folder.path(), "content/vi/guide/storm/p1.md", PAGE);
        // The watch lost events: everything is compared.
        workshop.apply(Batch::Everything);
        assert_like_a_clean_start(folder.path(), &stage);
        fs::remove_dir_all(folder.path().join("content/vi/guide/storm")).unwrap();
        workshop.apply(paths(&["content/vi/guide/storm"]));
        assert_like_a_clean_start(folder.path(), &stage);
    }
}
