//! A laid-out picture as SVG: real links with accessible names, colours from the page's style.

use std::fmt::Write;

use framework::Locale;

use super::{
    label,
    scene::{Anchor, Line, Node, Rect, Row, Scene, Stroke, Target},
};

/// Writes one picture.
pub(super) struct Writer<'a> {
    pub(super) locale: Locale,
    /// Prefix of ids, different for each picture of a page.
    pub(super) id: &'a str,
    pub(super) class: &'a str,
    /// The address of a target.
    pub(super) address: &'a dyn Fn(Target<'_>) -> String,
    /// Attributes and content that only the file to download has.
    pub(super) attributes: &'a str,
    pub(super) prologue: &'a str,
}

impl Writer<'_> {
    pub(super) fn write(&self, scene: &Scene<'_>) -> String {
        let mut out = String::new();
        self.open(&mut out, scene);
        let heading = escape(label::CONSTITUENTS.get(self.locale));
        push(
            &mut out,
            format_args!("<g class=\"l-hp\" role=\"list\" aria-label=\"{heading}\">"),
        );
        scene
            .constituents
            .iter()
            .for_each(|node| self.node(&mut out, node));
        out.push_str("</g><g class=\"conn\" aria-hidden=\"true\">");
        scene
            .strokes
            .iter()
            .for_each(|stroke| write_stroke(&mut out, stroke));
        out.push_str("</g>");
        if let Some(frame) = scene.frame {
            write_rect(&mut out, "frame", frame, 8);
        }
        scene
            .captions
            .iter()
            .for_each(|line| write_line(&mut out, line));
        scene.rows.iter().for_each(|row| self.row(&mut out, row));
        out.push_str("</svg>");
        out
    }

    fn open(&self, out: &mut String, scene: &Scene<'_>) {
        let Self {
            id,
            class,
            attributes,
            prologue,
            locale,
            ..
        } = self;
        let (width, height) = (round(scene.width), round(scene.height));
        let title = escape(label::TITLE.get(*locale));
        let summary = escape(label::SUMMARY.get(*locale));
        push(
            out,
            format_args!(
                "<svg class=\"dg {class}\" viewBox=\"0 0 {width} {height}\" role=\"group\" \
                 aria-labelledby=\"{id}-t\" aria-describedby=\"{id}-d\" \
                 xmlns=\"http://www.w3.org/2000/svg\"{attributes}><title id=\"{id}-t\">{title}\
                 </title><desc id=\"{id}-d\">{summary}</desc>{prologue}"
            ),
        );
    }

    fn row(&self, out: &mut String, row: &Row<'_>) {
        let class = row.layer.code_prefix().to_lowercase();
        push(out, format_args!("<g class=\"l-{class}\">"));
        write_rect(out, "row", row.background, 6);
        self.heading(out, &row.heading);
        push(
            out,
            format_args!("<g role=\"list\" aria-label=\"{}\">", escape(row.name)),
        );
        row.nodes.iter().for_each(|node| self.node(out, node));
        let open_list = escape(label::OPEN_LIST.get(self.locale));
        push(out, format_args!("</g><g><title>{open_list}</title>"));
        write_line(out, &row.open_list);
        out.push_str("</g></g>");
    }

    fn heading(&self, out: &mut String, node: &Node<'_>) {
        let (address, name) = (self.address_of(node), escape(&node.name()));
        push(
            out,
            format_args!("<a class=\"lab\" href=\"{address}\" aria-label=\"{name}\">"),
        );
        write_rect(out, "labbox", node.frame, 6);
        node.lines.iter().for_each(|line| write_line(out, line));
        out.push_str("</a>");
    }

    fn node(&self, out: &mut String, node: &Node<'_>) {
        let mut groups = String::new();
        for group in &node.groups {
            push(&mut groups, format_args!(" k{group}"));
        }
        let (address, name) = (self.address_of(node), escape(&node.name()));
        let description = escape(&node.description);
        push(
            out,
            format_args!(
                "<g role=\"listitem\"><a class=\"node{groups}\" href=\"{address}\" \
                 aria-label=\"{name}\" aria-description=\"{description}\">"
            ),
        );
        write_rect(out, "box", node.frame, 5);
        node.lines.iter().for_each(|line| write_line(out, line));
        out.push_str("</a></g>");
    }

    fn address_of(&self, node: &Node<'_>) -> String {
        escape(&(self.address)(node.target))
    }
}

fn write_line(out: &mut String, line: &Line) {
    let anchor = match line.anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    let fitted = if line.style.is_fitted() {
        format!(
            " textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"",
            round(line.width())
        )
    } else {
        String::new()
    };
    let (x, y, class) = (round(line.x), round(line.y), line.style.class());
    let text = escape(&line.text);
    // The blank keeps lines apart where the picture is copied or read as text.
    push(
        out,
        format_args!("<text x=\"{x}\" y=\"{y}\" class=\"{class}\"{anchor}{fitted}>{text}</text> "),
    );
}

fn write_rect(out: &mut String, class: &str, rect: Rect, radius: u8) {
    let Rect {
        x,
        y,
        width,
        height,
    } = rect;
    let (x, y, width, height) = (round(x), round(y), round(width), round(height));
    push(
        out,
        format_args!(
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" \
             rx=\"{radius}\"/>"
        ),
    );
}

fn write_stroke(out: &mut String, stroke: &Stroke) {
    push(
        out,
        format_args!("<path class=\"{}\" d=\"{}\"/>", stroke.class, stroke.path),
    );
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = out.write_fmt(text);
}

/// One decimal is a tenth of a pixel; whole numbers are written whole.
fn round(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
