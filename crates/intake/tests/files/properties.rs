//! What holds for every input: an answer, in bounded time, never a panic; and the same answer twice.

use std::{
    borrow::Cow,
    sync::OnceLock,
    time::{Duration, Instant},
};

use framework::{Catalogue, Locale};
use intake::{Hints, Limits, Mapping, OutputFormat, convert, read};
use proptest::prelude::*;
use rulebook::{Kind, Member, Node, Number, Origin, Submission};

use crate::project;

fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(project::catalogue)
}

/// Small bounds, so that small inputs reach them.
fn limits() -> Limits {
    Limits {
        bytes: 200_000,
        depth: 32,
        nodes: 2_000,
        records: 200,
        cells: 2_000,
        ..Limits::default()
    }
}

/// Reads as every format that a name can ask for, and checks what must hold of any answer.
fn answered(bytes: &[u8]) {
    for file in ["", "a.yaml", "a.json", "a.csv", "a.xml"] {
        let start = Instant::now();
        let hints = Hints::file(file);
        match read(bytes, &hints, &limits()) {
            Ok(submission) => sound(&submission),
            Err(fault) => {
                for fault in fault.faults() {
                    let words = [
                        &fault.message.vi,
                        &fault.message.en,
                        &fault.hint.vi,
                        &fault.hint.en,
                    ];
                    assert!(words.iter().all(|words| !words.is_empty()), "{fault:?}");
                }
            }
        }
        assert!(
            start.elapsed() < Duration::from_secs(5),
            "{:?}",
            start.elapsed()
        );
    }
    let _ = Mapping::parse(bytes, "m.yaml");
}

/// Places lie within the file, keys are unique, texts are in NFC.
fn sound(submission: &Submission<'_>) {
    let end = match &submission.origin {
        Origin::Text(text) => text.len(),
        Origin::Cells(cells) => cells.filled.len(),
    };
    let end = u32::try_from(end).unwrap();
    visit(&submission.root, end);
    for note in &submission.notes {
        assert!(note.at <= end, "{note:?}");
        assert!(!note.message.vi.is_empty() && !note.message.en.is_empty());
    }
}

fn visit(node: &Node<'_>, end: u32) {
    assert!(node.at <= node.end && node.end <= end, "{node:?} of {end}");
    match &node.kind {
        Kind::String(text) => assert!(unicode_normalization::is_nfc(text)),
        Kind::Array(items) => items.iter().for_each(|item| visit(item, end)),
        Kind::Object(members) => {
            for (index, member) in members.iter().enumerate() {
                assert!(members[..index].iter().all(|other| other.key != member.key));
                visit(&member.value, end);
            }
        }
        Kind::Number(Number::Float(number)) => assert!(number.is_finite()),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Shared(_) | Kind::Joined(_) => {}
    }
}

/// Pieces that the grammars are made of, so that what is put together gets past the first byte.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "a", "b: ", "- ", "\n", "  ", "    ", "{", "}", "[", "]", ",", ":", "\"", "'", "#", "&x ", "*x",
            "<<", "!!str ", "!x ", "---\n", "...\n", "|\n", ">-\n", "\t", "null", "no", "1.10", "0x1f", "1e999",
            "applications", "id", "name", "{\"a\":", "\\u00", "\\", "\u{FEFF}", "đ", "e\u{302}\u{301}", "\0",
            "<model xmlns=\"http://www.opengroup.org/xsd/archimate/3.0/\">", "<elements>", "<element identifier='i' xsi:type='Node'>",
            "</element>", "</elements>", "</model>", "<name xml:lang=\"vi\">", "</name>", "&amp;", "&#x110;", "&bad;",
            "<!DOCTYPE a>", "<![CDATA[x]]>", "<!--", "-->", "<?", "?>", "Mã;Tên hệ thống;Cách có\n", "app;A;own\n", "sep=;\n", "\"\"",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ]
}

/// Any tree a submission could be.
fn tree() -> impl Strategy<Value = Node<'static>> {
    let text = prop_oneof![
        "\\PC{0,12}",
        prop::sample::select(vec![
            "no",
            "null",
            "-",
            "",
            " x ",
            "1.10",
            "007",
            "2026-12-31",
            "31/12/2026",
            "a; b",
            "a, b",
            "own",
            "Tự xây dựng",
            "NT-4",
            "true",
            "Có",
            "x",
            "line\nbreak",
            "\u{2028}",
            "# no comment",
            "- no item",
            "key: no",
            "'",
            "\"",
            "unknown",
        ])
        .prop_map(str::to_owned),
    ]
    .prop_map(|text| {
        unicode_normalization::UnicodeNormalization::nfc(text.as_str()).collect::<String>()
    });
    let leaf = prop_oneof![
        Just(Kind::Null),
        any::<bool>().prop_map(Kind::Bool),
        any::<u64>().prop_map(|number| Kind::Number(Number::Unsigned(number))),
        (i64::MIN..0).prop_map(|number| Kind::Number(Number::Signed(number))),
        any::<f64>()
            .prop_filter("finite", |number| number.is_finite()
                && number.fract() != 0.0)
            .prop_map(|number| Kind::Number(Number::Float(number))),
        text.prop_map(|text| Kind::String(Cow::Owned(text))),
    ];
    let key = prop::sample::select(vec![
        "id",
        "name",
        "vi",
        "en",
        "functions",
        "lifecycle",
        "start",
        "security_level",
        "public_facing",
        "hosting",
        "sharing",
        "mode",
        "with",
        "identity",
        "public_login",
        "odd key",
        "a.b",
        "a/b~c",
        "no",
        "<<",
        "1",
        "tên",
    ]);
    let node = |kind| Node {
        at: 0,
        end: 0,
        kind,
    };
    let value = leaf.prop_map(node).prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4)
                .prop_map(move |items| node(Kind::Array(items))),
            prop::collection::btree_map(key.clone(), inner, 0..5).prop_map(object),
        ]
    });
    let section = prop::sample::select(vec![
        "submission",
        "agency",
        "applications",
        "platforms",
        "data_assets",
        "integrations",
        "component_dispositions",
        "extra",
    ]);
    prop::collection::btree_map(section, value, 1..5).prop_map(object)
}

fn object(members: std::collections::BTreeMap<&'static str, Node<'static>>) -> Node<'static> {
    let members = members.into_iter();
    let members = members.map(|(key, value)| Member {
        key_at: 0,
        key: key.into(),
        value,
    });
    Node {
        at: 0,
        end: 0,
        kind: Kind::Object(members.collect()),
    }
}

fn same(left: &Node<'_>, right: &Node<'_>) -> bool {
    match (&left.kind, &right.kind) {
        (Kind::Array(left), Kind::Array(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|(left, right)| same(left, right))
        }
        (Kind::Object(left), Kind::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|member| {
                    let twin = right.iter().find(|other| other.key == member.key);
                    twin.is_some_and(|twin| same(&member.value, &twin.value))
                })
        }
        (left, right) => left == right,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bytes_of_any_kind_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        answered(&bytes);
    }

    #[test]
    fn texts_put_together_from_pieces_of_the_grammars_are_answered(pieces in prop::collection::vec(piece(), 0..40)) {
        let text = pieces.concat();
        answered(text.as_bytes());
        let utf16: Vec<u8> = std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        answered(&utf16);
    }

    #[test]
    fn whatever_tree_is_written_is_read_again_as_it_was(tree in tree()) {
        let catalogue = catalogue();
        for format in [OutputFormat::Yaml, OutputFormat::Json, OutputFormat::Xlsx] {
            let written = convert(&tree, format, catalogue, Locale::Vi).unwrap();
            let hints = Hints { catalogue: Some(catalogue), ..Hints::default() };
            let again = read(&written, &hints, &Limits::default());
            let again = again.unwrap_or_else(|fault| panic!("{format:?}: {fault}\n{tree:?}\n{}", String::from_utf8_lossy(&written)));
            prop_assert!(same(&tree, &again.root), "{:?}\n{:?}\n{:?}", format, tree, again.root);
            sound(&again);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    /// A workbook with bytes changed, cut or doubled is opened, or refused; nothing else.
    #[test]
    fn damaged_workbooks_are_answered(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let catalogue = catalogue();
        let tree = object([("applications", Node { at: 0, end: 0, kind: Kind::Array(vec![object([
            ("id", Node { at: 0, end: 0, kind: Kind::String("app-1".into()) }),
            ("start", Node { at: 0, end: 0, kind: Kind::String("2026-01-31".into()) }),
        ].into())]) })].into());
        let mut bytes = convert(&tree, OutputFormat::Xlsx, catalogue, Locale::En).unwrap();
        for (index, byte) in changes {
            let index = index.index(bytes.len());
            bytes[index] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        answered(&bytes);
    }
}
