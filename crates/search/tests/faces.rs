//! The faces of search over the real text of the framework: the tantivy index in a folder and the
//! static shards exported from it.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::{fs, path::Path};

use framework::Locale;
use search::{
    Answer, Card, Entry, Filter, Glossary, Kind, Query, Section, Shards, StaticFile, answer, index,
};

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

/// Puts the files of an index into a folder.
fn write(folder: &Path, files: Vec<StaticFile<'_>>) {
    for file in files {
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &file.bytes).unwrap();
    }
}

/// The Vietnamese index as a browser has it, each file fetched when it is wanted.
struct Browser<'a> {
    files: &'a [StaticFile<'a>],
    shards: Shards,
}

impl<'a> Browser<'a> {
    fn open(files: &'a [StaticFile<'a>]) -> Self {
        let mut browser = Self {
            files,
            shards: Shards::default(),
        };
        let head = browser.fetch("search/vi.bin");
        assert!(browser.shards.open(&head));
        browser
    }

    fn fetch(&self, path: &str) -> Vec<u8> {
        let file = self.files.iter().find(|file| file.path == path);
        let file = file.unwrap_or_else(|| panic!("{path}"));
        let mut plain = Vec::new();
        let mut decoder = flate2::write::DeflateDecoder::new(&mut plain);
        std::io::Write::write_all(&mut decoder, &file.bytes).unwrap();
        decoder.finish().unwrap();
        plain
    }

    fn ask(&mut self, query: &str) -> Answer {
        loop {
            self.shards.forget_wanted();
            let found = answer(&mut self.shards, query, Filter::default(), 0, 10);
            if self.shards.wanted().is_empty() {
                return found;
            }
            for number in self.shards.wanted().to_vec() {
                let name = self.shards.shard_name(number as usize);
                let bytes = self.fetch(&format!("assets/search-vi/{name}.bin"));
                self.shards.load_shard(number as usize, bytes);
            }
        }
    }

    fn card(&mut self, document: u32) -> String {
        let name = self.shards.card_name(document);
        let bytes = self.fetch(&format!("assets/search-vi/{name}.bin"));
        self.shards.load_card(document, bytes);
        self.shards.card(document)
    }
}

#[test]
fn the_index_in_a_folder_and_the_shards_give_the_same_answers() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        index::build(&entries(), &glossary()).unwrap().files(),
    );
    let opened = index::open(folder.path()).unwrap();
    let files = opened.export();
    for query in QUERIES {
        let from_shards = Browser::open(&files).ask(query);
        let from_index = opened.answer(&Query::new(query, Locale::Vi));
        assert_eq!(from_index.hits, from_shards.hits, "{query}");
        assert_eq!(from_index.total, from_shards.total, "{query}");
        assert_eq!(from_index.did_you_mean, from_shards.did_you_mean, "{query}");
        assert_eq!(from_index.completions, from_shards.completions, "{query}");
    }
    assert!(fs::read_dir(folder.path()).unwrap().count() == 2);
}

/// As many entries as have their cards in twos, each of another kind than its neighbours and with a word of its own.
fn many() -> Vec<Entry> {
    let many = (0..1_100).map(|number: usize| Entry {
        url: format!("/vi/{number}/"),
        kind: Kind::ALL[number % Kind::ALL.len()],
        code: None,
        codes: Vec::new(),
        sections: vec![Section {
            anchor: String::new(),
            heading: String::new(),
            paragraphs: vec![format!("Thứ {} và từ chung.", word(number))],
        }],
        ..entries().swap_remove(0)
    });
    many.collect()
}

fn word(number: usize) -> String {
    format!("w{number}w")
}

/// Parts are of odd lengths too, so that numbers between them stand for no document.
#[test]
fn the_word_of_a_page_leads_to_its_card_and_kind_wherever_cards_lie() {
    let folder = tempfile::tempdir().unwrap();
    let entries = many();
    write(
        folder.path(),
        index::build(&entries, &glossary()).unwrap().files(),
    );
    let opened = index::open(folder.path()).unwrap();
    let files = opened.export();
    let is_card = |file: &&StaticFile<'_>| file.path.starts_with("assets/search-vi/c");
    let cards = files.iter().filter(is_card).count();
    assert!(cards > entries.len() / 2 && cards < entries.len() * 2 / 3);
    let mut browser = Browser::open(&files);
    for (number, entry) in entries.iter().enumerate() {
        let query = Query::new(word(number), Locale::Vi);
        let here = browser.ask(&query.text);
        let there = opened.search(&query);
        assert_eq!((here.total, there.total), (1, 1), "{number}");
        let card = browser.card(here.hits[0].document);
        assert_eq!(Card::parse(&card).url, entry.url);
        assert_eq!(there.hits[0].url, entry.url);
        assert_eq!(there.hits[0].kind, entry.kind);
        assert_eq!(here.kinds[entry.kind as usize], 1);
    }
    let all = Query::new("từ chung", Locale::Vi).limit(100);
    for hit in opened
        .search(&all)
        .hits
        .iter()
        .zip(&opened.answer(&all).hits)
    {
        assert_eq!(hit.0.url, Card::parse(&browser.card(hit.1.document)).url);
    }
    let all = all.limit(10);
    let (here, there) = (browser.ask(&all.text), opened.answer(&all));
    assert_eq!((&here.hits, here.kinds), (&there.hits, there.kinds));
    assert_eq!(
        (here.kinds.iter().sum(), there.total),
        (here.total, here.total)
    );
}

#[test]
fn parts_whose_cards_lie_in_another_way_are_not_put_together() {
    let [few, more] = [entries(), many()].map(|entries| {
        let folder = tempfile::tempdir().unwrap();
        write(
            folder.path(),
            index::build(&entries, &glossary()).unwrap().files(),
        );
        folder
    });
    let names = |folder: &Path| fs::read_to_string(folder.join("vi/parts")).unwrap();
    let name = names(few.path());
    let file = index::file(name.trim_end());
    let [from, to] = [&few, &more].map(|folder| folder.path().join("vi").join(&file));
    fs::copy(from, to).unwrap();
    let both = names(more.path()) + &name;
    fs::write(more.path().join("vi/parts"), both).unwrap();
    let refused = index::open(more.path());
    assert!(matches!(refused, Err(index::IndexError::Foreign(_))));
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
