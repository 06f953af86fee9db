//! Parts of a submission put together: sheets of one workbook, or several files.

use framework::Localized;
use rulebook::{Kind, Member, Node};

use crate::{model::SECTIONS, notes::Notes, tree::same};

/// A submission in the making.
#[derive(Default)]
pub(crate) struct Assembly<'s> {
    members: Vec<Member<'s>>,
}

impl<'s> Assembly<'s> {
    /// Adds records to a list; what is there already stays before them.
    pub(crate) fn add_list(&mut self, key: &str, records: Vec<Node<'s>>) {
        let member = self.member(key, || Kind::Array(Vec::new()));
        let (at, end) = span(&records);
        if let Kind::Array(items) = &mut member.value.kind {
            if items.is_empty() {
                (member.value.at, member.value.end) = (at, end);
                member.key_at = at;
            }
            member.value.end = member.value.end.max(end);
            items.extend(records);
        }
    }

    /// Adds the fields of a record; where two parts differ, the first stays and a note says so.
    pub(crate) fn add_record(&mut self, key: &str, record: Node<'s>, notes: &mut Notes) {
        let Node { at, end, kind } = record;
        let Kind::Object(fields) = kind else { return };
        let member = self.member(key, || Kind::Object(Vec::new()));
        if let Kind::Object(known) = &mut member.value.kind {
            if known.is_empty() {
                (member.key_at, member.value.at, member.value.end) = (at, at, end);
            }
            join(known, fields, notes);
        }
    }

    /// Puts a value where an RFC 6901 pointer leads; `false` if it leads nowhere.
    pub(crate) fn put(&mut self, pointer: &str, value: Node<'s>) -> bool {
        let Some(steps) = pointer.strip_prefix('/') else {
            return false;
        };
        let steps: Vec<String> = steps
            .split('/')
            .map(|step| step.replace("~1", "/").replace("~0", "~"))
            .collect();
        put(&mut self.members, &steps, value)
    }

    /// The finished tree; sections in the order of the form, others after them.
    pub(crate) fn finish(mut self) -> Node<'s> {
        let order = |key: &str| SECTIONS.iter().position(|section| section.key == key);
        self.members
            .sort_by_key(|member| order(&member.key).unwrap_or(usize::MAX));
        let end = self
            .members
            .iter()
            .map(|member| member.value.end)
            .max()
            .unwrap_or(0);
        Node {
            at: 0,
            end,
            kind: Kind::Object(self.members),
        }
    }

    fn member(&mut self, key: &str, empty: impl FnOnce() -> Kind<'s>) -> &mut Member<'s> {
        let known = self.members.iter().position(|member| member.key == key);
        let index = known.unwrap_or_else(|| {
            let value = Node {
                at: 0,
                end: 0,
                kind: empty(),
            };
            self.members.push(Member {
                key_at: 0,
                key: key.to_owned().into(),
                value,
            });
            self.members.len() - 1
        });
        &mut self.members[index]
    }
}

fn span(nodes: &[Node<'_>]) -> (u32, u32) {
    let at = nodes.iter().map(|node| node.at).min().unwrap_or(0);
    let end = nodes.iter().map(|node| node.end).max().unwrap_or(0);
    (at, end)
}

/// Joins two records field by field.
fn join<'s>(known: &mut Vec<Member<'s>>, fields: Vec<Member<'s>>, notes: &mut Notes) {
    for field in fields {
        let Some(twin) = known.iter_mut().find(|member| member.key == field.key) else {
            known.push(field);
            continue;
        };
        match (&mut twin.value.kind, field.value.kind) {
            (Kind::Object(known), Kind::Object(fields)) => join(known, fields, notes),
            (Kind::Null, kind) => {
                twin.value = Node {
                    at: field.value.at,
                    end: field.value.end,
                    kind,
                };
            }
            (_, Kind::Null) => {}
            (_, kind) => {
                let other = Node {
                    at: field.value.at,
                    end: field.value.end,
                    kind,
                };
                if !same(&twin.value, &other) {
                    let key = &field.key;
                    notes.add("stated-differently", other.at..other.end, || {
                        Localized::text(
                            format!("«{key}» đã được khai khác ở chỗ trước; nội dung ở đây không được dùng."),
                            format!("“{key}” was stated differently before; what stands here is not used."),
                        )
                    });
                }
            }
        }
    }
}

fn put<'s>(members: &mut Vec<Member<'s>>, steps: &[String], value: Node<'s>) -> bool {
    let Some((step, rest)) = steps.split_first() else {
        return false;
    };
    let known = members.iter().position(|member| member.key == *step);
    if rest.is_empty() {
        if let Some(index) = known {
            // The sheet of a list that is kept as a whole stands empty.
            let is_empty = members[index].value.kind == Kind::Array(Vec::new());
            if is_empty {
                members[index].value = value;
            }
            return is_empty;
        }
        let key_at = value.at;
        members.push(Member {
            key_at,
            key: step.clone().into(),
            value,
        });
        return true;
    }
    let index = known.unwrap_or_else(|| {
        let inside = Node {
            at: value.at,
            end: value.end,
            kind: Kind::Object(Vec::new()),
        };
        members.push(Member {
            key_at: value.at,
            key: step.clone().into(),
            value: inside,
        });
        members.len() - 1
    });
    put_inside(&mut members[index].value, rest, value)
}

fn put_inside<'s>(node: &mut Node<'s>, steps: &[String], value: Node<'s>) -> bool {
    match &mut node.kind {
        Kind::Object(members) => put(members, steps, value),
        Kind::Array(items) => {
            let item = steps[0]
                .parse::<usize>()
                .ok()
                .and_then(|index| items.get_mut(index));
            match item {
                Some(item) if steps.len() > 1 => put_inside(item, &steps[1..], value),
                _ => false,
            }
        }
        _ => false,
    }
}
