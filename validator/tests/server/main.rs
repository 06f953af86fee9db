//! The server over real sockets on the loopback interface, named by what a client or an operator
//! relies on.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its ground is missing"
)]

mod client;
mod connections;
mod fixture;
mod form;
mod hostile;
mod judge;
mod knowledge;
mod limits;
mod reload;
mod responses;
mod static_site;
mod upload;
mod validation;
mod work;
