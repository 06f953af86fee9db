//! A rule's example as numbered lines, with the places that the rule points at marked.

use serde::Serialize;
use serde_json::Value;

use crate::markdown::html;

/// A line of an example.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Line {
    /// Its text as HTML; what is pointed at stands in `<mark>`.
    html: String,
    /// Whether something on it is pointed at.
    marked: bool,
}

/// A JSON document as lines. A pointer that leads to something missing marks the record it is missing
/// from.
pub(super) fn lines(document: &Value, pointers: &[String]) -> Vec<Line> {
    let marked = pointers
        .iter()
        .map(|pointer| nearest(document, pointer))
        .collect();
    let mut writer = Writer {
        marked,
        lines: Vec::new(),
        line: String::new(),
        is_marked: false,
    };
    writer.value("", None, document, 0);
    writer.end_line();
    writer.lines
}

/// The pointer, or the longest part of it that leads to something.
fn nearest<'p>(document: &Value, pointer: &'p str) -> &'p str {
    let mut pointer = pointer;
    while !pointer.is_empty() && document.pointer(pointer).is_none() {
        pointer = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
    }
    pointer
}

struct Writer<'p> {
    marked: Vec<&'p str>,
    lines: Vec<Line>,
    line: String,
    is_marked: bool,
}

impl Writer<'_> {
    /// Writes a value, after its key if it has one. Of a record only the opening is marked: a mark
    /// over many lines shows nothing.
    fn value(&mut self, pointer: &str, key: Option<&str>, value: &Value, depth: usize) {
        let is_marked = self.marked.contains(&pointer);
        self.is_marked |= is_marked;
        self.mark(is_marked, "<mark>");
        if let Some(key) = key {
            self.text(&format!("{}: ", quoted(key)));
        }
        match value {
            Value::Object(members) if !members.is_empty() => {
                self.text("{");
                self.mark(is_marked, "</mark>");
                let mut members: Vec<_> = members.iter().collect();
                members.sort_by_key(|(key, _)| place(key));
                let count = members.len();
                let children = members
                    .into_iter()
                    .map(|(key, value)| (escaped(key), Some(key.as_str()), value));
                self.children(pointer, children, count, depth);
                self.text("}");
            }
            Value::Array(items) if !items.is_empty() => {
                self.text("[");
                self.mark(is_marked, "</mark>");
                let children = items
                    .iter()
                    .enumerate()
                    .map(|(position, value)| (position.to_string(), None, value));
                self.children(pointer, children, items.len(), depth);
                self.text("]");
            }
            plain => {
                self.text(&plain.to_string());
                self.mark(is_marked, "</mark>");
            }
        }
    }

    fn children<'v>(
        &mut self,
        pointer: &str,
        children: impl Iterator<Item = (String, Option<&'v str>, &'v Value)>,
        count: usize,
        depth: usize,
    ) {
        for (position, (part, key, value)) in children.enumerate() {
            self.new_line(depth + 1);
            self.value(&format!("{pointer}/{part}"), key, value, depth + 1);
            if position + 1 < count {
                self.text(",");
            }
        }
        self.new_line(depth);
    }

    fn mark(&mut self, is_marked: bool, tag: &str) {
        if is_marked {
            self.line.push_str(tag);
        }
    }

    fn text(&mut self, text: &str) {
        html::escape_into(&mut self.line, text);
    }

    fn new_line(&mut self, depth: usize) {
        self.end_line();
        self.line.push_str(&"  ".repeat(depth));
    }

    fn end_line(&mut self) {
        self.lines.push(Line {
            html: std::mem::take(&mut self.line),
            marked: std::mem::take(&mut self.is_marked),
        });
    }
}

/// What a record is called comes first, as in the samples.
fn place(key: &str) -> usize {
    let first = ["id", "name"].iter().position(|&name| name == key);
    first.unwrap_or(usize::MAX)
}

fn quoted(key: &str) -> String {
    Value::from(key).to_string()
}

/// A key as a part of a JSON pointer.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn text(document: &Value, pointers: &[&str]) -> String {
        let pointers: Vec<String> = pointers.iter().map(|&pointer| pointer.to_owned()).collect();
        let lines = lines(document, &pointers);
        let lines = lines
            .iter()
            .map(|line| format!("{}{}", if line.marked { "> " } else { "  " }, line.html));
        let text = lines.collect::<Vec<_>>().join("\n");
        text.replace("&quot;", "\"")
    }

    #[test]
    fn the_place_that_is_pointed_at_is_marked() {
        let document = json!({"a": [{"b/c": null, "id": "x<y"}], "d": []});
        let expected = r#"  {
    "a": [
      {
        "id": "x&lt;y",
>       <mark>"b/c": null</mark>
      }
    ],
    "d": []
  }"#;
        assert_eq!(text(&document, &["/a/0/b~1c"]), expected);
    }

    #[test]
    fn what_is_missing_marks_the_record_it_is_missing_from() {
        let document = json!({"a": [{"id": "x"}]});
        let marked = text(&document, &["/a/0/lifecycle"]);
        assert_eq!(marked.lines().nth(2), Some(">     <mark>{</mark>"));
        assert!(text(&document, &[""]).starts_with("> <mark>{</mark>"));
    }

    #[test]
    fn without_marks_it_is_plain_json() {
        let document = json!({"a": [1, {}], "b": {"c": "d"}});
        let found = text(&document, &[]);
        let found: Vec<&str> = found.lines().map(|line| &line[2..]).collect();
        let expected = serde_json::to_string_pretty(&document).unwrap();
        assert_eq!(found.join("\n"), expected);
    }
}
