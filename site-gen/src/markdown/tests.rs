use super::*;
use crate::document::{BlockKind, Piece};

fn parsed(source: &str) -> Parsed {
    parse(
        Path::new("content/vi/a.md"),
        Locale::Vi,
        Tail::Document("a".into()),
        source,
    )
}

fn body(source: &str) -> String {
    let parsed = parsed(source);
    let mut html = String::new();
    for block in parsed.document.blocks() {
        for block in block.with_children() {
            for piece in &block.body {
                match piece {
                    Piece::Html(text) => html.push_str(text),
                    Piece::Target(index) => {
                        html.push_str(&parsed.document.references()[*index].target);
                    }
                }
            }
        }
    }
    html
}

fn codes(source: &str) -> Vec<&'static str> {
    parsed(source)
        .faults
        .iter()
        .map(|fault| fault.code)
        .collect()
}

#[test]
fn items_keep_their_numbers_and_stay_one_list() {
    let parsed = parsed(
        "<!-- id: II.3.4 -->\n### 3.4. Nền tảng\n\n<!-- id: II.3.4.1 -->\n- **Một:** câu. <!-- II.3.4.1.s2 -->Câu hai.\n\n<!-- id: II.3.4.2 -->\n- Hai.\n",
    );
    assert!(parsed.faults.is_empty(), "{:?}", parsed.faults);
    let blocks = parsed.document.blocks();
    assert_eq!(blocks.len(), 2);
    assert_eq!(blocks[1].kind, BlockKind::List(None));
    let ids: Vec<String> = parsed
        .document
        .clauses()
        .map(|clause| clause.id.to_string())
        .collect();
    assert_eq!(
        ids,
        [
            "II.3.4",
            "II.3.4.1",
            "II.3.4.1.s1",
            "II.3.4.1.s2",
            "II.3.4.2",
            "II.3.4.2.s1"
        ]
    );
    let second = &blocks[1].children[0].sentences[1];
    assert_eq!(second.text, "Câu hai.");
    assert_eq!(blocks[1].children[0].text, "Một: câu. Câu hai.");
}

#[test]
fn clause_references_are_written_as_people_write_them() {
    assert_eq!(
        body("Xem [II.3.4.3] và [I]."),
        "Xem <a class=\"clause-ref\" href=\"II.3.4.3\">II.3.4.3</a> và [I]."
    );
}

#[test]
fn raw_html_scripts_and_foreign_schemes_never_reach_the_page() {
    for hostile in [
        "<script>alert(1)</script>\n",
        "chữ <img src=x onerror=alert(1)> chữ",
        "<div onclick=x>\n\nchữ\n\n</div>",
        "[x](javascript:alert(1))",
        "[x](<JaVa\tScript:alert(1)>)",
        "[x](data:text/html;base64,xx)",
        "![x](vbscript:x)",
    ] {
        let html = body(hostile);
        assert!(!codes(hostile).is_empty(), "{hostile} is reported");
        for part in ["<script", "onerror", "onclick", "cript:", "data:"] {
            assert!(!html.contains(part), "{hostile} became {html}");
        }
    }
    assert_eq!(
        body("a `<b>` & \"c\" \\<d>"),
        "a <code>&lt;b&gt;</code> &amp; &quot;c&quot; &lt;d&gt;"
    );
}

#[test]
fn tables_footnotes_definitions_and_admonitions_are_understood() {
    let html = body("|a|b|\n|-|-:|\n|1|2|\n");
    assert!(
        html.contains("<th scope=\"col\">a</th>") && html.contains("<td class=\"right\">2</td>"),
        "{html}"
    );
    assert!(html.ends_with("</tbody></table></div>"), "{html}");
    let html = body("Chữ[^x].\n\n[^x]: Chú thích.\n");
    assert!(
        html.contains("href=\"#fn-1\"") && html.contains("<li id=\"fn-1\">"),
        "{html}"
    );
    let html = body("Từ\n: nghĩa\n");
    assert!(
        html.contains("<dt>Từ</dt>") && html.contains("<dd>nghĩa"),
        "{html}"
    );
    let html = body("> [!NOTE]\n> Chữ\n");
    assert!(
        html.starts_with("<div class=\"admonition note\" role=\"note\">"),
        "{html}"
    );
}

#[test]
fn a_box_of_the_drawing_is_a_row_with_its_number() {
    let parsed = parsed("| Mã | Nhãn |\n|---|---|\n| II.2.b05 | KHUNG & ĐẢNG |\n");
    let clause = parsed.document.clauses().next().unwrap();
    assert_eq!(
        (clause.id.as_str(), clause.text),
        ("II.2.b05", "KHUNG & ĐẢNG")
    );
    assert!(body("| Mã | Nhãn |\n|---|---|\n| II.2.b05 | x |\n").contains("<tr id=\"ii-2-b05\">"));
}

#[test]
fn editors_learn_what_is_wrong_with_a_mark() {
    assert_eq!(codes("<!-- id: II.9x -->\nChữ.\n"), ["not-a-clause"]);
    assert_eq!(codes("<!-- id: II.1 -->\n"), ["id-without-block"]);
    assert_eq!(
        codes("<!-- id: II.1.p1 -->\nMột. <!-- II.1.p1.s3 -->Hai.\n"),
        ["sentence-mark"]
    );
    assert_eq!(
        codes("<!-- id: II.1.p1 -->\nMột **a <!-- II.1.p1.s2 -->b**.\n"),
        ["sentence-mark"]
    );
    assert_eq!(
        codes("<!-- id: I.1 -->\n# A\n\n<!-- id: I.1 -->\n# B\n"),
        ["duplicate-anchor"]
    );
    assert_eq!(codes("![](a.png)\n"), ["missing-alt-text"]);
}

#[test]
fn deep_nesting_is_refused_without_a_crash() {
    let parsed = parsed(&"> ".repeat(5_000).replace("> ", ">"));
    assert!(parsed.document.blocks().len() <= 1);
    assert!(codes(&format!("{}x", "> ".repeat(2_000))).contains(&"nesting-too-deep"));
}
