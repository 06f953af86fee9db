//! A guess where a field stands.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::{Key, Member};

/// Where a field stood in the record before: most records of a list have their fields in the same order.
/// Threads share it, and it is no more than a guess.
#[derive(Debug, Default)]
pub(crate) struct Spot(AtomicUsize);

impl Spot {
    /// The field of that name among these.
    #[inline]
    pub(crate) fn find<'m, 's>(
        &self,
        members: &'m [Member<'s>],
        key: &Key<'_>,
    ) -> Option<&'m Member<'s>> {
        let before = members.get(self.0.load(Ordering::Relaxed));
        match before {
            Some(member) if member.key == *key => before,
            _ => self.search(members, key),
        }
    }

    /// The same where it stands elsewhere: kept apart, so that the guess is made without a call.
    #[inline(never)]
    fn search<'m, 's>(&self, members: &'m [Member<'s>], key: &Key<'_>) -> Option<&'m Member<'s>> {
        let place = members.iter().position(|member| member.key == *key)?;
        self.0.store(place, Ordering::Relaxed);
        members.get(place)
    }
}
