use unicode_normalization::char::canonical_combining_class;

use super::*;

#[test]
fn what_passes_for_composed_is_so_in_every_text() {
    let mut buffer = [0; 4];
    for character in '\0'..=char::MAX {
        if !is_composed(character.encode_utf8(&mut buffer).as_bytes()) {
            continue;
        }
        let alone = is_nfc_quick(std::iter::once(character));
        assert!(alone == IsNormalized::Yes, "{character:?}");
        assert_eq!(canonical_combining_class(character), 0, "{character:?}");
    }
    let text = "Điều 5 – «Nền tảng số»: “dùng chung” …";
    assert!(is_composed(text.as_bytes()));
    for odd in ["e\u{301}", "\u{2126}", "\u{2001}", "各", "\u{344}"] {
        for text in [odd.to_owned(), format!("a{odd}"), format!("{odd} ệ")] {
            assert!(!is_composed(text.as_bytes()), "{text:?}");
        }
    }
}

#[test]
fn a_file_that_nobody_touched_is_left_unread() {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = folder.path().join("content/vi");
    fs::create_dir_all(&pages).expect("a folder");
    for name in ["a.md", "b.md"] {
        fs::write(pages.join(name), "Một trang.").expect("a file");
    }
    // Longer than any tick of a file system's clock.
    std::thread::sleep(std::time::Duration::from_millis(2_100));
    let read = |before: Option<&Reading>| {
        let digest = crate::digest::of("Một trang.".as_bytes());
        let known = |path: &str| {
            Some(Known {
                mark: *before?.marks.get(path)?,
                digest,
            })
        };
        let reading = since(folder.path(), &FOLDERS, Limits::default(), known);
        let late = reading.sources.iter().filter(|source| source.is_late());
        let late: Vec<String> = late.map(|source| source.path.clone()).collect();
        (reading, late)
    };
    let (first, late) = read(None);
    assert!(late.is_empty(), "nothing is known yet");
    let (_, late) = read(Some(&first));
    assert_eq!(late, ["content/vi/a.md", "content/vi/b.md"]);
    fs::write(pages.join("b.md"), "Một trạng.").expect("a file");
    let (_, late) = read(Some(&first));
    assert_eq!(late, ["content/vi/a.md"]);
}
