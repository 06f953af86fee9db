//! `content/translations.json`: from which Vietnamese words each translated paragraph was made.
//!
//! For every translated page the file holds a hash of each Vietnamese paragraph as it stood when the
//! translation was confirmed. A paragraph whose hash no longer fits is stale. The fact is stored beside
//! the content, never guessed from clocks. [`record`] writes the file anew when translators are done.

use std::collections::BTreeMap;

use framework::{Diagnostic, Locale, Localized};

use crate::{
    address::Tail,
    digest,
    document::{Block, BlockKind, Document},
    json,
    library::Library,
    source::Sources,
};

/// Where the file lies.
pub const PATH: &str = "content/translations.json";

/// Paragraph key → hash of the Vietnamese words, by page path.
type Records = BTreeMap<String, BTreeMap<String, String>>;

/// A paragraph whose Vietnamese changed after its translation was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// The page.
    pub tail: Tail,
    /// The paragraph: a clause number, or its place below a heading.
    pub key: String,
    /// What to tell the editor.
    pub diagnostic: Diagnostic,
}

/// The file's new text: every page that stands in both languages, as it is now.
pub fn record(library: &Library) -> String {
    let records: Records = pairs(library)
        .map(|(vietnamese, _)| {
            let hashes = paragraphs(vietnamese)
                .into_iter()
                .map(|(key, block)| (key, hash(&block.text)))
                .collect();
            (vietnamese.tail.to_string(), hashes)
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&records).expect("strings in maps are always JSON");
    text.push('\n');
    text
}

/// Paragraphs whose Vietnamese changed, and translated pages that nobody confirmed. A tree without the
/// file does not follow its translations, and nothing is said.
pub(crate) fn stale(
    library: &Library,
    sources: &Sources,
    faults: &mut Vec<Diagnostic>,
) -> Vec<Stale> {
    let Some(records) = sources
        .get(PATH)
        .and_then(|source| json::parse::<Records>(source, faults))
    else {
        return Vec::new();
    };
    let mut stale = Vec::new();
    for (vietnamese, english) in pairs(library) {
        let Some(recorded) = records.get(&vietnamese.tail.to_string()) else {
            faults.push(unconfirmed(english));
            continue;
        };
        let translated: BTreeMap<String, &Block> = paragraphs(english).into_iter().collect();
        for (key, block) in paragraphs(vietnamese) {
            if recorded.get(&key) == Some(&hash(&block.text)) {
                continue;
            }
            let place = translated.get(&key);
            let span = place.map_or(0..0, |block| block.span.clone());
            let diagnostic =
                changed(&key, recorded.contains_key(&key), english).at_bytes(&english.source, span);
            stale.push(Stale {
                tail: vietnamese.tail.clone(),
                key,
                diagnostic,
            });
        }
    }
    stale
}

fn pairs(library: &Library) -> impl Iterator<Item = (&Document, &Document)> {
    library
        .documents
        .vi
        .iter()
        .filter_map(|(tail, vietnamese)| {
            Some((&**vietnamese, &**library.document(Locale::En, tail)?))
        })
}

/// The paragraphs of a page with their keys: the clause number, else the heading above and a count.
fn paragraphs(document: &Document) -> Vec<(String, &Block)> {
    let mut keyed = Vec::new();
    let mut heading = String::new();
    let mut count = 0;
    for block in document.blocks.iter().flat_map(Block::with_children) {
        if matches!(block.kind, BlockKind::List(_)) || block.text.trim().is_empty() {
            continue;
        }
        if let BlockKind::Heading(_) = block.kind {
            heading = block.anchor.clone().unwrap_or_default();
            count = 0;
        }
        let key = if let Some(clause) = &block.clause {
            clause.to_string()
        } else {
            count += 1;
            format!("{heading}/{count}")
        };
        keyed.push((key, block));
    }
    keyed
}

/// Sixteen hex digits are enough to see a change; white space does not count as one.
fn hash(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    digest::sha256(words.as_bytes(), 8)
}

fn changed(key: &str, known: bool, english: &Document) -> Diagnostic {
    let message = if known {
        Localized::text(
            format!("Đoạn {key} tiếng Việt đã đổi sau khi được dịch"),
            format!("The Vietnamese of {key} changed after it was translated"),
        )
    } else {
        Localized::text(
            format!("Đoạn {key} tiếng Việt được thêm sau khi trang được dịch"),
            format!("The Vietnamese gained {key} after the page was translated"),
        )
    };
    Diagnostic::warning("stale-translation", &english.file, message).hint(Localized::text(
        format!("Xem lại bản dịch, rồi ghi nhận lại vào {PATH}"),
        format!("Review the translation, then record it again in {PATH}"),
    ))
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
}
