//! Starting, stopping, and a machine that gives less than one would like.

use std::{
    fs,
    io::Write as _,
    net::TcpListener,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use crate::served::{Served, answer, connect, get, head, post, project, sample, serve, until};

#[test]
fn a_port_in_use_ends_with_one_line_and_exit_code_2() {
    let folder = project();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for (lang, words) in [
        ("vi", "đang có chương trình khác"),
        ("en", "already listens"),
    ] {
        let ended = Command::new(env!("CARGO_BIN_EXE_khung"))
            .args([
                "serve", "-q", "--listen", &address, "--lang", lang, "--root",
            ])
            .arg(folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!(ended.status.code(), Some(2), "{said}");
        let lines: Vec<&str> = said
            .lines()
            .filter(|line| line.starts_with("khung:"))
            .collect();
        assert_eq!(lines.len(), 1, "{said}");
        assert!(
            lines[0].contains(words) && lines[0].contains(&address),
            "{said}"
        );
        assert!(!said.contains("panicked"), "{said}");
    }
}

#[test]
fn sigterm_finishes_work_in_flight_and_ends_within_fifteen_seconds() {
    let folder = project();
    let server = Served::start(&mut serve(folder.path()));
    let body = sample("sample-province.yaml");
    let mut upload = connect(server.address);
    upload
        .write_all(head("application/yaml", body.len()).as_bytes())
        .unwrap();
    upload.write_all(&body[..100]).unwrap();
    let mut stalled = connect(server.address);
    stalled
        .write_all(head("application/yaml", 100).as_bytes())
        .unwrap();
    let silent = connect(server.address);
    // Both requests have been begun before the end is.
    until("two requests", || {
        get(server.address, "/metrics")
            .text()
            .contains("khung_connections 4")
    });
    let rest = thread::spawn(move || {
        thread::sleep(Duration::from_secs(1));
        upload.write_all(&body[100..]).unwrap();
        answer(upload)
    });
    let (took, code) = server.terminate();
    let report = rest.join().unwrap();
    assert_eq!(report.status, 200);
    assert_eq!(report.json()["verdict"], "nonconforming");
    assert_eq!(code, Some(0));
    assert!(took < Duration::from_secs(15), "{took:?}");
    drop((stalled, silent));
}

#[test]
fn a_broken_rule_is_told_everywhere_and_the_old_rules_go_on() {
    let folder = project();
    let server = Served::start(&mut serve(folder.path()));
    let rule = folder.path().join("rules/plt/kkt2-plt-007.json");
    let good = fs::read_to_string(&rule).unwrap();
    let before = post(
        server.address,
        "application/yaml",
        &sample("sample-ministry.yaml"),
    )
    .json();
    // No JSON; JSON that is no rule; a rule that does not do what its own examples say.
    let mut unlike: serde_json::Value = serde_json::from_str(&good).unwrap();
    unlike["examples"]["fail"] = unlike["examples"]["pass"].clone();
    let unlike = unlike.to_string();
    for broken in [&good[..good.len() / 2], "{}", &unlike] {
        assert_ne!(broken, good);
        fs::write(&rule, broken).unwrap();
        until("readiness to tell it", || {
            get(server.address, "/readyz").json()["rules"]["state"] == "last-good"
        });
        let ready = get(server.address, "/readyz").json();
        assert_eq!(ready["ready"], true);
        let fault = ready["rules"]["faults"][0].as_str().unwrap();
        assert!(fault.contains("kkt2-plt-007.json"), "{fault}");
        let metrics = get(server.address, "/metrics").text();
        assert!(metrics.contains("khung_rules_broken 1"), "{metrics}");
        for page in ["/vi/status/", "/en/status/"] {
            let page = get(server.address, page).text();
            assert!(page.contains("kkt2-plt-007.json"), "{page}");
        }
        let after = post(
            server.address,
            "application/yaml",
            &sample("sample-ministry.yaml"),
        );
        assert_eq!(after.json(), before);
        fs::write(&rule, &good).unwrap();
        until("the good rules", || {
            get(server.address, "/readyz").json()["rules"]["state"] == "current"
        });
    }
    let log = server.log();
    assert_eq!(log.matches("rules-refused").count(), 3, "{log}");
    assert!(!log.contains("panic"), "{log}");
}

#[test]
fn a_log_that_cannot_be_written_keeps_nobody_from_being_served() {
    let folder = project();
    // The address cannot be read from a log that goes nowhere.
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_khung"))
        .args(["serve", "-q", "--listen", &address.to_string(), "--root"])
        .arg(folder.path())
        .stdout(Stdio::null())
        .stderr(full)
        .spawn()
        .unwrap();
    until("the server", || {
        std::net::TcpStream::connect(address).is_ok()
    });
    let report = post(address, "application/yaml", &sample("sample-party.yaml"));
    assert_eq!(report.status, 200);
    assert_eq!(get(address, "/vi/").status, 200);
    assert!(child.try_wait().unwrap().is_none(), "it is still there");
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Whether this machine lets a test mount file systems of its own (Debian does; some containers do
/// not).
fn may_mount() -> bool {
    let tried = Command::new("unshare")
        .args([
            "--mount",
            "--map-root-user",
            "mount",
            "-t",
            "tmpfs",
            "none",
            "/mnt",
        ])
        .stderr(Stdio::null())
        .status();
    tried.is_ok_and(|status| status.success())
}

/// `khung serve` on this folder after a shell line, with mounts of its own.
fn serve_after(line: &str, root: &std::path::Path) -> Command {
    let mut command = Command::new("unshare");
    command
        .args(["--mount", "--map-root-user", "sh", "-ec"])
        .arg(format!(
            "{line}; exec \"$0\" serve -q --listen 127.0.0.1:0 --root {}",
            root.display()
        ))
        .arg(env!("CARGO_BIN_EXE_khung"));
    command
}

#[test]
fn a_disk_that_is_full_or_read_only_leaves_the_old_site_served() {
    if !may_mount() {
        assert!(
            std::env::var_os("CI").is_none(),
            "CI must be able to run this test: it needs unshare and mount"
        );
        return;
    }
    let folder = project();
    let root = folder.path();
    // The content is newer than the site, so that `serve` wants to build, and cannot.
    let page = root.join("content/vi/about.md");
    let text = fs::read_to_string(&page).unwrap();
    fs::write(&page, format!("{text}\n\nĐổi sau lần dựng cuối.\n")).unwrap();
    let read_only = format!(
        "mount --bind {0} {0}; mount -o remount,ro,bind {0}",
        root.display()
    );
    let full = format!(
        "mount -t tmpfs -o size=64m none /mnt; cp -r {0}/. /mnt; \
         dd if=/dev/zero of=/mnt/fill bs=64k 2>/dev/null || true; mount --bind /mnt {0}",
        root.display()
    );
    for (state, line) in [("read-only", read_only), ("full", full)] {
        let server = Served::start(&mut serve_after(&line, root));
        assert_eq!(get(server.address, "/vi/").status, 200, "{state}");
        let report = post(
            server.address,
            "application/yaml",
            &sample("sample-party.yaml"),
        );
        assert_eq!(report.status, 200, "{state}");
        let ready = get(server.address, "/readyz").json();
        assert_eq!(ready["ready"], true, "{state}");
        let log = server.log();
        assert!(!log.contains("panic"), "{state}: {log}");
    }
}

#[test]
fn few_descriptors_are_not_used_up_by_half_said_requests() {
    let folder = project();
    let mut command = Command::new("sh");
    command
        .args([
            "-ec",
            "ulimit -n 128; exec \"$0\" serve -q --listen 127.0.0.1:0 --root \"$1\"",
        ])
        .arg(env!("CARGO_BIN_EXE_khung"))
        .arg(folder.path());
    let server = Served::start(&mut command);
    server.wait_for("few-descriptors");
    let half: Vec<_> = (0..200)
        .map(|_| {
            let mut stream = connect(server.address);
            let _ = stream.write_all(b"GET /vi/ HTTP/1.1\r\nHost:");
            stream
        })
        .collect();
    // They lose their places after 10 s at the latest; whoever comes next is served.
    let begun = std::time::Instant::now();
    assert_eq!(get(server.address, "/vi/").status, 200);
    assert!(
        begun.elapsed() < Duration::from_secs(30),
        "{:?}",
        begun.elapsed()
    );
    drop(half);
}
