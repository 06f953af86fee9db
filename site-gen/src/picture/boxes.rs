//! The boxes of the picture: their text, how high they must be, where each line stands.

use framework::{Catalogue, Component, ConstituentFramework, LayerDescription, Locale};

use super::{
    label, lead_groups,
    scene::{Anchor, Line, Node, Rect, Style, Target, stacked},
    wrap::wrap,
};

/// Leading of names and of the small lines under them.
const NAME_LEADING: f64 = 19.0;
const FOOT_LEADING: f64 = 16.0;
/// In one-column boxes the code stands in a gutter of this width.
const GUTTER: f64 = 56.0;
/// Constituents have their letter in a narrower one.
const LETTER_GUTTER: f64 = 34.0;
const MARGIN: f64 = 12.0;

/// How a component's box is arranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Density {
    /// Code and level above the name, lead and years below it.
    Roomy,
    /// Code beside the name, everything else in one line below: for phones.
    Compact,
}

/// Makes boxes of one catalogue in one language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Boxes<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) locale: Locale,
}

impl<'a> Boxes<'a> {
    fn wrap(self, text: &str, max: f64, style: Style) -> Vec<String> {
        wrap(text, max, style.face(), self.locale)
    }

    /// Lead and years: on one line if it fits, else under one another.
    fn foot(self, component: &Component, density: Density, max: f64) -> Vec<String> {
        let mut parts = vec![
            label::lead_line(self.catalogue, component, self.locale),
            label::deadline_line(component, self.locale),
        ];
        if density == Density::Compact {
            parts.extend(label::scope_corner(component, self.locale));
        }
        parts.retain(|part| !part.is_empty());
        let whole = parts.join(" · ");
        if density == Density::Compact || Style::Foot.face().width(&whole) <= max {
            return self.wrap(&whole, max, Style::Foot);
        }
        parts
            .iter()
            .flat_map(|part| self.wrap(part, max, Style::Foot))
            .collect()
    }

    fn text_width(density: Density, width: f64) -> f64 {
        match density {
            Density::Roomy => width - 2.0 * MARGIN,
            Density::Compact => width - GUTTER - 10.0,
        }
    }

    /// The height a component's box needs at a width.
    pub(super) fn component_height(
        self,
        component: &Component,
        density: Density,
        width: f64,
    ) -> f64 {
        let max = Self::text_width(density, width);
        let names = count(&self.wrap(component.name.get(self.locale), max, Style::Name));
        let feet = count(&self.foot(component, density, max));
        match density {
            Density::Roomy => 47.0 + names * NAME_LEADING + feet * FOOT_LEADING,
            Density::Compact => 16.0 + names * NAME_LEADING + feet * FOOT_LEADING,
        }
    }

    /// A component's box.
    pub(super) fn component(
        self,
        component: &'a Component,
        density: Density,
        frame: Rect,
    ) -> Node<'a> {
        let Rect {
            x,
            y,
            width,
            height,
        } = frame;
        let max = Self::text_width(density, width);
        let (code_x, name_x, code_y, name_y) = match density {
            Density::Roomy => (x + MARGIN, x + MARGIN, y + 20.0, y + 41.0),
            Density::Compact => (x + 10.0, x + GUTTER, y + 24.0, y + 24.0),
        };
        let code = Line::new(code_x, code_y, Style::Code, &component.code);
        let corner = (density == Density::Roomy)
            .then(|| label::scope_corner(component, self.locale))
            .flatten()
            .map(|text| Line::new(x + width - MARGIN, y + 20.0, Style::Scope, text))
            .map(|line| line.anchored(Anchor::End))
            .filter(|line| line.width() < max - code.width() - 14.0);
        let names = self.wrap(component.name.get(self.locale), max, Style::Name);
        let feet = self.foot(component, density, max);
        let first_foot = y + height - 11.0 - (count(&feet) - 1.0).max(0.0) * FOOT_LEADING;
        let foot_style = if component.responsible.is_empty() {
            Style::FootSilent
        } else {
            Style::Foot
        };
        let mut lines = vec![code];
        lines.extend(corner);
        lines.extend(stacked(names, name_x, name_y, NAME_LEADING, Style::Name));
        lines.extend(stacked(feet, name_x, first_foot, FOOT_LEADING, foot_style));
        Node {
            target: Target::Component(component),
            frame,
            lines,
            description: label::component_sentence(self.catalogue, component, self.locale),
            groups: lead_groups(self.catalogue, component),
        }
    }

    /// The height a constituent's box needs at a width, without what stands in it.
    pub(super) fn constituent_height(
        self,
        constituent: &ConstituentFramework,
        note: &str,
        width: f64,
    ) -> f64 {
        let (names, feet) = self.constituent_lines(constituent, note, width);
        30.0 + count(&names) * NAME_LEADING + count(&feet) * FOOT_LEADING
    }

    fn constituent_lines(
        self,
        constituent: &ConstituentFramework,
        note: &str,
        width: f64,
    ) -> (Vec<String>, Vec<String>) {
        let developer = label::developer(self.catalogue, constituent, self.locale);
        let foot = if note.is_empty() {
            developer
        } else {
            format!("{developer} · {note}")
        };
        (
            self.wrap(
                constituent.name.get(self.locale),
                width - LETTER_GUTTER - MARGIN,
                Style::Name,
            ),
            self.wrap(&foot, width - 2.0 * MARGIN, Style::Foot),
        )
    }

    /// A constituent's box. `text_height` is the part of the box its own text may use: less than
    /// the whole where other constituents stand in it.
    pub(super) fn constituent(
        self,
        constituent: &'a ConstituentFramework,
        note: &str,
        frame: Rect,
        text_height: f64,
    ) -> Node<'a> {
        let Rect { x, y, width, .. } = frame;
        let (names, feet) = self.constituent_lines(constituent, note, width);
        let first_foot = y + text_height - 11.0 - (count(&feet) - 1.0).max(0.0) * FOOT_LEADING;
        let letter = label::letter(constituent);
        let mut lines = vec![Line::new(x + MARGIN, y + 24.0, Style::Letter, letter)];
        lines.extend(stacked(
            names,
            x + LETTER_GUTTER,
            y + 24.0,
            NAME_LEADING,
            Style::Name,
        ));
        lines.extend(stacked(
            feet,
            x + MARGIN,
            first_foot,
            FOOT_LEADING,
            Style::Foot,
        ));
        Node {
            target: Target::Constituent(constituent),
            frame,
            lines,
            description: label::constituent_sentence(self.catalogue, constituent, self.locale),
            groups: Vec::new(),
        }
    }

    /// The heading of a layer at the left of its row.
    pub(super) fn layer_beside(
        self,
        layer: &'a LayerDescription,
        number: usize,
        frame: Rect,
    ) -> Node<'a> {
        let leading = 21.0;
        let names = self.wrap(
            layer.name.get(self.locale),
            frame.width - 26.0,
            Style::LayerName,
        );
        let first = frame.y + (frame.height - count(&names) * leading) / 2.0 + 8.0;
        let clause_y = first + count(&names) * leading + 1.0;
        let x = frame.x + 14.0;
        let mut lines = stacked(names, x, first, leading, Style::LayerName);
        let clause = format!("{} · {number}", layer.clause);
        lines.push(Line::new(x, clause_y, Style::LayerClause, clause));
        Self::layer(layer, frame, lines)
    }

    /// The heading of a layer above its boxes.
    pub(super) fn layer_above(self, layer: &'a LayerDescription, frame: Rect) -> Node<'a> {
        let Rect { x, y, width, .. } = frame;
        let name = layer.name.get(self.locale);
        let lines = vec![
            Line::new(x + 10.0, y + 21.0, Style::LayerName, name),
            Line::new(
                x + width - 10.0,
                y + 20.0,
                Style::LayerClause,
                layer.clause.as_str(),
            )
            .anchored(Anchor::End),
        ];
        Self::layer(layer, frame, lines)
    }

    fn layer(layer: &'a LayerDescription, frame: Rect, lines: Vec<Line>) -> Node<'a> {
        Node {
            target: Target::Layer(layer),
            frame,
            lines,
            description: String::new(),
            groups: Vec::new(),
        }
    }
}

/// The number of lines; a label has a handful.
pub(super) fn count(lines: &[String]) -> f64 {
    f64::from(u8::try_from(lines.len()).unwrap_or(u8::MAX))
}
