//! A server that runs for a measurement and ends with it.

use std::{
    fs,
    net::TcpStream,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::Mutex,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};

use crate::run::{khung, project};

/// How long a server may take until it answers: it may build the site first.
const START: Duration = Duration::from_mins(1);

/// A server at work; killed when dropped.
pub(crate) struct Served(Mutex<Child>, u32);

/// How a server ended when it was told to.
pub(crate) struct Stopped {
    pub(crate) took: Duration,
    pub(crate) status: ExitStatus,
}

impl Served {
    /// `khung serve` on the project, its log as JSON in a file.
    pub(crate) fn khung(listen: &str, log: &Path) -> Result<Self> {
        let log = fs::File::create(log).with_context(|| log.display().to_string())?;
        let mut command = Command::new(khung());
        command
            .args(["serve", "-q", "--listen", listen])
            .env("KHUNG_LOG_FORMAT", "json")
            .stderr(log);
        Self::start(&mut command, listen)
    }

    /// Starts a program and waits until it answers.
    pub(crate) fn start(command: &mut Command, address: &str) -> Result<Self> {
        let name = command.get_program().display().to_string();
        if TcpStream::connect(address).is_ok() {
            bail!("something else answers at {address}");
        }
        let child = command
            .current_dir(project())
            .stdout(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        let id = child.id();
        let served = Self(Mutex::new(child), id);
        let begun = Instant::now();
        while begun.elapsed() < START && served.is_alive() {
            if TcpStream::connect(address).is_ok() {
                return Ok(served);
            }
            thread::sleep(Duration::from_millis(50));
        }
        bail!("{name} does not answer at {address}")
    }

    pub(crate) fn id(&self) -> u32 {
        self.1
    }

    pub(crate) fn is_alive(&self) -> bool {
        self.child().try_wait().is_ok_and(|ended| ended.is_none())
    }

    /// Tells it to end, and waits.
    pub(crate) fn stop(self) -> Result<Stopped> {
        let begun = Instant::now();
        let process = i32::try_from(self.1).ok().and_then(Pid::from_raw);
        kill_process(process.context("no process")?, Signal::TERM)?;
        loop {
            if let Some(status) = self.child().try_wait()? {
                let took = begun.elapsed();
                return Ok(Stopped { took, status });
            }
            if begun.elapsed() > Duration::from_secs(30) {
                bail!("still there 30 s after it was told to end");
            }
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn child(&self) -> std::sync::MutexGuard<'_, Child> {
        self.0.lock().expect("nobody panics while holding a child")
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let mut child = self.child();
        // It may have ended by itself; there is nothing to do about it then.
        let _ = child.kill();
        let _ = child.wait();
    }
}
