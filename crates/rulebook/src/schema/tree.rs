//! The tree with places as `jsonschema` sees it: no copy, shared nodes looked through.

use std::borrow::Cow;

use jsonschema::{
    JsonType,
    json::{Array, Json, JsonNumber, NodeIdentity, Object},
};
use serde_json::Value;

use super::equality;
use crate::{Joined, Key, Kind, Member, Node, Number};

/// Our tree as a representation of JSON.
#[derive(Debug)]
pub(crate) struct Tree;

impl Json for Tree {
    type Node<'a> = &'a Node<'a>;
    type PreparedKey = Key<'static>;
    type StringBuffer = ();
    const ACYCLIC: bool = true;
    const KEYS_PER_LOOKUP: usize = 2;

    fn prepare_key(key: &str) -> Key<'static> {
        key.to_owned().into()
    }

    fn with_string_node<T>((): &mut (), text: &str, f: impl FnOnce(Self::Node<'_>) -> T) -> T {
        f(&Node {
            at: 0,
            end: 0,
            kind: Kind::String(Cow::Borrowed(text)),
        })
    }
}

impl<'a> jsonschema::json::Node<'a, Tree> for &'a Node<'a> {
    type Object = Fields<'a>;
    type Array = &'a [Node<'a>];
    type Number = Number;

    #[inline]
    fn as_object(&self) -> Option<Fields<'a>> {
        match &self.resolved().kind {
            Kind::Object(members) => Some(Fields::Own(members)),
            Kind::Joined(joined) => Some(Fields::Joined(joined)),
            _ => None,
        }
    }

    fn as_array(&self) -> Option<&'a [Node<'a>]> {
        match &self.resolved().kind {
            Kind::Array(items) => Some(items),
            _ => None,
        }
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        match &self.resolved().kind {
            Kind::String(text) => Some(Cow::Borrowed(text)),
            _ => None,
        }
    }

    fn as_number(&self) -> Option<Number> {
        match self.resolved().kind {
            Kind::Number(number) => Some(number),
            _ => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        self.as_bool()
    }

    fn is_null(&self) -> bool {
        Node::is_null(self)
    }

    fn json_type(&self) -> JsonType {
        match self.resolved().kind {
            Kind::Null => JsonType::Null,
            Kind::Bool(_) => JsonType::Boolean,
            Kind::Number(_) => JsonType::Number,
            Kind::String(_) => JsonType::String,
            Kind::Array(_) => JsonType::Array,
            Kind::Object(_) | Kind::Joined(_) | Kind::Shared(_) => JsonType::Object,
        }
    }

    fn equals_value(&self, expected: &Value) -> bool {
        equality::equals_value(self, expected)
    }

    /// Called for each error only. The report reads the tree itself, so lists and records are not
    /// copied: with many errors in a large list that would be quadratic.
    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(match &self.resolved().kind {
            Kind::Bool(value) => Value::Bool(*value),
            Kind::Number(number) => Value::Number(number.to_number().into_owned()),
            Kind::String(text) => Value::String(text.to_string()),
            Kind::Null | Kind::Array(_) | Kind::Object(_) | Kind::Joined(_) | Kind::Shared(_) => {
                Value::Null
            }
        })
    }

    fn identity(&self) -> Option<NodeIdentity> {
        Some(NodeIdentity::new(
            std::ptr::from_ref(self.resolved()).addr(),
        ))
    }
}

/// The fields of a record.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fields<'a> {
    /// As the file has them.
    Own(&'a [Member<'a>]),
    /// With what the joined view has laid over them.
    Joined(&'a Joined<'a>),
}

impl<'a> Object<'a, Tree> for Fields<'a> {
    type Node = &'a Node<'a>;
    type MemberName = &'a str;
    type MembersIter = Members<'a>;

    #[inline]
    fn len(&self) -> usize {
        match self {
            Self::Own(members) => members.len(),
            Self::Joined(joined) => joined.len(),
        }
    }

    #[inline]
    fn get(&self, key: &Key<'static>) -> Option<&'a Node<'a>> {
        let is_wanted = |member: &&Member<'_>| member.key == *key;
        let found = match self {
            Self::Own(members) => members.iter().find(is_wanted),
            Self::Joined(joined) => joined.find(key.mark(), is_wanted, |members| {
                members.iter().find(is_wanted)
            }),
        };
        found.map(|member| &member.value)
    }

    #[inline]
    fn members(&self) -> Members<'a> {
        match *self {
            Self::Own(members) => Members {
                joined: None,
                first: members.iter(),
                then: [].iter(),
            },
            Self::Joined(joined) => Members {
                joined: Some(joined).filter(|joined| joined.hidden > 0),
                first: joined.gained.iter(),
                then: joined.own.iter(),
            },
        }
    }
}

/// The fields of a record with their names: those laid over it, then its own.
pub(crate) struct Members<'a> {
    /// What hides some of its own fields.
    joined: Option<&'a Joined<'a>>,
    first: std::slice::Iter<'a, Member<'a>>,
    then: std::slice::Iter<'a, Member<'a>>,
}

impl<'a> Iterator for Members<'a> {
    type Item = (&'a str, &'a Node<'a>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let member = self.first.next().or_else(|| {
            self.then.find(|own| {
                let is_hidden =
                    |joined: &Joined<'_>| joined.gained.iter().any(|other| other.key == own.key);
                !self.joined.is_some_and(is_hidden)
            })
        })?;
        Some((&*member.key, &member.value))
    }
}

impl<'a> Array<'a, Tree> for &'a [Node<'a>] {
    type Node = &'a Node<'a>;
    type ElementsIter = std::slice::Iter<'a, Node<'a>>;

    fn len(&self) -> usize {
        <[Node<'_>]>::len(self)
    }

    fn elements(&self) -> Self::ElementsIter {
        self.iter()
    }

    fn is_unique(&self) -> bool {
        equality::all_different(self)
    }
}

impl JsonNumber for Number {
    fn as_u64(&self) -> Option<u64> {
        match *self {
            Self::Unsigned(number) => Some(number),
            Self::Signed(number) => u64::try_from(number).ok(),
            Self::Float(_) => None,
        }
    }

    fn as_i64(&self) -> Option<i64> {
        match *self {
            Self::Unsigned(number) => i64::try_from(number).ok(),
            Self::Signed(number) => Some(number),
            Self::Float(_) => None,
        }
    }

    fn as_f64(&self) -> Option<f64> {
        Some(self.to_f64())
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_number().to_string())
    }

    fn to_number(&self) -> Cow<'_, serde_json::Number> {
        Cow::Owned(match *self {
            Self::Unsigned(number) => number.into(),
            Self::Signed(number) => number.into(),
            Self::Float(number) => serde_json::Number::from_f64(number).unwrap_or_else(|| 0.into()),
        })
    }

    fn is_integer(&self) -> bool {
        match self {
            Self::Float(number) => number.fract() == 0.0,
            Self::Unsigned(_) | Self::Signed(_) => true,
        }
    }

    fn is_written_as_integer(&self) -> bool {
        !matches!(self, Self::Float(_))
    }
}
