//! Judged queries over the real content: does search find what people mean, however they type it?
//!
//! `search/judged.json` was written from the reader's side, before anything was tuned. A query
//! counts by the rank of the first page that answers it (MRR) and by whether one stands among the
//! first five.

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use framework::Locale;
use search::{Query, index};
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

#[test]
fn judged_queries_find_their_pages() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let (sources, _) = read::sources(root, &read::FOLDERS, read::Limits::default());
    let (library, _) = library::assemble(&sources);
    let index = index::build(&findable::entries(&library), &findable::glossary(&library)).unwrap();
    let judged: Vec<Judged> = serde_json::from_str(include_str!("search/judged.json"))
        .expect("the judged queries are JSON");
    let mut classes: BTreeMap<&str, Score> = BTreeMap::new();
    let mut all = Score::default();
    let mut report = String::new();
    for query in &judged {
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
        classes.entry(&query.class).or_default().add(rank);
        all.add(rank);
    }
    writeln!(
        report,
        "{:12} {:>7} {:>6} {:>9}",
        "class", "queries", "MRR", "recall@5"
    )
    .unwrap();
    for (class, score) in classes.iter().chain([(&"all", &all)]) {
        writeln!(
            report,
            "{class:12} {:7} {:6.3} {:9.3}",
            score.queries,
            score.mrr(),
            score.recall()
        )
        .unwrap();
    }
    println!("{report}");
    assert!(judged.len() >= 150, "too few judged queries");
    assert!(all.mrr() >= 0.93, "overall\n{report}");
    for (class, score) in &classes {
        assert!(score.mrr() >= 0.80, "{class}\n{report}");
    }
}
