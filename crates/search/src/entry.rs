//! What site-gen hands over to be found.

use framework::{Layer, Locale};
use serde::{Deserialize, Serialize};
use vitext::is_evenly_spaced;

use crate::{Facets, Kind, code};

/// One thing that can be found: a clause, a component, a rule, a term, a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Entry {
    /// Its language.
    pub locale: Locale,
    /// Its address; a clause has the address of its page and its anchor.
    pub url: String,
    /// What it is.
    pub kind: Kind,
    /// Its title, without number.
    pub title: String,
    /// Where it stands, from the top: `["Khung kiến trúc", "Phần II", "3.4. Nền tảng số"]`.
    pub breadcrumb: Vec<String>,
    /// The number or code it is shown with: `II.3.4.3`, `NT-4`, `KKT2-PLT-007`.
    pub code: Option<String>,
    /// Its layer.
    pub layer: Option<Layer>,
    /// Every code it is, its own and those of its paragraphs and sentences.
    pub codes: Vec<String>,
    /// Codes it quotes.
    pub quotes: Vec<String>,
    /// Other names: abbreviations, variants, the title in the other language.
    pub aliases: Vec<String>,
    /// Its text.
    pub sections: Vec<Section>,
    /// The address of the same in the other language, if there is one.
    pub twin: Option<String>,
}

/// A part of an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Section {
    /// Its anchor on the page; may be empty.
    pub anchor: String,
    /// Its heading; may be empty.
    pub heading: String,
    /// Its paragraphs, list items and table rows, without mark-up.
    pub paragraphs: Vec<String>,
}

impl Entry {
    /// Kind and layer.
    pub(crate) fn facets(&self) -> Facets {
        let layer = self
            .layer
            .and_then(|layer| Layer::ALL.iter().position(|one| *one == layer));
        let layer = layer.map_or(0, |place| u8::try_from(place + 1).unwrap_or(0));
        Facets {
            kind: self.kind,
            layer,
        }
    }

    /// Canonical codes it answers to: `ii.3.4.3`, and `3.4.3` as its heading prints it.
    pub(crate) fn all_codes(&self) -> Vec<String> {
        let mut codes = Vec::new();
        for code in self.code.iter().chain(&self.codes) {
            let code = code::canonical(code);
            if let Some((part, rest)) = code.split_once('.')
                && part.chars().all(|letter| "ivx".contains(letter))
            {
                push_new(&mut codes, rest.to_owned());
                let last = rest.rsplit('.').next().unwrap_or(rest);
                if last.chars().count() == 1 && last.chars().all(char::is_alphabetic) {
                    push_new(&mut codes, last.to_owned());
                }
            }
            push_new(&mut codes, code);
        }
        codes
    }

    /// Canonical codes it quotes and is not itself.
    pub(crate) fn all_quotes(&self) -> Vec<String> {
        let own = self.all_codes();
        let mut quotes = Vec::new();
        for code in self.quotes.iter().map(|code| code::canonical(code)) {
            if !own.contains(&code) {
                push_new(&mut quotes, code);
            }
        }
        quotes
    }

    /// How many bytes its texts have.
    pub(crate) fn length(&self) -> usize {
        let names = self.aliases.iter().map(String::len);
        let sections = self.sections.iter().map(|section| {
            let paragraphs = section.paragraphs.iter().map(String::len);
            section.heading.len() + paragraphs.sum::<usize>()
        });
        self.title.len() + names.sum::<usize>() + sections.sum::<usize>()
    }

    /// What is shown of it; see [`crate::Card`].
    pub(crate) fn card(&self) -> String {
        // Beside its texts, addresses, the breadcrumb and an anchor for each paragraph.
        let mut card = String::with_capacity(self.length() + 512);
        push_plain(&mut card, &self.url);
        card.push('\n');
        push_plain(&mut card, &self.title);
        card.push('\n');
        for (place, step) in self.breadcrumb.iter().enumerate() {
            if place > 0 {
                card.push_str(" › ");
            }
            push_plain(&mut card, step);
        }
        for whole in [&self.code, &self.twin] {
            card.push('\n');
            card.push_str(whole.as_deref().unwrap_or(""));
        }
        for section in &self.sections {
            for paragraph in &section.paragraphs {
                card.push('\n');
                push_plain(&mut card, &section.anchor);
                card.push('\t');
                push_plain(&mut card, paragraph);
            }
        }
        card
    }
}

fn push_new(codes: &mut Vec<String>, code: String) {
    if !codes.contains(&code) {
        codes.push(code);
    }
}

/// Appends text on one line, without the characters that cards and snippets use themselves.
fn push_plain(card: &mut String, text: &str) {
    if is_evenly_spaced(text) {
        return card.push_str(text);
    }
    let start = card.len();
    for word in text.split(|character: char| character.is_whitespace() || character.is_control()) {
        if !word.is_empty() {
            if card.len() > start {
                card.push(' ');
            }
            card.push_str(word);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_words_with_one_space_between() {
        for (text, line) in [
            ("", ""),
            (" ", ""),
            ("Nền tảng “số”, 24/7 – đủ", "Nền tảng “số”, 24/7 – đủ"),
            (" a  b\tc\nd ", "a b c d"),
            ("a\u{a0}b\u{85}\u{3000}c\u{7f}", "a b c"),
            ("a b ", "a b"),
        ] {
            let mut card = String::from("x");
            push_plain(&mut card, text);
            assert_eq!(card, format!("x{line}"));
        }
    }
}
