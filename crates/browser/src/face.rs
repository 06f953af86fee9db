//! What the module knows and how it answers, free of any ABI.

use alloc::{string::String, vec::Vec};

use search::{Answer, Card, Filter, Kind, Shards, Source, answer, snippet};

/// The index of one language, as far as it has been fetched, and the last answer.
#[derive(Debug)]
pub struct Face {
    shards: Shards,
    last: Answer,
}

/// What comes of a query.
#[derive(Debug, PartialEq, Eq)]
pub enum Reply {
    /// These shards are needed first, a line each: number, and behind a tab the name of the file;
    /// then the query is to be asked again.
    Wanted(String),
    /// The answer, as lines:
    ///
    /// 1. how many hits there are, and `1` behind a tab if there may be more;
    /// 2. how many of each kind, in the order of [`Kind::ALL`];
    /// 3. the query as it was probably meant, or nothing;
    /// 4. how the query may go on, between tabs;
    /// 5. and on, one hit each: document, kind, and the name of the file that its card lies in.
    Answer(String),
}

impl Default for Face {
    fn default() -> Self {
        Self::new()
    }
}

impl Face {
    /// A face that knows nothing yet.
    pub const fn new() -> Self {
        Self {
            shards: Shards::new(),
            last: Answer::new(),
        }
    }

    /// Takes in the head file, once; whether it has the form that is known here. Another one, of a site that was published
    /// by another program meanwhile, leaves an empty index.
    pub fn open(&mut self, head: &[u8]) -> bool {
        self.shards.open(head)
    }

    /// Takes in a shard.
    pub fn shard(&mut self, number: usize, bytes: Vec<u8>) {
        self.shards.load_shard(number, bytes);
    }

    /// Takes in the file that a document's card lies in.
    pub fn card(&mut self, document: u32, bytes: Vec<u8>) {
        self.shards.load_card(document, bytes);
    }

    /// Answers a query, or says what it lacks. `kind` counts from 1 in the order of [`Kind::ALL`],
    /// `layer` from 1; 0 is any.
    pub fn query(
        &mut self,
        text: &str,
        kind: usize,
        layer: u8,
        skip: usize,
        limit: usize,
    ) -> Reply {
        let filter = Filter {
            kind: kind
                .checked_sub(1)
                .and_then(|place| Kind::ALL.get(place))
                .copied(),
            layer: Some(layer).filter(|layer| *layer > 0),
        };
        self.shards.forget_wanted();
        let found = answer(&mut self.shards, text, filter, skip, limit);
        if !self.shards.wanted().is_empty() {
            let mut lines = String::new();
            for number in self.shards.wanted() {
                push_number(&mut lines, *number);
                lines.push('\t');
                lines.push_str(&self.shards.shard_name(*number as usize));
                lines.push('\n');
            }
            return Reply::Wanted(lines);
        }
        self.last = found;
        Reply::Answer(self.lines())
    }

    fn lines(&self) -> String {
        let answer = &self.last;
        let mut lines = String::new();
        push_number(&mut lines, answer.total);
        lines.push_str(if answer.at_least { "\t1\n" } else { "\t\n" });
        for count in answer.kinds {
            push_number(&mut lines, count);
            lines.push('\t');
        }
        lines.push('\n');
        lines.push_str(answer.did_you_mean.as_deref().unwrap_or(""));
        lines.push('\n');
        for completion in &answer.completions {
            lines.push_str(completion);
            lines.push('\t');
        }
        for hit in &answer.hits {
            let facets = self.shards.facets(hit.document);
            lines.push('\n');
            for number in [hit.document, facets.kind as u32] {
                push_number(&mut lines, number);
                lines.push('\t');
            }
            lines.push_str(&self.shards.card_name(hit.document));
        }
        lines
    }

    /// What is shown of a hit of the last answer, as lines: address, title, breadcrumb, code,
    /// address of the twin, anchor of the passage, and the passage itself with control characters
    /// around the words found. Nothing while its card is not there.
    pub fn hit(&self, document: u32) -> String {
        let mut lines = String::new();
        let text = self.shards.card(document);
        if !text.is_empty() {
            let card = Card::parse(&text);
            let passage = snippet(&card, &self.last.marks);
            for line in [
                card.url,
                card.title,
                card.breadcrumb,
                card.code,
                card.twin,
                &passage.anchor,
            ] {
                lines.push_str(line);
                lines.push('\n');
            }
            lines.push_str(&passage.text);
        }
        lines
    }
}

/// Decimal digits without the formatting machinery, which would weigh more than the module's
/// ranking.
fn push_number(text: &mut String, number: u32) {
    if number >= 10 {
        push_number(text, number / 10);
    }
    // One decimal digit.
    text.push((b'0' + (number % 10) as u8) as char);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_decimal() {
        for number in [0, 7, 10, 4_294_967_295_u32] {
            let mut text = String::new();
            push_number(&mut text, number);
            assert_eq!(text, number.to_string());
        }
    }

    #[test]
    fn a_head_that_cannot_be_read_leaves_an_empty_index() {
        let mut face = Face::default();
        assert!(!face.open(b"not a head"));
        let Reply::Answer(lines) = face.query("khung", 0, 0, 0, 10) else {
            panic!("nothing to want")
        };
        assert_eq!(lines, "0\t\n0\t0\t0\t0\t0\t0\t\n\n");
        assert_eq!(face.hit(0), "");
    }
}
