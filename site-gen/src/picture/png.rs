//! A drawing of few colours as a PNG with a palette: a byte a pixel instead of four, so that it is packed in a
//! tenth of the time and half as large.

use std::{collections::BTreeMap, io::Write as _};

use flate2::{Compression, Crc, write::ZlibEncoder};
use tiny_skia::Pixmap;

/// Every PNG begins so.
const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// The drawing as PNG; with a palette if its colours fit one and hide nothing.
pub(super) fn encode(pixmap: &Pixmap) -> Option<Vec<u8>> {
    indexed(pixmap).or_else(|| pixmap.encode_png().ok())
}

fn indexed(pixmap: &Pixmap) -> Option<Vec<u8>> {
    let mut palette = Palette::default();
    let width = usize::try_from(pixmap.width()).ok()?;
    let mut rows = Vec::with_capacity(pixmap.pixels().len() + width);
    for row in pixmap.data().chunks_exact(4 * width) {
        // No filter: neighbours among the colours of a palette mean nothing.
        rows.push(0);
        for pixel in row.chunks_exact(4) {
            let [red, green, blue, u8::MAX] = *pixel else {
                return None;
            };
            rows.push(palette.place([red, green, blue])?);
        }
    }
    let mut png = SIGNATURE.to_vec();
    let mut header = [pixmap.width(), pixmap.height()]
        .map(u32::to_be_bytes)
        .concat();
    // Eight bits, a palette, deflate, the usual filters, no interlacing.
    header.extend([8, 3, 0, 0, 0]);
    put(&mut png, *b"IHDR", &header)?;
    put(&mut png, *b"PLTE", &palette.colours.concat())?;
    put(&mut png, *b"IDAT", &packed(&rows)?)?;
    put(&mut png, *b"IEND", &[])?;
    Some(png)
}

/// The colours of a drawing in the order of their first pixels.
#[derive(Default)]
struct Palette {
    colours: Vec<[u8; 3]>,
    places: BTreeMap<[u8; 3], u8>,
    /// The last one asked for: pixels come in runs.
    last: Option<([u8; 3], u8)>,
}

impl Palette {
    /// The place of a colour; none if there are too many.
    fn place(&mut self, colour: [u8; 3]) -> Option<u8> {
        if let Some((last, place)) = self.last
            && last == colour
        {
            return Some(place);
        }
        let known = self.places.get(&colour).copied();
        let place = known.or_else(|| self.add(colour))?;
        self.last = Some((colour, place));
        Some(place)
    }

    fn add(&mut self, colour: [u8; 3]) -> Option<u8> {
        let place = u8::try_from(self.colours.len()).ok()?;
        self.colours.push(colour);
        self.places.insert(colour, place);
        Some(place)
    }
}

fn packed(rows: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(rows).ok()?;
    encoder.finish().ok()
}

/// Appends a chunk: length, name, content, check sum of name and content.
fn put(png: &mut Vec<u8>, name: [u8; 4], content: &[u8]) -> Option<()> {
    let mut sum = Crc::new();
    sum.update(&name);
    sum.update(content);
    png.extend(u32::try_from(content.len()).ok()?.to_be_bytes());
    png.extend(name);
    png.extend_from_slice(content);
    png.extend(sum.sum().to_be_bytes());
    Some(())
}

#[cfg(test)]
mod tests {
    use tiny_skia::{Color, Paint, Rect, Transform};

    use super::*;

    #[test]
    fn a_drawing_is_read_as_it_was_drawn() {
        let mut pixmap = Pixmap::new(70, 5).unwrap();
        pixmap.fill(Color::from_rgba8(1, 2, 3, 255));
        let mut paint = Paint::default();
        for step in 0..7_u8 {
            paint.set_color_rgba8(step * 30, 200, step, 255);
            let left = f32::from(step) * 9.5;
            let area = Rect::from_xywh(left, 1.0, 5.0, 2.5).unwrap();
            pixmap.fill_rect(area, &paint, Transform::identity(), None);
        }
        let png = encode(&pixmap).unwrap();
        assert_eq!(png[25], 3, "no palette");
        assert_eq!(Pixmap::decode_png(&png).unwrap(), pixmap);
    }

    #[test]
    fn many_colours_and_clear_ones_have_no_palette() {
        let clear = Pixmap::new(3, 3).unwrap();
        let mut many = Pixmap::new(300, 1).unwrap();
        for (place, pixel) in (0..).zip(many.pixels_mut()) {
            let [low, high, ..] = u32::to_le_bytes(place);
            *pixel = Color::from_rgba8(low, high, 0, 255)
                .premultiply()
                .to_color_u8();
        }
        for pixmap in [clear, many] {
            let png = encode(&pixmap).unwrap();
            assert_eq!(png[25], 6, "a palette");
            assert_eq!(Pixmap::decode_png(&png).unwrap(), pixmap);
        }
    }
}
