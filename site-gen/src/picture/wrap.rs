//! Breaking a label into balanced lines, without tearing Vietnamese compounds apart.

use framework::Locale;

use super::glyphs::Face;

const JOINED: char = '\u{a0}';

/// Compounds that read wrongly when a line ends inside them.
#[rustfmt::skip]
const COMPOUNDS: &[&str] = &[
    "cơ sở dữ liệu", "truyền số liệu", "chữ ký số", "báo cáo", "cán bộ", "chia sẻ", "chính phủ",
    "chính quyền", "chứng thực", "chỉ đạo", "chuyên dùng", "chữ ký", "công an", "công chức",
    "công cộng", "công nghệ", "công tác", "công việc", "công vụ", "cơ quan", "cơ yếu", "cung cấp",
    "cấp bộ", "cấp tỉnh", "cấp xã", "danh tính", "dân cư", "dịch vụ", "dùng chung", "dữ liệu",
    "đám mây", "điều hành", "điều phối", "điện toán", "điện tử", "định danh", "hệ thống", "hồ sơ",
    "hạ tầng", "khoa học", "kiến trúc", "kết nối", "liên thông", "mặt trận", "nghiệp vụ",
    "ngang bộ", "nhà nước", "nhân dân", "nhân sự", "nền tảng", "nội vụ", "quản lý", "quốc gia",
    "quốc hội", "thành phố", "thông tin", "tích hợp", "tổng hợp", "tổ chức", "tổ quốc",
    "trung tâm", "trung ương", "trực thuộc", "trực tuyến", "ứng dụng", "văn bản",
    "văn phòng", "viên chức", "việt nam", "xác thực",
];

/// What one more line costs, so that fewer lines win over perfectly even ones.
const COST_OF_A_LINE: f64 = 2200.0;
/// What a word that is wider than the box costs: it is set anyway, alone.
const COST_OF_OVERFLOW: f64 = 1e7;
/// The last line may be short.
const LAST_LINE_SLACK: f64 = 0.12;

/// Breaks a text so that no line is wider than `max` and the lines are as even as they can be
/// (minimum raggedness by dynamic programming, not greedily).
pub(super) fn wrap(text: &str, max: f64, face: Face, locale: Locale) -> Vec<String> {
    let words = words(text, max, face, locale);
    let count = words.len();
    let mut best = vec![f64::INFINITY; count + 1];
    let mut cut = vec![0; count + 1];
    best[0] = 0.0;
    for end in 1..=count {
        for start in (0..end).rev() {
            let width = face.width(&words[start..end].join(" "));
            if width > max && end - start > 1 {
                break;
            }
            let cost = best[start] + line_cost(max - width, end == count);
            if cost < best[end] {
                best[end] = cost;
                cut[end] = start;
            }
        }
    }
    let mut lines = Vec::new();
    let mut end = count;
    while end > 0 {
        lines.push(words[cut[end]..end].join(" "));
        end = cut[end];
    }
    lines.reverse();
    lines
}

fn line_cost(slack: f64, last: bool) -> f64 {
    if slack < 0.0 {
        return COST_OF_OVERFLOW + COST_OF_A_LINE;
    }
    slack * slack * if last { LAST_LINE_SLACK } else { 1.0 } + COST_OF_A_LINE
}

/// The pieces between which a line may end.
fn words(text: &str, max: f64, face: Face, locale: Locale) -> Vec<String> {
    let plain: Vec<&str> = text.split_whitespace().collect();
    let kept = match locale {
        Locale::Vi => keep_compounds(&plain),
        Locale::En => plain.iter().map(|&word| word.to_owned()).collect(),
    };
    // A compound that is wider than the box has to break after all.
    kept.into_iter()
        .flat_map(|word| {
            if face.width(&word) <= max {
                vec![word]
            } else {
                word.split(JOINED).map(str::to_owned).collect()
            }
        })
        .collect()
}

fn keep_compounds(words: &[&str]) -> Vec<String> {
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let mut kept = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let rest = &lower[at..];
        let compounds = COMPOUNDS.iter();
        let lengths = compounds.filter_map(|compound| length_of(compound, rest));
        let end = at + lengths.max().unwrap_or(1);
        kept.push(words[at..end].join(&JOINED.to_string()));
        at = end;
    }
    kept
}

/// How many words a compound has, if the words begin with it, punctuation around it apart: `(cán bộ,` does.
fn length_of(compound: &str, words: &[String]) -> Option<usize> {
    let is_mark = |letter: char| !letter.is_alphanumeric();
    let mut length = 0;
    let mut parts = compound.split(' ').peekable();
    while let Some(part) = parts.next() {
        let mut word = words.get(length)?.as_str();
        if length == 0 {
            word = word.trim_start_matches(is_mark);
        }
        if parts.peek().is_none() {
            word = word.trim_end_matches(is_mark);
        }
        if word != part {
            return None;
        }
        length += 1;
    }
    Some(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::glyphs::Weight;

    const NAME: Face = Face {
        size: 15.0,
        weight: Weight::Semibold,
    };

    #[test]
    fn compounds_stay_on_one_line() {
        let lines = wrap(
            "Hệ thống chứng thực chữ ký số chuyên dùng công vụ",
            166.0,
            NAME,
            Locale::Vi,
        );
        for compound in [
            "Hệ thống",
            "chứng thực",
            "chữ ký số",
            "chuyên dùng",
            "công vụ",
        ] {
            let joined = compound.replace(' ', "\u{a0}");
            assert!(
                lines.iter().any(|line| line.contains(&joined)),
                "{compound} in {lines:?}"
            );
        }
    }

    #[test]
    fn nothing_is_lost_and_nothing_is_too_wide() {
        let text = "Cơ sở dữ liệu quốc gia về cán bộ, công chức, viên chức trong các cơ quan";
        for max in [120.0, 160.0, 240.0, 900.0] {
            let lines = wrap(text, max, NAME, Locale::Vi);
            assert_eq!(lines.join(" ").replace('\u{a0}', " "), text);
            assert!(
                lines.iter().all(|line| NAME.width(line) <= max),
                "{max}: {lines:?}"
            );
        }
    }

    #[test]
    fn a_word_wider_than_the_box_stands_alone_and_is_not_dropped() {
        assert_eq!(
            wrap("a Donaudampfschiff b", 60.0, NAME, Locale::En),
            ["a", "Donaudampfschiff", "b"]
        );
        assert_eq!(wrap("", 60.0, NAME, Locale::Vi), [] as [&str; 0]);
    }
}
