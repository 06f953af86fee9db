//! What the picture consists of, with every place worked out, before any SVG is written.

use framework::{Component, ConstituentFramework, Layer, LayerDescription};

use super::glyphs::{Face, Weight};

/// One laid-out picture.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    pub(super) width: f64,
    pub(super) height: f64,
    /// The two headings and the words beside the arrow.
    pub(super) captions: Vec<Line>,
    pub(super) constituents: Vec<Node<'a>>,
    /// Lines from the constituents to the components.
    pub(super) strokes: Vec<Stroke>,
    /// The dashed frame around the components, where there is room for one.
    pub(super) frame: Option<Rect>,
    pub(super) rows: Vec<Row<'a>>,
}

/// One layer with its components.
#[derive(Debug)]
pub(super) struct Row<'a> {
    pub(super) layer: Layer,
    pub(super) name: &'a str,
    pub(super) background: Rect,
    pub(super) heading: Node<'a>,
    pub(super) nodes: Vec<Node<'a>>,
    /// The «…» of the source drawing: the list is open.
    pub(super) open_list: Line,
}

/// A box that leads somewhere.
#[derive(Debug)]
pub(super) struct Node<'a> {
    pub(super) target: Target<'a>,
    pub(super) frame: Rect,
    pub(super) lines: Vec<Line>,
    /// The whole story in one sentence, for those who cannot see the picture.
    pub(super) description: String,
    /// Highlight groups, see `leads`.
    pub(super) groups: Vec<usize>,
}

/// Where a box leads.
#[derive(Debug, Clone, Copy)]
pub enum Target<'a> {
    /// A shared component.
    Component(&'a Component),
    /// A constituent framework.
    Constituent(&'a ConstituentFramework),
    /// A layer.
    Layer(&'a LayerDescription),
}

/// A rectangle, in pixels of the drawing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rect {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// One line of text with the place of its baseline.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) text: String,
    pub(super) style: Style,
    pub(super) anchor: Anchor,
}

/// A stroke that carries no words.
#[derive(Debug)]
pub(super) struct Stroke {
    pub(super) class: &'static str,
    pub(super) path: String,
}

/// From which end a line of text is placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// What a line of text is; decides its face and its class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Band,
    Use,
    Letter,
    Code,
    Scope,
    Name,
    Foot,
    FootSilent,
    LayerName,
    LayerClause,
    OpenList,
}

impl Style {
    /// The face the style sheet sets it in; `diagram.css` has the same numbers.
    pub(super) const fn face(self) -> Face {
        let (size, weight) = match self {
            Self::Band => (14.0, Weight::Bold),
            Self::Use => (14.5, Weight::Regular),
            Self::Letter => (16.0, Weight::Bold),
            Self::Code => (12.5, Weight::Semibold),
            Self::Scope => (12.5, Weight::Regular),
            Self::Name => (15.0, Weight::Semibold),
            Self::Foot | Self::FootSilent => (13.0, Weight::Regular),
            Self::LayerName => (17.0, Weight::Semibold),
            Self::LayerClause => (13.5, Weight::Regular),
            Self::OpenList => (20.0, Weight::Bold),
        };
        Face { size, weight }
    }

    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Band => "band",
            Self::Use => "use",
            Self::Letter => "letter",
            Self::Code => "code",
            Self::Scope => "sc",
            Self::Name => "nm",
            Self::Foot => "ft",
            Self::FootSilent => "ft none",
            Self::LayerName => "ly",
            Self::LayerClause => "lc",
            Self::OpenList => "dots",
        }
    }

    /// Wrapped text states its measured length, so that a fallback font is squeezed instead of
    /// running out of its box.
    pub(super) const fn is_fitted(self) -> bool {
        matches!(
            self,
            Self::Name | Self::Foot | Self::FootSilent | Self::LayerName
        )
    }
}

impl Line {
    pub(super) fn new(x: f64, y: f64, style: Style, text: impl Into<String>) -> Self {
        Self {
            x,
            y,
            text: text.into(),
            style,
            anchor: Anchor::Start,
        }
    }

    pub(super) const fn anchored(mut self, anchor: Anchor) -> Self {
        self.anchor = anchor;
        self
    }

    pub(super) fn width(&self) -> f64 {
        self.style.face().width(&self.text)
    }

    /// Where the line begins and ends.
    #[cfg(test)]
    pub(super) fn extent(&self) -> (f64, f64) {
        let width = self.width();
        match self.anchor {
            Anchor::Start => (self.x, self.x + width),
            Anchor::Middle => (self.x - width / 2.0, self.x + width / 2.0),
            Anchor::End => (self.x - width, self.x),
        }
    }
}

/// Lines set under one another.
pub(super) fn stacked(
    texts: Vec<String>,
    x: f64,
    first: f64,
    leading: f64,
    style: Style,
) -> Vec<Line> {
    let mut baseline = first;
    texts
        .into_iter()
        .map(|text| {
            let line = Line::new(x, baseline, style, text);
            baseline += leading;
            line
        })
        .collect()
}

impl Node<'_> {
    /// The accessible name: the visible text, verbatim (WCAG 2.5.3).
    pub(super) fn name(&self) -> String {
        let visible: Vec<&str> = self.lines.iter().map(|line| line.text.as_str()).collect();
        visible.join(" ").replace('\u{a0}', " ")
    }
}
