//! Several files of one agency as one submission: each department fills in its own workbook.

use std::borrow::Cow;

use rulebook::{
    CellPlace, Cells, FieldPlace, Kind, Member, Node, Origin, SourceFormat, Submission,
};

use crate::{assembly::Assembly, notes::Notes, read, tree};

/// The same submission, owning its texts: it can outlive the bytes it was read from.
pub fn owned(submission: Submission<'_>) -> Submission<'static> {
    Submission {
        root: tree::owned(submission.root),
        origin: match submission.origin {
            Origin::Text(text) => Origin::Text(Cow::Owned(text.into_owned())),
            Origin::Cells(cells) => Origin::Cells(cells),
        },
        file: submission.file,
        sha256: submission.sha256,
        format: submission.format,
        notes: submission.notes,
    }
}

/// Puts several submissions together: lists one after the other, records field by field. Where two
/// files say different things of one field, the first stays and a note says so. Every value keeps
/// its place; the name of its file stands before the sheet. `None` if there are none.
pub fn merge(submissions: Vec<Submission<'_>>) -> Option<Submission<'static>> {
    let mut submissions = submissions.into_iter().map(owned);
    let first = submissions.next()?;
    let Some(second) = submissions.next() else {
        return Some(first);
    };
    let format = first.format;
    let mut merging = Merging::default();
    for submission in [first, second].into_iter().chain(submissions) {
        merging.add(submission);
    }
    Some(merging.finish(format))
}

#[derive(Default)]
struct Merging {
    assembly: Assembly<'static>,
    notes: Notes,
    cells: Cells,
    files: Vec<String>,
    hashes: String,
}

impl Merging {
    fn add(&mut self, submission: Submission<'static>) {
        let Submission {
            mut root,
            origin,
            file,
            sha256,
            notes,
            ..
        } = submission;
        match origin {
            Origin::Cells(cells) => self.add_cells(&mut root, cells, &file, notes),
            Origin::Text(text) => self.add_text(&mut root, &text, &file, notes),
        }
        let Kind::Object(members) = root.kind else {
            return;
        };
        for Member { key, value, .. } in members {
            match value.kind {
                Kind::Array(items) => self.assembly.add_list(&key, items),
                Kind::Object(_) => self.assembly.add_record(&key, value, &mut self.notes),
                _ => {
                    let pointer = format!("/{}", key.replace('~', "~0").replace('/', "~1"));
                    self.assembly.put(&pointer, value);
                }
            }
        }
        self.files.push(file);
        self.hashes.push_str(&sha256);
    }

    fn add_cells(
        &mut self,
        root: &mut Node<'static>,
        cells: Cells,
        file: &str,
        notes: Vec<rulebook::Note>,
    ) {
        let shift = u32::try_from(self.cells.filled.len()).unwrap_or(u32::MAX);
        let moved = |at: u32| at.saturating_add(shift);
        visit(root, &mut |at| *at = moved(*at));
        for note in notes {
            let message = note.message;
            self.notes
                .add(note.code, moved(note.at)..moved(note.end), || message);
        }
        let named = |sheet: &str| format!("{file} › {sheet}");
        let filled = cells.filled.into_iter().map(|cell| CellPlace {
            sheet: named(&cell.sheet),
            ..cell
        });
        self.cells.filled.extend(filled);
        let fields = cells.fields.into_iter().map(|field| FieldPlace {
            sheet: named(&field.sheet),
            ..field
        });
        self.cells.fields.extend(fields);
    }

    /// Places in a text become cells that name its file, line and column.
    fn add_text(
        &mut self,
        root: &mut Node<'static>,
        text: &str,
        file: &str,
        notes: Vec<rulebook::Note>,
    ) {
        let places = rulebook::Places::of_text(text);
        let cells = &mut self.cells.filled;
        let mut moved = |at: u32| {
            let place = places.between(at, at);
            let index = u32::try_from(cells.len()).unwrap_or(u32::MAX);
            cells.push(CellPlace {
                sheet: file.to_owned(),
                cell: format!("{}:{}", place.line.unwrap_or(1), place.column.unwrap_or(1)),
                header: None,
            });
            index
        };
        visit(root, &mut |at| *at = moved(*at));
        for note in notes {
            let at = moved(note.at);
            let message = note.message;
            self.notes
                .add(note.code, at..at.saturating_add(1), || message);
        }
    }

    fn finish(self, format: SourceFormat) -> Submission<'static> {
        Submission {
            root: self.assembly.finish(),
            origin: Origin::Cells(self.cells),
            file: self.files.join(" + "),
            sha256: read::sha256(self.hashes.as_bytes()),
            format,
            notes: self.notes.into_vec(),
        }
    }
}

/// Changes where every node begins; it ends right after, or where it did by the same shift.
fn visit(node: &mut Node<'static>, change: &mut impl FnMut(&mut u32)) {
    let length = node.end.saturating_sub(node.at);
    change(&mut node.at);
    node.end = node.at.saturating_add(length);
    match &mut node.kind {
        Kind::Array(items) => items.iter_mut().for_each(|item| visit(item, change)),
        Kind::Object(members) => {
            for member in members {
                visit(&mut member.value, change);
                member.key_at = member.value.at;
            }
        }
        Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Shared(_)
        | Kind::Joined(_) => {}
    }
}
