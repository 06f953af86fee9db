//! Records of the joined view: the fields of the file, and what they lead to.

use std::borrow::Cow;

use crate::{Joined, Kind, Member, Node, Number, submission::NOWHERE};

/// One record of the joined view.
#[derive(Debug, Clone)]
pub(crate) struct Record<'v> {
    /// All fields.
    pub(crate) node: Node<'v>,
    /// The record of the file it was made from, if there is one.
    pub(crate) home: Option<&'v Node<'v>>,
}

impl<'v> Record<'v> {
    /// A record of the file with the fields it gains.
    pub(crate) fn joined(home: &'v Node<'v>, gained: Vec<Member<'v>>) -> Self {
        let node = Node {
            at: home.at,
            end: home.end,
            kind: Kind::Joined(Box::new(Joined::new(home, gained))),
        };
        Self {
            node,
            home: Some(home),
        }
    }

    /// A record that the file does not hold as such.
    pub(crate) fn made(fields: Vec<Member<'v>>, home: Option<&'v Node<'v>>) -> Self {
        Self {
            node: nowhere(Kind::Object(fields)),
            home,
        }
    }
}

impl<'v> Record<'v> {
    /// The fields of a record that the file does not hold; one that was taken away has none.
    pub(crate) fn fields(&mut self) -> &mut Vec<Member<'v>> {
        if !matches!(self.node.kind, Kind::Object(_)) {
            *self = Self::made(Vec::new(), self.home);
        }
        match &mut self.node.kind {
            Kind::Object(fields) => fields,
            _ => unreachable!("it has just been made one"),
        }
    }

    /// The record itself, out of a row whose places are used again.
    pub(crate) fn take(&mut self) -> Self {
        std::mem::replace(self, Self::made(Vec::new(), None))
    }
}

/// A field that the view adds.
pub(crate) fn field<'v>(key: &'static str, value: Node<'v>) -> Member<'v> {
    Member {
        key_at: NOWHERE,
        key: key.into(),
        value,
    }
}

/// A value that stands nowhere in the file.
pub(crate) fn nowhere(kind: Kind<'_>) -> Node<'_> {
    Node {
        at: NOWHERE,
        end: NOWHERE,
        kind,
    }
}

/// The same value seen from a second place.
pub(crate) fn share<'v>(node: &'v Node<'v>) -> Node<'v> {
    Node {
        at: node.at,
        end: node.end,
        kind: Kind::Shared(node),
    }
}

/// The value, or null.
pub(crate) fn share_or_null<'v>(node: Option<&'v Node<'v>>) -> Node<'v> {
    node.map_or_else(null, share)
}

/// A list of values seen from a second place.
pub(crate) fn share_all<'v>(nodes: impl IntoIterator<Item = &'v Node<'v>>) -> Node<'v> {
    list(nodes.into_iter().map(share).collect())
}

pub(crate) fn list(items: Vec<Node<'_>>) -> Node<'_> {
    nowhere(Kind::Array(items))
}

pub(crate) fn object(members: Vec<Member<'_>>) -> Node<'_> {
    nowhere(Kind::Object(members))
}

pub(crate) fn null<'v>() -> Node<'v> {
    nowhere(Kind::Null)
}

pub(crate) fn text<'v>(text: impl Into<Cow<'v, str>>) -> Node<'v> {
    nowhere(Kind::String(text.into()))
}

pub(crate) fn truth<'v>(value: bool) -> Node<'v> {
    nowhere(Kind::Bool(value))
}

pub(crate) fn count<'v>(number: usize) -> Node<'v> {
    nowhere(Kind::Number(Number::Unsigned(number as u64)))
}

/// Whether nothing is stated: absent, null or `unknown`.
pub(crate) fn is_unstated(node: Option<&Node<'_>>) -> bool {
    node.is_none_or(|node| node.is_null() || node.as_str() == Some("unknown"))
}
