//! Glossary terms in the text: the first mention of each is a plain link to its entry, and its
//! meaning is shown beside it while the link is pointed at or focused. No script is needed.

use std::collections::BTreeSet;

use framework::{ClauseId, Locale, Term, TermSource};

use super::{excerpt, lookup::Lookup};
use crate::markdown::html;

/// How much of a definition is shown beside a mention; the whole stands in the glossary.
const LONGEST: usize = 220;

/// Links the mentions of some terms in one text, each term once.
pub(super) struct Mentions<'a> {
    lookup: Lookup<'a>,
    /// The forms of the terms, the longest first.
    forms: Vec<Form<'a>>,
    linked: BTreeSet<&'a str>,
}

struct Form<'a> {
    /// In lower case.
    letters: Vec<char>,
    term: &'a Term,
}

impl<'a> Mentions<'a> {
    /// `language` is that of the text; the links lead to the glossary in the language of the page.
    pub(super) fn new(
        lookup: Lookup<'a>,
        language: Locale,
        terms: impl Iterator<Item = &'a Term>,
    ) -> Self {
        let mut forms: Vec<Form<'a>> = terms
            .flat_map(|term| {
                let letters = |form: &str| form.chars().flat_map(char::to_lowercase).collect();
                forms(term, language).map(move |form| Form {
                    letters: letters(form),
                    term,
                })
            })
            .collect();
        forms.sort_by(|left, right| {
            let longest_first = right.letters.len().cmp(&left.letters.len());
            longest_first.then_with(|| left.term.id.cmp(&right.term.id))
        });
        Self {
            lookup,
            forms,
            linked: BTreeSet::new(),
        }
    }

    /// The text of a clause with its mentions linked; what stands inside links and code is left alone.
    pub(super) fn link(&mut self, html: &str, clause: Option<&ClauseId>) -> String {
        let mut out = String::with_capacity(html.len() + 256);
        let (mut rest, mut inside) = (html, 0_usize);
        while !rest.is_empty() {
            let is_tag = rest.starts_with('<');
            let end = if is_tag {
                rest.find('>').map_or(rest.len(), |end| end + 1)
            } else {
                rest.find('<').unwrap_or(rest.len())
            };
            let (piece, after) = rest.split_at(end);
            rest = after;
            if is_tag {
                let name = piece.trim_start_matches(['<', '/']);
                let name = name.split([' ', '>']).next().unwrap_or_default();
                if matches!(name, "a" | "code") {
                    if piece.starts_with("</") {
                        inside = inside.saturating_sub(1);
                    } else {
                        inside += 1;
                    }
                }
                out.push_str(piece);
            } else if inside > 0 {
                out.push_str(piece);
            } else {
                self.words(piece, clause, &mut out);
            }
        }
        out
    }

    /// Text without tags.
    fn words(&mut self, text: &str, clause: Option<&ClauseId>, out: &mut String) {
        let mut rest = text;
        let mut in_word = false;
        while let Some(first) = rest.chars().next() {
            let found = (!in_word && first.is_alphanumeric())
                .then(|| self.form_at(rest))
                .flatten();
            let Some((term, length)) = found else {
                out.push(first);
                rest = &rest[first.len_utf8()..];
                in_word = first.is_alphanumeric();
                continue;
            };
            let (mention, after) = rest.split_at(length);
            // Where a term is defined, its definition is what the reader is reading.
            let is_defined_here = match (&term.source, clause) {
                (TermSource::Clause(source), Some(clause)) => source.without_sentence() == *clause,
                _ => false,
            };
            if is_defined_here || !self.linked.insert(&term.id) {
                out.push_str(mention);
            } else {
                self.push_link(term, mention, out);
            }
            rest = after;
            in_word = true;
        }
    }

    /// The longest form that begins here and ends with a word, and how many bytes it takes.
    fn form_at(&self, text: &str) -> Option<(&'a Term, usize)> {
        self.forms
            .iter()
            .find_map(|form| Some((form.term, length_of_match(&form.letters, text)?)))
    }

    fn push_link(&self, term: &Term, mention: &str, out: &mut String) {
        let link = self.lookup.term(term);
        let meaning = excerpt(&self.lookup.say(&term.definition), LONGEST);
        out.push_str("<a class=\"gloss\" href=\"");
        html::escape_into(out, &link.url);
        out.push_str("\" data-meaning=\"");
        html::escape_into(out, &meaning);
        out.push_str("\">");
        out.push_str(mention);
        out.push_str("</a>");
    }
}

/// Every way a term is written in one language. English gives some in the manner of a dictionary,
/// with a semicolon between them.
fn forms(term: &Term, language: Locale) -> impl Iterator<Item = &str> {
    let abbreviation = match language {
        Locale::Vi => term.abbreviation.vi.as_deref(),
        Locale::En => term.abbreviation.en.as_deref(),
    };
    let variants = term.variants.get(language).iter().map(String::as_str);
    term.name
        .get(language)
        .split(';')
        .map(str::trim)
        .chain(abbreviation)
        .chain(variants)
        .filter(|form| form.chars().count() > 1)
}

/// How many bytes of the text are that form in any case; an English plural belongs to its word.
fn length_of_match(letters: &[char], text: &str) -> Option<usize> {
    let mut length = 0;
    let mut here = text.chars();
    for &letter in letters {
        let found = here.next()?;
        if !found.to_lowercase().eq([letter]) {
            return None;
        }
        length += found.len_utf8();
    }
    let after = &text[length..];
    let plural = after.strip_prefix('s').map_or(after, |rest| rest);
    let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    if ends(after) {
        Some(length)
    } else {
        ends(plural).then_some(length + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn length(form: &str, text: &str) -> Option<usize> {
        length_of_match(&form.chars().collect::<Vec<_>>(), text)
    }

    #[test]
    fn a_form_is_found_in_any_case_and_only_as_whole_words() {
        assert_eq!(
            length("cơ sở dữ liệu", "Cơ sở dữ liệu quốc gia"),
            Some("Cơ sở dữ liệu".len())
        );
        assert_eq!(length("bộ", "bộ, ngành"), Some("bộ".len()));
        assert_eq!(length("dữ liệ", "dữ liệu"), None);
        assert_eq!(length("database", "databases of"), Some(9));
        assert_eq!(length("database", "databased"), None);
        // đ is a letter of its own.
        assert_eq!(length("đao", "dao"), None);
    }
}
