//! The narrow arrangement: everything in one or two columns.

use framework::ConstituentFramework;

use super::{
    boxes::{Boxes, Density},
    label,
    layout::{ROW_PADDING, arrow, float},
    scene::{Anchor, Line, Node, Rect, Row, Scene, Stroke, Style},
};

impl<'a> Boxes<'a> {
    /// For tablets (two columns) and phones (one).
    pub(super) fn stack(self, columns: usize) -> Scene<'a> {
        let width = if columns == 1 { 360.0 } else { 720.0 };
        let middle = width / 2.0;
        let mut captions = vec![Line::new(
            2.0,
            16.0,
            Style::Band,
            *label::CONSTITUENTS.get(self.locale),
        )];
        let (constituents, mut strokes, mut y) = self.stacked_constituents(columns, width, 26.0);
        strokes.push(arrow(middle, y, 20.0));
        y += 36.0;
        captions.push(
            Line::new(middle, y, Style::Use, *label::USE.get(self.locale)).anchored(Anchor::Middle),
        );
        y += 24.0;
        captions.push(Line::new(
            2.0,
            y,
            Style::Band,
            *label::COMPONENTS.get(self.locale),
        ));
        y += 10.0;
        let mut rows = Vec::new();
        for layer in &self.catalogue.layers {
            let row = self.stacked_row(layer, columns, width, y);
            y += row.background.height + ROW_PADDING;
            rows.push(row);
        }
        Scene {
            width,
            height: y,
            captions,
            constituents,
            strokes,
            frame: None,
            rows,
        }
    }

    fn stacked_constituents(
        self,
        columns: usize,
        width: f64,
        top: f64,
    ) -> (Vec<Node<'a>>, Vec<Stroke>, f64) {
        const GAP: f64 = 8.0;
        const INDENT: f64 = 22.0;
        // In one column a member is drawn under its head, indented; in two it stands for itself.
        let entries: Vec<(&ConstituentFramework, bool)> = self
            .families()
            .into_iter()
            .flat_map(|family| {
                let members = family
                    .members
                    .into_iter()
                    .map(|member| (member, columns == 1));
                std::iter::once((family.head, false)).chain(members)
            })
            .collect();
        let each = (width - 4.0 - float(columns - 1) * GAP) / float(columns);
        let (mut nodes, mut strokes, mut y) = (Vec::new(), Vec::new(), top);
        let mut tie_from = top;
        for row in entries.chunks(columns) {
            let height = row
                .iter()
                .map(|&(entry, member)| {
                    self.constituent_height(entry, "", each - if member { INDENT } else { 0.0 })
                })
                .fold(0.0, f64::max);
            for (index, &(entry, member)) in row.iter().enumerate() {
                let indent = if member { INDENT } else { 0.0 };
                let x = 2.0 + float(index) * (each + GAP) + indent;
                let frame = Rect {
                    x,
                    y,
                    width: each - indent,
                    height,
                };
                nodes.push(self.constituent(entry, "", frame, height));
                if member {
                    strokes.push(tie(x - INDENT + 10.0, tie_from, y + height / 2.0));
                } else {
                    tie_from = y + height;
                }
            }
            y += height + GAP;
        }
        (nodes, strokes, y)
    }

    fn stacked_row(
        self,
        layer: &'a framework::LayerDescription,
        columns: usize,
        width: f64,
        top: f64,
    ) -> Row<'a> {
        const HEADING: f64 = 30.0;
        const GAP: f64 = 8.0;
        let density = if columns == 1 {
            Density::Compact
        } else {
            Density::Roomy
        };
        let each = (width - 20.0 - float(columns - 1) * GAP) / float(columns);
        let (mut nodes, mut y) = (Vec::new(), top + HEADING + GAP);
        for row in self.members_of(layer.layer).chunks(columns) {
            let height = self.tallest(row, density, each);
            for (index, member) in row.iter().enumerate() {
                let x = 10.0 + float(index) * (each + GAP);
                nodes.push(self.component(
                    member,
                    density,
                    Rect {
                        x,
                        y,
                        width: each,
                        height,
                    },
                ));
            }
            y += height + GAP;
        }
        let outer = width - 4.0;
        Row {
            layer: layer.layer,
            name: layer.name.get(self.locale),
            background: Rect {
                x: 2.0,
                y: top,
                width: outer,
                height: y - top + 14.0,
            },
            heading: self.layer_above(
                layer,
                Rect {
                    x: 2.0,
                    y: top,
                    width: outer,
                    height: HEADING,
                },
            ),
            nodes,
            open_list: Line::new(width / 2.0, y + 5.0, Style::OpenList, "…")
                .anchored(Anchor::Middle),
        }
    }
}

fn tie(x: f64, from: f64, to: f64) -> Stroke {
    Stroke {
        class: "tie",
        path: format!("M{x:.1} {from:.1}V{to:.1}h12"),
    }
}
