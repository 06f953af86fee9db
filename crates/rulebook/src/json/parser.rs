//! The parser: one pass over the bytes, recursion bounded by the depth limit.

mod names;
mod number;
mod string;

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
};

use self::names::Names;
use super::{Fault, FaultKind, Limits};
use crate::{Key, Kind, Member, Node};

/// Beyond this many fields a record's keys are looked up in a set instead of one by one.
const FIELDS_COMPARED_ONE_BY_ONE: usize = 24;

/// So many items and fields there is room for at first: growing copies.
const USUALLY_OPEN: usize = 64;

pub(super) struct Parser<'s> {
    text: &'s str,
    bytes: &'s [u8],
    next: usize,
    depth: u32,
    nodes: u32,
    limits: Limits,
    duplicates: Vec<Fault>,
    names: Names<'s>,
    /// Items and fields of the lists and records that are not finished yet, innermost last: each gets
    /// its own memory once, when it is known how much.
    open_items: Vec<Node<'s>>,
    open_members: Vec<Member<'s>>,
}

type Parsed<T> = Result<T, Box<Fault>>;

impl<'s> Parser<'s> {
    pub(super) fn new(text: &'s str, limits: Limits) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            next: 0,
            depth: 0,
            nodes: 0,
            limits,
            duplicates: Vec::new(),
            names: Names::default(),
            open_items: Vec::with_capacity(USUALLY_OPEN),
            open_members: Vec::with_capacity(USUALLY_OPEN),
        }
    }

    pub(super) fn parse(mut self) -> Result<Node<'s>, Vec<Fault>> {
        match self.document() {
            Ok(root) if self.duplicates.is_empty() => Ok(root),
            Ok(_) => Err(self.duplicates),
            Err(fault) => {
                self.duplicates.push(*fault);
                Err(self.duplicates)
            }
        }
    }

    fn document(&mut self) -> Parsed<Node<'s>> {
        if u32::try_from(self.bytes.len()).is_err() {
            return Err(Box::new(Fault {
                kind: FaultKind::TooLong,
                at: 0,
                end: 0,
            }));
        }
        if self.text.starts_with('\u{feff}') {
            return self.fault(FaultKind::ByteOrderMark, 0, '\u{feff}'.len_utf8());
        }
        self.skip_space();
        if self.next == self.bytes.len() {
            return self.fault(FaultKind::Empty, 0, 0);
        }
        let root = self.value()?;
        self.skip_space();
        if self.next < self.bytes.len() {
            let kind = self.if_comment().unwrap_or(FaultKind::TrailingCharacters);
            return self.fault_here(kind);
        }
        Ok(root)
    }

    fn value(&mut self) -> Parsed<Node<'s>> {
        self.skip_space();
        let at = self.next;
        self.nodes += 1;
        if self.nodes > self.limits.nodes {
            return self.fault_here(FaultKind::TooManyNodes(self.limits.nodes));
        }
        let kind = match self.peek() {
            Some(b'"') => Kind::String(self.string()?),
            Some(b'{') => Kind::Object(self.nested(Self::object)?),
            Some(b'[') => Kind::Array(self.nested(Self::array)?),
            Some(b'-' | b'0'..=b'9') => Kind::Number(self.number()?),
            _ => self.word()?,
        };
        Ok(Node {
            at: offset(at),
            end: offset(self.next),
            kind,
        })
    }

    fn nested<T>(&mut self, read: fn(&mut Self) -> Parsed<Vec<T>>) -> Parsed<Vec<T>> {
        self.depth += 1;
        if self.depth > self.limits.depth {
            return self.fault_here(FaultKind::TooDeep(self.limits.depth));
        }
        let parts = read(self)?;
        self.depth -= 1;
        Ok(parts)
    }

    fn array(&mut self) -> Parsed<Vec<Node<'s>>> {
        let opened = self.next;
        self.next += 1;
        self.skip_space();
        if self.take(b']') {
            return Ok(Vec::new());
        }
        let first = self.open_items.len();
        loop {
            let item = self.value()?;
            self.open_items.push(item);
            if self.ends(b']', opened)? {
                return Ok(self.open_items.split_off(first));
            }
        }
    }

    fn object(&mut self) -> Parsed<Vec<Member<'s>>> {
        let opened = self.next;
        self.next += 1;
        let (mut seen, mut marks) = (None, 0);
        self.skip_space();
        if self.take(b'}') {
            return Ok(Vec::new());
        }
        let first = self.open_members.len();
        loop {
            self.skip_space();
            let key_at = self.next;
            let key = self.key(opened)?;
            let bit = key.mark().bit();
            let may_be_there = marks & bit != 0;
            marks |= bit;
            if may_be_there || seen.is_some() {
                self.note_if_duplicate(first, &mut seen, &key, key_at)?;
            }
            self.skip_space();
            if !self.take(b':') {
                return self.fault_here(FaultKind::ExpectedColon);
            }
            let value = self.value()?;
            self.open_members.push(Member {
                key_at: offset(key_at),
                key,
                value,
            });
            if self.ends(b'}', opened)? {
                return Ok(self.open_members.split_off(first));
            }
        }
    }

    fn key(&mut self, opened: usize) -> Parsed<Key<'s>> {
        match self.peek() {
            Some(b'"') => self.name(),
            None => self.fault(FaultKind::Unclosed, opened, opened + 1),
            Some(_) => {
                let kind = self.if_comment().or_else(|| self.if_wrong_quotes());
                self.fault_here(kind.unwrap_or(FaultKind::ExpectedKey))
            }
        }
    }

    /// After an item: the closing bracket, or a comma and another item.
    fn ends(&mut self, closing: u8, opened: usize) -> Parsed<bool> {
        self.skip_space();
        match self.peek() {
            Some(byte) if byte == closing => {
                self.next += 1;
                Ok(true)
            }
            Some(b',') => {
                let comma = self.next;
                self.next += 1;
                self.skip_space();
                match self.peek() {
                    Some(b']' | b'}') => self.fault(FaultKind::TrailingComma, comma, comma + 1),
                    _ => Ok(false),
                }
            }
            None => self.fault(FaultKind::Unclosed, opened, opened + 1),
            Some(_) => {
                let kind = self.if_comment().unwrap_or(FaultKind::ExpectedComma);
                self.fault_here(kind)
            }
        }
    }

    fn note_if_duplicate(
        &mut self,
        first: usize,
        seen: &mut Option<HashSet<u64>>,
        key: &Key<'_>,
        key_at: usize,
    ) -> Parsed<()> {
        let members = &self.open_members[first..];
        let may_be_there = match seen {
            Some(seen) => !seen.insert(hash(key)),
            None if members.len() < FIELDS_COMPARED_ONE_BY_ONE => true,
            None => {
                let hashes: HashSet<u64> = members.iter().map(|member| hash(&member.key)).collect();
                let is_known = hashes.contains(&hash(key));
                seen.insert(hashes).insert(hash(key));
                is_known
            }
        };
        if !may_be_there {
            return Ok(());
        }
        let Some(first) = members.iter().find(|member| member.key == *key) else {
            return Ok(());
        };
        let fault = Fault {
            kind: FaultKind::DuplicateKey {
                key: key.to_string(),
                first: (first.key_at, first.value.end),
            },
            at: offset(key_at),
            end: offset(self.next),
        };
        if offset(self.duplicates.len()) >= self.limits.duplicate_keys {
            return Err(Box::new(fault));
        }
        self.duplicates.push(fault);
        Ok(())
    }

    fn word(&mut self) -> Parsed<Kind<'s>> {
        let rest = &self.text[self.next..];
        let length = rest
            .find(|character: char| !character.is_alphanumeric())
            .unwrap_or(rest.len());
        let word = &rest[..length];
        let kind = match word {
            "null" => Kind::Null,
            "true" => Kind::Bool(true),
            "false" => Kind::Bool(false),
            "" => {
                let kind = self.if_comment().or_else(|| self.if_wrong_quotes());
                return self.fault_here(kind.unwrap_or(FaultKind::ExpectedValue));
            }
            other => {
                let shown = other.chars().take(40).collect();
                return self.fault(FaultKind::ForeignWord(shown), self.next, self.next + length);
            }
        };
        self.next += length;
        Ok(kind)
    }

    fn if_comment(&self) -> Option<FaultKind> {
        let rest = &self.bytes[self.next..];
        let is_comment =
            rest.starts_with(b"//") || rest.starts_with(b"/*") || rest.starts_with(b"#");
        is_comment.then_some(FaultKind::Comment)
    }

    fn if_wrong_quotes(&self) -> Option<FaultKind> {
        let character = self.text[self.next..].chars().next()?;
        matches!(character, '\'' | '‘' | '’' | '“' | '”' | '«' | '`')
            .then_some(FaultKind::WrongQuotes)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.next).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == Some(byte);
        self.next += usize::from(is_there);
        is_there
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.next += 1;
        }
    }

    fn fault_here<T>(&self, kind: FaultKind) -> Parsed<T> {
        let width = self.text[self.next..]
            .chars()
            .next()
            .map_or(0, char::len_utf8);
        self.fault(kind, self.next, self.next + width)
    }

    #[cold]
    #[expect(
        clippy::unused_self,
        reason = "reads as the parser's own word at every call"
    )]
    fn fault<T>(&self, kind: FaultKind, at: usize, end: usize) -> Parsed<T> {
        Err(Box::new(Fault {
            kind,
            at: offset(at),
            end: offset(end),
        }))
    }
}

/// Offsets fit: a text of more than 4 GiB is refused before the first value.
fn offset(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

fn hash(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}
