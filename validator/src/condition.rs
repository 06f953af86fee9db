//! How the server is: what it serves, and what is wrong with what lies on disk.

use framework::Localized;
use rulebook::RulesetIdentity;

use crate::state::App;

/// Rules or site against what lies on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// What lies on disk is what is used.
    Current,
    /// What lies on disk was refused; the last good one goes on.
    LastGood,
    /// There is none.
    Missing,
}

impl State {
    fn of(there: bool, faults: &[Localized]) -> Self {
        match (there, faults.is_empty()) {
            (false, _) => Self::Missing,
            (true, true) => Self::Current,
            (true, false) => Self::LastGood,
        }
    }

    /// The word used in data.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::LastGood => "last-good",
            Self::Missing => "missing",
        }
    }
}

/// Rules or site.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) state: State,
    pub(crate) faults: Vec<Localized>,
}

/// All of it at one moment.
#[derive(Debug)]
pub(crate) struct Condition {
    pub(crate) rules: Part,
    pub(crate) site: Part,
    pub(crate) ruleset: Option<RulesetIdentity>,
    pub(crate) generation: Option<String>,
}

impl Condition {
    /// How it is now.
    pub(crate) fn of(app: &App) -> Self {
        let ruleset = app
            .knowledge
            .load_full()
            .map(|knowledge| knowledge.judge.identity());
        let generation = app.site.load_full().map(|site| site.generation.clone());
        let part = |there: bool, faults: Vec<Localized>| Part {
            state: State::of(there, &faults),
            faults,
        };
        Self {
            rules: part(ruleset.is_some(), app.rule_faults.load().0.clone()),
            site: part(generation.is_some(), app.site_faults.load().0.clone()),
            ruleset,
            generation,
        }
    }

    /// Whether everything is there that an answer needs.
    pub(crate) fn is_ready(&self) -> bool {
        self.rules.state != State::Missing && self.site.state != State::Missing
    }
}
