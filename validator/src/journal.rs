//! The log: one line an event, as plain text or JSON, never anything that was uploaded.
//!
//! Lines are written by a thread of their own from a bounded queue, so that a blocked terminal or
//! pipe never holds up an answer; what does not fit is dropped and counted. Every value is escaped:
//! no request can begin a new line or colour a terminal.

use std::{
    fmt::Write as _,
    io::Write,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde_json::{Map, Value};

use crate::config::LogFormat;

/// How many lines may wait for the writer.
const QUEUE: usize = 8192;

/// How much an event matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    Info,
    Warn,
    Error,
}

impl Level {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }
}

enum Line {
    Text(String),
    Flush(SyncSender<()>),
}

/// Where events go.
#[derive(Clone)]
pub(crate) struct Journal {
    format: LogFormat,
    lines: SyncSender<Line>,
    dropped: Arc<AtomicU64>,
}

impl Journal {
    /// A journal that writes to `sink` from a thread of its own until the last clone is gone.
    pub(crate) fn new(format: LogFormat, sink: Box<dyn Write + Send>) -> std::io::Result<Self> {
        let (lines, waiting) = sync_channel(QUEUE);
        std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || write_lines(&waiting, sink))?;
        Ok(Self {
            format,
            lines,
            dropped: Arc::new(AtomicU64::new(0)),
        })
    }

    /// Notes an event.
    pub(crate) fn note(&self, level: Level, event: &'static str, fields: &[(&'static str, Value)]) {
        let now = SystemTime::now();
        let line = match self.format {
            LogFormat::Json => json_line(now, level, event, fields),
            LogFormat::Plain => plain_line(now, level, event, fields),
        };
        if self.lines.try_send(Line::Text(line)).is_err() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// How many lines were dropped because the writer could not follow.
    pub(crate) fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }

    /// Waits until everything noted so far is written, a second at most.
    pub(crate) fn flush(&self) {
        let (done, finished) = sync_channel(1);
        if self.lines.try_send(Line::Flush(done)).is_ok() {
            // A writer that is gone or stuck must not keep the server from ending.
            let _ = finished.recv_timeout(Duration::from_secs(1));
        }
    }
}

fn write_lines(waiting: &Receiver<Line>, mut sink: Box<dyn Write + Send>) {
    while let Ok(line) = waiting.recv() {
        match line {
            // A log that cannot be written (a closed pipe) is no reason to stop serving.
            Line::Text(text) => drop(sink.write_all(text.as_bytes())),
            Line::Flush(done) => {
                let _ = sink.flush();
                let _ = done.send(());
            }
        }
    }
}

fn json_line(
    now: SystemTime,
    level: Level,
    event: &str,
    fields: &[(&'static str, Value)],
) -> String {
    let mut object = Map::new();
    object.insert("time".to_owned(), timestamp(now).into());
    object.insert("level".to_owned(), level.as_str().into());
    object.insert("event".to_owned(), event.into());
    for (name, value) in fields {
        object.insert((*name).to_owned(), escaped(value));
    }
    let mut line = Value::Object(object).to_string();
    line.push('\n');
    line
}

fn plain_line(
    now: SystemTime,
    level: Level,
    event: &str,
    fields: &[(&'static str, Value)],
) -> String {
    let mut line = format!("{} {:5} {event}", timestamp(now), level.as_str());
    for (name, value) in fields {
        match escaped(value) {
            Value::String(text) if is_bare(&text) => write!(line, " {name}={text}"),
            other => write!(line, " {name}={other}"),
        }
        .unwrap_or_else(|_| unreachable!("writing to a String does not fail"));
    }
    line.push('\n');
    line
}

fn is_bare(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| !c.is_whitespace() && c != '"' && c != '=')
}

/// Control characters, line separators and marks that turn the writing direction become visible
/// escapes; letters of any language stay.
fn escaped(value: &Value) -> Value {
    let Value::String(text) = value else {
        return value.clone();
    };
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        {
            clean.extend(c.escape_unicode());
        } else {
            clean.push(c);
        }
    }
    Value::String(clean)
}

/// UTC with milliseconds, `2026-11-24T21:19:40.123Z`.
fn timestamp(now: SystemTime) -> String {
    let since = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    let (date, seconds) = civil_date(since.as_secs());
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!(
        "{date}T{hour:02}:{minute:02}:{second:02}.{:03}Z",
        since.subsec_millis()
    )
}

/// The calendar day of a moment and the seconds since its midnight (UTC).
pub(crate) fn civil_date(seconds_since_epoch: u64) -> (String, u64) {
    // Howard Hinnant's days-from-civil, backwards; exact for every date a u64 of seconds since 1970
    // can be asked about here.
    let days = seconds_since_epoch / 86_400 + 719_468;
    let era = days / 146_097;
    let day_of_era = days % 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    (
        format!("{year:04}-{month:02}-{day:02}"),
        seconds_since_epoch % 86_400,
    )
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn logged(format: LogFormat, value: &str) -> String {
        let kept = Kept::default();
        let journal = Journal::new(format, Box::new(kept.clone())).unwrap();
        journal.note(
            Level::Info,
            "request",
            &[("path", value.into()), ("status", 200.into())],
        );
        journal.flush();
        let bytes = kept.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_hostile_value_stays_in_its_field_and_on_its_line() {
        let hostile = "/x\r\n2026 error fake\u{1b}[31m\u{202e}\u{2028}\" status=500";
        for format in [LogFormat::Plain, LogFormat::Json] {
            let line = logged(format, hostile);
            assert_eq!(line.lines().count(), 1, "{line}");
            assert!(!line.trim_end().chars().any(char::is_control), "{line:?}");
            assert!(
                !line.contains('\u{202e}') && !line.contains('\u{2028}'),
                "{line:?}"
            );
        }
        let json: Value = serde_json::from_str(&logged(LogFormat::Json, hostile)).unwrap();
        assert_eq!(json["status"], 200);
        assert!(
            logged(LogFormat::Plain, hostile).contains("\\\" status=500"),
            "stays quoted"
        );
    }

    #[test]
    fn moments_are_written_as_utc() {
        let moment = UNIX_EPOCH + Duration::from_millis(1_795_555_180_123);
        assert_eq!(timestamp(moment), "2026-11-24T21:19:40.123Z");
        for (seconds, date) in [
            (0, "1970-01-01"),
            (951_782_400, "2000-02-29"),
            (1_709_164_800, "2024-02-29"),
        ] {
            assert_eq!(civil_date(seconds).0, date);
        }
    }
}
