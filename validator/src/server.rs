//! The accept loop: bounded connections, timed heads, an orderly end.
//!
//! warp's own server installs no timer, takes connections without bound and panics when the port is
//! taken (HARDENING.md §0), so the filters are served from here as a plain service over hyper.

use std::{
    fmt,
    future::Future,
    io,
    net::SocketAddr,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use framework::Localized;
use hyper::{server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulShutdown, Watcher},
};
use socket2::SockRef;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{sleep, timeout},
};

use crate::{
    config::Config,
    connection::Patient,
    exchange::Exchange,
    journal::{Journal, Level},
    routes,
    state::App,
};

/// Heads larger than this are refused by hyper with 431.
const LARGEST_HEAD: usize = 32 * 1024;

/// More header fields than this are refused by hyper with 431.
const MOST_HEADERS: usize = 64;

/// The longest segment that a client is asked to send, in bytes, and that answers go out in. On the loopback, where a
/// proxy stands, it could be as long as the window is at first: the window opens again only when all of it has been
/// read, and a sender that did not hear of it in time waited some 70 milliseconds before it asked
/// (docs/checking-speed.md). Segments of other networks are shorter.
const LONGEST_SEGMENT: u32 = 16 * 1024;

/// Descriptors kept for files, logs and listeners.
const SPARE_DESCRIPTORS: u64 = 64;

/// Why the server could not begin.
#[derive(Debug)]
#[non_exhaustive]
pub enum ServeError {
    /// Somebody else listens there.
    PortInUse(SocketAddr),
    /// The system does not let us listen there.
    Bind(SocketAddr, io::Error),
    /// The system gives us no threads or no signals.
    System(io::Error),
}

impl ServeError {
    /// What is wrong and what to do, in one line of either language.
    pub fn message(&self) -> Localized {
        match self {
            Self::PortInUse(address) => Localized::text(
                format!(
                    "địa chỉ {address} đang có chương trình khác sử dụng; dừng chương trình đó hoặc \
                     chọn cổng khác bằng --listen"
                ),
                format!(
                    "another program already listens at {address}; stop it or choose another port \
                     with --listen"
                ),
            ),
            Self::Bind(address, cause) => Localized::text(
                format!("không mở được địa chỉ {address}: {cause}"),
                format!("cannot listen at {address}: {cause}"),
            ),
            Self::System(cause) => Localized::text(
                format!("hệ điều hành từ chối: {cause}"),
                format!("the operating system refused: {cause}"),
            ),
        }
    }
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().en)
    }
}

impl std::error::Error for ServeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::PortInUse(_) => None,
            Self::Bind(_, cause) | Self::System(cause) => Some(cause),
        }
    }
}

/// A server that holds its addresses and has not answered anything yet.
pub(crate) struct Server {
    app: Arc<App>,
    listener: TcpListener,
    operators: Option<TcpListener>,
}

impl Server {
    /// Takes the addresses.
    pub(crate) async fn bind(app: Arc<App>) -> Result<Self, ServeError> {
        let listener = listen(app.config.listen).await?;
        let operators = match app.config.metrics_listen {
            Some(address) => Some(listen(address).await?),
            None => None,
        };
        Ok(Self {
            app,
            listener,
            operators,
        })
    }

    /// Where the site answers; the port is the real one when 0 was asked for.
    pub(crate) fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers until `stop` is done, then finishes what is in flight, for a limited time.
    pub(crate) async fn run(self, stop: impl Future<Output = ()>) {
        let Self {
            app,
            listener,
            operators,
        } = self;
        let drain = Arc::new(GracefulShutdown::new());
        let public = Exchange::new(Arc::clone(&app), routes::public(&app));
        let mut listeners = tokio::task::JoinSet::new();
        listeners.spawn(accept(
            Arc::clone(&app),
            listener,
            public,
            Arc::clone(&drain),
        ));
        if let Some(listener) = operators {
            let exchange = Exchange::new(Arc::clone(&app), routes::operators(&app));
            listeners.spawn(accept(
                Arc::clone(&app),
                listener,
                exchange,
                Arc::clone(&drain),
            ));
        }
        stop.await;
        app.journal.note(Level::Info, "stopping", &[]);
        // Dropping the listeners first: nobody new comes in, everybody inside is let finish.
        listeners.shutdown().await;
        let drained = match Arc::into_inner(drain) {
            Some(drain) => timeout(app.config.drain_timeout(), drain.shutdown())
                .await
                .is_ok(),
            None => false,
        };
        app.journal
            .note(Level::Info, "stopped", &[("drained", drained.into())]);
    }
}

async fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    let listener = TcpListener::bind(address)
        .await
        .map_err(|cause| match cause.kind() {
            io::ErrorKind::AddrInUse => ServeError::PortInUse(address),
            _ => ServeError::Bind(address, cause),
        })?;
    // A system that refuses the option serves all the same.
    let _ = SockRef::from(&listener).set_tcp_mss(LONGEST_SEGMENT);
    Ok(listener)
}

/// Takes connections as long as there is room for them.
async fn accept(
    app: Arc<App>,
    listener: TcpListener,
    exchange: Exchange,
    drain: Arc<GracefulShutdown>,
) {
    let most = connections(&app.config, &app.journal);
    let room = Arc::new(Semaphore::new(most));
    loop {
        let Ok(permit) = Arc::clone(&room).acquire_owned().await else {
            return;
        };
        match listener.accept().await {
            Ok((stream, peer)) => {
                let pressed = room.available_permits() < most / 4;
                let connection = Connection {
                    app: Arc::clone(&app),
                    peer,
                    pressed,
                    permit,
                };
                tokio::spawn(connection.serve(stream, exchange.clone(), drain.watcher()));
            }
            Err(cause) if is_about_one_connection(&cause) => {}
            // No descriptors or memory left: waiting a little lets others end.
            Err(_) => sleep(Duration::from_millis(50)).await,
        }
    }
}

fn is_about_one_connection(cause: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        cause.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
}

struct Connection {
    app: Arc<App>,
    peer: SocketAddr,
    /// Whether most of the room is taken: then heads have to come quickly.
    pressed: bool,
    permit: OwnedSemaphorePermit,
}

impl Connection {
    async fn serve(self, stream: TcpStream, exchange: Exchange, drain: Watcher) {
        let Self {
            app,
            peer,
            pressed,
            permit,
        } = self;
        app.metrics.connections.fetch_add(1, Ordering::Relaxed);
        // Without it small answers wait for the other side's delayed acknowledgement; a socket that
        // refuses the option still works.
        let _ = stream.set_nodelay(true);
        let head_timeout = app.config.head_timeout();
        let head_timeout = if pressed {
            head_timeout / 4
        } else {
            head_timeout
        };
        let service = service_fn(|request| exchange.clone().answer(request, peer));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(head_timeout)
            .max_headers(MOST_HEADERS)
            .max_buf_size(LARGEST_HEAD)
            .serve_connection(
                TokioIo::new(Patient::new(stream, app.config.stall_timeout())),
                service,
            );
        // A connection that ends badly (reset, timeout, nonsense) concerns the client alone.
        let _ = drain.watch(connection).await;
        app.metrics.connections.fetch_sub(1, Ordering::Relaxed);
        drop(permit);
    }
}

/// How many connections there is room for: as configured, or as many as the system allows.
fn connections(config: &Config, journal: &Journal) -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    // Raising the soft limit to the hard one needs no privilege; if it fails, what is there counts.
    let allowed = match setrlimit(Resource::Nofile, raised) {
        Ok(()) => limit.maximum,
        Err(_) => limit.current,
    };
    let allowed = allowed
        .unwrap_or(u64::MAX)
        .saturating_sub(SPARE_DESCRIPTORS)
        .max(8);
    if allowed < config.connections {
        let fields = [
            ("wanted", config.connections.into()),
            ("allowed", allowed.into()),
        ];
        journal.note(Level::Warn, "few-descriptors", &fields);
    }
    usize::try_from(config.connections.min(allowed)).unwrap_or(usize::MAX)
}
