//! What happens at each address. A handler reads the call, asks the crates that know, and says it.

pub(crate) mod form_page;
pub(crate) mod knowledge;
pub(crate) mod operations;
pub(crate) mod pages;
pub(crate) mod search;
pub(crate) mod template;
pub(crate) mod validate;
