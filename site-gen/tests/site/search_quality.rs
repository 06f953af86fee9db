//! Judged queries over the real content: does search find what people mean, however they type it?
//!
//! `search/judged.json` and `search/holdout.json` were written from the reader's side, before anything
//! was tuned; the second later than the first, as a measure of how far the tuning holds for other
//! queries. A query counts by the rank of the first page that answers it (MRR) and by whether one
//! stands among the first five.

use std::{collections::BTreeMap, fmt::Write as _, io::Read as _, path::Path};

use framework::Locale;
use search::{
    Answer, Filter, Query, Shards, answer,
    index::{self, Index},
};
use serde::Deserialize;
use site_gen::{findable, library, read};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Judged {
    id: String,
    class: String,
    ui: Locale,
    q: String,
    /// Pages and clauses that answer the query, by the last part of their address.
    expect: Vec<String>,
}

#[derive(Default)]
struct Score {
    queries: u32,
    reciprocal_ranks: f64,
    among_five: u32,
}

impl Score {
    fn add(&mut self, rank: Option<usize>) {
        self.queries += 1;
        // Ranks are small.
        self.reciprocal_ranks +=
            rank.map_or(0.0, |rank| 1.0 / f64::from(u32::try_from(rank).unwrap()));
        self.among_five += u32::from(rank.is_some_and(|rank| rank <= 5));
    }

    fn mrr(&self) -> f64 {
        self.reciprocal_ranks / f64::from(self.queries)
    }

    fn recall(&self) -> f64 {
        f64::from(self.among_five) / f64::from(self.queries)
    }
}

/// `ii-3-4-3` of `/vi/framework/ii-3-4/#ii-3-4-3`, `ndc` of `/vi/components/ndc/`.
fn last_part(url: &str) -> &str {
    match url.split_once('#') {
        Some((_, anchor)) => anchor,
        None => url.trim_end_matches('/').rsplit('/').next().unwrap(),
    }
}

fn index() -> Index {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let (sources, _) = read::sources(root, &read::FOLDERS, read::Limits::default());
    let (library, _) = library::assemble(&sources);
    index::build(&findable::entries(&library), &findable::glossary(&library)).unwrap()
}

fn judged() -> Vec<Judged> {
    serde_json::from_str(include_str!("../search/judged.json")).unwrap()
}

fn holdout() -> Vec<Judged> {
    serde_json::from_str(include_str!("../search/holdout.json")).unwrap()
}

/// The shards of one language, loaded as a browser loads them.
struct Browser<'a> {
    locale: Locale,
    files: &'a BTreeMap<String, Vec<u8>>,
    shards: Shards,
    /// What came over the wire, packed as it lies on the host.
    bytes: usize,
}

impl<'a> Browser<'a> {
    fn open(files: &'a BTreeMap<String, Vec<u8>>, locale: Locale) -> Self {
        let packed = &files[&format!("search/{locale}.bin")];
        let head = unpacked(packed);
        let mut shards = Shards::default();
        assert!(shards.open(&head));
        Self {
            locale,
            files,
            shards,
            bytes: packed.len(),
        }
    }

    fn ask(&mut self, query: &str) -> Answer {
        loop {
            self.shards.forget_wanted();
            let found = answer(&mut self.shards, query, Filter::default(), 0, 20);
            if self.shards.wanted().is_empty() {
                return found;
            }
            for number in self.shards.wanted().to_vec() {
                let name = self.shards.shard_name(number as usize);
                let path = format!("assets/search-{}/{name}.bin", self.locale);
                self.bytes += self.files[&path].len();
                self.shards
                    .load_shard(number as usize, unpacked(&self.files[&path]));
            }
        }
    }
}

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    flate2::read::DeflateDecoder::new(bytes)
        .read_to_end(&mut plain)
        .unwrap();
    plain
}

#[test]
fn the_server_and_the_browser_answer_alike() {
    let index = index();
    let exported = index.export();
    let files = exported
        .into_iter()
        .map(|file| (file.path, file.bytes.into_owned()))
        .collect();
    for locale in Locale::ALL {
        let mut browser = Browser::open(&files, locale);
        // Every judged query in both languages, and each as it looks while it is being typed.
        for query in judged().into_iter().chain(holdout()) {
            let typed: String = query.q.chars().take(query.q.chars().count() - 1).collect();
            for text in [&query.q, &typed] {
                let here = browser.ask(text);
                let there = index.answer(&Query::new(text, locale).limit(20));
                assert_eq!(here.hits, there.hits, "{text:?}");
                assert_eq!(
                    (here.total, here.kinds),
                    (there.total, there.kinds),
                    "{text:?}"
                );
                assert_eq!(here.did_you_mean, there.did_you_mean, "{text:?}");
                assert_eq!(here.completions, there.completions, "{text:?}");
            }
        }
    }
}

#[test]
fn a_first_answer_needs_little_of_the_index() {
    let index = index();
    let exported = index.export();
    let files = exported
        .into_iter()
        .map(|file| (file.path, file.bytes.into_owned()))
        .collect();
    let mut all: Vec<usize> = Vec::new();
    for query in judged().into_iter().chain(holdout()) {
        let mut browser = Browser::open(&files, query.ui);
        // The panel shows five.
        for hit in browser.ask(&query.q).hits.iter().take(5) {
            let name = browser.shards.card_name(hit.document);
            browser.bytes += files[&format!("assets/search-{}/{name}.bin", query.ui)].len();
        }
        all.push(browser.bytes);
    }
    all.sort_unstable();
    let (median, most) = (all[all.len() / 2], all[all.len() - 1]);
    println!("head, shards and cards: median {median} bytes, most {most}");
    assert!(median <= 7_000, "median {median}");
    assert!(most <= 14_000, "most {most}");
}

#[test]
fn judged_queries_find_their_pages() {
    let index = index();
    let judged = judged();
    let (all, classes, report) = score(&index, &judged);
    println!("{report}");
    assert!(judged.len() >= 150, "too few judged queries");
    assert!(all.mrr() >= 0.93, "overall\n{report}");
    for (class, score) in &classes {
        assert!(score.mrr() >= 0.80, "{class}\n{report}");
    }
}

#[test]
fn queries_of_the_holdout_find_their_pages() {
    let index = index();
    let (all, classes, report) = score(&index, &holdout());
    println!("{report}");
    assert!(all.mrr() >= 0.93, "overall\n{report}");
    for (class, score) in &classes {
        assert!(score.mrr() >= 0.80, "{class}\n{report}");
    }
}

/// How well queries are answered: in all, by class, and in words.
fn score(index: &Index, judged: &[Judged]) -> (Score, BTreeMap<String, Score>, String) {
    let mut classes: BTreeMap<String, Score> = BTreeMap::new();
    let mut all = Score::default();
    let mut report = String::new();
    for query in judged {
        let results = index.search(&Query::new(&query.q, query.ui));
        let found: Vec<&str> = results.hits.iter().map(|hit| last_part(&hit.url)).collect();
        let rank = found
            .iter()
            .position(|id| query.expect.iter().any(|expected| expected == id));
        let rank = rank.map(|place| place + 1);
        if rank != Some(1) {
            writeln!(
                report,
                "{} {} {:?} at {rank:?}: {:?}",
                query.id,
                query.class,
                query.q,
                &found[..found.len().min(5)]
            )
            .unwrap();
        }
        classes.entry(query.class.clone()).or_default().add(rank);
        all.add(rank);
    }
    writeln!(
        report,
        "{:12} {:>7} {:>6} {:>9}",
        "class", "queries", "MRR", "recall@5"
    )
    .unwrap();
    let name = "all".to_owned();
    for (class, score) in classes.iter().chain([(&name, &all)]) {
        writeln!(
            report,
            "{class:12} {:7} {:6.3} {:9.3}",
            score.queries,
            score.mrr(),
            score.recall()
        )
        .unwrap();
    }
    (all, classes, report)
}
