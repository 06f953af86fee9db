//! YAML 1.2 into the tree, from parser events: one document, no aliases, no merge keys, core schema.

mod scalar;
mod syntax;

use std::{borrow::Cow, collections::HashMap, ops::Range};

use granit_parser::{Event, Parser, ScalarStyle, Span, Tag};
use rulebook::{Kind, Member, Node};

use crate::{DuplicateKey, Limits, Unreadable, notes::Notes, place, tree};

/// So many pairs of duplicate keys are listed; then reading stops.
const DUPLICATES_LISTED: usize = 50;
/// From so many fields on, a record looks its keys up in a table.
const FEW_FIELDS: usize = 16;

/// Reads one YAML document.
pub(crate) fn parse<'s>(
    text: &'s str,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Node<'s>, Unreadable> {
    let mut builder = Builder {
        text,
        limits,
        notes,
        open: Vec::new(),
        root: None,
        document: None,
        nodes: 0,
        duplicates: Vec::new(),
    };
    let options = granit_parser::options! {
        emit_comments: false,
        // One more than ours, so that it is our own limit that speaks.
        flow_nesting_limit: limits.depth + 1,
        block_nesting_limit: limits.depth + 1,
    };
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.map_err(|fault| syntax::fault(text, &fault, limits))?;
        builder.event(event, &span)?;
    }
    builder.finish()
}

struct Builder<'s, 'b> {
    text: &'s str,
    limits: &'b Limits,
    notes: &'b mut Notes,
    open: Vec<Open<'s>>,
    root: Option<Node<'s>>,
    document: Option<Range<usize>>,
    nodes: usize,
    duplicates: Vec<DuplicateKey>,
}

/// A list or record that is not finished yet.
enum Open<'s> {
    List { at: u32, items: Vec<Node<'s>> },
    Record(Record<'s>),
}

struct Record<'s> {
    at: u32,
    members: Vec<Member<'s>>,
    key: Option<(Cow<'s, str>, u32)>,
    table: HashMap<Cow<'s, str>, usize>,
}

impl<'s> Builder<'s, '_> {
    fn event(&mut self, event: Event<'s>, span: &Span) -> Result<(), Unreadable> {
        let range = span.byte_range().unwrap_or(0..0);
        let at = place::offset(range.start);
        match event {
            Event::DocumentStart(..) => self.document(range),
            Event::Alias(_) | Event::UnresolvedAlias(_) => Err(Unreadable::Alias {
                place: self.place(range),
            }),
            Event::Scalar(value, style, _, tag) => {
                self.count(&range)?;
                let kind = self.scalar(value, style, tag.as_deref(), &range)?;
                let is_plain = style == ScalarStyle::Plain;
                self.push(
                    Node {
                        at,
                        end: place::offset(range.end),
                        kind,
                    },
                    is_plain,
                )
            }
            Event::SequenceStart(_, _, tag) => {
                self.enter(tag.as_deref(), "seq", &range)?;
                self.open.push(Open::List {
                    at,
                    items: Vec::new(),
                });
                Ok(())
            }
            Event::MappingStart(_, _, tag) => {
                self.enter(tag.as_deref(), "map", &range)?;
                self.open.push(Open::Record(Record {
                    at,
                    members: Vec::new(),
                    key: None,
                    table: HashMap::new(),
                }));
                Ok(())
            }
            Event::SequenceEnd | Event::MappingEnd => self.leave(&range),
            _ => Ok(()),
        }
    }

    fn document(&mut self, range: Range<usize>) -> Result<(), Unreadable> {
        if let Some(first) = &self.document {
            return Err(Unreadable::SecondDocument {
                places: Box::new([self.place(first.clone()), self.place(range)]),
            });
        }
        self.document = Some(range);
        Ok(())
    }

    fn enter(
        &mut self,
        tag: Option<&Tag>,
        own: &str,
        range: &Range<usize>,
    ) -> Result<(), Unreadable> {
        self.count(range)?;
        if self.open.len() >= self.limits.depth {
            return Err(Unreadable::TooDeep {
                place: self.place(range.clone()),
                limit: self.limits.depth,
            });
        }
        match tag {
            Some(tag) if tag.core_suffix() != Some(own) => Err(self.foreign_tag(tag, range)),
            _ => Ok(()),
        }
    }

    fn leave(&mut self, range: &Range<usize>) -> Result<(), Unreadable> {
        // A block collection ends where its last value ends, not where the next line begins.
        let flow_end = place::offset(range.end);
        let is_flow = !range.is_empty();
        let node = match self.open.pop() {
            Some(Open::List { at, items }) => {
                let last = items.last().map_or(at, |item| item.end);
                let end = if is_flow { flow_end } else { last };
                Node {
                    at,
                    end,
                    kind: Kind::Array(items),
                }
            }
            Some(Open::Record(Record { at, members, .. })) => {
                let last = members.last().map_or(at, |member| member.value.end);
                let end = if is_flow { flow_end } else { last };
                Node {
                    at,
                    end,
                    kind: Kind::Object(members),
                }
            }
            // The parser pairs starts and ends.
            None => return Ok(()),
        };
        self.push(node, false)
    }

    fn push(&mut self, node: Node<'s>, is_plain: bool) -> Result<(), Unreadable> {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Record(record)) => match record.key.take() {
                Some((key, key_at)) => record.members.push(Member {
                    key_at,
                    key: key.into(),
                    value: node,
                }),
                None => return self.key(node, is_plain),
            },
        }
        Ok(())
    }

    fn key(&mut self, node: Node<'s>, is_plain: bool) -> Result<(), Unreadable> {
        let range = node.at as usize..node.end as usize;
        let key = match node.kind {
            Kind::String(text) => text,
            Kind::Array(_) | Kind::Object(_) | Kind::Shared(_) | Kind::Joined(_) => {
                return Err(Unreadable::ComplexKey {
                    place: self.place(range),
                });
            }
            // `1:`, `true:`, `no:`: a field name is the text that stands there.
            Kind::Null | Kind::Bool(_) | Kind::Number(_) => {
                Cow::Borrowed(self.text.get(range.clone()).unwrap_or_default())
            }
        };
        if is_plain && key == "<<" {
            return Err(Unreadable::MergeKey {
                place: self.place(range),
            });
        }
        let key = match tree::composed(&key) {
            Some(nfc) => Cow::Owned(nfc),
            None => key,
        };
        if let Some(Open::Record(record)) = self.open.last_mut() {
            let earlier = record.seen(key.clone());
            record.key = Some((key.clone(), node.at));
            if let Some(first) = earlier {
                self.duplicate(key.into_owned(), first, range)?;
            }
        }
        Ok(())
    }

    fn duplicate(
        &mut self,
        key: String,
        first: u32,
        second: Range<usize>,
    ) -> Result<(), Unreadable> {
        let first = first as usize;
        let length = second.len();
        let (first, second) = (self.place(first..first + length), self.place(second));
        self.duplicates.push(DuplicateKey { key, first, second });
        if self.duplicates.len() >= DUPLICATES_LISTED {
            return Err(Unreadable::DuplicateKeys {
                keys: std::mem::take(&mut self.duplicates),
            });
        }
        Ok(())
    }

    fn scalar(
        &mut self,
        value: Cow<'s, str>,
        style: ScalarStyle,
        tag: Option<&Tag>,
        range: &Range<usize>,
    ) -> Result<Kind<'s>, Unreadable> {
        let is_key = matches!(
            self.open.last(),
            Some(Open::Record(Record { key: None, .. }))
        );
        match tag {
            None if style == ScalarStyle::Plain && is_key => Ok(Kind::String(value)),
            None if style == ScalarStyle::Plain => {
                let span = place::offset(range.start)..place::offset(range.end);
                Ok(scalar::resolve(value, span, self.notes))
            }
            None => Ok(Kind::String(value)),
            Some(tag) => match (tag.core_suffix(), tag.original().as_str()) {
                (Some("str"), _) | (_, "!") => Ok(Kind::String(value)),
                (Some("null" | "bool" | "int" | "float"), _) => {
                    let span = place::offset(range.start)..place::offset(range.end);
                    Ok(scalar::resolve(value, span, self.notes))
                }
                _ => Err(self.foreign_tag(tag, range)),
            },
        }
    }

    fn foreign_tag(&self, tag: &Tag, range: &Range<usize>) -> Unreadable {
        Unreadable::Tag {
            tag: tag.original().into(),
            place: self.place(range.clone()),
        }
    }

    fn count(&mut self, range: &Range<usize>) -> Result<(), Unreadable> {
        self.nodes += 1;
        if self.nodes > self.limits.nodes {
            return Err(Unreadable::TooManyNodes {
                place: self.place(range.clone()),
                limit: self.limits.nodes,
            });
        }
        Ok(())
    }

    fn place(&self, range: Range<usize>) -> rulebook::Place {
        place::in_text(self.text, range)
    }

    fn finish(mut self) -> Result<Node<'s>, Unreadable> {
        if !self.duplicates.is_empty() {
            return Err(Unreadable::DuplicateKeys {
                keys: std::mem::take(&mut self.duplicates),
            });
        }
        let Some(root) = self.root.take() else {
            return Err(Unreadable::Empty);
        };
        match root.kind {
            Kind::Object(_) => Ok(root),
            Kind::Null => Err(Unreadable::Empty),
            _ => Err(Unreadable::NotARecord {
                place: self.place(root.at as usize..root.at as usize),
            }),
        }
    }
}

impl<'s> Record<'s> {
    /// Where the key stood before, if it did; remembers it in any case.
    fn seen(&mut self, key: Cow<'s, str>) -> Option<u32> {
        if self.members.len() < FEW_FIELDS {
            return self
                .members
                .iter()
                .find(|member| *member.key == *key)
                .map(|member| member.key_at);
        }
        if self.table.is_empty() {
            let known = self.members.iter().enumerate();
            self.table = known
                .map(|(index, member)| (Cow::Owned(member.key.to_string()), index))
                .collect();
        }
        if let Some(index) = self.table.get(&key) {
            return Some(self.members[*index].key_at);
        }
        self.table.insert(key, self.members.len());
        None
    }
}
