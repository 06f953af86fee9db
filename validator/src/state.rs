//! What one running server holds: settings, counts, and what can be swapped while it runs.

use std::{
    net::IpAddr,
    path::PathBuf,
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};

use arc_swap::{ArcSwap, ArcSwapOption};
use framework::{Diagnostic, Localized};

use crate::{
    body::{BodyLimits, UploadMemory},
    config::Config,
    journal::Journal,
    judgement::Judge,
    metrics::{Gauges, Metrics},
    pool::Pool,
    problem::{Kind, Problem},
    rate::RateLimit,
    site::Snapshot,
};

/// Reads, compiles and self-tests the rules as they lie on disk.
pub type LoadRules = Box<dyn Fn() -> Result<Arc<dyn Judge>, Vec<Diagnostic>> + Send + Sync>;

/// What the server serves, handed in by the program.
pub struct Parts {
    /// The finished site, `public/`.
    pub public: PathBuf,
    /// Makes a judge out of the rules on disk; called at the start and after each change.
    pub load_rules: LoadRules,
    /// Folders and files whose change means that the rules have to be loaded again.
    pub rule_sources: Vec<PathBuf>,
}

/// The compiled rules. Behind a struct of its own because the pointer that is swapped atomically
/// must be thin.
pub(crate) struct Knowledge {
    pub(crate) judge: Arc<dyn Judge>,
}

/// How many searches may wait.
const SEARCH_QUEUE: usize = 128;

/// How long a search may take.
const LONGEST_SEARCH: Duration = Duration::from_secs(2);

/// What is wrong with what lies on disk, while the last good one goes on; empty when all is well.
#[derive(Debug, Default)]
pub(crate) struct Faults(pub(crate) Vec<Localized>);

/// The state shared by all requests.
pub(crate) struct App {
    pub(crate) config: Config,
    pub(crate) journal: Journal,
    pub(crate) metrics: Metrics,
    pub(crate) rate: RateLimit,
    /// Where submissions are judged.
    pub(crate) pool: Pool,
    /// Where the index is searched.
    pub(crate) searches: Pool,
    pub(crate) memory: UploadMemory,
    /// The rules that judge; `None` until there are some.
    pub(crate) knowledge: ArcSwapOption<Knowledge>,
    pub(crate) rule_faults: ArcSwap<Faults>,
    /// The site as it was last read whole; `None` until there is one.
    pub(crate) site: ArcSwapOption<Snapshot>,
    pub(crate) site_faults: ArcSwap<Faults>,
}

impl App {
    pub(crate) fn new(config: Config, journal: Journal) -> Arc<Self> {
        let queue = usize::try_from(config.queue).unwrap_or(usize::MAX >> 4);
        Arc::new(Self {
            rate: RateLimit::new(config.rate_limit_per_minute),
            pool: Pool::new(config.worker_count(), queue, config.validation_timeout()),
            searches: Pool::new(config.worker_count(), SEARCH_QUEUE, LONGEST_SEARCH),
            memory: UploadMemory::new(config.upload_memory),
            config,
            journal,
            metrics: Metrics::default(),
            knowledge: ArcSwapOption::empty(),
            rule_faults: ArcSwap::default(),
            site: ArcSwapOption::empty(),
            site_faults: ArcSwap::default(),
        })
    }

    pub(crate) fn body_limits(&self) -> BodyLimits {
        BodyLimits {
            bytes: self.config.body_limit,
            total: self.config.body_timeout(),
            stall: self.config.stall_timeout(),
        }
    }

    /// The rules that judge now.
    pub(crate) fn knowledge(&self) -> Result<Arc<Knowledge>, Problem> {
        self.knowledge.load_full().ok_or_else(|| {
            Problem::new(
                Kind::NotReady,
                "Bộ quy tắc chưa sẵn sàng nên chưa kiểm tra được hồ sơ.",
                "The rules are not ready, so nothing can be checked yet.",
            )
            .retry_after(30)
        })
    }

    /// Counts a costly request against its client.
    pub(crate) fn take_token(&self, client: IpAddr) -> Result<(), Problem> {
        self.rate.take(client, Instant::now()).map_err(|seconds| {
            Problem::new(
                Kind::TooManyRequests,
                format!("Địa chỉ này gửi quá nhiều yêu cầu. Đề nghị thử lại sau {seconds} giây."),
                format!("Too many requests from this address. Please wait {seconds} seconds."),
            )
            .retry_after(seconds)
        })
    }

    /// What metrics tell beside the counts.
    pub(crate) fn gauges(&self) -> Gauges {
        let identity = self
            .knowledge
            .load_full()
            .map(|knowledge| knowledge.judge.identity());
        let (version, sha256) = identity
            .map(|identity| (identity.version, identity.sha256))
            .unwrap_or_default();
        Gauges {
            queued: self.pool.gauges.queued.load(Ordering::Relaxed),
            running: self.pool.gauges.running.load(Ordering::Relaxed),
            ruleset_version: version,
            ruleset_sha256: sha256,
            rules_broken: !self.rule_faults.load().0.is_empty(),
            site_broken: !self.site_faults.load().0.is_empty(),
            ready: self.knowledge.load().is_some() && self.site.load().is_some(),
            log_lines_dropped: self.journal.dropped(),
        }
    }
}
