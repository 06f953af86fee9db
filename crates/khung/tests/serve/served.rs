//! A server process of its own for one test, on a copy of the project.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, LazyLock, Mutex, mpsc},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;

/// Enough for a debug build on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// The finished site, built once: tests copy it.
static BUILT: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = TempDir::new().unwrap();
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for part in ["content", "rules", "themes"] {
        copy(&top.join(part), &folder.path().join(part));
    }
    let built = Command::new(env!("CARGO_BIN_EXE_khung"))
        .args(["build", "-q", "--root"])
        .arg(folder.path())
        .status();
    assert!(built.unwrap().success());
    folder
});

fn copy(from: &Path, to: &Path) {
    let copied = Command::new("cp").arg("-r").arg(from).arg(to).status();
    assert!(copied.unwrap().success(), "{}", from.display());
}

/// A project folder of its own, its site already built.
pub(crate) fn project() -> TempDir {
    let folder = TempDir::new().unwrap();
    for part in ["content", "rules", "themes", "public"] {
        copy(&BUILT.path().join(part), &folder.path().join(part));
    }
    folder
}

/// `khung serve` on this folder, at a port of its own.
pub(crate) fn serve(root: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_khung"));
    command.args(["serve", "-q", "--listen", "127.0.0.1:0", "--root"]);
    command.arg(root);
    command
}

/// A server process at work, killed when dropped.
pub(crate) struct Served {
    child: Child,
    pub(crate) address: SocketAddr,
    log: Arc<Mutex<String>>,
}

impl Served {
    /// Starts it and waits until it says where it listens.
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let (found, address) = mpsc::channel();
        let lines = BufReader::new(child.stderr.take().unwrap());
        let kept = Arc::clone(&log);
        thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                if let Some((_, address)) = line.split_once("listening address=") {
                    let _ = found.send(address.to_owned());
                }
                let mut log = kept.lock().unwrap();
                log.push_str(&line);
                log.push('\n');
            }
        });
        let Ok(address) = address.recv_timeout(PATIENCE) else {
            let _ = child.kill();
            panic!("never listened: {}", log.lock().unwrap());
        };
        Self {
            child,
            address: address.parse().unwrap(),
            log,
        }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Waits until the log says something.
    pub(crate) fn wait_for(&self, said: &str) {
        until(said, || self.log().contains(said));
    }

    /// SIGTERM; how long it took to end, and its exit code.
    pub(crate) fn terminate(mut self) -> (Duration, Option<i32>) {
        let begun = Instant::now();
        let told = Command::new("kill")
            .args(["-TERM", &self.id().to_string()])
            .status();
        assert!(told.unwrap().success());
        let mut code = None;
        until("the end of the process", || {
            let status = self.child.try_wait().unwrap();
            code = status.and_then(|status| status.code());
            status.is_some()
        });
        (begun.elapsed(), code)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits until something holds.
pub(crate) fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < PATIENCE, "waited in vain for {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// The status and the body of an answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{}", self.text()))
    }
}

pub(crate) fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

pub(crate) fn get(address: SocketAddr, path: &str) -> Answer {
    let request = format!("GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
    let mut stream = connect(address);
    stream.write_all(request.as_bytes()).unwrap();
    answer(stream)
}

/// The head of an upload of so many bytes.
pub(crate) fn head(media_type: &str, length: usize) -> String {
    format!(
        "POST /api/v1/validate HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\
         Content-Type: {media_type}\r\nContent-Length: {length}\r\n\r\n"
    )
}

pub(crate) fn post(address: SocketAddr, media_type: &str, body: &[u8]) -> Answer {
    let mut stream = connect(address);
    stream
        .write_all(head(media_type, body.len()).as_bytes())
        .unwrap();
    stream.write_all(body).unwrap();
    answer(stream)
}

/// What comes back until the server closes.
pub(crate) fn answer(mut stream: TcpStream) -> Answer {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let end = bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap_or_else(|| panic!("no answer: {:?}", String::from_utf8_lossy(&bytes)));
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    Answer {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        body: bytes.split_off(end + 4),
    }
}

/// A sample that comes with the rules.
pub(crate) fn sample(name: &str) -> Vec<u8> {
    let samples: PathBuf = BUILT.path().join("rules/samples");
    fs::read(samples.join(name)).unwrap()
}
