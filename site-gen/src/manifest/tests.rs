use super::*;
use crate::digest;

fn entry(path: &str, text: &str) -> FileEntry {
    FileEntry {
        path: path.into(),
        media_type: interned("text/html; charset=utf-8"),
        sha256: digest::of(text.as_bytes()),
        size: text.len() as u64,
        immutable: path.starts_with("assets/"),
        br: path.ends_with("html").then_some(1),
        gz: None,
        kept: text == "kept",
    }
}

fn manifest(files: &[(&str, &str)]) -> Manifest {
    let all = files.iter().map(|(path, text)| entry(path, text));
    let (private, files) = all.partition(|entry| entry.path.starts_with(PRIVATE));
    Manifest {
        version: VERSION,
        date: "2026-03-31".to_owned(),
        compressed: true,
        citations: [("dl-1".to_owned(), "components/a/".to_owned())].into(),
        files,
        private,
    }
}

const SITES: [&[(&str, &str)]; 6] = [
    &[],
    &[("a/index.html", "1"), (".khung/index/x", "1")],
    &[("a/index.html", "1"), ("b\"\\.txt", "2"), ("c", "3")],
    &[("a/index.html", "2"), ("c", "3"), (".khung/index/x", "1")],
    &[
        ("assets/a.css", "kept"),
        ("b\"\\.txt", "2"),
        ("d", "3"),
        (".khung/index/y", "1"),
    ],
    &[(".khung/index/x", "1"), (".khung/index/y", "2")],
];

#[test]
fn a_manifest_is_json_with_a_line_for_each_file() {
    for site in SITES {
        let manifest = manifest(site);
        let bytes = manifest.written();
        assert_eq!(Manifest::parse(&bytes).as_ref(), Some(&manifest));
        let lines = bytes.split(|byte| *byte == b'\n');
        let lines = lines.filter(|line| line.starts_with(b"{\"path\""));
        assert_eq!(lines.count(), site.len());
    }
}

#[test]
fn beside_another_it_says_the_same() {
    for other in SITES.map(manifest) {
        for own in SITES.map(manifest) {
            let (bytes, other_bytes) = (own.written(), other.written());
            assert!(Lines::of(&bytes).is_some());
            let read = Manifest::parse_beside(&bytes, &other, &other_bytes);
            assert_eq!(read.as_ref(), Some(&own));
        }
    }
}

const PATHS: [&str; 6] = [".khung/a", ".khung/b", "a", "a/index.html", "assets/b", "c"];

proptest::proptest! {
    #[test]
    fn beside_any_other_it_says_the_same(
        texts: [Option<u8>; PATHS.len()],
        other_texts: [Option<u8>; PATHS.len()],
    ) {
        let [own, other] = [texts, other_texts].map(|texts| {
            let files = PATHS.into_iter().zip(texts);
            let texts = ["kept", "1", "2"];
            let text = |text: u8| texts[usize::from(text) % texts.len()];
            let files = files.filter_map(|(path, number)| Some((path, text(number?))));
            manifest(&files.collect::<Vec<_>>())
        });
        let read = Manifest::parse_beside(&own.written(), &other, &other.written());
        proptest::prop_assert_eq!(read, Some(own));
    }
}

#[test]
fn files_that_both_have_are_not_read_twice() {
    let (own, other) = (manifest(SITES[3]), manifest(SITES[1]));
    let own = Manifest::parse_beside(&own.written(), &other, &other.written());
    let own = own.expect("a manifest");
    assert!(Arc::ptr_eq(&own.private[0].path, &other.private[0].path));
}

/// By an earlier program, or by hand.
#[test]
fn what_is_written_otherwise_is_read_all_the_same() {
    let own = manifest(&[("a/index.html", "1"), ("b", "2"), ("c", "3")]);
    let other = manifest(SITES[4]);
    let value = |manifest: &Manifest| -> serde_json::Value {
        serde_json::from_slice(&manifest.written()).expect("JSON")
    };
    let (one_line, pretty) = (
        serde_json::to_vec(&value(&own)).expect("JSON"),
        serde_json::to_vec_pretty(&value(&own)).expect("JSON"),
    );
    for bytes in [&one_line, &pretty] {
        let other_bytes = other.written();
        let read = Manifest::parse_beside(bytes, &other, &other_bytes);
        assert_eq!(read.as_ref(), Some(&own));
        let read = Manifest::parse_beside(&other_bytes, &own, bytes);
        assert_eq!(read.as_ref(), Some(&other));
    }
}

#[test]
fn two_files_in_one_line_are_two() {
    let files = |last: &str| manifest(&[("a", "1"), ("b", "2"), (last, "3")]);
    let text = |manifest: &Manifest| String::from_utf8(manifest.written()).expect("a text");
    let joined = |manifest: &Manifest| text(manifest).replacen("},\n", "},", 1);
    let (own, other) = (files("d"), files("c"));
    // As many lines as files all the same.
    let split = joined(&other);
    let at = split.rfind(",\"size\"").expect("a file") + 1;
    let split = [&split[..at], "\n", &split[at..]].concat();
    // The last line holds two.
    let at = text(&other).rfind("},\n").expect("three files") + 2;
    let last = [&text(&other)[..at], &text(&other)[at + 1..]].concat();
    for (own_text, other_text) in [
        (joined(&own), split),
        (last.replace("\"c\"", "\"d\""), last.clone()),
        (last.clone(), last),
    ] {
        let own = Manifest::as_json(own_text.as_bytes()).expect("a manifest");
        let other = Manifest::as_json(other_text.as_bytes()).expect("a manifest");
        assert_eq!(own.files.len(), 3);
        for (own, own_text, other, other_text) in [
            (&own, &own_text, &other, &other_text),
            (&other, &other_text, &own, &own_text),
        ] {
            let read = Manifest::parse_beside(own_text.as_bytes(), other, other_text.as_bytes());
            assert_eq!(read.as_ref(), Some(own));
        }
    }
}

/// What an entry may hold is known, so that none is hidden in another.
#[test]
fn what_is_not_known_is_refused() {
    let text = String::from_utf8(manifest(SITES[1]).written()).expect("a text");
    for (place, more) in [
        ("\"size\"", "\"x\":[0],\"size\""),
        ("\"date\"", "\"x\":0,\"date\""),
    ] {
        assert_eq!(
            Manifest::parse(text.replacen(place, more, 1).as_bytes()),
            None
        );
    }
}

#[test]
fn what_is_no_manifest_of_ours_is_none() {
    let other = manifest(SITES[2]);
    let bytes = other.written();
    let text = String::from_utf8(bytes.clone()).expect("a text");
    let (half, later) = (
        &bytes[..bytes.len() / 2],
        text.replace("\"version\":1", "\"version\":2"),
    );
    let no_digest = text.replacen("\"sha256\":\"", "\"sha256\":\"x", 1);
    let long = format!("{text}x");
    for bad in [
        long.as_bytes(),
        b"",
        b"{}",
        b"\n\n\n",
        half,
        later.as_bytes(),
        no_digest.as_bytes(),
    ] {
        assert_eq!(Manifest::parse(bad), None);
        assert_eq!(Manifest::parse_beside(bad, &other, &bytes), None);
    }
}
