//! Lists in the order of the alphabet, by the letters they begin with.

use vitext::fold;

/// The letter a name is found under, and the key that orders it. In Vietnamese đ is a letter of
/// its own, after d; tones and quality marks order words that are otherwise the same.
pub(super) fn key(name: &str) -> (char, String) {
    let bare = name.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let first = bare
        .chars()
        .next()
        .unwrap_or('#')
        .to_lowercase()
        .next()
        .unwrap_or('#');
    let letter = match first {
        'đ' => 'đ',
        other => folded(other),
    };
    // `đ` sorts behind every word with `d`.
    let order = bare.to_lowercase().replace('đ', "d\u{7f}");
    (letter, format!("{}\u{0}{bare}", fold(&order)))
}

fn folded(letter: char) -> char {
    fold(&letter.to_string()).chars().next().unwrap_or('#')
}

/// The heading of a letter: `A`, `Đ`, `#` for digits.
pub(super) fn heading(letter: char) -> String {
    if letter.is_alphabetic() {
        letter.to_uppercase().collect()
    } else {
        "#".to_owned()
    }
}

/// The anchor of a letter, ASCII.
pub(super) fn anchor(prefix: &str, letter: char) -> String {
    match letter {
        'đ' => format!("{prefix}-dd"),
        letter if letter.is_ascii_alphabetic() => format!("{prefix}-{letter}"),
        // Other scripts have letters as well: each gets an anchor of its own.
        letter if letter.is_alphabetic() => format!("{prefix}-u{:x}", u32::from(letter)),
        _ => format!("{prefix}-0"),
    }
}

/// Entries sorted and grouped by their letter.
pub(super) fn grouped<T>(entries: Vec<T>, name: impl Fn(&T) -> &str) -> Vec<(char, Vec<T>)> {
    let mut keyed: Vec<((char, String), T)> = entries
        .into_iter()
        .map(|entry| (key(name(&entry)), entry))
        .collect();
    keyed.sort_by(|(left, _), (right, _)| position(left).cmp(&position(right)));
    let mut groups: Vec<(char, Vec<T>)> = Vec::new();
    for ((letter, _), entry) in keyed {
        let letter = if letter.is_alphabetic() { letter } else { '#' };
        match groups.last_mut() {
            Some((last, group)) if *last == letter => group.push(entry),
            _ => groups.push((letter, vec![entry])),
        }
    }
    groups
}

/// Where a key stands: the letters of the alphabet with đ between d and e, then the words.
fn position(key: &(char, String)) -> (u32, u32, &str) {
    let (letter, order) = key;
    match letter {
        'đ' => (u32::from('d'), 1, order),
        letter if letter.is_alphabetic() => (u32::from(*letter), 0, order),
        _ => (0, 0, order),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dd_stands_between_d_and_e() {
        let names = vec![
            "Ứng dụng",
            "đám mây",
            "Điện tử",
            "dữ liệu",
            "ekyc",
            "15/2025",
            "An ninh",
        ];
        let groups = grouped(names, |name| name);
        let letters: Vec<char> = groups.iter().map(|(letter, _)| *letter).collect();
        assert_eq!(letters, ['#', 'a', 'd', 'đ', 'e', 'u']);
        assert_eq!(groups[3].1, ["đám mây", "Điện tử"]);
        assert_eq!(anchor("l", 'đ'), "l-dd");
        assert_eq!(heading('đ'), "Đ");
    }
}
