//! What one running server holds: settings, counts, and what can be swapped while it runs.

use std::sync::Arc;

use arc_swap::ArcSwapOption;

use crate::{
    body::BodyLimits,
    config::Config,
    journal::Journal,
    metrics::{Gauges, Metrics},
    rate::RateLimit,
    site::Snapshot,
};

/// The state shared by all requests.
pub(crate) struct App {
    pub(crate) config: Config,
    pub(crate) journal: Journal,
    pub(crate) metrics: Metrics,
    pub(crate) rate: RateLimit,
    /// The site as it was last read whole; `None` until there is one.
    pub(crate) site: ArcSwapOption<Snapshot>,
}

impl App {
    pub(crate) fn new(config: Config, journal: Journal) -> Arc<Self> {
        let rate = RateLimit::new(config.rate_limit_per_minute);
        Arc::new(Self {
            config,
            journal,
            metrics: Metrics::default(),
            rate,
            site: ArcSwapOption::empty(),
        })
    }

    /// What metrics tell beside the counts.
    pub(crate) fn gauges(&self) -> Gauges {
        Gauges {
            log_lines_dropped: self.journal.dropped(),
            ..Gauges::default()
        }
    }

    pub(crate) fn body_limits(&self) -> BodyLimits {
        BodyLimits {
            bytes: self.config.body_limit,
            total: self.config.body_timeout(),
            stall: self.config.stall_timeout(),
        }
    }
}
