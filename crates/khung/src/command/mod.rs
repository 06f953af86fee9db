//! One file a command.

pub(crate) mod build;
pub(crate) mod completions;
pub(crate) mod preview;
pub(crate) mod serve;
pub(crate) mod usage;
