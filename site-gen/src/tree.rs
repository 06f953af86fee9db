//! The content tree: which address a file has.

use crate::{address::Tail, slug};

/// The address of a Markdown file: `content/vi/framework/ii-1.md` → `/framework/ii-1/`.
///
/// `index.md` (also `_index.md` and `README.md`, as other generators call it) is its folder's own page.
/// Names that are not ASCII are written as ASCII.
pub(crate) fn tail(path: &str) -> Option<Tail> {
    let (_, inside) = path.strip_prefix("content/")?.split_once('/')?;
    let inside = inside.strip_suffix(".md")?;
    let (folder, name) = inside.rsplit_once('/').unwrap_or(("", inside));
    let is_index = matches!(name, "index" | "_index" | "README");
    let mut segments: Vec<String> = folder
        .split('/')
        .filter(|part| !part.is_empty())
        .map(segment)
        .collect();
    if !is_index {
        segments.push(segment(name));
    }
    Some(Tail::parse(&segments.join("/")))
}

fn segment(name: &str) -> String {
    let plain = |character: char| {
        character.is_ascii_lowercase() || character.is_ascii_digit() || "-_.".contains(character)
    };
    if name.chars().all(plain) {
        return name.to_owned();
    }
    let slug = slug::of(name);
    if slug.is_empty() {
        "page".to_owned()
    } else {
        slug
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_tail() {
        for (path, address) in [
            ("content/vi/index.md", "/"),
            ("content/en/framework/ii-1.md", "/framework/ii-1/"),
            ("content/vi/guide/index.md", "/guide/"),
            ("content/vi/guide/_index.md", "/guide/"),
            ("content/en/guide/README.md", "/guide/"),
            ("content/vi/Hướng dẫn/Bước 1.md", "/huong-dan/buoc-1/"),
        ] {
            assert_eq!(tail(path).unwrap().to_string(), address);
        }
        assert_eq!(tail("content/vi/a.png"), None);
    }
}
