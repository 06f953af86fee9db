//! The server over real sockets on the loopback interface, named by what a client or an operator
//! relies on.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its ground is missing"
)]

mod client;
mod connections;
mod fixture;
mod judge;
mod knowledge;
mod reload;
mod responses;
mod static_site;
mod validation;
