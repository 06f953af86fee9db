//! Sentences that several diagnostics share.

use std::path::Path;

use framework::{Diagnostic, Localized};

/// Faults of one kind of check that are told one by one in one file; the rest are counted.
pub(crate) const MOST_IN_A_FILE: usize = 100;

/// Stands for the faults of a file that are not told one by one.
pub(crate) fn and_more(file: &Path, count: usize) -> Diagnostic {
    Diagnostic::error(
        "more-faults",
        file,
        Localized::text(
            format!("Còn {count} chỗ nữa trong tệp này"),
            format!("There are {count} more places in this file"),
        ),
    )
}

/// "Did you mean …?" with the nearest of the known names, or the list of them when none is near.
pub(crate) fn did_you_mean<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Localized {
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(wrong, known.iter().copied()) {
        Some(name) => Localized::text(
            format!("Có phải ý là «{name}»?"),
            format!("Did you mean “{name}”?"),
        ),
        None if !known.is_empty() && known.len() <= 12 => {
            let list = known.join(", ");
            Localized::text(format!("Có thể dùng: {list}"), format!("Known: {list}"))
        }
        None => Localized::text(
            "Không tìm thấy tên nào gần giống",
            "Nothing by a similar name was found",
        ),
    }
}

/// The known name nearest to a wrong one, if any is near enough to be meant. Ties go to the first.
pub(crate) fn nearest<'a>(
    wrong: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let wrong = wrong.to_lowercase();
    let length = wrong.chars().count();
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        let other = name.chars().count();
        let allowed = (other.max(length) / 3).max(1);
        // Most names are ruled out by their length alone.
        if other.abs_diff(length) > allowed {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&wrong, &name.to_lowercase());
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}
