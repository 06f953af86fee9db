//! A guess where a field stands.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::Member;

/// Where a field stood in the record before: most records of a list have their fields in the same order.
/// Threads share it, and it is no more than a guess.
#[derive(Debug, Default)]
pub(crate) struct Spot(AtomicUsize);

impl Spot {
    #[inline]
    /// The wanted one of these.
    pub(crate) fn find<'m, 's>(
        &self,
        members: &'m [Member<'s>],
        is_wanted: impl Fn(&Member<'s>) -> bool,
    ) -> Option<&'m Member<'s>> {
        let before = members.get(self.0.load(Ordering::Relaxed));
        if let Some(member) = before.filter(|member| is_wanted(member)) {
            return Some(member);
        }
        let place = members.iter().position(is_wanted)?;
        self.0.store(place, Ordering::Relaxed);
        Some(&members[place])
    }
}
