//! Parts of a file (RFC 9110, section 14): one range at a time.

/// What a `Range` header asks of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it: no range, several ranges, or a header we need not understand.
    Whole,
    /// These bytes, the last included.
    Bytes { first: u64, last: u64 },
    /// None that exist.
    Outside,
}

/// Reads the header for a file of that length.
pub(super) fn part(header: &str, length: u64) -> Part {
    let Some(range) = header.trim().strip_prefix("bytes=") else {
        return Part::Whole;
    };
    let Some((first, last)) = range.split_once('-') else {
        return Part::Whole;
    };
    let (first, last) = (first.trim(), last.trim());
    match (number(first), number(last)) {
        (None, Some(suffix)) if first.is_empty() => match suffix.min(length) {
            0 => Part::Outside,
            count => Part::Bytes {
                first: length - count,
                last: length - 1,
            },
        },
        (Some(first), None) if last.is_empty() => from(first, u64::MAX, length),
        (Some(first), Some(last)) if first <= last => from(first, last, length),
        _ => Part::Whole,
    }
}

fn from(first: u64, last: u64, length: u64) -> Part {
    if first >= length {
        return Part::Outside;
    }
    Part::Bytes {
        first,
        last: last.min(length - 1),
    }
}

/// Digits only; a number too large for us is as good as the largest.
fn number(text: &str) -> Option<u64> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::{Part::*, *};

    #[test]
    fn ranges_are_cut_to_the_file_and_never_overflow() {
        for (header, expected) in [
            ("bytes=0-0", Bytes { first: 0, last: 0 }),
            ("bytes=2-", Bytes { first: 2, last: 9 }),
            ("bytes=-3", Bytes { first: 7, last: 9 }),
            ("bytes=-99", Bytes { first: 0, last: 9 }),
            ("bytes=0-18446744073709551615", Bytes { first: 0, last: 9 }),
            (
                "bytes=0-99999999999999999999999",
                Bytes { first: 0, last: 9 },
            ),
            ("bytes=-18446744073709551616", Bytes { first: 0, last: 9 }),
            ("bytes=10-", Outside),
            ("bytes=18446744073709551615-", Outside),
            ("bytes=-0", Outside),
            ("bytes=5-2", Whole),
            ("bytes=0-1,3-4", Whole),
            ("bytes=+1-2", Whole),
            ("bytes=--1", Whole),
            ("bytes=", Whole),
            ("lines=1-2", Whole),
        ] {
            assert_eq!(part(header, 10), expected, "{header}");
        }
        assert_eq!(part("bytes=0-", 0), Outside);
        assert_eq!(part("bytes=-1", 0), Outside);
    }
}
