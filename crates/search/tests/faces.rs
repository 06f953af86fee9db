//! The faces of search over the real text of the framework: the tantivy index in a folder and the
//! static shards exported from it.

use std::fs;

use framework::Locale;
use search::{Entry, Filter, Glossary, Kind, Query, Section, Shards, answer, index};

/// A small knowledge base with the traits that matter: codes, twins, glossary, layers.
fn entries() -> Vec<Entry> {
    let clause = |code: &str, title: &str, text: &str| Entry {
        locale: Locale::Vi,
        url: format!(
            "/vi/framework/ii-3-4/#{}",
            code.to_lowercase().replace('.', "-").replace('đ', "dd")
        ),
        kind: Kind::Clause,
        title: title.to_owned(),
        breadcrumb: vec!["Khung kiến trúc".to_owned()],
        code: Some(code.to_owned()),
        layer: None,
        codes: vec![format!("{code}.p1")],
        quotes: Vec::new(),
        aliases: Vec::new(),
        sections: vec![Section {
            anchor: String::new(),
            heading: String::new(),
            paragraphs: vec![text.to_owned()],
        }],
        twin: None,
    };
    vec![
        clause(
            "II.1.d",
            "Khung kiến trúc Chính phủ số Việt Nam",
            "Bộ Khoa học và Công nghệ xây dựng, duy trì.",
        ),
        clause(
            "II.1.đ",
            "Khung kiến trúc số cấp bộ",
            "Các bộ xây dựng, ban hành phù hợp với Khung kiến trúc Chính phủ số Việt Nam.",
        ),
        clause(
            "II.3.4.2",
            "Nền tảng định danh và xác thực điện tử",
            "Phục vụ việc trao đổi thông tin <b>giữa</b> hệ thống định danh.",
        ),
        clause(
            "II.3.4.3",
            "Nền tảng quản lý cán bộ công chức, viên chức quốc gia",
            "Các cơ quan không cần xây dựng riêng rẽ.",
        ),
        clause(
            "II.3.5.2",
            "Trung tâm dữ liệu quốc gia",
            "Trung tâm dữ liệu do Chính phủ xây dựng, quản lý.",
        ),
    ]
}

fn glossary() -> Glossary {
    let mut glossary = Glossary::default();
    glossary.add(Locale::Vi, "TTDLQG", "Trung tâm dữ liệu quốc gia");
    glossary.add(
        Locale::Vi,
        "National Data Center",
        "Trung tâm dữ liệu quốc gia",
    );
    glossary
}

const QUERIES: [&str; 22] = [
    "nền tảng định danh",
    "nen tang dinh danh",
    "dinh dnah",
    "NỀN TẢNG",
    "nen tang quan l",
    "II.1.đ",
    "diem d muc 1 phan II",
    "TTDLQG",
    "national data center",
    "\"trung tâm dữ liệu\"",
    "\"dữ liệu trung tâm\"",
    "ddinhj danh",
    "khongtonta",
    "",
    "kien 2truc ((",
    "trungtam",
    "không cần xây dựng",
    "hoà",
    "a",
    "<script>",
    "II.9.9",
    "quốc gia về",
];

#[test]
fn the_index_in_a_folder_and_the_shards_give_the_same_answers() {
    let folder = tempfile::tempdir().unwrap();
    for file in index::build(&entries(), &glossary()).unwrap().files() {
        let path = folder.path().join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &file.bytes).unwrap();
    }
    let opened = index::open(folder.path()).unwrap();
    let files = opened.export();
    let file = |path: &str| {
        let file = files
            .iter()
            .find(|file| file.path == path)
            .unwrap_or_else(|| panic!("{path}"));
        let mut plain = Vec::new();
        let mut decoder = flate2::write::DeflateDecoder::new(&mut plain);
        std::io::Write::write_all(&mut decoder, &file.bytes).unwrap();
        decoder.finish().unwrap();
        plain
    };
    for query in QUERIES {
        let mut shards = Shards::default();
        assert!(shards.open(&file("search/vi.bin")));
        let from_shards = loop {
            shards.forget_wanted();
            let found = answer(&mut shards, query, Filter::default(), 0, 10);
            if shards.wanted().is_empty() {
                break found;
            }
            for number in shards.wanted().to_vec() {
                let path = format!(
                    "assets/search-vi/{}.bin",
                    shards.shard_name(number as usize)
                );
                shards.load_shard(number as usize, file(&path));
            }
        };
        let from_index = opened.answer(&Query::new(query, Locale::Vi));
        assert_eq!(from_index.hits, from_shards.hits, "{query}");
        assert_eq!(from_index.total, from_shards.total, "{query}");
        assert_eq!(from_index.did_you_mean, from_shards.did_you_mean, "{query}");
        assert_eq!(from_index.completions, from_shards.completions, "{query}");
    }
    assert!(fs::read_dir(folder.path()).unwrap().count() == 2);
}

#[test]
fn queries_find_what_they_mean() {
    let index = index::build(&entries(), &glossary()).unwrap();
    let first = |query: &str| {
        let results = index.search(&Query::new(query, Locale::Vi));
        results
            .hits
            .first()
            .and_then(|hit| hit.clause.clone())
            .unwrap_or_default()
    };
    for (query, clause) in [
        ("nền tảng định danh", "II.3.4.2"),
        ("nen tang dinh danh", "II.3.4.2"),
        ("dinh dnah", "II.3.4.2"),
        ("ddinhj danh", "II.3.4.2"),
        ("nentang dinhdanh", "II.3.4.2"),
        ("điểm đ mục 1 phần II", "II.1.đ"),
        ("II.1.d", "II.1.d"),
        ("TTDLQG", "II.3.5.2"),
        ("national data center", "II.3.5.2"),
        ("\"trung tâm dữ liệu\"", "II.3.5.2"),
        ("\"dữ liệu trung tâm\"", ""),
        ("zzzz", ""),
        ("", ""),
    ] {
        assert_eq!(first(query), clause, "{query}");
    }
    let results = index.search(&Query::new("dinh dnah", Locale::Vi));
    assert_eq!(results.did_you_mean.as_deref(), Some("dinh danh"));
    let results = index.search(&Query::new("giữa hệ thống", Locale::Vi));
    assert!(
        results.hits[0]
            .snippet
            .contains("&lt;b&gt;<mark>giữa</mark>&lt;/b&gt; <mark>hệ thống</mark>"),
        "{}",
        results.hits[0].snippet
    );
}

#[test]
fn a_word_goes_on_as_it_was_typed_first() {
    let mut entries = entries();
    for (number, title) in ["điện toán", "điện tử", "điện lực"].iter().enumerate() {
        let mut entry = entries[2].clone();
        entry.url = format!("/vi/guide/{number}/");
        entry.title = format!("Nền tảng {title}");
        entry.sections.clear();
        entries.push(entry);
    }
    let index = index::build(&entries, &glossary()).unwrap();
    let suggested = |query| index.search(&Query::new(query, Locale::Vi)).suggestions;
    assert_eq!(suggested("nền tảng đị")[0], "nền tảng định");
    assert_eq!(suggested("nền tảng đi")[0], "nền tảng điện");
    assert_eq!(suggested("nen tang di")[0], "nen tang điện");
}

#[test]
fn the_same_entries_give_the_same_files() {
    let build = || index::build(&entries(), &glossary()).unwrap();
    let (one, other) = (build(), build());
    assert_eq!(one.files(), other.files());
    assert_eq!(one.export(), other.export());
}
