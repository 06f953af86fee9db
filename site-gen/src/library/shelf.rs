//! The Markdown pages of one language in the order of their addresses.

use std::{collections::BTreeMap, sync::Arc};

use crate::{address::Tail, document::Page};

/// How many pages a board holds.
const BOARD: usize = 128;

/// The Markdown pages of one language in the order of their addresses. They lie on boards that copies share: a
/// copy with another page in it costs one board and the list of boards, whatever the number of pages.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    boards: Vec<Arc<BTreeMap<Tail, Arc<Page>>>>,
}

impl From<BTreeMap<Tail, Arc<Page>>> for Shelf {
    fn from(pages: BTreeMap<Tail, Arc<Page>>) -> Self {
        let mut pages = pages.into_iter().peekable();
        let mut boards = Vec::new();
        while pages.peek().is_some() {
            boards.push(Arc::new(pages.by_ref().take(BOARD).collect()));
        }
        Self { boards }
    }
}

impl Shelf {
    /// The page at an address; none where there is no such file.
    pub fn get(&self, tail: &Tail) -> Option<&Arc<Page>> {
        self.boards.get(self.board_of(tail))?.get(tail)
    }

    /// All pages with their addresses.
    pub fn iter(&self) -> impl Iterator<Item = (&Tail, &Arc<Page>)> {
        self.boards.iter().flat_map(|board| board.iter())
    }

    /// The page at an address and those after it.
    pub fn starting_at(&self, tail: &Tail) -> impl Iterator<Item = (&Tail, &Arc<Page>)> {
        let boards = self.boards.iter().skip(self.board_of(tail));
        boards.flat_map(move |board| board.range(tail..))
    }

    /// The pages before an address, the nearest first.
    pub fn before(&self, tail: &Tail) -> impl Iterator<Item = (&Tail, &Arc<Page>)> {
        let boards = self.boards.iter().take(self.board_of(tail) + 1).rev();
        boards.flat_map(move |board| board.range(..tail).rev())
    }

    /// Puts a page where it belongs, in the place of the one at its address.
    pub(super) fn put(&mut self, page: Arc<Page>) {
        if self.boards.is_empty() {
            self.boards.push(Arc::default());
        }
        let place = self.board_of(&page.tail);
        if let Some(board) = self.boards.get_mut(place) {
            Arc::make_mut(board).insert(page.tail.clone(), page);
        }
    }

    /// The last board that does not begin after an address; the first if all do.
    fn board_of(&self, tail: &Tail) -> usize {
        let begins_before = |board: &Arc<BTreeMap<_, _>>| {
            let first: Option<(&Tail, _)> = board.first_key_value();
            first.is_some_and(|(first, _)| first <= tail)
        };
        self.boards.partition_point(begins_before).saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use framework::Locale;

    use super::*;
    use crate::source::Content;

    fn made(number: usize) -> Arc<Page> {
        let tail = Tail::Document(format!("page-{number:05}").as_str().into());
        let text = Content::Text("".into());
        Arc::new(Page::new(PathBuf::new(), Locale::Vi, tail, text))
    }

    #[test]
    fn a_shelf_is_a_map_whose_copies_share() {
        for count in [0, 1, BOARD, 5 * BOARD + 3] {
            let pages = (0..count).map(|number| made(2 * number));
            let pages = pages.map(|page| (page.tail.clone(), page));
            let before: BTreeMap<Tail, Arc<Page>> = pages.collect();
            let (mut after, shelf) = (before.clone(), Shelf::from(before.clone()));
            let mut copy = shelf.clone();
            for number in [0, 1, count, 2 * count] {
                let page = made(number);
                let tail = page.tail.clone();
                after.insert(tail.clone(), Arc::clone(&page));
                copy.put(page);
                assert!(are_same(copy.iter(), after.iter()));
                assert!(are_same(copy.starting_at(&tail), after.range(&tail..)));
                assert!(are_same(copy.before(&tail), after.range(..&tail).rev()));
            }
            assert!(are_same(shelf.iter(), before.iter()));
            let found = after
                .keys()
                .filter_map(|tail| Some((tail, copy.get(tail)?)));
            assert!(are_same(found, after.iter()));
        }
    }

    fn are_same<'a>(
        left: impl Iterator<Item = (&'a Tail, &'a Arc<Page>)>,
        right: impl Iterator<Item = (&'a Tail, &'a Arc<Page>)>,
    ) -> bool {
        let places = |(tail, page): (&'a Tail, &'a Arc<Page>)| (tail, Arc::as_ptr(page));
        left.map(places).eq(right.map(places))
    }
}
