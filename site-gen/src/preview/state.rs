//! What the bar, the side panel and the overlay show for a page, as JSON.

use std::{collections::BTreeMap, path::Path};

use framework::{Diagnostic, DiagnosticLevel, Locale, Localized};
use serde_json::{Value, json};

use super::{PreviewOptions, stage::Stage};
use crate::{
    address::{Address, Tail},
    document::{Block, BlockKind, Document},
    library::Library,
    read,
    source::Source,
    tree,
};

/// All problems, what of the page is not translated or stale, which rules rest on its clauses, and
/// what trying the rules out has shown.
pub(super) fn of(stage: &Stage, options: &PreviewOptions, path: &str) -> Value {
    let shown = stage.shown();
    let library = &shown.site.library;
    let mut faults = stage.faults();
    let mut page = json!({});
    if let Some(address) = Address::parse(path) {
        if let Some(fault) = stage.render(&address).fault
            && fault.code != "no-such-address"
        {
            faults.insert(0, fault);
        }
        if let Address::Page(locale, tail) = &address {
            page = about_page(stage, options, library, *locale, tail);
        }
    }
    let problems: Vec<Value> = faults
        .iter()
        .map(|fault| problem(fault, library, options))
        .collect();
    json!({
        "version": shown.version,
        "instance": stage.instance,
        "polling": stage.is_polling(),
        "problems": problems,
        "page": page,
        "tried": &*stage.tried(),
    })
}

fn about_page(
    stage: &Stage,
    options: &PreviewOptions,
    library: &Library,
    locale: Locale,
    tail: &Tail,
) -> Value {
    let Some(document) = library.document_or_other(locale, tail) else {
        return json!({});
    };
    let clause = document.front_matter.clause.as_ref();
    let files = Locale::ALL.map(|locale| {
        let document = library.document(locale, tail)?;
        let open = open_link(options, &document.file, 1, 1);
        Some(json!({"locale": locale, "file": document.file, "open": open}))
    });
    json!({
        "name": clause.map_or_else(|| tail.to_string(), ToString::to_string),
        "files": files.into_iter().flatten().collect::<Vec<_>>(),
        "rules": rules(document, library),
        "translation": translation(stage, options, library, tail),
    })
}

/// The rules that rest on the page's clauses, clause by clause.
fn rules(document: &Document, library: &Library) -> Vec<Value> {
    let clauses = document.clauses().filter_map(|clause| {
        let rules = library.index.rules_by_clause.get(clause.id)?;
        let ids: Vec<&str> = rules
            .iter()
            .map(|&position| library.rules[position].id.as_str())
            .collect();
        Some(json!({"clause": clause.id.as_str(), "anchor": clause.id.slug(), "rules": ids}))
    });
    clauses.collect()
}

/// How far the page is translated, and which of its paragraphs are missing or stale.
fn translation(stage: &Stage, options: &PreviewOptions, library: &Library, tail: &Tail) -> Value {
    let [vi, en] = Locale::ALL.map(|locale| library.document(locale, tail));
    let (Some(vi), Some(en)) = (vi, en) else {
        return Value::Null;
    };
    let translated = paragraphs(en);
    let known: BTreeMap<&str, &Value> = translated
        .iter()
        .map(|one| (one.twin.as_str(), &one.place))
        .collect();
    let mut before = None;
    let mut wanting = Vec::new();
    let paragraphs = paragraphs(vi);
    for paragraph in &paragraphs {
        if let Some(twin) = known.get(paragraph.twin.as_str()) {
            // Where the translation would stand on its own page.
            before = Some(*twin);
        } else {
            let (key, place) = (&paragraph.key, &paragraph.place);
            wanting.push(json!({"state": "missing", "key": key, "place": place, "after": before}));
        }
    }
    let missing = wanting.len();
    let stale = stage.stale();
    let stale = stale.iter().filter(|stale| stale.tail == *tail);
    wanting.extend(stale.map(|stale| {
        let (key, message) = (&stale.key, &stale.diagnostic.message);
        let position = stale.diagnostic.position;
        let (line, column) = position.map_or((1, 1), |at| (at.line, at.column));
        let open = open_link(options, &en.file, line, column);
        let place = translated.iter().find(|paragraph| paragraph.key == *key);
        let place = place.map(|paragraph| &paragraph.place);
        json!({"state": "stale", "key": key, "place": place, "open": open, "message": message})
    }));
    json!({
        "total": paragraphs.len(),
        "missing": missing,
        "stale": wanting.len() - missing,
        "wanting": wanting,
    })
}

/// A paragraph of a page.
struct Paragraph {
    /// As translations are recorded: its clause number, or its count among those without one.
    key: String,
    /// What the other language's paragraph has in common with it: the clause number, or the heading
    /// above and the count below it.
    twin: String,
    /// Where it stands on its page: an anchor, and how many blocks further on.
    place: Value,
}

fn paragraphs(document: &Document) -> Vec<Paragraph> {
    let (mut heading, mut section, mut below, mut unnumbered) =
        (String::new(), String::new(), 0, 0);
    let mut paragraphs = Vec::new();
    for block in document.blocks().iter().flat_map(Block::with_children) {
        if matches!(block.kind, BlockKind::List(_)) || block.text.trim().is_empty() {
            continue;
        }
        if let BlockKind::Heading(level) = block.kind {
            heading = block.anchor.clone().unwrap_or_default();
            // The title is named after its words, which differ; the headings below carry the same name.
            section = if level == 1 {
                String::new()
            } else {
                heading.clone()
            };
            below = 0;
        }
        paragraphs.push(if let Some(clause) = &block.clause {
            Paragraph {
                key: clause.to_string(),
                twin: clause.to_string(),
                place: json!({"anchor": clause.slug(), "further": 0}),
            }
        } else {
            unnumbered += 1;
            Paragraph {
                key: format!("¶{unnumbered}"),
                twin: format!("{section}/{below}"),
                place: json!({"anchor": heading, "further": below}),
            }
        });
        below += 1;
    }
    paragraphs
}

fn problem(fault: &Diagnostic, library: &Library, options: &PreviewOptions) -> Value {
    let position = fault.position;
    let (line, column) = position.map_or((1, 1), |position| (position.line, position.column));
    let hint = fault.hint.as_ref().map(Localized::as_ref);
    json!({
        "level": fault.level,
        "code": fault.code,
        "place": fault.to_string(),
        "open": open_link(options, &fault.file, line, column),
        "page": page_of(&fault.file, library),
        "excerpt": fault.excerpt,
        "around": around(fault, options),
        "column": column,
        "line": line,
        "message": fault.message,
        "hint": hint,
    })
}

/// The lines around an error as they stand in the file now, with their numbers; none for a warning.
fn around(fault: &Diagnostic, options: &PreviewOptions) -> Vec<Value> {
    const LINES: u32 = 3;
    let (Some(position), DiagnosticLevel::Error) = (fault.position, fault.level) else {
        return Vec::new();
    };
    let path = fault.file.to_string_lossy();
    let (source, _) = read::file(&options.root, &path, read::Limits::default());
    let Some(text) = source.as_ref().and_then(Source::text) else {
        return Vec::new();
    };
    let first = position.line.saturating_sub(LINES).max(1);
    (first..=position.line + LINES)
        .zip(
            text.lines()
                .skip(usize::try_from(first - 1).unwrap_or(usize::MAX)),
        )
        .map(|(number, line)| json!({"number": number, "line": line}))
        .collect()
}

/// The address of the page that a file makes, if it makes one.
fn page_of(file: &Path, library: &Library) -> Option<String> {
    let document = document_of(file, library)?;
    Some(format!("/{}{}", document.locale, document.tail))
}

fn document_of<'l>(file: &Path, library: &'l Library) -> Option<&'l Document> {
    let path = file.to_str()?;
    let locale = Locale::ALL
        .into_iter()
        .find(|locale| path.starts_with(&format!("content/{locale}/")))?;
    let tail = tree::tail(path)?;
    let document = library.document(locale, &tail)?;
    (document.file == file).then_some(&**document)
}

/// The link that opens a place in the author's editor.
fn open_link(options: &PreviewOptions, file: &Path, line: u32, column: u32) -> String {
    let file = options.root.join(file);
    options
        .editor
        .replace("{file}", &percent_encoded(&file.to_string_lossy()))
        .replace("{line}", &line.to_string())
        .replace("{column}", &column.to_string())
}

/// A path as it stands in a link.
fn percent_encoded(path: &str) -> String {
    use std::fmt::Write as _;
    path.bytes()
        .fold(String::with_capacity(path.len()), |mut link, byte| {
            if byte.is_ascii_alphanumeric() || b"/-._~:".contains(&byte) {
                link.push(char::from(byte));
            } else {
                // Writing into a string does not fail.
                let _ = write!(link, "%{byte:02X}");
            }
            link
        })
}
