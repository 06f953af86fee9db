//! Texts of which a program meets few, each many times: media types, codes of faults.

use std::{
    collections::BTreeSet,
    sync::{PoisonError, RwLock},
};

static KNOWN: RwLock<BTreeSet<&'static str>> = RwLock::new(BTreeSet::new());

/// A text for good: each is kept once, for as long as the program runs.
pub(crate) fn interned(text: &str) -> &'static str {
    let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = known.get(text) {
        return known;
    }
    drop(known);
    let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
    // Another thread may have put it there meanwhile.
    if let Some(known) = known.get(text) {
        return known;
    }
    let text: &'static str = text.to_owned().leak();
    known.insert(text);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_once() {
        let (one, other) = (interned("text/html"), interned(&format!("text/{}", "html")));
        assert!(std::ptr::eq(one, other));
        assert_ne!(interned("text/css"), one);
    }
}
