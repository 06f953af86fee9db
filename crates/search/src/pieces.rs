//! Text taken apart at a byte. The standard library's patterns bring a search machinery along that
//! would be a twentieth of the browser module.

/// What stands before and after the first such byte; everything and nothing if there is none. The
/// byte is ASCII, so the cut is between characters.
pub(crate) fn cut(text: &str, at: u8) -> (&str, Option<&str>) {
    match text.bytes().position(|byte| byte == at) {
        Some(place) => (text.get(..place).unwrap_or(""), text.get(place + 1..)),
        None => (text, None),
    }
}

/// The pieces between such bytes.
pub(crate) fn pieces(text: &str, at: u8) -> Pieces<'_> {
    Pieces {
        rest: Some(text),
        at,
    }
}

/// See [`pieces`].
pub(crate) struct Pieces<'a> {
    rest: Option<&'a str>,
    at: u8,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let (piece, rest) = cut(self.rest?, self.at);
        self.rest = rest;
        Some(piece)
    }
}

/// Moves the last element forward to its place among those that are in order.
pub(crate) fn settle_last<T>(sorted: &mut [T], weaker: impl Fn(&T, &T) -> bool) {
    for place in (1..sorted.len()).rev() {
        match sorted.get_mut(place - 1..=place) {
            Some([before, last]) if weaker(before, last) => core::mem::swap(before, last),
            _ => break,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_as_the_standard_library_cuts_it() {
        for text in ["", " ", "a", "một hai", " x  y ", "ữ ữ"] {
            let expected: Vec<&str> = text.split(' ').collect();
            assert_eq!(pieces(text, b' ').collect::<Vec<_>>(), expected);
            let (before, after) = cut(text, b' ');
            assert_eq!(text.split_once(' '), after.map(|after| (before, after)));
        }
    }

    #[test]
    fn the_last_moves_to_its_place() {
        let mut numbers = [9, 7, 4, 8];
        settle_last(&mut numbers, |one, other| one < other);
        assert_eq!(numbers, [9, 8, 7, 4]);
        settle_last::<u8>(&mut [], |_, _| true);
    }
}
