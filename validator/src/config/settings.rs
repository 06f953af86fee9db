//! The table of settings.

use std::{net::SocketAddr, time::Duration};

use serde::{Deserialize, Serialize};

use super::{ConfigError, Network};

/// How log lines look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people: one line, `key=value`.
    #[default]
    Plain,
    /// For machines: one JSON object a line.
    Json,
}

macro_rules! settings {
    ($( $(#[$doc:meta])+ $name:ident: $type:ty = $default:expr; )+) => {
        /// The settings as one source wrote them; what it left out is `None`.
        #[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct Settings {
            $( $(#[$doc])+ pub $name: Option<$type>, )+
        }

        /// The settings that hold.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        pub struct Config {
            $( $(#[$doc])+ pub $name: $type, )+
        }

        impl Settings {
            /// The names of all settings, as in the file.
            pub const NAMES: &[&str] = &[$( stringify!($name) ),+];

            /// These settings, and the other's where these say nothing.
            #[must_use]
            pub(super) fn or(self, other: Self) -> Self {
                Self { $( $name: self.$name.or(other.$name), )+ }
            }
        }

        impl Default for Config {
            fn default() -> Self {
                Self { $( $name: $default, )+ }
            }
        }

        impl Config {
            /// This configuration with what a later source says.
            #[must_use]
            pub(super) fn with(self, later: Settings) -> Self {
                Self { $( $name: later.$name.unwrap_or(self.$name), )+ }
            }
        }
    };
}

settings! {
    /// Where the site, the search and the validator answer.
    listen: SocketAddr = SocketAddr::from(([127, 0, 0, 1], 8080));
    /// Where `/metrics` answers, if not beside everything else.
    metrics_listen: Option<SocketAddr> = None;
    /// The most bytes an upload may have.
    body_limit: u64 = 10 * 1024 * 1024;
    /// The most bytes that all uploads together may hold while they are read and judged.
    upload_memory: u64 = 64 * 1024 * 1024;
    /// How deep an upload may nest.
    nesting_limit: u32 = 128;
    /// How many records an upload may have.
    record_limit: u32 = 20_000;
    /// How long a client may take for the head of a request, and keep a connection idle.
    head_timeout_seconds: u64 = 10;
    /// How long a client may take for the body.
    body_timeout_seconds: u64 = 30;
    /// How long a client may send or take nothing in the middle of a body.
    stall_timeout_seconds: u64 = 10;
    /// How long one validation may take once it has begun.
    validation_timeout_seconds: u64 = 10;
    /// How long requests in flight may take to finish after SIGTERM.
    drain_timeout_seconds: u64 = 10;
    /// How many connections are open at once.
    connections: u64 = 4096;
    /// How many validations run at once; 0 for as many as there are cores.
    workers: u64 = 0;
    /// How many validations may wait for a worker.
    queue: u64 = 64;
    /// How many validations and searches one client may ask for in a minute; 0 for no limit.
    rate_limit_per_minute: u64 = 0;
    /// Proxies whose `X-Forwarded-For` is believed.
    trusted_proxies: Vec<Network> = Vec::new();
    /// Where the site is reached from outside, `https://khung.example.vn`: what links in reports that
    /// leave the site begin with. Empty for none.
    base_url: String = String::new();
    /// How log lines look.
    log_format: LogFormat = LogFormat::Plain;
}

impl Settings {
    /// The value of a variable as TOML would have it.
    pub(super) fn value_of(name: &str, text: &str) -> toml::Value {
        if name == "TRUSTED_PROXIES" {
            let items = text
                .split(',')
                .map(str::trim)
                .filter(|item| !item.is_empty());
            return toml::Value::Array(items.map(toml::Value::from).collect());
        }
        text.parse::<i64>()
            .map_or_else(|_| toml::Value::from(text), toml::Value::from)
    }
}

impl Config {
    /// Whether every number makes sense.
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        const HOUR: u64 = 3600;
        for (setting, value, least, most) in [
            ("body_limit", self.body_limit, 1024, 1 << 30),
            (
                "upload_memory",
                self.upload_memory,
                self.body_limit,
                1 << 40,
            ),
            ("nesting_limit", self.nesting_limit.into(), 8, 1024),
            ("record_limit", self.record_limit.into(), 1, 1_000_000),
            ("head_timeout_seconds", self.head_timeout_seconds, 1, HOUR),
            ("body_timeout_seconds", self.body_timeout_seconds, 1, HOUR),
            ("stall_timeout_seconds", self.stall_timeout_seconds, 1, HOUR),
            (
                "validation_timeout_seconds",
                self.validation_timeout_seconds,
                1,
                HOUR,
            ),
            ("drain_timeout_seconds", self.drain_timeout_seconds, 1, HOUR),
            ("connections", self.connections, 8, 1 << 20),
            ("workers", self.workers, 0, 1024),
            ("queue", self.queue, 0, 1 << 16),
            (
                "rate_limit_per_minute",
                self.rate_limit_per_minute,
                0,
                1 << 20,
            ),
        ] {
            if value < least || value > most {
                return Err(ConfigError::OutOfRange {
                    setting,
                    value,
                    least,
                    most,
                });
            }
        }
        Ok(())
    }

    /// The settings as a file of them would say: what `khung config check` prints.
    pub fn to_toml(&self) -> String {
        toml::to_string(self).expect("numbers, texts and lists of texts are always TOML")
    }

    /// The address of the site from outside, without a slash at its end.
    pub(crate) fn site(&self) -> Option<&str> {
        Some(self.base_url.trim_end_matches('/')).filter(|url| !url.is_empty())
    }

    /// How many validations run at once.
    pub(crate) fn worker_count(&self) -> usize {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        usize::try_from(self.workers)
            .ok()
            .filter(|&workers| workers > 0)
            .unwrap_or(cores)
    }

    pub(crate) fn head_timeout(&self) -> Duration {
        Duration::from_secs(self.head_timeout_seconds)
    }

    pub(crate) fn body_timeout(&self) -> Duration {
        Duration::from_secs(self.body_timeout_seconds)
    }

    pub(crate) fn stall_timeout(&self) -> Duration {
        Duration::from_secs(self.stall_timeout_seconds)
    }

    pub(crate) fn validation_timeout(&self) -> Duration {
        Duration::from_secs(self.validation_timeout_seconds)
    }

    pub(crate) fn drain_timeout(&self) -> Duration {
        Duration::from_secs(self.drain_timeout_seconds)
    }
}
