//! How many slips of the finger lie between two words.

use alloc::{vec, vec::Vec};

/// The number of letters inserted, dropped, changed or swapped with their neighbour between two
/// words, if it is at most `limit`. Bytes are compared, so words are folded first.
pub fn edit_distance(one: &str, other: &str, limit: usize) -> Option<usize> {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len().abs_diff(other.len()) > limit {
        return None;
    }
    // Rows of the table, the last two; a row begins with what it costs to drop all letters so far.
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = vec![0];
    for column in 1..=other.len() {
        last.push(column);
    }
    let mut letter_before = 0;
    for (row, letter) in one.iter().enumerate() {
        let mut this = vec![row + 1];
        let (mut left, mut against_before) = (row + 1, 0);
        // What stands two columns to the left in the row before last.
        let mut two_back = 0;
        for (column, (against, pair)) in other.iter().zip(last.windows(2)).enumerate() {
            let &[diagonal, above] = pair else { break };
            let changed = diagonal + usize::from(letter != against);
            let mut cost = changed.min(above + 1).min(left + 1);
            let is_swap = row > 0 && column > 0 && *letter == against_before;
            if is_swap && letter_before == *against {
                cost = cost.min(two_back + 1);
            }
            two_back = before.get(column).copied().unwrap_or(limit + 1);
            against_before = *against;
            left = cost;
            this.push(cost);
        }
        if this.iter().all(|cost| *cost > limit) {
            return None;
        }
        letter_before = *letter;
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
