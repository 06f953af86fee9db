//! A bare warp echo: reads the body, answers it. The floor that `cargo xtask bench server` measures
//! ours against.
//!
//! usage: echo ADDRESS

use std::{io, net::SocketAddr};

use hyper::service::service_fn;
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use tokio::net::TcpListener;
use warp::Filter as _;

#[tokio::main]
async fn main() -> io::Result<()> {
    let address: SocketAddr = std::env::args()
        .nth(1)
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| io::Error::other("usage: echo ADDRESS"))?;
    let listener = TcpListener::bind(address).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        tokio::spawn(async move {
            let echo = warp::post()
                .and(warp::body::bytes())
                .map(|body: bytes::Bytes| {
                    http::Response::new(String::from_utf8_lossy(&body).into_owned())
                });
            let service = TowerToHyperService::new(warp::service(echo));
            let service =
                service_fn(move |request| hyper::service::Service::call(&service, request));
            // A connection that ends in an error has nobody left to tell.
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}
