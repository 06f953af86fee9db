//! A server from its first second to its last: addresses taken, site read, signals obeyed.

use std::{io::Write, net::SocketAddr, panic::PanicHookInfo, sync::Arc, time::Duration};

use tokio::{
    runtime::{Builder, Runtime},
    sync::oneshot,
    task::JoinHandle,
};

use crate::{
    config::Config,
    journal::{Journal, Level},
    reload::Watch,
    server::{ServeError, Server},
    state::{App, Parts},
};

/// Threads for work that blocks, beside those that judge: the two that look at changed rules and sites,
/// and some that read large files. Few on purpose: each keeps memory of its own.
const BLOCKING_THREADS: usize = 8;

/// How long work that cannot be interrupted may go on after the last answer.
const LAST_WORK: Duration = Duration::from_secs(2);

/// A server at work.
pub struct Running {
    app: Arc<App>,
    runtime: Runtime,
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    finished: JoinHandle<()>,
}

/// Serves until SIGTERM or SIGINT, then finishes what is in flight. `started` is told the address
/// once the server answers there.
pub fn serve(
    config: Config,
    parts: Parts,
    started: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let running = start(config, parts, Box::new(std::io::stderr()))?;
    let journal = running.app.journal.clone();
    std::panic::set_hook(Box::new(move |panic| log_panic(&journal, panic)));
    started(running.address());
    running
        .runtime
        .block_on(until_signal())
        .map_err(ServeError::System)?;
    running.stop();
    Ok(())
}

/// Starts a server and comes back; log lines go to `log`.
pub fn start(
    config: Config,
    parts: Parts,
    log: Box<dyn Write + Send>,
) -> Result<Running, ServeError> {
    let journal = Journal::new(config.log_format, log).map_err(ServeError::System)?;
    let runtime = Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(BLOCKING_THREADS)
        .build()
        .map_err(ServeError::System)?;
    let app = App::new(config, journal);
    let server = runtime.block_on(Server::bind(Arc::clone(&app)))?;
    let watch = Watch::begin(Arc::clone(&app), parts);
    runtime.spawn(watch.run());
    let address = server.address().map_err(ServeError::System)?;
    app.journal.note(
        Level::Info,
        "listening",
        &[("address", address.to_string().into())],
    );
    let (stop, stopped) = oneshot::channel();
    let finished = runtime.spawn(server.run(async {
        // A handle that was dropped means the same as one that was told to stop.
        let _ = stopped.await;
    }));
    Ok(Running {
        app,
        runtime,
        address,
        stop,
        finished,
    })
}

impl Running {
    /// Where it answers; the real port when 0 was asked for.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes nobody new in, finishes what is in flight and ends.
    pub fn stop(self) {
        let Self {
            app,
            runtime,
            stop,
            finished,
            ..
        } = self;
        let _ = stop.send(());
        let _ = runtime.block_on(finished);
        runtime.shutdown_timeout(LAST_WORK);
        app.journal.flush();
    }
}

/// Logs where a panic was, never what it said: that may quote an upload.
fn log_panic(journal: &Journal, panic: &PanicHookInfo<'_>) {
    let place = panic
        .location()
        .map(ToString::to_string)
        .unwrap_or_default();
    journal.note(Level::Error, "panic", &[("at", place.into())]);
}

#[cfg(unix)]
async fn until_signal() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        result = tokio::signal::ctrl_c() => result,
    }
}

#[cfg(not(unix))]
async fn until_signal() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
