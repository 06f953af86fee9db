//! How many slips of the finger lie between two words.

use alloc::{vec, vec::Vec};

/// The number of letters inserted, dropped, changed or swapped with their neighbour between two
/// words, if it is at most `limit`. Bytes are compared, so words are folded first.
pub fn edit_distance(one: &str, other: &str, limit: usize) -> Option<usize> {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len().abs_diff(other.len()) > limit {
        return None;
    }
    let mut before: Vec<usize> = vec![0; other.len() + 1];
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut this = Vec::with_capacity(other.len() + 1);
        this.push(row + 1);
        let mut best = row + 1;
        for (column, against) in other.iter().enumerate() {
            let changed = last[column] + usize::from(letter != against);
            let mut cost = changed.min(last[column + 1] + 1).min(this[column] + 1);
            let swapped =
                row > 0 && column > 0 && *letter == other[column - 1] && one[row - 1] == *against;
            if swapped {
                cost = cost.min(before[column - 1] + 1);
            }
            best = best.min(cost);
            this.push(cost);
        }
        if best > limit {
            return None;
        }
        before = last;
        last = this;
    }
    last.last().copied().filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted() {
        for (one, other, slips) in [
            ("kien", "kien", 0),
            ("kein", "kien", 1),
            ("kie", "kien", 1),
            ("identfication", "identification", 1),
            ("idnetfication", "identification", 2),
            ("", "ab", 2),
        ] {
            assert_eq!(edit_distance(one, other, 2), Some(slips), "{one} {other}");
            assert_eq!(edit_distance(other, one, 2), Some(slips), "{other} {one}");
        }
    }

    #[test]
    fn words_further_apart_than_the_limit_are_not_near() {
        assert_eq!(edit_distance("kien", "truc", 2), None);
        assert_eq!(edit_distance("a", "abcd", 2), None);
        assert_eq!(edit_distance("kien", "kein", 0), None);
    }
}
