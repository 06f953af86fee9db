//! A record of the submission with what the joined view lays over it.

use crate::{Member, Node, key::Mark};

/// A record seen through fields that are laid over it.
#[derive(Debug, Clone, PartialEq)]
pub struct Joined<'s> {
    /// The fields that it gains, each name once.
    pub(crate) gained: Box<[Member<'s>]>,
    /// The record itself.
    pub(crate) home: &'s Node<'s>,
    /// Its own fields: the record's, at hand for each of the many questions about one of them.
    pub(crate) own: &'s [Member<'s>],
    /// How many of its own fields are hidden behind one that it gains.
    pub(crate) hidden: u32,
    /// The bits of the marks of all the names that it gains, and of those of its own.
    bits: [u64; 2],
}

impl<'s> Joined<'s> {
    /// A record with what it gains.
    pub(crate) fn new(home: &'s Node<'s>, gained: Vec<Member<'s>>) -> Self {
        let own = home.members();
        let bits = [bits_of(&gained), bits_of(own)];
        let is_hidden = |own: &&Member<'_>| {
            bits[0] & own.key.mark().bit() != 0 && gained.iter().any(|other| other.key == own.key)
        };
        let hidden = own.iter().filter(is_hidden).count();
        Self {
            hidden: u32::try_from(hidden).unwrap_or(u32::MAX),
            gained: gained.into_boxed_slice(),
            home,
            own,
            bits,
        }
    }

    /// The field that is wanted, whose name must have that mark: with another one nothing is found. `among_own` looks
    /// for it among the record's own fields. Most questions are about these, about those that it gains, or about
    /// neither, and that the bits tell.
    #[inline]
    pub(crate) fn find(
        &self,
        mark: Mark,
        is_wanted: impl Fn(&&Member<'s>) -> bool,
        among_own: impl FnOnce(&'s [Member<'s>]) -> Option<&'s Member<'s>>,
    ) -> Option<&Member<'s>> {
        let [may_gain, may_own] = self.bits.map(|bits| bits & mark.bit() != 0);
        let gained = may_gain.then(|| self.gained.iter().find(is_wanted));
        match gained.flatten() {
            None if may_own => among_own(self.own),
            gained => gained,
        }
    }

    /// How many fields it has.
    pub(crate) fn len(&self) -> usize {
        self.gained.len() + self.own.len() - self.hidden as usize
    }

    /// All its fields: what it gains, then its own.
    pub fn members(&self) -> impl Iterator<Item = &Member<'s>> {
        self.gained.iter().chain(self.seen())
    }

    /// Its own fields that are not hidden.
    fn seen(&self) -> impl Iterator<Item = &Member<'s>> {
        let is_seen = |own: &&Member<'_>| {
            self.hidden == 0 || self.gained.iter().all(|other| other.key != own.key)
        };
        self.own.iter().filter(is_seen)
    }
}

/// The bits of the marks of all the names.
fn bits_of(members: &[Member<'_>]) -> u64 {
    let bits = members.iter().map(|member| member.key.mark().bit());
    bits.fold(0, |all, bit| all | bit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Key, Kind, Number, spot::Spot};

    fn field(name: &'static str, number: u64) -> Member<'static> {
        Member {
            key_at: 0,
            key: name.into(),
            value: node(Kind::Number(Number::Unsigned(number))),
        }
    }

    fn node(kind: Kind<'_>) -> Node<'_> {
        Node {
            at: 0,
            end: 0,
            kind,
        }
    }

    #[test]
    fn what_a_record_gains_hides_its_own_field_of_that_name() {
        // Two names that the bits do not tell apart.
        assert_eq!(Mark::of("j").bit(), Mark::of("w").bit());
        let home = node(Kind::Object(vec![
            field("a", 1),
            field("b", 2),
            field("w", 5),
        ]));
        let gained = vec![field("b", 3), field("c", 4), field("j", 6)];
        let joined = Joined::new(&home, gained);
        assert_eq!(joined.len(), 5);
        let names = joined.members().map(|member| member.key.to_string());
        assert_eq!(names.collect::<Vec<_>>(), ["b", "c", "j", "a", "w"]);
        let record = node(Kind::Joined(Box::new(joined)));
        let seen = node(Kind::Shared(&record));
        let spot = Spot::default();
        let all = [
            ("a", Some(1)),
            ("b", Some(3)),
            ("c", Some(4)),
            ("d", None),
            ("w", Some(5)),
            ("j", Some(6)),
            ("a", Some(1)),
        ];
        for (name, expected) in all {
            let expected = expected.map(|number| Kind::Number(Number::Unsigned(number)));
            // Of its own fields the one asked for before stands elsewhere: the guess is wrong, and then right.
            let key = Key::from(name);
            for _ in 0..2 {
                let member = seen.member_at(&spot, &key);
                assert_eq!(
                    member.map(|member| member.value.kind.clone()),
                    expected,
                    "{name}"
                );
            }
            assert_eq!(
                seen.get(name).map(|value| value.kind.clone()),
                expected,
                "{name}"
            );
        }
        // Where the field stood in another record.
        let other = node(Kind::Object(vec![field("x", 8), field("b", 9)]));
        let key = Key::from("b");
        let number = |record: &Node<'_>| match record.member_at(&spot, &key)?.value.kind {
            Kind::Number(Number::Unsigned(number)) => Some(number),
            _ => None,
        };
        assert_eq!(
            [&other, &seen, &home, &other].map(number),
            [9, 3, 2, 9].map(Some)
        );
    }
}
