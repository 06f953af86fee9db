//! `content/translations.json`: from which Vietnamese words each translated paragraph was made.
//!
//! For every translated page the file holds a hash of each Vietnamese paragraph as it stood when the
//! translation was confirmed. A paragraph whose hash no longer fits is stale. The fact is stored beside
//! the content, never guessed from clocks. [`record`] writes the file anew when translators are done.

use std::{
    collections::{BTreeMap, VecDeque},
    fmt,
};

use framework::{Diagnostic, Locale, Localized};
use rayon::prelude::*;
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor},
};

use crate::{
    address::Tail,
    digest,
    document::{Block, BlockKind, Document, Page},
    json,
    library::Library,
    share,
    source::Sources,
};

/// Where the file lies.
pub const PATH: &str = "content/translations.json";

/// What each translation was made from, by page path.
pub type Records = BTreeMap<String, Record>;

/// What the translation of one page was made from: hashes of the Vietnamese words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// By clause number.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    clauses: BTreeMap<String, String>,
    /// Of the paragraphs without a number, in the order of the page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    paragraphs: Vec<String>,
}

/// A paragraph whose Vietnamese changed after its translation was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// The page.
    pub tail: Tail,
    /// The paragraph: its clause number, or its count among those without one (`¶3`).
    pub key: String,
    /// What to tell the editor.
    pub diagnostic: Diagnostic,
}

/// What the file is to hold: the pages that `chosen` picks as they are now, the others as recorded
/// before. Pages that stand in one language only are left out.
pub fn record(library: &Library, before: &Records, chosen: impl Fn(&Document) -> bool) -> Records {
    pairs(library)
        .filter_map(|(vietnamese, english)| {
            let page = vietnamese.tail.to_string();
            let record = if chosen(vietnamese) || chosen(english) {
                of_page(vietnamese)
            } else {
                before.get(&page)?.clone()
            };
            Some((page, record))
        })
        .collect()
}

/// The file's text.
pub fn text(records: &Records) -> String {
    let mut text = serde_json::to_string_pretty(records).expect("strings in maps are always JSON");
    text.push('\n');
    text
}

/// The pages that stand in both languages, each of the two.
pub fn pages(library: &Library) -> impl Iterator<Item = &Page> {
    pairs(library).flat_map(|(vietnamese, english)| [vietnamese, english])
}

/// What the project's file says of the pages whose paths are `chosen`, and what is wrong with it; nothing where there
/// is none or where it cannot be read. A tree without the file does not follow its translations, and nothing is said.
pub fn recorded(
    sources: &Sources,
    chosen: impl Fn(&str) -> bool,
) -> (Option<Records>, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let file = sources.get(PATH);
    let records = file.and_then(|file| json::parse_into(file, OfPages(chosen), &mut faults));
    (records, faults)
}

/// Reads the records of the chosen pages and passes the others over: to bring one page up to date takes no time for
/// the records of all.
struct OfPages<F>(F);

impl<'de, F: Fn(&str) -> bool> DeserializeSeed<'de> for OfPages<F> {
    type Value = Records;

    fn deserialize<D: Deserializer<'de>>(self, file: D) -> Result<Records, D::Error> {
        file.deserialize_map(self)
    }
}

impl<'de, F: Fn(&str) -> bool> Visitor<'de> for OfPages<F> {
    type Value = Records;

    fn expecting(&self, sentence: &mut fmt::Formatter<'_>) -> fmt::Result {
        sentence.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut pages: A) -> Result<Records, A::Error> {
        let mut records = Records::new();
        while let Some(page) = pages.next_key::<String>()? {
            if (self.0)(&page) {
                records.insert(page, pages.next_value()?);
            } else {
                pages.next_value::<IgnoredAny>()?;
            }
        }
        Ok(records)
    }
}

/// Paragraphs whose Vietnamese changed, and translated pages that nobody confirmed, at some addresses.
pub(crate) fn stale(
    library: &Library,
    sources: &Sources,
    records: &Records,
    chosen: impl Fn(&Tail) -> bool,
    faults: &mut Vec<Diagnostic>,
) -> Vec<Stale> {
    let pairs = pairs(library).filter(|(vietnamese, _)| chosen(&vietnamese.tail));
    let pairs: Vec<(&Page, &Page)> = pairs.collect();
    let compared = pairs.par_iter().with_max_len(share::PAGES);
    let compared = compared.map(|(vietnamese, english)| {
        let record = records.get(&vietnamese.tail.to_string())?;
        Some(compare(vietnamese, english, record, sources))
    });
    let compared: Vec<Option<Vec<Stale>>> = compared.collect();
    let mut stale = Vec::new();
    for ((_, english), compared) in pairs.into_iter().zip(compared) {
        match compared {
            Some(changes) => stale.extend(changes),
            None => faults.push(unconfirmed(english)),
        }
    }
    stale
}

fn pairs(library: &Library) -> impl Iterator<Item = (&Page, &Page)> {
    library
        .documents
        .vi
        .iter()
        .filter_map(|(tail, vietnamese)| {
            Some((&**vietnamese, &**library.document(Locale::En, tail)?))
        })
}

/// The paragraphs of a page: those with a clause number, and the others in order.
fn paragraphs(document: &Document) -> (BTreeMap<String, &Block>, Vec<&Block>) {
    let (mut numbered, mut others) = (BTreeMap::new(), Vec::new());
    for block in document.blocks().iter().flat_map(Block::with_children) {
        if matches!(block.kind, BlockKind::List(_)) || block.text.trim().is_empty() {
            continue;
        }
        match &block.clause {
            Some(clause) => {
                numbered.insert(clause.to_string(), block);
            }
            None => others.push(block),
        }
    }
    (numbered, others)
}

fn of_page(vietnamese: &Document) -> Record {
    let (numbered, others) = paragraphs(vietnamese);
    Record {
        clauses: numbered
            .into_iter()
            .map(|(clause, block)| (clause, hash(&block.text)))
            .collect(),
        paragraphs: others.into_iter().map(|block| hash(&block.text)).collect(),
    }
}

/// Sixteen hex digits are enough to see a change; white space does not count as one.
fn hash(text: &str) -> String {
    if vitext::is_evenly_spaced(text) {
        return digest::of(text.as_bytes()).start(16);
    }
    let mut words = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    digest::of(words.as_bytes()).start(16)
}

/// What happened to a Vietnamese paragraph since its translation was confirmed.
#[derive(Debug, Clone, Copy)]
enum Change {
    Altered,
    Added,
    Removed,
}

fn compare(
    vietnamese: &Document,
    english: &Document,
    record: &Record,
    sources: &Sources,
) -> Vec<Stale> {
    let (numbered, others) = paragraphs(vietnamese);
    let (translated, translated_others) = paragraphs(english);
    let mut changes: Vec<(String, Change, Option<&Block>)> = Vec::new();
    for (clause, block) in numbered {
        let change = match record.clauses.get(&clause) {
            Some(before) if *before == hash(&block.text) => continue,
            Some(_) => Change::Altered,
            None => Change::Added,
        };
        let place = translated.get(&clause).copied();
        changes.push((clause, change, place));
    }
    for (position, change) in unmatched(&record.paragraphs, &others) {
        let place = translated_others.get(position).copied();
        changes.push((format!("¶{}", position + 1), change, place));
    }
    changes
        .into_iter()
        .map(|(key, change, place)| Stale {
            tail: vietnamese.tail.clone(),
            diagnostic: english.at(
                place.map_or(0..0, |block| block.span.clone()),
                sources,
                diagnostic(&key, change, english),
            ),
            key,
        })
        .collect()
}

/// The paragraphs without a number that are not as recorded. A paragraph that only moved is found by
/// its words; what is left over on both sides is taken to be the same paragraph with other words.
fn unmatched(recorded: &[String], now: &[&Block]) -> Vec<(usize, Change)> {
    let mut gone: VecDeque<(usize, &str)> =
        recorded.iter().map(String::as_str).enumerate().collect();
    let fresh: Vec<usize> = now
        .iter()
        .enumerate()
        .filter_map(|(position, block)| {
            let words = hash(&block.text);
            match gone.iter().position(|(_, before)| *before == words) {
                Some(known) => {
                    gone.remove(known);
                    None
                }
                None => Some(position),
            }
        })
        .collect();
    let mut changes: Vec<(usize, Change)> = fresh
        .into_iter()
        .map(|position| match gone.pop_front() {
            Some(_) => (position, Change::Altered),
            None => (position, Change::Added),
        })
        .collect();
    changes.extend(gone.into_iter().map(|(place, _)| (place, Change::Removed)));
    changes
}

fn diagnostic(key: &str, change: Change, english: &Document) -> Diagnostic {
    let message = match change {
        Change::Altered => Localized::text(
            format!("Đoạn {key} tiếng Việt đã đổi sau khi được dịch"),
            format!("The Vietnamese of {key} changed after it was translated"),
        ),
        Change::Added => Localized::text(
            format!("Đoạn {key} tiếng Việt được thêm sau khi trang được dịch"),
            format!("The Vietnamese gained {key} after the page was translated"),
        ),
        Change::Removed => Localized::text(
            format!("Đoạn {key} tiếng Việt đã bỏ sau khi trang được dịch"),
            format!("The Vietnamese lost {key} after the page was translated"),
        ),
    };
    Diagnostic::warning("stale-translation", &english.file, message).hint(how_to_confirm(english))
}

fn unconfirmed(english: &Document) -> Diagnostic {
    Diagnostic::warning(
        "translation-not-recorded",
        &english.file,
        Localized::text(
            format!("Bản dịch này chưa được ghi nhận trong {PATH}"),
            format!("This translation is not recorded in {PATH}"),
        ),
    )
    .hint(how_to_confirm(english))
}

fn how_to_confirm(english: &Document) -> Localized {
    let file = english.file.display();
    Localized::text(
        format!("Xem lại bản dịch, rồi ghi nhận: khung translations record {file}"),
        format!("Review the translation, then confirm it: khung translations record {file}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Content, Source};

    fn recorded_in(text: &str, wanted: &str) -> (Option<Records>, Vec<Diagnostic>) {
        let mut sources = Sources::default();
        sources.insert(Source {
            path: PATH.to_owned(),
            content: Content::Text(text.into()),
        });
        recorded(&sources, |page| page == wanted)
    }

    #[test]
    fn records_of_other_pages_are_passed_over() {
        let text = r#"{"/guide/a/": {"paragraphs": ["1"]}, "/guide/b/": {"paragraphs": ["2"]}}"#;
        let (records, faults) = recorded_in(text, "/guide/b/");
        let record = Record {
            paragraphs: vec!["2".to_owned()],
            ..Record::default()
        };
        assert_eq!(faults, []);
        assert_eq!(
            records,
            Some(Records::from([("/guide/b/".to_owned(), record)]))
        );
    }

    #[test]
    fn what_is_wrong_with_the_file_is_told_with_its_place() {
        for (text, line, column) in [
            ("{\n  \"/guide/a/\": {\"paragraph\": []}\n}", 2, 27),
            ("{\n  \"/guide/b/\": {\"paragraphs\": [}\n}", 2, 32),
            ("[]", 1, 1),
            ("{} more", 1, 4),
        ] {
            let (records, faults) = recorded_in(text, "/guide/a/");
            assert_eq!((records, faults.len()), (None, 1), "{text}");
            let place = faults[0].position.map(|place| (place.line, place.column));
            assert_eq!(place, Some((line, column)), "{text}");
        }
    }
}
