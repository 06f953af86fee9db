//! A manifest read by its lines.

use super::{BEGINNING, BETWEEN, FileEntry};

/// A manifest as it is written, in lines; those of files without the commas after them.
#[derive(Default)]
pub(super) struct Lines<'a> {
    pub(super) head: &'a [u8],
    pub(super) files: Vec<&'a [u8]>,
    pub(super) private: Vec<&'a [u8]>,
}

impl<'a> Lines<'a> {
    /// The lines of a manifest; none if it is written otherwise.
    pub(super) fn of(bytes: &'a [u8]) -> Option<Self> {
        let mut lines = lines(bytes.strip_suffix(b"\n]}\n")?);
        let head = lines.next().filter(|head| head.ends_with(b"\"files\":["))?;
        let (mut files, mut private) = (Vec::new(), None);
        for line in lines {
            if line.starts_with(BEGINNING) {
                private.as_mut().unwrap_or(&mut files).push(line);
            } else if line == BETWEEN && private.is_none() {
                private = Some(Vec::new());
            } else {
                return None;
            }
        }
        Some(Self {
            head,
            files: Self::without_commas(&files)?,
            private: Self::without_commas(&private?)?,
        })
    }

    /// Lines without the commas after all but the last.
    fn without_commas(lines: &[&'a [u8]]) -> Option<Vec<&'a [u8]>> {
        let Some((last, others)) = lines.split_last() else {
            return Some(Vec::new());
        };
        let others = others.iter().map(|line| line.strip_suffix(b","));
        others.chain([Some(*last)]).collect()
    }
}

/// The lines of a text, without what ends them.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = memchr::memchr(b'\n', text);
        rest = end.map(|end| &text[end + 1..]);
        Some(&text[..end.unwrap_or(text.len())])
    })
}

/// What lines say, of which most are among other lines, of which it is known what they say; none if that is not
/// sure. All are in the order of paths.
pub(super) fn entries(
    lines: &[&[u8]],
    other_lines: &[&[u8]],
    others: &[FileEntry],
) -> Option<Vec<FileEntry>> {
    // Each line begins with an entry, and no entry has another inside: as many lines as entries are these entries,
    // and nobody has written two in one line.
    (other_lines.len() == others.len()).then_some(())?;
    let mut entries = Vec::with_capacity(lines.len());
    let mut place = 0;
    for line in lines {
        if let Some(other) = others.get(place).filter(|_| other_lines[place] == *line) {
            entries.push(other.clone());
            place += 1;
            continue;
        }
        let entry: FileEntry = serde_json::from_slice(line).ok()?;
        while others
            .get(place)
            .is_some_and(|other| other.path <= entry.path)
        {
            place += 1;
        }
        entries.push(entry);
    }
    Some(entries)
}
