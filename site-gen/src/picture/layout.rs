//! The wide arrangement, and what both arrangements need.

use framework::{Component, ConstituentFramework};

use super::{
    boxes::{Boxes, Density},
    label,
    scene::{Anchor, Line, Node, Rect, Row, Scene, Stroke, Style},
};

const WIDE: f64 = 1240.0;
/// Room for the «…» at the end of a row.
const OPEN_LIST_ROOM: f64 = 22.0;
pub(super) const ROW_PADDING: f64 = 8.0;

/// A constituent with those that are to conform to it.
pub(super) struct Family<'a> {
    pub(super) head: &'a ConstituentFramework,
    pub(super) members: Vec<&'a ConstituentFramework>,
}

impl<'a> Boxes<'a> {
    pub(super) fn families(self) -> Vec<Family<'a>> {
        let all = &self.catalogue.constituents;
        let parent = |constituent: &ConstituentFramework| {
            let named = constituent.conformity.as_ref()?.parent.clone();
            all.iter().any(|other| other.id == named).then_some(named)
        };
        all.iter()
            .filter(|&constituent| parent(constituent).is_none())
            .map(|head| Family {
                head,
                members: all
                    .iter()
                    .filter(|&other| parent(other).as_deref() == Some(head.id.as_str()))
                    .collect(),
            })
            .collect()
    }

    fn note(self, family: &Family<'_>) -> String {
        if family.members.is_empty() {
            return String::new();
        }
        label::conformity_note(family.head, &family.members, self.locale)
    }

    pub(super) fn members_of(self, layer: framework::Layer) -> Vec<&'a Component> {
        self.catalogue
            .components
            .iter()
            .filter(|component| component.layer == layer)
            .collect()
    }

    /// For screens of 992 pixels and more, for print and for the file to download.
    pub(super) fn wide(self) -> Scene<'a> {
        let margin = 6.0;
        let mut captions = vec![Line::new(
            margin,
            16.0,
            Style::Band,
            *label::CONSTITUENTS.get(self.locale),
        )];
        let (constituents, middles, bottom) = self.wide_constituents(margin, 28.0);
        let bus = bottom + 16.0;
        let strokes = vec![
            Stroke {
                class: "",
                path: bus_path(&middles, bottom, bus),
            },
            arrow(WIDE / 2.0, bus, 22.0),
        ];
        let beside = *label::USE.get(self.locale);
        captions.push(Line::new(WIDE / 2.0 + 18.0, bus + 18.0, Style::Use, beside));
        let top = bus + 30.0;
        let heading = *label::COMPONENTS.get(self.locale);
        captions.push(Line::new(margin + 12.0, top + 20.0, Style::Band, heading));
        let mut y = top + 30.0;
        let mut rows = Vec::new();
        for layer in &self.catalogue.layers {
            let row = self.wide_row(layer, margin + 12.0, y);
            y += row.background.height + ROW_PADDING;
            rows.push(row);
        }
        let height = y + 6.0;
        let frame = Rect {
            x: margin,
            y: top,
            width: WIDE - 2.0 * margin,
            height: height - top - 2.0,
        };
        Scene {
            width: WIDE,
            height,
            captions,
            constituents,
            strokes,
            frame: Some(frame),
            rows,
        }
    }

    /// The constituents in one row, families in one box; also where the lines to the components
    /// begin and how far down the row reaches.
    fn wide_constituents(self, margin: f64, y: f64) -> (Vec<Node<'a>>, Vec<f64>, f64) {
        const MEMBER: f64 = 215.0;
        const GAP: f64 = 12.0;
        let families = self.families();
        let single = families
            .iter()
            .filter(|family| family.members.is_empty())
            .count();
        let taken: f64 = families
            .iter()
            .map(|family| float(family.members.len()) * MEMBER)
            .sum();
        let gaps = float(families.len().saturating_sub(1)) * GAP;
        let share = (WIDE - 2.0 * margin - taken - gaps) / float(single.max(1));
        let widths: Vec<f64> = families
            .iter()
            .map(|family| match family.members.len() {
                0 => share,
                members => float(members) * MEMBER,
            })
            .collect();
        let height = families
            .iter()
            .zip(&widths)
            .map(|(family, &width)| self.family_height(family, width))
            .fold(0.0, f64::max);
        let (mut nodes, mut middles, mut x) = (Vec::new(), Vec::new(), margin);
        for (family, &width) in families.iter().zip(&widths) {
            nodes.extend(self.family(
                family,
                Rect {
                    x,
                    y,
                    width,
                    height,
                },
            ));
            middles.push(x + width / 2.0);
            x += width + GAP;
        }
        (nodes, middles, y + height)
    }

    fn family_height(self, family: &Family<'_>, width: f64) -> f64 {
        let own = self.constituent_height(family.head, &self.note(family), width);
        match family.members.len() {
            0 => own,
            _ => own + self.inner_height(family, width) + 14.0,
        }
    }

    fn inner_width(family: &Family<'_>, width: f64) -> f64 {
        (width - float(family.members.len() + 1) * 10.0) / float(family.members.len().max(1))
    }

    fn inner_height(self, family: &Family<'_>, width: f64) -> f64 {
        let inner = Self::inner_width(family, width);
        family
            .members
            .iter()
            .map(|member| self.constituent_height(member, "", inner))
            .fold(0.0, f64::max)
    }

    fn family(self, family: &Family<'a>, frame: Rect) -> Vec<Node<'a>> {
        let note = self.note(family);
        if family.members.is_empty() {
            return vec![self.constituent(family.head, &note, frame, frame.height)];
        }
        let inner = Self::inner_width(family, frame.width);
        let height = self.inner_height(family, frame.width);
        let y = frame.y + frame.height - 10.0 - height;
        let mut nodes =
            vec![self.constituent(family.head, &note, frame, frame.height - height - 14.0)];
        for (index, member) in family.members.iter().enumerate() {
            let x = frame.x + 10.0 + float(index) * (inner + 10.0);
            nodes.push(self.constituent(
                member,
                "",
                Rect {
                    x,
                    y,
                    width: inner,
                    height,
                },
                height,
            ));
        }
        nodes
    }

    fn wide_row(self, layer: &'a framework::LayerDescription, x: f64, y: f64) -> Row<'a> {
        const HEADING: f64 = 168.0;
        let members = self.members_of(layer.layer);
        let width = WIDE - 2.0 * x;
        let first = x + HEADING + 12.0;
        let room = x + width - first - OPEN_LIST_ROOM;
        let each = (room - float(members.len()) * 10.0) / float(members.len().max(1));
        let inner = self.tallest(&members, Density::Roomy, each);
        let height = inner + 2.0 * ROW_PADDING;
        let frame_of = |index: usize| Rect {
            x: first + float(index) * (each + 10.0),
            y: y + ROW_PADDING,
            width: each,
            height: inner,
        };
        let middle = x + width - OPEN_LIST_ROOM / 2.0 - 4.0;
        Row {
            layer: layer.layer,
            name: layer.name.get(self.locale),
            background: Rect {
                x,
                y,
                width,
                height,
            },
            heading: self.layer_beside(
                layer,
                members.len(),
                Rect {
                    x,
                    y,
                    width: HEADING,
                    height,
                },
            ),
            nodes: members
                .iter()
                .enumerate()
                .map(|(index, member)| self.component(member, Density::Roomy, frame_of(index)))
                .collect(),
            open_list: Line::new(middle, y + height / 2.0 + 5.0, Style::OpenList, "…")
                .anchored(Anchor::Middle),
        }
    }

    pub(super) fn tallest(self, members: &[&Component], density: Density, width: f64) -> f64 {
        members
            .iter()
            .map(|member| self.component_height(member, density, width))
            .fold(0.0, f64::max)
    }
}

pub(super) fn float(number: usize) -> f64 {
    f64::from(u16::try_from(number).unwrap_or(u16::MAX))
}

fn bus_path(middles: &[f64], bottom: f64, bus: f64) -> String {
    let (Some(first), Some(last)) = (middles.first(), middles.last()) else {
        return String::new();
    };
    let drops: Vec<String> = middles
        .iter()
        .map(|x| format!("M{x:.1} {bottom:.1}V{bus:.1}"))
        .collect();
    let drops = drops.concat();
    format!("{drops}M{first:.1} {bus:.1}H{last:.1}")
}

pub(super) fn arrow(x: f64, y: f64, length: f64) -> Stroke {
    Stroke {
        class: "arrow",
        path: format!("M{x:.1} {y:.1}v{length:.1}m-6-7 6 7 6-7"),
    }
}
