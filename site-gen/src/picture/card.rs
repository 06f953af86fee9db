//! The card that messengers and mail programs show for a link to the site, drawn without a browser.
//!
//! They take PNG only and ask for 1200 × 630 pixels. The text is drawn from the outlines of the one
//! font file that the theme ships for it.

use framework::{Layer, Locale};
use tiny_skia::{Color, FillRule, Paint, Path, PathBuilder, Pixmap, Rect, Transform};
use ttf_parser::{GlyphId, OutlineBuilder};

use super::{
    glyphs::{Face, Weight},
    png,
    standalone::Palette,
    wrap::wrap,
};

const WIDTH: u32 = 1200;
const HEIGHT: u32 = 630;
const MARGIN: f32 = 88.0;
/// What a line of text may be long.
const MEASURE: f64 = 1024.0;

/// What the card says.
#[derive(Debug, Clone, Copy)]
pub struct Card<'a> {
    /// The language of the words.
    pub locale: Locale,
    /// The site's name.
    pub title: &'a str,
    /// What the site is for, in a sentence.
    pub lead: &'a str,
    /// A short line at the foot.
    pub foot: &'a str,
}

impl Card<'_> {
    /// The picture as PNG; none if the font file is not one.
    pub fn png(&self, palette: &Palette, font: &[u8]) -> Option<Vec<u8>> {
        let font = ttf_parser::Face::parse(font, 0).ok()?;
        let mut canvas = Canvas {
            pixmap: Pixmap::new(WIDTH, HEIGHT)?,
            font,
        };
        let (ground, ink, gold) = (
            colour(palette, "brand"),
            colour(palette, "brand-ink"),
            colour(palette, "gold"),
        );
        canvas.pixmap.fill(ground);
        canvas.mark(gold, ink);
        let mut line = 218.0;
        for (text, size, leading) in [(self.title, 68.0, 84.0), (self.lead, 31.0, 44.0)] {
            for words in self.lines(text, size) {
                canvas.text(&words, MARGIN, line, size, ink);
                line += leading;
            }
            line += 6.0;
        }
        canvas.text(self.foot, MARGIN, 556.0, 27.0, gold);
        canvas.layers(palette);
        png::encode(&canvas.pixmap)
    }

    /// Lines that fit the card; what does not is left out, marked by an ellipsis.
    fn lines(&self, text: &str, size: f32) -> Vec<String> {
        const MOST: usize = 3;
        let face = Face {
            size: f64::from(size),
            weight: Weight::Semibold,
        };
        let wrapped = |measure: f64| wrap(text, measure, face, self.locale);
        let mut lines = wrapped(MEASURE);
        // As even as they can be without another line: no word stands alone below a full one.
        let mut measure = MEASURE;
        while measure > MEASURE / 2.0 {
            measure -= 32.0;
            let narrower = wrapped(measure);
            if narrower.len() > lines.len() {
                break;
            }
            lines = narrower;
        }
        if lines.len() > MOST {
            lines.truncate(MOST);
            if let Some(last) = lines.last_mut() {
                last.push_str(" …");
            }
        }
        lines
    }
}

fn colour(palette: &Palette, name: &str) -> Color {
    let hex = palette.colour(name).trim_start_matches('#');
    // `#fff` is `#ffffff`.
    let digits: String = match hex.len() {
        3 => hex.chars().flat_map(|digit| [digit, digit]).collect(),
        _ => hex.to_owned(),
    };
    let channel = |at: usize| {
        let digits = digits.get(at..at + 2).unwrap_or("00");
        u8::from_str_radix(digits, 16).unwrap_or(0)
    };
    Color::from_rgba8(channel(0), channel(2), channel(4), 255)
}

struct Canvas<'f> {
    pixmap: Pixmap,
    font: ttf_parser::Face<'f>,
}

impl Canvas<'_> {
    fn fill(&mut self, path: &Path, colour: Color, place: Transform) {
        let mut paint = Paint::default();
        paint.set_color(colour);
        paint.anti_alias = true;
        self.pixmap
            .fill_path(path, &paint, FillRule::Winding, place, None);
    }

    /// The three sheets of the site's mark, as in its header.
    fn mark(&mut self, gold: Color, ink: Color) {
        let sheets: [(&[(f32, f32)], Color); 3] = [
            (
                &[(20.0, 5.0), (35.0, 12.2), (20.0, 19.4), (5.0, 12.2)],
                gold,
            ),
            (
                &[
                    (8.6, 17.0),
                    (20.0, 22.4),
                    (31.4, 17.0),
                    (35.0, 18.8),
                    (20.0, 26.0),
                    (5.0, 18.8),
                ],
                ink,
            ),
            (
                &[
                    (8.6, 23.6),
                    (20.0, 29.0),
                    (31.4, 23.6),
                    (35.0, 25.4),
                    (20.0, 32.6),
                    (5.0, 25.4),
                ],
                ink,
            ),
        ];
        let place = Transform::from_scale(3.0, 3.0).post_translate(MARGIN - 15.0, 40.0);
        for (corners, colour) in sheets {
            let mut path = PathBuilder::new();
            for (index, &(x, y)) in corners.iter().enumerate() {
                if index == 0 {
                    path.move_to(x, y);
                } else {
                    path.line_to(x, y);
                }
            }
            path.close();
            if let Some(path) = path.finish() {
                self.fill(&path, colour, place);
            }
        }
    }

    /// The five layers of the framework as stripes along the foot.
    fn layers(&mut self, palette: &Palette) {
        const HEIGHT_OF_STRIPE: f32 = 26.0;
        #[expect(clippy::cast_precision_loss, reason = "a handful of stripes")]
        let width = WIDTH as f32 / Layer::ALL.len() as f32;
        let mut left = 0.0;
        for layer in Layer::ALL {
            let name = format!("{}-line", layer.code_prefix().to_lowercase());
            let stripe = Rect::from_xywh(left, 630.0 - HEIGHT_OF_STRIPE, width, HEIGHT_OF_STRIPE);
            if let Some(stripe) = stripe {
                let path = PathBuilder::from_rect(stripe);
                self.fill(&path, colour(palette, &name), Transform::identity());
            }
            left += width;
        }
    }

    fn text(&mut self, text: &str, x: f32, baseline: f32, size: f32, colour: Color) {
        let scale = size / f32::from(self.font.units_per_em());
        let mut pen = x;
        for letter in text.chars() {
            let letter = if letter == '\u{a0}' { ' ' } else { letter };
            let glyph = self.font.glyph_index(letter).unwrap_or(GlyphId(0));
            let mut outline = Outline(PathBuilder::new());
            if self.font.outline_glyph(glyph, &mut outline).is_some()
                && let Some(path) = outline.0.finish()
            {
                // Fonts count upwards from the base line, pictures downwards from the top.
                let place = Transform::from_row(scale, 0.0, 0.0, -scale, pen, baseline);
                self.fill(&path, colour, place);
            }
            pen += f32::from(self.font.glyph_hor_advance(glyph).unwrap_or(0)) * scale;
        }
    }
}

struct Outline(PathBuilder);

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}
