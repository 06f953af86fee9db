//! Files of the content tree that are no Markdown and no data: pictures, workbooks, whatever a page
//! links to or shows. They are served under names made from their bytes.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    document::Document,
    source::{self, Content, Sources},
    theme,
};

/// A file that pages link to or show.
#[derive(Debug, Clone)]
pub struct ContentFile {
    /// Its public name below `/assets/`.
    pub public_name: String,
    /// What it holds.
    pub bytes: Arc<[u8]>,
    /// Width and height in pixels, for pictures whose header we can read: no layout shift.
    pub size: Option<(u32, u32)>,
}

/// All such files by their path (`content/vi/guide/form.png`).
pub(crate) fn collect(sources: &Sources) -> BTreeMap<String, ContentFile> {
    sources
        .below("content/")
        .filter(|source| is_served(&source.path))
        .map(|source| {
            let bytes: Arc<[u8]> = match &source.content {
                Content::Binary(bytes) => Arc::clone(bytes),
                text => text.bytes().into(),
            };
            let name = source.path.rsplit('/').next().unwrap_or_default();
            let file = ContentFile {
                public_name: theme::public_name(&ascii(name), &bytes),
                size: picture_size(&bytes),
                bytes,
            };
            (source.path.clone(), file)
        })
        .collect()
}

/// The path of the file a document's link means: beside the document, from the root of its
/// language, or from the root of the content tree.
pub(crate) fn find<'a>(
    files: &'a BTreeMap<String, ContentFile>,
    document: &Document,
    target: &str,
) -> Option<&'a ContentFile> {
    let inside = target.trim_start_matches('/');
    let locale = document.locale;
    let candidates = [
        format!("content/{locale}/{inside}"),
        format!("content/{inside}"),
        format!("content/{}/{inside}", locale.other()),
    ];
    candidates.iter().find_map(|path| files.get(path))
}

fn is_served(path: &str) -> bool {
    let extension = source::extension(path);
    !["md", "json", "toml"].contains(&extension.as_str())
        && !path.starts_with("content/source/")
        && !path.starts_with("content/catalogue/")
}

fn ascii(name: &str) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let stem = crate::slug::of(stem);
    if extension.is_empty() {
        stem
    } else {
        format!("{stem}.{}", extension.to_ascii_lowercase())
    }
}

/// Width and height of a PNG, GIF or JPEG.
fn picture_size(bytes: &[u8]) -> Option<(u32, u32)> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
        return Some((number(16)?, number(20)?));
    }
    if bytes.starts_with(b"GIF8") {
        let number = |at: usize| Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
        return Some((number(6)?.into(), number(8)?.into()));
    }
    jpeg_size(bytes)
}

/// Walks a JPEG's segments to its frame header.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    if !bytes.starts_with(&[0xff, 0xd8]) {
        return None;
    }
    let number = |at: usize| Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
    let mut at = 2;
    while *bytes.get(at)? == 0xff {
        let marker = *bytes.get(at + 1)?;
        let is_frame = (0xc0..=0xcf).contains(&marker) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
        if is_frame {
            return Some((number(at + 7)?.into(), number(at + 5)?.into()));
        }
        at += 2 + usize::from(number(at + 2)?);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_of_a_picture_is_read_from_its_header() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend([0, 0, 2, 0, 0, 0, 1, 0]);
        assert_eq!(picture_size(&png), Some((512, 256)));
        assert_eq!(picture_size(b"GIF89a\x10\0\x08\0"), Some((16, 8)));
        let jpeg = [
            0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 9, 8, 0, 100, 0, 200,
        ];
        assert_eq!(picture_size(&jpeg), Some((200, 100)));
        assert_eq!(picture_size(&[0xff, 0xd8, 0xff]), None);
        assert_eq!(picture_size(b"\x89PNG\r\n\x1a\n"), None);
    }
}
