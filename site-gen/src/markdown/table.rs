//! Tables. A row whose first cell is the number of a box (`II.2.b05`) is that box: the row gets its
//! anchor, the second cell is its text.

use framework::ClauseId;
use pulldown_cmark::Alignment;

use super::{frame::Open, writer::Writer};
use crate::document::{Piece, Sentence};

/// What opens a table; wide ones scroll on their own and can be reached by keyboard.
pub(super) const OPEN: &str = "<div class=\"table\" tabindex=\"0\"><table>";
/// What closes a table.
pub(super) const CLOSE: &str = "</tbody></table></div>";

/// Where the writer stands in a table.
pub(super) struct Table {
    alignments: Vec<Alignment>,
    in_head: bool,
    cell: usize,
    /// Where the cell's words begin.
    cell_start: usize,
    /// Where an id can be put into the row's tag: the piece and the byte in it.
    row_tag: Option<(usize, usize)>,
    /// The box of this row.
    figure_box: Option<ClauseId>,
}

impl Table {
    pub(super) const fn new(alignments: Vec<Alignment>) -> Self {
        Self {
            alignments,
            in_head: false,
            cell: 0,
            cell_start: 0,
            row_tag: None,
            figure_box: None,
        }
    }
}

impl Writer<'_> {
    pub(super) fn start_table_head(&mut self) {
        self.html("<thead><tr>");
        self.with_table(|table, _| {
            table.in_head = true;
            table.cell = 0;
        });
        self.open.push(Open::Head);
    }

    pub(super) fn end_table_head(&mut self) {
        self.html("</tr></thead><tbody>");
        self.with_table(|table, _| table.in_head = false);
    }

    pub(super) fn start_table_row(&mut self) {
        self.html("<tr");
        if let Some(frame) = self.frames.last_mut() {
            let at = frame.block.body.len() - 1;
            let place = match &frame.block.body[at] {
                Piece::Html(html) => Some((at, html.len())),
                Piece::Target(_) => None,
            };
            if let Some(table) = &mut frame.table {
                table.row_tag = place;
                table.cell = 0;
                table.figure_box = None;
            }
        }
        self.html(">");
        self.open.push(Open::Row);
    }

    pub(super) fn end_table_row(&mut self) {
        self.html("</tr>");
    }

    pub(super) fn start_table_cell(&mut self) {
        self.separate_words();
        let mut tag = "<td>";
        self.with_table(|table, text| {
            table.cell_start = text.len();
            let alignment = table
                .alignments
                .get(table.cell)
                .copied()
                .unwrap_or(Alignment::None);
            tag = match (table.in_head, alignment) {
                (true, Alignment::None | Alignment::Left) => "<th scope=\"col\">",
                (true, Alignment::Center) => "<th scope=\"col\" class=\"center\">",
                (true, Alignment::Right) => "<th scope=\"col\" class=\"right\">",
                (false, Alignment::None | Alignment::Left) => "<td>",
                (false, Alignment::Center) => "<td class=\"center\">",
                (false, Alignment::Right) => "<td class=\"right\">",
            };
        });
        self.html(tag);
        self.open.push(Open::Cell);
    }

    pub(super) fn end_table_cell(&mut self) {
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        let mut in_head = false;
        if let Some(table) = &mut frame.table {
            in_head = table.in_head;
            let words = frame.block.text[table.cell_start..].trim();
            if table.cell == 0 && !in_head {
                table.figure_box = box_number(words);
                if let (Some(id), Some((piece, at))) = (&table.figure_box, table.row_tag)
                    && let Some(Piece::Html(html)) = frame.block.body.get_mut(piece)
                {
                    html.insert_str(at, &format!(" id=\"{}\"", id.slug()));
                }
            } else if table.cell == 1
                && let Some(id) = table.figure_box.take()
            {
                frame.block.sentences.push(Sentence {
                    id,
                    text: words.to_owned(),
                });
            }
            table.cell += 1;
        }
        self.html(if in_head { "</th>" } else { "</td>" });
    }

    fn with_table(&mut self, change: impl FnOnce(&mut Table, &str)) {
        if let Some(frame) = self.frames.last_mut()
            && let Some(table) = &mut frame.table
        {
            change(table, &frame.block.text);
        }
    }
}

fn box_number(words: &str) -> Option<ClauseId> {
    let (_, last) = words.rsplit_once('.')?;
    let digits = last.strip_prefix('b')?;
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    words.parse().ok()
}
