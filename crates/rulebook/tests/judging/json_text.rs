//! What the JSON reader accepts, and where and how it says no.

use rulebook::{
    Kind, Node, Number,
    json::{Fault, FaultKind, Limits, parse},
};

fn read(text: &str) -> Node<'_> {
    parse(text, &Limits::default()).unwrap_or_else(|faults| panic!("{text}: {faults:?}"))
}

fn fault(text: &str) -> Fault {
    let mut faults = parse(text, &Limits::default()).expect_err(text);
    assert_eq!(faults.len(), 1, "{text}: {faults:?}");
    faults.remove(0)
}

#[test]
fn every_value_knows_its_bytes() {
    let text = r#" {"a": [1, "hai", null], "b": {"c": true}} "#;
    let root = read(text);
    let part = |node: &Node<'_>| &text[node.at as usize..node.end as usize];
    assert_eq!(part(&root), text.trim());
    assert_eq!(part(root.get("a").unwrap()), r#"[1, "hai", null]"#);
    assert_eq!(part(&root.get("a").unwrap().items()[1]), r#""hai""#);
    let (node, key_at) = root.pointer("/b/c").unwrap();
    assert_eq!(part(node), "true");
    assert_eq!(key_at.map(|at| at as usize), text.find("\"c\""));
}

#[test]
fn numbers_are_exact_or_refused() {
    for (text, number) in [
        ("0", Number::Unsigned(0)),
        ("-0", Number::Unsigned(0)),
        ("18446744073709551615", Number::Unsigned(u64::MAX)),
        ("-9223372036854775808", Number::Signed(i64::MIN)),
        ("2.50", Number::Float(2.5)),
        ("1e3", Number::Float(1000.0)),
    ] {
        assert_eq!(read(text).kind, Kind::Number(number), "{text}");
    }
    for text in [
        "18446744073709551616",
        "-9223372036854775809",
        "1e400",
        "0.123456789012345678",
    ] {
        assert_eq!(fault(text).kind, FaultKind::InexactNumber, "{text}");
    }
    for text in ["01", "-", "1.", "1e", "-x", "00.5"] {
        assert_eq!(fault(text).kind, FaultKind::MalformedNumber, "{text}");
    }
}

#[test]
fn strings_are_decoded_and_broken_ones_refused() {
    assert_eq!(
        read(r#""đ\u0111\n\ud83d\ude00\/""#).as_str(),
        Some("đđ\n😀/")
    );
    for (text, kind) in [
        (r#""\ud800""#, FaultKind::LoneSurrogate),
        (r#""\ud800\u0041""#, FaultKind::LoneSurrogate),
        (r#""\x41""#, FaultKind::UnknownEscape),
        (r#""\u12g4""#, FaultKind::UnknownEscape),
        ("\"a\nb\"", FaultKind::ControlCharacter(b'\n')),
        ("\"a\\n\u{1}\"", FaultKind::ControlCharacter(1)),
        ("\"abc", FaultKind::UnterminatedString),
        ("\"abc\\", FaultKind::UnterminatedString),
    ] {
        assert_eq!(fault(text).kind, kind, "{text:?}");
    }
}

#[test]
fn a_duplicate_key_is_told_with_both_places() {
    let text = r#"{"level": 1, "b": {"x": 1, "x": 2}, "level": 2}"#;
    let faults = parse(text, &Limits::default()).unwrap_err();
    let keys: Vec<_> = faults
        .iter()
        .map(|fault| match &fault.kind {
            FaultKind::DuplicateKey { key, first } => {
                (key.as_str(), first.0 as usize, fault.at as usize)
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        keys,
        [
            ("x", 19, 27),
            ("level", 1, text.rfind("\"level\"").unwrap())
        ]
    );
}

#[test]
fn duplicate_keys_are_found_in_large_records_too() {
    let fields: Vec<String> = (0..5_000).map(|index| format!("\"k{index}\":0")).collect();
    let text = format!("{{{},\"k4321\":1}}", fields.join(","));
    assert!(matches!(fault(&text).kind, FaultKind::DuplicateKey { ref key, .. } if key == "k4321"));
    assert_eq!(
        read(&format!("{{{}}}", fields.join(","))).members().len(),
        5_000
    );
}

#[test]
fn what_people_type_by_mistake_is_named() {
    for (text, kind) in [
        ("", FaultKind::Empty),
        (" \n", FaultKind::Empty),
        ("\u{feff}{}", FaultKind::ByteOrderMark),
        ("{'a': 1}", FaultKind::WrongQuotes),
        ("{\"a\": “b”}", FaultKind::WrongQuotes),
        ("{\"a\": True}", FaultKind::ForeignWord("True".to_owned())),
        ("[NaN]", FaultKind::ForeignWord("NaN".to_owned())),
        ("[1, // một\n 2]", FaultKind::Comment),
        ("[1,]", FaultKind::TrailingComma),
        ("{\"a\": 1,}", FaultKind::TrailingComma),
        ("{\"a\" 1}", FaultKind::ExpectedColon),
        ("[1 2]", FaultKind::ExpectedComma),
        ("{\"a\": 1 \"b\": 2}", FaultKind::ExpectedComma),
        ("{a: 1}", FaultKind::ExpectedKey),
        ("{\"a\": }", FaultKind::ExpectedValue),
        ("[1", FaultKind::Unclosed),
        ("{\"a\": 1,", FaultKind::Unclosed),
        ("{} {}", FaultKind::TrailingCharacters),
    ] {
        let fault = fault(text);
        assert_eq!(fault.kind, kind, "{text:?}");
        assert!(fault.end as usize <= text.len() && text.is_char_boundary(fault.at as usize));
        let words = fault.kind.message();
        assert!(!words.vi.is_empty() && !words.en.is_empty() && !fault.kind.hint().vi.is_empty());
    }
}

#[test]
fn depth_and_size_are_bounded() {
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(parse(&deep(128), &Limits::default()).is_ok());
    assert_eq!(fault(&deep(129)).kind, FaultKind::TooDeep(128));
    assert_eq!(fault(&deep(100_000)).at, 128);
    let limits = Limits {
        nodes: 3,
        ..Limits::default()
    };
    assert!(parse("[1,2]", &limits).is_ok());
    assert_eq!(
        parse("[1,2,3]", &limits).unwrap_err()[0].kind,
        FaultKind::TooManyNodes(3)
    );
}

#[test]
fn cut_anywhere_a_text_is_refused_and_never_panics() {
    let text = r#"{"tên": ["đ\u0111", -1.5e2, true, null, {"x": {}}]}"#;
    for end in (0..text.len()).filter(|&end| text.is_char_boundary(end)) {
        assert!(parse(&text[..end], &Limits::default()).is_err(), "{end}");
    }
}
