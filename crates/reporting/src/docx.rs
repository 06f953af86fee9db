//! The annex of an official letter, and the draft of a reviewer's letter, as DOCX.
//!
//! The layout is that of Nghị định 30/2020/NĐ-CP, Phụ lục I: A4, margins of 20, 15, 20 and 30 mm,
//! Times New Roman, national title and motto, number and symbol, place and date, recipients,
//! signature; page numbers at the top centre from the second page on. What only the sender knows
//! stays a blank to fill in. The same report gives the same bytes.

mod annex;
mod clauses;
mod frame;
mod letter;
mod package;
mod wml;

use framework::{Date, Locale};

pub use annex::annex;
pub use letter::letter;

/// What a sender may know about the paper; everything left out becomes a blank to fill in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Letterhead<'a> {
    /// The body above the sender, «cơ quan chủ quản».
    pub parent: Option<&'a str>,
    /// The sender. The annex takes the agency of the submission if nothing is given.
    pub sender: Option<&'a str>,
    /// Number and symbol, `123/SKHCN-CĐS`.
    pub number: Option<&'a str>,
    /// The place, «Hà Nội».
    pub place: Option<&'a str>,
    /// The date of the paper. It is no date of the report, and nobody asks the clock.
    pub date: Option<Date>,
    /// The position of who signs.
    pub position: Option<&'a str>,
    /// The name of who signs.
    pub signer: Option<&'a str>,
}

/// Picks one of two words.
const fn t<'w>(locale: Locale, vi: &'w str, en: &'w str) -> &'w str {
    match locale {
        Locale::Vi => vi,
        Locale::En => en,
    }
}

/// The files of a submission as a paper names them: without the folders they lay in.
fn file_names(files: &str) -> String {
    let names = files
        .split(" + ")
        .map(|file| file.rsplit(['/', '\\']).next().unwrap_or(file));
    names.collect::<Vec<_>>().join(" + ")
}
