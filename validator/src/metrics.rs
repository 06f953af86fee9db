//! Counts for operators, in the Prometheus text format. No label ever holds what a client sent:
//! routes are our own patterns, verdicts and formats our own words.

use std::{
    collections::BTreeMap,
    fmt::{self, Write as _},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

/// Upper bounds of the duration buckets, in seconds.
const BOUNDS: [f64; 10] = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.0, 10.0];

/// A distribution of durations.
#[derive(Debug, Default)]
struct Durations {
    buckets: [u64; BOUNDS.len()],
    sum: f64,
    count: u64,
}

impl Durations {
    fn add(&mut self, duration: Duration) {
        let seconds = duration.as_secs_f64();
        self.sum += seconds;
        self.count += 1;
        for (bucket, bound) in self.buckets.iter_mut().zip(BOUNDS) {
            *bucket += u64::from(seconds <= bound);
        }
    }

    fn write(&self, f: &mut String, name: &str, labels: &str) -> fmt::Result {
        for (bucket, bound) in self.buckets.iter().zip(BOUNDS) {
            writeln!(f, "{name}_bucket{{{labels}le=\"{bound}\"}} {bucket}")?;
        }
        writeln!(f, "{name}_bucket{{{labels}le=\"+Inf\"}} {}", self.count)?;
        let labels = labels.trim_end_matches(',');
        writeln!(f, "{name}_sum{{{labels}}} {}", self.sum)?;
        writeln!(f, "{name}_count{{{labels}}} {}", self.count)
    }
}

/// What is counted a request or a validation at a time.
#[derive(Debug, Default)]
struct Counted {
    requests: BTreeMap<(&'static str, u16), u64>,
    request_seconds: Durations,
    verdicts: BTreeMap<(&'static str, &'static str), u64>,
    validation_seconds: Durations,
    rejected: BTreeMap<&'static str, u64>,
}

/// All counts of one server.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    counted: Mutex<Counted>,
    /// Open connections.
    pub(crate) connections: AtomicI64,
    /// Rule sets swapped in since the start.
    pub(crate) rules_reloaded: AtomicU64,
    /// Rule sets refused since the start.
    pub(crate) rules_refused: AtomicU64,
    /// Sites swapped in since the start.
    pub(crate) site_reloaded: AtomicU64,
}

/// What is looked up elsewhere at the moment of asking.
#[derive(Debug, Default)]
pub(crate) struct Gauges {
    /// Validations waiting for a worker.
    pub(crate) queued: i64,
    /// Validations at work.
    pub(crate) running: i64,
    pub(crate) ruleset_version: String,
    pub(crate) ruleset_sha256: String,
    pub(crate) rules_broken: bool,
    pub(crate) site_broken: bool,
    pub(crate) ready: bool,
    pub(crate) log_lines_dropped: u64,
}

impl Metrics {
    pub(crate) fn request(&self, route: &'static str, status: u16, took: Duration) {
        let mut counted = self.counted();
        *counted.requests.entry((route, status)).or_default() += 1;
        counted.request_seconds.add(took);
    }

    pub(crate) fn validation(&self, format: &'static str, verdict: &'static str, took: Duration) {
        let mut counted = self.counted();
        *counted.verdicts.entry((format, verdict)).or_default() += 1;
        counted.validation_seconds.add(took);
    }

    /// An upload that was turned away before it was judged.
    pub(crate) fn rejected(&self, reason: &'static str) {
        *self.counted().rejected.entry(reason).or_default() += 1;
    }

    fn counted(&self) -> std::sync::MutexGuard<'_, Counted> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything as Prometheus text.
    pub(crate) fn text(&self, gauges: &Gauges) -> String {
        let mut text = String::new();
        self.write(&mut text, gauges)
            .unwrap_or_else(|_| unreachable!("writing to a String does not fail"));
        text
    }

    fn write(&self, f: &mut String, gauges: &Gauges) -> fmt::Result {
        let counted = self.counted();
        head(
            f,
            "khung_requests_total",
            "counter",
            "Requests answered, by route and status.",
        )?;
        for ((route, status), count) in &counted.requests {
            writeln!(
                f,
                "khung_requests_total{{route=\"{route}\",status=\"{status}\"}} {count}"
            )?;
        }
        head(
            f,
            "khung_request_duration_seconds",
            "histogram",
            "From the head to the answer.",
        )?;
        counted
            .request_seconds
            .write(f, "khung_request_duration_seconds", "")?;
        head(
            f,
            "khung_validations_total",
            "counter",
            "Submissions judged, by format and verdict.",
        )?;
        for ((format, verdict), count) in &counted.verdicts {
            writeln!(
                f,
                "khung_validations_total{{format=\"{format}\",verdict=\"{verdict}\"}} {count}"
            )?;
        }
        head(
            f,
            "khung_validation_duration_seconds",
            "histogram",
            "Reading, judging, rendering.",
        )?;
        counted
            .validation_seconds
            .write(f, "khung_validation_duration_seconds", "")?;
        head(
            f,
            "khung_uploads_rejected_total",
            "counter",
            "Uploads refused before judgement.",
        )?;
        for (reason, count) in &counted.rejected {
            writeln!(
                f,
                "khung_uploads_rejected_total{{reason=\"{reason}\"}} {count}"
            )?;
        }
        drop(counted);
        self.write_levels(f, gauges)
    }

    fn write_levels(&self, f: &mut String, gauges: &Gauges) -> fmt::Result {
        let level = |value: &AtomicI64| value.load(Ordering::Relaxed);
        let total = |value: &AtomicU64| value.load(Ordering::Relaxed).cast_signed();
        for (name, kind, help, value) in [
            (
                "khung_connections",
                "gauge",
                "Open connections.",
                level(&self.connections),
            ),
            (
                "khung_validations_queued",
                "gauge",
                "Waiting for a worker.",
                gauges.queued,
            ),
            (
                "khung_validations_running",
                "gauge",
                "At work.",
                gauges.running,
            ),
            (
                "khung_rules_reloaded_total",
                "counter",
                "Rule sets swapped in.",
                total(&self.rules_reloaded),
            ),
            (
                "khung_rules_refused_total",
                "counter",
                "Rule sets refused.",
                total(&self.rules_refused),
            ),
            (
                "khung_site_reloaded_total",
                "counter",
                "Sites swapped in.",
                total(&self.site_reloaded),
            ),
            (
                "khung_log_lines_dropped_total",
                "counter",
                "Log lines lost.",
                gauges.log_lines_dropped.cast_signed(),
            ),
            (
                "khung_rules_broken",
                "gauge",
                "1 while the rules on disk are refused.",
                gauges.rules_broken.into(),
            ),
            (
                "khung_site_broken",
                "gauge",
                "1 while the site on disk is refused.",
                gauges.site_broken.into(),
            ),
            (
                "khung_ready",
                "gauge",
                "1 when rules and site are there.",
                gauges.ready.into(),
            ),
        ] {
            head(f, name, kind, help)?;
            writeln!(f, "{name} {value}")?;
        }
        head(
            f,
            "khung_ruleset_info",
            "gauge",
            "The rule set that judges.",
        )?;
        writeln!(
            f,
            "khung_ruleset_info{{version=\"{}\",sha256=\"{}\"}} 1",
            label(&gauges.ruleset_version),
            label(&gauges.ruleset_sha256)
        )
    }
}

fn head(f: &mut String, name: &str, kind: &str, help: &str) -> fmt::Result {
    writeln!(f, "# HELP {name} {help}\n# TYPE {name} {kind}")
}

fn label(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_are_cumulative_and_end_in_the_count() {
        let metrics = Metrics::default();
        metrics.request("/healthz", 200, Duration::from_millis(3));
        metrics.request("/healthz", 200, Duration::from_mins(1));
        let text = metrics.text(&Gauges::default());
        assert!(text.contains("khung_requests_total{route=\"/healthz\",status=\"200\"} 2\n"));
        assert!(text.contains("khung_request_duration_seconds_bucket{le=\"0.002\"} 0\n"));
        assert!(text.contains("khung_request_duration_seconds_bucket{le=\"0.005\"} 1\n"));
        assert!(text.contains("khung_request_duration_seconds_bucket{le=\"10\"} 1\n"));
        assert!(text.contains("khung_request_duration_seconds_bucket{le=\"+Inf\"} 2\n"));
        assert!(text.contains("khung_request_duration_seconds_count{} 2\n"));
    }
}
