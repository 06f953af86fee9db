//! A ready edit (RFC 6902) carried out in the text itself: only what it says changes, comments,
//! order and quoting stay as the agency wrote them.
//!
//! Each operation becomes a few bytes put in the place of others. Where that cannot be done without
//! writing other parts anew, nothing is done. What came out is read again and compared with the tree
//! that the operations describe, so that a slip here can never reach anybody's file.

mod block;
mod tree;

use rulebook::{Kind, Member, Node, Origin, SourceFormat, Submission};
use serde_json::Value;

use crate::{Hints, Limits, convert::yaml, read};

/// Bytes of a text and what stands there afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Edit {
    from: usize,
    to: usize,
    with: String,
}

impl Edit {
    fn put(at: usize, with: String) -> Self {
        Self {
            from: at,
            to: at,
            with,
        }
    }

    fn cut(from: usize, to: usize) -> Self {
        Self {
            from,
            to,
            with: String::new(),
        }
    }
}

/// The text with the operations carried out; nothing where its form does not allow it.
pub fn amend(submission: &Submission<'_>, operations: &Value) -> Option<String> {
    let document = Document::of(submission)?;
    let mut edits = document.edits(operations)?;
    edits.sort_by_key(|edit| (edit.from, edit.to));
    if edits.windows(2).any(|pair| pair[1].from < pair[0].to) {
        return None;
    }
    let mut amended = String::with_capacity(document.text.len() + 64);
    let mut at = 0;
    for edit in &edits {
        amended.push_str(document.text.get(at..edit.from)?);
        amended.push_str(&edit.with);
        at = edit.to;
    }
    amended.push_str(document.text.get(at..)?);
    let mut wanted = tree::plain(&submission.root);
    tree::apply(&mut wanted, operations)?;
    let hints = Hints::file(&submission.file);
    let again = read(amended.as_bytes(), &hints, &Limits::default()).ok()?;
    (again.format == submission.format && tree::plain(&again.root) == wanted).then_some(amended)
}

/// Whether [`amend`] knows what to write; it may still find that the text would read differently.
pub fn can_amend(submission: &Submission<'_>, operations: &Value) -> bool {
    Document::of(submission).is_some_and(|document| document.edits(operations).is_some())
}

/// A YAML or JSON text with its tree.
struct Document<'d> {
    text: &'d str,
    root: &'d Node<'d>,
    is_yaml: bool,
}

impl<'d> Document<'d> {
    fn of(submission: &'d Submission<'_>) -> Option<Self> {
        let Origin::Text(text) = &submission.origin else {
            return None;
        };
        let is_yaml = match submission.format {
            SourceFormat::Yaml => true,
            SourceFormat::Json => false,
            _ => return None,
        };
        Some(Self {
            text,
            root: &submission.root,
            is_yaml,
        })
    }

    fn edits(&self, operations: &Value) -> Option<Vec<Edit>> {
        let operations = operations.as_array()?;
        let mut edits = Vec::with_capacity(operations.len());
        for operation in operations {
            let text = |name: &str| operation.get(name).and_then(Value::as_str);
            let path = text("path")?;
            match text("op")? {
                "replace" => edits.push(self.replace(path, operation.get("value")?)?),
                "add" => edits.push(self.add(path, operation.get("value")?)?),
                "move" => edits.push(self.rename(text("from")?, path)?),
                "remove" => edits.push(self.remove(path)?),
                _ => return None,
            }
        }
        Some(edits)
    }

    fn replace(&self, path: &str, value: &Value) -> Option<Edit> {
        let (node, _) = self.root.pointer(path)?;
        let (from, to) = self.span(node)?;
        let old = self.text.get(from..to)?;
        if old.is_empty() {
            // A field without a value: `end:`. The parser places what is not there beside the colon,
            // on either side of it; the value belongs behind it.
            let behind = from + usize::from(self.text.get(from..)?.starts_with(':'));
            let is_open = self.text.get(..behind)?.trim_end().ends_with(':');
            let value = format!(" {}", self.written(value));
            return is_open.then(|| Edit::put(behind, value));
        }
        let is_whole = is_scalar(node) || old.starts_with(['[', '{']);
        let with = self.written_like(old, value);
        is_whole.then_some(Edit { from, to, with })
    }

    fn add(&self, path: &str, value: &Value) -> Option<Edit> {
        let (parent, last) = path.rsplit_once('/')?;
        let (parent, _) = self.root.pointer(parent)?;
        let (from, _) = self.span(parent)?;
        let is_flow = self.text.get(from..)?.starts_with(['[', '{']);
        match &parent.resolved().kind {
            Kind::Array(items) => {
                let is_end = last == "-" || last.parse() == Ok(items.len());
                if !is_end {
                    return None;
                }
                match items.last() {
                    _ if is_flow => self.enter_flow(parent, items.last(), self.written(value)),
                    Some(item) => block::append_item(self, item, value),
                    None => None,
                }
            }
            Kind::Object(members) => {
                let key = tree::unescaped(last);
                if parent.get(&key).is_some() {
                    return self.replace(path, value);
                }
                let end = members.last().map(|member| &member.value);
                let field = format!("{}: {}", self.key(&key), self.written(value));
                match members.last() {
                    _ if is_flow => self.enter_flow(parent, end, field),
                    Some(member) => block::append_field(self, member, &field),
                    None => None,
                }
            }
            _ => None,
        }
    }

    /// Puts one more entry at the end of a list or record in brackets; on a line of its own if the
    /// one before stands so.
    fn enter_flow(
        &self,
        parent: &Node<'_>,
        last: Option<&Node<'_>>,
        entry: String,
    ) -> Option<Edit> {
        let (from, to) = self.span(parent)?;
        let Some(last) = last else {
            return Some(Edit {
                from: from + 1,
                to: to.checked_sub(1)?,
                with: entry,
            });
        };
        let (_, end) = self.span(last)?;
        let start = self.entry_start(parent, last)?;
        let line = self.text[..start]
            .rfind('\n')
            .map_or(0, |newline| newline + 1);
        let indent = &self.text[line..start];
        let own_line = line > 0 && indent.chars().all(char::is_whitespace) && from < line;
        let gap = if own_line {
            format!("\n{indent}")
        } else {
            " ".to_owned()
        };
        Some(Edit::put(end, format!(",{gap}{entry}")))
    }

    /// Where the entry of a flow list or record begins: at its key, if it has one.
    fn entry_start(&self, parent: &Node<'_>, value: &Node<'_>) -> Option<usize> {
        let of_member = |member: &&Member<'_>| std::ptr::eq(&raw const member.value, value);
        match parent.members().iter().find(of_member) {
            Some(member) => usize::try_from(member.key_at).ok(),
            None => Some(self.span(value)?.0),
        }
    }

    /// A key misspelt: the move within one record changes nothing but the key.
    fn rename(&self, from: &str, to: &str) -> Option<Edit> {
        let ((old_parent, old), (new_parent, new)) = (from.rsplit_once('/')?, to.rsplit_once('/')?);
        if old_parent != new_parent {
            return None;
        }
        let (_, key_at) = self.root.pointer(from)?;
        let at = usize::try_from(key_at?).ok()?;
        let (old, new) = (tree::unescaped(old), tree::unescaped(new));
        let rest = self.text.get(at..)?;
        let quote = rest
            .chars()
            .next()
            .filter(|first| matches!(first, '"' | '\''));
        let written = match quote {
            Some(quote) => format!("{quote}{old}{quote}"),
            None => old,
        };
        let with = match quote {
            Some(_) => Value::String(new).to_string(),
            None => self.key(&new),
        };
        rest.starts_with(&written).then(|| Edit {
            from: at,
            to: at + written.len(),
            with,
        })
    }

    fn remove(&self, path: &str) -> Option<Edit> {
        let (parent, _) = self.root.pointer(path.rsplit_once('/')?.0)?;
        let (node, key_at) = self.root.pointer(path)?;
        let (value_at, end) = self.span(node)?;
        let start = match key_at {
            Some(key_at) => usize::try_from(key_at).ok()?,
            None => value_at,
        };
        let (from, _) = self.span(parent)?;
        if !self.text.get(from..)?.starts_with(['[', '{']) {
            return block::remove(self, start, end);
        }
        // With the comma behind it, or else the one before it.
        let after = self.text.get(end..)?;
        let blank = after.len() - after.trim_start().len();
        if let Some(rest) = after[blank..].strip_prefix(',') {
            let more = rest.len() - rest.trim_start().len();
            return Some(Edit::cut(start, end + blank + 1 + more));
        }
        let before = self.text.get(..start)?.trim_end();
        let begin = before.strip_suffix(',').map_or(before.len(), str::len);
        Some(Edit::cut(begin, end))
    }

    /// The bytes of a value that stands in the text.
    fn span(&self, node: &Node<'_>) -> Option<(usize, usize)> {
        let (from, to) = (
            usize::try_from(node.at).ok()?,
            usize::try_from(node.end).ok()?,
        );
        (from <= to && to <= self.text.len()).then_some((from, to))
    }

    fn key(&self, key: &str) -> String {
        if self.is_yaml {
            yaml::scalar_text(key)
        } else {
            Value::from(key).to_string()
        }
    }

    /// A value as this format writes it; lists and records in brackets, which YAML reads as well.
    fn written(&self, value: &Value) -> String {
        match value {
            Value::String(text) if self.is_yaml => yaml::scalar_text(text),
            other => other.to_string(),
        }
    }

    /// The same, in quotes if the old value is in quotes.
    fn written_like(&self, old: &str, value: &Value) -> String {
        match value {
            Value::String(text) if self.is_yaml && old.starts_with('\'') => {
                format!("'{}'", text.replace('\'', "''"))
            }
            Value::String(_) if old.starts_with('"') => value.to_string(),
            other => self.written(other),
        }
    }
}

fn is_scalar(node: &Node<'_>) -> bool {
    !node.is_list() && !node.is_record()
}

#[cfg(test)]
mod tests;
