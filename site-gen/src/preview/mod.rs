//! `khung preview`: the page changes as a file is saved.
//!
//! Three parts. [`watch`] turns what the operating system says about files into small batches of
//! changed paths. [`workshop`] keeps the parsed project and turns a batch into a new [`Site`] that
//! shares all that did not change. [`server`] renders the one address a browser asks for and tells
//! open pages what changed. A fault never takes the last good page away: it is shown over it.
//!
//! [`Site`]: crate::site::Site

mod server;
mod stage;
mod state;
mod trial;
mod watch;
mod workshop;

use std::{io, net::SocketAddr, path::PathBuf, sync::Arc};

use framework::{Date, Localized};
use tokio::{net::TcpListener, runtime::Builder};

use workshop::Workshop;

/// What to preview, and where.
#[derive(Debug, Clone)]
pub struct PreviewOptions {
    /// The project folder.
    pub root: PathBuf,
    /// Where to answer; the loopback unless told otherwise.
    pub listen: SocketAddr,
    /// The day pages show.
    pub date: Date,
    /// How a place in a file is opened: `{file}`, `{line}` and `{column}` are filled in.
    pub editor: String,
}

/// The link that Visual Studio Code understands; others can be configured.
pub const DEFAULT_EDITOR: &str = "vscode://file{file}:{line}:{column}";

/// Why a preview could not start.
#[derive(Debug)]
pub enum PreviewError {
    /// The project folder has no `content/`.
    NoProject(PathBuf),
    /// The address cannot be listened on.
    Address(SocketAddr, io::Error),
    /// The operating system refused something else.
    System(io::Error),
}

impl PreviewError {
    /// One clear line in both languages.
    pub fn message(&self) -> Localized {
        match self {
            Self::NoProject(root) => {
                let root = root.display();
                Localized::text(
                    format!("{root} không có thư mục content/; đề nghị dùng --root"),
                    format!("{root} has no folder content/; use --root"),
                )
            }
            Self::Address(address, error) if error.kind() == io::ErrorKind::AddrInUse => {
                Localized::text(
                    format!(
                        "cổng {address} đang được chương trình khác dùng; đề nghị dùng --listen"
                    ),
                    format!("another program listens on {address}; use --listen"),
                )
            }
            Self::Address(address, error) => Localized::text(
                format!("không lắng nghe được tại {address}: {error}"),
                format!("cannot listen on {address}: {error}"),
            ),
            Self::System(error) => Localized::text(
                format!("hệ điều hành từ chối: {error}"),
                format!("the operating system refused: {error}"),
            ),
        }
    }
}

/// What the caller is told while the preview runs.
#[derive(Debug, Clone, Copy)]
pub enum Told {
    /// It answers at this address.
    Started(SocketAddr),
    /// Files are looked at again and again from here on, because the system's watches ran out.
    Polling,
}

/// Previews until Ctrl+C.
pub fn run(
    mut options: PreviewOptions,
    tell: impl Fn(Told) + Send + Sync + 'static,
) -> Result<(), PreviewError> {
    if !options.root.join("content").is_dir() {
        return Err(PreviewError::NoProject(options.root));
    }
    options.root = options.root.canonicalize().map_err(PreviewError::System)?;
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(PreviewError::System)?;
    let address = options.listen;
    let listener = runtime
        .block_on(TcpListener::bind(address))
        .map_err(|error| PreviewError::Address(address, error))?;
    let address = listener.local_addr().map_err(PreviewError::System)?;
    // Watching starts before reading, so that nothing written in between is missed.
    let changes = watch::start(&options.root).map_err(PreviewError::System)?;
    let (workshop, stage) = Workshop::open(&options);
    tell(Told::Started(address));
    std::thread::spawn(move || workshop.work(changes, &|| tell(Told::Polling)));
    let options = Arc::new(options);
    runtime.block_on(async {
        tokio::select! {
            () = server::serve(listener, stage, options) => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    });
    runtime.shutdown_background();
    Ok(())
}

#[cfg(test)]
mod tests;
