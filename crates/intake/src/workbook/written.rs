//! The cell that says a value: the inverse of reading one, and checked against it every time.

use framework::{Catalogue, Date, Locale};
use rulebook::{Kind, Node, Number};

use super::value::{Cell, from_cell};
use crate::{
    model::{Field, FieldKind},
    tree::same,
    vocabulary::Vocabulary,
};

/// The longest text a cell of Excel can hold.
const LONGEST: usize = 32_767;
/// What people write for "nothing here".
const NOTHING: &str = "-";

/// The cell that says a value; `None` if no cell can say just that.
pub(crate) fn to_cell(
    field: &Field,
    node: &Node<'_>,
    catalogue: &Catalogue,
    vocabulary: &Vocabulary,
    locale: Locale,
) -> Option<Cell> {
    let choices = field.choices(catalogue, locale);
    let label = |text: &str| {
        let known = choices.iter().find(|(word, _)| word == text);
        known.map_or_else(|| text.to_owned(), |(_, label)| label.clone())
    };
    let candidates = match &node.kind {
        Kind::Null => vec![Cell::Text(
            (if field.is_list { "null" } else { NOTHING }).to_owned(),
        )],
        Kind::Array(items) if field.is_list => list_cells(items, &label)?,
        Kind::String(text) => text_cells(field.kind, text, &label),
        Kind::Bool(value) => vec![Cell::Text(label(if *value { "true" } else { "false" }))],
        Kind::Number(number) => vec![Cell::Number(match number {
            // A number that no cell holds exactly fails the comparison below.
            #[expect(clippy::cast_precision_loss)]
            Number::Unsigned(number) => *number as f64,
            #[expect(clippy::cast_precision_loss)]
            Number::Signed(number) => *number as f64,
            Number::Float(number) => *number,
        })],
        Kind::Array(_) | Kind::Object(_) | Kind::Shared(_) | Kind::Joined(_) => return None,
    };
    // Whatever comes out must go in again as it was.
    candidates.into_iter().find(|cell| {
        let fits = !matches!(cell, Cell::Text(text) if !fits(text));
        fits && from_cell(field, cell, vocabulary, None).is_some_and(|(kind, _)| {
            same(
                &Node {
                    at: 0,
                    end: 0,
                    kind,
                },
                node,
            )
        })
    })
}

fn list_cells(items: &[Node<'_>], label: &impl Fn(&str) -> String) -> Option<Vec<Cell>> {
    if items.is_empty() {
        return Some(vec![Cell::Text(NOTHING.to_owned())]);
    }
    let texts: Vec<&str> = items.iter().map(Node::as_str).collect::<Option<_>>()?;
    let labels: Vec<String> = texts.iter().map(|text| label(text)).collect();
    // A semicolon at the end tells a comma inside a value from one between two.
    Some(vec![
        Cell::Text(labels.join("; ")),
        Cell::Text(texts.join("; ")),
        Cell::Text(format!("{};", labels.join("; "))),
        Cell::Text(format!("{};", texts.join("; "))),
    ])
}

fn text_cells(kind: FieldKind, text: &str, label: &impl Fn(&str) -> String) -> Vec<Cell> {
    let mut cells = Vec::new();
    if let (FieldKind::Date, Ok(date)) = (kind, text.parse::<Date>()) {
        cells.push(Cell::Date(date));
    }
    cells.push(Cell::Text(label(text)));
    cells.push(Cell::Text(text.to_owned()));
    cells
}

/// Whether a cell of Excel, which is XML, can hold a text.
fn fits(text: &str) -> bool {
    let strange = |letter: char| {
        letter.is_control() && !matches!(letter, '\n' | '\t')
            || matches!(letter, '\u{FFFE}' | '\u{FFFF}')
    };
    text.encode_utf16().count() <= LONGEST && !text.contains(strange)
}
