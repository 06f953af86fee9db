//! Whether one word may be a slip of the finger for another.

/// Whether so many slips make one word of the other: a letter inserted, dropped, changed or swapped
/// with its neighbour. Bytes are compared, so words are folded first. The work grows fast with the
/// number of slips; one or two are meant.
pub fn within_slips(one: &str, other: &str, slips: usize) -> bool {
    reaches(one.as_bytes(), other.as_bytes(), slips)
}

fn reaches(mut one: &[u8], mut other: &[u8], slips: usize) -> bool {
    loop {
        match (one, other) {
            ([left, one_rest @ ..], [right, other_rest @ ..]) => {
                if left == right {
                    (one, other) = (one_rest, other_rest);
                    continue;
                }
                if slips == 0 {
                    return false;
                }
                let is_swap = match (one_rest, other_rest) {
                    ([next, one_rest @ ..], [against, other_rest @ ..]) => {
                        next == right && left == against && reaches(one_rest, other_rest, slips - 1)
                    }
                    _ => false,
                };
                return is_swap
                    || reaches(one_rest, other_rest, slips - 1)
                    || reaches(one_rest, other, slips - 1)
                    || reaches(one, other_rest, slips - 1);
            }
            // One of them is at its end: what is left of the other was dropped.
            _ => return one.len() + other.len() <= slips,
        }
    }
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
            for (one, other) in [(one, other), (other, one)] {
                assert!(within_slips(one, other, slips), "{one} {other}");
                assert!(
                    slips == 0 || !within_slips(one, other, slips - 1),
                    "{one} {other}"
                );
            }
        }
    }

    #[test]
    fn words_further_apart_are_not_near() {
        assert!(!within_slips("kien", "truc", 2));
        assert!(!within_slips("a", "abcd", 2));
    }
}
