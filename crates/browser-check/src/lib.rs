//! The check in the reader's browser: `checker::Face` behind a handful of functions over linear
//! memory. A module of its own beside search, which readers fetch far more often and which is a
//! hundredth of the size; on any other target there is nothing here.

#[cfg(target_arch = "wasm32")]
mod abi;
