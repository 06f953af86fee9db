//! Signs beside words: severity is shape, word and colour, never colour alone.

use framework::Severity;
use rulebook::Verdict;

/// An octagon with a cross.
pub(super) const STOP: &str = r#"<svg viewBox="0 0 16 16" aria-hidden="true"><path fill="currentColor" d="M5 1h6l4 4v6l-4 4H5l-4-4V5z"/><path class="cut" stroke-width="1.8" stroke-linecap="round" d="m5.4 5.4 5.2 5.2m0-5.2-5.2 5.2"/></svg>"#;
/// A triangle with an exclamation mark.
pub(super) const REVIEW: &str = r#"<svg viewBox="0 0 16 16" aria-hidden="true"><path fill="currentColor" d="M8 .9 15.6 15H.4z"/><path class="cut" stroke-width="1.8" stroke-linecap="round" d="M8 6v3.6m0 2.5v.1"/></svg>"#;
/// A circle with an i.
pub(super) const HINT: &str = r#"<svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="7.4" fill="currentColor"/><path class="cut" stroke-width="1.8" stroke-linecap="round" d="M8 7.4v4M8 4.4v.1"/></svg>"#;
/// A circle with a tick.
pub(super) const GOOD: &str = r#"<svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="7.4" fill="currentColor"/><path class="cut" fill="none" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" d="m4.6 8.3 2.4 2.4 4.4-5"/></svg>"#;
/// A person.
pub(super) const PERSON: &str = r#"<svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="4.6" r="3.1" fill="currentColor"/><path fill="currentColor" d="M1.8 15c.3-3.6 2.9-5.6 6.2-5.6s5.9 2 6.2 5.6z"/></svg>"#;
/// An arrow into a tray.
pub(super) const SAVE: &str = r#"<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" d="M8 2v8m-3.4-3.2L8 10.2l3.4-3.4M2.5 13.6h11"/></svg>"#;

/// Sign and class of a severity.
pub(super) const fn of(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Error => (STOP, "err"),
        Severity::Warning => (REVIEW, "warn"),
        Severity::Info => (HINT, "info"),
    }
}

/// Sign and class of a verdict.
pub(super) const fn of_verdict(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Conforming => (GOOD, "ok"),
        Verdict::ConformingWithRemarks => (REVIEW, "warn"),
        Verdict::Nonconforming | Verdict::Unusable => (STOP, "err"),
    }
}
