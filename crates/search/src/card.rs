//! What is shown of a document, as text that the server stores and the browser fetches alike.
//!
//! Lines: address, title, breadcrumb, code, address of the twin; then a line a paragraph, its
//! anchor and a tab before its text.

use crate::pieces::{cut, pieces};

/// What is shown of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Card<'a> {
    /// Its address, `/vi/framework/ii-3-4/#ii-3-4-3`.
    pub url: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Where it stands.
    pub breadcrumb: &'a str,
    /// The clause number, component code or rule id it is known by; may be empty.
    pub code: &'a str,
    /// The address of the same in the other language; may be empty.
    pub twin: &'a str,
    paragraphs: &'a str,
}

impl<'a> Card<'a> {
    /// Reads a card; what is missing reads as empty.
    pub fn parse(text: &'a str) -> Self {
        let mut rest = text;
        let mut line = || {
            let (line, after) = cut(rest, b'\n');
            rest = after.unwrap_or("");
            line
        };
        let (url, title, breadcrumb, code, twin) = (line(), line(), line(), line(), line());
        Self {
            url,
            title,
            breadcrumb,
            code,
            twin,
            paragraphs: rest,
        }
    }

    /// The paragraphs, each with its anchor.
    pub(crate) fn paragraphs(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        pieces(self.paragraphs, b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| match cut(line, b'\t') {
                (anchor, Some(text)) => (anchor, text),
                (text, None) => ("", text),
            })
    }
}
