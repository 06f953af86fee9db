//! How much of a long list a thread takes at a time. Left alone, rayon cuts a list for two threads into four
//! pieces and gives the last one to one of them, while the other has nothing to do.

/// Pages and files, each of which takes some tenths of a millisecond.
pub(crate) const PAGES: usize = 16;
/// Looks at a file's size and the like.
pub(crate) const LOOKS: usize = 256;
