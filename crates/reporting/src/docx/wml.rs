//! `WordprocessingML`: runs, paragraphs and tables as text. Sizes are half-points, lengths twips.

use crate::xml;

/// Twips in so many millimetres, rounded up so that a margin is never short.
pub(super) const fn mm(millimetres: u32) -> u32 {
    (millimetres * 14400).div_ceil(254)
}

/// How letters look.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Face {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) caps: bool,
    /// Half-points; none for the size of the body.
    pub(super) size: Option<u32>,
}

impl Face {
    pub(super) const PLAIN: Self = Self {
        bold: false,
        italic: false,
        caps: false,
        size: None,
    };
    pub(super) const BOLD: Self = Self {
        bold: true,
        ..Self::PLAIN
    };
    pub(super) const ITALIC: Self = Self {
        italic: true,
        ..Self::PLAIN
    };

    pub(super) const fn sized(self, half_points: u32) -> Self {
        Self {
            size: Some(half_points),
            ..self
        }
    }

    pub(super) const fn in_capitals(self) -> Self {
        Self { caps: true, ..self }
    }
}

/// Where a paragraph stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Centre,
    Both,
}

/// How a paragraph is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    pub(super) align: Align,
    /// First line indent.
    pub(super) first_line: u32,
    pub(super) before: u32,
    pub(super) after: u32,
    /// Whether it stays on one page with the next.
    pub(super) keep_next: bool,
}

impl Setting {
    /// Body text: justified, first line in by 1.27 cm, 6 pt between paragraphs.
    pub(super) const BODY: Self = Self {
        align: Align::Both,
        first_line: 720,
        before: 0,
        after: 120,
        keep_next: false,
    };
    /// Lines of a block, close together.
    pub(super) const CENTRE: Self = Self {
        align: Align::Centre,
        first_line: 0,
        before: 0,
        after: 0,
        keep_next: false,
    };
    /// Text of a cell.
    pub(super) const CELL: Self = Self {
        align: Align::Left,
        first_line: 0,
        before: 20,
        after: 40,
        keep_next: false,
    };

    pub(super) const fn spaced(self, before: u32, after: u32) -> Self {
        Self {
            before,
            after,
            ..self
        }
    }

    pub(super) const fn with_next(self) -> Self {
        Self {
            keep_next: true,
            ..self
        }
    }
}

/// Letters of one look.
pub(super) fn run(text: &str, face: Face) -> String {
    let mut properties = String::new();
    if face.bold {
        properties.push_str("<w:b/><w:bCs/>");
    }
    if face.italic {
        properties.push_str("<w:i/><w:iCs/>");
    }
    if face.caps {
        properties.push_str("<w:caps/>");
    }
    if let Some(size) = face.size {
        properties.push_str(
            &format_args!("<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>").to_string(),
        );
    }
    let properties = if properties.is_empty() {
        properties
    } else {
        format!("<w:rPr>{properties}</w:rPr>")
    };
    format!(
        "<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>",
        xml::text(text)
    )
}

/// A paragraph of runs.
pub(super) fn paragraph(setting: Setting, runs: &str) -> String {
    let Setting {
        align,
        first_line,
        before,
        after,
        keep_next,
    } = setting;
    let align = match align {
        Align::Left => "left",
        Align::Centre => "center",
        Align::Both => "both",
    };
    let keep = if keep_next { "<w:keepNext/>" } else { "" };
    format!(
        "<w:p><w:pPr>{keep}<w:spacing w:before=\"{before}\" w:after=\"{after}\"/>\
         <w:ind w:firstLine=\"{first_line}\"/><w:jc w:val=\"{align}\"/></w:pPr>{runs}</w:p>"
    )
}

/// A paragraph of one look.
pub(super) fn line(setting: Setting, text: &str, face: Face) -> String {
    paragraph(setting, &run(text, face))
}

/// A horizontal rule of a given length in the middle of a given width.
pub(super) fn rule(width: u32, length: u32) -> String {
    let side = width.saturating_sub(length) / 2;
    format!(
        "<w:p><w:pPr><w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"000000\"/></w:pBdr>\
         <w:spacing w:before=\"20\" w:after=\"0\" w:line=\"120\" w:lineRule=\"exact\"/>\
         <w:ind w:left=\"{side}\" w:right=\"{side}\"/></w:pPr></w:p>"
    )
}

/// A cell: its width, how many columns it spans, whether it is shaded, and its paragraphs.
pub(super) struct Cell {
    pub(super) width: u32,
    pub(super) span: u32,
    pub(super) shaded: bool,
    pub(super) body: String,
}

impl Cell {
    pub(super) const fn new(width: u32, body: String) -> Self {
        Self {
            width,
            span: 1,
            shaded: false,
            body,
        }
    }

    pub(super) fn spanning(self, span: u32) -> Self {
        Self {
            span,
            shaded: true,
            ..self
        }
    }

    fn markup(&self) -> String {
        let Self {
            width,
            span,
            shaded,
            body,
        } = self;
        let span = if *span > 1 {
            format!("<w:gridSpan w:val=\"{span}\"/>")
        } else {
            String::new()
        };
        let shade = if *shaded {
            "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F2F2F2\"/>"
        } else {
            ""
        };
        format!(
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{span}{shade}</w:tcPr>{body}</w:tc>"
        )
    }
}

/// What a row may do at the end of a page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum RowKind {
    /// Repeated at the top of every page.
    Head,
    /// Kept in one piece.
    Whole,
    /// May run over.
    Running,
}

/// A row of cells.
pub(super) fn row(kind: RowKind, cells: &[Cell]) -> String {
    let properties = match kind {
        RowKind::Head => "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>",
        RowKind::Whole => "<w:trPr><w:cantSplit/></w:trPr>",
        RowKind::Running => "",
    };
    let cells: Vec<String> = cells.iter().map(Cell::markup).collect();
    format!("<w:tr>{properties}{}</w:tr>", cells.concat())
}

/// A table with lines, or a frame without.
pub(super) fn table(columns: &[u32], lined: bool, rows: &[String]) -> String {
    let edge = |name: &str| {
        let kind = if lined { "single" } else { "nil" };
        format!("<w:{name} w:val=\"{kind}\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>")
    };
    let edges: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
        .map(edge)
        .concat();
    let grid: Vec<String> = columns
        .iter()
        .map(|width| format!("<w:gridCol w:w=\"{width}\"/>"))
        .collect();
    let grid = grid.concat();
    let total: u32 = columns.iter().sum();
    let margin = if lined { 85 } else { 40 };
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{total}\" w:type=\"dxa\"/><w:tblBorders>{edges}</w:tblBorders>\
         <w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"{margin}\" w:type=\"dxa\"/>\
         <w:right w:w=\"{margin}\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>\
         <w:tblGrid>{grid}</w:tblGrid>{}</w:tbl>",
        rows.concat()
    )
}
