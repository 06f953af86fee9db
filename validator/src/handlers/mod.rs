//! What happens at each address. A handler reads the call, asks the crates that know, and says it.

pub(crate) mod operations;
pub(crate) mod pages;
