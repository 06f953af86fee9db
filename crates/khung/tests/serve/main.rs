//! `khung serve` as a process with the real rules: what an operator relies on, and what no upload may
//! bring about.

#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its ground is missing"
)]

mod operated;
mod served;
mod untrusted;
