//! How cells look, and which of them can be typed into.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, ProtectionOptions};

const NAVY: u32 = 0x001F_3864;
const BLUE_GREY: u32 = 0x008E_A9DB;
const GOLD: u32 = 0x00FF_E699;
const PALE: u32 = 0x00F2_F2F2;
const LINE: u32 = 0x00BF_BFBF;

/// The formats of the workbook.
pub(super) struct Styles {
    /// The header of a column that must be filled in.
    pub(super) required: Format,
    /// The header of a column that may be left empty.
    pub(super) optional: Format,
    /// The English header under either.
    pub(super) english: Format,
    /// The hidden row or column of machine paths.
    pub(super) path: Format,
    /// A heading over a group of rows.
    pub(super) heading: Format,
    /// A heading of the minimum submission.
    pub(super) minimum: Format,
    /// Text that cannot be changed.
    pub(super) fixed: Format,
    /// A large title.
    pub(super) title: Format,
    /// A cell to type a text into.
    pub(super) text: Format,
    /// A cell to type a number into.
    pub(super) number: Format,
    /// A cell to type a day into.
    pub(super) date: Format,
}

impl Styles {
    pub(super) fn new() -> Self {
        let base = Format::new()
            .set_font_name("Times New Roman")
            .set_font_size(11)
            .set_align(FormatAlign::Top)
            .set_text_wrap();
        let lined = base
            .clone()
            .set_border(FormatBorder::Thin)
            .set_border_color(LINE);
        let header = lined
            .clone()
            .set_bold()
            .set_align(FormatAlign::VerticalCenter);
        Self {
            required: header
                .clone()
                .set_background_color(NAVY)
                .set_font_color(Color::White),
            optional: header.clone().set_background_color(BLUE_GREY),
            english: lined.clone().set_italic().set_background_color(PALE),
            path: base.clone().set_font_size(8).set_font_color(Color::Gray),
            heading: header.clone().set_background_color(BLUE_GREY),
            minimum: header.set_background_color(GOLD),
            fixed: lined.clone().set_background_color(PALE),
            title: base
                .clone()
                .set_bold()
                .set_font_size(16)
                .set_font_color(NAVY),
            text: lined.clone().set_unlocked().set_num_format("@"),
            number: lined.clone().set_unlocked().set_num_format("0"),
            date: lined.set_unlocked().set_num_format("dd/mm/yyyy"),
        }
    }

    /// What people may do on a sheet whose headers are locked.
    pub(super) fn protection() -> ProtectionOptions {
        ProtectionOptions {
            select_locked_cells: true,
            select_unlocked_cells: true,
            format_cells: true,
            format_columns: true,
            format_rows: true,
            insert_rows: true,
            delete_rows: true,
            sort: true,
            use_autofilter: true,
            ..ProtectionOptions::default()
        }
    }
}

/// The colour of the tabs of the minimum submission.
pub(super) const MINIMUM_TAB: u32 = 0x00FF_C000;
