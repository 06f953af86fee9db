//! Where the query core gets its facts from.

use alloc::sync::Arc;

use crate::{Facets, Record};

/// An index as the query core sees it: tantivy on the server, shards in the browser.
///
/// A source may lack a part that is still on its way. It then answers as if nothing were there and
/// counts it in [`Source::missed`]; the query is asked again when the part has come.
pub trait Source {
    /// How many numbers documents have: a few may belong to none.
    fn documents(&self) -> u32;

    /// Kind and layer of a document.
    fn facets(&self, document: u32) -> Facets;

    /// What is known about a key.
    fn record(&mut self, key: &str) -> Option<Arc<Record>>;

    /// In how many documents a word or a pair of words stands; 0 if in none.
    fn frequency(&mut self, key: &str) -> u32;

    /// Visits all words, or pairs of words, that begin so, in order.
    fn for_each_key(&mut self, prefix: &str, visit: &mut dyn FnMut(&str));

    /// How often something was asked for that is still on its way. Where the number stays as it was,
    /// what was asked meanwhile is certain: only then is there a guess about an unknown word.
    fn missed(&self) -> u32 {
        0
    }
}
