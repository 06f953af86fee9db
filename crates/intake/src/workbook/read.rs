//! A filled workbook into the tree: every value knows its sheet, its cell and its header.

use std::ops::Range;

use framework::Localized;
use rulebook::{CellPlace, Cells, FieldPlace, Kind, Member, Node};

use super::{
    cells::{self, Filled, Sheet},
    headers::{self, Columns, Form, Layout},
    layout::{GUIDE, LISTS, REST, a1, column_name, path},
    names, rest,
    value::{self, Cell},
};
use crate::{
    Limits, Mapping, Unreadable,
    assembly::Assembly,
    model::{Field, Section},
    notes::Notes,
    tree,
    vocabulary::Vocabulary,
};

/// The tree of a workbook and the cells its values come from.
pub(crate) struct Workbook {
    pub(crate) root: Node<'static>,
    pub(crate) cells: Cells,
}

/// Reads a workbook.
pub(crate) fn read(
    bytes: &[u8],
    context: &Context<'_>,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Workbook, Unreadable> {
    let wanted = |name: &str| name != LISTS && name != GUIDE;
    let sheets = cells::read(bytes, limits, wanted)?;
    let mut reading = Reading::new(context, notes, Recorder::Cells(Cells::default()));
    let mut known = false;
    for sheet in sheets.iter().filter(|sheet| sheet.name != REST) {
        known |= reading.sheet(sheet);
    }
    if let Some(sheet) = sheets.iter().find(|sheet| sheet.name == REST) {
        known |= reading.rest(sheet, limits);
    }
    if !known {
        let sheets = sheets.into_iter().map(|sheet| sheet.name).collect();
        return Err(Unreadable::NoKnownSheet { sheets });
    }
    let Reading {
        assembly, recorder, ..
    } = reading;
    let Recorder::Cells(cells) = recorder else {
        return Err(Unreadable::Binary);
    };
    Ok(Workbook {
        root: assembly.finish(),
        cells,
    })
}

/// Reads one list kept in a text, whose cells stand where `ranges` says; `None` if no column of it
/// is one of the form's.
pub(crate) fn read_register(
    sheet: &Sheet,
    ranges: Ranges,
    context: &Context<'_>,
    notes: &mut Notes,
) -> Option<Node<'static>> {
    let mut reading = Reading::new(context, notes, Recorder::Text(ranges));
    let is_known = reading.sheet(sheet);
    is_known.then(|| reading.assembly.finish())
}

/// What words mean: to everybody, and to this agency.
pub(crate) struct Context<'c> {
    pub(crate) vocabulary: &'c Vocabulary,
    pub(crate) mapping: &'c Mapping,
}

/// How places are kept: as cells of a workbook, or as ranges of a text.
enum Recorder {
    Cells(Cells),
    Text(Ranges),
}

/// Where the cells of a register stand in its text.
#[derive(Default)]
pub(crate) struct Ranges(Vec<((u32, u32), Range<u32>)>);

impl Ranges {
    /// Adds a cell; they come in order.
    pub(crate) fn add(&mut self, row: u32, column: u32, range: Range<u32>) {
        self.0.push(((row, column), range));
    }

    fn of(&self, row: u32, column: u32) -> Range<u32> {
        let found = self.0.partition_point(|(cell, _)| *cell < (row, column));
        self.0
            .get(found)
            .or(self.0.last())
            .map_or(0..0, |(_, range)| range.clone())
    }
}

struct Reading<'r> {
    context: &'r Context<'r>,
    notes: &'r mut Notes,
    recorder: Recorder,
    assembly: Assembly<'static>,
}

impl<'r> Reading<'r> {
    fn new(context: &'r Context<'r>, notes: &'r mut Notes, recorder: Recorder) -> Self {
        Self {
            context,
            notes,
            recorder,
            assembly: Assembly::default(),
        }
    }

    /// Reads a sheet; says whether it held a part of the form.
    fn sheet(&mut self, sheet: &Sheet) -> bool {
        match headers::recognise(sheet, self.context.mapping) {
            Some(Layout::List(columns)) => self.list(sheet, &columns),
            Some(Layout::Form(form)) => self.form(sheet, &form),
            Some(Layout::LeftOut) => return false,
            None => {
                if let Some(first) = sheet.cells.first() {
                    let place = self.place(sheet, first.row, first.column, None);
                    let name = &sheet.name;
                    self.notes.add("sheet-not-read", place, || {
                        Localized::text(
                            format!("Trang «{name}» không thuộc mẫu nên không được đọc."),
                            format!("The sheet “{name}” is no part of the form and was not read."),
                        )
                    });
                }
                return false;
            }
        }
        true
    }

    fn list(&mut self, sheet: &Sheet, columns: &Columns) {
        self.remark_columns(sheet, columns);
        for (column, (field, header)) in &columns.fields {
            self.field_place(sheet, columns.section, field, column_name(*column), header);
        }
        let mut records = Vec::new();
        let start = sheet
            .cells
            .partition_point(|filled| filled.row < columns.first_row);
        for row in sheet.cells[start..].chunk_by(|left, right| left.row == right.row) {
            if self.is_total(sheet, columns, row) {
                continue;
            }
            let mut members: Vec<Member<'static>> = Vec::new();
            for filled in row {
                let Some((field, header)) = columns.fields.get(&filled.column) else {
                    continue;
                };
                let field = (columns.section, *field);
                if let Some(node) = self.value(sheet, filled, field, header) {
                    tree::insert(&mut members, field.1.steps(), node);
                }
            }
            records.extend(record(members));
        }
        self.assembly.add_list(columns.section.key, records);
    }

    /// Whether a row begins with «Tổng cộng» outside the columns of the form; a note says so.
    fn is_total(&mut self, sheet: &Sheet, columns: &Columns, row: &[Filled]) -> bool {
        let first = &row[0];
        let is_total = !columns.fields.contains_key(&first.column)
            && matches!(&first.cell, Cell::Text(text) if names::is_total(text));
        if is_total {
            let place = self.place(sheet, first.row, first.column, None);
            self.notes.add("total-not-read", place, || {
                Localized::text(
                    "Dòng này là dòng tổng nên không được đọc là một bản ghi.",
                    "This row adds up others and was not read as a record.",
                )
            });
        }
        is_total
    }

    fn remark_columns(&mut self, sheet: &Sheet, columns: &Columns) {
        for (row, column, header) in &columns.unknown {
            let place = self.place(sheet, *row, *column, Some(header));
            self.notes.add("column-not-read", place, || {
                Localized::text(
                    format!("Cột «{header}» ở trang «{}» không thuộc mẫu nên không được đọc.", sheet.name),
                    format!("The column “{header}” of sheet “{}” is no part of the form and was not read.", sheet.name),
                )
            });
        }
        if columns.is_ambiguous {
            let place = self.place(sheet, columns.first_row.saturating_sub(1), 0, None);
            let name = columns.section.name;
            self.notes.add("sheet-guessed", place, || {
                Localized::text(
                    format!("Trang «{}» được đọc là danh mục «{}»; đề nghị đặt tên trang theo mẫu nếu không đúng.", sheet.name, name.vi),
                    format!("The sheet “{}” is read as the list “{}”; please name it as in the template if that is wrong.", sheet.name, name.en),
                )
            });
        }
    }

    fn form(&mut self, sheet: &Sheet, form: &Form) {
        for (row, (section, field, label)) in &form.fields {
            self.field_place(sheet, section, field, a1(*row, form.value), label);
        }
        let mut sections: Vec<(&'static Section, Vec<Member<'static>>)> = Vec::new();
        for filled in sheet
            .cells
            .iter()
            .filter(|filled| filled.column == form.value)
        {
            let Some((section, field, label)) = form.fields.get(&filled.row) else {
                continue;
            };
            let Some(node) = self.value(sheet, filled, (section, field), label) else {
                continue;
            };
            let known = sections
                .iter()
                .position(|(known, _)| known.key == section.key);
            let index = known.unwrap_or_else(|| {
                sections.push((section, Vec::new()));
                sections.len() - 1
            });
            tree::insert(&mut sections[index].1, field.steps(), node);
        }
        for (section, members) in sections {
            if let Some(record) = record(members) {
                let notes = &mut *self.notes;
                self.assembly.add_record(section.key, record, notes);
            }
        }
    }

    fn value(
        &mut self,
        sheet: &Sheet,
        filled: &Filled,
        (section, field): (&Section, &'static Field),
        header: &str,
    ) -> Option<Node<'static>> {
        let Context {
            vocabulary,
            mapping,
        } = self.context;
        let own = mapping.words(section, field);
        let (kind, remark) = value::from_cell(field, &filled.cell, vocabulary, own)?;
        let place = self.place(sheet, filled.row, filled.column, Some(header));
        if let Some((code, message)) = remark {
            self.notes.add(code, place.clone(), || message);
        }
        if matches!(&filled.cell, Cell::Text(words) if tree::composed(words).is_some()) {
            self.notes.add("nfd-normalised", place.clone(), || {
                Localized::text(
                    "Ô này dùng Unicode tổ hợp (NFD, thường do máy Mac tạo ra); đã đọc theo dạng dựng sẵn (NFC).",
                    "This cell uses decomposed Unicode (NFD, as a Mac writes it); it was read as composed (NFC).",
                )
            });
        }
        if filled.is_error {
            let shown = value::plain(&filled.cell);
            self.notes.add("cell-formula-error", place.clone(), || {
                Localized::text(
                    format!("Công thức ở ô này báo «{shown}»; đề nghị sửa hoặc ghi thẳng giá trị."),
                    format!("The formula of this cell fails with “{shown}”; please mend it or write the value."),
                )
            });
        }
        let mut node = Node {
            at: place.start,
            end: place.end,
            kind,
        };
        if let Kind::Array(items) = &mut node.kind {
            for item in items {
                (item.at, item.end) = (place.start, place.end);
            }
        }
        Some(node)
    }

    /// Remembers a cell and says which it is.
    fn place(&mut self, sheet: &Sheet, row: u32, column: u32, header: Option<&str>) -> Range<u32> {
        let cells = match &mut self.recorder {
            Recorder::Cells(cells) => cells,
            Recorder::Text(ranges) => return ranges.of(row, column),
        };
        let index = u32::try_from(cells.filled.len()).unwrap_or(u32::MAX);
        cells.filled.push(CellPlace {
            sheet: sheet.name.clone(),
            cell: a1(row, column),
            header: header.map(str::to_owned),
        });
        index..index.saturating_add(1)
    }

    /// Remembers where a field stands, should it be left empty.
    fn field_place(
        &mut self,
        sheet: &Sheet,
        section: &Section,
        field: &Field,
        at: String,
        header: &str,
    ) {
        if let Recorder::Cells(cells) = &mut self.recorder {
            cells.fields.push(FieldPlace {
                sheet: sheet.name.clone(),
                path: path(section, field),
                at,
                header: header.to_owned(),
            });
        }
    }

    /// The sheet of what the form has no place for: pointers and JSON.
    fn rest(&mut self, sheet: &Sheet, limits: &Limits) -> bool {
        let mut any = false;
        for (row, pointer, json) in rest::entries(sheet) {
            let place = self.place(sheet, row, 1, None);
            let parsed = crate::json::value(&json, limits);
            let put =
                parsed.is_some_and(|node| self.assembly.put(&pointer, rest::placed(node, &place)));
            any |= put;
            if !put {
                self.notes.add("rest-not-read", place, || {
                    Localized::text(
                        format!("Không đặt được giá trị tại «{pointer}» vào hồ sơ nên không được đọc."),
                        format!("The value at “{pointer}” has no place in the submission and was not read."),
                    )
                });
            }
        }
        any
    }
}

/// A record of what a row holds; `None` for an empty row.
fn record(members: Vec<Member<'static>>) -> Option<Node<'static>> {
    let at = members.iter().map(|member| member.value.at).min()?;
    let end = members.iter().map(|member| member.value.end).max()?;
    Some(Node {
        at,
        end,
        kind: Kind::Object(members),
    })
}
