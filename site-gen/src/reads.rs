//! Who reads whose text, noted while a page or an entry of the index is made.
//!
//! Most Markdown pages stand by themselves: of their text, what makes the site reads a page's own only; of
//! all others it reads the heads (titles, front matter, anchors). So a changed text changes its own pages,
//! and nothing else has to be made again. That is not a rule to be kept in mind: every reading of a text
//! passes [`note`], and a build in which one page read another's is remembered as one that cannot be
//! brought up to date page by page.

use std::cell::{Cell, RefCell};

use crate::{address::Tail, document::Page};

thread_local! {
    /// The page being made on this thread.
    static MAKING: RefCell<Option<Making>> = const { RefCell::new(None) };
    static FOREIGN: Cell<bool> = const { Cell::new(false) };
}

/// What is being made.
struct Making {
    /// Whose text it may read; none if it is made of data.
    own: Option<Tail>,
}

/// Makes something that may read the text of one page; whether it read another's as well. `make` stays on
/// this thread.
pub(crate) fn of_page<T>(own: Option<&Tail>, make: impl FnOnce() -> T) -> (T, bool) {
    let making = Making { own: own.cloned() };
    let outer = MAKING.replace(Some(making));
    let before = FOREIGN.replace(false);
    let made = make();
    MAKING.set(outer);
    (made, FOREIGN.replace(before))
}

/// Notes that the text of a page is read.
pub(crate) fn note(tail: &Tail) {
    if !Page::is_by_itself(tail) {
        return;
    }
    MAKING.with_borrow(|making| {
        if making
            .as_ref()
            .is_some_and(|making| making.own.as_ref() != Some(tail))
        {
            FOREIGN.set(true);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_text_of_others_is_noted() {
        let page = |path: &str| Tail::parse(path);
        let made = |own: Option<&Tail>, read: &str| of_page(own, || note(&page(read))).1;
        assert!(!made(Some(&page("guide/a")), "guide/a"));
        assert!(made(Some(&page("guide/a")), "guide/b"));
        assert!(made(None, "guide/b"));
        assert!(
            !made(None, "framework/ii-3-4"),
            "everybody reads the framework"
        );
        note(&page("guide/b"));
        assert!(!of_page(None, || ()).1);
    }
}
