//! What a reader wants known, gathered without drowning anybody in it.

use framework::Localized;
use rulebook::Note;

/// So many notes of one kind are listed; the rest are counted.
const LISTED: usize = 50;

/// The notes of one reading.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    listed: Vec<Note>,
    counts: Vec<(&'static str, usize)>,
}

impl Notes {
    /// Adds a note; the words are only made if it will be listed.
    pub(crate) fn add(
        &mut self,
        code: &'static str,
        place: std::ops::Range<u32>,
        message: impl FnOnce() -> Localized,
    ) {
        let known = self.counts.iter().position(|(known, _)| *known == code);
        let index = known.unwrap_or_else(|| {
            self.counts.push((code, 0));
            self.counts.len() - 1
        });
        self.counts[index].1 += 1;
        if self.counts[index].1 <= LISTED {
            self.listed.push(Note {
                code,
                at: place.start,
                end: place.end,
                message: message(),
            });
        }
    }

    /// All notes in order of place; a last one says how many more there were of a kind.
    pub(crate) fn into_vec(self) -> Vec<Note> {
        let mut notes = self.listed;
        notes.sort_by_key(|note| (note.at, note.code));
        for (code, count) in self.counts.into_iter().filter(|(_, count)| *count > LISTED) {
            let more = count - LISTED;
            let last = notes.iter().rev().find(|note| note.code == code);
            let (at, end) = last.map_or((0, 0), |note| (note.at, note.end));
            notes.push(Note {
                code,
                at,
                end,
                message: Localized::text(
                    format!("Còn {more} chỗ khác cùng loại với ghi chú này, không liệt kê hết."),
                    format!("{more} more places of the same kind as this note are not listed."),
                ),
            });
        }
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_notes_is_counted_not_listed() {
        let mut notes = Notes::default();
        for at in 0..1000 {
            notes.add("flood", at..at + 1, || Localized::text("vi", "en"));
        }
        let notes = notes.into_vec();
        assert_eq!(notes.len(), LISTED + 1);
        assert!(notes.last().unwrap().message.en.starts_with("950 more"));
    }
}
