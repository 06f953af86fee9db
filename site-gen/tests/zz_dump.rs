use search::{Query, index};
use site_gen::{findable, library, read};
use std::path::Path;
#[test]
fn dump() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let (sources, _) = read::sources(root, &read::FOLDERS, read::Limits::default());
    let (library, _) = library::assemble(&sources);
    let index = index::build(&findable::entries(&library), &findable::glossary(&library)).unwrap();
    for q in std::env::var("Q").unwrap().split('|') {
        let r = index.search(&Query::new(q, framework::Locale::Vi).limit(8));
        println!(
            "== {q} total {} dym {:?} sugg {:?}",
            r.total, r.did_you_mean, r.suggestions
        );
        for h in r.hits {
            println!("{:>12} {} | {} | {}", h.score, h.url, h.title, h.snippet);
        }
    }
}
