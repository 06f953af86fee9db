//! A bilingual corpus of Markdown pages: about 600 words a page, tables, code, footnotes, cross links.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::Dice;

struct Words {
    subjects: &'static [&'static str],
    verbs: &'static [&'static str],
    objects: &'static [&'static str],
    tails: &'static [&'static str],
    see: &'static str,
    heading: &'static str,
    title: &'static str,
    table: &'static str,
    note: &'static str,
}

const VI: Words = Words {
    subjects: &[
        "Cơ quan chủ trì",
        "Hệ thống thông tin giải quyết thủ tục hành chính",
        "Nền tảng tích hợp, chia sẻ dữ liệu",
        "Đơn vị chuyên trách chuyển đổi số",
        "Kho dữ liệu tổng hợp",
        "Mạng truyền số liệu chuyên dùng",
        "Ủy ban nhân dân cấp tỉnh",
        "Văn phòng Bộ",
        "Trung tâm dữ liệu quốc gia",
        "Cổng dịch vụ công",
    ],
    verbs: &[
        "kết nối, chia sẻ",
        "rà soát, cập nhật",
        "xây dựng, triển khai",
        "quản lý, vận hành",
        "chuẩn hóa",
        "hướng dẫn áp dụng",
        "tổng hợp, phân tích",
        "bảo đảm",
        "thống nhất",
        "đồng bộ",
    ],
    objects: &[
        "dữ liệu dân cư",
        "văn bản điện tử",
        "hồ sơ cán bộ, công chức",
        "danh mục dùng chung",
        "báo cáo định kỳ",
        "kết quả giải quyết thủ tục hành chính",
        "chữ ký số công vụ",
        "danh tính điện tử",
        "hạ tầng tính toán",
        "an toàn thông tin",
    ],
    tails: &[
        "giữa các cơ quan trong hệ thống chính trị",
        "từ Trung ương đến cấp xã",
        "theo lộ trình đã phê duyệt",
        "trên quy mô quốc gia",
        "phục vụ công tác chỉ đạo, điều hành",
        "theo quy định của pháp luật",
        "nhằm tránh trùng lặp đầu tư",
        "trong giai đoạn 2026 - 2030",
    ],
    see: "Xem thêm",
    heading: "Nội dung phần",
    title: "Tài liệu hướng dẫn số",
    table: "| Tiêu chí | Hiện trạng | Mục tiêu |",
    note: "Ghi chú biên tập số",
};

const EN: Words = Words {
    subjects: &[
        "The lead agency",
        "The procedure settlement system",
        "The data sharing platform",
        "The digital transformation unit",
        "The aggregated data warehouse",
        "The specialised network",
        "The provincial People's Committee",
        "The ministry office",
        "The National Data Center",
        "The service portal",
    ],
    verbs: &[
        "connects and shares",
        "reviews and updates",
        "builds and deploys",
        "manages and operates",
        "standardises",
        "gives guidance on",
        "aggregates and analyses",
        "ensures",
        "unifies",
        "synchronises",
    ],
    objects: &[
        "population data",
        "electronic documents",
        "personnel records",
        "shared reference lists",
        "periodic reports",
        "procedure results",
        "public-duty signatures",
        "electronic identities",
        "computing capacity",
        "information security",
    ],
    tails: &[
        "between agencies of the political system",
        "from the centre to the commune",
        "along the approved roadmap",
        "on a national scale",
        "in support of direction and administration",
        "as the law provides",
        "so as to avoid duplicate investment",
        "in the period 2026 to 2030",
    ],
    see: "See also",
    heading: "Contents of part",
    title: "Guidance document no.",
    table: "| Criterion | Current | Target |",
    note: "Editorial note no.",
};

/// Writes `pairs` page pairs below `content/{vi,en}/corpus/`, a hundred to a folder.
pub(crate) fn write(content: &Path, pairs: usize) -> Result<()> {
    write_each(pairs, |language, folder, page| {
        let corpus = content.join(language).join("corpus");
        corpus.join(folder).join(format!("{page}.md"))
    })
}

/// Writes `pairs` page pairs to the files that language, folder and name lead to; what has one folder here has one
/// there.
pub(crate) fn write_each(pairs: usize, file: impl Fn(&str, &str, &str) -> PathBuf) -> Result<()> {
    for (language, words) in [("vi", &VI), ("en", &EN)] {
        for index in 0..pairs {
            let folder = format!("{:03}", index / 100);
            let file = file(language, &folder, &format!("page-{index:05}"));
            if index % 100 == 0 {
                let folder = file.parent().context("a file in a folder")?;
                fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
            }
            fs::write(&file, page(words, language, index, pairs))
                .with_context(|| file.display().to_string())?;
        }
    }
    Ok(())
}

/// The address of a page after its language.
fn address(index: usize) -> String {
    format!("/corpus/{:03}/page-{index:05}/", index / 100)
}

fn page(words: &Words, language: &str, index: usize, pairs: usize) -> String {
    let mut dice = Dice::new(index as u64 + 1);
    let mut text = format!("+++\ntitle = \"{} {index}\"\n+++\n\n", words.title);
    for part in 1..=5 {
        writeln!(text, "## {} {part}\n", words.heading).expect("writing to a String");
        for _ in 0..3 {
            paragraph(&mut text, words, &mut dice);
        }
        extras(&mut text, words, part, &mut dice);
    }
    for _ in 0..3 {
        let other = dice.below(pairs);
        writeln!(
            text,
            "- {}: [{} {other}](/{language}{})",
            words.see,
            words.title,
            address(other)
        )
        .expect("writing to a String");
    }
    writeln!(text, "\n[^1]: {} {index}.", words.note).expect("writing to a String");
    text
}

fn paragraph(text: &mut String, words: &Words, dice: &mut Dice) {
    for _ in 0..3 {
        let (subject, verb) = (dice.pick(words.subjects), dice.pick(words.verbs));
        let (object, tail) = (dice.pick(words.objects), dice.pick(words.tails));
        write!(text, "{subject} {verb} **{object}** {tail}. ").expect("writing to a String");
    }
    text.push_str("\n\n");
}

fn extras(text: &mut String, words: &Words, part: usize, dice: &mut Dice) {
    match part {
        1 => text.push_str("Footnote.[^1]\n\n"),
        2 => {
            writeln!(text, "{}\n|---|---|---|", words.table).expect("writing to a String");
            for _ in 0..5 {
                let (a, b, c) = (dice.pick(words.objects), dice.below(100), dice.below(100));
                writeln!(text, "| {a} | {b} % | {c} % |").expect("writing to a String");
            }
            text.push('\n');
        }
        3 => text.push_str(
            "```json\n{\"id\": \"app-dms\", \"lifecycle\": \"operating\", \"security_level\": 3}\n```\n\n",
        ),
        _ => {}
    }
}
