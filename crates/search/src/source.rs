//! Where the query core gets its facts from.

use alloc::sync::Arc;

use crate::{Facets, Record};

/// An index as the query core sees it: tantivy on the server, shards in the browser.
///
/// A source may lack a part that is still on its way. It then answers as if nothing were there and
/// says so in [`Source::is_waiting`]; the query is asked again when the part has come.
pub trait Source {
    /// How many documents there are.
    fn documents(&self) -> u32;

    /// Kind and layer of a document.
    fn facets(&self, document: u32) -> Facets;

    /// What is known about a key.
    fn record(&mut self, key: &str) -> Option<Arc<Record>>;

    /// In how many documents a word or a pair of words stands; 0 if in none.
    fn frequency(&mut self, key: &str) -> u32;

    /// Visits all words, or pairs of words, that begin so, in order.
    fn for_each_key(&mut self, prefix: &str, visit: &mut dyn FnMut(&str));

    /// Whether something asked for is still on its way: guesses about unknown words must wait.
    fn is_waiting(&self) -> bool {
        false
    }
}
