//! The picture as a file of its own, for slides and letters: literal colours, embedded fonts.

use std::collections::BTreeMap;

use framework::Layer;

/// Colours by token name, read from the theme's first `:root` block (the light one).
#[derive(Debug, Clone, Default)]
pub struct Palette(BTreeMap<String, String>);

impl Palette {
    /// Reads `--name:#hex` declarations of the first block of a style sheet.
    pub fn from_css(css: &str) -> Self {
        let block = css.split_once('{').map_or("", |(_, rest)| rest);
        let block = block.split_once('}').map_or(block, |(block, _)| block);
        let declarations = block.split(';').filter_map(|declaration| {
            let (name, value) = declaration.split_once(':')?;
            let name = name.trim().strip_prefix("--")?;
            Some((name.to_owned(), value.trim().to_owned()))
        });
        Self(declarations.collect())
    }

    pub(super) fn colour(&self, name: &str) -> &str {
        self.0.get(name).map_or("#000", String::as_str)
    }
}

/// A font file with the letters it serves, as CSS `unicode-range`.
#[derive(Debug, Clone, Copy)]
pub struct EmbeddedFont<'a> {
    /// The bytes of the WOFF2 file.
    pub woff2: &'a [u8],
    /// The letters it is for.
    pub unicode_range: &'a str,
}

/// The style sheet inside the file: programs that show SVG know no CSS variables.
pub(super) fn style(palette: &Palette, fonts: &[EmbeddedFont<'_>]) -> String {
    let faces: String = fonts.iter().map(face).collect();
    let layers: String = Layer::ALL
        .iter()
        .map(|layer| layer_style(palette, layer.code_prefix()))
        .collect();
    let (ink, soft, line) = (
        palette.colour("ink"),
        palette.colour("ink-2"),
        palette.colour("line-2"),
    );
    let constituents = layer_style(palette, "HP");
    format!(
        "<style>{faces}text{{font-family:\"Source Sans 3\",\"Segoe UI\",Arial,sans-serif;\
         font-size:15px;fill:{ink}}}.band{{font-size:14px;font-weight:700;fill:{soft}}}\
         .use{{font-size:14.5px;fill:{soft}}}.conn path{{fill:none;stroke:{line};\
         stroke-width:1.3}}.frame{{fill:none;stroke:{line};stroke-dasharray:5 4}}\
         .nm{{font-weight:600}}.code{{font-size:12.5px;font-weight:600}}\
         .letter{{font-size:16px;font-weight:700}}.sc{{font-size:12.5px;fill:{soft}}}\
         .ft{{font-size:13px;fill:{soft}}}.none{{font-style:italic}}\
         .ly{{font-size:17px;font-weight:600}}.lc{{font-size:13.5px}}\
         .dots{{font-size:20px;font-weight:700}}{constituents}{layers}</style>\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
    )
}

fn layer_style(palette: &Palette, prefix: &str) -> String {
    let name = prefix.to_lowercase();
    let ink = palette.colour(&name);
    let ground = palette.colour(&format!("{name}-bg"));
    let line = palette.colour(&format!("{name}-line"));
    format!(
        ".l-{name} .box{{fill:#fff;stroke:{line};stroke-width:1.2}}.l-{name} .row,.l-{name} \
         .labbox{{fill:{ground};stroke:{line}}}.l-{name} .code,.l-{name} .letter,.l-{name} \
         .ly,.l-{name} .lc,.l-{name} .dots{{fill:{ink}}}"
    )
}

fn face(font: &EmbeddedFont<'_>) -> String {
    format!(
        "@font-face{{font-family:\"Source Sans 3\";font-weight:200 900;\
         src:url(data:font/woff2;base64,{}) format(\"woff2\");unicode-range:{}}}",
        base64(font.woff2),
        font.unicode_range
    )
}

/// Base64 of RFC 4648, for the only place of the project that needs it.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let value = group >> (18 - 6 * digit) & 63;
            let padding = digit > chunk.len();
            out.push(if padding {
                '='
            } else {
                char::from(ALPHABET[value as usize])
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_are_embedded_as_rfc_4648_says() {
        for (plain, encoded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), encoded);
        }
    }

    #[test]
    fn colours_come_from_the_light_block() {
        let css = "/* tokens */:root{color-scheme:light;--ink:#123456;--nv: #573c91}\n\
                   :root[data-theme=dark]{--ink:#fff}";
        let palette = Palette::from_css(css);
        assert_eq!(
            (palette.colour("ink"), palette.colour("nv")),
            ("#123456", "#573c91")
        );
    }
}
