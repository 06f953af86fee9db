//! How much a finding weighs, and what it rests on.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How serious a finding is. Declared from least to most, so that `max` is the worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A hint («gợi ý»).
    Info,
    /// To be reviewed («nên xem lại»).
    Warning,
    /// To be mended («phải sửa»).
    Error,
}

impl Severity {
    /// All severities, worst first: the order in which findings are shown.
    pub const WORST_FIRST: [Self; 3] = [Self::Error, Self::Warning, Self::Info];

    /// The word used in data and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a rule rests on. The three are never added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// A sentence of the framework.
    Framework,
    /// Another legal document: an overlay with its own dates and switch.
    Law,
    /// What any such check needs, or what reviewers ask for.
    Practice,
}

impl Basis {
    /// All bases, in the order of reports.
    pub const ALL: [Self; 3] = [Self::Framework, Self::Law, Self::Practice];

    /// The word used in data and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Framework => "framework",
            Self::Law => "law",
            Self::Practice => "practice",
        }
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How strongly the source text speaks in the sentence a rule rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Force {
    /// Not in the source text.
    F0,
    /// Aim, orientation, option («nhằm», «tránh trùng lặp», «tiêu biểu», «có nhu cầu»).
    F1,
    /// Declared («được triển khai dùng chung», «Là hệ thống …»).
    F2,
    /// Explicit (uniform use, "in conformity with", a named body and its task).
    F3,
}
