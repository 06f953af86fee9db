//! What goes on paper: the annex and the letter.

use std::io::{Cursor, Read as _};

use crate::fixtures::{self, Fixture, snapshot};
use framework::{Basis, Locale};
use reporting::docx::{self, Letterhead};

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// The words of a document, a paragraph a line.
fn words(bytes: &[u8]) -> String {
    let document = part(bytes, "word/document.xml");
    let mut text = String::new();
    for paragraph in document.split("</w:p>") {
        for piece in paragraph.split("<w:t xml:space=\"preserve\">").skip(1) {
            text.push_str(piece.split("</w:t>").next().unwrap());
        }
        text.push('\n');
    }
    text
}

#[test]
fn annex_and_letter_in_both_languages() {
    for fixture in Fixture::ALL {
        let (report, source) = (fixture.report(), fixture.source());
        let checked = fixtures::checked(&report, &source);
        for locale in Locale::ALL {
            let paper = Letterhead::default();
            for (kind, bytes) in [
                ("annex", docx::annex(checked, &paper, locale)),
                ("letter", docx::letter(checked, &paper, locale)),
            ] {
                if fixture.is_kept(locale) {
                    snapshot(
                        &format!("{}.{locale}.{kind}.txt", fixture.name()),
                        &words(&bytes),
                    );
                }
                if let Ok(folder) = std::env::var("KHUNG_DUMP") {
                    let name = format!("{folder}/{}.{locale}.{kind}.docx", fixture.name());
                    std::fs::write(name, bytes).unwrap();
                }
            }
        }
    }
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let (report, source) = (Fixture::Province.report(), Fixture::Province.source());
    let checked = fixtures::checked(&report, &source);
    let once = docx::annex(checked, &Letterhead::default(), Locale::Vi);
    assert_eq!(
        once,
        docx::annex(checked, &Letterhead::default(), Locale::Vi)
    );
}

#[test]
fn a_letter_quotes_the_framework_for_its_own_findings_alone() {
    let (mut report, source) = (Fixture::Province.report(), Fixture::Province.source());
    let quote = report.findings[0].clauses[0]
        .quote
        .vi
        .trim_end_matches('.')
        .to_owned();
    let letter = |report: &rulebook::Report| {
        let checked = fixtures::checked(report, &source);
        words(&docx::letter(checked, &Letterhead::default(), Locale::Vi))
    };
    assert!(letter(&report).contains(&quote));
    for (basis, label) in [
        (
            Basis::Practice,
            "Nội dung để hồ sơ đầy đủ (không phải quy định",
        ),
        (Basis::Law, "văn bản pháp luật khác"),
    ] {
        report.findings[0].basis = basis;
        let text = letter(&report);
        assert!(!text.contains(&quote), "{basis}");
        assert!(text.contains(label), "{basis}");
    }
}

#[test]
fn paper_carries_hash_rule_set_and_what_the_sender_fills_in() {
    let (report, source) = (Fixture::Ministry.report(), Fixture::Ministry.source());
    let paper = Letterhead {
        parent: Some("Ủy ban nhân dân tỉnh Mẫu"),
        sender: Some("Sở Khoa học và Công nghệ"),
        number: Some("12/SKHCN-CĐS"),
        place: Some("Mẫu"),
        date: "2026-04-02".parse().ok(),
        position: Some("Giám đốc"),
        signer: Some("Nguyễn Văn Mẫu"),
    };
    let annex = docx::annex(fixtures::checked(&report, &source), &paper, Locale::Vi);
    let text = words(&annex);
    for needed in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 12/SKHCN-CĐS",
        "Mẫu, ngày 02 tháng 4 năm 2026",
        "Nơi nhận:",
        "Nguyễn Văn Mẫu",
        &report.submission.sha256,
        &report.ruleset.version,
    ] {
        assert!(text.contains(needed), "{needed}");
    }
    assert!(!text.contains("vi phạm"));
}
