//! An index that was brought up to date is the one that is made from nothing, file by file.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use framework::{Catalogue, Locale};
use search::{
    Card, Entry, Glossary, Kind, Section, Shards, Source, Stacking, StaticFile,
    index::{self, Effort, Language, Part, Published, Replaced, Sort},
};

const PRIVATE: &str = "private/";
const ENTRIES: usize = 700;

/// As small and as large sites stack their cards: each alone, and four together.
fn stackings() -> [Stacking; 2] {
    [0, 5_000].map(Stacking::of)
}

/// Numbers that look random and are the same every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    /// A word: some are in most texts, others in few, and many are spelt in several ways.
    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 8] = ["kiến", "kien", "trúc", "số", "nền", "dữ", "liệu", "1"];
        let rank = self.below(30) * self.below(30);
        format!(
            "{}{}",
            SYLLABLES[rank % SYLLABLES.len()],
            if rank > 60 {
                rank.to_string()
            } else {
                String::new()
            }
        )
    }

    fn text(&mut self, words: usize) -> String {
        let words = 1 + self.below(words);
        let words: Vec<String> = (0..words).map(|_| self.word()).collect();
        words.join(" ")
    }

    fn entry(&mut self, number: usize) -> Entry {
        Entry {
            locale: Locale::Vi,
            url: format!("/vi/{number}/"),
            kind: Kind::Guide,
            title: self.text(4),
            breadcrumb: Vec::new(),
            code: None,
            layer: None,
            codes: Vec::new(),
            quotes: vec![format!("NT-{}", self.below(9))],
            aliases: vec![self.text(2)],
            sections: vec![Section {
                heading: self.text(3),
                paragraphs: vec![self.text(80), self.text(9)],
                ..Section::default()
            }],
            twin: None,
        }
    }
}

fn name(entries: &[Entry], stacking: Stacking) -> String {
    let digests: Vec<_> = entries.iter().map(index::digest).collect();
    index::name("", stacking, &digests)
}

fn built(entries: &[Entry], stacking: Stacking) -> Part {
    Part::build(entries, Effort::Well, stacking).unwrap()
}

fn parts(entries: &[Entry]) -> Vec<Range<usize>> {
    index::cut(entries.iter().map(|entry| entry.url.as_str()))
}

fn language(entries: &[Entry], stacking: Stacking) -> Language {
    let built = parts(entries).into_iter().map(|range| {
        let entries = &entries[range];
        (name(entries, stacking), built(entries, stacking))
    });
    Language::new(Locale::Vi, built.collect(), &glossary())
}

fn glossary() -> Glossary {
    Glossary::from_catalogue(&Catalogue::default())
}

fn by_path(files: Vec<StaticFile<'_>>) -> BTreeMap<String, Vec<u8>> {
    let files = files.into_iter();
    files
        .map(|file| (file.path, file.bytes.into_owned()))
        .collect()
}

fn all_files(language: &Language) -> BTreeMap<String, Vec<u8>> {
    let records = Sort::ALL.map(|sort| language.records(sort));
    by_path(language.all_files(PRIVATE, &[], records.into()))
}

/// Other texts for some entries; the index is brought up to date, unless it cannot be.
fn edited(
    entries: &mut [Entry],
    numbers: &mut Numbers,
    files: &BTreeMap<String, Vec<u8>>,
    stacking: Stacking,
) -> Option<BTreeMap<String, Vec<u8>>> {
    let before = entries.to_vec();
    for _ in 0..=numbers.below(3) {
        let number = numbers.below(entries.len());
        let other = numbers.entry(number);
        match numbers.below(3) {
            0 => entries[number] = other,
            1 => entries[number].sections = other.sections,
            _ => entries[number].sections[0].paragraphs[1] = other.title,
        }
    }
    let (mut renewed, mut replaced) = (Vec::new(), Vec::new());
    for (place, range) in parts(entries).into_iter().enumerate() {
        let part = built(&before[range.clone()], stacking);
        let changes = range
            .clone()
            .filter(|number| entries[*number] != before[*number]);
        let changes = changes.map(|number| {
            let inside = number - range.start;
            (inside..inside + 1, vec![entries[number].clone()])
        });
        let changes: Vec<_> = changes.collect();
        let now = part.renewed(&changes, Effort::Well).unwrap();
        let anew = built(&entries[range.clone()], stacking);
        assert_eq!(now.bytes(), anew.bytes());
        renewed.push((name(&entries[range.clone()], stacking), now));
        if !changes.is_empty() {
            replaced.push(Replaced {
                place,
                name: name(&before[range], stacking),
                part,
            });
        }
    }
    let language = Language::new(Locale::Vi, renewed, &glossary());
    let published = Published::read(&language, PRIVATE, |path| files.get(path).cloned()).unwrap();
    if !language.is_renewal_of(&published, &replaced) {
        return None;
    }
    let changes = Sort::ALL.map(|sort| language.changes(&replaced, sort));
    let renewed = language
        .renewed(PRIVATE, &published, &replaced, &changes)
        .unwrap();
    let mut files = files.clone();
    for path in &renewed.gone {
        assert!(files.remove(path).is_some(), "{path}");
    }
    files.extend(by_path(renewed.files));
    Some(files)
}

#[test]
fn what_is_brought_up_to_date_is_what_is_made_from_nothing() {
    for stacking in stackings() {
        let mut numbers = Numbers(7);
        let mut entries: Vec<Entry> = (0..ENTRIES).map(|number| numbers.entry(number)).collect();
        assert!(parts(&entries).len() > 3);
        let mut files = all_files(&language(&entries, stacking));
        let mut renewed = 0;
        for _ in 0..20 {
            let updated = edited(&mut entries, &mut numbers, &files, stacking);
            files = all_files(&language(&entries, stacking));
            let Some(updated) = updated else { continue };
            renewed += 1;
            assert!(updated.keys().eq(files.keys()));
            for (path, bytes) in &files {
                assert!(updated[path] == *bytes, "{path} differs");
            }
        }
        assert!(renewed > 15, "{renewed} of 20");
    }
}

#[test]
fn a_part_takes_more_and_fewer_entries() {
    for stacking in stackings() {
        let mut numbers = Numbers(3);
        let entries: Vec<Entry> = (0..42).map(|number| numbers.entry(number)).collect();
        let part = built(&entries, stacking);
        for (range, count) in [
            (0..1, 3),
            (41..42, 2),
            (40..42, 0),
            (7..9, 1),
            (12..12, 1),
            (12..12, 4),
            (3..20, 0),
            (0..42, 0),
        ] {
            let come: Vec<Entry> = (0..count)
                .map(|number| numbers.entry(100 + number))
                .collect();
            let mut now = entries.clone();
            now.splice(range.clone(), come.clone());
            let renewed = part.renewed(&[(range, come)], Effort::Well).unwrap();
            assert_eq!(renewed.bytes(), built(&now, stacking).bytes());
        }
    }
}

#[test]
fn what_was_published_otherwise_is_not_built_upon() {
    let mut numbers = Numbers(5);
    let entries: Vec<Entry> = (0..60).map(|number| numbers.entry(number)).collect();
    let language = language(&entries, Stacking::of(0));
    let files = all_files(&language);
    let read = |damage: &str| {
        Published::read(&language, PRIVATE, |path| {
            let bytes = files.get(path)?;
            let length = if path.ends_with(damage) {
                bytes.len() / 2
            } else {
                bytes.len()
            };
            Some(bytes[..length].to_vec())
        })
        .unwrap()
    };
    let none = Sort::ALL.map(|sort| language.changes(&[], sort));
    assert!(language.is_renewal_of(&read("nothing"), &[]));
    assert!(
        language
            .renewed(PRIVATE, &read("nothing"), &[], &none)
            .is_some()
    );
    assert!(!language.is_renewal_of(&read("/parts"), &[]));
    for damaged in ["/pieces", "vi.bin"] {
        assert!(
            language
                .renewed(PRIVATE, &read(damaged), &[], &none)
                .is_none()
        );
    }
}

/// What a browser makes of its files is what was put in, whatever lies together.
#[test]
fn every_card_is_found_in_its_stack() {
    let mut numbers = Numbers(11);
    let entries: Vec<Entry> = (0..200).map(|number| numbers.entry(number)).collect();
    let mut counts = Vec::new();
    for stacking in stackings() {
        let files = all_files(&language(&entries, stacking));
        let unpacked = |path: &str| {
            let mut plain = Vec::new();
            let mut decoder = flate2::write::DeflateDecoder::new(&mut plain);
            std::io::Write::write_all(&mut decoder, &files[path]).unwrap();
            decoder.finish().unwrap();
            plain
        };
        let mut shards = Shards::default();
        assert!(shards.open(&unpacked("search/vi.bin")));
        let (mut names, mut urls) = (BTreeSet::new(), Vec::new());
        for document in 0..shards.documents() {
            let path = format!("assets/search-vi/{}.bin", shards.card_name(document));
            shards.load_card(document, unpacked(&path));
            let text = shards.card(document);
            // Between two parts numbers may stand for nothing.
            if !text.is_empty() {
                urls.push(Card::parse(&text).url.to_owned());
            }
            names.insert(path);
        }
        assert!(urls.iter().eq(entries.iter().map(|entry| &entry.url)));
        let cards = files
            .keys()
            .filter(|path| path.starts_with("assets/search-vi/c"));
        assert!(names.iter().eq(cards));
        counts.push(names.len());
    }
    let [alone, together] = counts[..] else {
        panic!("two")
    };
    assert_eq!(alone, entries.len());
    assert!((50..60).contains(&together), "{together}");
}
